"""The questions nearest to what is being typed stand below it, and no key is taken from typing."""

from __future__ import annotations

from typing import Any

import pytest

from dimchat.apps.base.find_questions import QuestionFinder
from dimchat.apps.base.prompt import Prompt
from dimchat.model import Suggestion

from .conftest import TITLES, make_pack

FOUND = ("cra.renewal", "arrt.renewal")


@pytest.fixture(autouse=True)
def nearest(assistant: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the assistant tell what is near, and keep what it was asked; `typed` looks, no pause does."""
    asked: list[str] = []

    def near(text: str) -> tuple[Suggestion, ...]:
        asked.append(text)
        return tuple(Suggestion(i, TITLES[i]) for i in FOUND) if "ren" in text else ()

    assistant.near = near
    monkeypatch.setattr("dimchat.apps.base.find_questions.PAUSE", 60)
    return asked


def shown(talk: Any) -> list[str]:
    return [one.title for one in talk.screen.near.found] if talk.screen.near.display else []


async def typed(talk: Any, *keys: str) -> None:
    await talk.press(*keys)
    before = talk.screen.prompt.value, talk.screen.near.lit
    if before[0] and not before[1]:
        talk.screen.look()
        await talk.settle()


async def test_the_nearest_stand_below_what_is_typed(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await typed(talk, *"ren")
        assert shown(talk) == [TITLES[i] for i in FOUND]
        near, prompt = talk.screen.near.region, talk.screen.prompt.region
        assert near.y >= prompt.bottom
        await typed(talk, "backspace")
        assert shown(talk) == []


async def test_every_key_still_types_and_enter_asks_what_was_typed(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await typed(talk, *"ren1")
        await talk.press("up", "enter")
        assert assistant.asked[-1][0] == "ren1"
        assert shown(talk) == []


async def test_down_lights_and_enter_takes(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await typed(talk, *"ren")
        await talk.press("down", "down", "down", "up", "down")
        assert isinstance(talk.app.focused, Prompt)
        assert talk.shown.count("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} How do I renew my ARRT") == 1
        await talk.press("enter")
        assert assistant.asked[-1][0] == "1"
        assert talk.questions[-1] == TITLES["arrt.renewal"]
        assert (talk.screen.prompt.value, shown(talk)) == ("", [])


@pytest.mark.parametrize("keys", [("up",), ("escape",), ("x", "backspace")])
async def test_what_was_lit_is_let_go(chat: Any, assistant: Any, keys: tuple[str, ...]) -> None:
    async with chat() as talk:
        await typed(talk, *"ren")
        await talk.press("down")
        assert talk.screen.near.lit
        await talk.press(*keys)
        assert not talk.screen.near.lit
        await talk.press("enter")
        assert assistant.asked[-1][0] == "ren"


async def test_down_goes_forward_in_what_was_asked_first(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("degree")
        await typed(talk, *"ren")
        await talk.press("up")
        assert talk.screen.prompt.value == "degree"
        await typed(talk, "down")
        assert (talk.screen.prompt.value, talk.screen.near.lit) == ("ren", False)
        await talk.press("down")
        assert talk.screen.near.lit


async def test_a_click_takes(chat: Any) -> None:
    async with chat() as talk:
        await typed(talk, *"ren")
        await talk.pilot.click(talk.screen.near, offset=(8, 1))
        await talk.settle()
        assert talk.questions[-1] == TITLES["arrt.renewal"]


@pytest.mark.parametrize("text", ["re", "/ren", "  "])
async def test_nothing_is_looked_for_in_what_is_no_question(chat: Any, nearest: list[str], text: str) -> None:
    async with chat() as talk:
        await typed(talk, *("slash" if key == "/" else "space" if key == " " else key for key in text))
        assert (nearest, shown(talk)) == ([], [])


async def test_an_assistant_that_cannot_tell_is_no_fault(chat: Any, assistant: Any) -> None:
    del assistant.near
    async with chat() as talk:
        await typed(talk, *"ren")
        assert shown(talk) == []


@pytest.mark.parametrize(
    ("begun", "whole"),
    [("what degr", "what degree"), ("what degree", "what degree"), ("xylo", "xylo"), ("de", "de"), ("", "")],
)
def test_an_unfinished_word_is_finished_by_a_word_of_the_pack(begun: str, whole: str) -> None:
    assert QuestionFinder(make_pack()).completed(begun) == whole
