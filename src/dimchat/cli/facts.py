"""`facts` and `due`: the values of a pack, cases that hold its answers to their figures, what must be reviewed."""

from __future__ import annotations

import difflib
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import reason, say, say_json, use_utf8, warn, write_text, writing
from dimchat.cli.own_pack import file_in, own_pack, own_pack_option, pack_to_write
from dimchat.cli.progress import ASKING, OPENING, busy
from dimchat.errors import UsageError
from dimchat.files.text import decode

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--write", is_flag=True, help="Write tests/cases/facts.yaml; without it, nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Print the values alone, one line of JSON for each.")
@own_pack_option
def facts(*, write: bool, as_json: bool, pack_dir: Path | None) -> int:
    """List the values of the pack, each with its source, its date and the answers that show it; then hold the answers.

    What follows the values is how tests/cases/facts.yaml differs from what the answers say: figures, citations, limits.
    Each answer is held to its own by a case that asks its title. After an edit that is meant, --write brings the cases
    up to date; read what it prints as you would read the edit. Without --write the exit status is 1 where they differ.
    """
    from dimchat.index import open_assistant
    from dimchat.quality.facts import FACTS, facts_of, head_of
    from dimchat.quality.upkeep import uses
    from dimchat.wording import quality as wording

    if write and as_json:
        raise UsageError("--write and --json exclude each other")
    root = pack_to_write(pack_dir, FACTS) if write else own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    if as_json:
        for use in uses(pack):
            say_json(use.to_dict())
        return 0
    for use in () if write else uses(pack):
        say(use.line)
    file = file_in(root, FACTS)
    before = written(file, FACTS)
    with busy(ASKING):
        found = facts_of(pack, assistant, head_of(before))
    use_utf8(sys.stdout)
    lines = difflib.unified_diff(before.splitlines(), found.text.splitlines(), FACTS, FACTS, lineterm="", n=1)
    for line in lines:
        say(line)
    for name in found.astray:
        warn(wording.FACTS_ASTRAY.format(id=name))
    if found.text == before:
        say(wording.FACTS_SAME.format(file=FACTS, answers=found.answers), err=True)
        return 0
    if not write:
        warn(wording.FACTS_DIFFER.format(file=FACTS))
        return 1
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, found.text)
    return 0


def written(file: Path, name: str) -> str:
    """Return the text of the cases that are there; none where there is no file.

    Args:
        file: The file.
        name: What to call it.

    Raises:
        UsageError: It cannot be read, or is a link: who sends a pack with one must not choose what is written over.
    """
    if file.is_symlink():
        raise UsageError(f"{name} is a link: take it away, so that a file can stand there")
    try:
        return decode(file.read_bytes()).replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {reason(error)}") from error
    except UnicodeDecodeError:
        raise UsageError(f"{name}: this is no UTF-8") from None


@click.command()
@click.option("--within", "days", type=click.IntRange(0), default=0, metavar="DAYS", help="Look so many days ahead.")
@click.option("--owner", metavar="NAME", help="Only what this owner keeps.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Count from this day; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each.")
@own_pack_option
def due(*, days: int, owner: str | None, as_of: datetime | None, as_json: bool, pack_dir: Path | None) -> int:
    """List the answers, values and sources whose day of review has come, the oldest first.

    The exit status is 1 where something is due, else 0. Drafts are not due; how many there are goes to stderr.
    """
    from dimchat.index import open_pack
    from dimchat.quality.upkeep import due as due_in
    from dimchat.wording import quality as wording

    root = own_pack(pack_dir)
    with busy(OPENING):
        pack = open_pack(root)[0]
    today = as_of.date() if as_of else date.today()  # noqa: DTZ011 - a review is due by the local calendar
    found = due_in(pack, today, days, owner)
    for one in found:
        say_json(one.to_dict(today)) if as_json else say(one.line(today))
    told = wording.DUE if found else wording.NOTHING_DUE
    say(told.format(count=len(found), days=days), err=True)
    if pack.drafts:
        say(wording.DRAFTS.format(count=len(pack.drafts), ids=", ".join(pack.drafts)), err=True)
    return 1 if found else 0
