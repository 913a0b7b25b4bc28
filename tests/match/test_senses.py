from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import IndexFileError
from dimchat.files import container
from dimchat.language import senses as module
from dimchat.language.senses import FILE, Dictionary, dictionary, digest
from dimchat.match import Matcher

from .conftest import by_words

if TYPE_CHECKING:
    from pathlib import Path


def made(words: dict[str, dict[int, int]]) -> Dictionary:
    """Return a dictionary of such words, each with its meanings and their weights."""
    rows = [(word.encode(), sorted(words[word].items())) for word in sorted(words)]
    flat = [pair for _, own in rows for pair in own]
    return Dictionary(
        {
            "letters": np.frombuffer(b"".join(word for word, _ in rows), np.uint8),
            "ends": np.cumsum([0, *(len(word) for word, _ in rows)]).astype(np.int32),
            "starts": np.cumsum([0, *(len(own) for _, own in rows)]).astype(np.int32),
            "meanings": np.array([number for number, _ in flat], np.uint16),
            "weights": np.array([weight for _, weight in flat], np.uint8),
        }
    )


def common(one: str, other: str) -> float:
    """Return the cosine of what two words mean."""
    (a, weights_a), (b, weights_b) = dictionary().meanings(one), dictionary().meanings(other)
    _, at_a, at_b = np.intersect1d(a, b, return_indices=True)
    return float(weights_a[at_a] @ weights_b[at_b])


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("salary", "wage", "weather"), ("car", "automobile", "soup"), ("doctor", "physician", "bicycle")],
)
def test_words_of_like_meaning_share_more_than_others(one: str, other: str, far: str) -> None:
    assert common(one, other) > 0.4
    assert common(one, other) > common(one, far) + 0.3


@pytest.mark.parametrize("form", ["runs", "running", "run"])
def test_forms_of_a_word_share_its_meanings(form: str) -> None:
    dictionary = made({"run": {3: 100, 9: 50}, "zebra": {1: 255}})
    assert dictionary.meanings(form)[0].tolist() == [3, 9]


def test_a_form_that_is_a_word_of_its_own_has_both() -> None:
    dictionary = made({"license": {1: 30, 4: 40}, "licensed": {4: 10, 7: 20}})
    meanings, weights = dictionary.meanings("licensed")
    assert meanings.tolist() == [1, 4, 7]
    assert weights.tolist() == pytest.approx(np.array([30, 50, 20]) / np.sqrt(30**2 + 50**2 + 20**2))


@pytest.mark.parametrize("word", ["", "a", "xqzt", "naïve", "\ud800", "zzzz"])
def test_a_word_that_is_not_there_means_nothing(word: str) -> None:
    meanings, weights = made({"run": {3: 100}, "zebra": {1: 255}}).meanings(word)
    assert len(meanings) == len(weights) == 0


def test_an_empty_dictionary_knows_nothing() -> None:
    assert len(made({}).meanings("word")[0]) == 0


def test_every_word_is_found_the_first_and_the_last_too() -> None:
    words = {name: {at: 255} for at, name in enumerate(("aab", "aac", "bad", "cat", "zoo"))}
    dictionary = made(words)
    assert [dictionary.meanings(word)[0].tolist() for word in words] == [[at] for at in range(len(words))]


@given(st.text(max_size=30))
def test_any_word_has_meanings_in_order_and_of_length_one(word: str) -> None:
    meanings, weights = dictionary().meanings(word)
    assert (np.diff(meanings) > 0).all()
    assert not len(weights) or float(weights @ weights) == pytest.approx(1, abs=1e-5)


def test_a_dictionary_is_told_from_another_by_its_head(tmp_path: Path) -> None:
    other = tmp_path / "senses.bin"
    other.write_bytes(container.write("senses", {"source": "another"}, {}))
    assert digest(other) != digest(FILE)
    assert digest(FILE) == digest()


@pytest.mark.parametrize("data", [None, b"", b"dimchat", bytes(64)])
def test_a_file_that_is_no_dictionary_is_refused(data: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "senses.bin"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(IndexFileError):
        digest(file)


def test_a_matcher_that_was_learnt_with_another_dictionary_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = by_words(["salary", "hours"], ["a.pay", "a.hours"]).to_bytes()
    assert Matcher.from_bytes(data).rank("salary")
    monkeypatch.setattr(module, "digest", lambda: "another")
    with pytest.raises(IndexFileError, match="dictionary"):
        Matcher.from_bytes(data)
