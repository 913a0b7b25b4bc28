"""`serve`: the chat or the kiosk in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dimchat.cli.served import begun, served_options
from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.cli.served import Served

IDLE = 900
KIOSK_IDLE = 60


def belongs(given: Mapping[str, object], problem: str, **places: str) -> None:
    """Refuse options that do not belong to the others.

    Args:
        given: What each was given; None, False or nothing where it was not.
        problem: What is said of one that was.
        places: What is said in it besides the option.

    Raises:
        UsageError: One was given.
    """
    for option in (name for name, value in given.items() if value):
        raise UsageError(problem.format(option=option, **places))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any free one."
)
@click.option("--public-url", metavar="URL", help="Where visitors find the page, when a proxy stands in front.")
@click.option(
    "--sessions",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="COUNT",
    help="How many conversations there may be at a time; each is a process of its own.",
)
@click.option(
    "--sessions-per-address",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    metavar="COUNT",
    help="How many of them there may be for each address; a hospital may be one, so let it have more.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy in front, or several as 10.0.0.0/8, that is believed about who visits; may be repeated.",
)
@click.option(
    "--idle",
    type=click.IntRange(0, 86400),
    metavar="SECONDS",
    help=f"After how long a silence a conversation ends, 0 for never; with --kiosk, after how long it warns.  "
    f"[default: {IDLE}; with --kiosk {KIOSK_IDLE}]",
)
@click.option(
    "--font-size",
    type=click.IntRange(8, 48),
    default=16,
    show_default=True,
    metavar="PIXELS",
    help="Size of the terminal's text.",
)
@click.option("--kiosk", is_flag=True, help="Serve the kiosk in place of the chat.")
@click.option(
    "--panel-inches",
    type=click.FloatRange(3, 200),
    default=24.0,
    show_default=True,
    metavar="INCHES",
    help="With --kiosk: the diagonal of the panel, for the size of the text.",
)
@click.option(
    "--distance-cm",
    type=click.FloatRange(20, 500),
    default=60.0,
    show_default=True,
    metavar="CM",
    help="With --kiosk: how far from the panel people stand, for the same.",
)
@click.option("--api", is_flag=True, help="Answer other programs as well, below /api/ (docs/web-api.md).")
@click.option(
    "--api-keys",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --api: who may ask; a name and a key a line.  [default: whoever is on this machine]",
)
@click.option(
    "--api-rate",
    type=click.IntRange(1, 100_000),
    metavar="COUNT",
    help="With --api: requests a minute for each key, or each address where there are no keys.  [default: 60]",
)
@click.option(
    "--api-processes", type=click.IntRange(1, 64), metavar="COUNT", help="With --api: how many answer.  [default: 2]"
)
@click.option(
    "--api-state-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --api: the key that seals states, for several servers to share.  [default: a new one at each start]",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="URL",
    help="A site whose pages may show /widget in a frame, and ask the API; may be repeated.",
)
@click.option("--terminal", is_flag=True, help="Show the chat, or the kiosk, as a terminal in the browser.")
@served_options
def serve(
    *,
    host: str,
    port: int,
    public_url: str | None,
    sessions: int,
    sessions_per_address: int,
    proxies: tuple[str, ...],
    idle: int | None,
    font_size: int,
    kiosk: bool,
    panel_inches: float,
    distance_cm: float,
    api: bool,
    api_keys: Path | None,
    api_rate: int | None,
    api_processes: int | None,
    api_state_key: Path | None,
    origins: tuple[str, ...],
    terminal: bool,
    **served: Unpack[Served],
) -> int:
    """Serve the chat, or the kiosk, to browsers.

    Each visitor gets a process of its own, and what was said ends with it. Nobody but this machine
    reaches the server unless --host says so.
    """
    needed = (*(("textual_serve",) if terminal else ()), *(("cryptography",) if api else ()))
    need("aiohttp", "aiohttp_jinja2", "jinja2", *needed, extra="web")
    from dimchat.journal import ready
    from dimchat.web.addresses import proxy
    from dimchat.web.api.api_settings import ANSWERERS, RATE, ApiSettings, named_origin, ready_api
    from dimchat.web.run import serve
    from dimchat.web.server_settings import Settings
    from dimchat.web.server_settings import public_url as checked
    from dimchat.wording import api as words

    belongs(
        {
            "--api-keys": api_keys,
            "--api-rate": api_rate,
            "--api-processes": api_processes,
            "--api-state-key": api_state_key,
        }
        if not api
        else {},
        words.NEEDS_API,
    )
    for other in (name for name, is_given in (("--kiosk", kiosk), ("--terminal", terminal)) if is_given):
        belongs({"--api": api, "--origin": origins}, words.NOT_WITH, other=other)
    url = checked(public_url) if public_url is not None else None
    sites, named = tuple(map(named_origin, origins)), tuple(map(proxy, proxies))
    asked = ApiSettings(
        keys=api_keys.absolute() if api_keys is not None else None,
        state_key=api_state_key.absolute() if api_state_key is not None else None,
        rate=api_rate or RATE,
        answerers=api_processes or ANSWERERS,
        origins=sites,
        proxies=named,
        public_url=url,
    )
    chosen = begun(served)
    settings = Settings(
        host=host,
        port=port,
        public_url=url,
        sessions=sessions,
        sessions_per_address=sessions_per_address,
        proxies=named,
        idle=0 if kiosk else IDLE if idle is None else idle,
        kiosk_idle=KIOSK_IDLE if idle is None else idle,
        font_size=font_size,
        kiosk=kiosk,
        panel_inches=panel_inches,
        distance_cm=distance_cm,
        terminal=terminal,
        pack=chosen.pack.resolve() if chosen.pack and chosen.follow and not kiosk else chosen.pack,
        api=ready_api(asked, host) if api else None,
        origins=sites,
        journal=ready(chosen.journal),
        follow=chosen.follow,
        stand=chosen.stand,
    )
    return serve(settings, click.echo, lambda text: click.echo(f"dimchat: {text}", err=True))
