"""Markdown into lines of text: light enough for a conversation of hundreds of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content, Span
from textual.style import Style

from dimchat.apps.chat.flow import BLANK, NOTHING, Line
from dimchat.apps.chat.text import visible
from dimchat.commonmark import Marks, Row, Table, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.commonmark import Run

MARKS = Marks(bullet="• ", quote="│ ")
RULE = "───"
STYLES = {"strong": "bold", "em": "italic", "link": "underline", "code": "bold"}


def lines_of(markdown: str) -> list[Line]:
    """Return Markdown as lines: paragraphs, headings, lists, quotes, code and tables; citations can be clicked."""
    return [line for row in rows_of(markdown, MARKS) for line in _lines(row)]


def _lines(row: Row | Table) -> Iterator[Line]:
    if isinstance(row, Table):
        for number, cells in enumerate(row.rows):
            body = Content(" · ").join(content(cell) for cell in cells)
            yield Line(body, _lead(row.rest if number else row.lead))
    elif row.kind == "blank":
        yield BLANK
    elif row.kind == "rule":
        yield Line(Content(RULE).stylize("$quiet"), _lead(row.lead))
    elif row.kind == "code":
        yield Line(Content(visible(row.text)), _lead(row.lead))
    else:
        body = content(row.runs)
        yield Line(body.stylize("bold") if row.kind == "heading" else body, _lead(row.lead))


def _lead(text: str) -> Content:
    return Content(text).stylize("$quiet") if text else NOTHING


def content(runs: Iterable[Run]) -> Content:
    """Return one line of runs with their styles, and what a click on them does."""
    text = ""
    spans: list[Span] = []
    for run in runs:
        start = len(text)
        text += visible(run.text)
        style = " ".join(STYLES[name] for name in run.styles if name in STYLES)
        clicks = [f"app.open_url({run.address!r})"] if run.address else []
        if run.cites is not None:
            spans.append(Span(start, len(text), "$accent"))
            clicks.append(f"cite({run.cites})")
        spans += [Span(start, len(text), style)] if style else []
        spans += [Span(start, len(text), Style.from_meta({"@click": click})) for click in clicks]
    return Content(text, [span for span in spans if span.end > span.start])
