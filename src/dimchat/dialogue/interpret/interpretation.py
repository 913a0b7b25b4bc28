"""The result of the second stage: hypotheses about each question, and the interpretation of the message."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.dialogue.interpret.policy import MOST_OPTIONS, is_intent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.dialogue.interpret.asked import Asked
    from dimchat.dialogue.interpret.ellipsis import Completion
    from dimchat.dialogue.interpret.policy import Verdict
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Message
    from dimchat.model import Candidate


Act = Literal[
    "answer",
    "clarify",
    "decline",
    "smalltalk",
    "safety",
    "more",
    "nothing_before",
    "offered_again",
    "none_of_these",
    "no_such_choice",
    "empty",
    "too_long",
    "which_value",
    "slot_alone",
]
"""What a message is answered with: the five kinds of replies, and those of them that have words of their own."""
_LONGEST_ASKING = 12
"""Words of a message that is no story."""
_WHY = {
    "alone": "the message as it stands",
    "asked": "the part of the message that asks",
    "completed": "what it goes on to, by all that speaks for it",
}


class Reading(NamedTuple):
    """One way to understand a message."""

    name: str
    """`alone`, or `completed` from the context or the vocabulary."""
    text: str
    """What was ranked, or the intent that was named outright."""
    why: str
    """How the reading came about."""
    verdict: str
    """What it would lead to, in words."""
    candidates: tuple[Candidate, ...] = ()
    won: bool = False


class Hypothesis(NamedTuple):
    """A hypothesis about one question: its readings, the verdict of the best, and the evidence."""

    verdict: Verdict
    message: Message
    candidates: tuple[Candidate, ...]
    """Of the winning reading."""
    readings: tuple[Reading, ...] = ()
    completion: Completion | None = None
    """Where it won."""
    spelling: Mapping[str, str] = MappingProxyType({})
    """Words that the matcher does not know, with what it takes them for."""
    strange: frozenset[str] = frozenset()
    """Words that belong to something else than the pack."""
    final: bool = False
    """Nothing that was said before can change it."""
    asked: str = ""
    """The part of a story that asks, where that decided."""
    heard: tuple[Candidate, ...] = ()
    """Whatever was said before: of what asks in a story and of the whole in turn, best first."""

    @property
    def named(self) -> bool:
        """Return whether its choices are those of names in the message, and not what is near to it."""
        return self.completion is not None and bool(self.completion.offers)

    @property
    def answers(self) -> bool:
        """Return whether it leads to an answer."""
        return self.verdict.kind == "answer"

    def runners_up(self, thresholds: Thresholds) -> tuple[str, ...]:
        """Return what came close to the best candidate."""
        best = max((c.confidence for c in self.candidates), default=0.0)
        return tuple(c.intent for c in self.candidates if is_intent(c) and c.confidence >= best * thresholds.runner_up)

    def nearest(self, thresholds: Thresholds) -> tuple[str, ...]:
        """Return what lies near to a question without an answer; nothing where it is about something else."""
        if self.verdict.outside or self.strange or not self.candidates or not is_intent(self.candidates[0]):
            return ()
        return self.runners_up(thresholds)


class Unanswered(NamedTuple):
    """A question of a message with several, without an answer."""

    text: str
    """As it was typed."""
    nearest: tuple[str, ...] = ()
    """What lies near to it, nearest first."""
    hypothesis: Hypothesis | None = None
    """What it may mean."""


class Interpretation(NamedTuple):
    """The meaning of a message: the result of the second stage, and all that a reply is made from."""

    kind: Act
    why: str
    """For `explain`: what decided, in words."""
    ids: tuple[str, ...] = ()
    """What is answered, or what is offered."""
    confidence: float = 0.0
    runners_up: tuple[str, ...] = ()
    """What came close to an answer, or to being one."""
    nearest: tuple[str, ...] = ()
    """What is offered beside an unsure answer, and in place of none; () where nothing of the pack is near."""
    keeps: bool = False
    """The answer leaves the aspect so far in the context."""
    parts: tuple[Interpretation, ...] = ()
    """What each question of a message with several means, of those that are answered, in order."""
    unanswered: tuple[Unanswered, ...] = ()
    """The questions of such a message that are not."""
    outside: str | None = None
    """The outside group that a declined message belongs to."""
    evident: bool = True
    """Nothing of the pack comes near, so that this is a reason that can be told."""
    number: int = 0
    """The choice that there is not."""
    cue: str | None = None
    """The safety cue that fired."""
    asked: Asked | None = None
    """The rows that it is about, where something of a slot is named or meant."""
    hypotheses: tuple[Hypothesis, ...] = ()
    """What it was chosen from: one for each part that was read."""

    @property
    def asked_of(self) -> tuple[str, ...]:
        """Return the topics of a message that it asks of, in order: none of a story, which names more than that."""
        short = [h.message for h in self.hypotheses if len(h.message.words) <= _LONGEST_ASKING]
        return tuple(dict.fromkeys(topic for one in short for topic in one.topic_ids if topic not in one.held))

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics that are named, in order."""
        return tuple(dict.fromkeys(topic for h in self.hypotheses for topic in h.message.topic_ids))


def chosen(hypotheses: Sequence[Hypothesis], winner: Hypothesis) -> Hypothesis:
    """Return the hypothesis that won, with all that it was chosen from."""
    names = ("alone", "completed")
    readings = tuple(
        _reading(name, hypothesis, won=hypothesis is winner)
        for name, hypothesis in zip(names, hypotheses, strict=False)
    )
    return winner._replace(readings=readings)


def _reading(name: str, hypothesis: Hypothesis, *, won: bool) -> Reading:
    completion, verdict = hypothesis.completion, hypothesis.verdict
    ids = ", ".join(verdict.ids) or verdict.outside or ""
    return Reading(
        name=name,
        text=(completion.target if completion else None) or hypothesis.message.text,
        why=completion.why if completion else _WHY["asked" if hypothesis.asked else name],
        verdict=f"{verdict.kind} {ids}: {verdict.why}" if ids else f"{verdict.kind}: {verdict.why}",
        candidates=hypothesis.candidates[:MOST_OPTIONS],
        won=won,
    )
