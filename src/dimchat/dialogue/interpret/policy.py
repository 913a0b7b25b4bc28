"""When a ranking is sure enough to answer, when it becomes choices, and when it is turned down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.senses import dictionary
from dimchat.language.tokens import stem
from dimchat.model import CONVERSATION, OUTSIDE, SAFETY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from dimchat.model import Calibration, Candidate, Kind

FLOOR = 0.5
MARGIN = 0.1
MOST_OPTIONS = 5
_NEAR = 0.5
"""Candidates below this part of the floor are not worth offering."""
_REACH = 0.5
"""How far behind the best, as a part of the floor, a candidate may be and still be offered."""
_BACKED = 0.55
"""The part of the floor that is enough where the vocabulary agrees with the ranking."""
_WELL_AHEAD = 0.25
"""By which part of the floor a candidate then has to lead."""
_LEAST = 0.1
"""What a word adds at least to a candidate that it says anything about."""
_ALARM = 0.9
"""What the words of content of a message add to a safety group that they speak for."""
_ALARM_LEANING = 1.5
"""The same of a message that points at what was talked about: "what should I eat the night before it"."""
_LOUD = 0.4
"""What a word adds to a candidate that it asks for."""
_SHORTEST = 4
"""Shorter words that nobody knows are slips of the finger rather than names of something else."""
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
        elif word.how in _EVIDENT and word.weight >= _LEAST and word.read_as not in FUNCTION_WORDS:
            speaking += 1
    return speaking, unknown


def alarming(candidate: Candidate, excused: Collection[str], *, leaning: bool = False) -> bool:
    """Tell whether words of content speak for a safety group: small words alone are no alarm.

    Args:
        candidate: Of the safety group.
        excused: Words that belong to an idiom.
        leaning: Whether it points at what was talked about, so that the more has to speak for an alarm.
    """
    return sum(
        word.weight
        for word in candidate.words
        if FUNCTION_WORDS.isdisjoint((word.text, word.read_as))
        and word.text not in excused
        # A word of the language, however near to one of pain, was meant as it stands.
        and not (word.how == "misspelt" and word.text in dictionary())
    ) >= (_ALARM_LEANING if leaning else _ALARM)


def names_other(candidate: Candidate, named: Iterable[Collection[str]]) -> bool:
    """Tell whether the name of a topic in a message speaks against a candidate: "lung cancer CE for ARRT".

    Args:
        candidate: With its words.
        named: The words of each topic.
    """
    fitting = {word.text for word in candidate.words if word.weight >= 0}
    return any(fitting.isdisjoint(name) for name in named)


def share(candidate: Candidate, own: Collection[str]) -> float:
    """Return how much of what speaks for a candidate comes from certain words, 0 to 1.

    Args:
        candidate: With its words.
        own: Stems of the words that count.
    """
    total = sum(max(word.weight, 0.0) for word in candidate.words)
    counted = sum(max(word.weight, 0.0) for word in candidate.words if stem(word.text) in own)
    return counted / total if total else 0.0


def backed(candidates: Sequence[Candidate], bar: Bar) -> bool:
    """Tell whether the first candidate is well ahead, and not far below the floor."""
    if not candidates or group_of(candidates[0]) in (OUTSIDE, SAFETY):
        return False
    best = candidates[0]
    if any(group_of(c) == SAFETY and c.confidence >= bar.floor * _WELL_AHEAD for c in candidates):
        # What may be about a person's own health is not answered on a lower bar.
        return False
    # Two kinds of small talk do not compete: either reply will do.
    rivals = (c for c in candidates[1:] if is_intent(best) or group_of(c) != CONVERSATION)
    lead = best.confidence - next((c.confidence for c in rivals), 0.0)
    return best.confidence >= bar.floor * _BACKED and lead >= bar.floor * _WELL_AHEAD


def heeded(candidate: Candidate, residue: Collection[str]) -> bool:
    """Tell whether a candidate has regard to any of the words that a message has besides its names."""
    return not residue or any(word.text in residue and word.weight >= _LEAST for word in candidate.words)


def quiet(candidates: Sequence[Candidate], residue: Collection[str]) -> bool:
    """Tell whether the words that a message has besides its names ask for nothing that an intent is about."""
    most = _most(candidates, is_intent)
    return all(most.get(word, 0.0) < _LOUD for word in residue)


def strangers(residue: Collection[str], candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return the words that belong to something else: nobody knows them, or an outside group holds them.

    Args:
        residue: The words of content of a message that name no topic and no aspect.
        candidates: What ranking the message found.
    """
    if not residue:
        return frozenset()
    inside, outside = _most(candidates, is_intent), _most(candidates, lambda c: group_of(c) == OUTSIDE)
    known = {word.text for candidate in candidates[:1] for word in candidate.words if word.how != "unknown"}
    return frozenset(
        word
        for word in residue
        if (word not in known and len(word) >= _SHORTEST)
        or outside.get(word, 0.0) > 2 * max(inside.get(word, 0.0), _LEAST)
    )


def _most(candidates: Sequence[Candidate], wanted: Callable[[Candidate], bool]) -> dict[str, float]:
    most: dict[str, float] = {}
    for candidate in filter(wanted, candidates):
        for word in candidate.words:
            most[word.text] = max(word.weight, most.get(word.text, 0.0))
    return most


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
    rival = next((c.confidence for c in candidates if group_of(c) != CONVERSATION), 0.0)
    if group == OUTSIDE and sure:
        return Verdict("decline", "an outside group is in front", outside=best.intent, confidence=best.confidence)
    if group == SAFETY and sure:
        return Verdict("safety", "a safety group is in front", (best.intent,), confidence=best.confidence)
    if group == CONVERSATION and sure and best.confidence - rival >= bar.margin:
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
    least = max(bar.floor * _NEAR, best - bar.floor * _REACH)
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
