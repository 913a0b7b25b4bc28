from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dimchat.dialogue.lexicon import Lexicon
from dimchat.dialogue.lore import Lore, nameless
from dimchat.language.tokens import stem, words

if TYPE_CHECKING:
    from dimchat.model import Pack


@pytest.fixture
def ids(pack: Pack) -> list[str]:
    return [*(i.id for i in pack.browsable), *(group.id for group in pack.outside)]


@pytest.fixture
def lore(pack: Pack, ids: list[str]) -> Lore:
    return Lore(pack, ids)


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def with_words(pack: Pack, identifier: str, text: str) -> Pack:
    answers = (a._replace(text=f"{a.text} {text}") if a.id == identifier else a for a in pack.answers)
    return dataclasses.replace(pack, answers=tuple(answers))


def test_answer_that_has_a_word_is_told_by_it(pack: Pack, ids: list[str]) -> None:
    told = Lore(with_words(pack, "director.pay", "It comes with a parking permit."), ids).told(stems("parking permit"))
    assert ids[int(told.argmax())] == "director.pay"
    assert np.count_nonzero(told) == 1


def test_citation_is_no_word_of_an_answer(pack: Pack, ids: list[str]) -> None:
    assert not Lore(with_words(pack, "director.pay", "[@zebra, page]"), ids).told(["zebra"]).any()


def test_words_nobody_has_tell_nothing(lore: Lore) -> None:
    assert not lore.told(["qqq"]).any()
    assert not lore.asked(["qqq"]).any()
    assert not lore.asked_in_pairs(["qqq", "qqx"]).any()


def test_aspect_is_known_by_how_another_topic_asks_it(lore: Lore, ids: list[str]) -> None:
    asked = lore.asked(stems("salary"))
    of = dict(zip(ids, asked, strict=True))
    assert of["manager.pay"] == of["director.pay"] == of["sonographer.pay"] == max(of.values())
    assert of["manager.pay"] > 0 > of["manager.education"]


def test_names_of_topics_say_nothing_about_an_aspect(pack: Pack) -> None:
    assert nameless(stems("how much does a manager make"), Lexicon(pack)) == stems("how much does a make")


def test_intent_is_not_like_itself(lore: Lore, ids: list[str]) -> None:
    alike = dict(zip(ids, lore.alike(["manager.pay"]), strict=True))
    assert alike["manager.pay"] == 0
    assert alike["director.pay"] > alike["manager.education"]
    assert not lore.alike([]).any()


def test_same_pack_gives_the_same_lore(pack: Pack, ids: list[str], lore: Lore) -> None:
    text = stems("how much does a manager make")
    again = Lore(pack, ids)
    assert np.array_equal(lore.asked(text), again.asked(text))
    assert np.array_equal(lore.alike(["manager.pay"]), again.alike(["manager.pay"]))
