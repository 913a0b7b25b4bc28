"""`journal`: what the opt-in record of questions holds, for its operator."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from dimchat.cli.output import say_json
from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dimchat.journal import Mode, Recorder, Switch
    from dimchat.journal.contents import Summary
    from dimchat.journal.fleet.fleet_store import FleetJournal
    from dimchat.journal.store import Journal, Store
    from dimchat.model import Pack


CLOSING = 2.0
"""Seconds in which the journal of a chat that ends is written, where the database refuses."""
CLOSING_PLAIN = 10.0
"""The same line by line, where mostly another program waits."""
STALL = 30.0
"""Seconds in which a writer that is not refused must get on: SQLAlchemy takes several to load on a busy machine."""


def switch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the operator's switch to a command: `journal_mode`, `journal_url`, `journal_days`; see `switch_of`."""
    for option in (
        click.option(
            "--journal-days",
            type=click.IntRange(1, 3650),
            default=90,
            show_default=True,
            help="Keep so many days of the journal.",
        ),
        click.option("--journal-url", metavar="URL", help="Where the journal lies: sqlite:////folder/journal.db"),
        click.option(
            "--journal",
            "journal_mode",
            type=click.Choice(["off", "counts", "full"]),
            default="off",
            show_default=True,
            help="Keep a journal for curators: counts of what was asked, or in full the questions, redacted.",
        ),
    ):
        command = option(command)
    return command


def switch_of(journal_mode: Mode, journal_url: str | None, journal_days: int) -> Switch:
    """Return what the operator chose.

    Raises:
        UsageError: There is an address, and the journal is off.
    """
    from dimchat.journal import Switch

    if journal_mode == "off" and journal_url is not None:
        raise UsageError("--journal-url names a journal that is off: add --journal counts or --journal full")
    return Switch(journal_mode, journal_url, journal_days)


@contextmanager
def recording(switch: Switch, face: str) -> Iterator[Callable[[Pack], Recorder]]:
    """Give what opens a face's recorder for a pack; at the end write what waits, and say on stderr what was lost.

    Args:
        switch: What the operator chose.
        face: `chat`, `plain`, `kiosk` or `web`.

    Raises:
        JournalError: The extra is not installed, or the address cannot be written.
    """
    from dimchat.journal import Opener, ready
    from dimchat.wording import journal as words

    opener = Opener(ready(switch), face)
    try:
        yield opener
    finally:
        loss = opener.close(CLOSING_PLAIN if face == "plain" else CLOSING, STALL)
        if loss.lost:
            click.echo(words.LOST.format(count=loss.lost, reason=loss.reason or words.LOST_NO_REASON), err=True)


