"""The policy: from a ranking to an answer, choices, or a decline, by thresholds."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.errors import PackError
from dimchat.files.text import suggest
from dimchat.language.senses import dictionary
from dimchat.language.tongue import ENGLISH, tongue_of
from dimchat.model import CONVERSATION, OUTSIDE, SAFETY, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dimchat.language.tongue import Tongue
    from dimchat.model import Calibration, Candidate, Kind

MOST_OPTIONS = 5
_EVIDENT = frozenset({"same", "stem", "misspelt", "synonym"})


class Thresholds(NamedTuple):
    """Every threshold of the dialogue; the defaults are what ships, a pack's calibration may have its own.

    >>> Thresholds(floor=0.7).floor
    0.7
    """

    floor: float = 0.5
    """The least confidence of an answer, 0 to 1; the pack's calibration has its own."""
    margin: float = 0.1
    """The least distance in confidence to the runner-up; the pack's calibration has its own."""

    near: float = 0.5
    """Candidates below this part of the floor are not worth offering."""
    reach: float = 0.5
    """How far behind the best, as a part of the floor, a candidate may be and still be offered."""
    backed: float = 0.55
    """The part of the floor that is enough where the vocabulary agrees with the ranking."""
    well_ahead: float = 0.25
    """By which part of the floor a candidate then has to lead."""
    by_name: float = 0.8
    """The share of the names of topics in what speaks for an answer, from which what is asked of them is unheard."""
    hint: float = 0.2
    """The part of the floor from which what a candidate asks for speaks against small talk."""
    nearest: float = 0.03
    """The confidence from which something of the pack lies near to a message at all."""
    typing: float = 0.5
    """The part of the best share, of outside groups as well, from which a question is near to what is being typed."""
    rivalled: float = 0.25
    """The part of an outside group's confidence from which an intent leaves in doubt what a message is about."""
    runner_up: float = 0.1
    """The part of the best confidence from which a candidate came close."""
    named: float = 0.9
    """The confidence where topic and aspect are both named, or one is named and the other kept."""

    of_reader: float = 20.0
    """How many times likelier a question for the reader is while that reader asks."""

    of_both_names: float = 2.0
    """The same of one whose topic and aspect are both named."""

    certain: float = 0.98
    """The confidence that calls off a notice for a few words; for more of them `named` does, or the floor."""
    few: int = 5
    """So many words are few."""

    asked: float = 0.7
    """The confidence from which the part of a story that asks is answered, where the whole leaves it open."""
    asked_instead: float = 0.95
    """The same where the whole leads elsewhere."""
    told_at_least: float = 0.05
    """The confidence that the whole then has at least in what the part asks, lest what is told be left out lightly."""
    told_of_other: float = 0.2
    """The same where the whole leads elsewhere."""

    least_word: float = 0.1
    """What a word adds at least to a candidate that it says anything about."""
    loud_word: float = 0.4
    """What a word adds to a candidate that it asks for."""
    asking_word: float = 0.3
    """The same where the message may as well be small talk."""
    held_word: float = 0.3
    """What a word adds at least to some intent, if the pack has a use for it."""
    alarm: float = 0.9
    """What the words of content of a message add to a safety group that they speak for."""
    alarm_leaning: float = 1.5
    """The same of a message that points at what was talked about: "what should I eat the night before it"."""
    notice: float = 0.6
    """The least confidence of a safety group where no cue of it fires."""
    own_words: float = 0.4
    """How much of the words of a message an outside group has to itself, to be named as the reason for a decline."""
    general_words: float = 0.6
    """The same of a group of the base and a message of one word of content; twice that where it has more."""

    shortest_strange: int = 4
    """Shorter words that nobody knows are slips of the finger rather than names of something else."""
    shortest_slip: int = 5
    """Shorter words that nobody knows may be slips for too many to be a reason for a decline."""
    fragment: int = 4
    """A message that names no topic is an ellipsis up to this many words; a longer one is a question of its own."""
    telling: int = 16
    """A message of more words tells a story: what its names agree on may be what it only tells."""
    pointing: int = 8
    """A message of up to so many words with a pronoun is about what came before, not a story with a question in it."""
    only_pointing: int = 3
    """A message of up to so many words that only points back has no room for a question: "the other one"."""
    elsewhere: int = 2
    """How many topics that have an aspect are offered where the topic so far has it not."""

    by_words: float = 0.9
    """The share of all that may be meant, from which words alone decide what a message goes on to."""
    sure: float = 0.6
    """The share of all that may be meant, from which what a message goes on to is answered; so are the next ones."""
    sure_of_other: float = 0.6
    """The same where the topic that is meant lacks the aspect, and the answer is of another one."""
    sure_of_no_talk: float = 0.85
    """The same of what may as well be small talk, and of what the grammar of ids contradicts."""
    backed_by_grammar: float = 0.3
    """The same of one of the two best that the grammar of ids leads to, and of a message that says nothing else."""
    ahead: float = 1.3
    """How many times the share of the next intent it then has."""
    over_outside: float = 3.0
    """How many times the share of all outside groups it then has: an answer out of scope is dearer than a silence."""
    offered: float = 0.12
    """The share from which an intent is worth offering."""
    offered_together: float = 0.4
    """The share that all choices have together at least."""
    sharpness: float = 1.3
    """By what the weights of follow-ups are multiplied: their fit hedges among siblings more than people do. Found on
    conversations that taught no weight: more right answers for no more wrong ones."""
    standings: int = 8
    """How many intents are looked at of those that a message may go on to."""

    longest: int = 1000
    """Characters beyond which a message is no question."""
    longest_words: int = 60
    """Words beyond which it is none."""

    @classmethod
    def of(cls, calibration: Calibration | None) -> Self:
        """Return those of a calibration, or the default ones.

        Raises:
            PackError: The calibration names a threshold that there is not.
        """
        if calibration is None:
            return cls()
        numbers = merged(cls._field_defaults, calibration.thresholds, "threshold")
        whole: dict[str, Any] = {
            name: round(value) if isinstance(cls._field_defaults[name], int) else value
            for name, value in numbers.items()
        }
        return cls(**{**whole, "floor": calibration.floor, "margin": calibration.margin})


def merged(shipped: Mapping[str, float], own: Iterable[tuple[str, float]], what: str) -> dict[str, float]:
    """Return the numbers that ship with those of a calibration in their place.

    Args:
        shipped: By name.
        own: Of the calibration.
        what: What they are called where a name is wrong.

    Raises:
        PackError: A name is wrong.
    """
    numbers = dict(shipped)
    place = Place("intents/calibration.json")
    problems = [
        Problem("error", place, f"unknown {what} {name!r}", suggest(name, numbers), "calibration-damaged")
        for name, _ in own
        if name not in numbers
    ]
    if problems:
        raise PackError(problems)
    return numbers | dict(own)


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
    if group == SAFETY and sure:
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
