"""A run of cases as a report and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.quality.report.annotations import Note
from dimchat.quality.report.document import Bars, Document, Listing, Paragraph, Section, Table
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.model import Pack
    from dimchat.quality.runner import Outcome

SCHEMA = "dimchat.test/1"


class Result(NamedTuple):
    """What became of an item, in words where it failed."""

    outcome: Outcome
    text: str
    """The report of the failure; empty where there is none."""


def notes(results: Sequence[Result]) -> Iterator[Note]:
    """Yield a note for each failure, beside its case."""
    for outcome, text in results:
        if not outcome.ok:
            yield Note("error", outcome.item.place, outcome.item.ask, text)


def document(results: Sequence[Result], pack: Pack) -> Document:
    """Return the report of a run."""
    statuses = [result.outcome.status for result in results]
    failures = tuple(result.text for result in results if not result.outcome.ok)
    files: dict[str, list[Outcome]] = {}
    for result in results:
        files.setdefault(result.outcome.item.place.file, []).append(result.outcome)
    rows = []
    for file, outcomes in sorted(files.items()):
        failed = sum(not one.ok for one in outcomes)
        expected = sum(one.status == "xfailed" for one in outcomes)
        counts = (len(outcomes), len(outcomes) - failed - expected, failed, expected)
        rows.append((file, *map(str, counts)))
    table = Table("", wording.BY_FILE_HEAD, tuple(rows), frozenset(range(1, 5)))
    plot = Bars(
        wording.BY_FILE_PLOT,
        tuple(row[0].rpartition("/")[2] for row in rows),
        ((wording.PASSED, _column(rows, 2)), (wording.FAILED, _column(rows, 3)), (wording.XFAILED, _column(rows, 4))),
        wording.FILE,
        wording.ITEMS,
        stacked=True,
        beside=True,
    )
    found = Listing("", failures) if failures else Paragraph(wording.NO_FAILURES)
    sections = [Section(wording.FAILURES, (found,)), Section(wording.BY_FILE, (table, plot))]
    known = tuple(
        (f"{item.place.file}:{item.place.line}", item.ask, item.xfail or "")
        for item in (result.outcome.item for result in results if result.outcome.status == "xfailed")
    )
    if known:
        sections.append(Section(wording.EXPECTED_FAILURES, (Table("", wording.EXPECTED_HEAD, known),)))
    said = wording.PASSED_FAILED.format(
        passed=statuses.count("passed"),
        failed=statuses.count("failed") + statuses.count("xpassed"),
        xfailed=statuses.count("xfailed"),
    )
    facts = ((wording.PACK, f"{pack.name} {pack.version}"), (wording.ITEMS, str(len(results))), (wording.CAME, said))
    return Document(wording.RUN.format(title=pack.title), facts, tuple(sections))


def _column(rows: Sequence[tuple[str, ...]], at: int) -> tuple[float, ...]:
    return tuple(float(row[at]) for row in rows)


def data(results: Sequence[Result], pack: Pack) -> dict[str, Any]:
    """Return the run as what JSON can say, without times, so that the same run reads the same."""
    return {
        "schema": SCHEMA,
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
        "ok": all(result.outcome.ok for result in results),
        "items": [
            {
                "file": one.item.place.file,
                "line": one.item.place.line,
                "question": one.item.ask,
                "after": list(one.item.after),
                "tags": list(one.item.tags),
                "status": one.status,
                "xfail": one.item.xfail,
                "expected": list(one.failures),
                "got": {
                    "kind": one.reply.kind,
                    "intents": list(one.reply.intents),
                    "confidence": round(one.reply.confidence, 4),
                },
            }
            for one in (result.outcome for result in results)
        ],
    }
