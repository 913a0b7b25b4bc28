"""What every format is read into and written from: questions with their answers, and what was lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["answer", "talk", "outside"]
"""Where an entry belongs: among the answers, in small talk, or among what must not be answered."""
Markup = Literal["markdown", "html"]


class Loss(NamedTuple):
    """Something of a file that is dropped, or that does not stay quite as it was."""

    where: str
    """Its file with the line, or with what the format names a part of it by."""
    text: str
    dropped: bool = True
    """False where it is only told: nothing of it is gone."""


class Prompt(NamedTuple):
    """A question that is offered after an answer."""

    text: str
    """What is shown; "" where it is the title of the entry."""
    key: str
    """The key of the entry that it leads to."""


class Said(NamedTuple):
    """What an entry says in a further language."""

    where: str
    questions: list[str]
    answers: list[str]
    title: str = ""


@dataclass(slots=True)
class Entry:
    """Questions with what is answered to them."""

    key: str
    """What the format knows it by, in a later export too."""
    where: str
    """Its file with the line, or with what the format names it by."""
    questions: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """As they stand in the file; several are taken in turns."""
    markup: Markup = "markdown"
    id: str = ""
    """The id that the file gives, `topic.aspect`; "" where it gives none."""
    title: str = ""
    category: str = ""
    sources: list[str] = field(default_factory=list)
    """Addresses, or titles of documents."""
    metadata: dict[str, str] = field(default_factory=dict)
    prompts: list[Prompt] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    """The keys of the entries after which alone it is meant; () for at any time."""
    role: Role = "answer"
    said: dict[str, Said] = field(default_factory=dict)
    """The same in further languages, by their tags."""


class Turn(NamedTuple):
    """A question of a case, and the key of the entry that must answer it; "" where none may."""

    ask: str
    key: str


class Case(NamedTuple):
    """A test that a file holds: one question, or a conversation."""

    where: str
    turns: tuple[Turn, ...]


@dataclass(slots=True)
class KnowledgeBase:
    """All that a file says."""

    format: str
    file: str
    """The name of the file."""
    language: str = ""
    """A BCP 47 tag; "" where the file does not say."""
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    """Words of one meaning, the first of which stands for the others."""
    welcome: list[str] = field(default_factory=list)
    """What it greets with, before anything is asked."""
    fallback: list[str] = field(default_factory=list)
    """What it says where it has no answer."""
    cases: list[Case] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def lose(self, where: str, text: str, *, dropped: bool = True) -> None:
        """Note that something is dropped, or does not stay quite as it was."""
        self.losses.append(Loss(where, text, dropped))

    @property
    def dropped(self) -> list[Loss]:
        """Return what is dropped."""
        return [loss for loss in self.losses if loss.dropped]
