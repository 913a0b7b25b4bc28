"""What the assistant said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from dimchat.apps.chat.flow import Flow
from dimchat.apps.chat.replies import answer_lines, has_more

if TYPE_CHECKING:
    from datetime import date

    from dimchat.apps.chat.flow import Line
    from dimchat.apps.chat.session import Turn


class Note(Flow, inherit_bindings=False):
    """Words of the program's own, with the accent bar."""


class Answer(Note, inherit_bindings=False):
    """A reply, short at first where there is a short form; its words can be clicked."""

    @dataclass
    class Cited(Message):
        """A numbered source was clicked."""

        turn: Turn
        number: int

    @dataclass
    class WhyAsked(Message):
        """The reason for the reply is wanted."""

        turn: Turn

    @dataclass
    class CopyAsked(Message):
        """The reply is to be copied."""

        turn: Turn

    def __init__(self, turn: Turn, today: date, *, whole: bool = False, passed: bool = False) -> None:
        """Show the reply of a turn as of a day, short at first unless told otherwise."""
        self.turn = turn
        self.whole = whole
        self._today = today
        self._passed = passed
        super().__init__(self._shown())

    def _shown(self) -> list[Line]:
        return answer_lines(self.turn.reply, whole=self.whole, today=self._today, passed=self._passed)

    def pass_by(self) -> None:
        """Show that its choices can no longer be picked."""
        self._passed = True
        if self.turn.reply.options:
            self.show(self._shown())

    @property
    def has_more(self) -> bool:
        """Tell whether the text has a longer form."""
        return has_more(self.turn.reply)

    def action_more(self) -> None:
        """Show the whole text, or only the short form again."""
        self.whole = not self.whole
        self.show(self._shown())

    def action_cite(self, number: int) -> None:
        """Ask for a source in full."""
        self.post_message(self.Cited(self.turn, number))

    def action_why(self) -> None:
        """Ask for the reason of the reply."""
        self.post_message(self.WhyAsked(self.turn))

    def action_copy(self) -> None:
        """Ask for a copy."""
        self.post_message(self.CopyAsked(self.turn))
