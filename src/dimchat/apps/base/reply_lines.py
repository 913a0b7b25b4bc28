"""A reply as lines and choices: what is shown of it and how, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.content import Content, Span
from textual.style import Style

from dimchat import render
from dimchat.apps.base.text_widget import BLANK, NOTHING, Line, link, literal, visible
from dimchat.commonmark import CITATION, Marks, Row, Table, rows_of
from dimchat.render.readers import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dimchat.commonmark import Run
    from dimchat.model import Category, Citation, Intent, Pack, Reply
    from dimchat.render.markdown import Section
    from dimchat.wording import Catalogue


What = Literal["ask", "open", "none", "command"]
ASK: What = "ask"
OPEN: What = "open"
NONE: What = "none"
COMMAND: What = "command"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that is picked by its key, by a click, or with tab and enter."""

    key: str
    label: str
    what: What
    target: str = ""
    """The intent to ask for, the category to open, or the command to run."""
    about: str = ""
    count: str = ""


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


MUCH_LONGER = 160
"""How many characters more than the short form make a text wait behind "more"."""


def has_more(reply: Reply) -> bool:
    """Return whether the reply has a short form worth showing before its whole text."""
    short = reply.short if reply.kind == "answer" else None
    return bool(short) and len(render.whole_text(reply)) > len(short or "") + MUCH_LONGER


def body_of(reply: Reply, *, whole: bool) -> str:
    """Return the Markdown to show: the short form leads the whole text, so that nothing moves when it opens."""
    return "\n\n".join(section.text for section in _sections(reply, whole=whole))


def _sections(reply: Reply, *, whole: bool) -> list[Section]:
    return render.sections(reply, whole=whole or not has_more(reply))


def said_lines(reply: Reply, said: str, words: Catalogue, *, whole: bool) -> list[Line]:
    """Return how the message was read, where a word was put right, and each answer under its title.

    Args:
        reply: What was replied.
        said: What stands above it as the visitor's words; a title that they are is not said again.
        words: What dimchat says of its own.
        whole: Whether the whole text is shown.
    """
    lines = [_quiet(note)] if (note := render.read_as(reply, words)) else []
    for number, (title, text) in enumerate(_sections(reply, whole=whole)):
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


def choices_of(reply: Reply, pack: Pack, words: Catalogue) -> list[Choice]:
    """Return what can be picked after a reply: its choices, or else its suggestions."""
    if reply.options:
        choices = [Choice(str(o.number), o.title, ASK, o.intent) for o in reply.options]
        return [*choices, Choice("0", words("reply.none"), NONE)]
    choices = [Choice(str(n), s.title, ASK, s.intent) for n, s in enumerate(reply.suggestions, 1)]
    if reply.categories:
        return [*choices, *category_choices(pack, len(choices) + 1)]
    if reply.kind == "decline" and pack.categories:
        choices.append(all_topics(words))
    return choices


def all_topics(words: Catalogue) -> Choice:
    """Return the way back to the topics."""
    return Choice("t", words("chat.all_topics"), COMMAND, "topics")


def category_choices(pack: Pack, first: int = 1) -> list[Choice]:
    """Return the categories that hold something, with a few words about each and their size.

    Args:
        pack: The answer set.
        first: The key of the first row.
    """
    sizes: dict[str, int] = {}
    for intent in pack.browsable:
        sizes[intent.category] = sizes.get(intent.category, 0) + 1
    filled = [category for category in pack.categories if sizes.get(category.id)]
    return [
        Choice(str(number), category.title, OPEN, category.id, about=category.about, count=str(sizes[category.id]))
        for number, category in enumerate(filled, first)
    ]


def reader_choices(pack: Pack, reader: str | None, first: int, words: Catalogue) -> list[Choice]:
    """Return whom answers can be for, where that makes a difference; everyone where somebody was chosen.

    Args:
        pack: The answer set.
        reader: Whom they are for now.
        first: The key of the first row.
        words: What dimchat says of its own.
    """
    names = {**pack.reader, **({EVERYONE: words("reply.everyone")} if reader else {})}
    return [
        Choice(
            str(number),
            words("chat.for", reader=title),
            COMMAND,
            f"for({name!r})",
            count=words("chat.for_now") if name == reader else "",
        )
        for number, (name, title) in enumerate(names.items(), first)
    ]


def question_choices(intents: list[Intent], words: Catalogue) -> list[Choice]:
    """Return the questions of a category, and the way back."""
    return [*(Choice(str(n), intent.title, ASK, intent.id) for n, intent in enumerate(intents, 1)), all_topics(words)]


def category_lines(category: Category) -> list[Line]:
    """Return the head of a category's questions."""
    about = f" · {visible(category.about)}" if category.about else ""
    return [Line(literal(category.title).stylize("bold") + Content(about).stylize("$quiet"))]


def address_of(reply: Reply, number: int) -> str | None:
    """Return the address of a numbered source, if it has one."""
    return next((citation.url for citation in reply.citations if citation.number == number), None)


def source_lines(reply: Reply, pack: Pack, words: Catalogue, only: int | None = None) -> list[Line]:
    """Return the sources of a reply in full, or the one with a number."""
    lines: list[Line] = []
    for citation in reply.citations:
        if only is not None and citation.number != only:
            continue
        lead = Content(f"[{citation.number}] ").stylize("$accent")
        indent = Content(" " * lead.cell_length)
        source = pack.source.get(citation.source)
        facts = [
            (words("chat.source_publisher"), citation.publisher),
            (words("chat.source_locator"), citation.locator),
            (words("chat.source_issued"), source.issued if source else None),
            (words("chat.source_accessed"), citation.accessed),
            (words("chat.source_note"), source.note if source else None),
        ]
        lines.append(Line(literal(citation.title).stylize("bold"), lead))
        for name, value in facts:
            if value:
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
