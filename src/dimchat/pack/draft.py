"""A pack as read, before its parts are compared: each entry with the nodes that tell a fault's place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dimchat.model import (
    CONVERSATION,
    SAFETY,
    Answer,
    Category,
    Intent,
    Look,
    OutsideGroup,
    Source,
    Value,
    Vocabulary,
)

if TYPE_CHECKING:
    from dimchat.files.yaml import MapNode, TextNode
    from dimchat.model import Calibration, Place
    from dimchat.pack.table_files import TableDraft


@dataclass(slots=True)
class Named:
    """The ids of one kind that the files name, in entries that are faulty otherwise too."""

    places: dict[str, Place] = field(default_factory=dict)
    complete: bool = True
    """False when a file or an id could not be read: an id that is not here may yet exist."""

    def lacks(self, name: str) -> bool:
        """Return whether an id surely does not exist."""
        return self.complete and name not in self.places


@dataclass(slots=True)
class AnswerDraft:
    """An answer with the nodes of its words, by which a part of them finds its place."""

    answer: Answer
    texts: tuple[TextNode, ...]
    """The short form and the text, then those of each variant, of the overview and of other wordings."""
    hidden: bool = False
    """Whether it is not to be shown yet."""
    table: MapNode | None = None
    """Which table it reads."""
    names: tuple[TextNode, ...] = ()
    """The names of the readers of its variants."""

    @property
    def short(self) -> TextNode:
        """Return its short form, for all readers."""
        return self.texts[0]

    @property
    def text(self) -> TextNode:
        """Return its text, for all readers."""
        return self.texts[1]

    @property
    def of_rows(self) -> tuple[TextNode, ...]:
        """Return what may show the cells of a row: all but the overview."""
        return self.texts[:-2] if self.answer.overview else self.texts


@dataclass(slots=True)
class IntentDraft:
    """An intent with its node, by which an id in `next` finds its place."""

    intent: Intent
    node: MapNode


@dataclass(slots=True)
class Wordings:
    """The wordings of a conversation or safety id."""

    id: str
    texts: tuple[TextNode, ...]
    place: Place


@dataclass(slots=True)
class Draft:
    """Everything that could be read."""

    names: frozenset[str]
    """The files that are there, readable or not."""
    head: MapNode | None = None
    look: Look = field(default_factory=Look)
    format: int = 1
    categories: list[tuple[Category, Place]] = field(default_factory=list)
    categories_known: bool = False
    intents: list[IntentDraft] = field(default_factory=list)
    answers: list[AnswerDraft] = field(default_factory=list)
    wordings: list[Wordings] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    values: list[tuple[Value, MapNode]] = field(default_factory=list)
    """Each with its node, by which its source finds its place."""
    trusted: tuple[str, ...] = ("page", "copy", "reported")
    """The ways of reading a source that count as having read it."""
    readers: dict[str, Place] = field(default_factory=dict)
    outside: list[OutsideGroup] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    slots: MapNode | None = None
    """The slots of the vocabulary, by which an id in them finds its place."""
    tables: list[TableDraft] = field(default_factory=list)
    calibration: Calibration | None = None
    others: dict[str, Draft] = field(default_factory=dict)
    """What stands in its files in other languages, by their codes."""
    intent_ids: Named = field(default_factory=Named)
    answer_ids: Named = field(default_factory=Named)
    wording_ids: Named = field(default_factory=Named)
    source_ids: Named = field(default_factory=Named)
    value_ids: Named = field(default_factory=Named)
    outside_ids: Named = field(default_factory=Named)
    topic_ids: Named = field(default_factory=Named)
    aspect_ids: Named = field(default_factory=Named)
    table_ids: Named = field(default_factory=Named)


WORDED = (CONVERSATION, SAFETY)
"""Stems whose intents have wordings in place of answers."""

VOCABULARY = "intents/vocabulary.yaml"
OUTSIDE = "intents/outside.yaml"
SOURCES = "answers/sources.yaml"
VALUES = "answers/values.yaml"
"""Has values from format 2 on; before, it is a category like any other."""


def line(node: TextNode | None) -> str:
    """Return a text of one line; a block brings a line break at its end."""
    return "" if node is None else node.text.strip("\n")
