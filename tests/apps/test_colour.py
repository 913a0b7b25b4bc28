"""NO_COLOR: nothing but the terminal's own colours, and everything can still be told apart."""

from __future__ import annotations

from typing import Any

import pytest

from dimchat.apps.chat import ChatApp, run_chat


@pytest.fixture
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def segments(talk: Any) -> list[Any]:
    strips = talk.app.screen._compositor.render_strips()  # noqa: SLF001
    inside = [strip.crop(0, talk.app.size.width - 1) for strip in strips]  # the scrollbar is drawn reversed
    return [segment for strip in inside for segment in strip if segment.style]


def reversed_text(talk: Any) -> str:
    return "".join(segment.text for segment in segments(talk) if segment.style.reverse)


@pytest.mark.usefixtures("no_color")
async def test_no_colour_is_asked_of_the_terminal(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        named = {colour.name for s in segments(talk) for colour in (s.style.color, s.style.bgcolor) if colour}
        assert named <= {"default"}


@pytest.mark.usefixtures("no_color")
async def test_question_and_answer_differ_without_colour(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        rows = [row.strip() for row in talk.shown.splitlines()]
        assert any(row.startswith("what degree") and row.endswith("you") for row in rows)
        assert any(row.startswith("▌ A bachelor") for row in rows)


@pytest.mark.usefixtures("no_color")
async def test_the_cursor_and_the_lit_choice_stand_out_without_colour(chat: Any) -> None:
    async with chat() as talk:
        assert reversed_text(talk) == "A"
        await talk.press("tab")
        assert "The job" in reversed_text(talk)


async def test_colour_is_there_otherwise(chat: Any) -> None:
    async with chat() as talk:
        assert {"#63b3cf"} & {segment.style.color.name for segment in segments(talk) if segment.style.color}


@pytest.mark.parametrize(("value", "without"), [("", False), ("1", True)])
def test_an_empty_no_color_means_colour(monkeypatch: pytest.MonkeyPatch, value: str, without: bool) -> None:  # noqa: FBT001 - a parameter
    monkeypatch.setenv("NO_COLOR", value)
    seen: list[bool] = []
    monkeypatch.setattr(ChatApp, "run", lambda app: seen.append(app.no_color))
    run_chat(lambda: pytest.fail("never opened"))
    assert seen == [without]


@pytest.mark.parametrize(
    ("system", "background"), [("standard", "#000000"), ("256", "#14181d"), ("truecolor", "#14181d")]
)
async def test_a_terminal_of_sixteen_colours_gets_themes_of_its_own(
    chat: Any, monkeypatch: pytest.MonkeyPatch, system: str, background: str
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    async with chat() as talk:
        assert talk.app.current_theme.background == background
