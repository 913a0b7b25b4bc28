from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.match import Matcher, lessons
from dimchat.match.features import spell_out
from dimchat.match.held_out import Asked, cross_fit
from dimchat.match.lessons import Lessons
from dimchat.match.linear import Examples, Machines, quantised
from dimchat.match.occurrences import bundle, take_apart
from dimchat.match.options import DEFAULT, Options
from dimchat.match.reader import Lexicon, Reader

from .conftest import OUTSIDE, PHRASES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.match.held_out import Part
    from dimchat.match.lessons import Taught
    from dimchat.match.linear import Flags, Floats

NEAR = {
    "manager.pay": ["pay of a sonographer", "managers pay taxes"],
    "conversation.doubt": ["why is the sky blue"],
    "nobody.home": ["hello"],
}
LINES = [(text, name) for name, texts in PHRASES.items() for text in texts] + [
    ("", "manager.hours"),
    ("??", "manager.hours"),
    ("sonografer salery", "sonographer.pay"),
    ("xylophone lessons", "single.line"),
]


def taught() -> Lessons:
    return Lessons(
        [text for text, _ in LINES],
        [name for _, name in LINES],
        outside=OUTSIDE,
        not_=NEAR,
        vocabulary=VOCABULARY,
    )


def by_itself(own: Lessons, kept: Flags) -> Matcher:
    """Learn some of the lines as anybody would who never saw the others."""
    lines = [line for line, is_kept in zip(own.lines, kept.tolist(), strict=True) if is_kept]
    inside = [line for line in lines if line[0] not in OUTSIDE]
    return Matcher.fit(
        [text for _, text in inside],
        [name for name, _ in inside],
        outside={group: [text for name, text in lines if name == group] for group in OUTSIDE},
        not_=NEAR,
        vocabulary=VOCABULARY,
        options=Options(encoder=False),
    )


def choices(own: Lessons) -> list[Flags]:
    numbers = np.arange(len(own.lines))
    alone = np.array([name != "single.line" for name, _ in own.lines])
    return [numbers % 3 != 0, numbers % 3 != 1, alone, numbers >= 0, numbers < 0]


@pytest.fixture(scope="module")
def own() -> Lessons:
    return taught()


@pytest.fixture(scope="module")
def side_by_side(own: Lessons) -> list[Taught]:
    return list(own.learn(choices(own)))


QUESTIONS = (
    "managers salary",
    "is a license required",
    "will it rain",
    "why not",
    "xylophone",
    "zzz",
    "sonografer pay",
)


def test_lines_learnt_side_by_side_are_learnt_as_if_alone(own: Lessons, side_by_side: list[Taught]) -> None:
    for kept, one in zip(choices(own), side_by_side, strict=True):
        there, alone = Matcher.of(one), by_itself(own, kept)
        assert there.intents == alone.intents
        for question in QUESTIONS:
            found, wanted = there.rank(question), alone.rank(question)
            assert [c.intent for c in found] == [c.intent for c in wanted]
            assert [c.phrase for c in found] == [c.phrase for c in wanted]
            assert [c.score for c in found] == pytest.approx([c.score for c in wanted], abs=0.002)


def test_a_class_whose_lines_are_all_held_out_is_not_there(side_by_side: list[Taught]) -> None:
    assert "single.line" not in Matcher.of(side_by_side[2]).intents
    assert [line.name for line in side_by_side[2].held] == ["single.line"]
    assert "single.line" in Matcher.of(side_by_side[3]).intents
    assert side_by_side[3].held == []
    assert Matcher.of(side_by_side[4]).intents == ()


