"""The intents that are most easily confused, by phrases that the matcher has not learnt."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.index.prebuilt import lessons
from dimchat.language.tokens import normalise
from dimchat.match import Matcher
from dimchat.match.lessons import Lessons
from dimchat.quality.grading import says_one_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimchat.model import Pack, Phrase, Place
    from dimchat.quality.coverage.reached import Seen

FOLDS = 5
_REACH = 5
"""So many candidates of each phrase are looked at."""


class Pair(NamedTuple):
    """Two intents, the one that comes first in the alphabet first."""

    one: str
    other: str
    nearness: float
    """How near they are: what part of the confidence in their phrases goes to the other, 0 to 1 on average."""
    astray: int
    """How many phrases of the two went to the other."""
    phrases: int
    """How many phrases the two have."""
    worst: str
    """The phrase that went furthest astray."""
    worst_place: Place
    worst_of: str
    """The intent that it belongs to."""
    kept: int = 0
    """How many of those phrases were not held out: their intent has no other line."""
    case_one: Place | None = None
    """A case that expects the first with the other near; None where there is none."""
    case_other: Place | None = None


class _Near(NamedTuple):
    """How near a phrase of one intent came to another."""

    own: str
    rival: str
    phrase: Phrase
    weight: float
    astray: bool


def confusable(pack: Pack, most: int) -> list[Pair]:
    """Return the pairs of intents that are most easily confused, the worst first.

    Every phrase is asked of a matcher that learnt the other four fifths of the pack; of one that learnt all of it where
    its intent has no other line.
    """
    found = _held_out(pack)
    totals: dict[tuple[str, str], list[_Near]] = defaultdict(list)
    for near in found:
        one, other = sorted((near.own, near.rival))
        totals[one, other].append(near)
    sizes = {intent.id: len(intent.phrases) for intent in pack.browsable}
    pairs = []
    for (one, other), nears in totals.items():
        worst = max(nears, key=lambda near: (near.weight, near.phrase.text))
        size = sizes[one] + sizes[other]
        nearness = round(sum(near.weight for near in nears) / size, 4)
        astray = sum(near.astray for near in nears)
        kept = sum(len(pack.intent[name].phrases) for name in (one, other) if says_one_thing(pack.intent[name]))
        pairs.append(Pair(one, other, nearness, astray, size, worst.phrase.text, worst.phrase.place, worst.own, kept))
    pairs.sort(key=lambda pair: (-pair.nearness, pair.one, pair.other))
    return pairs[:most]


def with_cases(pairs: Iterable[Pair], seen: Sequence[Seen]) -> list[Pair]:
    """Return the pairs with the cases that tell them apart, the first of each that is found.

    A case tells one intent from the other where it passes, expects the one and not the other, and the other was near or
    is named as unwanted.
    """
    cases: dict[tuple[str, str], Place] = {}
    for one in seen:
        expect = one.item.expect
        if expect.intent is not None:
            for other in {*one.near, *expect.not_intent} - {expect.intent, *expect.also}:
                key = (expect.intent, other)
                cases[key] = min(cases.get(key, one.item.place), one.item.place)
    return [
        pair._replace(case_one=cases.get((pair.one, pair.other)), case_other=cases.get((pair.other, pair.one)))
        for pair in pairs
    ]


def _held_out(pack: Pack) -> list[_Near]:
    """Return what is made of the phrases of each part by those who learnt the others."""
    own = [(intent.id, phrase) for intent in pack.browsable for phrase in intent.phrases]
    part = _parts(own)
    single = {intent.id for intent in pack.browsable if says_one_thing(intent)}
    taught = Lessons(**lessons(pack))
    # A title goes with the phrase that says the same.
    known = {(name, normalise(phrase.text)): at for (name, phrase), at in zip(own, part, strict=True)}
    of_line = np.array(
        [-1 if name in single else known.get((name, normalise(text)), -1) for name, text in taught.lines]
    )
    result = []
    for number, one in enumerate(taught.learn([of_line != number for number in range(FOLDS)])):
        matcher = Matcher.of(one).with_calibration(pack.calibration)
        for (name, phrase), own_part in zip(own, part, strict=True):
            if own_part == number:
                result += _nears(matcher, name, phrase, pack)
    return result


def _parts(own: Sequence[tuple[str, Phrase]]) -> list[int]:
    """Spread the phrases of each intent evenly over the parts, the same words always into the same one."""
    turns: dict[str, int] = {}
    known: dict[tuple[str, str], int] = {}
    result = []
    for name, phrase in own:
        key = (name, normalise(phrase.text))
        if key not in known:
            known[key] = turns.get(name, 0) % FOLDS
            turns[name] = turns.get(name, 0) + 1
        result.append(known[key])
    return result


def _nears(matcher: Matcher, name: str, phrase: Phrase, pack: Pack) -> list[_Near]:
    candidates = matcher.rank(phrase.text, _REACH)
    sure = {one.intent: one.confidence for one in candidates}
    right = sure.get(name, 0.0)
    first = candidates[0].intent if candidates else ""
    return [
        _Near(name, rival, phrase, max(right, other) * other / (right + other), rival == first)
        for rival, other in sure.items()
        if rival != name and rival in pack.answer and other > 0
    ]
