from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.match import calibrate, reliability
from dimchat.match.calibration import auroc, calibration_error, cut
from dimchat.match.held_out import Asked
from dimchat.match.logistic import curve
from dimchat.match.options import DEFAULT
from dimchat.match.scores import Measures, log_odds
from dimchat.model import Aspect, Calibration, Topic, Vocabulary

from .conftest import by_words

NAMES = ("alpha", "bravo", "charlie", "delta")
FRAMES = (
    "how much {} pay",
    "{} pay per year",
    "tell me the pay of {}",
    "what does {} pay",
    "pay for {} please",
    "{} pay now",
)
PHRASES = [frame.format(name) for name in NAMES for frame in FRAMES]
INTENTS = [f"{name}.pay" for name in NAMES for _ in FRAMES]
OUTSIDE = {"outside.food": ["bake a cake", "cake recipe", "a good soup", "soup recipe", "how much sugar in a cake"]}


def test_it_is_the_same_every_time() -> None:
    assert calibrate(PHRASES, INTENTS, outside=OUTSIDE) == calibrate(PHRASES, INTENTS, outside=OUTSIDE)


def test_a_calibrated_matcher_is_sure_of_what_is_right_and_not_of_the_rest() -> None:
    # Lines that name nobody are matched wrongly when they are held out: what there is to be unsure of.
    lines, intents = [*PHRASES, "pay", "the pay", "how much pay", "pay per year"], [*INTENTS, *INTENTS[:: len(FRAMES)]]
    calibration = calibrate(lines, intents, outside=OUTSIDE)
    matcher = by_words(lines, intents, outside=OUTSIDE).with_calibration(calibration)
    assert matcher.calibration is calibration
    best = matcher.rank("the yearly pay of charlie")[0]
    assert best.intent == "charlie.pay"
    assert best.confidence >= calibration.floor
    assert best.margin >= calibration.margin
    assert matcher.rank("what pay")[0].confidence < best.confidence


def test_it_says_how_it_was_found() -> None:
    found = dict(calibrate(PHRASES, INTENTS, outside=OUTSIDE, folds=3, seed=7).found)
    assert (found["folds"], found["seed"], found["questions"]) == ("3", "7", str(len(PHRASES)))
    assert 0 <= float(found["calibration error"]) <= 1
    assert 0.5 <= float(found["auroc"]) <= 1


def test_dearer_wrong_answers_raise_the_bar() -> None:
    confused = [text.replace(name, "x") for text, name in zip(PHRASES, np.repeat(NAMES, len(FRAMES)), strict=True)]
    mixed, intents = PHRASES + confused[::3], INTENTS + INTENTS[::3]
    cheap = dict(calibrate(mixed, intents, wrong_cost=0.1).found)
    dear = dict(calibrate(mixed, intents, wrong_cost=50).found)
    assert float(dear["answered wrongly"]) <= float(cheap["answered wrongly"])
    assert float(dear["answered rightly"]) <= float(cheap["answered rightly"])


def test_nothing_to_learn_from_gives_a_usable_calibration() -> None:
    calibration = calibrate([], [])
    assert 0 <= calibration.floor <= 1


def test_the_curve_finds_the_chance_of_being_right() -> None:
    random = np.random.default_rng(1)
    measures = np.column_stack((random.normal(size=4000), *[np.zeros(4000)] * 4))
    right = (random.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * measures[:, 0])))).astype(float)
    weights = curve(measures, right)
    assert weights[:2] == pytest.approx([0.5, 2], abs=0.2)
    assert not weights[2:].any()


def test_a_better_score_never_makes_a_match_less_sure() -> None:
    measures = np.column_stack((np.arange(20.0), *[np.zeros(20)] * 4))
    assert curve(measures, (np.arange(20) < 10).astype(float))[1] == 0


def test_the_cut_weighs_wrong_answers_against_silence() -> None:
    sure = np.array([0.95, 0.9, 0.6, 0.55, 0.3])
    right = np.array([True, True, False, True, True])
    rows = np.zeros((5, 5))
    asked = Asked(rows, rows, np.ones(5), right, np.zeros(5, bool), np.ones(5, bool), np.zeros(5, bool))
    floor, margin, cost = cut(asked, sure, sure, 5.0)
    assert 0.6 < floor <= 0.9
    assert margin <= 0.9
    assert cost == pytest.approx(3 / 5)
    assert cut(asked, sure, sure, 0.0)[0] <= 0.3


