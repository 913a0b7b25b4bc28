"""Two versions of a pack side by side."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.insights_report import document
from dimchat.journal.learn.scope import Scope
from dimchat.journal.learn.versions import side_by_side
from dimchat.journal.rows import Visit, new_key

from .conftest import NOW

if TYPE_CHECKING:
    from dimchat.journal.store import Store


def sums(version: str, visits: list[tuple[int, int]]) -> tuple[str, int, int, int, int, int, int]:
    asked, declined = [q for q, _ in visits], [d for _, d in visits]
    products = (sum(q * q for q in asked), sum(q * d for q, d in visits), sum(d * d for d in declined))
    return version, len(visits), sum(asked), sum(declined), *products


def drawn(rng: random.Random, visits: int, share: float) -> list[tuple[int, int]]:
    """Visits of which each declines by a share of its own: who is declined once is declined again."""
    found = []
    for _ in range(visits):
        asked, own = rng.randrange(1, 7), rng.betavariate(share * 4, (1 - share) * 4)
        found.append((asked, sum(rng.random() < own for _ in range(asked))))
    return found


def test_the_variance_is_that_of_a_ratio_over_visits() -> None:
    visits = [(2, 1), (4, 0), (1, 1), (3, 2)] * 10
    (found,) = side_by_side([sums("1", visits)])
    share = 40 / 100
    variance = sum((d - share * q) ** 2 for q, d in visits) * 40 / 39 / 100**2
    assert found.share == share
    assert found.within == pytest.approx((share - 1.96 * variance**0.5, share + 1.96 * variance**0.5))


def test_an_interval_holds_the_truth_in_95_of_100_cases() -> None:
    rng = random.Random(5)  # noqa: S311 - the same visits each time
    held = differs = 0
    for _ in range(400):
        one, other = side_by_side(
            [sums("1", drawn(rng, 120, 0.2)), sums("2", drawn(rng, 120, 0.2))],
        )
        assert one.within is not None
        assert other.change_within is not None
        held += one.within[0] <= 0.2 <= one.within[1]
        differs += not other.change_within[0] <= 0 <= other.change_within[1]
    assert held / 400 == pytest.approx(0.95, abs=0.03)
    assert differs / 400 == pytest.approx(0.05, abs=0.03)


def test_few_visits_have_no_interval_and_those_without_questions_no_share() -> None:
    assert side_by_side([sums("1", [(0, 0)] * 50)]) == ()
    one, other = side_by_side([sums("1", [(2, 1)] * 50), sums("2", [(2, 0)] * 29)])
    assert one.within is not None
    assert (other.within, other.change, other.change_within) == (None, -0.5, None)


def test_insights_show_them_in_the_order_in_which_they_came(store: Store) -> None:
    rows = [Visit(new_key(NOW), NOW.date(), "d", 4, number % 2, "1.10", "en") for number in range(40)]
    rows += [Visit(new_key(NOW), NOW.date().replace(day=2), "d", 4, 0, "1.9", "en") for _ in range(40)]
    store.write(rows)
    found = insights(store, Scope(), {})
    assert [(row.version, row.visits, row.declined) for row in found.versions] == [("1.9", 40, 0), ("1.10", 40, 20)]
    text = repr(document(found).sections[-1])
    assert "12.5% (" in text
    assert "+12.5% (+" in text
