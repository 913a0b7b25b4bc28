"""`fleet status` and `fleet metrics`: which stands are alive, for people and for monitoring."""

from __future__ import annotations

import signal
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dimchat.cli.database import database_of, database_options
from dimchat.cli.output import say, say_json
from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dimchat.journal.fleet.liveness import Alive

LATE, DEAD = 300, 900
"""Seconds."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the stands as JSON.")
@click.option(
    "--late",
    type=click.IntRange(60, 86400),
    default=LATE,
    show_default=True,
    metavar="SECONDS",
    help="After how long without a sign a stand is late; after three times as long it is dead.",
)
@database_options
def status(*, as_json: bool, late: int, address: str, password_file: Path | None) -> int:
    """List the stands, and say which are alive.

    The exit status is 0 where all are alive and take newer answers, 1 where one is late, dead, or refuses
    newer answers, and 2 where that cannot be told.
    """
    database = database_of(address, password_file)
    from dimchat.journal.fleet.liveness import alive
    from dimchat.wording import fleet as words

    found = alive(database, late)
    if as_json:
        say_json([{"stand": one.stand, "state": one.state, **_told(one)} for one in found], indent=1, default=str)
    elif not found:
        say(words.NONE_KNOWN, err=True)
    else:
        for line in table(found):
            say(line)
        say(words.SUMMARY.format(alive=sum(one.state == "alive" for one in found), all=len(found)), err=True)
    return 0 if found and all(one.state == "alive" for one in found) else 1


def _told(one: Alive) -> dict[str, object]:
    return asdict(one.last) if one.last is not None else {}


def table(found: Sequence[Alive]) -> list[str]:
    """Return the stands as lines of a table, the columns as wide as what stands in them."""
    from dimchat.wording import fleet as words

    rows: list[tuple[str, ...]] = [words.COLUMNS]
    for one in found:
        last = one.last
        if last is None:
            rows.append((one.stand, "-", words.STATES[one.state], *("-" for _ in words.COLUMNS[3:])))
            continue
        rows.append(
            (
                one.stand,
                last.building or "-",
                words.STATES[one.state],
                words.AGO.format(time=lasting(last.age)),
                lasting(last.up),
                str(last.answers or "-"),
                last.dimchat or "-",
                str(last.visits),
                f"{last.declined}/{last.questions}",
                str(last.waiting) if not last.dropped else f"{last.waiting} (-{last.dropped})",
                last.error or "-",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def lasting(seconds: int) -> str:
    """Return a time in the largest unit of which there are two or more.

    >>> [lasting(seconds) for seconds in (5, 119, 120, 7200, 200_000)]
    ['5 s', '119 s', '2 min', '2 h', '2 d']
    """
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=9464, show_default=True, help="0 for any free one.")
@click.option("--late", type=click.IntRange(60, 86400), default=LATE, show_default=True, metavar="SECONDS")
@database_options
def metrics(*, host: str, port: int, late: int, address: str, password_file: Path | None) -> int:
    """Tell Prometheus of every stand, as long as this runs.

    Nothing is asked of the stands: each scrape reads the last sign of each in the database. Labels are names
    of stands and kinds of errors, nothing that anybody typed.
    """
    database = database_of(address, password_file)
    need("prometheus_client")
    from dimchat.journal.fleet.metrics import serve_metrics
    from dimchat.release.origin import is_loopback
    from dimchat.wording import fleet as words

    if not is_loopback(host):
        say(words.METRICS_OPEN.format(host=host), err=True)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        with serve_metrics(database, host, port, late) as chosen:
            say(words.METRICS_AT.format(database=database, host=host, port=chosen))
            ended.wait()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(words.METRICS_CANNOT.format(host=host, port=port, why=why)) from error
    return 0
