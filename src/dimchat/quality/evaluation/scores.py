"""What held-out lines say about a pack: scores by intent, confusions, confidences, and where to cut."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.quality.evaluation.held_out import Answered, Line


class Score(NamedTuple):
    """How well one intent is answered, by the replies."""

    intent: str
    lines: int
    """How many lines of it were asked."""
    right: int
    """How many of them it answered."""
    taken: int
    """How many lines of others it answered: false positives."""

    @property
    def precision(self) -> float:
        """Return which share of what it answered was its own; 1 where it answered nothing."""
        return self.right / (self.right + self.taken) if self.right + self.taken else 1.0

    @property
    def recall(self) -> float:
        """Return which share of its own lines it answered; 1 where it has none."""
        return self.right / self.lines if self.lines else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Confusion(NamedTuple):
    """Lines of one intent or group for which another was ranked first."""

    owner: str
    taken_for: str
    size: int
    answered: int
    """How many of them were even answered so."""
    example: Line


class Cut(NamedTuple):
    """What a floor and a margin would make of the lines."""

    floor: float
    margin: float
    right: float
    """The share of the lines of intents that is answered rightly."""
    wrong: float
    """The share of them that is answered wrongly."""
    outside: float
    """The share of the outside lines that is answered."""
    cost: float
    """As `dimchat tune` counts it, for each line."""


def scores(answered: Sequence[Answered]) -> list[Score]:
    """Return the scores of all intents that have lines, by id; a reply with two answers counts for both."""
    lines: Counter[str] = Counter()
    right: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for one in answered:
        if one.line.inside:
            lines[one.line.owner] += 1
        for intent in one.replied:
            (right if intent == one.line.owner else taken)[intent] += 1
    return [Score(intent, lines[intent], right[intent], taken[intent]) for intent in sorted({*lines, *taken})]


def averages(found: Sequence[Score]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1: `macro`, every intent counting the same, and `micro`, every line."""
    if not found:
        return {"macro": (1.0, 1.0, 1.0), "micro": (1.0, 1.0, 1.0)}
    n = len(found)
    whole = Score("", sum(s.lines for s in found), sum(s.right for s in found), sum(s.taken for s in found))
    return {
        "macro": (sum(s.precision for s in found) / n, sum(s.recall for s in found) / n, sum(s.f1 for s in found) / n),
        "micro": (whole.precision, whole.recall, whole.f1),
    }


def confusions(answered: Sequence[Answered]) -> list[Confusion]:
    """Return who is taken for whom, the most frequent first."""
    found: dict[tuple[str, str], list[Answered]] = {}
    for one in answered:
        if not one.ranked_rightly and one.best:
            found.setdefault((one.line.owner, one.best), []).append(one)
    made = []
    for (owner, best), group in found.items():
        surest = max(group, key=lambda one: (one.confidence, one.line.text))
        made.append(Confusion(owner, best, len(group), sum(best in one.replied for one in group), surest.line))
    return sorted(made, key=lambda one: (-one.size, -one.answered, one.owner, one.taken_for))


def histogram(answered: Sequence[Answered], bins: int = 10) -> dict[str, list[int]]:
    """Return how many lines have which confidence, where an intent was ranked first.

    Returns:
        `right`, `wrong` and `outside`: a count for each of so many equal parts of 0 to 1.
    """
    counts = {"right": [0] * bins, "wrong": [0] * bins, "outside": [0] * bins}
    for one in answered:
        if one.outside or not one.best:
            continue
        name = "outside" if not one.line.inside else "right" if one.ranked_rightly else "wrong"
        counts[name][min(int(one.confidence * bins), bins - 1)] += 1
    return counts


def sweep(answered: Sequence[Answered], wrong_cost: float, steps: Sequence[float]) -> list[Cut]:
    """Return what every pair of a floor and a margin would do, by the ranking alone.

    The cost is that of `dimchat tune`: a silent reply to a line of an intent costs 1, a wrong one `wrong_cost`, but
    only half as much more than a silent one, since held-out lines are harder than new questions (`Options.harder`);
    an answer to an outside line costs `wrong_cost`.
    """
    sure = np.array([one.confidence for one in answered])
    margin = np.array([one.margin for one in answered])
    open_ = np.array([bool(one.best) and not one.outside for one in answered], bool)
    inside = np.array([one.line.inside for one in answered], bool)
    right = np.array([one.best == one.line.owner for one in answered], bool)
    n_in, n_out = max(int(inside.sum()), 1), max(int((~inside).sum()), 1)
    gain = np.where(right & inside, 1.0, np.where(inside, (1.0 - wrong_cost) / Options().harder, -wrong_cost))
    made = []
    for floor in steps:
        for least in steps:
            taken = open_ & (sure >= floor) & (margin >= least)
            cost = (float(inside.sum()) - float(gain[taken].sum())) / max(len(answered), 1)
            made.append(
                Cut(
                    floor,
                    least,
                    float((taken & right & inside).sum()) / n_in,
                    float((taken & ~right & inside).sum()) / n_in,
                    float((taken & ~inside).sum()) / n_out,
                    cost,
                )
            )
    return made
