"""`kiosk`: an unattended stand."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dimchat.cli.journal import recording
from dimchat.cli.served import begun, served_options
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.cli.served import Served
    from dimchat.dialogue import Assistant
    from dimchat.kiosk.stand_settings import Settings
    from dimchat.model import Pack


@click.command()
@click.option("--idle", type=float, default=60.0, show_default=True, help="Seconds of silence before the warning.")
@click.option(
    "--warning", type=float, default=20.0, show_default=True, help="Seconds that the warning stands; 20 or more."
)
@click.option(
    "--layout",
    type=click.Choice(["comfortable", "large"]),
    default="comfortable",
    show_default=True,
    help="How much room everything has; a visitor can change it.",
)
@click.option(
    "--theme",
    type=click.Choice(["dark", "light", "high-contrast"]),
    default="dark",
    show_default=True,
    help="The colours.",
)
@click.option("--motion", is_flag=True, help="Let the attract screen change by itself; a visitor can pause it.")
@click.option(
    "--once", is_flag=True, help="Hold one visit and end: no parent, no staff menu. For a browser's sessions."
)
@click.option("--set-pin", is_flag=True, help="Ask for a new PIN of the staff, keep it hashed, and end.")
@click.option("--unlock", is_flag=True, help="Forget wrong attempts at the PIN, which lock the staff out, and end.")
@click.option("--check", "self_check", is_flag=True, help="Look at everything the stand needs, and end.")
@click.option(
    "--pin-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the PIN is kept, instead of the usual place.",
)
@served_options
def kiosk(
    *,
    idle: float,
    warning: float,
    layout: str,
    theme: str,
    motion: bool,
    once: bool,
    set_pin: bool,
    unlock: bool,
    self_check: bool,
    pin_file: Path | None,
    **served: Unpack[Served],
) -> int:
    """Run an unattended stand: one process a visitor, erased at the end of each visit.

    The exit status of --check is 1 where something stands in the way of a start.
    """
    from dimchat.kiosk.stand_settings import LAYOUTS, Settings
    from dimchat.kiosk.start import run_kiosk

    gc.enable()
    chosen = begun(served)
    settings = Settings(
        pack=str(chosen.pack) if chosen.pack is not None else None,
        idle=idle,
        warning=warning,
        layout=next(each for each in LAYOUTS if each == layout),
        theme=f"dimchat-{theme}",
        motion=motion,
        pin_file=str(pin_file.absolute()) if pin_file is not None else None,
        stand=chosen.stand,
        journal=chosen.journal,
    )
    acts = {"--set-pin": set_pin, "--unlock": unlock, "--check": self_check, "--once": once}
    one_of([name for name, wanted in acts.items() if wanted])
    if set_pin:
        return ask_for_pin(settings)
    if unlock:
        return end_lock_out(settings)
    if self_check:
        return check_stand(settings)
    if once:
        from dimchat.apps.stand import run_once
        from dimchat.index import open_assistant

        def opened() -> tuple[Pack, Assistant]:
            assistant = open_assistant(chosen.pack)
            return assistant.pack, assistant

        with recording(settings.journal, "kiosk") as open_it:
            return run_once(opened, settings, open_it)
    return run_kiosk(settings, chosen.follow)


def ask_for_pin(settings: Settings) -> int:
    """Ask twice for a new PIN and keep it."""
    from dimchat.kiosk.pin import PinStore, pin_file
    from dimchat.wording import kiosk as words

    store = PinStore(pin_file(settings.pin_file))
    first = click.prompt(words.SET_PIN_ASK, hide_input=True, type=str)
    if click.prompt(words.SET_PIN_AGAIN, hide_input=True, type=str) != first:
        raise UsageError(words.SET_PIN_DIFFER)
    store.set(first)
    click.echo(words.SET_PIN_DONE.format(file=store.file))
    return 0


def one_of(acts: Sequence[str]) -> None:
    """Make sure that no more than one thing is to be done.

    Raises:
        UsageError: There are more.
    """
    from dimchat.wording import kiosk as words

    if len(acts) > 1:
        raise UsageError(words.ONE_ACT.format(first=acts[0], second=acts[1]))


def end_lock_out(settings: Settings) -> int:
    """Forget the wrong attempts at the PIN; a stand that runs notices at the next one."""
    from dimchat.kiosk.pin import PinStore, lasting, pin_file
    from dimchat.wording import kiosk as words

    count, wait = PinStore(pin_file(settings.pin_file)).unlock()
    left = words.UNLOCK_LEFT.format(wait=lasting(wait)) if wait else ""
    click.echo(words.UNLOCK_DONE.format(count=count, left=left))
    return 0


def check_stand(settings: Settings) -> int:
    """Print what was found, and tell whether the stand can start."""
    from dimchat.kiosk.self_test import BAD, findings, fleet
    from dimchat.kiosk.self_test import report as text_of

    found = [*findings(settings), *fleet(settings)]
    if sys.platform != "win32":
        from dimchat.kiosk.self_test import boxes

        drawn = boxes()
        found = [drawn if drawn is not None and each.name == "boxes" and each.level != BAD else each for each in found]
    click.echo(text_of(found))
    return 1 if any(each.level == BAD for each in found) else 0
