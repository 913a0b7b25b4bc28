"""What a message names of a slot, in every way that people write it."""

from __future__ import annotations

import pickle
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dimchat.dialogue.understand.slot_finder import SlotFinder, as_learnt, besides, elsewhere, masked

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

FOUND = {
    # names
    "what does a ct tech make in texas": "TX",
    "pay in West Virginia": "WV",
    "i live in georgia": "GA",
    "california's pay": "CA",
    "Rad tech pay, Texas.": "TX",
    "washington dc pay": "DC",
    "washington state": "WA",
    "newyork": "NY",
    # abbreviations
    "pay in tx": "TX",
    "TX rad tech pay": "TX",
    "rad tech salary OH": "OH",
    "PAY IN TX PLEASE": "TX",
    "salary in or": "OR",
    "salary in or?": "OR",
    "pay for MRI in me": "ME",
    "what do they pay me in pa": "PA",
    "pay in pa how much": "PA",
    "what about MA": "MA",
    "salary in mass": "MA",
    "pay in ok": "OK",
    "jobs in HI": "HI",
    "pay in in": "IN",
    "d.c. pay": "DC",
    "xray in ND, OK and WV": "ND OK WV",
    "MA or MD pay": "MA MD",
    "MA vs MD": "MA MD",
    "pay in tx or md": "TX MD",
    "in pa or md": "PA MD",
    # places
    "houston ct tech": "TX",
    "St. Louis": "MO",
    "new york city": "NY",
    "Boise, ID": "ID",
    "portland, oregon": "OR",
    "Portland OR": "OR",
    "kansas city mo pay": "MO",
    "houston, MO": "MO",
    "hartford ct pay": "CT",
    # what can be several
    "kansas city pay": "KS/MO",
    "Portland": "ME/OR",
    "Washington": "DC/WA",
    "pay in LA": "CA/LA",
    # groups
    "pay in the northwest": "WA+OR+ID",
    "pacific northwest salary": "WA+OR+ID",
    # slips
    "califronia": "CA",
    "pensylvania": "PA",
    "massachusets salary": "MA",
    "conneticut": "CT",
    "missisippi": "MS",
    "misisipi": "MS",
    "misouri": "MO",
    "new yrok pay": "NY",
    "noth dakota": "ND",
    "north dakato": "ND",
    "oklohoma": "OK",
    "new job texs": "TX",
    "west virgina": "WV",
    # several
    "texas vs california": "TX CA",
    "texas, ohio and georgia": "TX OH GA",
    "is it better in ohio than in indiana": "OH IN",
}

NOTHING = [
    "is it MRI or CT",
    "what is in it for me",
    "ok so what about ok",
    "is that OK",
    "hi",
    "Hi there",
    "work in the OR",
    "the OR is busy",
    "do i need an MD",
    "is an MS enough",
    "MA or MBA",
    "i feel ill",
    "miss",
    "my mass is off",
    "what is the main duty",
    "how do i becom a sonografer",
    "whats the salry of a manger",
    "oh me oh my",
    "tell me more ok",
    "VA hospital jobs",
    "who is in charge",
    "come in or out",
    "",
    "?",
    "......",
    "in",
]


def told(assistant: Assistant, text: str) -> str:
    found = SlotFinder(assistant.pack.vocabulary).find(text)
    joins = {True: "/", False: "+"}
    return " ".join(joins[m.asks].join(sorted(m.values) if m.asks else m.values) for m in found if m.how != "unsure")


@pytest.mark.parametrize("text", FOUND)
def test_values_are_found(states: Assistant, text: str) -> None:
    assert told(states, text) == FOUND[text]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_only_look_like_values_are_left_alone(states: Assistant, text: str) -> None:
    assert told(states, text) == ""


@pytest.mark.parametrize("text", ["certified in CT", "jobs in CT?", "how much do you make in ct", "the future in CT"])
def test_what_the_vocabulary_has_a_meaning_for_is_unsure(states: Assistant, text: str) -> None:
    found = SlotFinder(states.pack.vocabulary).find(text)
    assert [mention.how for mention in found] == ["unsure"]
    assert masked(text, found) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("what does a ct tech make in texas", "what does a ct tech make in state"),
        ("pay in Houston, TX?", "pay in state?"),
        ("texas vs california pay", "state pay"),
        ("pay in TX, OH and GA", "pay in state"),
        ("texas pay and license in ohio", "state pay and license in state"),
        ("no place at all", "no place at all"),
    ],
)
def test_one_word_stands_for_what_is_named(states: Assistant, text: str, read: str) -> None:
    assert masked(text, SlotFinder(states.pack.vocabulary).find(text)) == read


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("what does a ct tech make in texas", "what does a ct tech make"),
        ("in ohio, what do they earn", ", what do they earn"),
        ("texas vs california pay", "pay"),
        ("the pay around here in the state of New York please", "the pay around here please"),
        ("pay", "pay"),
    ],
)
def test_a_question_is_read_without_its_place(states: Assistant, text: str, rest: str) -> None:
    assert elsewhere(text, SlotFinder(states.pack.vocabulary).find(text)) == rest


def test_the_words_besides_are_the_rest(states: Assistant) -> None:
    text = "and in New York, then?"
    assert besides(text, SlotFinder(states.pack.vocabulary).find(text)) == ["and", "in", "then"]


def test_lines_of_a_pack_are_learnt_without_the_values(states: Assistant) -> None:
    learnt = as_learnt(states.pack)
    phrases = [phrase.text for phrase in learnt.intent["technologist.pay_by_state"].phrases]
    assert phrases[:3] == [
        "how much does a rad tech make in state",
        "rad tech salary in state",
        "what is the pay of a rad tech in state",
    ]


def test_a_finder_goes_to_another_process(states: Assistant) -> None:
    finder = SlotFinder(states.pack.vocabulary)
    assert pickle.loads(pickle.dumps(finder)).find("pay in texas") == finder.find("pay in texas")  # noqa: S301 - own


@given(st.text(max_size=200))
@example("\ud800 texas\x00")
@example("i\u0307n texas")
@example("." * 500)
def test_any_text_is_read(text: str) -> None:
    found = FINDER.find(text)
    assert all(0 <= m.start < m.end <= len(text) and m.typed == text[m.start : m.end] for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert isinstance(masked(text, found), str)


WORDS = st.sampled_from(
    [
        *("pay", "in", "or", "and", "vs", "texas", "tx", "TX", "OR", "ct", "CT", "ok", "portland", "washington", "me"),
        *("new", "york", "yrok", "the", ",", ".", "?"),
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_order_of_words_is_read(text: str) -> None:
    found = FINDER.find(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert len(masked(text, found)) >= 0


def _finder() -> SlotFinder:
    from dimchat.model import Vocabulary  # noqa: PLC0415 - made once for the texts below
    from dimchat.tables import Slot, SlotValue  # noqa: PLC0415

    values = (
        SlotValue("TX", ("Texas", "TX"), ("houston",)),
        SlotValue("OR", ("Oregon", "OR"), ("portland",)),
        SlotValue("ME", ("Maine", "ME"), ("portland",)),
        SlotValue("NY", ("New York", "NY")),
        SlotValue("CT", ("Connecticut", "CT")),
        SlotValue("WA", ("Washington",)),
        SlotValue("DC", ("Washington", "D.C.")),
    )
    return SlotFinder(Vocabulary(slots=(Slot("state", "state", values),)))


FINDER = _finder()
