"""How sure is sure enough: every threshold of the dialogue, as it ships and as a calibration may have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.errors import PackError
from dimchat.files.text import suggest
from dimchat.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimchat.model import Calibration


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
    asked_surely: float = 0.85
    """The same where it is answered whatever the whole, which is not sure, leads to."""
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
    emergency: float = 0.4
    """The same of an emergency that is likelier than all else: one that is missed is dearer than a needless notice."""
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
    unexpected: float = 0.3
    """The same of a question that seems whole and yet leans on nothing that was said: with less it is asked back."""
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
    longest_words: int = 120
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