def url_option(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--journal-url URL` and `--password-file FILE` to a command that reads a journal.

    They are passed on as `url` and `password_file`; `--url` is an earlier name.
    """

    @click.option(
        "--journal-url", "url", metavar="URL", help="The address of the journal; without it, the platform's place."
    )
    @click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Holds the password where the address is a fleet's database.",
    )
    @click.option("--url", "earlier", metavar="URL", hidden=True)
    @wraps(command)
    def with_url(*, url: str | None, earlier: str | None, **given: Any) -> int:  # noqa: ANN401 - the other options
        return command(url=earlier if url is None else url, **given)

    return with_url


def opened(url: str | None, password_file: Path | None = None) -> Journal:
    """Return the journal at an address, or in the platform's place, to be read.

    Raises:
        JournalError: There is none, or it cannot be read.
    """
    from dimchat.journal.address import is_server
    from dimchat.journal.recording import need_extra

    need_extra()
    if is_server(url or ""):
        return _fleet_journal(url or "", password_file)
    from dimchat.journal.store import read_journal

    return read_journal(url)


def opened_to_write(url: str | None, password_file: Path | None = None) -> Store | FleetJournal:
    """Return the journal at an address, or in the platform's place, to be changed.

    Raises:
        JournalError: There is none, or it cannot be opened.
    """
    from dimchat.journal.address import is_server
    from dimchat.journal.recording import need_extra

    need_extra()
    if is_server(url or ""):
        return _fleet_journal(url or "", password_file)
    from dimchat.journal.store import open_journal

    return open_journal(url)


def _fleet_journal(address: str, password_file: Path | None) -> FleetJournal:
    need("psycopg", extra="fleet")
    from dimchat.journal.fleet.database import database_at
    from dimchat.journal.fleet.fleet_store import FleetJournal

    return FleetJournal(database_at(address, password_file))


@contextmanager
def writing_to(file: Path) -> Iterator[TextIO]:
    """Give a file, or stdout for `-`, to write UTF-8 to.

    Raises:
        UsageError: The file cannot be written.
    """
    from dimchat.wording import journal as words

    if str(file) == "-":
        yield sys.stdout
        return
    try:
        with file.open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise UsageError(words.NOT_WRITTEN.format(file=file, reason=error.strerror or error)) from None


@click.group()
def journal() -> None:
    """Look at, export and purge the opt-in record of questions."""


@journal.command()
@click.option("--last", type=click.IntRange(0, 10_000), default=20, show_default=True, help="So many questions.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary and the questions as JSON.")
@url_option
def show(*, last: int, as_json: bool, url: str | None, password_file: Path | None) -> int:
    """Print what the journal holds, and the latest questions."""
    from dimchat.files.text import harmless
    from dimchat.journal.contents import latest, summary

    with opened(url, password_file) as store:
        held, rows = summary(store), latest(store, last)
        address = store.name
    if as_json:
        say_json({"file": address, **asdict(held), "latest": rows}, default=str)
        return 0
    for line in summary_lines(address, held):
        click.echo(line)
    if rows:
        click.echo()
    for row in rows:
        click.echo(harmless(question_line(row)))
    return 0


def summary_lines(address: str, held: Summary) -> list[str]:
    """Return what a journal holds, a fact a line."""
    from dimchat.wording import journal as words

    facts = asdict(held)
    facts["url"] = address
    facts["days"] = words.SHOW_DAYS.format(**facts) if held.since else words.SHOW_NO_DAYS
    width = max(len(name) for name, _ in words.SHOW_ROWS)
    return [f"{name:<{width}}  {text.format(**facts)}" for name, text in words.SHOW_ROWS]


def question_line(row: dict[str, Any]) -> str:
    """Return a question on one line."""
    from dimchat.wording import journal as words

    text = row["text"] or (words.SHOW_NO_TEXT if row["typed"] else words.SHOW_PICKED)
    when = f"{row['day']} {row['hour']:02d}h" if "hour" in row else f"{row['day']} {row['stand']}"
    return f"{when}  {row['face']:<5}  {row['kind']:<9}  {row['confidence']:.2f}  {row['intents'] or '-'}  {text}"


@journal.command()
@click.option(
    "--format", "shape", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="Of the output."
)
@click.argument("file", type=click.Path(path_type=Path), default="-")
@url_option
def export(*, shape: str, file: Path, url: str | None, password_file: Path | None) -> int:
    """Write the journal to FILE, or to stdout: all rows as JSON Lines, or the questions as CSV."""
    from dimchat.journal.contents import write_lines, write_table
    from dimchat.wording import journal as words

    with opened(url, password_file) as store, writing_to(file) as out:
        count = (write_lines if shape == "jsonl" else write_table)(store, out)
    click.echo(words.EXPORTED.format(count=count), err=True)
    return 0


@journal.command()
@click.option("--days", type=click.IntRange(1, 3650), help="Keep the last so many days, today among them.")
@click.option("--all", "everything", is_flag=True, help="Keep nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@url_option
def purge(*, days: int | None, everything: bool, yes: bool, url: str | None, password_file: Path | None) -> int:
    """Take rows out of the journal, so that the file no longer holds them."""
    from dimchat.journal.recording import first_day
    from dimchat.wording import journal as words

    if (days is None) == (not everything):
        raise UsageError(words.PURGE_WHAT)
    with opened_to_write(url, password_file) as store:
        if everything and not yes:
            click.confirm(words.PURGE_SURE.format(file=store.name), abort=True, err=True)
        today = datetime.now().astimezone().date()
        gone = store.purge(None if days is None else first_day(today, days))
        store.compact()
        click.echo(words.PURGED.format(count=gone, file=store.name), err=True)
    return 0
