"""A pack as it was read, faults and all: values with their nodes, before anything is compared with anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dimchat.model import Vocabulary

if TYPE_CHECKING:
    from dimchat.model import Answer, Calibration, Category, Intent, OutsideGroup, Place, Source
    from dimchat.pack.tree import MapNode, TextNode


@dataclass(slots=True)
class Named:
    """The ids of one kind that the files name, in entries that are faulty otherwise too."""

    places: dict[str, Place] = field(default_factory=dict)
    complete: bool = True
    """False when a file or an id could not be read: an id that is not here may yet exist."""

    def lacks(self, name: str) -> bool:
        """Say whether an id surely does not exist."""
        return self.complete and name not in self.places


@dataclass(slots=True)
class AnswerDraft:
    """An answer with the nodes of its words, by which a part of them finds its place."""

    answer: Answer
    short: TextNode
    text: TextNode


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
    categories: list[tuple[Category, Place]] = field(default_factory=list)
    categories_known: bool = False
    intents: list[IntentDraft] = field(default_factory=list)
    answers: list[AnswerDraft] = field(default_factory=list)
    wordings: list[Wordings] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    outside: list[OutsideGroup] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    calibration: Calibration | None = None
    intent_ids: Named = field(default_factory=Named)
    answer_ids: Named = field(default_factory=Named)
    wording_ids: Named = field(default_factory=Named)
    source_ids: Named = field(default_factory=Named)
    outside_ids: Named = field(default_factory=Named)
    topic_ids: Named = field(default_factory=Named)
    aspect_ids: Named = field(default_factory=Named)
