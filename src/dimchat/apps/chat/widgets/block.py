"""One turn of the conversation: as a value, and as widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical

from dimchat.apps.chat.widgets.answer import Answer, Note
from dimchat.apps.chat.widgets.choice_list import ChoiceList
from dimchat.apps.chat.widgets.question import Question

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from dimchat.apps.chat.choices import Choice
    from dimchat.apps.chat.flow import Line
    from dimchat.apps.chat.session import Turn


@dataclass(slots=True)
class Entry:
    """What one turn shows, whether or not it has widgets now."""

    question: str | None
    said: Turn | tuple[Line, ...]
    """A turn with its reply, or words of the program's own."""
    today: date
    choices: tuple[Choice, ...] = ()
    inside: bool = False
    closing: tuple[Line, ...] = ()
    whole: bool = False
    """Whether the answer's whole text was opened."""
    height: int = 0
    """In rows, as of when it last had widgets."""


class Block(Vertical, inherit_bindings=False):
    """One turn."""

    def __init__(self, entry: Entry) -> None:
        """Take what to show."""
        super().__init__()
        self.entry = entry
        self.question = None if entry.question is None else Question(entry.question)
        if isinstance(entry.said, tuple):
            self.said = Note(entry.said)
        else:
            self.said = Answer(entry.said, entry.today, whole=entry.whole, passed=not entry.choices)
        self.choices = ChoiceList(entry.choices, inside=entry.inside) if entry.choices else None

    def compose(self) -> ComposeResult:
        """Put the question above what was said, and the choices below."""
        if self.question is not None:
            yield self.question
        yield self.said
        if self.choices is not None:
            yield self.choices
        if self.entry.closing:
            yield Note(self.entry.closing, classes="-closing")

    @property
    def answer(self) -> Answer | None:
        """Return the reply, if what was said is one."""
        return self.said if isinstance(self.said, Answer) else None

    def note(self) -> None:
        """Keep what the entry must know when this is gone."""
        self.entry.height = self.outer_size.height or self.entry.height
        if self.answer is not None:
            self.entry.whole = self.answer.whole
