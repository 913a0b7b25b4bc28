from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack
from dimchat.quality import inspect_phrases

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "swap it for another one"
"""A phrase of shop.returns that gives way to what is tried."""


def found(toy: Path, phrase: str, more: str = "") -> list[str]:
    """Return the warnings when shop.returns has a phrase, and shop.hours something more."""
    file = toy / "intents" / "shop.yaml"
    text = file.read_text(encoding="utf-8")
    assert FIRST in text
    hours = "    - do you open at nine\n"
    file.write_text(text.replace(FIRST, phrase).replace(hours, hours + more), encoding="utf-8")
    return [str(problem) for problem in inspect_phrases(load_pack(toy))]


def test_a_pack_that_keeps_its_intents_apart_is_clean(toy: Path) -> None:
    assert found(toy, FIRST) == []


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("the closing time for today", "says the same as 'closing time today' of shop.hours (intents/shop.yaml:9)"),
        ("store closing time today", "says the same as 'closing time today' of shop.hours"),
        ("when you are opening", "says the same as the title of shop.hours (intents/shop.yaml:1)"),
        ("the hours of the shop", "asks for what shop.hours is about (intents/shop.yaml:1)"),
    ],
)
def test_a_phrase_that_says_what_another_intent_says_is_told_with_both_places(
    toy: Path, phrase: str, part: str
) -> None:
    (warning,) = found(toy, phrase)
    assert warning.startswith("intents/shop.yaml:")
    assert part in warning
    assert repr(phrase) in warning


@pytest.mark.parametrize("phrase", ["who closes today", "refund hours", "where is the shop", "do not open"])
def test_small_words_and_words_of_its_own_tell_it_apart(toy: Path, phrase: str) -> None:
    assert found(toy, phrase) == []


def test_what_the_other_has_under_not_was_decided(toy: Path) -> None:
    assert found(toy, "the closing time for today", "  not:\n    - closing time for today\n") == []


def test_the_check_tells_it(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found(toy, "the closing time for today")
    run(["check", str(toy)])
    assert "'the closing time for today' of shop.returns says the same" in capsys.readouterr().out
