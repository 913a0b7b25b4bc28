"""Why a reply came, in two sentences that a person understands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.render.why import why

ASSISTANT = open_assistant()
PACK = ASSISTANT.pack


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        ("manager salary", "I read this as “How much does an imaging manager earn?” because it is nearest to “"),
        ("how do i unclog a toilet", "I read this as a question about "),
        ("exam", "I could not tell which of these you meant: “"),
        ("hello", "I took this for small talk, not for a question."),
        ("i have chest pain", "The words sound as if someone needs help from a person."),
        ("xyzzy plugh", "I know nothing that these words are near to."),
    ],
)
def test_the_reason_is_said_in_words(message: str, begins: str) -> None:
    said = why(ASSISTANT.explain(message), PACK)
    assert said.startswith(begins)
    assert not any(character.isdecimal() for character in said.replace("2025", ""))


def test_a_follow_up_goes_on_from_what_was_asked() -> None:
    _, context = ASSISTANT.ask("what is the CRA")
    assert "goes on from what was asked before" in why(ASSISTANT.explain("how often do i renew it", context), PACK)
    assert why(ASSISTANT.explain("1", context), PACK).startswith("This is “")


@given(st.lists(st.sampled_from(["manager", "CRA", "pay", "drink", "why", "blorf", "1", "0", "it"]), max_size=5))
@settings(max_examples=20, deadline=None)
def test_every_reply_has_a_reason(words: list[str]) -> None:
    _, context = ASSISTANT.ask("what is the CRA")
    for before in (Context(), context):
        assert why(ASSISTANT.explain(" ".join(words), before), PACK).endswith((".", "”."))
