"""The policy: from a ranking to an answer, choices, or a decline, by thresholds."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.senses import dictionary
from dimchat.language.tongue import ENGLISH, tongue_of
from dimchat.model import CONVERSATION, OUTSIDE, SAFETY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.language.tongue import Tongue
    from dimchat.model import Candidate, Kind

EMERGENCY = f"{SAFETY}.emergency"
MOST_OPTIONS = 5
_EVIDENT = frozenset({"same", "stem", "misspelt", "synonym"})


class Verdict(NamedTuple):
    """The decision about a message: answer, clarify or decline."""

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
    """Return whether a candidate is an intent of a category."""
    return group_of(candidate) not in (CONVERSATION, SAFETY, OUTSIDE)


class Idle(NamedTuple):
    """Words that are no evidence: the small ones of a language, and some besides, such as the name of a subject."""

    stems: frozenset[str] = frozenset()
    """Of those besides."""
    tongue: Tongue = tongue_of(ENGLISH)

    def has(self, word: str) -> bool:
        """Return whether a word is one of them."""
        return word in self.tongue.function_words or self.names(word)

    def names(self, word: str) -> bool:
        """Return whether a word is one of those besides."""
        return self.tongue.stem(word) in self.stems


def likelier(candidates: Sequence[Candidate], own: Callable[[Candidate], bool], factor: float) -> tuple[Candidate, ...]:
    """Return candidates as they stand where some are likelier than in general, best first.

    By Bayes' rule: their odds against the rest are multiplied, and the rest gives way in the measure of them.

    Args:
        candidates: With their confidences, 0 to 1.
        own: Tells which are likelier.
        factor: By how much.
    """
    held = sum(c.confidence for c in candidates if own(c))
    if not held:
        return tuple(candidates)

    def stands(candidate: Candidate) -> Candidate:
        sure = candidate.confidence
        sure = sure * factor / (1 + sure * (factor - 1)) if own(candidate) else sure / (1 + held * (factor - 1))
        return candidate._replace(confidence=round(sure, 3))

    return tuple(sorted(map(stands, candidates), key=lambda c: -c.confidence))


def in_turn(first: Sequence[Candidate], second: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates of two rankings in turn, each intent once."""
    pairs = zip_longest(first, second)
    found: dict[str, Candidate] = {}
    for candidate in (c for pair in pairs for c in pair if c is not None):
        found.setdefault(candidate.intent, candidate)
    return tuple(found.values())


def evidence(candidate: Candidate, idle: Idle, thresholds: Thresholds) -> tuple[int, int]:
    """Return how many words of content speak for a candidate, and how many are unknown.

    Args:
        candidate: With its words.
        idle: Words that count for nothing.
        thresholds: How sure is sure enough.
    """
    speaking = unknown = 0
    for word in candidate.words:
        if idle.has(word.text):
            continue
        if word.how == "unknown":
            unknown += 1
        elif (
            word.how in _EVIDENT
            and word.weight >= thresholds.least_word
            and word.read_as not in idle.tongue.function_words
        ):
            speaking += 1
    return speaking, unknown


def alarming(
    candidate: Candidate, excused: Collection[str], thresholds: Thresholds, tongue: Tongue, *, leaning: bool = False
) -> bool:
    """Return whether words of content speak for a safety group: small words alone are no alarm.

    Args:
        candidate: Of the safety group.
        excused: Words that belong to an idiom.
        thresholds: How loud an alarm is.
        tongue: The language.
        leaning: Whether it points at what was talked about, so that the more has to speak for an alarm.
    """
    return sum(
        word.weight
        for word in candidate.words
        if tongue.function_words.isdisjoint((word.text, word.read_as))
        and word.text not in excused
        # A word of the language, however near to one of pain, was meant as it stands.
        and not (word.how == "misspelt" and word.text in dictionary())
    ) >= (thresholds.alarm_leaning if leaning else thresholds.alarm)


def names_other(candidate: Candidate, named: Iterable[Collection[str]]) -> bool:
    """Return whether the name of a topic in a message speaks against a candidate: "lung cancer CE for ARRT".

    Args:
        candidate: With its words.
        named: The words of each topic.
    """
    fitting = {word.text for word in candidate.words if word.weight >= 0}
    return any(fitting.isdisjoint(name) for name in named)


def share(candidate: Candidate, own: Collection[str], tongue: Tongue) -> float:
    """Return how much of what speaks for a candidate comes from certain words, 0 to 1.

    Args:
        candidate: With its words.
        own: Stems of the words that count.
        tongue: The language.
    """
    total = sum(max(word.weight, 0.0) for word in candidate.words)
    counted = sum(max(word.weight, 0.0) for word in candidate.words if tongue.stem(word.text) in own)
    return counted / total if total else 0.0


