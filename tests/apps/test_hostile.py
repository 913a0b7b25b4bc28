"""Text that tries to be more than text is shown as it is, and nothing breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.apps.base.text_widget import LONGEST, visible
from dimchat.apps.chat.turn import Answer
from dimchat.model import Option, Reply, Suggestion

HOSTILE = [
    "[bold]markup[/]",
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m",
    "\x00\x01\x7f\x9b31m",
    "\ud800 alone",
    "👩\u200d🔬 🩻",
    "\u202eright to left",
    "a" * 5000,
    "# heading",
    "| a | b |",
    "```",
    "[1]: http://example.org",
    "![x](y)",
    "$text $(ls) {x} %s",
    "/",
    "",
    "   ",
]


def name(text: str) -> str:
    return ascii(text)[:24]


def obeyed(text: str) -> list[str]:
    """The characters that a terminal would act upon."""
    return [c for c in text if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000)]


@pytest.mark.parametrize("text", HOSTILE, ids=name)
async def test_what_a_visitor_says_is_shown_literally(chat: Any, text: str) -> None:
    async with chat() as talk:
        await talk.say(text)
        assert obeyed(talk.shown) == []
        if text.strip() and text != "/":
            assert talk.questions == [visible(text)]
            assert "I have no answer to that." in talk.shown


@pytest.mark.parametrize("text", HOSTILE[:-4], ids=name)
async def test_a_reply_and_its_choices_are_shown_literally(chat: Any, assistant: Any, text: str) -> None:
    reply = Reply(
        text,
        "clarify",
        text=f"What is {text}?",
        options=(Option(1, "cra.renewal", text),),
        suggestions=(Suggestion("cra.renewal", text),),
    )
    assistant.ask = lambda question, context: (reply._replace(question=question), context)
    async with chat() as talk:
        await talk.say("x")
        assert obeyed(talk.shown) == []
        assert talk.rows[0] == ("1", text)


async def test_markup_in_a_reply_stays_as_written(chat: Any, assistant: Any) -> None:
    assistant.ask = lambda text, context: (Reply(text, "decline", text="Not [bold]this[/] or [/]."), context)
    async with chat() as talk:
        await talk.say("x")
        assert talk.answers[-1].startswith("Not [bold]this[/] or [/].")


async def test_a_pack_full_of_markup_is_shown_literally(chat: Any, pack: Any, assistant: Any) -> None:
    category = pack.categories[0]._replace(title="[bold]job[/]", about="[/]\x1b[2J")
    hostile = replace(pack, title="[/] Title", categories=(category, *pack.categories[1:]))
    async with chat(opener=lambda: (hostile, assistant)) as talk:
        assert "[/] Title" in talk.shown
        assert "[bold]job[/]" in talk.shown
        assert obeyed(talk.shown) == []


@pytest.mark.parametrize("command", ["/why", "/sources"])
async def test_pages_show_markup_literally(chat: Any, command: str) -> None:
    async with chat() as talk:
        await talk.say("degree [bold]x[/] [/]")
        await talk.say(command)
        assert talk.app.screen is not talk.screen


async def test_an_unknown_command_with_markup_is_shown_literally(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("/[bold]x[")
        assert "/[bold]x[" in talk.shown


async def test_a_very_long_message_is_cut_and_says_by_how_much(chat: Any, assistant: Any) -> None:
    async with chat((200, 60)) as talk:
        await talk.say("a" * 5000)
        assert f"and {5000 - LONGEST} more characters" in talk.shown
        assert len(assistant.asked[-1][0]) == 5000
        assert talk.screen.query_one(Answer).region.bottom <= 60


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert obeyed(visible(text)) == []
    assert "\n" not in visible(text)
    visible(text).encode("utf-8")


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert visible(text) == text
