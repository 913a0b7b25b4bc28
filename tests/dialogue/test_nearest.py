"""What a reply offers where it is no sure answer, and how it says that a word was put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat import render
from dimchat.dialogue.interpret.interpretation import Interpretation
from dimchat.dialogue.respond.respelling import respelt
from dimchat.index import open_assistant
from dimchat.model import Context, Reply

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

ASSISTANT = open_assistant()
PACK = ASSISTANT.pack
STARTERS = ["manager.overview", "manager.how_to_become", "manager.pay"]


def asked(*messages: str, assistant: Assistant = ASSISTANT) -> Reply:
    context = Context()
    for message in messages:
        reply, context = assistant.ask(message, context)
    return reply


def near(reply: Reply) -> list[str]:
    return [suggestion.intent for suggestion in reply.suggestions[:3]]


def test_a_decline_offers_what_is_near_to_its_message() -> None:
    other, scrubs = asked("restaurant manager salary"), asked("what color scrubs do techs wear at kaiser")
    assert (other.kind, scrubs.kind) == ("decline", "decline")
    assert near(other) != STARTERS != near(scrubs)
    assert all(intent.startswith("manager.") for intent in near(other))


def test_no_reason_is_given_where_the_pack_comes_near_as_well() -> None:
    meant = Interpretation("decline", "", outside="outside.patients")
    told, untold = (ASSISTANT.respond(meant._replace(evident=evident), "x")[0] for evident in (True, False))
    assert (told.outside, untold.outside) == ("outside.patients", "outside.patients")
    assert "don't cover" in (told.text or "")
    assert "don't cover" not in (untold.text or "")


@pytest.mark.parametrize("message", ["xyzzy plugh", "how do i unclog a toilet", "when were the pyramids built"])
def test_first_questions_are_offered_where_nothing_is_near(message: str) -> None:
    assert near(asked(message)) == STARTERS


def test_a_second_decline_differs_and_offers_the_topics() -> None:
    first, second, third = (asked(*["xyzzy plugh"] * times) for times in (1, 2, 3))
    assert len({first.text, second.text, third.text}) == len((first, second, third))
    assert [bool(reply.categories) for reply in (first, second, third)] == [False, True, False]
    assert [category.title for category in second.categories] == [category.title for category in PACK.categories]
    assert near(second) == STARTERS


def test_none_of_these_offers_others_than_those_that_were_turned_down() -> None:
    offered = asked("exam")
    assert offered.kind == "clarify"
    refused = asked("exam", "none of these")
    assert near(refused)
    assert not set(near(refused)) & {option.intent for option in offered.options}


def test_an_unsure_answer_offers_what_else_may_be_meant() -> None:
    unsure = next(r for r in (asked(i.phrases[0].text) for i in PACK.browsable[::7]) if r.kind == "answer")
    strict = open_assistant()
    strict.pack.__dict__["sure"] = 1.01  # no confidence is as high
    strict._nearest._pack = strict.pack  # noqa: SLF001
    reply = asked(unsure.question, assistant=strict)
    assert (reply.intents, reply.unsure) == (unsure.intents, True)
    assert not set(near(reply)) & set(reply.intents)
    assert "I am not sure that this is what you asked." in render.to_plain(reply, PACK)


@given(
    st.lists(st.sampled_from(["manager", "CRA", "pay", "zebra", "drink", "not", "exam", "why", "blorf"]), max_size=6)
)
@settings(max_examples=25, deadline=None)
def test_a_decline_offers_three_questions_of_the_pack_whatever_was_said(words: list[str]) -> None:
    reply = asked(" ".join(words))
    if reply.kind == "decline":
        assert len(set(near(reply))) == len(near(reply)) == 3
        assert all(intent in PACK.answer for intent in near(reply))


def test_a_reply_says_how_it_read_a_word_that_was_put_right() -> None:
    reply = asked("How do I become a direcotr?")
    assert (reply.respelt, reply.read_as) == ((("direcotr", "director"),), "How do I become a director?")
    lines = render.to_plain(reply, PACK).splitlines()
    assert lines[:2] == ["I read “direcotr” as “director”.", reply.titles[0]]
    assert "I read “direcotr” as “director”." in render.to_markdown(reply, PACK)


@pytest.mark.parametrize("message", ["how do I become a director", "waht does a manager earn", "hello"])
def test_nothing_is_said_of_words_that_were_right_or_carry_nothing(message: str) -> None:
    reply = asked(message)
    assert (reply.respelt, reply.read_as) == ((), None)


@given(st.text(max_size=30), st.text(min_size=1, max_size=8), st.text(max_size=8))
def test_a_message_is_respelt_whatever_stands_in_it(text: str, typed: str, read: str) -> None:
    assert typed in text or typed.casefold() in text.casefold() or respelt(text, ((typed, read),)) == text


def test_each_answer_stands_under_its_title() -> None:
    reply = asked("what is the CRA")
    assert reply.titles == (PACK.intent["cra.overview"].title,)
    assert reply.titles[0] not in (reply.text or "")
    assert render.to_plain(reply, PACK).startswith(f"{reply.titles[0]}\n")


def test_each_of_two_answers_stands_under_its_title() -> None:
    reply, _ = ASSISTANT._responder.answer("both", Context(), [("cra.overview", None), ("manager.pay", None)], 1.0)  # noqa: SLF001
    shown = render.to_plain(reply, PACK, full=False).splitlines()
    first, second = (PACK.intent[i].title for i in reply.intents)
    assert shown[0] == first
    assert shown[shown.index(second) - 1] == ""
    assert (reply.text or "").count("\n\n")
    assert render.sections(reply, whole=False)[1].title == second


def test_a_group_of_odds_and_ends_is_no_reason() -> None:
    reply = asked("which of those has the lowest sales tax")
    assert (reply.kind, reply.outside) == ("decline", "outside.asides")
    assert reply.reason != "reply.outside"
    assert PACK.outside_group["outside.asides"].title not in str(reply.text)


def test_a_decline_in_talk_without_anything_near_goes_on_from_what_was_answered() -> None:
    reply = asked("What salary range should we offer an imaging manager?", "what is the capital of peru")
    assert reply.kind == "decline"
    assert near(reply) == [i for i in PACK.intent["employer.salary_range"].next if i in PACK.answer][:3]


def test_a_story_with_a_person_in_it_is_not_bent_by_what_was_asked_before() -> None:
    story = (
        "my cousin dropped out of rad school and he had a dui last year and now he asks me "
        "if he could still get licensed"
    )
    assert asked("how much does a manager earn", story).intents == asked(story).intents == ("arrt.ethics",)


@pytest.mark.parametrize("post", ["job", "position", "role"])
def test_this_job_is_nothing_strange(post: str) -> None:
    assert asked(f"how much is salary of this {post}").intents == ("manager.pay",)


@pytest.mark.parametrize(
    ("messages", "intents"),
    [
        # An employer's question after an employer's questions.
        (["what should our posting say", "what range should we offer", "which questions would you ask"], None),
        (["how much does a manager earn, not in New York"], ("manager.pay",)),
        (["how much does a manager earn in New York", "I said NOT New York. Iowa, 25 beds"], ("manager.pay_by_state",)),
        (["I only have an associate degree, would that hold me back"], ("manager.education",)),
    ],
)
def test_what_a_talk_tells_is_heard(messages: list[str], intents: tuple[str, ...] | None) -> None:
    reply = asked(*messages)
    if intents is None:
        assert "employer.interview" in {*reply.intents, *(one.intent for one in reply.options)}
    else:
        assert reply.intents == intents
    assert "NY" not in str(reply.rows)


def test_values_of_one_answer_stay_choices() -> None:
    reply = asked("manager pay in Washington")
    assert len(reply.options) > 1
    assert {one.intent for one in reply.options} == {"manager.pay_by_state"}


def test_few_choices_are_filled_up_to_three() -> None:
    found = [asked(text) for text in ("so I'm thinking of xray, grades are bad", "is it hard to get in")]
    assert all(len(reply.options) >= 3 for reply in found if reply.kind == "clarify" and not reply.values)


def test_a_story_names_no_reason_that_its_question_does_not_have() -> None:
    reply = asked("she laughed when I told her no swaps, I am not her real boss. what are the steps of discipline?")
    assert reply.reason != "reply.outside"
    assert "staffing.discipline" in {
        *reply.intents,
        *(o.intent for o in reply.options),
        *(s.intent for s in reply.suggestions),
    }


def test_what_is_left_open_is_not_near_to_what_is_answered() -> None:
    reply = asked("what does the CRA exam cost, and what color is the room it is held in?")
    near = {one.intent for left in reply.unanswered for one in left.nearest[:2]}
    assert not near & set(reply.intents)
    assert near <= {one.intent for one in reply.suggestions}