def backed(candidates: Sequence[Candidate], thresholds: Thresholds) -> bool:
    """Return whether the first candidate is well ahead, and not far below the floor."""
    if not candidates or group_of(candidates[0]) in (OUTSIDE, SAFETY):
        return False
    best = candidates[0]
    if any(group_of(c) == SAFETY and c.confidence >= thresholds.floor * thresholds.well_ahead for c in candidates):
        # What may be about a person's own health is not answered on a lower thresholds.
        return False
    # Two kinds of small talk do not compete: either reply will do.
    rivals = (c for c in candidates[1:] if is_intent(best) or group_of(c) != CONVERSATION)
    lead = best.confidence - next((c.confidence for c in rivals), 0.0)
    return best.confidence >= thresholds.floor * thresholds.backed and lead >= thresholds.floor * thresholds.well_ahead


def heeded(candidate: Candidate, residue: Collection[str], thresholds: Thresholds) -> bool:
    """Return whether a candidate has regard to any of the words that a message has besides its names."""
    return not residue or any(word.text in residue and word.weight >= thresholds.least_word for word in candidate.words)


def quiet(candidates: Sequence[Candidate], residue: Collection[str], thresholds: Thresholds) -> bool:
    """Return whether the words that a message has besides its names ask for nothing that an intent is about."""
    most = _most(candidates, is_intent)
    return all(most.get(word, 0.0) < thresholds.loud_word for word in residue)


def strangers(residue: Collection[str], candidates: Sequence[Candidate], thresholds: Thresholds) -> frozenset[str]:
    """Return the words that belong to something else: nobody knows them, or an outside group holds them.

    Args:
        residue: The words of content of a message that name no topic and no aspect.
        candidates: What ranking the message found.
        thresholds: How loud a word has to be.
    """
    if not residue:
        return frozenset()
    inside, outside = _most(candidates, is_intent), _most(candidates, lambda c: group_of(c) == OUTSIDE)
    known = {word.text for candidate in candidates[:1] for word in candidate.words if word.how != "unknown"}
    return frozenset(
        word
        for word in residue
        if (word not in known and len(word) >= thresholds.shortest_strange)
        or outside.get(word, 0.0) > 2 * max(inside.get(word, 0.0), thresholds.least_word)
    )


def _most(candidates: Sequence[Candidate], wanted: Callable[[Candidate], bool]) -> dict[str, float]:
    most: dict[str, float] = {}
    for candidate in filter(wanted, candidates):
        for word in candidate.words:
            most[word.text] = max(word.weight, most.get(word.text, 0.0))
    return most


def decide(candidates: Sequence[Candidate], thresholds: Thresholds, idle: Idle) -> Verdict:
    """Decide on a ranking.

    Args:
        candidates: Best first.
        thresholds: How sure is sure enough.
        idle: Words that are no evidence.
    """
    if not candidates:
        return Verdict("decline", "no candidate")
    best = candidates[0]
    sure = best.confidence >= thresholds.floor
    lead = best.confidence - (candidates[1].confidence if len(candidates) > 1 else 0.0)
    clear = sure and lead >= thresholds.margin
    group = group_of(best)
    rival = next((c.confidence for c in candidates if group_of(c) != CONVERSATION), 0.0)
    if group == OUTSIDE and sure:
        return Verdict("decline", "an outside group is in front", outside=best.intent, confidence=best.confidence)
    if group == SAFETY and (sure or (best.intent == EMERGENCY and best.confidence >= thresholds.emergency)):
        return Verdict("safety", "a safety group is in front", (best.intent,), confidence=best.confidence)
    if group == CONVERSATION and sure and best.confidence - rival >= thresholds.margin:
        return Verdict("smalltalk", "small talk is in front", (best.intent,), confidence=best.confidence)
    if is_intent(best) and clear and _speaks(best, idle, thresholds):
        return Verdict("answer", "above the floor, and clear of the next", (best.intent,), confidence=best.confidence)
    return offered(candidates, thresholds, idle)


def offered(candidates: Sequence[Candidate], thresholds: Thresholds, idle: Idle) -> Verdict:
    """Return the choice between the candidates that are near, or a decline; the arguments are those of `decide`."""
    best = candidates[0].confidence
    speaking = [candidate for candidate in candidates if is_intent(candidate) and _speaks(candidate, idle, thresholds)]
    if not speaking:
        return Verdict("decline", "no word of content in common")
    least = max(thresholds.floor * thresholds.near, best - thresholds.floor * thresholds.reach)
    near = [candidate for candidate in speaking if candidate.confidence >= least][:MOST_OPTIONS]
    if not near:
        return Verdict("decline", "nothing is near enough")
    why = "the next is too close" if best >= thresholds.floor else "near, but below the floor"
    return Verdict("clarify", why, tuple(c.intent for c in near), confidence=near[0].confidence)


def _speaks(candidate: Candidate, idle: Idle, thresholds: Thresholds) -> bool:
    speaking, unknown = evidence(candidate, idle, thresholds)
    if speaking:
        return speaking * 2 >= unknown
    # A question of nothing but the default topic's name and small words ("what is an imaging manager").
    return not unknown and any(idle.names(word.text) for word in candidate.words)
