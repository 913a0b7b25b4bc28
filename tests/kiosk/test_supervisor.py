"""The parent's decisions, with processes and a terminal that are played."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from dimchat.kiosk.supervisor import DELAYS, LOST, PAUSED, SLOW_START, STEADY, STUCK
from dimchat.release.following import Look
from dimchat.visit.signals import Signal
from dimchat.wording import catalogue_of
from dimchat.wording import kiosk as words

from .played import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = catalogue_of("en")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TICK", "QUICK_TICK"):
        monkeypatch.setattr(f"dimchat.kiosk.supervisor.{name}", 0)


@pytest.fixture
def stand() -> Iterator[Stand]:
    standing = Stand()
    yield standing
    for child in standing.spawned:
        child.far.close()
        child.link.close()


@pytest.fixture
def running(stand: Stand) -> Stand:
    stand.settle()
    assert stand.current is not None
    assert stand.spare.ready
    return stand


def test_the_next_process_is_started_only_when_the_first_has_drawn(stand: Stand) -> None:
    stand.turn()
    stand.spawned[0].say(Signal.READY)
    stand.turn()
    stand.turn()
    assert stand.current is stand.spawned[0]
    assert stand.current.hears() == Signal.GO.value
    assert len(stand.spawned) == 1
    stand.current.say(Signal.SHOWN)
    stand.turn()
    assert stand.spare is stand.spawned[1]


def test_newer_answers_have_the_files_looked_at_and_refused_ones_are_told(running: Stand) -> None:
    looks = [Look("same", 1), Look("taken", 2), Look("refused", kind="signature"), None]
    follower = SimpleNamespace(turn=lambda: looks.pop(0))
    running.supervisor._answers = follower  # type: ignore[assignment] # noqa: SLF001 - played
    refused = "STATUS=Newer answers were refused (signature); visitors keep what they have."
    for looked, told in ((False, False), (True, False), (True, True), (True, True)):
        running.turn()
        assert running.packs.looked == looked
        assert (refused in running.said) == told


def test_the_warm_process_takes_a_wiped_screen_at_once(running: Stand) -> None:
    warm = running.spare
    running.terminal.log.clear()
    running.current.end()
    running.turn()
    assert running.current is warm
    assert running.terminal.log == ["wipe", WORDS.texts("stand.calm.next"), "drop"]


@pytest.mark.parametrize("number", range(len(DELAYS) + 2))
def test_each_crash_in_a_row_waits_longer_up_to_a_bound(running: Stand, number: int) -> None:
    for _ in range(number):
        running.crash()
        running.now += max(DELAYS)
        running.settle()
    running.crash()
    delay = DELAYS[min(number, len(DELAYS) - 1)]
    if delay:
        running.turn(delay - 0.01)
        assert running.current is None
        assert running.terminal.log[-1] == WORDS.texts("stand.calm.crashed")
        running.turn(0.02)
    assert running.current is not None


def test_a_crash_after_a_steady_while_counts_as_the_first(running: Stand) -> None:
    for _ in range(3):
        running.crash()
        running.now += max(DELAYS)
        running.settle()
    for _ in range(int(STEADY) + 1):
        running.current.say(Signal.BEAT)
        running.turn(1)
    running.crash()
    assert running.current is not None
    assert running.supervisor.crashes == 1


def test_a_visit_that_ends_well_forgives_the_crashes(running: Stand) -> None:
    running.crash()
    running.settle()
    running.current.end(0)
    running.turn()
    assert running.supervisor.crashes == 0


def test_a_process_that_fails_while_loading_is_not_started_in_a_hurry_for_ever(stand: Stand) -> None:
    for _ in range(50):
        stand.turn(0.1)
        if stand.spare is not None:
            stand.spare.end(1)
    assert len(stand.spawned) <= len([delay for delay in DELAYS if delay <= 5])


def test_a_process_without_a_sign_of_life_is_killed(running: Stand) -> None:
    hung, warm = running.current, running.spare
    for _ in range(int(STUCK / 5)):
        running.turn(5)
    assert not hung.killed
    running.turn(1)
    assert hung.killed
    running.turn()
    assert running.current is warm
    assert running.supervisor.today.on(running.day).crashes == 1


def test_one_that_beats_is_not(running: Stand) -> None:
    for _ in range(100):
        running.current.say(Signal.BEAT)
        running.turn(5)
    assert not running.current.killed


def test_nobody_is_killed_because_the_machine_slept(running: Stand) -> None:
    before = running.current
    running.turn(max(3600, PAUSED))
    assert running.current is before
    for _ in range(int(STUCK / 5) + 1):
        running.turn(5)
    assert before.killed  # from here on it had its time


def test_a_process_that_never_gets_ready_is_replaced(running: Stand) -> None:
    running.current.end()
    running.turn()
    running.current.say(Signal.SHOWN)
    running.turn()
    slow = running.spare
    for _ in range(int(SLOW_START / 5) + 1):
        running.current.say(Signal.BEAT)
        running.turn(5)
    assert slow.killed
    running.turn(1)
    assert running.spare is not slow


def test_a_new_pack_waits_for_the_next_visitor(running: Stand) -> None:
    old = running.spare
    running.current.say(Signal.VISITOR)
    running.turn()
    running.packs.put("two")
    running.turn()
    assert old.killed
    running.settle()
    assert running.spare.digest == "two"
    assert running.current.digest == "one"
    running.current.hears()  # GO
    running.current.end()
    running.turn()
    assert running.current.digest == "two"


def test_where_nobody_is_there_the_screen_changes_to_the_new_pack(running: Stand) -> None:
    running.current.hears()  # GO
    running.packs.put("two")
    running.settle()
    assert running.spare.digest == "two"
    assert Signal.RENEW.value in running.current.hears()


def test_without_a_good_pack_it_says_so_once(stand: Stand) -> None:
    stand.packs.stored, stand.packs.outcome = None, "bad"
    stand.turn()
    stand.turn()
    assert stand.terminal.log == [WORDS.texts("stand.calm.no_pack")]
    assert stand.spawned == []


@pytest.mark.parametrize(
    ("outcome", "sign"), [("taken", Signal.PACK_TAKEN), ("same", Signal.PACK_SAME), ("bad", Signal.PACK_BAD)]
)
def test_the_staff_hears_how_the_look_at_the_pack_ended(running: Stand, outcome: str, sign: Signal) -> None:
    running.current.hears()  # GO
    running.current.say(Signal.RELOAD)
    running.turn()
    assert running.packs.looked
    running.packs.busy, running.packs.outcome = True, None
    running.turn()
    running.packs.busy, running.packs.outcome = False, outcome
    running.turn()
    assert running.current.hears() == sign.value


@pytest.mark.parametrize(("outcome", "told"), [("taken", b""), ("bad", Signal.PACK_BAD.value)])
def test_the_staff_is_told_unasked_that_the_pack_is_no_good(running: Stand, outcome: str, told: bytes) -> None:
    running.current.hears()  # GO
    running.packs.outcome = outcome
    running.current.say(Signal.STAFF, Signal.COUNTS)
    running.turn()
    assert running.current.hears().startswith(told + b"#")


def test_the_service_manager_is_told_once_that_the_pack_is_no_good_and_once_that_it_is_again(running: Stand) -> None:
    for outcome in ("bad", "bad", "same", "taken"):
        running.packs.outcome, running.packs.why = outcome, "pack.yaml:2:3: no {source}"
        running.turn()
    assert [each for each in running.said if each.startswith("STATUS=")] == [
        "STATUS=Visitors have the last pack that passed its check; the files do not: pack.yaml:2:3: no {source}",
        f"STATUS={words.STATUS_GOOD}",
    ]


def test_it_counts_until_midnight(running: Stand) -> None:
    running.current.hears()  # GO
    running.current.say(Signal.VISITOR, Signal.ANSWERED, Signal.ANSWERED, Signal.DECLINED, Signal.COUNTS)
    running.turn()
    assert running.current.hears() == b"#1 2 0 1 0 0\n"
    running.day = date(2026, 11, 25)
    running.current.say(Signal.COUNTS)
    running.turn()
    assert running.current.hears() == b"#0 0 0 0 0 0\n"


def test_the_warm_process_can_neither_count_nor_end_the_stand(running: Stand) -> None:
    running.spare.say(Signal.LEAVE, Signal.VISITOR)
    running.turn()
    running.current.end()
    running.turn()
    assert running.current is not None
    assert running.supervisor.today.on(running.day).visitors == 0


def test_the_staff_ends_it(running: Stand) -> None:
    running.current.say(Signal.LEAVE)
    running.turn()
    running.current.end()
    assert running.supervisor.run() == 0
    assert running.terminal.log[-1] == "leave"
    assert running.packs.closed
    assert all(child.finished for child in running.spawned)


def test_a_signal_ends_it_and_every_process(running: Stand) -> None:
    running.supervisor.end()
    assert running.supervisor.run() == 0
    assert Signal.END.value in running.spawned[0].hears()
    assert "READY=1" in running.said
    assert running.said[-1] == "STOPPING=1"


def test_a_lost_terminal_ends_it_with_a_status_that_is_no_success(running: Stand) -> None:
    running.terminal.lost = True
    assert running.supervisor.run() == LOST
    assert all(child.finished for child in running.spawned)


def test_the_service_manager_hears_of_it_every_few_seconds(running: Stand) -> None:
    for _ in range(60):
        running.current.say(Signal.BEAT)
        running.turn(1)
    assert 10 <= running.said.count("WATCHDOG=1") <= 14