def test_the_cut_can_take_held_out_phrases_for_harder_than_new_questions() -> None:
    sure = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, True, False])
    rows = np.zeros((5, 5))
    asked = Asked(rows, rows, np.ones(5), right, np.zeros(5, bool), np.ones(5, bool), np.zeros(5, bool))
    strict, _, _ = cut(asked, sure, sure, 5.0)
    easy, _, _ = cut(asked, sure, sure, 5.0, harder=4.0)
    assert strict > 0.8
    assert 0.5 < easy <= 0.6


def test_a_harder_line_from_outside_costs_as_much_as_ever() -> None:
    sure = np.array([0.9, 0.8])
    right, inside = np.array([True, False]), np.array([True, False])
    rows = np.zeros((2, 5))
    asked = Asked(rows, rows, np.ones(2), right, np.zeros(2, bool), inside, inside)
    assert cut(asked, sure, sure, 5.0, harder=100.0) == cut(asked, sure, sure, 5.0)


MOST = 2 * DEFAULT.rivals
FALLING = st.lists(st.floats(-3, 3), min_size=1, max_size=MOST).map(lambda scores: sorted(scores, reverse=True))


@given(FALLING)
def test_log_odds_follow_the_scores(scores: list[float]) -> None:
    odds = log_odds(scores)
    assert odds == pytest.approx(sorted(odds, reverse=True), abs=1e-6)
    assert all(np.isfinite(odds))


@given(FALLING, st.integers(1, 2 * DEFAULT.rivals))
def test_odds_do_not_hang_on_how_many_are_asked_for(scores: list[float], n: int) -> None:
    few = scores[: max(n, DEFAULT.rivals)]
    assert log_odds(few) == log_odds(scores)[: len(few)]
    assert log_odds(scores, n) == log_odds(scores)[:n]


def test_equal_scores_share_the_odds() -> None:
    assert log_odds([0.3, 0.3]) == pytest.approx([0, 0])
    assert log_odds([0.3, 0.3, 0.3])[0] == pytest.approx(np.log(0.5))


def test_coefficients_of_another_version_are_not_used() -> None:
    matcher = by_words(PHRASES, INTENTS)
    foreign = matcher.with_calibration(Calibration(0.5, 0.0, DEFAULT.coefficients[:-1]))
    assert foreign.rank("pay of alpha") == matcher.rank("pay of alpha")


def test_what_is_measured_of_a_candidate() -> None:
    vocabulary = Vocabulary(
        topics=(Topic("alpha", "person", ("alpha",)),),
        aspects=(Aspect("pay", "pay", ("pay",)), Aspect("hours", "hours", ("hours",))),
    )
    matcher = by_words(PHRASES, INTENTS, outside=OUTSIDE, vocabulary=vocabulary)

    def best(text: str) -> Measures:
        found = matcher.find(text, 1)
        assert found is not None
        return found.measures[0]

    plain, other, cake = best("pay of alpha"), best("pay of alpha hours zzzz qqqq"), best("cake recipe")
    assert (plain.elsewhere, other.elsewhere) == (0, 1)
    assert plain.strange < other.strange
    assert plain.length < other.length
    assert plain.coverage > other.coverage
    assert (plain.outside, cake.outside) == (0, 1)


def test_reliability_counts_every_match_once() -> None:
    rows = reliability([0.05, 0.95, 0.97, 1.0], [False, True, True, False])
    assert [(row.size, row.right) for row in rows] == [(1, 0.0), (3, pytest.approx(2 / 3))]
    assert calibration_error([1.0, 1.0], [True, False]) == pytest.approx(0.5)
    assert calibration_error([], []) == 0


def test_auroc_counts_ties_half() -> None:
    assert auroc(np.array([0.9, 0.1]), np.array([True, False])) == 1
    assert auroc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert auroc(np.array([0.5]), np.array([True])) == 0.5


@pytest.mark.parametrize("folds", [0, 1])
def test_one_part_holds_nothing_out(folds: int) -> None:
    with pytest.raises(ValueError, match="at least two"):
        calibrate(["a b", "c d"], ["x", "y"], folds=folds)
