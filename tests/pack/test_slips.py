from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.files.yaml import MapNode
from dimchat.model import Intent, Phrase, Place, Topic, Vocabulary
from dimchat.pack import RULES
from dimchat.pack.draft import Draft, IntentDraft
from dimchat.pack.rules import Report
from dimchat.pack.rules.phrases import COMMON, check_slips

if TYPE_CHECKING:
    from collections.abc import Callable

    Edit = Callable[[str, str, str], None]
    Problems = Callable[[], list[str]]


def draft(word: str, vocabulary: Vocabulary | None = None, common: int = COMMON, filling: str = "committee") -> Draft:
    texts = [f"manager training {filling}, line {number}" for number in range(common)] + [f"what does a {word} do"]
    phrases = tuple(Phrase(text, Place("intents/a.yaml", number)) for number, text in enumerate(texts))
    intent = Intent("manager.overview", "role", "What is it?", phrases)
    return Draft(
        frozenset(),
        intents=[IntentDraft(intent, MapNode({}, Place("")))],
        vocabulary=vocabulary or Vocabulary(),
    )


def found(one: Draft) -> list[str]:
    report = Report()
    check_slips(one, report)
    return [problem.message for problem in report.problems]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("managre", "manager"),
        ("Managger", "manager"),
        ("trainning", "training"),
        ("trainig", "training"),
        ("comittee", "committee"),
        ("ocmmittee", "committee"),
    ],
)
def test_a_slip_of_a_common_word_is_reported(word: str, meant: str) -> None:
    (message,) = found(draft(word))
    assert message.startswith(f"{word.casefold()!r} in 'what does a {word} do' looks like a slip of {meant!r}")


@pytest.mark.parametrize(
    "word", ["managers", "manages", "braining", "mangr", "xmxanager", "manager", "tra1ning", "committe"]
)
def test_other_words_are_left_alone(word: str) -> None:
    assert found(draft(word)) == []


def test_another_word_of_the_language_is_no_slip() -> None:
    assert found(draft("leaning", filling="learning")) == []
    assert found(draft("lerning", filling="learning")) != []


def test_a_rare_word_is_no_measure() -> None:
    assert found(draft("comittee", common=COMMON - 1)) == []


def test_a_word_that_stands_twice_is_no_slip() -> None:
    one = draft("managre")
    twice = one.intents[0].intent._replace(not_=(Phrase("the managre", Place("intents/a.yaml", 40)),))
    one.intents[0].intent = twice
    assert found(one) == []


def test_the_vocabulary_may_know_it() -> None:
    assert found(draft("managre", Vocabulary(topics=(Topic("manager", "person", ("managre",)),)))) == []


def test_a_pack_may_say_that_it_is_meant(edit: Edit, problems: Problems) -> None:
    assert RULES["misspelt-phrase"].severity == "warning"
    many = "".join(f"    - committee of {'abcdefghij'[number] * 9}\n" for number in range(COMMON))
    edit("intents/pay.yaml", "    - wages\n", many + "    - wages by comittee\n")
    (message,) = problems()
    assert message.startswith("misspelt-phrase intents/pay.yaml:18:7: 'comittee' in 'wages by comittee' looks like")
    edit("pack.yaml", "language: en\n", "language: en\nmisspelt:\n  - comittee\n")
    assert problems() == []
