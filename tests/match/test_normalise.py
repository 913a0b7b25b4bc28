from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.language.tokens import MAX_WORD, MAX_WORDS, normalise, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What's the CRA?", "what is the cra"),
        ("I can't, won't and don't", "i can not will not and do not"),
        ("dont cant", "do not can not"),
        ("the manager\u2019s salary", "the manager salary"),
        ("they're managers' hours", "they are managers hours"),
        ("Caf\u00e9 \uff21\uff22\uff23", "cafe abc"),
        ("A.R.R.T. and Ph.D.", "arrt and ph d"),
        ("an X-ray, part-time", "an xray part time"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07card", "red card"),
        ("null\x00byte", "null byte"),
        ("\ud800lone", "lone"),
        ("\U0001f600", ""),
        ("", ""),
        ("snake_case 42 CFR 482.26", "snake case 42 cfr 482 26"),
    ],
)
def test_text_becomes_plain_words(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = words(text)
    assert all(word and "'" not in word for word in once)
    assert words(" ".join(once)) == once


def test_what_is_read_is_bounded() -> None:
    found = words("word " * 500_000 + "x" * 10_000)
    assert len(found) == MAX_WORDS
    assert len(words("x" * 10_000)[0]) == MAX_WORD


@pytest.mark.parametrize(
    "family",
    [
        ("renew", "renews", "renewed", "renewing"),
        ("manage", "manages", "managed", "managing"),
        ("study", "studies", "studied", "studying"),
        ("plan", "plans", "planned", "planning"),
        ("certify", "certified", "certifies"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize("word", ["ct", "mri", "boss", "bus", "2024", "ing"])
def test_short_and_odd_words_keep_their_form(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"), [("associate", "association"), ("rising", "ris"), ("pacing", "pacs"), ("pets", "pet")]
)
def test_words_that_only_their_endings_would_join_have_stems_of_their_own(one: str, other: str) -> None:
    assert stem(one) != stem(other)
