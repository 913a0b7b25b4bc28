"""No dead ends on the screen: titles, how slips were read, the nearest questions and the topics, all in sight."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual.containers import Grid

from dimchat.apps.base.session import Session
from dimchat.apps.chat.turn import ChoiceRow
from dimchat.apps.stand.stage import Said, widgets_of
from dimchat.apps.stand.touch import Pad
from dimchat.cli.plain import Talk
from dimchat.index import open_assistant
from dimchat.journal import NoRecorder
from dimchat.wording import catalogue_of

ASSISTANT = open_assistant()
PACK = ASSISTANT.pack
TODAY = date(2026, 11, 30)
WORDS = catalogue_of("en")
NEAR = 3


async def opened(chat: Any, *messages: str, size: tuple[int, int] = (80, 24)) -> tuple[Any, str, list[str]]:
    """Hold a conversation with the bundled pack; return the rows, the screen, and what of the rows is out of sight."""
    async with chat(size, lambda: (PACK, ASSISTANT)) as talk:
        for message in messages:
            await talk.say(message)
        window = talk.screen.conversation.region
        hidden = [row.choice.label for row in talk.screen.query(ChoiceRow) if row.region.bottom > window.bottom]
        return talk.rows, talk.shown, hidden


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 32)])
async def test_a_second_decline_offers_the_nearest_and_every_topic_within_the_screen(
    chat: Any, size: tuple[int, int]
) -> None:
    rows, _, hidden = await opened(chat, "xyzzy plugh", "plugh xyzzy", size=size)
    assert [key for key, _ in rows] == [str(number) for number in range(1, NEAR + len(PACK.categories) + 1)]
    assert [label for _, label in rows[NEAR:]] == [category.title for category in PACK.categories]
    assert hidden == []


@pytest.mark.parametrize("messages", [(), ("what can you do",), ("restaurant manager salary",)])
async def test_all_that_is_offered_is_within_the_screen(chat: Any, messages: tuple[str, ...]) -> None:
    rows, _, hidden = await opened(chat, *messages)
    assert len(rows) > NEAR
    assert hidden == []


async def test_a_topic_of_a_decline_opens_by_its_number(chat: Any) -> None:
    rows, _, _ = await opened(chat, "xyzzy plugh", "plugh xyzzy", "4")
    first = [intent.title for intent in PACK.browsable if intent.category == PACK.categories[0].id]
    assert [label for _, label in rows][:-1] == first


async def test_an_answer_stands_under_its_title_and_says_how_a_slip_was_read(chat: Any) -> None:
    _, shown, _ = await opened(chat, "how do i become a direcotr", size=(100, 40))
    assert "I read “direcotr” as “director”." in shown
    assert PACK.intent["director.overview"].title in shown


async def test_a_title_that_the_visitor_said_is_not_said_again(chat: Any) -> None:
    title = PACK.intent["cra.overview"].title
    _, shown, _ = await opened(chat, title, size=(100, 40))
    assert shown.count(title) == 1


def test_the_stand_offers_the_nearest_and_the_topics_to_be_touched() -> None:
    session = Session(PACK, ASSISTANT, lambda: 0.0)
    session.say("xyzzy plugh")
    shown = widgets_of(Said(session.say("plugh xyzzy")), session, TODAY, WORDS)
    acts = [widget.act for widget in shown if isinstance(widget, Pad)]
    assert [act[0] for act in acts] == ["ask"] * NEAR + ["open"] * len(PACK.categories) + ["topics"]
    assert not any(isinstance(widget, Grid) for widget in shown)  # rows, as everywhere but on the first screen


def test_the_plain_chat_numbers_the_topics_and_their_questions() -> None:
    talk = Talk(PACK, ASSISTANT, lambda: TODAY, NoRecorder())
    talk.respond("xyzzy plugh")
    assert f"  4 {PACK.categories[0].title}" in talk.respond("plugh xyzzy")
    listed = talk.respond("4")
    first = next(intent for intent in PACK.browsable if intent.category == PACK.categories[0].id)
    assert f"  1 {first.title}" in listed
    assert talk.respond("1").startswith(first.title)
    assert "/why figures" in talk.respond("/why")
    assert "decided" in talk.respond("/why figures")
