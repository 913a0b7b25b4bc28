"""A long conversation: only what is near the window has widgets, and nothing is ever missing from sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.apps.chat.pages import SourcesScreen
from dimchat.apps.chat.turn import Answer, Block

if TYPE_CHECKING:
    import pytest

TURNS = 20


async def converse(talk: Any, turns: int = TURNS) -> None:
    for number in range(turns):
        await talk.screen.submit(f"degree {number:02}")
    await talk.settle()


def blocks(talk: Any) -> int:
    return len(talk.screen.query(Block))


async def test_old_turns_have_no_widgets_and_come_back_when_scrolled_to(chat: Any) -> None:
    async with chat() as talk:
        await converse(talk)
        assert blocks(talk) < 15
        assert "degree 19" in talk.shown
        seen = set()
        for _ in range(30):
            seen |= {number for number in range(TURNS) if f"degree {number:02}" in talk.shown}
            await talk.press("pageup")
            assert blocks(talk) < 20
        assert seen == set(range(TURNS))
        assert "The job" in talk.shown or "This is “" in talk.shown
        await talk.press("ctrl+end")
        assert "degree 19" in talk.shown


async def test_every_row_of_the_way_up_is_filled(chat: Any) -> None:
    async with chat() as talk:
        await converse(talk)
        for _ in range(12):
            await talk.press("pageup")
            rows = talk.shown.splitlines()[3:-4]
            longest = max(
                len(gap) for gap in "".join("x" if row.strip(" ▁▂▃▄▅▆▇█") else "." for row in rows).split("x")
            )
            assert longest <= 2, talk.shown


async def test_the_beginning_is_a_key_away_and_the_choices_still_count(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await converse(talk)
        await talk.press("ctrl+home")
        assert "This is “Diagnostic" in talk.shown
        assert "degree 00" in talk.shown
        await talk.say("1")
        assert assistant.asked[-1][0] == "1"
        assert "What experience do I need?" in talk.shown
        assert "About manager.experience." in talk.shown
        assert blocks(talk) < 15


async def test_tab_lights_a_choice_also_from_the_beginning(chat: Any) -> None:
    async with chat() as talk:
        await converse(talk)
        await talk.press("ctrl+home", "tab")
        assert talk.app.focused.choice.key == "1"


async def test_an_opened_text_is_still_open_when_it_comes_back(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("degree 00")
        await talk.say("/more")
        await converse(talk)
        await talk.press("ctrl+home", "pagedown")
        assert "healthcare administration" in talk.screen.query(Answer).first().plain


async def test_more_finds_the_answer_that_has_no_widgets_now(chat: Any) -> None:
    async with chat((80, 24)) as talk:
        await talk.say("degree 00")
        for _ in range(30):
            await talk.screen.submit("/topics")
        await talk.settle()
        assert talk.answers == []
        await talk.say("/more")
        await talk.settle()
        assert "healthcare administration" in talk.shown


async def test_an_old_citation_still_leads_to_its_own_source(chat: Any) -> None:
    async with chat() as talk:
        await converse(talk, 12)
        await talk.press("ctrl+home")
        answer = talk.screen.query(Answer).first()
        rows = answer.plain.split("\n")
        await talk.pilot.click(answer, offset=(rows[1].index("[2]") + 3, 1))
        await talk.settle()
        assert isinstance(talk.app.screen, SourcesScreen)
        assert "https://example.org/bls" in talk.shown


async def test_a_resize_at_the_beginning_keeps_the_beginning(chat: Any) -> None:
    async with chat((120, 40)) as talk:
        await converse(talk)
        await talk.press("ctrl+home")
        await talk.pilot.resize_terminal(60, 20)
        await talk.settle()
        assert "This is “Diagnostic" in " ".join(talk.shown.split())
        for _ in range(3):
            await talk.press("ctrl+end")
        assert "How much does a manager earn?" in talk.shown


async def test_no_frame_between_the_key_and_the_answer_loses_what_was_there(
    chat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat() as talk:
        await converse(talk, 8)
        frames: list[str] = []
        display = type(talk.app)._display  # noqa: SLF001

        def recording(app: Any, screen: Any, renderable: Any) -> None:
            display(app, screen, renderable)
            frames.append(talk.shown)

        monkeypatch.setattr(type(talk.app), "_display", recording)
        await talk.say("renew")
        assert len(frames) > 1
        assert [frame for frame in frames if "Medical and Health Services" not in frame] == []
        assert [frame for frame in frames if frame.count("A bachelor's degree") < 1] == []
