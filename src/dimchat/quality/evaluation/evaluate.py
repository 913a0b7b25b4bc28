"""An evaluation: held-out lines, blind sets, and comparisons with another pack or matcher."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.language.tokens import normalise
from dimchat.quality.evaluation.cross_validation import OWN, held_out, lines_of
from dimchat.quality.grading import GRADES, grade, reply_to
from dimchat.quality.robustness.variants import misspelt
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dimchat.model import Pack
    from dimchat.quality.cases import Item
    from dimchat.quality.evaluation.cross_validation import Answered, Line, Method
    from dimchat.quality.runner import Asks

    Progress = Callable[[int], None]
    from dimchat.model import Reply
    from dimchat.quality.grading import Grade


@dataclass(frozen=True, slots=True)
class Way:
    """How lines are held out."""

    method: Method = "folds"
    folds: int = 5
    seed: int = 0
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of an evaluation."""

    way: Way
    parts: int
    """How many times a matcher was taught."""
    answered: tuple[Answered, ...]
    """Every line, in file order."""
    blind: tuple[Blind, ...] = ()
    paired: tuple[Paired, ...] = ()
    other: str = ""
    """What was compared with."""


def hold_out(
    pack: Pack, way: Way, *, matcher: str = OWN, only: Sequence[Line] | None = None, progress: Progress | None = None
) -> tuple[int, tuple[Answered, ...]]:
    """Return in how many parts the lines were held out, and what was made of each, in file order.

    Args:
        pack: The answer set.
        way: How lines are held out.
        matcher: As `fitted` takes it.
        only: The lines to ask; all by default.
        progress: Called after each part with the number of its lines.
    """
    found: dict[Line, Answered] = {}
    number = 0
    batches = held_out(
        pack, method=way.method, folds=way.folds, seed=way.seed, jobs=way.jobs, matcher=matcher, only=only
    )
    for batch in batches:
        number += 1
        found.update((one.line, one) for one in batch)
        if progress:
            progress(len(batch))
    return number, tuple(found[line] for line in lines_of(pack) if line in found)


def against_matcher(answered: Sequence[Answered], pack: Pack, way: Way, matcher: str) -> list[Paired]:
    """Compare dimchat's matcher with the one that `fitted` makes, by whether the right intent is ranked first."""
    _, others = hold_out(pack, way, matcher=matcher)
    by_line = {one.line: one.ranked_rightly for one in others}
    first = [one.ranked_rightly for one in answered]
    second = [by_line[one.line] for one in answered]
    owners = [one.line.owner for one in answered]
    return [compare(wording.HELD_OUT_RANKING, first, second, owners, seed=way.seed)]


def against_pack(
    answered: Sequence[Answered],
    assistants: tuple[Asks, Asks],
    other: Pack,
    way: Way,
    sets: Iterable[tuple[str, Sequence[Item]]],
) -> list[Paired]:
    """Compare a pack with another one, by whether the reply is right.

    Args:
        answered: What was made of the lines of the first.
        assistants: Of the first and of the second.
        other: The second.
        way: How lines are held out.
        sets: Names and items of what both are asked besides.
    """
    theirs = {(line.owner, normalise(line.text)): line for line in lines_of(other)}
    common = [one for one in answered if (one.line.owner, normalise(one.line.text)) in theirs]
    rows = []
    if common:
        wanted = [theirs[one.line.owner, normalise(one.line.text)] for one in common]
        _, others = hold_out(other, way, only=list(dict.fromkeys(wanted)))
        right = {one.line: one.verdict == "right" for one in others}
        rows.append(
            compare(
                wording.HELD_OUT_REPLY,
                [one.verdict == "right" for one in common],
                [right[line] for line in wanted],
                [one.line.owner for one in common],
                seed=way.seed,
            )
        )
    for name, items in sets:
        first, second = ([grade(item, reply_to(item, one)) == "right" for item in items] for one in assistants)
        clusters = [item.expect.intent or item.expect.outside or item.expect.kind or "" for item in items]
        rows.append(compare(name, first, second, clusters, seed=way.seed))
    return rows


