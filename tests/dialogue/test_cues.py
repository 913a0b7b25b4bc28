"""Cues of safety: classes of words in combination, what bars them, and what was probably meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.dialogue.understand.cues import Cues
from dimchat.language.tokens import words
from dimchat.model import SAFETY, Intent, Pack, Vocabulary

SETS = (
    ("kin", ("mom|mother", "brother*")),
    ("mine", ("my|our", "<kin>")),
    ("body", ("knee|knees", "lower_back")),
    ("wrong", ("hurt*", "swollen", "gave_out")),
    ("work", ("manager*|tumor_registry",)),
)
CUES = {
    "safety.emergency": (("stopped .. breathing & !machine|the_line", "heart attack"), ("heart attack & salary",)),
    "safety.advice": (("<mine> . <body> & <wrong> & !<work>", "do i have . a|an tumor", "sprained ankle"), ()),
    "safety.visit": (("cancel & appointment & !<work>", "hostage & there|here"), ()),
}


@pytest.fixture(scope="module")
def cues() -> Cues:
    intents = tuple(
        Intent(identifier, SAFETY, identifier, (), cues=cues, unless=unless)
        for identifier, (cues, unless) in CUES.items()
    )
    vocabulary = Vocabulary(sets=SETS)
    return Cues(
        Pack("p", "P", "1", "en", "", None, (), intents, (), (), (), (), vocabulary),
        SAFETY,
    )


def found(cues: Cues, text: str) -> str | None:
    alarm = cues.find(words(text))
    return alarm.intent if alarm else None


@pytest.mark.parametrize(
    "text",
    [
        "my knee hurts",
        "since sunday it hurts and it is in our left knee",
        "mom knees are swollen",
        "my brothers knee gave out",
        "our lower back is hurting",
    ],
)
def test_classes_combine_whatever_the_order(cues: Cues, text: str) -> None:
    assert found(cues, text) == "safety.advice"


@pytest.mark.parametrize(
    "text",
    [
        "my manager says my knee hurts",
        "my knee hurts and the tumor registry is closed",
        "the knee hurts",
        "my knee is fine",
    ],
)
def test_a_part_that_must_be_absent_bars_the_cue_wherever_it_stands(cues: Cues, text: str) -> None:
    assert found(cues, text) is None


def test_what_bars_one_cue_bars_no_other(cues: Cues) -> None:
    assert found(cues, "my manager has a heart attack") == "safety.emergency"


def test_the_first_intent_wins_over_the_longer_cue(cues: Cues) -> None:
    assert found(cues, "my knee hurts after the heart attack of my mom") == "safety.emergency"


def test_words_of_an_idiom_fire_nothing(cues: Cues) -> None:
    assert found(cues, "i had a heart attack at the salary") is None


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("my kneee hurts", "kneee"),
        ("our knee is swolen", "swolen"),
        ("canceel my appointment", "canceel"),
        ("cancel the apointment", "apointment"),
        ("i had a heartattack", "heartattack"),
    ],
)
def test_misspelt_and_joined_words_are_read_as_cues(cues: Cues, text: str, doubted: str) -> None:
    assert cues.find(words(text)) is None
    assert cues.find_misspelt(words(text), {doubted: doubted}) is not None


@pytest.mark.parametrize("word", ["tutor", "humor", "rumors"])
def test_an_ordinary_word_is_no_misspelling_of_a_cue(cues: Cues, word: str) -> None:
    text = f"do i have a {word}"
    assert cues.find_misspelt(words(text), {word: "tumor"}) is None


def test_a_misspelling_that_is_no_word_is_one(cues: Cues) -> None:
    assert cues.find_misspelt(words("do i have a tumorr"), {"tumorr": "tumorr"}) is not None


def test_a_misspelt_emergency_wins_over_what_is_spelt_right(cues: Cues) -> None:
    said = words("my knee is swollen and a heartt attack")
    alarm = cues.find_misspelt(said, {"heartt": "heart"}, cues.find(said))
    assert alarm is not None
    assert alarm.intent == "safety.emergency"


def test_where_a_cue_is_barred_all_words_are_excused(cues: Cues) -> None:
    asked = words("does the manager cancel an appointment")
    assert cues.excused(asked, "safety.visit") == frozenset(range(len(asked)))
    assert cues.excused(asked, "safety.advice") == frozenset()


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("my knee hurts says my managr", {"managr": "manager"}),
        ("my knee hurts says my managr", {"managr": "managr"}),
        ("my kneee hurts says my managr", {"kneee": "kneee", "managr": "manager"}),
        ("i had a heart attack at the salry", {"salry": "salary"}),
    ],
)
def test_what_bars_or_excuses_a_cue_does_so_misspelt(cues: Cues, text: str, spelling: dict[str, str]) -> None:
    typed = words(text)
    assert cues.doubts(typed)
    assert cues.find_misspelt(typed, spelling, cues.find(typed)) is None


def test_what_may_as_well_be_a_word_of_a_cue_bars_none(cues: Cues) -> None:
    typed = words("a mothr says my knee hurts")
    assert cues.find_misspelt(typed, {"mothr": "manager"}, cues.find(typed)) is not None


@pytest.mark.parametrize(
    ("text", "spelling", "intent"),
    [
        ("sprained ancle", {"ancle": "uncle"}, "safety.advice"),
        ("do i have a tumorr", {"tumorr": "tumors"}, "safety.advice"),
        ("there is a hortage", {"hortage": "shortage"}, None),
        ("there is a hostagee", {"hostagee": "kidnapped person"}, None),
        ("there is a hostagee", {"hostagee": "postage"}, "safety.visit"),
    ],
)
def test_a_word_of_a_cue_that_may_be_another_needs_company(
    cues: Cues, text: str, spelling: dict[str, str], intent: str | None
) -> None:
    alarm = cues.find_misspelt(words(text), spelling)
    assert (alarm.intent if alarm else None) == intent


def test_only_words_that_nobody_knows_are_cut_in_two(cues: Cues) -> None:
    assert cues.find_misspelt(words("the heartattack exm"), {"exm": "exam"}) is None


VOCABULARY = sorted(
    {
        "i",
        "my",
        "a",
        "the",
        "machine",
        "line",
        "stopped",
        "breathing",
        *"".join(f" {word}" for _, lines in SETS for line in lines for word in line.replace("|", " ").split()).split(),
    }
)


@given(st.lists(st.sampled_from(VOCABULARY), max_size=64))
def test_any_words_give_a_span_within_the_message(message: list[str]) -> None:
    cues = Cues(
        replace(
            Pack("p", "P", "1", "en", "", None, (), (), (), (), (), (), Vocabulary(sets=SETS)),
            intents=tuple(
                Intent(identifier, SAFETY, identifier, (), cues=cues, unless=unless)
                for identifier, (cues, unless) in CUES.items()
            ),
        ),
        SAFETY,
    )
    alarm = cues.find(message)
    assert alarm is None or alarm.span <= frozenset(range(len(message)))
