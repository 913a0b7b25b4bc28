"""Choices that the beginning of a message picks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.model import Context

from .test_promises import ASSISTANT

OFFERED = Context(
    2, "manager", options=("pay.differentials", "sonographer.pay", "manager.pay"), pending="pay", failures=1
)

PICKS = {
    "the sonographer one, cause that is what I am": ("sonographer.pay",),
    "third one but I only have an associate": ("manager.pay",),
    "ok, the one about sonographers please": ("sonographer.pay",),
    "3 - and what is the CIIP?": ("manager.pay", "ciip.overview"),
    "I mean the manager one. What does MQSA stand for?": ("manager.pay", "mqsa.overview"),
    "number two": ("sonographer.pay",),
}


@pytest.mark.parametrize(("said", "ids"), PICKS.items())
def test_what_a_message_begins_with_picks_a_choice(said: str, ids: tuple[str, ...]) -> None:
    assert ASSISTANT.ask(said, OFFERED)[0].intents == ids


def test_what_follows_a_choice_and_has_no_answer_is_named() -> None:
    reply, _ = ASSISTANT.ask("number 3, and what is the best pizza in Rome?", OFFERED)
    assert reply.intents == ("manager.pay",)
    assert [left.text for left in reply.unanswered] == ["and what is the best pizza in Rome?"]


@pytest.mark.parametrize(
    "said", ["the director one, what is it", "the one about parking, is it free", "one, two, three"]
)
def test_what_no_choice_has_picks_none(said: str) -> None:
    meant = ASSISTANT.interpret(ASSISTANT.understand(said), OFFERED)
    assert "begins with one of the choices" not in meant.why


@given(
    st.lists(st.sampled_from(["the", "one", "manager", "2", "first", ",", "and", "-", ".", "how", "?"])).map(" ".join)
)
def test_no_message_is_too_odd_to_pick_or_not(text: str) -> None:
    reply, _ = ASSISTANT.ask(text, OFFERED)
    assert reply.kind
