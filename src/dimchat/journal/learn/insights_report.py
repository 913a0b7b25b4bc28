"""The report of insights: questions by day and hour and by outcome, and lists for a curator to work from."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from dimchat.journal.contents import harmless_cell
from dimchat.journal.learn.unanswered import reason_text, reasons_text
from dimchat.model import OUTSIDE
from dimchat.quality.report import Bars, Document, Section, Table
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.journal.learn.insights import Counts, Insights

SCHEMA = "dimchat.insights/1"
MOST_TEXTS = 2000
"""How many declined texts a screen or a page shows; `--json` and `--csv` have all of them."""


def document(insights: Insights) -> Document:
    """Return the report; its sections are the tabs of the screen."""
    by_day = ((day.isoformat()[5:], counts) for day, counts in insights.days)
    by_hour = ((f"{hour:02d}", counts) for hour, counts in enumerate(insights.hours))
    return Document(
        words.TITLE,
        facts(insights),
        (
            Section(
                words.TAB_FLOW,
                (_bars(words.BY_DAY, words.DAY, by_day), _bars(words.BY_HOUR, words.HOUR, by_hour)),
            ),
            Section(words.TAB_INTENTS, (_asked(insights),)),
            Section(words.TAB_UNANSWERED, (_unanswered(insights),)),
            Section(words.TAB_DECLINED, (_reasons(insights), _declined(insights))),
            Section(words.TAB_CLOSE, (_closest(insights),)),
            Section(words.TAB_AGAIN, (_again(insights),)),
            *([Section(words.TAB_VERSIONS, (_versions(insights),))] if insights.versions else []),
        ),
        data=_data(insights),
    )


def facts(insights: Insights) -> tuple[tuple[str, str], ...]:
    """Return what there is in all, as pairs of a name and a value."""
    counts = insights.counts
    span = words.NOTHING if insights.since is None else words.SPAN.format(since=insights.since, until=insights.until)

    def share(count: int) -> str:
        return words.SHARE.format(count=count, share=count / counts.total if counts.total else 0)

    return (
        (words.FACT_SPAN, span),
        (words.FACT_QUESTIONS, str(counts.total)),
        (words.FACT_ANSWERED, share(counts.answered)),
        (words.FACT_OFFERED, share(counts.offered)),
        (words.FACT_DECLINED, share(counts.declined)),
        (words.FACT_PICKED, str(insights.picked)),
        (words.FACT_SMALLTALK, str(insights.smalltalk)),
        (words.FACT_SAFETY, str(insights.safety)),
        (words.FACT_LOST, str(insights.lost)),
        (words.FACT_MEANT, f"{insights.yes} / {insights.no}"),
        (words.FACT_FACES, ", ".join(f"{face} {count}" for face, count in insights.faces) or words.NONE),
    )


def _bars(title: str, across: str, counted: Iterable[tuple[str, Counts]]) -> Bars:
    rows = list(counted)
    series = [(name, tuple(float(counts[at]) for _, counts in rows)) for at, name in enumerate(words.SERIES)]
    return Bars(title, tuple(label for label, _ in rows), tuple(series), across, words.FACT_QUESTIONS, stacked=True)


def _table(title: str, head: tuple[str, ...], rows: Iterable[Sequence[str | int]], note: str = "") -> Table:
    """Return a table whose columns of numbers are aligned to the right."""
    found = list(rows)
    right = {at for row in found[:1] for at, cell in enumerate(row) if not isinstance(cell, str)}
    return Table(
        title,
        head,
        tuple(tuple(map(str, row)) for row in found),
        frozenset(right),
        note or ("" if found else words.NONE),
    )


def _asked(insights: Insights) -> Table:
    head = (words.COLUMN_INTENT, words.COLUMN_TITLE, words.COLUMN_TYPED, words.COLUMN_PICKED)
    rows = ((row.intent, insights.title(row.intent), row.typed, row.picked) for row in insights.intents)
    return _table(words.INTENTS, head, rows)


def _unanswered(insights: Insights) -> Table:
    head = (words.COLUMN_QUESTION, words.COLUMN_TIMES, words.COLUMN_OFFERED, words.COLUMN_WORDINGS, words.COLUMN_REASON)
    rows = (
        (row.text, row.times, row.offered, len(row.wordings), reasons_text(row.reasons, insights.titles))
        for row in insights.unanswered
    )
    note = words.UNGROUPED.format(count=insights.ungrouped) if insights.ungrouped else ""
    return _table(words.UNANSWERED, head, rows, note)


def _reasons(insights: Insights) -> Table:
    rows = ((reason_text(reason, insights.titles), times) for reason, times in insights.reasons)
    return _table(words.REASONS_GIVEN, (words.COLUMN_REASON, words.COLUMN_TIMES), rows)


def _declined(insights: Insights) -> Table:
    """Return every text that was declined, up to what can be looked through."""
    head = (words.COLUMN_TIMES, words.COLUMN_REASON, words.COLUMN_QUESTION)
    rows = ((row.times, reason_text(row.reason, insights.titles), row.text or "") for row in insights.declined)
    more = len(insights.declined) - MOST_TEXTS
    note = words.MORE_TEXTS.format(count=more) if more > 0 else ""
    return _table(words.DECLINED, head, islice(rows, MOST_TEXTS), note)


def _closest(insights: Insights) -> Table:
    head = (words.COLUMN_QUESTION, words.COLUMN_ANSWER, words.COLUMN_CONFIDENCE, words.COLUMN_MARGIN)
    rows = (
        (row.text or words.NO_TEXT, row.intent, f"{row.confidence:.2f}", f"{row.margin:.2f}")
        for row in insights.closest
    )
    return _table(words.CLOSEST, head, rows)._replace(right=frozenset({2, 3}))


def _again(insights: Insights) -> Table:
    head = (words.COLUMN_INTENT, words.COLUMN_TITLE, words.COLUMN_ANSWERED, words.COLUMN_AGAIN)
    rows = (
        (row.intent, insights.title(row.intent), row.answered, row.again, row.no, row.yes) for row in insights.again
    )
    return _table(words.AGAIN, (*head, words.COLUMN_NO, words.COLUMN_YES), rows)


def _versions(insights: Insights) -> Table:
    head = (words.COLUMN_VERSION, words.COLUMN_VISITS, words.COLUMN_ASKED, words.COLUMN_DECLINED)
    rows = (
        (
            row.version or words.NO_VERSION,
            row.visits,
            row.asked,
            _share(row.share, row.within, "{:.1%}"),
            "" if row.change is None else _share(row.change, row.change_within, "{:+.1%}"),
        )
        for row in insights.versions
    )
    return _table(words.VERSIONS, (*head, words.COLUMN_CHANGE), rows, words.VERSIONS_NOTE)


def _share(share: float, within: tuple[float, float] | None, form: str) -> str:
    """Return a share with its interval, where there is one."""
    return form.format(share) + (f" ({form.format(within[0])} .. {form.format(within[1])})" if within else "")


def _data(insights: Insights) -> dict[str, Any]:
    counts = insights.counts
    data = asdict(insights)
    for name in ("titles", "days", "hours"):
        del data[name]
    return {
        "schema": SCHEMA,
        **data,
        "since": insights.since and insights.since.isoformat(),
        "until": insights.until and insights.until.isoformat(),
        "questions": {"total": counts.total, **counts._asdict()},
        "days": [{"day": day.isoformat(), **count._asdict()} for day, count in insights.days],
        "hours": [{"hour": hour, **count._asdict()} for hour, count in enumerate(insights.hours)],
        "faces": dict(insights.faces),
        "intents": [{**row._asdict(), "title": insights.title(row.intent)} for row in insights.intents],
        "outside": [
            {"group": reason, "title": insights.title(reason), "times": times}
            for reason, times in insights.reasons
            if reason.startswith(f"{OUTSIDE}.")
        ],
        "reasons": [
            {"reason": reason, "title": reason_text(reason, insights.titles), "times": times}
            for reason, times in insights.reasons
        ],
        "declined": [{"text": row.text, "times": row.times, "reason": row.reason} for row in insights.declined],
        "unanswered": [
            {
                "text": row.text,
                "times": row.times,
                "offered": row.offered,
                "wordings": dict(row.wordings),
                "reasons": dict(row.reasons),
            }
            for row in insights.unanswered
        ],
        "closest": [{**row._asdict(), "day": row.day.isoformat()} for row in insights.closest],
        "versions": [row._asdict() for row in insights.versions],
        "again": [{**row._asdict(), "title": insights.title(row.intent)} for row in insights.again],
    }


def to_csv(insights: Insights) -> str:
    """Return the insights as one long table for a spreadsheet: what is counted, of what, how often, out of how many."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("what", "name", "title", "count", "of"))
    for row in _long(insights):
        writer.writerow([harmless_cell(cell) for cell in row])
    return out.getvalue()