def test_a_held_out_line_is_found_by_its_features_as_by_its_words(own: Lessons, side_by_side: list[Taught]) -> None:
    asked = 0
    for kept, one in zip(choices(own), side_by_side, strict=True):
        matcher = Matcher.of(one)
        texts = [line for line, is_kept in zip(own.lines, kept.tolist(), strict=True) if not is_kept]
        for (name, text), line in zip(texts, one.held, strict=True):
            assert line.name == name
            found = matcher.find_features(line.reading, line.spelt, line.features, line.values)
            wanted = matcher.find(text, 1)
            assert (found is None) == (wanted is None), text
            if found is not None and wanted is not None:
                assert found.order == wanted.order
                assert found.share == wanted.share
                assert np.array(found.measures) == pytest.approx(np.array(wanted.measures), abs=1e-4)
                asked += 1
    assert asked > 15


def test_how_many_fit_beside_each_other_changes_nothing(
    own: Lessons, side_by_side: list[Taught], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lessons, "_ROOM", 1)
    for one, other in zip(own.learn(choices(own)), side_by_side, strict=True):
        assert one.features.terms == other.features.terms
        assert one.learnt.weights * one.learnt.scale[:, None] == pytest.approx(
            other.learnt.weights * other.learnt.scale[:, None], abs=1e-4
        )


def test_each_line_is_asked_once_for_each_seed() -> None:
    asked = cross_fit([text for text, _ in LINES], [name for _, name in LINES], outside=OUTSIDE, folds=3, seeds=(4, 5))
    many = Counter(name for _, name in LINES)
    siblings = sum(count for count in many.values() if count > 1)  # who is alone is not asked about itself
    assert len(asked.right) == 2 * (siblings + len(OUTSIDE["outside.weather"]))
    assert int(asked.inside.sum()) == 2 * siblings


def test_an_author_is_asked_of_who_has_learnt_none_of_the_same_author() -> None:
    authors = {(name, text): "ann" for text, name in LINES[::3]}
    parts: list[Part] = []
    asked = cross_fit(
        [text for text, _ in LINES],
        [name for _, name in LINES],
        outside=OUTSIDE,
        folds=3,
        authors=authors,
        watch=parts.append,
    )
    lines = taught().lines
    held = [{lines[at] for at in np.flatnonzero(~part.learnt)} for part in parts]
    assert [authors.keys() <= one for one in held].count(True) == 1
    assert int(asked.other.sum()) == len(authors)


def test_lines_that_the_encoder_has_met_are_not_in_other_words() -> None:
    texts, names = [text for text, _ in LINES], [name for _, name in LINES]
    authors = {(name, text): "ann" for text, name in LINES[::3]}
    met = sorted(authors)[:2]
    asked = cross_fit(texts, names, outside=OUTSIDE, folds=3, authors=authors, met=met)
    assert int(asked.other.sum()) == len(authors) - 2


def test_enough_lines_by_authors_alone_tell_how_sure_is_sure() -> None:
    inside = np.array([True, True, True, False])
    rows = np.zeros((4, 9))
    other = np.array([True, False, True, False])
    asked = Asked(rows, rows, np.ones(4), inside, ~inside, inside, other)
    wanted, counts = asked.telling(2)
    assert wanted.tolist() == [True, False, True, True]
    assert counts == pytest.approx([1, 1, 2 / 3])
    assert asked.only(wanted).other.tolist() == [True, True, False]
    assert asked.telling(3)[0].all()


def examples_of(rows: Sequence[tuple[dict[int, float], int, bool, float, int]], learns: Flags) -> Examples:
    """Return rows of features and values, class, near miss or not, trust and key, as machines learn them."""
    sizes = [len(own) for own, *_ in rows]
    values = np.array([value for own, *_ in rows for value in own.values()], np.float32)
    return Examples(
        np.array([feature for own, *_ in rows for feature in own], np.intp),
        np.tile(values, (len(learns), 1)),
        np.cumsum([0, *sizes]),
        learns,
        np.array([own for _, own, *_ in rows], np.intp),
        np.array([near for *_, near, _, _ in rows], bool),
        np.array([trust for *_, trust, _ in rows], np.float32),
        np.array([key for *_, key in rows], np.uint64),
    )


