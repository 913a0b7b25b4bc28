"""A reply as lines and choices: what is shown of it and how, without any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from dimchat import render, wording
from dimchat.apps.chat.choices import ASK, COMMAND, NONE, OPEN, Choice
from dimchat.apps.chat.flow import BLANK, Line, link
from dimchat.apps.chat.markup import lines_of
from dimchat.apps.chat.text import literal, visible
from dimchat.commonmark import CITATION
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from datetime import date

    from dimchat.model import Category, Citation, Intent, Pack, Reply

MUCH_LONGER = 160
"""How many characters more than the short form make a text wait behind "more"."""


def has_more(reply: Reply) -> bool:
    """Tell whether the reply has a short form worth showing before its whole text."""
    short = reply.short if reply.kind == "answer" else None
    return bool(short) and len(render.whole_text(reply)) > len(short or "") + MUCH_LONGER


def body_of(reply: Reply, *, whole: bool) -> str:
    """Return the Markdown to show: the short form leads the whole text, so that nothing moves when it opens."""
    return render.whole_text(reply) if whole or not has_more(reply) else reply.short or ""


def answer_lines(reply: Reply, *, whole: bool, today: date, passed: bool = False) -> list[Line]:
    """Return everything that stands in the answer: text, sources, review, and what can be done with it.

    Args:
        reply: What was replied.
        whole: Whether the whole text is shown.
        today: The day that it is shown on.
        passed: Whether its choices can no longer be picked: their titles stay, as its text speaks of them.
    """
    body = body_of(reply, whole=whole)
    lines = lines_of(body)
    if passed and reply.options:
        titles = "  ·  ".join(visible(option.title) for option in reply.options)
        lines.append(Line(Content(titles).stylize("$quiet")))
    cited = {int(match[1]) for match in CITATION.finditer(body)}
    shown = [citation for citation in reply.citations if citation.number in cited]
    if not shown and reply.kind == "answer":
        shown = list(reply.citations)
    if shown:
        lines.append(BLANK)
        lines += [citation_line(citation) for citation in shown]
    foot = [*_review(reply, today), *_links(reply, whole=whole)]
    if foot:
        if not shown:
            lines.append(BLANK)
        lines.append(Line(Content("  ·  ").stylize("$quiet").join(foot)))
    return lines


def citation_line(citation: Citation) -> Line:
    """Return one numbered source as it stands under an answer."""
    parts = [citation.title, citation.publisher, citation.locator]
    text = visible(" · ".join(part for part in parts if part))
    click = Style.from_meta({"@click": f"cite({citation.number})"})
    body = Content(text).stylize("$quiet").stylize(click)
    return Line(body, Content(f"[{citation.number}] ").stylize("$accent").stylize(click))


def _review(reply: Reply, today: date) -> list[Content]:
    if reply.review_by is not None and reply.expired(today):
        return [Content(words.CHAT_EXPIRED.format(date=reply.review_by)).stylize("$warning")]
    if reply.reviewed is not None:
        return [Content(words.CHAT_REVIEWED.format(date=reply.reviewed)).stylize("$quiet")]
    return []


def _links(reply: Reply, *, whole: bool) -> list[Content]:
    if reply.kind != "answer":
        return []
    links = [link(words.CHAT_LINK_COPY, "copy"), link(words.CHAT_LINK_WHY, "why")]
    if has_more(reply):
        links.insert(0, link(words.CHAT_LINK_LESS if whole else words.CHAT_LINK_MORE, "more"))
    return links


def choices_of(reply: Reply, pack: Pack) -> list[Choice]:
    """Return what can be picked after a reply: its choices, or else its suggestions."""
    if reply.options:
        choices = [Choice(str(o.number), o.title, ASK, o.intent) for o in reply.options]
        return [*choices, Choice("0", wording.NONE_OF_THESE, NONE)]
    choices = [Choice(str(n), s.title, ASK, s.intent) for n, s in enumerate(reply.suggestions, 1)]
    if reply.kind == "decline" and pack.categories:
        choices.append(ALL_TOPICS)
    return choices


ALL_TOPICS = Choice("t", words.CHAT_ALL_TOPICS, COMMAND, "topics")


def category_choices(pack: Pack) -> list[Choice]:
    """Return the categories that hold something, with a few words about each and their size."""
    sizes: dict[str, int] = {}
    for intent in pack.browsable:
        sizes[intent.category] = sizes.get(intent.category, 0) + 1
    filled = [category for category in pack.categories if sizes.get(category.id)]
    return [
        Choice(str(number), category.title, OPEN, category.id, about=category.about, count=str(sizes[category.id]))
        for number, category in enumerate(filled, 1)
    ]


def question_choices(intents: list[Intent]) -> list[Choice]:
    """Return the questions of a category, and the way back."""
    return [*(Choice(str(n), intent.title, ASK, intent.id) for n, intent in enumerate(intents, 1)), ALL_TOPICS]


def category_lines(category: Category) -> list[Line]:
    """Return the head of a category's questions."""
    about = f" · {visible(category.about)}" if category.about else ""
    return [Line(literal(category.title).stylize("bold") + Content(about).stylize("$quiet"))]


def address_of(reply: Reply, number: int) -> str | None:
    """Return the address of a numbered source, if it has one."""
    return next((citation.url for citation in reply.citations if citation.number == number), None)


def source_lines(reply: Reply, pack: Pack, only: int | None = None) -> list[Line]:
    """Return the sources of a reply in full."""
    lines: list[Line] = []
    for citation in reply.citations:
        if only is not None and citation.number != only:
            continue
        lead = Content(f"[{citation.number}] ").stylize("$accent")
        indent = Content(" " * lead.cell_length)
        source = pack.source.get(citation.source)
        facts = [
            (words.SOURCE_PUBLISHER, citation.publisher),
            (words.SOURCE_LOCATOR, citation.locator),
            (words.SOURCE_ISSUED, source.issued if source else None),
            (words.SOURCE_ACCESSED, citation.accessed),
            (words.SOURCE_NOTE, source.note if source else None),
        ]
        lines.append(Line(literal(citation.title).stylize("bold"), lead))
        for name, value in facts:
            if value:
                lines.append(Line(literal(value), indent + Content(f"{name:<11}").stylize("$quiet")))
        if citation.url:
            shown = Style.from_meta({"@click": f"screen.link({citation.number})"})
            copy = link(words.SOURCE_COPY, f"screen.copy_link({citation.number})")
            opened = link(words.SOURCE_OPEN, f"screen.link({citation.number})")
            lines += [
                Line(literal(citation.url).stylize("$accent").stylize(shown), indent),
                Line(copy + Content("  ·  ").stylize("$quiet") + opened, indent),
            ]
        lines.append(BLANK)
    return lines[:-1]
