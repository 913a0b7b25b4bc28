"""Which intents are most easily taken for each other: what a matcher makes of phrases that it has not seen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dimchat.match import Matcher
from dimchat.match.normalise import normalise
from dimchat.regress.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimchat.model import Pack, Phrase, Place
    from dimchat.regress.cover.seen import Seen

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
    case_one: Place | None = None
    """A case that expects the first with the other near; None where there is none."""
    case_other: Place | None = None


class _Fold(NamedTuple):
    """A part of the phrases, held out."""

    number: int
    after: tuple[str, ...] = ()


class _Near(NamedTuple):
    """How near a phrase of one intent came to another."""

    own: str
    rival: str
    phrase: Phrase
    weight: float
    astray: bool


def confusable(pack: Pack, most: int, *, jobs: int = 1) -> list[Pair]:
    """Return the pairs of intents that are most easily taken for each other, the worst first.

    Every phrase is asked of a matcher that learnt the other four fifths of the pack.

    Args:
        pack: The answer set, with its calibration.
        most: How many pairs.
        jobs: How many processes share the work.
    """
    found = [
        near for part in spread(_held_out, [_Fold(n) for n in range(FOLDS)], pack, jobs=jobs, least=1) for near in part
    ]
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
        pairs.append(Pair(one, other, nearness, astray, size, worst.phrase.text, worst.phrase.place, worst.own))
    pairs.sort(key=lambda pair: (-pair.nearness, pair.one, pair.other))
    return pairs[:most]


def with_cases(pairs: Iterable[Pair], seen: Sequence[Seen]) -> list[Pair]:
    """Return the pairs with the cases that tell them apart, the first of each that is found.

    A case tells one intent from the other where it expects the one and not the other, and the other was near or is
    named as unwanted.

    Args:
        pairs: As `confusable` returns them.
        seen: What the cases that pass reach.
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


def _held_out(fold: _Fold, pack: Pack) -> list[_Near]:
    """Return what a matcher makes of the phrases of one part when it has learnt the others."""
    own = [(intent.id, phrase) for intent in pack.browsable for phrase in intent.phrases]
    part = _parts(own)
    held = {phrase for (_, phrase), number in zip(own, part, strict=True) if number == fold.number}
    lines = [(one.title, one.id) for one in pack.own]
    lines += [(phrase.text, one.id) for one in pack.own for phrase in one.phrases if phrase not in held]
    matcher = Matcher.fit(
        [text for text, _ in lines],
        [name for _, name in lines],
        outside={group.id: [line.text for line in group.phrases] for group in pack.outside},
        not_={one.id: [line.text for line in one.not_] for one in pack.intents if one.not_},
        vocabulary=pack.vocabulary,
    ).with_calibration(pack.calibration)
    result = []
    for (name, phrase), number in zip(own, part, strict=True):
        if number == fold.number:
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
