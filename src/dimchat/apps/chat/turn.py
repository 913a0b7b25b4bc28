"""One turn of the conversation: as a value, and as widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message

from dimchat.apps.base.offered import has_more
from dimchat.apps.base.reply_lines import answer_lines
from dimchat.apps.base.text_widget import Line, Note, Question, Row, literal, visible, words_of
from dimchat.render.languages import around

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Turn


@dataclass
class Typed(Message):
    """Somebody typed while something else was lit: the words belong to the prompt."""

    character: str


class Left(Message):
    """The prompt is wanted back."""


def _hand_on(lit: Widget, event: events.Key) -> None:
    """Hand what is typed on, unless what is lit has that key itself."""
    bound = lit.screen.active_bindings.get(event.key)
    if event.is_printable and event.character and (bound is None or bound.node is not lit):
        event.stop()
        lit.post_message(Typed(event.character))


class Answer(Note, can_focus=True, inherit_bindings=False):
    """A reply, short at first where there is a short form; its words can be clicked, or have keys while it is lit."""

    FOCUS_ON_CLICK = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "more", "chat.link_more", id="answer.more", tooltip="chat.tip.more"),
        Binding("c", "copy", "chat.link_copy", id="answer.copy", tooltip="chat.tip.answer_copy"),
        Binding("w", "why", "chat.link_why", id="answer.why", tooltip="chat.tip.why"),
        Binding("s", "sources", "chat.key.sources", id="answer.sources", tooltip="chat.tip.sources"),
        Binding("up", "step(-1)", "chat.key.earlier", id="answer.previous", tooltip="chat.tip.answer_up"),
        Binding("down", "step(1)", show=False, id="answer.next", tooltip="chat.tip.answer_down"),
        Binding("escape", "leave", "chat.key.back", id="answer.leave", tooltip="chat.tip.back"),
    ]

    @dataclass
    class Cited(Message):
        """A numbered source was clicked, or all of them are wanted."""

        turn: Turn
        number: int | None

    @dataclass
    class Stepped(Message):
        """The answer before it is wanted, or the one after it."""

        step: int

    class Unfolded(Message):
        """The answer changes its height."""

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
        reply, said = self.turn.reply, self.turn.said
        words = around(reply, words_of(self))
        return answer_lines(reply, said, whole=self.whole, today=self._today, words=words, passed=self._passed)

    def pass_by(self) -> None:
        """Show that its choices can no longer be picked."""
        self._passed = True
        if self.turn.reply.options or self.turn.reply.unsure or self.turn.reply.kind == "decline":
            self.show(self._shown())

    @property
    def has_more(self) -> bool:
        """Return whether the text has a longer form."""
        return has_more(self.turn.reply)

    def action_more(self) -> None:
        """Show the whole text, or only the short form again."""
        self.post_message(self.Unfolded())
        self.unfold()

    def unfold(self) -> None:
        """Show the whole text, or only the short form again."""
        self.whole = not self.whole
        self.show(self._shown())

    def action_cite(self, number: int) -> None:
        """Ask for a source in full."""
        self.post_message(self.Cited(self.turn, number))

    def action_sources(self) -> None:
        """Ask for all the sources in full."""
        self.post_message(self.Cited(self.turn, None))

    def action_step(self, step: int) -> None:
        """Ask for another answer."""
        self.post_message(self.Stepped(step))

    def action_leave(self) -> None:
        """Go back to the prompt."""
        self.post_message(Left())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what this answer has."""
        return {"more": self.has_more, "sources": bool(self.turn.reply.citations)}.get(action, True)

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed to the prompt, unless it is a key of this answer."""
        _hand_on(self, event)

    def action_why(self) -> None:
        """Ask for the reason of the reply."""
        self.post_message(self.WhyAsked(self.turn))

    def action_copy(self) -> None:
        """Ask for a copy."""
        self.post_message(self.CopyAsked(self.turn))


class ChoiceRow(Row, inherit_bindings=False):
    """One choice: its number, its words, and for a category its size."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "chat.key.pick", id="choice.pick", tooltip="chat.tip.pick"),
        Binding("down", "next", show=False, id="choice.next", tooltip="chat.tip.next"),
        Binding("up", "previous", show=False, id="choice.previous", tooltip="chat.tip.previous"),
        Binding("escape", "leave", "chat.key.back", id="choice.leave", tooltip="chat.tip.back"),
    ]

    @dataclass
    class Picked(Message):
        """A row was clicked, or entered."""

        choice: Choice

    def __init__(self, choice: Choice, key_width: int, label_width: int) -> None:
        """Show a choice, aligned with the widest of its list."""
        self.choice = choice
        lead = Content(f"{choice.key:>{key_width}}").stylize("$accent") + Content("  ")
        body = literal(choice.label)
        if choice.about or choice.count:
            body = body.pad_right(max(label_width - body.cell_length, 0))
            body += Content(f"  {visible(choice.about)}").stylize("$quiet")
        super().__init__([Line(body, lead, Content(choice.count).stylize("$quiet"), clip=bool(choice.count))])

    def action_pick(self) -> None:
        """Pick this row."""
        self.post_message(self.Picked(self.choice))

    def action_next(self) -> None:
        """Light the row below."""
        self.screen.focus_next()

    def action_previous(self) -> None:
        """Light the row above."""
        self.screen.focus_previous()

    def action_leave(self) -> None:
        """Go back to the prompt."""
        self.post_message(Left())

    def on_click(self) -> None:
        """Pick this row."""
        self.action_pick()

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed to the prompt."""
        _hand_on(self, event)


MANY = 3
"""So many choices of another kind are many."""


class ChoiceList(Vertical, inherit_bindings=False):
    """The choices of the last turn; many of another kind than the first stand in two columns."""

    def __init__(self, choices: Sequence[Choice], *, inside: bool) -> None:
        """Take the rows; `inside` continues the accent bar of the answer above."""
        super().__init__(classes="-inside" if inside else "")
        self.choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Make a row of each choice."""
        others = [choice for choice in self.choices if choice.what != self.choices[0].what]
        beside = [replace(choice, about="", count="") for choice in others if len(others) >= MANY]
        below = self.choices[: len(self.choices) - len(beside)]
        keys = max(len(choice.key) for choice in self.choices)
        labels = max(literal(choice.label).cell_length for choice in below)
        for choice in below:
            yield ChoiceRow(choice, keys, labels)
        if beside:
            yield Grid(*(ChoiceRow(choice, keys, labels) for choice in beside))


@dataclass(slots=True)
class Entry:
    """The content of one turn, whether or not it has widgets at the moment."""

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
        self.question = None if entry.question is None else Question(entry.question, words_of(self))
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
