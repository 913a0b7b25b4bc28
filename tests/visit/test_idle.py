from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from dimchat.visit.idle import Idle

if TYPE_CHECKING:
    from collections.abc import Callable


class Time:
    """Time that passes only by sleeping; acts of the visitor happen at given seconds."""

    def __init__(self, acts: dict[float, Callable[[], object]] | None = None) -> None:
        self.now = 0.0
        self.acts = acts or {}

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        for at in sorted(at for at in self.acts if self.now < at <= until):
            self.now = at
            self.acts.pop(at)()
        self.now = until


async def watched(
    limit: float, notice_at: float, acts: dict[float, Callable[[Idle], object]]
) -> tuple[float, list[int]]:
    """Return when the conversation ended, and the warnings."""
    time = Time()
    idle = Idle(notice_at, limit - notice_at, lambda: time.now)
    time.acts = {at: partial(act, idle) for at, act in acts.items()}
    warnings: list[int] = []

    async def warn(left: int) -> None:
        warnings.append(left)

    await idle.watch(warn, time.sleep)
    return time.now, warnings


async def test_silence_warns_once_and_then_ends() -> None:
    ended, warnings = await watched(100, 70, {})
    assert ended == 100
    assert warnings == [30]


async def test_a_sign_begins_the_time_anew() -> None:
    ended, warnings = await watched(100, 70, {60: Idle.touch})
    assert ended == 160
    assert warnings == [30]


async def test_a_sign_after_the_warning_takes_it_back_and_the_next_silence_warns_again() -> None:
    taken_back: list[bool] = []
    ended, warnings = await watched(100, 70, {80: lambda idle: taken_back.append(idle.touch())})
    assert taken_back == [True]
    assert ended == 180
    assert warnings == [30, 30]


async def test_it_can_be_extended_again_and_again() -> None:
    ended, warnings = await watched(100, 70, {90.0 * n: Idle.touch for n in range(1, 21)})
    assert ended == 90 * 20 + 100
    assert len(warnings) == 21


async def test_no_limit_never_ends() -> None:
    async def warn(_: int) -> None:
        raise AssertionError

    watching = asyncio.create_task(Idle(0, 0, lambda: 0.0).watch(warn))
    done, _ = await asyncio.wait({watching}, timeout=0.02)
    watching.cancel()
    assert not done
