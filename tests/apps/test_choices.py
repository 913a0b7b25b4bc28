"""Choices, suggestions and topics: by number, by click, by tab and arrows."""

from __future__ import annotations

from typing import Any

import pytest

from dimchat.apps.base.prompt import Prompt
from dimchat.wording import catalogue_of

WORDS = catalogue_of("en")


async def test_the_last_turn_only_offers(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        assert talk.rows == [("1", "What experience do I need?"), ("2", "How much does a manager earn?")]
        await talk.say("renew")
        assert talk.rows == [
            ("1", "How do I renew my ARRT registration?"),
            ("2", "How do I renew the CRA?"),
            ("0", "None of these"),
        ]


async def test_a_number_picks(chat: Any, assistant: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("renew")
        await talk.press("2", "enter")
        assert assistant.asked[-1][0] == "2"
        assert talk.questions[-1] == "How do I renew the CRA?"
        assert "About cra.renewal." in talk.answers[-1]


async def test_none_of_these_is_said_to_the_assistant(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("0")
        assert assistant.asked[-1][0] == "0"
        assert talk.questions[-1] == "None of these"


async def test_a_number_that_is_not_offered_is_the_assistants_to_judge(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("9")
        assert assistant.asked[-1][0] == "9"


@pytest.mark.parametrize("steps", [[], ["1"]], ids=["topics", "questions"])
async def test_a_number_beyond_the_choices_is_answered_with_their_range(
    chat: Any, assistant: Any, steps: list[str]
) -> None:
    async with chat() as talk:
        for step in [*steps, "99"]:
            await talk.say(step)
        most = talk.rows[-1][0] if not steps else talk.rows[-2][0]
        assert WORDS("chat.no_such_choice", turn=0, number="99", most=most) in talk.shown
        assert talk.screen.session.turns == []
        before = len(talk.questions)
        await talk.say("1")
        assert len(talk.questions) > before
        assert [text for text, _ in assistant.asked if text != "99"] == (["1"] if steps else [])


async def test_a_click_picks_and_the_prompt_keeps_the_focus(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("renew")
        await talk.click_row(0)
        assert "About arrt.renewal." in talk.answers[-1]
        assert isinstance(talk.app.focused, Prompt)


async def test_tab_and_arrows_light_the_choices_and_enter_picks(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("renew")
        await talk.press("tab")
        assert talk.app.focused.choice.key == "1"
        await talk.press("down", "down", "up")
        assert talk.app.focused.choice.key == "2"
        await talk.press("enter")
        assert "About cra.renewal." in talk.answers[-1]
        assert isinstance(talk.app.focused, Prompt)


async def test_typing_while_a_choice_is_lit_goes_to_the_prompt(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.press("tab", "h", "i")
        assert talk.screen.prompt.value == "hi"
        assert isinstance(talk.app.focused, Prompt)


async def test_escape_goes_back_to_the_prompt(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("tab", "escape")
        assert isinstance(talk.app.focused, Prompt)


async def test_every_answer_is_reached_by_browsing(chat: Any, pack: Any) -> None:
    reached = set()
    async with chat() as talk:
        for category, _ in list(talk.rows):
            await talk.say("/topics")
            await talk.say(category)
            for key, label in list(talk.rows)[:-1]:
                await talk.say(key)
                assert talk.questions[-1] == label
                reached |= set(talk.screen.session.last.reply.intents)
                await talk.say("/topics")
                await talk.say(category)
    assert reached == {intent.id for intent in pack.browsable}


async def test_a_category_opens_by_a_click_and_leads_back(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.click_row(2)
        assert [label for _, label in talk.rows] == [
            "How do I renew the CRA?",
            "How do I renew my ARRT registration?",
            WORDS("chat.all_topics"),
        ]
        await talk.say("t")
        assert talk.rows[0] == ("1", "The job")


async def test_a_decline_offers_all_topics(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("bake a cake")
        assert "I have no answer to that." in talk.answers[-1]
        assert talk.rows[-1] == ("t", WORDS("chat.all_topics"))


async def test_choices_that_were_passed_over_stay_readable(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("renew")
        before = talk.answers[-1]
        assert "How do I renew the CRA?" not in before
        await talk.say("what degree do i need")
        left = talk.answers[talk.questions.index("renew")]
        assert left.startswith(before)
        assert "How do I renew the CRA?" in " ".join(left.split())
