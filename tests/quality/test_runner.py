from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.model import Citation, Option, Place, Reply, Suggestion
from dimchat.quality import Expectation, Item, differences
from dimchat.quality.report.case_report import explain_command

REPLY = Reply(
    question="q",
    kind="answer",
    intents=("a.b",),
    about="a.c",
    outside="outside.x",
    text="Thirty-six credits every three years [1].",
    citations=(Citation(1, "guide", "The guide", None, None, None, None),),
    options=(Option(1, "a.d", "D?"),),
    suggestions=(Suggestion("a.e", "E?"),),
)

MET = [
    Expectation(intent="a.b"),
    Expectation(intent="a.z", also=("a.b",)),
    Expectation(not_intent=("a.c",)),
    Expectation(kind="answer"),
    Expectation(kind="decline", also=("a.b",)),
    Expectation(contains=("thirty-six",)),
    Expectation(matches=(r"\[\d\]",)),
    Expectation(cites=("guide",)),
    Expectation(offers=("a.d",)),
    Expectation(suggests=("a.e",)),
    Expectation(about="a.c"),
    Expectation(outside="outside.x"),
]
UNMET = [
    Expectation(intent="a.z"),
    Expectation(intent="a.z", also=("a.y",)),
    Expectation(not_intent=("a.b",)),
    Expectation(kind="decline"),
    Expectation(kind="decline", also=("a.z",)),
    Expectation(contains=("forty",)),
    Expectation(matches=(r"\[\d\d\]",)),
    Expectation(cites=("other",)),
    Expectation(offers=("a.b",)),
    Expectation(suggests=("a.d",)),
    Expectation(about="a.b"),
    Expectation(outside="outside.y"),
]


@pytest.mark.parametrize("expect", MET, ids=str)
def test_what_comes_is_accepted(expect: Expectation) -> None:
    assert list(differences(expect, REPLY)) == []


@pytest.mark.parametrize("expect", UNMET, ids=str)
def test_what_does_not_come_is_told(expect: Expectation) -> None:
    assert len(list(differences(expect, REPLY))) == 1


@given(st.lists(st.text(min_size=1), max_size=3), st.text(min_size=1))
def test_the_replay_line_gives_a_shell_the_very_same_words(after: list[str], ask: str) -> None:
    item = Item(Place("f", 1, 1), ask, Expectation(), after=tuple(after))
    words = shlex.split(explain_command(item, None))
    assert [words[i + 1] for i, word in enumerate(words) if word == "--after"][: len(after)] == after
    assert words[-1] == ask
