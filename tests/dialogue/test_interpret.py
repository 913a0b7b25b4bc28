"""The second stage: what a message says, and a context, to what it means there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue.interpret.interpretation import Hypothesis
from dimchat.dialogue.interpret.policy import Verdict
from dimchat.model import Candidate, Context

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

NEW = Context()
PAY = "how much does a manager make?"
OF_PAY = Context(1, "manager", "pay", last=("manager.pay",), topics=("manager",), answered=("manager.pay",))
OF_CRA = Context(1, "cra", "overview", last=("cra.overview",), topics=("cra",), answered=("cra.overview",))
OFFERED = Context(1, "cra", options=("cra.overview", "cra.exam"), pending="cra", failures=1)

MEANS = {
    "a whole question": (NEW, "what is the cra", "answer", ("cra.overview",)),
    "an aspect of the default topic": (NEW, "salary", "answer", ("manager.pay",)),
    "a topic and no question": (NEW, "cra", "answer", ("cra.overview",)),
    "a topic, no question and no overview": (NEW, "sonographer", "clarify", ("sonographer.pay", "sonographer.outlook")),
    "a pronoun with nothing before it": (NEW, "how do i renew it", "clarify", ("cra.renewal", "arrt.renewal")),
    "it, with nothing before it": (NEW, "what about it", "nothing_before", None),
    "something else": (NEW, "what is the weather", "decline", ()),
    "small talk": (NEW, "thanks", "smalltalk", ("conversation.thanks",)),
    "an alarm": (OF_PAY, "chest pain", "safety", ("safety.emergency",)),
    "a misspelt alarm": (NEW, "i have chest pian", "safety", ("safety.emergency",)),
    "no words": (NEW, "?!", "empty", ()),
    "a hundred words": (NEW, "my horoscope says i am a born couch. " * 12 + PAY, "answer", ("manager.pay",)),
    "too many words": (NEW, "pay " * 121, "too_long", ()),
    "the topic is new, the aspect is kept": (OF_PAY, "and for sonographers?", "answer", ("sonographer.pay",)),
    "the aspect is new, the topic is kept": (OF_CRA, "how often do i renew it", "answer", ("cra.renewal",)),
    "the topic lacks the aspect": (OF_CRA, "what does it pay", "clarify", None),
    "a question of its own": (OF_PAY, "what is arrt", "answer", ("arrt.overview",)),
    "a correction": (OF_CRA, "no, i meant the exam", "answer", ("cra.exam",)),
    "a bare why": (OF_CRA, "why?", "more", ()),
    "a choice by number": (OFFERED, "2", "answer", ("cra.exam",)),
    "a choice by what sets it apart": (OFFERED, "the exam", "answer", ("cra.exam",)),
    "a choice, and why": (OFFERED, "the exam one, my brother failed it twice", "answer", ("cra.exam",)),
    "a choice by number, and another question": (
        OFFERED,
        "number 1, and what is arrt?",
        "answer",
        ("cra.overview", "arrt.overview"),
    ),
    "a choice, and an alarm": (OFFERED, "second one, my friend has chest pain", "safety", ("safety.emergency",)),
    "no choice but an order": (OFFERED, "first, how much does a manager make?", "answer", ("manager.pay",)),
    "no choice but a list": (OFFERED, "1. cra 2. arrt", "answer", ("cra.overview", "arrt.overview")),
    "no choice but a number": (OFFERED, "2 years, what is arrt?", "answer", ("arrt.overview",)),
    "no such choice": (OFFERED, "7", "no_such_choice", ("cra.overview", "cra.exam")),
    "none of the choices": (OFFERED, "none of these", "none_of_these", ()),
    "which of the choices": (OFFERED, "which one?", "offered_again", ("cra.overview", "cra.exam")),
    "a story": (NEW, "my horoscope says i am a born couch. how much does a manager make?", "answer", ("manager.pay",)),
    "two questions": (
        NEW,
        "what is the cra and how much does a manager make?",
        "answer",
        ("cra.overview", "manager.pay"),
    ),
    "a question and something else": (
        NEW,
        "how much does a manager make and what is the weather",
        "answer",
        ("manager.pay",),
    ),
}


@pytest.mark.parametrize(("context", "text", "kind", "ids"), MEANS.values(), ids=MEANS)
def test_message_means(
    assistant: Assistant, context: Context, text: str, kind: str, ids: tuple[str, ...] | None
) -> None:
    meant = assistant.interpret(assistant.understand(text), context)
    assert meant.kind == kind
    assert ids is None or meant.ids == ids or kind in {"decline", "more"}


def test_part_without_an_answer_is_kept(assistant: Assistant) -> None:
    meant = assistant.interpret(assistant.understand("how much does a manager make and what is the weather"))
    assert [part.text for part in meant.unanswered] == ["what is the weather"]


def test_outside_group_is_the_reason_for_a_decline(assistant: Assistant) -> None:
    assert assistant.interpret(assistant.understand("can i bring my dog")).outside == "outside.pets"


def test_overview_that_nobody_asked_for_keeps_the_aspect(assistant: Assistant) -> None:
    assert assistant.interpret(assistant.understand("who directs imaging"), OF_PAY).keeps
    assert not assistant.interpret(assistant.understand("what is a director"), OF_PAY).keeps


def test_what_is_not_asked_after_a_context_is_as_without_it(assistant: Assistant) -> None:
    analysis = assistant.understand("what is arrt")
    assert assistant.interpret(analysis, OF_PAY).ids == assistant.interpret(analysis).ids


GIVEN = Context(2, "cra", "exam", last=("cra.exam",), answered=("cra.exam", "manager.pay"))


@pytest.mark.parametrize(
    ("context", "near", "kind", "ids"),
    [
        (GIVEN, 0.5, "clarify", ("cra.renewal", "cra.exam")),
        (GIVEN, 0.2, "answer", ("cra.exam",)),
        (GIVEN._replace(answered=("arrt.exam", "manager.pay", "cra.exam")), 0.5, "answer", ("cra.exam",)),
        (GIVEN._replace(age=2), 0.5, "answer", ("cra.exam",)),
    ],
)
def test_what_was_just_answered_is_offered_beside_what_is_in_reach(
    assistant: Assistant, context: Context, near: float, kind: str, ids: tuple[str, ...]
) -> None:
    message = assistant.understand("how does one pass and stay").message
    candidates = tuple(Candidate(i, c, c, 0.0, "", ()) for i, c in (("cra.exam", 0.6), ("cra.renewal", near)))
    hypothesis = Hypothesis(Verdict("answer", "", ("cra.exam",), confidence=0.6), message, candidates)
    verdict = assistant._interpreter._not_again(hypothesis, context)  # noqa: SLF001 - one step of the second stage
    assert (verdict.kind, verdict.ids) == (kind, ids)
