"""Keys for every answer that was given: more, copy, why, sources."""

from __future__ import annotations

from typing import Any

import pytest

from dimchat.apps.base.prompt import Prompt
from dimchat.apps.chat import Settings
from dimchat.apps.chat.pages import SourcesScreen, WhyScreen
from dimchat.apps.chat.turn import Answer

SIZES = [(60, 20), (80, 24), (120, 40)]


async def talked(talk: Any) -> None:
    for message in ("what degree do i need", "bake", "renew"):
        await talk.say(message)


def lit(talk: Any) -> str:
    return talk.app.focused.turn.said if isinstance(talk.app.focused, Answer) else ""


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("key", ["ctrl+g", "alt+up"])
async def test_a_key_lights_the_last_answer_and_the_arrows_go_on(chat: Any, size: tuple[int, int], key: str) -> None:
    async with chat(size) as talk:
        await talked(talk)
        await talk.press(key)
        assert lit(talk) == "renew"
        await talk.press("up")
        assert lit(talk) == "bake"
        await talk.press(key)
        assert lit(talk) == "what degree do i need"
        assert talk.app.focused.region.y >= talk.screen.conversation.region.y
        await talk.press("up")
        assert lit(talk) == "what degree do i need"
        await talk.press("down", "down", "down")
        assert isinstance(talk.app.focused, Prompt)


async def test_an_earlier_answer_is_opened_copied_and_explained_by_key(chat: Any) -> None:
    async with chat(settings=Settings(side_panel=False)) as talk:
        await talked(talk)
        await talk.press("ctrl+g", "up", "up", "enter")
        assert "healthcare administration" in talk.app.focused.plain
        await talk.press("enter")
        assert "healthcare administration" not in talk.app.focused.plain
        await talk.press("c")
        assert "A bachelor's degree" in talk.app.clipboard
        await talk.press("w")
        assert isinstance(talk.app.screen, WhyScreen)
        assert "what degree do i need" in talk.shown
        await talk.press("escape", "s")
        assert isinstance(talk.app.screen, SourcesScreen)
        await talk.press("escape", "escape")
        assert isinstance(talk.app.focused, Prompt)


async def test_an_answer_offers_only_what_it_has(chat: Any) -> None:
    async with chat((120, 40)) as talk:
        await talked(talk)
        await talk.press("ctrl+g")
        assert "enter more" not in talk.shown
        assert "c copy" in talk.shown
        await talk.press("up", "up")
        assert "enter more" in talk.shown
        assert "s sources" in talk.shown


async def test_what_is_typed_while_an_answer_is_lit_goes_to_the_prompt(chat: Any) -> None:
    async with chat() as talk:
        await talked(talk)
        await talk.press("ctrl+g", "h", "o", "w")
        assert talk.screen.prompt.value == "how"
        assert isinstance(talk.app.focused, Prompt)


async def test_there_is_nothing_to_light_before_anything_was_asked(chat: Any) -> None:
    async with chat() as talk:
        assert "ctrl+g" not in talk.shown
        await talk.press("ctrl+g")
        assert isinstance(talk.app.focused, Prompt)


async def test_an_answer_far_above_comes_back_to_be_lit(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        for _ in range(20):
            await talk.screen.submit("/topics")
        await talk.settle()
        await talk.press("ctrl+g")
        assert lit(talk) == "what degree do i need"
        assert "A bachelor's degree" in talk.shown


async def test_the_footer_leaves_the_key_out_where_not_all_have_room(chat: Any) -> None:
    for width, there in ((60, False), (80, True)):
        async with chat((width, 24)) as talk:
            await talk.say("what degree do i need")
            assert ("ctrl+g answers" in talk.shown) is there
            assert "ctrl+q quit" in talk.shown
