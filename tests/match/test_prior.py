"""Where a calibration begins, and how far a pack's own lines move it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.match import calibrate
from dimchat.match.calibration import prior_floor
from dimchat.match.logistic import curve
from dimchat.match.options import DEFAULT, MEANING
from dimchat.match.prior import prior

QUESTIONS = ["when are you open", "how much is a card", "can I bring my dog", "where do I park"]


@given(st.floats(0, 1000, allow_nan=False))
def test_there_is_one_for_every_count_of_lines(lines: float) -> None:
    found = prior(lines)
    assert (len(found.weights), len(found.meaning)) == (len(DEFAULT.coefficients), len(MEANING))
    assert min(found.meaning[:3]) >= 0
    assert found.meaning[5] > 0
    assert found.alone[1] > 0


def test_the_more_lines_the_less_the_likest_of_them_says() -> None:
    nearest = [prior(lines).meaning[2] for lines in (2, 2.5, 3, 4, 5, 10)]
    assert nearest == sorted(nearest, reverse=True)
    assert prior(0) == prior(1)
    assert prior(50) == prior(10)


def test_the_more_lines_the_less_sure_is_one_that_is_hardly_ahead() -> None:
    constants = [prior(lines).alone[0] for lines in (1, 2, 2.5, 3, 4, 5, 10)]
    assert constants == sorted(constants, reverse=True)


def test_a_pack_of_single_lines_has_the_numbers_of_the_prior() -> None:
    found = calibrate(QUESTIONS, ["a", "b", "c", "d"])
    assert found.weights == prior(1).weights
    assert (found.floor, found.margin) == (prior_floor(5.0, prior(1).floors[0]), 0.0)
    assert dict(found.found)["questions"] == "0"
    assert found.meaning == ()


def test_meaning_is_asked_of_the_smallest_pack_that_has_vectors() -> None:
    vectors = np.random.default_rng(3).integers(-127, 128, (4, 384), np.int8)
    found = calibrate(QUESTIONS, ["a", "b", "c", "d"], vectors=vectors)
    assert tuple(number for _, number in found.meaning) == prior(1).meaning
    assert tuple(name for name, _ in found.meaning) == MEANING


def test_an_intent_with_one_line_is_not_asked_about_itself() -> None:
    lines = [*QUESTIONS, "opening hours please", "Opening hours, please"]
    found = calibrate(lines, ["a", "b", "c", "d", "a", "a"], folds=2)
    # Those of the first intent alone, of which two are one line.
    assert dict(found.found)["questions"] == "3"


@pytest.mark.parametrize(("wrong_cost", "floor"), [(0.0, 0.3), (1.0, 0.3), (5.0, 0.5), (50.0, 0.92)])
def test_dearer_wrong_answers_raise_the_floor_of_the_prior(wrong_cost: float, floor: float) -> None:
    assert prior_floor(wrong_cost, 0.5) == floor


def test_the_more_lines_the_surer_what_is_asked_from_outside_can_seem() -> None:
    assert prior(10).floors > prior(1).floors
    assert prior_floor(5.0, 0.8) == 0.8
    assert prior_floor(3.0, 0.8) < 0.8 < prior_floor(9.0, 0.8)


def test_no_floor_falls_without_lines_from_outside() -> None:
    words = ["alpha", "beta", "gamma", "delta", "omega"]
    lines = [f"{one} {other} {third}" for one in words for other in words for third in words]
    own = [line.partition(" ")[0] for line in lines]
    found = calibrate(lines, own)
    assert found.floor >= prior_floor(5.0, prior(25).floors[0])


def test_few_lines_move_the_curve_little_and_many_all_the_way() -> None:
    random = np.random.default_rng(1)
    measures = random.normal(size=(4000, 1))
    right = (random.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * measures[:, 0])))).astype(float)
    toward = (-1.0, 0.5)
    few, many = (curve(measures[:n], right[:n], 100.0, toward=toward) for n in (3, 4000))
    assert few == pytest.approx(toward, abs=0.4)
    assert many == pytest.approx([0.5, 2], abs=0.2)


@pytest.mark.parametrize("lines", [1, 4])
def test_an_intent_that_is_alone_is_calibrated_as_well(lines: int) -> None:
    vectors = np.random.default_rng(3).integers(-127, 128, (lines, 384), np.int8)
    found = calibrate(QUESTIONS[:lines], ["a"] * lines, vectors=vectors)
    assert dict(found.found)["questions"] == ("0" if lines == 1 else "4")
    assert tuple(number for _, number in found.meaning) == prior(lines).meaning


@pytest.mark.parametrize("apart", [(), ("outside.one",)])
def test_an_outside_group_of_one_line_is_no_other_author(apart: tuple[str, ...]) -> None:
    phrases = [f"{word} {question}" for question in QUESTIONS for word in ("tell me", "please", "hello", "say", "and")]
    intents = [name for name in "abcd" for _ in range(5)]
    vectors = np.random.default_rng(3).integers(-127, 128, (21, 384), np.int8)
    options = DEFAULT._replace(author_lines=10)
    outside = {"outside.one": ["what is the weather"]}
    found = calibrate(phrases, intents, outside=outside, apart=apart, vectors=vectors, options=options)
    assert "held out by" not in dict(found.found)
    assert (found.meaning != tuple(zip(MEANING, prior(5).meaning, strict=True))) is bool(apart)
