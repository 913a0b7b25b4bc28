"""The chat over the bundled pack and the real assistant."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dimchat import render
from dimchat.apps.base.offered import body_of, category_choices, question_choices
from dimchat.apps.base.reply_lines import lines_of
from dimchat.apps.base.session import Session
from dimchat.apps.base.text_widget import lay
from dimchat.cli import plain
from dimchat.index import open_assistant
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack
    from dimchat.reply import Reply


def opened() -> tuple[Pack, Assistant]:
    assistant = open_assistant()
    return assistant.pack, assistant


async def test_a_question_is_answered_with_its_sources(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size, opener=opened) as talk:
        await talk.say("what degree do I need")
        turn = talk.screen.session.last
        assert turn.reply.kind == "answer"
        assert "[1]" in talk.answers[0]
        assert talk.screen.conversation.max_scroll_x == 0
        await talk.say("/why")
        assert "what degree do i need" in talk.shown.casefold()


async def test_a_suggestion_is_picked_by_its_number(chat: Any) -> None:
    async with chat(opener=opened) as talk:
        await talk.say("what degree do I need")
        wanted = talk.screen.session.last.reply.suggestions[0].intent
        await talk.say("1")
        assert talk.screen.session.last.reply.intents == (wanted,)


async def test_a_bare_word_offers_choices_and_none_of_them_can_be_said(chat: Any) -> None:
    async with chat(opener=opened) as talk:
        await talk.say("exam")
        assert talk.screen.session.last.reply.kind == "clarify"
        await talk.say("0")
        assert talk.screen.session.last.reply.kind == "decline"


async def test_browsing_reaches_an_answer_whatever_was_said_before(chat: Any) -> None:
    async with chat(opener=opened) as talk:
        await talk.say("manager")
        await talk.say("/topics")
        await talk.say("2")
        key, label = talk.rows[-2]
        await talk.say(key)
        assert talk.screen.session.last.reply.kind == "answer"
        assert talk.questions[-1] == label


def test_every_answer_of_the_pack_can_be_browsed_to() -> None:
    pack, words = open_assistant().pack, catalogue_of("en")
    opened = [choice.target for choice in category_choices(pack)]
    shown = [
        choice.target
        for category in opened
        for choice in question_choices([intent for intent in pack.browsable if intent.category == category], words)[:-1]
    ]
    assert sorted(shown) == sorted(intent.id for intent in pack.browsable)


@pytest.mark.parametrize(
    "text",
    ["how do I bake a cake", "the", "🩻", "a" * 5000, "\x1b[31m", "\ud800", "[/]"],
    ids=lambda text: ascii(text)[:24],
)
async def test_what_is_no_question_gets_no_answer(chat: Any, text: str) -> None:
    async with chat(opener=opened) as talk:
        await talk.say(text)
        assert talk.screen.session.last.reply.kind == "decline"


TALK = [
    "what degree do I need",
    "more",
    "what is the CRA",
    "how do i renew it",
    "manager",
    "1",
    "0",
    "weather",
    "thanks",
]


def spoken(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def under_title(words: list[str], reply: Reply) -> list[str]:
    """Return the words of a reply without its title, which stands beside the answer on the screen."""
    title = spoken(reply.under)
    return words[len(title) :] if words[: len(title)] == title else words


def test_the_same_conversation_gives_the_same_words_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = open_assistant()
    pack = assistant.pack
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(TALK)))
    plain.chat(pack, assistant, lambda: date(2026, 11, 24))
    blocks = re.split(r"^You: .*$", capsys.readouterr().out, flags=re.MULTILINE)[1:]
    session = Session(pack, assistant, lambda: 0.0)
    for text, block in zip(TALK, blocks, strict=True):
        reply = session.say(text).reply
        on_the_screen = spoken(lay(lines_of(body_of(reply, whole=False)), 75).plain)
        assert under_title(spoken(block.removeprefix("\ndimchat:")), reply)[: len(on_the_screen)] == on_the_screen
        for title in [option.title for option in reply.options] or [each.title for each in reply.suggestions]:
            assert title in " ".join(block.split())


def test_every_answer_says_the_same_in_plain_text_and_on_the_screen() -> None:
    assistant = open_assistant()
    pack = assistant.pack
    session = Session(pack, assistant, lambda: 0.0)
    different = []
    for intent in pack.browsable:
        reply = session.pick(intent.id, intent.title).reply
        on_the_screen = spoken(lay(lines_of(body_of(reply, whole=True)), 75).plain)
        in_plain = under_title(spoken(render.to_plain(reply, pack)), reply)
        if in_plain[: len(on_the_screen)] != on_the_screen:
            different.append(intent.id)
    assert different == []
