"""Insights for people and for programs: tables once, from which text, CSV and an HTML page are made, and JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.journal.store import harmless_cell
from dimchat.quality.report.html_page import page_environment
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.journal.learn.insights import Counts, Insights

SCHEMA = "dimchat.insights/1"
_WIDEST = 60


class Table(NamedTuple):
    """Rows under a head; numbers are numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    note: str = ""


class Plot(NamedTuple):
    """Stacked counts for some labels; the series are those of `words.SERIES`."""

    title: str
    labels: tuple[str, ...]
    counts: tuple[Counts, ...]


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


def plots(insights: Insights) -> tuple[Plot, Plot]:
    """Return what became of questions by day and by hour."""
    return (
        Plot(
            words.BY_DAY,
            tuple(day.isoformat()[5:] for day, _ in insights.days),
            tuple(counts for _, counts in insights.days),
        ),
        Plot(words.BY_HOUR, tuple(f"{hour:02d}" for hour in range(24)), insights.hours),
    )


def tables(insights: Insights) -> tuple[Table, ...]:
    """Return the lists: asked, unanswered, outside, close, again."""
    title = insights.title
    note = words.UNGROUPED.format(count=insights.ungrouped) if insights.ungrouped else ""
    return (
        Table(
            words.INTENTS,
            (words.COLUMN_INTENT, words.COLUMN_TITLE, words.COLUMN_TYPED, words.COLUMN_PICKED),
            tuple((row.intent, title(row.intent), row.typed, row.picked) for row in insights.intents),
        ),
        Table(
            words.UNANSWERED,
            (words.COLUMN_QUESTION, words.COLUMN_TIMES, words.COLUMN_OFFERED, words.COLUMN_WORDINGS),
            tuple((row.text, row.times, row.offered, len(row.wordings)) for row in insights.unanswered),
            note,
        ),
        Table(
            words.OUTSIDE,
            (words.COLUMN_GROUP, words.COLUMN_TITLE, words.COLUMN_TIMES),
            tuple((name, title(name), count) for name, count in insights.outside),
        ),
        Table(
            words.CLOSEST,
            (words.COLUMN_QUESTION, words.COLUMN_ANSWER, words.COLUMN_CONFIDENCE, words.COLUMN_MARGIN),
            tuple(
                (row.text or words.NO_TEXT, row.intent, round(row.confidence, 2), round(row.margin, 2))
                for row in insights.closest
            ),
        ),
        Table(
            words.AGAIN,
            (
                words.COLUMN_INTENT,
                words.COLUMN_TITLE,
                words.COLUMN_ANSWERED,
                words.COLUMN_AGAIN,
                words.COLUMN_NO,
                words.COLUMN_YES,
            ),
            tuple((row.intent, title(row.intent), row.answered, row.again, row.no, row.yes) for row in insights.again),
        ),
    )


def to_text(insights: Insights) -> str:
    """Return the insights as plain text."""
    lines = [words.TITLE, ""]
    width = max(len(name) for name, _ in facts(insights))
    lines += [f"{name:<{width}}  {value}" for name, value in facts(insights)]
    for plot in plots(insights):
        shown = [(label, *counts) for label, counts in zip(plot.labels, plot.counts, strict=True) if counts.total]
        lines += ["", *_columns(Table(plot.title, ("", *words.SERIES), tuple(shown)))]
    for table in tables(insights):
        lines += ["", *_columns(table)]
    return "\n".join(lines)


def _columns(table: Table) -> Iterator[str]:
    yield table.title
    if not table.rows:
        yield f"  {words.NONE}"
        return
    rows = [tuple(_cut(_cell(value)) for value in row) for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.head, *rows, strict=True)]
    right = [not isinstance(value, str) for value in table.rows[0]]
    for row in (table.head, *rows):
        cells = [
            f"{cell:>{width}}" if to_right else f"{cell:<{width}}"
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        yield "  " + "  ".join(cells).rstrip()
    if table.note:
        yield f"  {table.note}"


def _cell(value: str | float) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def to_data(insights: Insights) -> dict[str, Any]:
    """Return the insights as plain data, for JSON."""
    counts = insights.counts
    data = asdict(insights)
    for name in ("titles", "days", "hours"):
        del data[name]
    return {
        "schema": SCHEMA,
        **data,
        "questions": {"total": counts.total, **counts._asdict()},
        "days": [{"day": day, **count._asdict()} for day, count in insights.days],
        "hours": [{"hour": hour, **count._asdict()} for hour, count in enumerate(insights.hours)],
        "faces": dict(insights.faces),
        "intents": [{**row._asdict(), "title": insights.title(row.intent)} for row in insights.intents],
        "outside": [{"group": name, "title": insights.title(name), "times": count} for name, count in insights.outside],
        "unanswered": [
            {"text": row.text, "times": row.times, "offered": row.offered, "wordings": dict(row.wordings)}
            for row in insights.unanswered
        ],
        "closest": [row._asdict() for row in insights.closest],
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
    yield from (("outside", name, title(name), count, total) for name, count in insights.outside)
    yield from (("margin", row.text or "", row.intent, row.margin, row.confidence) for row in insights.closest)
    yield from (("again", row.intent, title(row.intent), row.again + row.no, row.answered) for row in insights.again)
    yield from ((what, "", "", getattr(insights, what), "") for what in ("safety", "lost", "yes", "no"))


_TEMPLATE = "insights.html"
_LABELS = 31
"""How many labels fit under a plot; of more, only some are written."""


def to_page(insights: Insights) -> str:
    """Return the insights as one HTML file that loads nothing from anywhere, in the style of the regression report."""
    import jinja2  # noqa: PLC0415 - of the extra, and only a page needs it

    environment = page_environment(jinja2, Path(__file__).parent)
    drawn = [(plot, max((counts.total for counts in plot.counts), default=0) or 1) for plot in plots(insights)]
    text: str = environment.get_template(_TEMPLATE).render(
        words=words,
        facts=facts(insights),
        plots=[(plot, most, max(1, -(-len(plot.labels) // _LABELS))) for plot, most in drawn],
        tables=tables(insights),
        is_number=lambda value: not isinstance(value, str),
    )
    return text