class Group(NamedTuple):
    """The results of one group of questions."""

    name: str
    counts: tuple[int, ...]
    """For each of `GRADES`."""


class Blind(NamedTuple):
    """The results of a blind set."""

    name: str
    left_out: int
    """Questions that are learnt lines by coincidence, word for word."""
    written: tuple[Group, ...]
    misspelt: tuple[Group, ...]
    """The same questions with slips of the finger."""
    judged: tuple[tuple[Item, Reply, Grade], ...]
    """Each question as written; looking at them retires the set."""


def score(name: str, items: Sequence[Item], pack: Pack, assistant: Asks, *, seed: int = 0) -> Blind:
    """Score a blind set, as written and with slips of the finger; questions that are learnt lines judge nothing."""
    learnt = {normalise(line.text) for line in lines_of(pack)}
    used = [item for item in items if item.in_conversation or normalise(item.ask) not in learnt]
    judged = tuple(_judged(item, assistant) for item in used)
    slips = [_judged(replace(item, ask=misspelt(item.ask, seed)), assistant) for item in used]
    return Blind(name, len(items) - len(used), _groups(judged), _groups(slips), judged)


def _judged(item: Item, assistant: Asks) -> tuple[Item, Reply, Grade]:
    reply = reply_to(item, assistant)
    return item, reply, grade(item, reply)


def _groups(judged: Sequence[tuple[Item, Reply, Grade]]) -> tuple[Group, ...]:
    counts: dict[str, list[int]] = {}
    for item, _, result in judged:
        counts.setdefault(item.group or "none", [0] * len(GRADES))[GRADES.index(result)] += 1
    return tuple(Group(name, tuple(numbers)) for name, numbers in sorted(counts.items()))


_DRAWS = 10_000


class Paired(NamedTuple):
    """Two that were asked the same questions."""

    name: str
    """What was asked."""
    size: int
    first: int
    """How many the first got right."""
    second: int
    only_first: int
    only_second: int
    p: float
    """How probable a split of the questions on which they differ is that is at least as uneven, were they as good."""
    low: float
    """The lower end of the 95 % interval of the difference in the share right, second minus first."""
    high: float


def compare(
    name: str, first: Sequence[bool], second: Sequence[bool], clusters: Sequence[str], *, seed: int = 0
) -> Paired:
    """Compare two that were asked the same questions.

    Args:
        name: What was asked.
        first: Whether the first was right, for each question.
        second: The same for the second.
        clusters: What each question belongs to, such as its intent; whole clusters are drawn.
        seed: Of the draws.
    """
    pairs = list(zip(first, second, strict=True))
    only_first = sum(a and not b for a, b in pairs)
    only_second = sum(b and not a for a, b in pairs)
    low, high = _interval(pairs, clusters, seed)
    return Paired(
        name,
        len(pairs),
        sum(first),
        sum(second),
        only_first,
        only_second,
        mcnemar(only_first, only_second),
        low,
        high,
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided p of McNemar's exact test, by how many questions only the one or the other got right.

    >>> mcnemar(8, 0), mcnemar(3, 3)
    (0.0078125, 1.0)
    """
    n = only_first + only_second
    tail, ways = 0, 1
    for k in range(min(only_first, only_second) + 1):
        tail += ways
        ways = ways * (n - k) // (k + 1)
    # Integers until the last step: 2 ** n is too large for a float where n is above a thousand.
    return float(min(1.0, 2 * tail / 2**n))


def _interval(pairs: Sequence[tuple[bool, bool]], clusters: Sequence[str], seed: int) -> tuple[float, float]:
    names = {name: at for at, name in enumerate(dict.fromkeys(clusters))}
    if not names:
        return 0.0, 0.0
    sizes, gains = np.zeros(len(names)), np.zeros(len(names))
    for (first, second), name in zip(pairs, clusters, strict=True):
        sizes[names[name]] += 1
        gains[names[name]] += int(second) - int(first)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=_DRAWS)
    differences = (drawn @ gains) / (drawn @ sizes)
    low, high = np.percentile(differences, [2.5, 97.5]).tolist()
    return float(low), float(high)
