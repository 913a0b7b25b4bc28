from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from dimchat.match import Matcher

WORDS = st.sampled_from(
    ["salary", "manager", "not", "license", "sonografer", "weather", "take home", "please", "xyzzy"]
)


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join))
def test_the_parts_of_all_classes_add_up_to_one(matcher: Matcher, text: str) -> None:
    scores = matcher.score_all(text)
    if scores is not None:
        assert len(scores.logs) == len(matcher.intents)
        assert np.exp(scores.logs).sum() == pytest.approx(1)


@pytest.mark.parametrize("text", ["how much does a sonographer earn", "manager shift", "is it cold outside"])
def test_the_largest_part_is_the_best_candidate(matcher: Matcher, text: str) -> None:
    scores = matcher.score_all(text)
    assert scores is not None
    order = [matcher.intents[at] for at in (-scores.logs).argsort(kind="stable")[:3]]
    assert order == [one.intent for one in matcher.rank(text, 3)]


@pytest.mark.parametrize("text", ["how much does the manager earn", "can i work without a license", "salary salary"])
def test_the_words_share_what_sets_the_classes_apart(matcher: Matcher, text: str) -> None:
    scores = matcher.score_all(text)
    assert scores is not None
    # The intercept, the same for all classes, belongs to no word.
    apart = scores.logs - scores.logs[0]
    assert scores.shares.sum(axis=0) - scores.shares[:, 0].sum() == pytest.approx(apart, abs=1e-5)


def test_the_shares_are_those_of_the_evidence(matcher: Matcher) -> None:
    text = "what is the salary of a sonographer"
    best = matcher.rank(text)[0]
    scores = matcher.score_all(text)
    assert scores is not None
    assert scores.words == tuple(word.text for word in best.words)
    column = matcher.intents.index(best.intent)
    assert scores.shares[:, column] == pytest.approx([word.weight for word in best.words], abs=1e-4)


def test_words_are_picked_by_what_was_typed(matcher: Matcher) -> None:
    scores = matcher.score_all("salary of the manager")
    assert scores is not None
    assert scores.words == ("salary", "of", "the", "manager")
    picked = scores.of_words({"manager", "salary", "nowhere"})
    assert picked == pytest.approx(scores.shares[[0, 3]])
    assert scores.of_words(()).shape == (0, len(matcher.intents))


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_nothing_spreads_over_no_class(matcher: Matcher, text: str) -> None:
    assert matcher.score_all(text) is None


def test_meaning_is_told_only_where_there_is_an_encoder(matcher: Matcher) -> None:
    scores = matcher.score_all("salary of the manager", meaning=True)
    assert scores is not None
    assert scores.meant is None
