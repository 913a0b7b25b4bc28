"""Finding what words and meaning weigh together, from lines that were held out of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.calibration import confidences
from dimchat.match.held_out import Asked
from dimchat.match.logistic import curve
from dimchat.match.meaning import Regression, confidence, joined, leads, log_odds, nearest
from dimchat.match.options import MEANING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dimchat.match.held_out import Flags, Floats, Part
    from dimchat.match.options import Options

    Vectors = NDArray[np.int8]


class Blended(NamedTuple):
    """The result of blending."""

    meaning: tuple[tuple[str, float], ...]
    """The numbers by name, see `options.MEANING`."""
    asked: Asked
    """The lines that were asked, as words and meaning together have them."""
    counts: Floats
    """What each of them counts, see `Asked.telling`."""
    sure: Floats
    """The confidence in the best class of each."""
    margins: Floats
    """Its distance to the next."""


class _Scored(NamedTuple):
    """Lines that were held out together, against all classes."""

    lines: NDArray[np.intp]
    kinds: list[NDArray[np.float32]]
    """By words, by regression, by the nearest line: lines by classes each."""
    shares: Floats
    """What confidences are multiplied by."""
    counts: Flags
    """Which lines do not stand apart."""
    asked: Asked
    """What words make of these."""


class Blending:
    """Collects parts that were held out, for as long as each line has been asked once."""

    def __init__(
        self, vectors: Vectors, names: Sequence[str], outside: Collection[str], folds: int, before: Sequence[float]
    ) -> None:
        """Keep what belongs to the lines.

        Args:
            vectors: Of the lines, class by class.
            names: The class of each.
            outside: Which classes are outside groups.
            folds: How many parts hold each line once.
            before: The numbers of the prior, see `options.MEANING`.
        """
        self._before = before
        self._vectors = vectors
        self._classes = sorted(set(names))
        number = {name: place for place, name in enumerate(self._classes)}
        self._own = np.array([number[name] for name in names], np.intp)
        self._outside = np.array([name in outside for name in self._classes], bool)
        self._folds = folds
        self._parts: list[_Scored] = []
        self._seen = 0

    def watch(self, part: Part) -> None:
        """Take a part, as `held_out.cross_fit` hands it on; those after the first round count for nothing."""
        self._seen += 1
        if self._seen > self._folds or list(part.matcher.intents) != self._classes:
            return
        learnt = part.learnt
        held = np.flatnonzero(~learnt)
        first = np.searchsorted(self._own[learnt], np.arange(len(self._classes)))
        taught = Regression.learn(self._vectors[learnt], self._own[learnt], len(self._classes))
        nothing = np.full(len(self._classes), part.matcher.options.intercept, np.float32)
        words = np.array([nothing if found is None else found.sums.scores for found in part.found])
        shares = np.array([0.0 if found is None else found.share for found in part.found])
        asked = self._vectors[held]
        kinds = [words, taught.scores(asked), nearest(asked, self._vectors[learnt], first)]
        self._parts.append(_Scored(held, kinds, shares, part.counts, part.asked))

    def found(self, weights: Sequence[float], options: Options) -> Blended | None:
        """Return what words and meaning weigh; None where a class has no line left once one is held out, or is alone.

        Args:
            weights: Of the confidence by words.
            options: Of the matchers.
        """
        if len(self._parts) < self._folds or not any(len(part.lines) for part in self._parts):
            return None
        if len(self._classes) == 1:  # whatever is asked, nothing else could be meant
            return None
        lines, kinds, counts, shares = (
            np.concatenate([part.lines for part in self._parts]),
            [np.concatenate([part.kinds[kind] for part in self._parts]) for kind in range(3)],
            np.concatenate([part.counts for part in self._parts]),
            np.concatenate([part.shares for part in self._parts]),
        )
        by_words = Asked(
            *(np.concatenate(column) for column in zip(*(part.asked for part in self._parts), strict=True))
        )
        wanted, often = by_words.telling(options.author_lines)
        by_words = by_words.only(wanted)
        places = np.flatnonzero(counts)[wanted]
        # Lines from outside that stand apart are far from every pack: where they are more than the lines of intents
        # that are asked, how to tell them would drown how to tell these.
        far = ~counts & self._outside[self._own[lines]]
        near = ~far if int(far.sum()) > int(by_words.inside.sum()) else np.ones(len(lines), bool)
        # A line that is held out leaves few behind in a small pack, so that what is found is not what will be asked.
        own_part = min(1.0, int(by_words.inside.sum()) / options.own_lines)
        blend = self._mixed(
            joined([kind[near] for kind in kinds], self._own[lines[near]], self._before[:3], options.prior_lines),
            self._before[:3],
            own_part,
        )
        scores = np.zeros((len(places), len(self._classes)))
        for weight, kind in zip(blend, kinds, strict=True):
            scores += weight * kind[places]
        own, shares = self._own[lines[places]], shares[places]
        order = np.argsort(-scores, axis=1, kind="stable")[:, :2]
        best = order[:, 0]
        ahead = np.array(
            [
                list(zip(log_odds(row, first), leads(row, first), strict=True))
                for row, first in zip(scores, order.tolist(), strict=True)
            ]
        )
        right = (best == own) | (self._outside[best] & self._outside[own])
        known = shares > 0
        line: Sequence[float] = self._before[3:]
        if known.any():
            asked_right = right[known].astype(float)
            fitted = curve(ahead[known, 0], asked_right, options.prior_lines, often[known], self._before[3:])
            line = self._mixed(fitted, line, own_part)
        numbers = tuple(round(float(number), 4) for number in (*blend, *line))
        by_meaning = np.array([[confidence(one, numbers) for one in row] for row in ahead.tolist()]) * shares[:, None]
        word = confidences(by_words.measures, weights) * by_words.share
        next_word = np.minimum(confidences(by_words.second, weights) * by_words.share, word)
        decided = np.round(word, 3) >= options.meaning_below
        sure = np.where(decided, word, by_meaning[:, 0])
        margins = sure - np.where(decided, next_word, np.minimum(by_meaning[:, 1], sure))
        asked = by_words._replace(
            right=np.where(decided, by_words.right, right),
            silent=np.where(decided, by_words.silent, self._outside[best] | ~known),
        )
        return Blended(tuple(zip(MEANING, numbers, strict=True)), asked, often, sure, margins)

    @staticmethod
    def _mixed(found: Sequence[float] | Floats, before: Sequence[float], part: float) -> list[float]:
        """Return numbers between those of the prior and those that were found, of which the latter have a part."""
        return [part * float(one) + (1 - part) * other for one, other in zip(found, before, strict=True)]
