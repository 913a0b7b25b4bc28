"""One conversation: what was said, and the context that the next message is asked with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dimchat.journal import NoRecorder
from dimchat.model import Context
from dimchat.render.readers import chosen
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.chat.resume import Saved
    from dimchat.journal import Recorder
    from dimchat.model import Category, Intent, Option, Pack, Problem, Reply, Suggestion
    from dimchat.render.json_reply import Explained
    from dimchat.wording import Catalogue


IDLE = 20 * 60
"""Seconds of silence after which nothing that was said before is leant on."""

NONE = "0"
"""What says "none of these"."""


LONG = 10
"""Digits from which a number is no try to pick something."""


class Asks(Protocol):
    """The part of an assistant that the chat uses.

    One that has `near` is asked for it while somebody types, one that has `renewed` between two questions.
    """

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        """Return the reply and the context for the next message."""

    def explain(self, text: str, context: Context) -> Explained:
        """Return why the text gets its reply."""


class Renewal(Protocol):
    """What became of a pack whose files were touched."""

    @property
    def pack(self) -> Pack:
        """Return what answers now."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what kept the files from being read."""


def fitting(context: Context, pack: Pack) -> Context:
    """Return a context, begun anew where it leans on something that a pack does not have."""
    ids = (*context.last, *context.options, *context.suggestions, *context.runners_up, *context.answered)
    topics = {*context.topics, *context.mentioned, context.topic} - {None}
    known = all(name in pack.intent for name in ids) and topics <= pack.topic.keys()
    if known and (context.aspect is None or context.aspect in pack.aspect) and not context.slots:
        return context
    reader = context.reader if context.reader in pack.reader else None
    return Context(turn=context.turn, reader=reader, language=context.language)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with its reply."""

    said: str
    """What the conversation shows as the visitor's words."""
    asked: str
    """What the assistant was asked: for a choice, its number."""
    context: Context
    """What came before."""
    reply: Reply