def _long(insights: Insights) -> Iterator[Sequence[object]]:
    total, title = insights.counts.total, insights.title
    times = [("day", day.isoformat(), counts) for day, counts in insights.days]
    times += [("hour", f"{hour:02d}", counts) for hour, counts in enumerate(insights.hours)]
    for what, when, counts in times:
        yield from ((f"{what} {name}", when, "", count, counts.total) for name, count in counts._asdict().items())
    for asks in insights.intents:
        both = asks.typed + asks.picked
        yield "typed", asks.intent, title(asks.intent), asks.typed, both
        yield "picked", asks.intent, title(asks.intent), asks.picked, both
    yield from (("unanswered", group.text, "", group.times, total) for group in insights.unanswered)
    for reason, count in insights.reasons:
        what = "outside" if reason.startswith(f"{OUTSIDE}.") else "reason"
        yield what, reason, reason_text(reason, insights.titles), count, total
    yield from (
        ("declined", row.text, reason_text(row.reason, insights.titles), row.times, total) for row in insights.declined
    )
    yield from (("margin", row.text or "", row.intent, row.margin, row.confidence) for row in insights.closest)
    yield from (("again", row.intent, title(row.intent), row.again + row.no, row.answered) for row in insights.again)
    yield from ((what, "", "", getattr(insights, what), "") for what in ("safety", "lost", "yes", "no"))
