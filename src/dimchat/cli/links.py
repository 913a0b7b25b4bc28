"""`links`: whether the addresses of a pack's sources still lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dimchat.cli.output import say, say_json
from dimchat.cli.own_pack import own_pack, own_pack_option
from dimchat.cli.progress import ASKING, busy

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--timeout", type=click.FloatRange(0.1, 120), default=15.0, metavar="SECONDS", help="How long to wait.")
@click.option("--servers", type=click.IntRange(1, 32), default=8, metavar="N", help="Ask so many servers at a time.")
@click.option("--local", is_flag=True, help="Ask addresses of this machine and its own network too.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each address.")
@own_pack_option
def links(*, timeout: float, servers: int, local: bool, as_json: bool, pack_dir: Path | None) -> int:
    """Find the addresses of sources that are dead, or have moved for good.

    The one command that goes to the network, and only when you run it. Servers are asked one question at a time, with a
    pause between two; no page is read. The exit status is 1 where an address is dead, has moved or cannot be reached;
    what a server does not tell (unsure: 403, 429, 5xx) is to be looked at by hand.
    """
    from dimchat.index import open_pack
    from dimchat.quality.links import BAD, checked, links_of
    from dimchat.wording import quality as wording

    pack = open_pack(own_pack(pack_dir))[0]
    with busy(ASKING):
        found = checked(links_of(pack), timeout=timeout, servers=servers, local=local)
    for one in found:
        if as_json:
            say_json(one.to_dict())
        elif one.state != "fine":
            say(one.line)
    bad = [one for one in found if one.state in BAD]
    say(wording.LINKS.format(count=len(found), bad=len(bad)), err=True)
    if found and all(one.state == "unreachable" for one in found):
        say(wording.LINKS_ALONE, err=True)
    return 1 if bad else 0
