"""A visit of the page, step by step: what was asked or opened, and what can be picked after it. No HTML, no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from dimchat.apps.base.offered import (
    ASK,
    COMMAND,
    NONE,
    OPEN,
    Choice,
    by_key,
    category_choices,
    choices_of,
    question_choices,
    reader_choices,
)
from dimchat.render.readers import EVERYONE
from dimchat.render.why import why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.apps.base.session import Session, Turn
    from dimchat.model import Category
    from dimchat.web.visitor.staff_desk import StaffDesk
    from dimchat.wording import Catalogue

REMEMBERED = 50
"""Steps that are kept; the page shows no more."""
LONGEST = 2000
"""Characters of a message that are read; the assistant refuses less."""
READER: Final = "r"
VALUE: Final = "v"
"""What the keys of readers and of values begin with: they have no number that could be typed."""


@dataclass(slots=True)
class Step:
    """One thing that was shown."""

    number: int
    kind: Literal["topics", "questions", "said", "staff"]
    choices: list[Choice]
    turn: Turn | None = None
    category: Category | None = None
    whole: bool = False
    why: str = ""
    thanked: bool = False
    taken: bool = False
    source: int = 0
    """The number of the source whose address is shown."""
    note: str = ""
    """What is said to a number that nothing here has."""
    readers: list[Choice] = field(default_factory=list)
    values: list[Choice] = field(default_factory=list)

    def choice(self, key: str) -> Choice | None:
        """Return what a key picks here."""
        return next((one for one in (*self.choices, *self.readers, *self.values) if one.key == key), None)


class Talk:
    """Turns what comes from a page into steps; every reply is the assistant's."""

    def __init__(self, session: Session, *, stand: bool) -> None:
        """Begin with the topics.

        Args:
            session: The conversation.
            stand: Whether it is one view after the other, with a way back, instead of a growing conversation.
        """
        self.session = session
        self.stand = stand
        self.larger = False
        self.staff: StaffDesk | None = None
        """At a stand."""
        self.steps: list[Step] = []
        self.touched: Step
        """The step that the last act added or changed."""
        self._count = 0
        self.topics()

    @property
    def words(self) -> Catalogue:
        """Return what dimchat says of its own, in the language that the visitor chose."""
        return self.session.words

    @property
    def last(self) -> Step:
        """Return what is shown last."""
        return self.steps[-1]

    @property
    def rateable(self) -> bool:
        """Return whether the last reply is an answer that nobody has judged yet."""
        return self.last.turn is self.session.last and self.session.recorder.rateable

    def act(self, name: str, values: Mapping[str, str]) -> bool:
        """Do what a form says, and tell whether there is such an act; what makes no sense does nothing.

        Args:
            name: Of the act.
            values: The fields of the form.
        """
        method = getattr(self, f"_do_{name}", None)
        if method is None:
            return False
        self.touched = self.last
        method(values)
        return True

    def topics(self) -> None:
        """Show the topics, and whom answers can be for."""
        pack, reader = self.session.pack, self.session.context.reader
        names = (*pack.reader, EVERYONE)
        readers = [
            Choice(f"{READER}{number}", one.label, COMMAND, name, count=one.count)
            for number, (one, name) in enumerate(
                zip(reader_choices(pack, reader, 1, self.words), names, strict=False), 1
            )
        ]
        self._browse(Step(0, "topics", category_choices(pack), readers=readers))

    def _browse(self, step: Step) -> None:
        """Show what is browsed to; unless a stand shows it, in the place of what was browsed to before."""
        if not self.stand and len(self.steps) > 1 and self.last.kind != "said":
            self.steps.pop()
        self._add(step)

    def _add(self, step: Step) -> None:
        self._count += 1
        step.number = self._count
        self.steps = [*self.steps, step][-REMEMBERED:]
        self.touched = step

    def _said(self, turn: Turn) -> None:
        reply = turn.reply
        values = [Choice(f"{VALUE}{number}", one.title, ASK, one.intent) for number, one in enumerate(reply.values, 1)]
        choices = choices_of(reply, self.session.pack, self.words)
        self._add(Step(0, "said", choices, turn=turn, values=values))

    def _do_ask(self, values: Mapping[str, str]) -> None:
        text = values.get("text", "")[:LONGEST].strip()
        choice = self.last.choice(text.casefold()) or by_key(self.last.choices, text)
        self.last.note = "" if choice is not None else self.session.out_of_range(text, self.last.choices)
        if choice is not None:
            self._pick(choice)
        elif text and not self.last.note:
            self._said(self.session.say(text))

    def _do_pick(self, values: Mapping[str, str]) -> None:
        step = self._step(values)
        choice = step.choice(values.get("key", "")) if step else None
        if choice is not None:
            self._pick(choice)

    def _do_near(self, values: Mapping[str, str]) -> None:
        intent = values.get("intent", "")
        if intent in self.session.pack.answer:
            self._said(self.session.pick(intent, self.session.pack.intent[intent].title))

    def _pick(self, choice: Choice) -> None:
        if choice.what == ASK:
            self._said(self.session.pick(choice.target, choice.label))
        elif choice.what == NONE:
            self._said(self.session.none(choice.label))
        elif choice.what == OPEN:
            self._open(choice.target)
        elif choice.key.startswith(READER):
            self.session.read_as(choice.target)
            self.topics()
        else:
            self.topics()

    def _open(self, category_id: str) -> None:
        for category in self.session.pack.categories:
            if category.id == category_id:
                choices = question_choices(self.session.questions(category), self.words)
                self._browse(Step(0, "questions", choices, category=category))

    def _do_language(self, values: Mapping[str, str]) -> None:
        if (language := values.get("language", "")) in self.session.languages:
            self.session.speak(language)
            if self.last.kind == "topics":
                self.steps.pop()
            self.topics()

    def _do_staff(self, _: Mapping[str, str]) -> None:
        if self.staff is not None and self.last.kind != "staff":
            self._add(Step(0, "staff", []))

    def _do_topics(self, _: Mapping[str, str]) -> None:
        self.topics()

    def _do_back(self, _: Mapping[str, str]) -> None:
        if len(self.steps) > 1:
            self.steps.pop()
            self.touched = self.last

    def _do_more(self, values: Mapping[str, str]) -> None:
        if (step := self._step(values)) is not None:
            step.whole = not step.whole

    def _do_why(self, values: Mapping[str, str]) -> None:
        step = self._step(values)
        if step is not None and step.turn is not None:
            found = "" if step.why else why(self.session.why(step.turn), self.session.pack, words=self.words)
            step.why = found

    def _do_take(self, values: Mapping[str, str]) -> None:
        if (step := self._step(values)) is not None:
            step.taken, step.source = not step.taken, 0

    def _do_source(self, values: Mapping[str, str]) -> None:
        step, number = self._step(values), values.get("number", "")
        if step is not None and step.turn is not None:
            known = next((one.number for one in step.turn.reply.citations if str(one.number) == number), 0)
            step.source, step.taken = (0 if step.source == known else known), False

    def _do_rate(self, values: Mapping[str, str]) -> None:
        if self.rateable and self._step(values) is self.last:
            self.last.thanked = self.session.recorder.rate(meant=values.get("meant") == "yes")

    def _do_size(self, _: Mapping[str, str]) -> None:
        self.larger = not self.larger

    def _step(self, values: Mapping[str, str]) -> Step | None:
        """Return the step that a form belongs to; None where it is no longer kept."""
        found = next((one for one in self.steps if str(one.number) == values.get("step")), None)
        self.touched = found or self.touched
        return found