class Session:
    """Holds the conversation; every reply comes from the assistant."""

    def __init__(
        self,
        pack: Pack,
        assistant: Asks,
        clock: Callable[[], float],
        recorder: Recorder | None = None,
        *,
        words: Catalogue | None = None,
        language: str | None = None,
    ) -> None:
        """Begin an empty conversation.

        Args:
            pack: The answer set.
            assistant: What answers from it.
            clock: Seconds.
            recorder: Takes note of replies.
            words: What dimchat says of its own; None for the language that is spoken.
            language: One of the pack's, to begin in; None for its own.
        """
        self._whole = pack
        self._language = language if language in pack.also_in else None
        self.pack = pack.in_language(self.language)
        self.words = words or catalogue_of(self.language)
        self.recorder = recorder or NoRecorder()
        self.turns: list[Turn] = []
        self._assistant = assistant
        self._clock = clock
        self._context = Context(language=self._language)
        self._spoke = clock()
        self.told = ""
        """What to say about the pack, which was read again before the last question; empty for nothing."""
        self.on_change: Callable[[Session], None] = lambda _: None
        """Called after every turn, and when everything is forgotten."""

    @property
    def context(self) -> Context:
        """Return what the next message leans on."""
        return self._context

    def read_as(self, named: str) -> str:
        """Let answers be for the reader that was named from now on, and return what to say about it."""
        reader, said = chosen(self.pack, named, self._context.reader, self.words)
        self._context = self._context._replace(reader=reader)
        return said

    @property
    def language(self) -> str:
        """Return the language that the visitor chose; a question in another one is answered in that all the same."""
        return self._language or self._whole.language

    @property
    def whole(self) -> Pack:
        """Return the pack in its own language."""
        return self._whole

    @property
    def languages(self) -> tuple[str, ...]:
        """Return those that can be chosen."""
        return self._whole.languages

    def speak(self, language: str) -> bool:
        """Speak another language of the pack from now on, and return whether it has that; what was said stays."""
        if language not in self.languages:
            return False
        self._language = language if language != self._whole.language else None
        self.pack, self.words = self._whole.in_language(language), catalogue_of(language)
        self._context = self._context._replace(language=self._language)
        return True

    @property
    def last(self) -> Turn | None:
        """Return the last turn."""
        return self.turns[-1] if self.turns else None

    @property
    def last_answer(self) -> Turn | None:
        """Return the last turn that has sources to show."""
        return next((turn for turn in reversed(self.turns) if turn.reply.citations), None)

    def say(self, text: str) -> Turn:
        """Ask what the visitor typed."""
        self.look()
        return self._turn(text, text, self._present())

    def pick(self, intent: str, title: str) -> Turn:
        """Ask for one intent that was offered or browsed to, as its number among choices would."""
        self.look()
        if intent not in self.pack.intent:
            return self.say(title)
        context = self._present()
        value = self._value(intent, title)
        if value is not None:
            return self._of_value(value, context)
        offered = context.options or context.suggestions
        if intent in offered:
            return self._turn(title, str(offered.index(intent) + 1), context)
        only = context._replace(options=(intent,), option_slots=(), suggestions=(), pending=None)
        return self._turn(title, "1", only)

    def _value(self, intent: str, title: str) -> Option | None:
        """Return the choice of the last reply that stands for a row, where one is picked."""
        reply = self.last.reply if self.last else None
        offered = (*reply.options, *reply.values) if reply else ()
        return next((one for one in offered if one.slots and (one.intent, one.title) == (intent, title)), None)

    def _of_value(self, value: Option, context: Context) -> Turn:
        if context.option_slots and value.slots == context.option_slots[value.number - 1]:
            return self._turn(value.title, str(value.number), context)
        only = context._replace(options=(value.intent,), option_slots=(value.slots,), suggestions=(), pending=None)
        return self._turn(value.title, "1", only)

    def out_of_range(self, typed: str, choices: Sequence[Choice]) -> str:
        """Return what to say to a number that none of the choices on the screen has; nothing to anything else.

        A number that the assistant can judge is left to it: it knows the choices that it offered itself, and that 911
        is an alarm.
        """
        number = typed.strip().rstrip(".)")
        keys = [int(choice.key) for choice in choices if choice.key.isdecimal()]
        offered = len(self._context.options or self._context.suggestions)
        if not keys or offered == max(keys) or not (number.isascii() and number.isdecimal() and len(number) < LONG):
            return ""
        if (
            int(number) in keys
            or (number == NONE and offered)
            or self._assistant.ask(typed, self._context)[0].kind == "safety"
        ):
            return ""
        return self.words("chat.no_such_choice", turn=len(self.turns), number=number, most=max(keys))

    def none(self, label: str) -> Turn:
        """Say that no choice fits."""
        self.look()
        return self._turn(label, NONE, self._present())

    def again(self, turn: Turn) -> Turn:
        """Ask once more what was asked, in the same context."""
        self.look()
        self._spoke = self._clock()
        context = turn.context if turn in self.turns else fitting(turn.context, self.pack)
        return self._turn(turn.said, turn.asked, context)

    def look(self) -> None:
        """Take the pack as it is now where it was edited; `told` has what to say about that."""
        self.told = self._renewed()

    def _renewed(self) -> str:
        renew: Callable[[], Renewal | None] | None = getattr(self._assistant, "renewed", None)
        found = renew() if renew is not None else None
        if found is None:
            return ""
        if found.problems:
            return self.words("chat.not_renewed", count=len(found.problems), problem=str(found.problems[0]))
        self._whole = found.pack
        before, self.pack = self.pack, found.pack.in_language(self.language)
        if before.learning_digest != self.pack.learning_digest:  # ids may be gone
            self._context = fitting(self._context, self.pack)
            known = [turn for turn in self.turns if all(name in self.pack.intent for name in turn.reply.intents)]
            self.turns[:] = [replace(turn, context=fitting(turn.context, self.pack)) for turn in known]
        return self.words("chat.renewed")

    def near(self, typed: str) -> tuple[Suggestion, ...]:
        """Return the questions nearest to what is being typed; none where the assistant cannot tell."""
        find: Callable[..., tuple[Suggestion, ...]] | None = getattr(self._assistant, "near", None)
        if find is None:
            return ()
        return find(typed, self._context.language) if self._context.language else find(typed)

    def why(self, turn: Turn) -> Explained:
        """Return the assistant's explanation of a turn."""
        return self._assistant.explain(turn.asked, turn.context)

    def restore(self, saved: Saved) -> None:
        """Take up a conversation where it was left: what was said is asked anew, in the same contexts."""
        for each in saved.turns:
            self._turn(each.said, each.asked, each.context, recorded=True)
        self._context = saved.context
        self._spoke -= saved.age

    def forget(self) -> None:
        """Begin anew."""
        self.turns.clear()
        self.recorder.forget()
        self._context = Context(language=self._language)
        self.on_change(self)

    def questions(self, category: Category) -> list[Intent]:
        """Return what can be asked in a category."""
        return [intent for intent in self.pack.browsable if intent.category == category.id]

    def _present(self) -> Context:
        """Return the context, or an empty one after a long silence."""
        now = self._clock()
        if now - self._spoke > IDLE:
            self._context = Context(turn=self._context.turn, reader=self._context.reader, language=self._language)
        self._spoke = now
        return self._context

    def _turn(self, said: str, asked: str, context: Context, *, recorded: bool = False) -> Turn:
        reply, self._context = self._assistant.ask(asked, context)
        if not recorded:
            self.recorder.record(reply, context)
        turn = Turn(said, asked, context, reply)
        self.turns.append(turn)
        self.on_change(self)
        return turn
