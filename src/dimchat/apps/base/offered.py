"""What of a reply is shown and what can be picked after it: the same in every face, without any screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dimchat import render
from dimchat.commonmark import CITATION
from dimchat.render.languages import around
from dimchat.render.readers import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Citation, Intent, Pack, Reply
    from dimchat.render.markdown import Section
    from dimchat.wording import Catalogue


What = Literal["ask", "open", "none", "for", "command"]
ASK: What = "ask"
OPEN: What = "open"
NONE: What = "none"
FOR: What = "for"
COMMAND: What = "command"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that is picked by its key, by a click, or with tab and enter."""

    key: str
    label: str
    what: What
    target: str = ""
    """The intent to ask for, the category to open, the reader to answer for, or the command to run."""
    about: str = ""
    count: str = ""


MUCH_LONGER = 160
"""How many characters more than the short form make a text wait behind "more"."""


def has_more(reply: Reply) -> bool:
    """Return whether the reply has a short form worth showing before its whole text."""
    short = reply.short if reply.kind == "answer" else None
    return bool(short) and len(render.whole_text(reply)) > len(short or "") + MUCH_LONGER


def body_of(reply: Reply, *, whole: bool) -> str:
    """Return the Markdown to show: the short form leads the whole text, so that nothing moves when it opens."""
    return "\n\n".join(section.text for section in shown_sections(reply, whole=whole))


def shown_sections(reply: Reply, *, whole: bool) -> list[Section]:
    """Return the parts of a reply that are shown, each with its title."""
    return render.sections(reply, whole=whole or not has_more(reply))


def cited(reply: Reply, *, whole: bool) -> list[Citation]:
    """Return the sources of what is shown; all of them where the text names none."""
    numbers = {int(match[1]) for match in CITATION.finditer(body_of(reply, whole=whole))}
    shown = [citation for citation in reply.citations if citation.number in numbers]
    return shown or list(reply.citations)


def choices_of(reply: Reply, pack: Pack, words: Catalogue) -> list[Choice]:
    """Return what can be picked after a reply, in its language: its choices, or else its suggestions."""
    words = around(reply, words)
    if reply.options:
        choices = [Choice(str(o.number), o.title, ASK, o.intent) for o in reply.options]
        return [*choices, Choice("0", words("reply.none"), NONE)]
    choices = [Choice(str(n), s.title, ASK, s.intent) for n, s in enumerate(reply.suggestions, 1)]
    if reply.categories:
        return [*choices, *category_choices(pack.in_language(reply.spoken), len(choices) + 1)]
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
    sizes = pack.sizes
    filled = [category for category in pack.categories if category.id in sizes]
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
            FOR,
            name,
            count=words("chat.for_now") if name == reader else "",
        )
        for number, (name, title) in enumerate(names.items(), first)
    ]


def question_choices(intents: list[Intent], words: Catalogue) -> list[Choice]:
    """Return the questions of a category, and the way back."""
    return [*(Choice(str(n), intent.title, ASK, intent.id) for n, intent in enumerate(intents, 1)), all_topics(words)]


def by_key(choices: Iterable[Choice], typed: str) -> Choice | None:
    """Return the choice that a typed number or letter means."""
    wanted = typed.strip().casefold().rstrip(".)")
    return next((choice for choice in choices if choice.key == wanted), None)


def source_facts(citation: Citation, pack: Pack, words: Catalogue) -> list[tuple[str, str]]:
    """Return what is known of a source beside its title and address, each fact with its name."""
    source = pack.source.get(citation.source)
    facts = [
        (words("chat.source_publisher"), citation.publisher),
        (words("chat.source_locator"), citation.locator),
        (words("chat.source_issued"), source.issued if source else None),
        (words("chat.source_accessed"), citation.accessed),
        (words("chat.source_note"), source.note if source else None),
    ]
    return [(name, str(value)) for name, value in facts if value]


def address_of(reply: Reply, number: int) -> str | None:
    """Return the address of a numbered source, if it has one."""
    return next((citation.url for citation in reply.citations if citation.number == number), None)
