"""Whether the share of declined questions rises under a new version: a sequential test over whole visits.

Questions of one visit are alike: who asks for what the pack does not have is declined several times. So what counts as
independent is a visit, of which the journal has two numbers, questions and declined ones, and nothing else.

With p the share before, each visit under the new version adds d - p q (declined less expected), and
S is their sum. Where nothing changed, S wanders about 0, and its variance after Q questions is

    p (1 - p) (Q + r (sum of q^2 - Q))

with r the correlation of two questions of a visit, found from the visits before by their moments: the design effect of
J. N. K. Rao and A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48 (1992),
577-585. That p is itself an estimate adds Q^2 times its variance.

The wave is planned for N questions, and is stopped at the first look at which

    S >= z(1 - a / 2) * (standard deviation of S after N questions)

The limit is the same at each look, as in P. C. O'Brien and T. R. Fleming, "A multiple testing procedure for clinical
trials", Biometrics 35 (1979), 549-556. By the reflection principle a sum of independent parts that are symmetric about
0 passes a limit anywhere on its way at most twice as often as it ends beyond it, which is the spending function
2 - 2 Phi(z / sqrt(t)) of K. K. G. Lan and D. L. DeMets, "Discrete sequential boundaries for clinical trials",
Biometrika 70 (1983), 659-663. So a wave under which nothing changed is stopped with a chance of about a (2.5 %) or
less, however often one looks; about, since sums of so few visits are not quite normal. What is declined less never is.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

ALPHA = 0.025
"""The chance that a wave is stopped though nothing changed; three waves: 7.5 % at most."""
PLANNED = 300
"""Questions after which a wave has passed."""
EACH = 50
"""Questions between two looks."""
LEAST_BEFORE = 200
"""So many questions from before are needed to say what is usual."""
_LIMIT = NormalDist().inv_cdf(1 - ALPHA / 2)


class Visits(NamedTuple):
    """Sums over visits; q is the questions of one, d how many of them were declined."""

    visits: int = 0
    questions: int = 0
    declined: int = 0
    qq: int = 0
    """Of q squared."""
    qd: int = 0
    """Of q times d."""
    dd: int = 0
    """Of d squared."""

    @classmethod
    def of(cls, pairs: list[tuple[int, int]]) -> Visits:
        """Return the sums over visits of so many questions and declined ones."""
        rows = [(1, q, d, q * q, q * d, d * d) for q, d in pairs]
        return cls(*map(sum, zip(*rows, strict=True))) if rows else cls()

    def __add__(self, other: object) -> Visits:
        """Return the sums over both: they are added, not strung together as other tuples are."""
        if not isinstance(other, Visits):
            return NotImplemented
        return Visits(*(mine + its for mine, its in zip(self, other, strict=True)))

    @property
    def share(self) -> float:
        """Return the share of declined questions."""
        return self.declined / self.questions if self.questions else 0.0


class Evidence(NamedTuple):
    """What a look found."""

    before: float
    """The share of declined questions before."""
    after: float
    excess: float
    """Declined questions beyond what was to be expected."""
    limit: float
    """The excess from which on the wave is stopped."""
    questions: int
    """Under the new version."""
    planned: int
    """After so many the wave has passed."""

    @property
    def rises(self) -> bool:
        """Return whether the wave is to be stopped."""
        return self.questions >= EACH and self.excess >= self.limit

    @property
    def passed(self) -> bool:
        """Return whether the wave has seen as many questions as were planned, and was not stopped."""
        return self.questions >= self.planned and not self.rises


def look(before: Visits, after: Visits, planned: int = PLANNED) -> Evidence:
    """Return what the visits so far say.

    Args:
        before: Visits under the version before; `LEAST_BEFORE` questions or more.
        after: Visits under the new version.
        planned: The questions that the wave is planned for.

    >>> usual = Visits.of([(4, 0)] * 60 + [(4, 1)] * 60 + [(2, 1)] * 10)
    >>> [look(usual, Visits.of([(4, declined)] * 40)).rises for declined in (0, 1)]
    [False, True]
    """
    p = (before.declined + 0.5) / (before.questions + 1)  # never 0: what was never declined may be once
    spread = p * (1 - p)
    alike = _alike(before, p)
    both = before + after
    effect = 1 + alike * (both.qq / both.questions - 1)
    of_share = spread * (1 + alike * (before.qq / before.questions - 1)) / before.questions
    deviation = math.sqrt(spread * planned * effect + planned**2 * of_share)
    excess = after.declined - p * after.questions
    return Evidence(before.share, after.share, excess, _LIMIT * deviation, after.questions, planned)


def _alike(visits: Visits, p: float) -> float:
    """Return the correlation of two questions of a visit, 0 to 1, by its moments."""
    pairs = visits.qq - visits.questions
    if not pairs:
        return 0.0
    squares = visits.dd - 2 * p * visits.qd + p * p * visits.qq
    return min(max((squares / (p * (1 - p)) - visits.questions) / pairs, 0.0), 1.0)
