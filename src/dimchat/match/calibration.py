"""How sure a match is, and how sure is sure enough: both found from the phrases themselves.

Every phrase is asked of a matcher that has not seen it. What comes out fits the curve that
turns measures into confidences (J. C. Platt, "Probabilistic outputs for support vector machines",
1999, with more measures than the score); then floor and margin are set where the cost of wrong
answers and of silence together is least. A pack of few phrases says little about itself: it begins
from what many sets of phrases said, and its own move that only as far as they are many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.held_out import Asked, cross_fit, said
from dimchat.match.lessons import in_order
from dimchat.match.logistic import curve
from dimchat.match.options import DEFAULT, MEANING
from dimchat.match.prior import prior
from dimchat.match.scores import Measures, confidence
from dimchat.model import Calibration

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.match.held_out import Flags, Floats
    from dimchat.match.options import Options
    from dimchat.model import Vocabulary

_STEPS = 101
WRONG_COST = 5.0
"""How many silent replies one wrong answer costs by default."""


class Bin(NamedTuple):
    """A row of a reliability table."""

    low: float
    """The least confidence of the bin, 0 to 1."""
    high: float
    """Where the next bin begins; the last bin holds 1 as well."""
    size: int
    """How many matches are in it, at least one."""
    confidence: float
    """The mean of the confidences in the bin."""
    right: float
    """The share of them that was right, 0 to 1."""


def calibrate(
    phrases: Sequence[str],
    intents: Sequence[str],
    *,
    outside: Mapping[str, Sequence[str]] | None = None,
    not_: Mapping[str, Sequence[str]] | None = None,
    vocabulary: Vocabulary | None = None,
    apart: Collection[str] = (),
    authors: Mapping[tuple[str, str], str] | None = None,
    met: Collection[tuple[str, str]] = (),
    wrong_cost: float = WRONG_COST,
    folds: int = 5,
    seed: int = 0,
    options: Options = DEFAULT,
    vectors: NDArray[np.int8] | None = None,
) -> Calibration:
    """Return the calibration of a matcher that learns these phrases.

    Args:
        phrases: What people type.
        intents: The intent of each phrase.
        outside: Group to lines that no intent must win.
        not_: Intent to near misses.
        vocabulary: Topics, aspects, synonyms and filler.
        apart: Intents whose phrases are learnt but not asked, because a wrong reply of theirs has no such cost.
        authors: Intent and text of a phrase to who worded it, see `Options.author_lines`.
        met: Intent and text of phrases that the encoder was tuned on, which prove nothing of it.
        wrong_cost: How many silent replies one wrong answer costs.
        folds: In how many parts the lines are held out, at least two.
        seed: Which lines go into which part; `Options.rounds` seeds are used, from this one on.
        options: Of the matcher.
        vectors: Of the lines as `lessons.in_order` has them, so as to find what words and meaning weigh; None for words
            alone.

    Returns:
        Floor and margin in hundredths, 0 to 1; the coefficients; shares of questions and costs for each question as
        text. It has no digest. An intent with one line is not asked about itself; where none can be asked, all numbers
        are the prior's.

    Raises:
        ValueError: `phrases` and `intents` are not equally long, or there are fewer than two folds.
        IndexFileError: The dictionary of meanings is damaged.

    >>> phrases = ["what do managers earn", "salary of a manager", "which exam must I pass", "how hard is the exam"]
    >>> intents = ["pay", "pay", "exam", "exam"]
    >>> calibration = calibrate(phrases, intents, folds=2)
    >>> dict(calibration.found)["questions"]
    '4'
    >>> len(calibration.weights) == len(DEFAULT.coefficients)
    True
    """
    lines = said(list(zip(intents, phrases, strict=True)))
    before = prior(len(set(lines)) / max(len(set(intents)), 1))
    blending = None
    if vectors is not None:
        from dimchat.match.blending import Blending  # noqa: PLC0415 - words alone do without

        names = [name for name, _ in in_order(phrases, intents, outside)]
        blending = Blending(vectors, names, outside or (), folds, before.meaning)
    asked = cross_fit(
        phrases,
        intents,
        outside=outside,
        not_=not_,
        vocabulary=vocabulary,
        apart=apart,
        authors=authors,
        met=met,
        folds=folds,
        seeds=range(seed, seed + options.rounds),
        options=options,
        watch=blending.watch if blending is not None else None,
    )
    shipped = prior_floor(wrong_cost, before.floors[blending is not None], options)
    every = int(asked.inside.sum())
    if not every:
        told = (("folds", str(folds)), ("seed", str(seed)), ("wrong cost", f"{wrong_cost:g}"), ("questions", "0"))
        by_meaning = tuple(zip(MEANING, before.meaning, strict=True)) if blending is not None else ()
        return Calibration(shipped, 0.0, before.weights, found=told, meaning=by_meaning)
    wanted, counts = asked.telling(options.author_lines * options.rounds)
    asked = asked.only(wanted)
    fitted = curve(
        asked.measures, asked.right.astype(float), options.prior_lines * options.rounds, counts, before.weights
    )
    weights = tuple(round(float(weight), 4) for weight in fitted)
    sure = confidences(asked.measures, weights) * asked.share
    margins = sure - np.minimum(confidences(asked.second, weights) * asked.share, sure)
    blended = blending.found(weights, options) if blending is not None else None
    rounds, harder, least = options.rounds, options.harder, 0.0
    if blended is not None:
        _, asked, counts, sure, margins = blended
        rounds, harder, least = 1, options.meaning_harder, options.meaning_floor
    by_others = rounds * options.author_lines <= int(asked.inside.sum()) < every * rounds // options.rounds
    floor, margin, cost = cut(
        asked,
        sure,
        margins,
        wrong_cost,
        1.0 if by_others else harder,
        outside_harder=harder if by_others else 1.0,
        as_good=options.as_good,
        least=least,
        counts=counts,
    )
    own = min(1.0, int(asked.inside.sum()) / rounds / options.own_lines)
    # What is asked from outside can only be told from lines from outside.
    moved = min(own, int((~asked.inside).sum()) / rounds / options.own_lines) if floor < shipped else own
    floor = max(round(moved * floor + (1 - moved) * shipped, 2), options.least_floor)
    margin = round(own * margin, 2)
    answered = ~asked.silent & (sure >= floor) & (margins >= margin)
    inside = asked.inside
    found = {
        "folds": str(folds),
        "seed": str(seed),
        "wrong cost": f"{wrong_cost:g}",
        "rounds": str(rounds),
        "questions": str(int(inside.sum()) // rounds),
        "outside questions": str(int((~inside).sum()) // rounds),
        "best is right": f"{_share(asked.right & inside, inside):.4f}",
        "answered rightly": f"{_share(answered & asked.right & inside, inside):.4f}",
        "answered wrongly": f"{_share(answered & ~asked.right & inside, inside):.4f}",
        "outside answered": f"{_share(answered & ~inside, ~inside):.4f}",
        "cost": f"{cost:.4f}",
        "calibration error": f"{calibration_error(sure, asked.right):.4f}",
        **({"held out by": "author"} if by_others else {}),
        "auroc": f"{auroc(np.where(asked.silent, 0, sure), inside):.4f}",
    }
    meaning: tuple[tuple[str, float], ...] = blended.meaning if blended is not None else ()
    if blended is None and blending is not None:
        meaning = tuple(zip(MEANING, before.meaning, strict=True))
    return Calibration(floor, margin, weights, found=tuple(found.items()), meaning=meaning)


def prior_floor(wrong_cost: float, shipped: float, options: Options = DEFAULT) -> float:
    """Return the floor where a pack's own lines tell nothing, 0 to 1.

    Its odds rise and fall with what a wrong answer costs more than a silent one, as those of the cheapest floor do (C.
    K. Chow, "On optimum recognition error and reject tradeoff", IEEE Transactions on Information Theory 16, 1970).

    Args:
        wrong_cost: How many silent replies one wrong answer costs.
        shipped: The floor of the prior, which is meant for the default cost.
        options: The floor is never below `least_floor`.

    >>> prior_floor(5.0, 0.8), prior_floor(3.0, 0.8)
    (0.8, 0.67)
    """
    odds = max(wrong_cost - 1, 0.0) / (WRONG_COST - 1) * shipped / (1 - shipped)
    return round(max(odds / (1 + odds), options.least_floor), 2)


def confidences(measures: Floats, weights: Sequence[float]) -> Floats:
    """Return the confidence for each row of measures, 0 to 1.

    Args:
        measures: Matches by measures.
        weights: As `confidence` takes them.
    """
    return np.array([confidence(Measures(*row), weights) for row in measures.tolist()], float)


def cut(
    asked: Asked,
    sure: Floats,
    margins: Floats,
    wrong_cost: float,
    harder: float = 1.0,
    *,
    outside_harder: float = 1.0,
    as_good: float = DEFAULT.as_good,
    least: float = 0.0,
    counts: Floats | None = None,
) -> tuple[float, float, float]:
    """Return a floor and a margin as cheap as any, 0 to 1, and what they cost for each question.

    Answering where that costs less than silence is the rule of C. K. Chow ("On optimum recognition error and reject
    tradeoff", IEEE Transactions on Information Theory 16, 1970); here every pair on a grid of hundredths is priced,
    silence towards a question of an intent at 1, towards one from outside at 0. The two trade against each other along
    a flat valley: of those that cost hardly more than the cheapest, the one that answers the most questions rightly
    is taken, which is own.

    Args:
        asked: The held-out lines, at least one.
        sure: The confidence in the best class of each, 0 to 1.
        margins: Its distance to the next, 0 to 1.
        wrong_cost: How many silent replies one wrong answer costs.
        harder: How many held-out phrases that are matched wrongly stand for one new question that would be.
        outside_harder: How many held-out outside lines that are answered stand for one new message that would be.
        as_good: Costs within this share of the least are as good.
        least: No floor is lower.
        counts: How often each line is to be counted; once by default.
    """
    # An answer saves a silent reply where it is right, and costs what a wrong one costs where it is not.
    right = asked.right & asked.inside
    often = np.ones(len(right)) if counts is None else counts
    gain = often * np.where(
        right, 1.0, np.where(asked.inside, (1.0 - wrong_cost) / harder, -wrong_cost / outside_harder)
    )
    total, rightly = _for_each_cut(asked, sure, margins, gain), _for_each_cut(asked, sure, margins, often * right)
    inside = float(often[asked.inside].sum())
    total[: round(least * (_STEPS - 1))] = -np.inf
    cheap = np.argwhere(inside - total <= (inside - total.max()) * (1.0 + as_good)).tolist()
    floor, margin = max(cheap, key=lambda at: (rightly[at[0], at[1]], -at[1], -at[0]))
    cost = (inside - float(total[floor, margin])) / float(often.sum())
    steps = np.linspace(0, 1, _STEPS)
    return round(float(steps[floor]), 4), round(float(steps[margin]), 4), cost


def _for_each_cut(asked: Asked, sure: Floats, margins: Floats, values: Floats) -> Floats:
    """Return the sum of the values of the lines that each cut answers: floors by margins."""
    open_ = ~asked.silent
    steps = np.linspace(0, 1, _STEPS)
    table = np.zeros((_STEPS + 1, _STEPS + 1))
    places = tuple(np.searchsorted(steps, numbers[open_], "right") for numbers in (sure, margins))
    np.add.at(table, places, values[open_])
    return table[::-1, ::-1].cumsum(axis=0).cumsum(axis=1)[::-1, ::-1][1:, 1:]


def reliability(sure: Sequence[float] | Floats, right: Sequence[bool] | Flags, bins: int = 10) -> list[Bin]:
    """Return how often matches of like confidence were right; bins without any are left out.

    M. H. DeGroot and S. E. Fienberg, "The comparison and evaluation of forecasters", The Statistician 32 (1983).

    Args:
        sure: Confidences, 0 to 1.
        right: Whether each match was right.
        bins: Into how many of equal width 0 to 1 is cut, at least one.

    Raises:
        IndexError: The two are not equally long.
    """
    values, flags = np.asarray(sure, float), np.asarray(right, bool)
    own = np.minimum((values * bins).astype(int), bins - 1)
    rows = []
    for number in range(bins):
        inside = own == number
        size = int(inside.sum())
        if size:
            rows.append(
                Bin(number / bins, (number + 1) / bins, size, values[inside].mean().item(), flags[inside].mean().item())
            )
    return rows


def calibration_error(sure: Sequence[float] | Floats, right: Sequence[bool] | Flags) -> float:
    """Return the expected calibration error over ten bins, 0 to 1; 0 where there is no match.

    M. Pakdaman Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.

    Args:
        sure: Confidences, 0 to 1.
        right: Whether each match was right.

    Raises:
        IndexError: The two are not equally long.
    """
    rows = reliability(sure, right)
    total = sum(row.size for row in rows)
    return sum(row.size * abs(row.confidence - row.right) for row in rows) / total if total else 0.0


def auroc(sure: Floats, inside: Flags) -> float:
    """Return how often a line of an intent is surer than one from outside, 0 to 1; 0.5 where one kind is missing.

    Ties count half. That is the area under the ROC curve (J. A. Hanley and B. J. McNeil, "The meaning and use of the
    area under a receiver operating characteristic (ROC) curve", Radiology 143, 1982).

    Args:
        sure: The confidence in each line.
        inside: Whether it belongs to an intent.

    Raises:
        IndexError: The two are not equally long.
    """
    n_in, n_out = int(inside.sum()), int((~inside).sum())
    if not n_in or not n_out:
        return 0.5
    _, place, counts = np.unique(sure, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[place]
    return (float(ranks[inside].sum()) - n_in * (n_in + 1) / 2) / (n_in * n_out)


def _share(part: Flags, whole: Flags) -> float:
    return float(part.sum()) / max(int(whole.sum()), 1)
