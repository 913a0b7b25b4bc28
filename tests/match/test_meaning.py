from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import IndexFileError
from dimchat.language.tokens import normalise
from dimchat.match import Matcher, meaning
from dimchat.match.encoder import SIZE, digest, encoder
from dimchat.match.lessons import in_order
from dimchat.match.meaning import Regression, confidence, joined, log_odds, nearest, softened
from dimchat.match.options import MEANING, options_for
from dimchat.match.prior import prior
from dimchat.model import Calibration

from .conftest import OUTSIDE, PHRASES, by_words

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = tuple(zip(MEANING, (1.0, 1.0, 2.0, 0.5, 0.75, 0.0), strict=True))
OTHER_WORDS = "what wages would someone who performs sonography expect"


@pytest.fixture(scope="module")
def meant() -> Matcher:
    lines = [(text, name) for name, texts in PHRASES.items() for text in texts]
    texts, names = [text for text, _ in lines], [name for _, name in lines]
    ordered = [normalise(text) for _, text in in_order(texts, names, OUTSIDE)]
    words = by_words(texts, names, outside=OUTSIDE).with_calibration(Calibration(0.5, 0.1, meaning=WEIGHTS))
    return words.with_meaning(encoder().encode(ordered), digest())


def test_other_words_for_the_same_find_it_and_the_phrase_that_is_near(meant: Matcher) -> None:
    best = meant.rank(OTHER_WORDS)[0]
    assert best.intent == "sonographer.pay"
    assert best.phrase in PHRASES["sonographer.pay"]
    assert meant.fault is None


def test_it_is_saved_with_the_matcher(meant: Matcher, tmp_path: Path) -> None:
    meant.save(tmp_path / "one")
    assert Matcher.load(tmp_path / "one").rank(OTHER_WORDS) == meant.rank(OTHER_WORDS)


def test_a_calibration_without_its_weights_leaves_words_alone(meant: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "ranked", None)
    plain = meant.with_calibration(Calibration(0.5, 0.1))
    assert plain.rank(OTHER_WORDS) == plain.with_meaning(None).rank(OTHER_WORDS)


def test_words_that_are_sure_ask_no_encoder(meant: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "ranked", None)
    sure = meant.with_calibration(Calibration(0.5, 0.1, (9.0, *[0.0] * 9), meaning=WEIGHTS))
    assert sure.rank("manager salary")[0].confidence > 0.9


