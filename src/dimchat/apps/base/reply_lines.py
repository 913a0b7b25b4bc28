"""A reply as lines of a terminal, without any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content, Span
from textual.style import Style

from dimchat import render
from dimchat.apps.base.offered import body_of, has_more, shown_sections, source_facts
from dimchat.apps.base.text_widget import BLANK, NOTHING, Line, link, literal, visible
from dimchat.commonmark import CITATION, Marks, Row, Table, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dimchat.commonmark import Run
    from dimchat.model import Category, Citation, Pack, Reply
    from dimchat.wording import Catalogue


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


def said_lines(reply: Reply, said: str, words: Catalogue, *, whole: bool) -> list[Line]:
    """Return how the message was read, where a word was put right, and each answer under its title.

    Args:
        reply: What was replied.
        said: What stands above it as the visitor's words; a title that they are is not said again.
        words: What dimchat says of its own.
        whole: Whether the whole text is shown.
    """
    lines = [_quiet(note)] if (note := render.read_as(reply, words)) else []
    for number, (title, text) in enumerate(shown_sections(reply, whole=whole)):
        lines += [BLANK] if number else []
        lines += [_quiet(title)] if title and title.casefold() != said.strip().casefold() else []
        lines += lines_of(text)
    return lines


def _quiet(text: str) -> Line:
    return Line(literal(text).stylize("$quiet"))


def answer_lines(
    reply: Reply, said: str = "", *, whole: bool, today: date, words: Catalogue, passed: bool = False
) -> list[Line]:
    """Return everything that stands in the answer: text, sources, review, and what can be done with it.

    Args:
        reply: What was replied.
        said: What stands above it as the visitor's words.
        whole: Whether the whole text is shown.
        today: The day that it is shown on.
        words: What dimchat says of its own.
        passed: Whether its choices can no longer be picked: their titles stay, as its text speaks of them.
    """
    body = body_of(reply, whole=whole)
    lines = said_lines(reply, said, words, whole=whole)
    offered = reply.options or (reply.suggestions if reply.kind == "decline" else ())
    if passed and offered:
        titles = "  ·  ".join(visible(one.title) for one in offered)
        lines.append(Line(Content(titles).stylize("$quiet")))
    cited = {int(match[1]) for match in CITATION.finditer(body)}
    shown = [citation for citation in reply.citations if citation.number in cited]
    if not shown and reply.kind == "answer":
        shown = list(reply.citations)
    if shown:
        lines.append(BLANK)
        lines += [citation_line(citation) for citation in shown]
    foot = [*_review(reply, today, words), *_links(reply, words, whole=whole)]
    if foot:
        if not shown:
            lines.append(BLANK)
        lines.append(Line(Content("  ·  ").stylize("$quiet").join(foot)))
    if reply.unsure and not passed:
        lines += [BLANK, _quiet(words("reply.unsure"))]
    return lines


def citation_line(citation: Citation) -> Line:
    """Return one numbered source as it stands under an answer."""
    parts = [citation.title, citation.publisher, citation.locator]
    text = visible(" · ".join(part for part in parts if part))
    click = Style.from_meta({"@click": f"cite({citation.number})"})
    body = Content(text).stylize("$quiet").stylize(click)
    return Line(body, Content(f"[{citation.number}] ").stylize("$accent").stylize(click))


def _review(reply: Reply, today: date, words: Catalogue) -> list[Content]:
    if reply.review_by is not None and reply.expired(today):
        return [Content(words("chat.expired", date=reply.review_by)).stylize("$warning")]
    if reply.reviewed is not None:
        return [Content(words("chat.reviewed", date=reply.reviewed)).stylize("$quiet")]
    return []


def _links(reply: Reply, words: Catalogue, *, whole: bool) -> list[Content]:
    if reply.kind != "answer":
        return []
    links = [link(words("chat.link_copy"), "copy"), link(words("chat.link_why"), "why")]
    if has_more(reply):
        links.insert(0, link(words("chat.link_less") if whole else words("chat.link_more"), "more"))
    return links


def category_lines(category: Category) -> list[Line]:
    """Return the head of a category's questions."""
    about = f" · {visible(category.about)}" if category.about else ""
    return [Line(literal(category.title).stylize("bold") + Content(about).stylize("$quiet"))]


def source_lines(reply: Reply, pack: Pack, words: Catalogue, only: int | None = None) -> list[Line]:
    """Return the sources of a reply in full, or the one with a number."""
    lines: list[Line] = []
    for citation in reply.citations:
        if only is not None and citation.number != only:
            continue
        lead = Content(f"[{citation.number}] ").stylize("$accent")
        indent = Content(" " * lead.cell_length)
        lines.append(Line(literal(citation.title).stylize("bold"), lead))
        for name, value in source_facts(citation, pack, words):
            lines.append(Line(literal(value), indent + Content(f"{name:<11}").stylize("$quiet")))
        if citation.url:
            shown = Style.from_meta({"@click": f"screen.link({citation.number})"})
            copy = link(words("chat.source_copy"), f"screen.copy_link({citation.number})")
            opened = link(words("chat.source_open"), f"screen.link({citation.number})")
            lines += [
                Line(literal(citation.url).stylize("$accent").stylize(shown), indent),
                Line(copy + Content("  ·  ").stylize("$quiet") + opened, indent),
            ]
        lines.append(BLANK)
    return lines[:-1]
