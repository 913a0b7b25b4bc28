"""Silence, the warning, and the end of a visit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from dimchat.apps.stand.attract import WarningScreen
from dimchat.errors import UsageError
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit.idle import Idle

UNMODIFIED = (False, False, False)
"""Neither shift nor meta nor ctrl."""


def warned(kiosk: Any) -> bool:
    return isinstance(kiosk.app.screen, WarningScreen)


async def test_after_a_minute_a_warning_stands_for_twenty_seconds_and_then_all_ends(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.wait(59)
        assert not warned(kiosk)
        await kiosk.wait(1)
        assert warned(kiosk)
        assert "erased in 20 seconds" in kiosk.shown
        await kiosk.wait(15)
        assert "erased in 5 seconds" in kiosk.shown
        await kiosk.wait(4.5)
        assert "erased in 1 second." in kiosk.shown
        assert not kiosk.ended
        await kiosk.wait(0.5)
        assert kiosk.app.return_code == 0


async def test_it_can_be_put_off_as_often_as_one_likes(visit: Any) -> None:
    async with visit() as kiosk:
        for _ in range(12):
            await kiosk.wait(60)
            assert warned(kiosk)
            await kiosk.wait(19)
            await kiosk.press("x")
            assert not warned(kiosk)
        assert kiosk.home.prompt.value == ""  # the key that put it off wrote nothing
        assert not kiosk.ended


async def test_a_touch_under_the_warning_touches_nothing_else(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.wait(60)
        await kiosk.touch_at(10, 6)
        assert not warned(kiosk)
        assert kiosk.home.session.turns == []
        assert type(kiosk.home.view).__name__ == "Tiles"


@pytest.mark.parametrize(
    "event",
    [
        events.MouseMove(None, 5, 5, 1, 0, 0, *UNMODIFIED),
        events.MouseScrollDown(None, 5, 5, 0, 0, 0, *UNMODIFIED),
        events.Paste("x"),
        events.Key("a", "a"),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_every_sign_of_life_counts(visit: Any, event: events.Event) -> None:
    async with visit() as kiosk:
        await kiosk.wait(50)
        kiosk.app.post_message(event)
        await kiosk.settle()
        await kiosk.wait(50)
        assert not warned(kiosk)


async def test_a_long_answer_gives_longer(visit: Any) -> None:
    async with visit() as kiosk:
        kiosk.app.idle.reading(300)
        await kiosk.wait(100)
        assert not warned(kiosk)
        await kiosk.wait(20)
        assert warned(kiosk)


async def test_the_clock_runs_under_every_screen(visit: Any, tmp_path: Any) -> None:
    async with visit(pin_file=str(tmp_path / "pin.json")) as kiosk:
        await kiosk.press("f9", "f9", "f9", "f9", "f9")
        assert type(kiosk.app.screen).__name__ == "PinScreen"
        await kiosk.wait(60)
        assert warned(kiosk)
        await kiosk.wait(20)
        assert kiosk.app.return_code == 0


async def test_nobody_is_warned_while_nobody_is_there(visit: Any) -> None:
    async with visit(begun=False) as kiosk:
        await kiosk.wait(10_000)
        assert not warned(kiosk)
        assert not kiosk.ended


def test_too_little_time_is_refused() -> None:
    with pytest.raises(UsageError, match="idle"):
        Settings(idle=3)
    with pytest.raises(UsageError, match="WCAG"):
        Settings(warning=19)


@pytest.mark.parametrize("endless", [float("nan"), float("inf")])
def test_a_time_that_never_comes_is_refused(endless: float) -> None:
    with pytest.raises(UsageError, match="--idle"):
        Settings(idle=endless)
    with pytest.raises(UsageError, match="--warning"):
        Settings(warning=endless)


@given(st.lists(st.tuples(st.sampled_from(["wait", "touch"]), st.floats(-1e6, 1e6)), max_size=60))
def test_nothing_ends_before_a_whole_warning_whatever_the_clock_does(steps: list[tuple[str, float]]) -> None:
    now = 0.0
    idle = Idle(60, 20, lambda: now)
    warned_for: float | None = None
    for what, seconds in steps:
        if what == "touch":
            idle.touch()
            warned_for = None
            assert idle.state().phase == "here"
            continue
        before, now = now, now + seconds
        if warned_for is not None:
            warned_for += max(now - before, 0)
        state = idle.state()
        if state.phase == "over":
            assert warned_for is not None
            assert warned_for >= 20 - 1e-6
            return
        if state.phase == "warned" and warned_for is None:
            warned_for = 0.0
        assert state.left <= 20
