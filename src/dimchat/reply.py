"""The reply to a message, with all that a face shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dimchat.records import Category, Citation
    from dimchat.tables import RowKey, Slots

Kind = Literal["answer", "clarify", "decline", "smalltalk", "safety"]
ANSWERED: frozenset[Kind] = frozenset({"answer", "smalltalk", "safety"})
"""The kinds that give what was asked for."""


class Option(NamedTuple):
    """A choice that is offered, counted from 1."""

    number: int
    intent: str
    title: str
    slots: Slots = ()
    """The value that it stands for, where all choices are of one intent."""


class Suggestion(NamedTuple):
    """A question that may come next."""

    intent: str
    title: str


class Part(NamedTuple):
    """One of the answers that a reply gives, as it stands under its title."""

    title: str
    short: str
    """With [1], [2]; Markdown; empty where only the text is given."""
    text: str
    """With [1], [2]; Markdown."""


class Unanswered(NamedTuple):
    """A part of a message that got no answer."""

    text: str
    """As it was typed."""
    nearest: tuple[Suggestion, ...] = ()
    """What lies nearest to it, best first."""


class Reply(NamedTuple):
    """The reply to one message; see `dimchat.render` for its forms."""

    question: str
    kind: Kind
    intents: tuple[str, ...] = ()
    about: str | None = None
    outside: str | None = None
    reason: str | None = None
    """Of a decline: the group that was recognised, and the message that gives the reason, such as `reply.unknown`."""
    confidence: float = 0.0
    short: str | None = None
    """The short form with [1], [2]; Markdown."""
    text: str | None = None
    """The whole reply with [1], [2]; Markdown."""
    citations: tuple[Citation, ...] = ()
    reviewed: date | None = None
    review_by: date | None = None
    options: tuple[Option, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    topic: str | None = None
    """The topic that the context now leans on."""
    aspect: str | None = None
    """The aspect that the context now leans on."""
    rows: tuple[RowKey, ...] = ()
    """What of tables it shows."""
    values: tuple[Option, ...] = ()
    """What may be named next, where it is about no one row: for faces that are touched."""
    slots: Slots = ()
    """The values that the context now leans on."""
    titles: tuple[str, ...] = ()
    """Of `intents`, parallel."""
    under: str = ""
    """The title that its one answer stands under; also of one that it comes back to."""
    parts: tuple[Part, ...] = ()
    """The answers one by one, where there are several or something stands before; `short` and `text` join them."""
    lead: str = ""
    """Begins `text`, before the parts or the list of categories, where there are some; Markdown."""
    categories: tuple[Category, ...] = ()
    """What may be browsed next: for faces that are touched."""
    unsure: bool = False
    """An answer below what the pack holds to be sure: its first suggestions are what lies nearest."""
    unanswered: tuple[Unanswered, ...] = ()
    """Parts of the message that got no answer."""
    read_as: str | None = None
    """The message after respelling, where a correction carried the reply."""
    respelt: tuple[tuple[str, str], ...] = ()
    """Pairs of a word as it was typed and what it was taken for, of those that carried the reply."""
    language: str = ""
    """The language of what it tells, as a BCP 47 tag: of an answer that nobody has translated, the pack's own."""
    spoken: str = ""
    """The language of what dimchat says in it of its own, and of the visitor."""
    margin: float | None = None
    """The confidence minus that of the best other candidate; None where the ranking did not decide."""

    def expired(self, today: date | None) -> bool:
        """Return whether its review is overdue on a day; without a day it is not."""
        return today is not None and self.review_by is not None and self.review_by < today
