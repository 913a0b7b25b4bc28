"""How often a rollout is halted, where an edit doubles the declined questions and where it changes nothing.

`python benchmarks/rollout.py` simulates visits of 1 to 6 questions. Each visit has an inclination of its own to be
declined, normal on the scale of log odds (deviation 1 by default), so that the questions of a visit are alike; the mean
share is that which is asked for. The usual share is known from earlier visits alone. One look after each 50 questions,
300 in all. It ends with 1 where one of the two bars is missed: 190 of 200 runs halted where the share goes from 10 to
20 %, at most 10 of 200 where it stays.
"""

from __future__ import annotations

import argparse
import sys
from functools import cache
from typing import NamedTuple

import numpy as np

from dimchat.release.stopping import EACH, PLANNED, Visits, look

RUNS = 200
LEAST_STOPPED, MOST_STOPPED = 190, 10
USUAL, DOUBLED = 0.1, 0.2
LENGTHS = range(1, 7)


class Setting(NamedTuple):
    """How visits are made up."""

    deviation: float = 1.0
    """Of a visit's inclination, in log odds."""
    before: int = 2000
    """Questions from before."""


@cache
def middle(share: float, deviation: float) -> float:
    """Return the log odds at which the mean share over visits is that which is asked for, by bisection."""
    points, weights = np.polynomial.hermite_e.hermegauss(61)
    low, high = -12.0, 12.0
    for _ in range(80):
        at = (low + high) / 2
        mean = float((weights / (1 + np.exp(-(at + deviation * points)))).sum() / weights.sum())
        low, high = (at, high) if mean < share else (low, at)
    return low


def visits(chance: np.random.Generator, share: float, questions: int, deviation: float) -> list[tuple[int, int]]:
    """Return visits until they have asked so many questions."""
    at, made, asked = middle(share, deviation), [], 0
    while asked < questions:
        length = int(chance.integers(LENGTHS.start, LENGTHS.stop))
        inclined = 1 / (1 + np.exp(-(at + deviation * chance.standard_normal())))
        made.append((length, int(chance.binomial(length, inclined))))
        asked += length
    return made


def halted_at(seed: int, share: float, setting: Setting) -> int | None:
    """Return after how many questions a run is halted, None for never."""
    chance = np.random.default_rng(seed)
    before = Visits.of(visits(chance, USUAL, setting.before, setting.deviation))
    after, next_look = Visits(), EACH
    for pair in visits(chance, share, PLANNED, setting.deviation):
        after += Visits.of([pair])
        if after.questions >= next_look:
            next_look += EACH
            if look(before, after).rises:
                return after.questions
    return None


def halted(share: float, setting: Setting, first: int = 0, runs: int = RUNS) -> list[int]:
    """Return after how many questions those of many runs were halted that were."""
    return [at for seed in range(first, first + runs) if (at := halted_at(seed, share, setting)) is not None]


def main() -> int:
    """Print a table, and tell whether the bars are met for visits as they are described above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(f"{'visits':44}  {'10 % to 20 %: halted, after (median)':38}  10 % stays: halted")
    met = True
    for setting in (Setting(), Setting(0.0), Setting(2.0), Setting(before=1000), Setting(before=10_000)):
        risen, same = (halted(share, setting, given.seed, given.runs) for share in (DOUBLED, USUAL))
        what = f"deviation {setting.deviation:g}, {setting.before:,} questions before"
        after = f"{np.median(risen):.0f} questions" if risen else "-"
        print(f"{what:44}  {len(risen):4} of {given.runs}  {after:24}  {len(same):4} of {given.runs}")
        if setting == Setting():
            met = len(risen) >= LEAST_STOPPED * given.runs / RUNS and len(same) <= MOST_STOPPED * given.runs / RUNS
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
