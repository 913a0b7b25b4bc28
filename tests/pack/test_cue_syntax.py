"""Cues and the sets that they name: which are good, and what is said of the others."""

from __future__ import annotations

import pytest

from dimchat.language.patterns import cue_fault, set_fault


@pytest.mark.parametrize(
    "cue",
    [
        "chest pain|pains",
        "can not .. breathe",
        "kill myself|himself",
        "überdosis",
        "911",
        "breath* & can_not|hard",
        "<kin>|i . hurt*",
        "a & b & c .. d",
        "a & !b|<kin> .. c",
    ],
)
def test_good_cues(cue: str) -> None:
    assert cue_fault(cue, ["kin"]) is None


@pytest.mark.parametrize(
    "cue",
    [
        ".. pain",
        "pain ..",
        "..",
        "a .. .. b",
        "a||b",
        "|a",
        "a|",
        "a | b",
        "Chest",
        "don't",
        "so-so",
        "a,",
        "_a",
        "a_",
        "*",
        "a*b",
        "& a",
        "a &",
        "a & & b",
        "a & .. b",
        "a . .. b",
        "<kim>",
        "<kin",
        "!a",
        "!a & !b",
        "a !b",
        "a & !",
        "a & !!b",
    ],
)
def test_bad_cues(cue: str) -> None:
    assert cue_fault(cue, ["kin"]) is not None


def test_a_cue_with_an_unknown_set_says_what_was_meant() -> None:
    assert cue_fault("<persn> .. pain", ["person"]) == "'<persn>' is no set of the vocabulary, did you mean '<person>'?"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["two words"], "more than one word"),
        (["a|B*"], "lower case"),
        (["a||b"], "no word of a cue"),
        (["<kim>"], "is no set of the vocabulary"),
        (["<own>"], "holds itself"),
        (["a|<kin>"], "holds itself"),
    ],
)
def test_faults_of_a_set_are_told(lines: list[str], said: str) -> None:
    fault = set_fault("own", {"own": lines, "kin": ["mother", "<own>"] if "kin" in lines[0] else ["mother"]})
    assert fault is not None
    assert said in fault


def test_a_set_may_hold_endings_joined_words_and_other_sets() -> None:
    assert set_fault("own", {"own": ["my|our", "brother*|step_mother|<kin>"], "kin": ["mother"]}) is None
