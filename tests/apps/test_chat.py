"""What a visitor reads and types, at three sizes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.content import Content
from textual.widget import Widget

from dimchat.apps.base.prompt import LONGEST_PASTE, Prompt
from dimchat.apps.base.text_widget import PROMPT, Flow, Question, visible
from dimchat.apps.chat import ChatApp
from dimchat.apps.chat.pages import SourcesScreen
from dimchat.apps.chat.turn import Answer, ChoiceRow
from dimchat.model import Context, Reply
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = catalogue_of("en")
WIDEST_TEXT = 75


def shown(app: ChatApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001


def visible_widgets(root: Widget) -> Iterator[Widget]:
    for widget in root.walk_children(Widget):
        if widget.display and widget.region:
            yield widget


async def test_it_opens_on_a_welcome_with_every_category_that_holds_something(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        assert "Diagnostic Imaging Manager" in talk.shown.splitlines()[0]
        welcome = " ".join(row.strip(" ▌") for row in talk.shown.splitlines())
        assert catalogue_of("en")("chat.welcome", title="Diagnostic Imaging Manager") in welcome
        assert talk.rows == [("1", "The job"), ("2", "Getting in"), ("3", "Credentials"), ("4", "Pay and outlook")]
        assert "Nothing here" not in talk.shown


async def test_an_answer_stands_with_its_sources_under_the_visitors_words(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        assert talk.questions == ["what degree do i need"]
        answer = " ".join(talk.answers[0].split())
        assert "some jobs ask for a" in answer
        assert "[1] Breaking into Diagnostic Imaging Management · Jobya" in answer
        assert "[2] Medical and Health Services Managers" in answer
        assert "reviewed 2026-11-24" in answer
        assert "**" not in answer


async def test_nothing_is_wider_than_the_screen_and_the_prompt_stays_in_sight(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        await talk.say("/more")
        await talk.say("renew")
        assert talk.screen.conversation.max_scroll_x == 0
        assert all(widget.region.right <= size[0] for widget in visible_widgets(talk.screen))
        texts = [widget for widget in talk.screen.conversation.query(Flow) if widget.display]
        assert max(Content(row).cell_length for w in texts for row in w.plain.split("\n")) <= WIDEST_TEXT
        assert talk.screen.prompt.region.bottom == size[1] - 1
        assert talk.screen.prompt.region.width > 40


async def test_a_resize_sets_the_text_anew(chat: Any) -> None:
    async with chat((200, 60)) as talk:
        await talk.say("what degree do i need")
        await talk.pilot.resize_terminal(60, 20)
        await talk.settle()
        assert all(widget.region.right <= 60 for widget in visible_widgets(talk.screen))
        assert max(len(row) for row in talk.answers[0].split("\n")) <= 55


async def test_the_end_stays_in_view_through_a_resize(chat: Any) -> None:
    async with chat((120, 40)) as talk:
        await talk.say("renew")
        await talk.say("what degree do i need")
        for size in ((60, 20), (100, 24), (80, 60), (60, 21)):
            await talk.pilot.resize_terminal(*size)
            await talk.settle()
            assert "How much does a manager earn?" in talk.shown


async def test_the_new_turn_is_in_view(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        for _ in range(4):
            await talk.say("what degree do i need")
        conversation = talk.screen.conversation
        last = talk.screen.query(Answer).last()
        assert conversation.scrollable_content_region.contains_region(last.region)
        assert list(talk.screen.query(ChoiceRow))[-1].region.bottom <= conversation.region.bottom


async def test_clicks_and_scrolling_leave_the_focus_in_the_prompt(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        await talk.pilot.click(Answer, offset=(5, 0))
        await talk.pilot.click("Conversation")
        await talk.pilot.click("Title", offset=(3, 0))
        await talk.press("pageup", "ctrl+home", "ctrl+end", "pagedown")
        assert isinstance(talk.app.focused, Prompt)


async def test_up_and_down_bring_back_what_was_asked_and_the_draft(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("what degree")
        await talk.press("a", "up")
        assert talk.screen.prompt.value == "what degree"
        await talk.press("up", "up")
        assert talk.screen.prompt.value == "renew"
        await talk.press("down", "down")
        assert talk.screen.prompt.value == "a"


async def test_the_whole_text_is_a_command_away_and_goes_again(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        assert "healthcare administration" not in talk.answers[0]
        await talk.say("/more")
        assert "• healthcare administration" in talk.answers[0]
        assert "1. Start early." in talk.answers[0]
        await talk.say("/more")
        assert "healthcare administration" not in talk.answers[0]


async def test_the_whole_text_opens_under_what_was_read(chat: Any) -> None:
    async with chat((60, 20)) as talk:
        await talk.say("what degree do i need")
        before = talk.screen.conversation.scroll_offset, talk.screen.query(Answer).last().region.offset
        await talk.say("/more")
        assert (talk.screen.conversation.scroll_offset, talk.screen.query(Answer).last().region.offset) == before


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_more_typed_key_by_key_keeps_the_place_as_a_click_does(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        for message in ("bake", "renew", "what degree do i need"):
            await talk.say(message)
        before = talk.screen.query(Answer).last().region.offset
        await talk.press("slash", *"more", "enter")
        assert "healthcare administration" in talk.answers[-1]
        assert talk.screen.query(Answer).last().region.offset == before
        await talk.press("slash")  # the hints take rows away, and give them back
        await talk.press("backspace")
        assert talk.screen.query(Answer).last().region.offset == before


async def test_the_word_more_can_be_clicked(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        rows = talk.answers[0].split("\n")
        assert await talk.pilot.click(Answer, offset=(rows[-1].index("more") + 3, len(rows) - 1))
        await talk.settle()
        assert "healthcare administration" in talk.answers[0]
        assert isinstance(talk.app.focused, Prompt)


async def test_a_number_in_the_text_shows_its_source(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        rows = talk.answers[0].split("\n")
        await talk.pilot.click(Answer, offset=(rows[1].index("[2]") + 3, 1))
        await talk.settle()
        assert isinstance(talk.app.screen, SourcesScreen)
        assert "https://example.org/bls" in talk.shown
        assert "https://example.org/guide" not in talk.shown


async def test_an_answer_past_its_review_says_so(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("2")
        assert "due for review since 2025-01-01" in talk.answers[-1]


async def test_a_paste_keeps_its_lines_and_asks_nothing_by_itself(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await paste(talk, "what degree\r\n\r\ndo I need\x1b[31m?\n")
        assert talk.screen.prompt.value == "what degree\ndo I need␛[31m?"
        assert assistant.asked == []


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("What is the CRA?\n2) how do I renew it\n- cra cost", ["What is the CRA?", "how do I renew it", "cra cost"]),
        ("what degree do i\nneed to be a manager of imaging", ["what degree do i\nneed to be a manager of imaging"]),
        ("I run a CT room.\nWhat does a manager do?", ["I run a CT room.\nWhat does a manager do?"]),
    ],
    ids=["a list", "a paragraph", "a story"],
)
async def test_a_pasted_list_is_asked_line_by_line_and_a_paragraph_as_one(
    chat: Any, assistant: Any, pasted: str, asked: list[str]
) -> None:
    async with chat() as talk:
        await paste(talk, pasted)
        await talk.press("enter")
        assert [text for text, _ in assistant.asked] == asked
        assert talk.questions[-1] == visible(asked[-1])


async def test_a_huge_paste_is_cut(chat: Any) -> None:
    async with chat() as talk:
        await paste(talk, "a" * 200_000)
        assert len(talk.screen.prompt.value) == LONGEST_PASTE


async def paste(talk: Any, text: str) -> None:
    talk.screen.prompt.post_message(events.Paste(text))
    await talk.settle()


async def test_a_long_silence_forgets_the_context(chat: Any, assistant: Any) -> None:
    now = [0.0]
    async with chat(clock=lambda: now[0]) as talk:
        await talk.say("renew")
        now[0] += 60
        await talk.say("what degree")
        assert assistant.asked[-1][1].options
        now[0] += 3600
        await talk.say("bake a cake")
        assert assistant.asked[-1][1] == Context(turn=2)


async def test_what_is_typed_while_loading_is_answered_after_it(pack: Any, assistant: Any) -> None:
    gate = threading.Event()

    def slowly() -> Any:
        gate.wait(10)
        return pack, assistant

    app = ChatApp(slowly)
    async with app.run_test() as pilot:
        app.chat.prompt.value = "what degree do i need"
        await pilot.press("enter")
        gate.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [question.text for question in app.chat.query(Question)] == ["what degree do i need"]
        assert len(app.chat.query(Answer)) == 1


async def test_a_slow_start_says_what_it_does_and_what_was_typed_meanwhile(
    pack: Any, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.apps.chat.screen.SOON", 0.01)
    gate = threading.Event()

    def slowly() -> Any:
        gate.wait(10)
        return pack, assistant

    app = ChatApp(slowly)
    async with app.run_test() as pilot:
        while not app.chat.conversation.entries:
            await pilot.pause()
        assert WORDS("chat.reading") in shown(app)
        app.chat.prompt.value = "what degree do i need"
        await pilot.press("enter")
        await pilot.pause()
        assert f"{PROMPT} what degree do i need" in shown(app)
        gate.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert WORDS("chat.reading") not in shown(app)
        assert len(app.chat.query(Answer)) == 1


async def test_small_talk_about_the_last_answer_is_shown_whole(chat: Any, assistant: Any) -> None:
    long = "All of it. " * 60
    reply = Reply("more", "smalltalk", ("conversation.more",), short="Short.", text=long)
    assistant.ask = lambda text, context: (reply._replace(question=text), context)
    async with chat() as talk:
        await talk.say("tell me more")
        assert talk.answers[0].split() == long.split()
