"""The third stage: what a message means to the reply and the context after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from dimchat.dialogue.interpret.asked import Asked
from dimchat.dialogue.interpret.interpretation import Act, Hypothesis, Interpretation, Unanswered
from dimchat.dialogue.interpret.policy import Verdict
from dimchat.model import Context

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

BEFORE = Context(3, "cra", "exam", last=("cra.exam",), topics=("cra",), answered=("cra.exam",), pending="cra")
ASKED = Asked((("branch", ("mill",)),), choices=((("branch", ("mill",)),), (("branch", ("quay",)),)), typed="lane")
CHOICES = ("cra.overview", "cra.renewal")

REPLIES = {
    "answer": (Interpretation("answer", "", ("cra.renewal",), confidence=0.9), "answer", ("cra.renewal",), ()),
    "safety": (Interpretation("safety", "", ("safety.emergency",)), "safety", ("safety.emergency",), ()),
    "smalltalk": (Interpretation("smalltalk", "", ("conversation.thanks",)), "smalltalk", ("conversation.thanks",), ()),
    "more": (Interpretation("more", ""), "smalltalk", ("conversation.more",), ()),
    "nothing_before": (Interpretation("nothing_before", "", CHOICES), "clarify", (), CHOICES),
    "offered_again": (Interpretation("offered_again", "", CHOICES), "clarify", (), CHOICES),
    "no_such_choice": (Interpretation("no_such_choice", "", CHOICES, number=7), "clarify", (), CHOICES),
    "none_of_these": (Interpretation("none_of_these", ""), "decline", (), ()),
    "decline": (Interpretation("decline", "", outside="outside.pets"), "decline", (), ()),
    "empty": (Interpretation("empty", ""), "decline", (), ()),
    "too_long": (Interpretation("too_long", ""), "decline", (), ()),
    "which_value": (
        Interpretation("which_value", "", ("cra.renewal",), asked=ASKED),
        "clarify",
        (),
        ("cra.renewal",) * 2,
    ),
    "slot_alone": (Interpretation("slot_alone", "", CHOICES, asked=ASKED), "clarify", (), CHOICES),
}


@pytest.mark.parametrize(("meant", "kind", "intents", "options"), REPLIES.values(), ids=REPLIES)
def test_what_is_meant_is_replied_to(
    assistant: Assistant, meant: Interpretation, kind: str, intents: tuple[str, ...], options: tuple[str, ...]
) -> None:
    reply, after = assistant.respond(meant, "as it was typed", BEFORE)
    assert (reply.question, reply.kind, reply.intents) == ("as it was typed", kind, intents)
    assert tuple(option.intent for option in reply.options) == after.options == options
    assert after.turn == BEFORE.turn + 1
    assert (reply.topic, reply.aspect) == (after.topic, after.aspect)


@pytest.mark.parametrize(
    ("meant", "reason"),
    [
        (Interpretation("decline", "", outside="outside.pets"), "reply.outside"),
        (Interpretation("decline", ""), "reply.unknown"),
        (Interpretation("decline", "", nearest=("cra.renewal",)), "reply.near"),
        (Interpretation("decline", "", outside="outside.pets", evident=False), "reply.unknown"),
        (Interpretation("none_of_these", ""), "reply.none_of_these"),
        (Interpretation("too_long", ""), "reply.too_long"),
        (Interpretation("answer", "", ("cra.renewal",)), None),
    ],
)
def test_a_decline_keeps_the_reason_that_it_gives(
    assistant: Assistant, meant: Interpretation, reason: str | None
) -> None:
    assert assistant.respond(meant, "as it was typed")[0].reason == reason


def test_choices_are_offered_in_their_order(assistant: Assistant) -> None:
    message = assistant.understand("cra").message
    hypothesis = Hypothesis(Verdict("clarify", "", CHOICES), message, ())
    meant = Interpretation("clarify", "", CHOICES, hypotheses=(hypothesis,))
    reply, after = assistant.respond(meant, "cra", BEFORE)
    assert [option.intent for option in reply.options] == list(CHOICES)
    assert (after.pending, after.topic, after.mentioned) == ("cra", "cra", ("cra",))


def test_every_act_has_a_row() -> None:
    assert {*REPLIES, "clarify"} == set(get_args(Act))


def test_outside_group_is_named(assistant: Assistant) -> None:
    reply, _ = assistant.respond(Interpretation("decline", "", outside="outside.pets"), "my dog")
    assert reply.outside == "outside.pets"
    assert "pets" in (reply.text or "")


def test_missing_choice_is_named(assistant: Assistant) -> None:
    reply, _ = assistant.respond(REPLIES["no_such_choice"][0], "7", BEFORE)
    assert "7" in (reply.text or "")


def test_answer_that_keeps_leaves_the_aspect(assistant: Assistant) -> None:
    meant = Interpretation("answer", "", ("cra.overview",), confidence=0.9, keeps=True)
    assert assistant.respond(meant, "the cra", BEFORE)[1].aspect == "exam"
    assert assistant.respond(meant._replace(keeps=False), "the cra", BEFORE)[1].aspect == "overview"


def test_part_without_an_answer_is_named_with_what_is_near(assistant: Assistant) -> None:
    left = (Unanswered("how long does it take", ("cra.renewal",)),)
    meant = Interpretation("answer", "", ("manager.pay",), confidence=0.9, unanswered=left)
    text = assistant.respond(meant, "both", BEFORE)[0].text or ""
    assert "how long does it take" in text
    assert assistant.pack.intent["cra.renewal"].title in text
