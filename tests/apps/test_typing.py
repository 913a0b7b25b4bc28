"""Type-ahead, several lines, and the search in what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events

from dimchat.apps.base.find_questions import QuestionFinder
from dimchat.apps.chat.prompt import History
from dimchat.apps.chat.turn import ChoiceRow
from dimchat.model import Phrase, Place
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.model import Pack

WORDS = catalogue_of("en")

SEARCH_HINT = WORDS("chat.search_hint", take="enter", leave="esc")
SEARCH_NONE = WORDS("chat.search_none", leave="esc")


@pytest.fixture
def pack(pack: Pack) -> Pack:
    first, *rest = pack.intents
    place = Place("intents/role.yaml")
    phrases = (Phrase("tell me what they do all day", place), Phrase("tell me their job", place))
    object.__setattr__(pack, "intents", (first._replace(phrases=phrases), *rest))
    return pack


async def test_what_may_follow_stands_behind_the_cursor(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.press(*"WHAT", "space", "d", "e")
        assert "WHAT degree do I need?" in talk.shown
        assert talk.screen.prompt.value == "WHAT de"


@pytest.mark.parametrize("key", ["right", "tab"])
async def test_a_key_takes_it(chat: Any, key: str) -> None:
    async with chat() as talk:
        await talk.press(*"what", "space", "d", "e", key)
        assert talk.screen.prompt.value == "what degree do I need?"
        assert talk.screen.prompt.has_focus


async def test_enter_asks_only_what_was_typed(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.press(*"what", "space", "d", "e", "enter")
        assert assistant.asked[-1][0] == "what de"
        assert talk.screen.prompt.value == ""


async def test_nothing_is_offered_inside_the_words(chat: Any) -> None:
    async with chat() as talk:
        await talk.press(*"what", "space", "d", "e", "left")
        assert "degree do I need?" not in talk.shown
        await talk.press("tab")
        assert isinstance(talk.app.focused, ChoiceRow)


async def test_commands_go_on_too(chat: Any) -> None:
    async with chat() as talk:
        await talk.press(*"/so", "right")
        assert talk.screen.prompt.value == "/sources"


def test_titles_come_before_phrases_and_the_shortest_phrase_first(pack: Pack) -> None:
    ahead = QuestionFinder(pack)
    assert ahead.rest("tell") == " me their job"
    assert ahead.rest("what does") == " a manager do?"
    assert [ahead.rest(typed) for typed in ("", "w", "wh", "xyz", "what does a manager do?", "tell\nme")] == [""] * 6


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_words_can_be_looked_up(pack: Pack, typed: str) -> None:
    rest = QuestionFinder(pack).rest(typed)
    assert not rest or typed[0] == "/" or any((typed + rest).casefold() == i.title.casefold() for i in pack.intents)


def type_at_once(talk: Any, *keys: str) -> None:
    """Send keys as a terminal does that has them all at the same time: none waits for what the one before does."""
    for key in keys:
        talk.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_key_works_before_what_is_typed_right_behind_it(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        type_at_once(talk, *"old", "ctrl+u", *"first", "enter", *"renew", "home", "x", "enter", *"what", "left", "y")
        await talk.settle()
        assert [text for text, _ in assistant.asked] == ["first", "xrenew"]
        assert talk.screen.prompt.value == "whayt"


@pytest.mark.parametrize(("keys", "left"), [(("ctrl+u",), ""), (("left", "ctrl+u"), "d"), (("ctrl+u", "ctrl+k"), "")])
async def test_a_long_line_is_deleted_at_once(chat: Any, keys: tuple[str, ...], left: str) -> None:
    async with chat((60, 20)) as talk:
        talk.screen.prompt.value = "word " * 500 + "word"
        await talk.press(*keys)
        assert talk.screen.prompt.value == left


async def test_ctrl_k_deletes_to_the_end_of_a_line_then_the_line(chat: Any) -> None:
    async with chat() as talk:
        talk.screen.prompt.value = "one two\nthree"
        await talk.press("up", "home", "right", "ctrl+k")
        assert talk.screen.prompt.value == "o\nthree"
        await talk.press("ctrl+k")
        assert talk.screen.prompt.value == "three"


async def test_what_was_offered_is_taken_before_what_is_typed_right_behind_it(chat: Any) -> None:
    async with chat() as talk:
        await talk.press(*"what", "space", "d", "e")
        type_at_once(talk, "tab", "!")
        await talk.settle()
        assert talk.screen.prompt.value == "what degree do I need?!"


@pytest.mark.parametrize("key", ["ctrl+j", "alt+enter", "shift+enter"])
async def test_a_key_adds_a_line(chat: Any, assistant: Any, key: str) -> None:
    async with chat((60, 20)) as talk:
        await talk.press(*"one", key, *"two")
        assert talk.screen.prompt.value == "one\ntwo"
        assert talk.screen.prompt.size.height == 2
        await talk.press("up", "x", "enter")
        assert assistant.asked[-1][0] == "onex\ntwo"
        rows = talk.shown.splitlines()
        at = next(i for i, row in enumerate(rows) if "onex" in row)
        assert "two" in rows[at + 1]


async def test_many_lines_leave_room_for_the_conversation(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        talk.screen.prompt.value = "line\n" * 50
        await talk.settle()
        assert talk.screen.prompt.region.height <= 5
        assert talk.screen.conversation.region.height >= 8


async def test_search_finds_what_was_asked_and_enter_takes_it_without_asking(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        for text in ("renew my card", "what degree", "renew the other"):
            await talk.say(text)
        asked = len(assistant.asked)
        await talk.press("ctrl+r")
        assert SEARCH_HINT in talk.shown
        await talk.press(*"renew")
        await talk.press("ctrl+r", "enter")
        assert talk.screen.prompt.value == "renew my card"
        assert len(assistant.asked) == asked
        assert SEARCH_HINT not in talk.shown


async def test_escape_gives_the_draft_back(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.press(*"dra", "ctrl+r")
        assert SEARCH_NONE in talk.shown
        await talk.press("f", "escape")
        assert talk.screen.prompt.value == "dra"
        assert SEARCH_NONE not in talk.shown


def test_history_finds_all_words_latest_first_and_each_once() -> None:
    history = History()
    for text in ("a b", "b c", "a b", "c a"):
        history.add(text)
    assert history.find("A") == ["c a", "a b"]
    assert history.find("b a") == ["a b"]
    assert history.find("") == ["c a", "a b", "b c"]
    assert history.find("x") == []