def machines(examples: Examples) -> Floats:
    return Machines(len(examples.keys), 6, 3, len(examples.learns)).train(examples)


ROW = st.tuples(
    st.dictionaries(st.integers(0, 5), st.floats(0.125, 1, width=32), max_size=4),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from([1.0, 0.5]),
    st.integers(0, 2**32 - 1),
)
ROWS = st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row[4])


@settings(max_examples=30)
@given(ROWS, st.data())
def test_machines_learn_beside_each_other_what_each_learns_alone(
    rows: list[tuple[dict[int, float], int, bool, float, int]], data: st.DataObject
) -> None:
    learns = np.array([data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))) for _ in range(3)])
    together = machines(examples_of(rows, learns))
    for number, kept in enumerate(learns):
        own = [row for row, is_kept in zip(rows, kept.tolist(), strict=True) if is_kept]
        alone = machines(examples_of(own, np.ones((1, len(own)), bool)))
        assert together[:, number] == pytest.approx(alone[:, 0], abs=1e-4)
        shuffled = own[::-1]
        assert machines(examples_of(shuffled, np.ones((1, len(own)), bool))) == pytest.approx(alone, abs=1e-4)


@settings(max_examples=15)
@given(ROWS)
def test_a_machine_comes_near_the_least_loss(rows: list[tuple[dict[int, float], int, bool, float, int]]) -> None:
    found = machines(examples_of(rows, np.ones((1, len(rows)), bool)))[:, 0].astype(float)

    def loss(weights: Floats) -> float:
        total = float((weights**2).sum()) / 2
        for own, name, near, trust, _ in rows:
            scores = sum((value * weights[feature] for feature, value in own.items()), np.zeros(3)) + DEFAULT.intercept
            signs = np.where(np.arange(3) == name, -1.0 if near else 1.0, 0.0 if near else -1.0)
            short = np.maximum(1 - signs * scores, 0) * (signs != 0)
            total += DEFAULT.penalty * trust * float((short**2).sum())
        return total

    best = loss(found)
    for feature in range(6):
        for name in range(3):
            for step in (-0.05, 0.05):
                moved = found.copy()
                moved[feature, name] += step
                assert loss(moved) >= best - 0.01


def test_bundles_have_the_lengths_and_the_likeness_of_their_features() -> None:
    reader = Reader(Lexicon.of(VOCABULARY), {word: 1 for text, _ in LINES for word in text.lower().split()})
    found = take_apart([spell_out(reader.read(text)) for text, _ in LINES], len(LINES))
    wanted = np.bincount(found.table.features, minlength=found.n_features) > 0
    bundles = bundle(found.table, len(LINES), wanted)
    assert len(bundles.first) < found.n_features / 2
    plain = np.zeros((len(LINES), found.n_features))
    plain[found.table.rows, found.table.features] = found.table.shares
    bundled = np.zeros((len(LINES), len(bundles.first)))
    bundled[bundles.table.rows, bundles.table.features] = bundles.table.shares
    assert bundled @ bundled.T == pytest.approx(plain @ plain.T, abs=1e-3)
    assert bundled[:, bundles.of] * bundles.parts == pytest.approx(plain, abs=1e-5)
    assert bundles.table.squares.sum() == pytest.approx(found.table.squares.sum(), rel=1e-4)


def test_nothing_is_a_lesson_as_well() -> None:
    nothing = Lessons([], [])
    (one,) = nothing.learn([np.zeros(0, bool)])
    assert Matcher.of(one).intents == ()
    assert list(nothing.learn([])) == []


def test_weights_are_rounded_by_half_a_step_at_most() -> None:
    weights = np.random.default_rng(0).normal(size=(600, 7)).astype(np.float32)
    steps, scale = quantised(weights)
    assert np.abs(steps * scale[:, None] - weights).max() <= scale.max() / 2 + 1e-6
