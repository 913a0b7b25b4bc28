"""The chat over the bundled pack and the real assistant."""

from __future__ import annotations

from typing import Any

import pytest

from dimchat.store import open_assistant
from dimchat.tui.replies import category_choices, question_choices


async def test_a_question_is_answered_with_its_sources(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size, opener=open_assistant) as talk:
        await talk.say("what degree do I need")
        turn = talk.screen.session.last
        assert turn.reply.kind == "answer"
        assert "[1]" in talk.answers[0]
        assert talk.screen.conversation.max_scroll_x == 0
        await talk.say("/why")
        assert "what degree do i need" in talk.shown.casefold()


async def test_a_suggestion_is_picked_by_its_number(chat: Any) -> None:
    async with chat(opener=open_assistant) as talk:
        await talk.say("what degree do I need")
        wanted = talk.screen.session.last.reply.suggestions[0].intent
        await talk.say("1")
        assert talk.screen.session.last.reply.intents == (wanted,)


async def test_a_bare_topic_offers_choices_and_none_of_them_can_be_said(chat: Any) -> None:
    async with chat(opener=open_assistant) as talk:
        await talk.say("manager")
        assert talk.screen.session.last.reply.kind == "clarify"
        await talk.say("0")
        assert talk.screen.session.last.reply.kind == "decline"


async def test_browsing_reaches_an_answer_whatever_was_said_before(chat: Any) -> None:
    async with chat(opener=open_assistant) as talk:
        await talk.say("manager")
        await talk.say("/topics")
        await talk.say("2")
        key, label = talk.rows[-2]
        await talk.say(key)
        assert talk.screen.session.last.reply.kind == "answer"
        assert talk.questions[-1] == label


def test_every_answer_of_the_pack_can_be_browsed_to() -> None:
    pack, _ = open_assistant()
    opened = [choice.target for choice in category_choices(pack)]
    shown = [
        choice.target
        for category in opened
        for choice in question_choices([intent for intent in pack.browsable if intent.category == category])[:-1]
    ]
    assert sorted(shown) == sorted(intent.id for intent in pack.browsable)


@pytest.mark.parametrize(
    "text",
    ["how do I bake a cake", "the", "🩻", "a" * 5000, "\x1b[31m", "\ud800", "[/]"],
    ids=lambda text: ascii(text)[:24],
)
async def test_what_is_no_question_gets_no_answer(chat: Any, text: str) -> None:
    async with chat(opener=open_assistant) as talk:
        await talk.say(text)
        assert talk.screen.session.last.reply.kind == "decline"
