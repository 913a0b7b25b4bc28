from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dimchat.dialogue.interpret.pack_statistics import KIND, PackStatistics, measured, nameless
from dimchat.dialogue.understand.vocabulary import VocabularyIndex
from dimchat.errors import IndexFileError
from dimchat.files import container
from dimchat.language.tokens import stem, words

if TYPE_CHECKING:
    from dimchat.model import Pack


@pytest.fixture
def ids(pack: Pack) -> list[str]:
    return list(measured(pack))


@pytest.fixture
def statistics(pack: Pack) -> PackStatistics:
    return PackStatistics.of(pack)


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def with_words(pack: Pack, identifier: str, text: str) -> Pack:
    answers = (a._replace(text=f"{a.text} {text}") if a.id == identifier else a for a in pack.answers)
    return dataclasses.replace(pack, answers=tuple(answers))


def test_answer_that_has_a_word_is_told_by_it(pack: Pack, ids: list[str]) -> None:
    told = PackStatistics.of(with_words(pack, "director.pay", "It comes with a parking permit.")).told(
        stems("parking permit")
    )
    assert ids[int(told.argmax())] == "director.pay"
    assert np.count_nonzero(told) == 1


def test_citation_is_no_word_of_an_answer(pack: Pack) -> None:
    assert not PackStatistics.of(with_words(pack, "director.pay", "[@zebra, page]")).told(["zebra"]).any()


def test_words_nobody_has_tell_nothing(statistics: PackStatistics) -> None:
    assert not statistics.told(["qqq"]).any()
    assert not statistics.asked(["qqq"]).any()
    assert not statistics.asked_in_pairs(["qqq", "qqx"]).any()


def test_aspect_is_known_by_how_another_topic_asks_it(statistics: PackStatistics, ids: list[str]) -> None:
    asked = statistics.asked(stems("salary"))
    of = dict(zip(ids, asked, strict=True))
    assert of["manager.pay"] == of["director.pay"] == of["sonographer.pay"] == max(of.values())
    assert of["manager.pay"] > 0 > of["manager.education"]


def test_names_of_topics_say_nothing_about_an_aspect(pack: Pack) -> None:
    assert nameless(stems("how much does a manager make"), VocabularyIndex(pack)) == stems("how much does a make")


def test_intent_is_not_like_itself(statistics: PackStatistics, ids: list[str]) -> None:
    alike = dict(zip(ids, statistics.alike(["manager.pay"]), strict=True))
    assert alike["manager.pay"] == 0
    assert alike["director.pay"] > alike["manager.education"]
    assert not statistics.alike([]).any()


def test_same_pack_gives_the_same_statistics(pack: Pack, statistics: PackStatistics) -> None:
    text = stems("how much does a manager make")
    again = PackStatistics.of(pack)
    assert np.array_equal(statistics.asked(text), again.asked(text))
    assert np.array_equal(statistics.alike(["manager.pay"]), again.alike(["manager.pay"]))


def test_statistics_survive_as_data(statistics: PackStatistics) -> None:
    again = PackStatistics.from_bytes(statistics.to_bytes())
    text = stems("how much does the exam of a manager cost")
    assert again.ids == statistics.ids
    assert again.to_bytes() == statistics.to_bytes()
    assert np.array_equal(statistics.told(text), again.told(text))
    assert np.array_equal(statistics.asked(text), again.asked(text))
    assert np.array_equal(statistics.asked_in_pairs(text), again.asked_in_pairs(text))
    assert np.array_equal(statistics.alike(["cra.exam"]), again.alike(["cra.exam"]))


def test_other_answers_are_all_that_is_counted_again(pack: Pack, statistics: PackStatistics) -> None:
    other = with_words(pack, "director.pay", "It comes with a parking permit.")
    assert statistics.with_answers_of(other).to_bytes() == PackStatistics.of(other).to_bytes()


def test_every_cut_and_every_misfit_of_statistics_is_noticed(statistics: PackStatistics) -> None:
    data = statistics.to_bytes()
    for size in range(0, len(data), len(data) // 40):
        with pytest.raises(IndexFileError):
            PackStatistics.from_bytes(data[:size])
    small, arrays = container.read(KIND, data)
    for name, wrong in {
        "answers.where": arrays["answers.where"] + len(statistics.ids),
        "asked.starts": arrays["asked.starts"][:-1],
        "pairs.amounts": arrays["pairs.amounts"] * np.nan,
        "unseen": arrays["unseen"][1:],
        "alike": arrays["alike"][1:],
    }.items():
        with pytest.raises(IndexFileError):
            PackStatistics.from_bytes(container.write(KIND, small, {**arrays, name: wrong}))
