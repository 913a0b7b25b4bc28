"""When a ranking is sure enough to answer, when it becomes choices, and when it is turned down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.match.normalise import FUNCTION_WORDS
from dimchat.match.stem import stem
from dimchat.model import CONVERSATION, OUTSIDE, SAFETY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Calibration, Candidate, Kind

FLOOR = 0.5
MARGIN = 0.1
MOST_OPTIONS = 5
_NEAR = 0.5
"""Candidates below this part of the floor are not worth offering."""
_REACH = 0.35
"""How far behind the best a candidate may be and still be offered."""
_EVIDENT = frozenset({"same", "stem", "misspelt", "synonym"})


class Bar(NamedTuple):
    """How sure is sure enough."""

    floor: float = FLOOR
    margin: float = MARGIN

    @classmethod
    def of(cls, calibration: Calibration | None) -> Bar:
        """Return the bar of a calibration, or the default one."""
        return cls(calibration.floor, calibration.margin) if calibration else cls()


class Verdict(NamedTuple):
    """What to do with a message."""

    kind: Kind
    why: str
    """For `explain`: one sentence without a full stop."""
    ids: tuple[str, ...] = ()
    """What is answered, or what is offered."""
    outside: str | None = None
    confidence: float = 0.0


def group_of(candidate: Candidate) -> str:
    """Return `conversation`, `safety` or `outside`, else the topic."""
    return candidate.intent.partition(".")[0]


def is_intent(candidate: Candidate) -> bool:
    """Tell whether a candidate is an intent of a category."""
    return group_of(candidate) not in (CONVERSATION, SAFETY, OUTSIDE)


def evidence(candidate: Candidate, idle: Collection[str]) -> tuple[int, int]:
    """Return how many words of content speak for a candidate, and how many are unknown.

    Args:
        candidate: With its words.
        idle: Stems of words that count for nothing, such as the name of the default topic.
    """
    speaking = unknown = 0
    for word in candidate.words:
        if word.text in FUNCTION_WORDS or stem(word.text) in idle:
            continue
        if word.how == "unknown":
            unknown += 1
        elif word.how in _EVIDENT and word.weight > 0 and word.read_as not in FUNCTION_WORDS:
            speaking += 1
    return speaking, unknown


def share(candidate: Candidate, own: Collection[str]) -> float:
    """Return how much of what speaks for a candidate comes from certain words, 0 to 1.

    Args:
        candidate: With its words.
        own: Stems of the words that count.
    """
    total = sum(max(word.weight, 0.0) for word in candidate.words)
    counted = sum(max(word.weight, 0.0) for word in candidate.words if stem(word.text) in own)
    return counted / total if total else 0.0


def decide(candidates: Sequence[Candidate], bar: Bar, idle: Collection[str], *, put_in: bool = False) -> Verdict:
    """Decide on a ranking.

    Args:
        candidates: Best first.
        bar: How sure is sure enough.
        idle: Stems of words that are no evidence.
        put_in: Whether the idle words were put in, so that they cannot be what the person asked about.
    """
    if not candidates:
        return Verdict("decline", "no candidate")
    best = candidates[0]
    sure = best.confidence >= bar.floor
    lead = best.confidence - (candidates[1].confidence if len(candidates) > 1 else 0.0)
    clear = sure and lead >= bar.margin
    group = group_of(best)
    if group == OUTSIDE and sure:
        return Verdict("decline", "an outside group is in front", outside=best.intent, confidence=best.confidence)
    if group == SAFETY and sure:
        return Verdict("safety", "a safety group is in front", (best.intent,), confidence=best.confidence)
    if group == CONVERSATION and clear:
        return Verdict("smalltalk", "small talk is in front", (best.intent,), confidence=best.confidence)
    if is_intent(best) and clear and _speaks(best, idle, put_in=put_in):
        return Verdict("answer", "above the floor, and clear of the next", (best.intent,), confidence=best.confidence)
    return _offered(candidates, bar, idle, put_in=put_in)


def _offered(candidates: Sequence[Candidate], bar: Bar, idle: Collection[str], *, put_in: bool) -> Verdict:
    best = candidates[0].confidence
    speaking = [
        candidate for candidate in candidates if is_intent(candidate) and _speaks(candidate, idle, put_in=put_in)
    ]
    if not speaking:
        return Verdict("decline", "no word of content in common")
    least = max(bar.floor * _NEAR, best - _REACH)
    near = [candidate for candidate in speaking if candidate.confidence >= least][:MOST_OPTIONS]
    if not near:
        return Verdict("decline", "nothing is near enough")
    why = "the next is too close" if best >= bar.floor else "near, but below the floor"
    return Verdict("clarify", why, tuple(c.intent for c in near), confidence=near[0].confidence)


def _speaks(candidate: Candidate, idle: Collection[str], *, put_in: bool) -> bool:
    speaking, unknown = evidence(candidate, idle)
    if put_in:
        return speaking > 0 and speaking >= unknown
    if speaking:
        return speaking * 2 >= unknown
    # A question of nothing but the default topic's name and small words ("what is an imaging manager").
    return not unknown and any(stem(word.text) in idle for word in candidate.words)
