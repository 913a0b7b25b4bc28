"""Messages that hold several questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.index import open_assistant
from dimchat.language.english import ASKING, JOINS
from dimchat.language.questions import asked, from_first_asking, split_names, split_questions
from dimchat.language.tokens import words
from dimchat.model import Context

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

SPLIT = {
    "how long is it, and what does it cost?": ["how long is it", "what does it cost?"],
    "I am a nurse. Is that enough? What does it pay?": ["I am a nurse. Is that enough?", "What does it pay?"],
    "what is the CRA, who can take it and how do I renew it": [
        "what is the CRA",
        "who can take it",
        "how do I renew it",
    ],
    "wanted: 1) pay range 2) who it reports to": ["wanted: pay range", "who it reports to"],
    "I need wording for an ad, also what range is usual": ["I need wording for an ad", "what range is usual"],
    "lease or own for the next CT, and what does service cost": [
        "lease or own for the next CT",
        "what does service cost",
    ],
    "I want to know the rules and whether it pays": ["I want to know the rules", "whether it pays"],
    "a neighbor runs MRI and could afford college": ["a neighbor runs MRI and could afford college"],
    "I want to be a manager, how do I start": ["I want to be a manager, how do I start"],
    "how and when do I renew it": ["how and when do I renew it"],
    "a manager who runs CT and MRI": ["a manager who runs CT and MRI"],
    "do they take call? and if I hate it can I go back": ["do they take call?", "and if I hate it can I go back"],
    "can we hire one, and roughly what do they charge?": ["can we hire one", "roughly what do they charge?"],
    "please draft the ad, and tell me what it needs": ["please draft the ad", "tell me what it needs"],
    "when I was nineteen I had a baby, can I still lead": ["when I was nineteen I had a baby, can I still lead"],
    "What is it? I live in Ohio.": ["What is it? I live in Ohio."],
    "what is a? what is b? what is c? what is d? what is e?": [
        "what is a? what is b? what is c? what is d? what is e?"
    ],
}


@pytest.fixture(scope="module")
def bundled() -> Assistant:
    return open_assistant()


@pytest.mark.parametrize(("text", "parts"), SPLIT.items())
def test_message_is_cut_where_a_question_begins(text: str, parts: list[str]) -> None:
    assert split_questions(text) == parts


@given(
    st.text() | st.lists(st.sampled_from([*sorted(ASKING), *sorted(JOINS), "CRA", "1)", "2.", "?", "."])).map(" ".join)
)
def test_no_word_is_lost_or_made_up(text: str) -> None:
    kept = [word for part in split_questions(text) for word in words(part)]
    left = iter(words(text))
    assert all(word in left for word in kept)
    assert all(before and after for before, after in split_names(text))


ASKED = {
    "I lost my job in May. What does school cost?": "What does school cost?",
    "my back hurts, do managers sit more": "do managers sit more",
    "mri tech 8 yrs looking to move up, where do i start": "looking to move up where do i start",
    "My knees are shot. So it goes.": "So it goes.",
    "what is the CRA": None,
    "how many years do I need": None,
    "?": None,
}


@pytest.mark.parametrize(("text", "part"), ASKED.items())
def test_what_asks_is_found_in_what_is_told(text: str, part: str | None) -> None:
    assert asked(text) == part


@given(st.text() | st.lists(st.sampled_from(["I", "want", "so", "yrs", ",", "how", "?", ".", " - "])).map(" ".join))
def test_what_asks_is_of_the_message(text: str) -> None:
    left = iter(words(text))
    assert all(word in left for word in words(asked(text) or ""))


def test_what_is_compared_is_not_cut() -> None:
    assert not list(split_names("difference between CRA and CIIP"))


def test_each_part_leans_on_the_one_before(assistant: Assistant) -> None:
    meant = assistant.interpret(assistant.understand("what is the cra and how often do i renew it"), Context())
    assert meant.ids == ("cra.overview", "cra.renewal")
    assert [part.ids for part in meant.parts] == [("cra.overview",), ("cra.renewal",)]


def test_what_is_asked_twice_is_answered_once(assistant: Assistant) -> None:
    meant = assistant.interpret(assistant.understand("what is the cra? what is the cra?"), Context())
    assert meant.ids == ("cra.overview",)


def test_a_notice_takes_no_place_of_a_sure_answer(assistant: Assistant) -> None:
    notice, question = "can you read my scan?", "what is the pay of a manager?"
    assert assistant.ask(notice)[0].kind == "safety"
    meant = assistant.interpret(assistant.understand(f"{notice} {question}"), Context())
    assert meant.ids == ("manager.pay",)
    assert [(part.text, part.nearest) for part in meant.unanswered] == [(notice, ())]
    assert assistant.ask(f"i have chest pain. {notice} {question}")[0].intents == ("safety.emergency",)


ANNOUNCED = (
    "Well good. Can we talk money for a minute?",
    "OK, let me ask it plainer.",
    "Mind if I ask about school?",
    "Alright, can I switch gears for a second?",
    "Could we go over licenses now?",
    "Let me put it another way.",
    "I have one more question if that's ok.",
    "can i ask you something?",
    "Can I be honest with you?",
    "ok next thing.",
    "May I bring up something awkward?",
    "Let's talk schedule.",
    "Do you have time for another one?",
    "Can we go back to pay?",
)


@pytest.mark.parametrize("opener", ANNOUNCED)
def test_what_announces_a_question_is_none(opener: str) -> None:
    assert split_questions(f"{opener} What is the CRA?") == [f"{opener} What is the CRA?"]
    assert asked(f"{opener} What is the CRA?") == "What is the CRA?"


@pytest.mark.parametrize(
    "question",
    [
        "Can I ask for a raise?",
        "Can I switch to MRI later?",
        "Can we change the schedule of the techs?",
        "can I be honest in the interview?",
        "Can we talk to the union about it?",
        "Let me know what it pays?",
    ],
)
def test_what_only_begins_so_is_a_question(question: str) -> None:
    assert split_questions(f"{question} What is the CRA?") == [question, "What is the CRA?"]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("can I do it without one, and if not what do they want", ["can I do it without one", "what do they want"]),
        ("is it paid, and if so how much do I get", ["is it paid", "how much do I get"]),
        ("just how much is school. n will AI take it", ["just how much is school.", "n will AI take it"]),
        ("is that more than a nurse gets and do I get a bonus", ["is that more than a nurse gets", "do I get a bonus"]),
    ],
)
def test_a_question_on_condition_or_with_a_softener_is_one(said: str, parts: list[str]) -> None:
    assert [part.removeprefix("if not ").removeprefix("if so ") for part in split_questions(said)] == parts


def test_the_half_that_is_sure_is_answered_and_the_other_is_named_as_it_was_asked(bundled: Assistant) -> None:
    reply, _ = bundled.ask("ok so how much is the program n can i keep my job at a diner while im in it, i got rent")
    assert reply.intents == ("program.cost", "program.working")
    reply, _ = bundled.ask(
        "ok so how much is the program n can i bring my dog to the dorm while im in it, i got nobody"
    )
    assert reply.intents == ("program.cost",)
    assert [left.text for left in reply.unanswered] == ["can i bring my dog to the dorm while im in it, i got nobody"]
    assert bundled.ask("What will the weather be tomorrow, do you know")[0].kind == "decline"
    assert from_first_asking("I am in HR. I never hired for it. What must I pay") == "What must I pay"


OF_PAY = Context(1, "manager", "pay", last=("manager.pay",), topics=("manager",), answered=("manager.pay",))
PLACED = {
    "Oregon. And how do I become a CT tech?": ("manager.pay_by_state", "ct_technologist.how_to_become"),
    "texas, and what is the CRA": ("manager.pay_by_state", "cra.overview"),
    "Maine please. What is the CIIP?": ("manager.pay_by_state", "ciip.overview"),
    "Nevada. Thanks!": ("manager.pay_by_state",),
    "I'm in Oregon. What is the CRA?": ("cra.overview",),
    "In Oregon, what is the CRA?": ("cra.overview",),
}


@pytest.mark.parametrize(("text", "ids"), PLACED.items())
def test_a_place_before_a_question_is_answered_as_well(bundled: Assistant, text: str, ids: tuple[str, ...]) -> None:
    assert bundled.ask(text, OF_PAY)[0].intents == ids


def test_a_place_is_answered_though_the_question_after_it_is_not(bundled: Assistant) -> None:
    reply, context = bundled.ask("Idaho and Utah. And will it snow there tomorrow?", OF_PAY)
    assert reply.intents == ("manager.pay_by_state",)
    assert [left.text for left in reply.unanswered] == ["And will it snow there tomorrow?"]
    assert dict(context.slots)["state"] == ("ID", "UT")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is a license needed? Or will the registry do?", 1),
        ("Is that also where they post the jobs, or is there another place?", 1),
        ("what does it pay also how long is school", 2),
        ("What is it? How long does it take? Or can I test out?", 2),
    ],
)
def test_the_other_side_of_a_question_is_no_question_of_its_own(text: str, parts: int) -> None:
    assert len(split_questions(text)) == parts


def test_no_half_is_called_unanswered_whose_answer_stands_below(bundled: Assistant) -> None:
    for text in (
        "Is the CIIP also what PACS people have, or is there something else for them?",
        "What do managers earn, and is the job stressful? Or do they sleep well?",
    ):
        reply, _ = bundled.ask(text)
        assert (reply.kind, reply.unanswered) == ("answer", ()), text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What bothers me, honestly, is that my crew knew me as a student, so how do I lead them?", 1),
        ("what we have is an old scanner, how do we buy one and what does service cost", 2),
        ("I have only a certificate, which is something, so do I need a degree?", 1),
        ("what I need is how long it takes, and which is cheaper", 2),
    ],
)
def test_what_tells_is_no_question_though_it_begins_like_one(text: str, parts: int) -> None:
    assert len(split_questions(text)) == parts


def test_an_aside_of_a_story_asks_nothing(bundled: Assistant) -> None:
    story = "My sister has been nagging me all week {}to find out for her, so what exactly is on the CRA exam?"
    plain, aside = (bundled.ask(story.format(said))[0] for said in ("", "(is the radiation harmful to her baby?) "))
    assert plain.intents == aside.intents == ("cra.exam",)
    assert not aside.unanswered