def test_without_an_encoder_words_answer_and_say_so(meant: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise IndexFileError("The encoder cannot be read: No such file or directory.")

    monkeypatch.setattr(meaning, "_encoder", missing)
    assert meant.rank(OTHER_WORDS) == meant.with_meaning(None).rank(OTHER_WORDS)
    assert meant.fault == "The encoder cannot be read: No such file or directory."


def test_confidences_are_told_to_three_places_and_fall(meant: Matcher) -> None:
    found = [one.confidence for one in meant.rank(OTHER_WORDS)]
    assert found == sorted(found, reverse=True)
    assert all(round(one, 3) == one for one in found)


def test_vectors_of_too_few_lines_are_refused(meant: Matcher) -> None:
    with pytest.raises(ValueError, match="a vector for each line"):
        meant.with_meaning(np.ones((2, SIZE), np.int8))


def test_a_regression_finds_what_it_learnt() -> None:
    vectors = np.zeros((4, SIZE), np.int8)
    vectors[[0, 1, 2, 3], [0, 0, 5, 5]] = 127
    classes = np.array([0, 0, 1, 1])
    found = Regression.learn(vectors, classes, 2).scores(vectors)
    assert found.argmax(axis=1).tolist() == classes.tolist()
    assert nearest(vectors, vectors, np.array([0, 2])).argmax(axis=1).tolist() == classes.tolist()


def test_a_score_that_misleads_weighs_nothing() -> None:
    classes = np.array([0, 1, 0, 1, 1, 0] * 5)
    good = np.eye(2, dtype=np.float32)[classes]
    weights = joined([good, -good], classes)
    assert weights[0] > 0
    assert weights[1] == 0


def test_odds_are_against_all_others() -> None:
    assert log_odds(np.log([0.5, 0.25, 0.25]), [0, 1]) == pytest.approx([0.0, np.log(1 / 3)])


@given(
    st.lists(st.floats(-40, 40, allow_nan=False), min_size=1, max_size=30),
    st.integers(0, 29),
)
def test_softened_odds_rise_and_fall_with_the_scores(scores: list[float], place: int) -> None:
    column = place % len(scores)
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    found = softened(np.array(scores), order)
    assert found == sorted(found, reverse=True)
    assert max(map(abs, found)) <= 32
    higher = np.array(scores)
    higher[column] += 1
    assert softened(higher, [column])[0] >= softened(np.array(scores), [column])[0]


def test_softened_odds_lie_between_all_others_and_one_of_them() -> None:
    # Nine others, each as likely as the one that is asked for: 1 to 9 against all, 1 to 1 against one.
    assert softened(np.zeros(10), [0]) == pytest.approx([np.log(1 / 3)])


def test_a_measure_without_a_weight_says_nothing() -> None:
    numbers = (1.0, 1.0, 1.0, 0.5, 0.75, 0.25)
    assert confidence((2.0, 3.0, 9.0), numbers) == confidence((2.0, 3.0), numbers)
    assert confidence((2.0, 3.0, 9.0), (*numbers, 0.1)) > confidence((2.0, 3.0, 8.0), (*numbers, 0.1))


def test_a_tool_may_keep_the_vectors_of_all_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Making:
        def encode(self, texts: list[str]) -> object:
            made.extend(texts)
            return np.zeros((1, 4), np.int8)

    monkeypatch.setattr(meaning, "_encoder", lambda _: Making())
    texts = ["first", "second", "third"]
    with meaning.vectors_kept():
        for text in texts * 2:
            meaning._vector("of a test", text)  # noqa: SLF001 - nothing else tells what was made anew
    assert made == texts
    for text in texts * 2:
        meaning._vector("of another test", text)  # noqa: SLF001 - as above
    assert made == texts * 3


def test_the_encoder_reads_english_lines_by_default() -> None:
    lines = [(text, name) for name, texts in PHRASES.items() for text in texts]
    learnt = Matcher.fit(*zip(*lines, strict=True), outside=OUTSIDE)
    words = by_words(*zip(*lines, strict=True), outside=OUTSIDE)
    assert (learnt.meaning is not None, words.meaning) == (True, None)
    assert learnt.rank(OTHER_WORDS)[0].intent == "sonographer.pay"
    assert Matcher.from_bytes(learnt.to_bytes()).rank(OTHER_WORDS) == learnt.rank(OTHER_WORDS)
    assert Matcher.fit(["hola"], ["a.b"], options=options_for("es")).meaning is None


LINES = [(text, name) for name, texts in PHRASES.items() for text in texts]


def test_what_belongs_to_no_intent_is_less_sure_than_any_phrase() -> None:
    learnt = Matcher.fit(*zip(*LINES, strict=True))
    strange = ("how much do i have to pay for a new phone", "what is the time in boston", "how do i bake bread")
    least = min(learnt.rank(text)[0].confidence for text, _ in LINES)
    assert least > max((found[0].confidence for text in strange if (found := learnt.rank(text))), default=0.0)


def test_without_a_calibration_words_are_as_sure_as_the_prior_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt = Matcher.fit(*zip(*LINES, strict=True))
    numbers = prior(len(LINES) / len(PHRASES)).weights
    monkeypatch.setattr(meaning, "ranked", None)
    asked = LINES[0][0]
    assert learnt.rank(asked) == learnt.with_meaning(None).with_calibration(Calibration(0.5, 0.1, numbers)).rank(asked)
    words = by_words(*zip(*LINES, strict=True))
    own = Calibration(0.5, 0.1, words.options.coefficients)
    assert words.rank(asked) == words.with_calibration(own).rank(asked) != learnt.rank(asked)
