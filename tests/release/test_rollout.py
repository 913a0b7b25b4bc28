"""Waves, the test that halts them, and the way back."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.release import rollout
from dimchat.release.manifest import WHOLE, place_of
from dimchat.release.stopping import EACH, PLANNED, Visits, look

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from rollout import LEAST_STOPPED, MOST_STOPPED, RUNS, USUAL, Setting, halted

if TYPE_CHECKING:
    from .conftest import Shop

STANDS = [f"stand-{number}" for number in range(40)]
DAYS = 90


def held(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.publish("From ten to seven.", hold=True)


def test_a_version_reaches_one_stand_then_a_tenth_then_all(shop: Shop) -> None:
    held(shop)
    going = rollout.start(shop.to, STANDS, shop.now, days=DAYS)
    reached = [len(rollout.reached(replace(going, wave=wave), STANDS)) for wave in range(3)]
    assert reached == [1, 4, 40]
    for count in (1, 4, 40):
        channel = rollout.current(shop.to)
        assert [channel.wanted(stand, 1)[0] for stand in STANDS].count(2) == count
        wider = rollout.widen(shop.to, shop.now, days=DAYS)
    assert wider is None
    after = rollout.current(shop.to)
    assert (after.version, after.rollout) == (2, None)


def test_a_wave_holds_the_one_before_and_another_version_begins_elsewhere() -> None:
    first = set()
    for version in range(1, 30):
        waves = rollout.reaches(STANDS, version)
        assert list(waves) == sorted(waves)
        first.add(min(STANDS, key=lambda stand: place_of(stand, version)))
    assert len(first) > 10


@given(st.sets(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), min_size=1, max_size=60), st.integers(1, 99))
def test_whatever_stands_there_are_the_first_wave_is_one_and_the_last_is_all(stands: set[str], version: int) -> None:
    waves = rollout.reaches(stands, version)
    counts = [sum(place_of(stand, version) <= reach for stand in stands) for reach in waves]
    assert counts[0] == 1
    assert counts[-1] == len(stands)
    assert waves[-1] == WHOLE


def test_halted_nobody_further_takes_it_and_resumed_they_do(shop: Shop) -> None:
    held(shop)
    rollout.start(shop.to, STANDS, shop.now, days=DAYS)
    rollout.halt(shop.to, shop.now, days=DAYS)
    channel = rollout.current(shop.to)
    assert {channel.wanted(stand, 1)[0] for stand in STANDS} == {1}
    assert channel.wanted("stand-3", 2)[0] == 2
    for act, said in ((rollout.halt, "halted already"), (rollout.widen, "halted already")):
        with pytest.raises(UsageError, match=said):
            act(shop.to, shop.now, days=DAYS)
    rollout.resume(shop.to, shop.now, days=DAYS)
    with pytest.raises(UsageError, match="not halted"):
        rollout.resume(shop.to, shop.now, days=DAYS)
    channel = rollout.current(shop.to)
    assert [channel.wanted(stand, 1)[0] for stand in STANDS].count(2) == 1


def test_rolled_back_every_stand_takes_the_old_files_under_a_new_number(shop: Shop) -> None:
    held(shop)
    shop.bring()
    rollout.start(shop.to, ["lobby"], shop.now, days=DAYS)
    assert shop.bring() == ("taken", 2)
    assert shop.said() == "From ten to seven."
    again = rollout.roll_back(shop.to, shop.now, days=DAYS)
    assert (again.version, again.same_as) == (3, 1)
    assert shop.bring() == ("taken", 3)
    assert shop.said() == "From nine to six."
    with pytest.raises(UsageError, match="brought back itself; say to which version"):
        rollout.roll_back(shop.to, shop.now, days=DAYS)
    assert rollout.roll_back(shop.to, shop.now, days=DAYS, version=2).version == 4
    assert shop.bring() == ("taken", 4)
    assert shop.said() == "From ten to seven."


def test_what_every_stand_has_is_rolled_back_too(shop: Shop) -> None:
    shop.publish("From nine to six.")
    with pytest.raises(UsageError, match="no version before 1"):
        rollout.roll_back(shop.to, shop.now, days=DAYS)
    shop.publish("From ten to seven.")
    shop.publish(again=True)
    with pytest.raises(UsageError, match="every stand has already"):
        rollout.roll_back(shop.to, shop.now, days=DAYS, version=2)
    assert rollout.roll_back(shop.to, shop.now, days=DAYS).same_as == 1


def test_what_cannot_be_rolled_out_is_said(shop: Shop) -> None:
    def start(**options: int) -> None:
        rollout.start(shop.to, STANDS, shop.now, days=DAYS, **options)

    def refused(said: str, **options: int) -> None:
        with pytest.raises(UsageError, match=said):
            start(**options)

    refused("nothing was published")
    shop.publish("From nine to six.", hold=True)
    refused("no stand has a version yet")
    shop.publish("From nine to five.")
    refused("nothing newer is held back")
    refused("is not newer than 2", version=1)
    shop.publish("From nine to five.", hold=True, again=True)
    refused("answers as version 2 does")
    shop.publish("From ten to seven.", hold=True)
    with pytest.raises(UsageError, match="say which stands"):
        rollout.start(shop.to, [], shop.now, days=DAYS)
    start()
    refused("being rolled out already")
    rollout.roll_back(shop.to, shop.now, days=DAYS)
    with pytest.raises(UsageError, match="no version is being rolled out"):
        rollout.halt(shop.to, shop.now, days=DAYS)


def test_by_hand_a_rollout_goes_on_wave_by_wave(
    shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held(shop)
    signing = ["--to", str(shop.folder), "--key", str(shop.key)]
    monkeypatch.chdir(shop.home)

    def said(*arguments: str, status: int = 0) -> str:
        assert run(["fleet", "rollout", *arguments]) == status
        told = capsys.readouterr()
        return told.out + told.err

    stands = [part for stand in STANDS for part in ("--stand", stand)]
    assert said("start", *signing, *stands) == "version 2: wave 1 of 3, 1 of 40 stands\n"
    assert "halted: no further stand takes it" in said("halt", *signing)
    assert said("resume", *signing) == "version 2 goes on: wave 1 of 3\n"
    assert "not halted" in said("resume", *signing, status=2)
    assert said("resume", "--wider", *signing).startswith("version 2: wave 2 of 3")
    said("halt", *signing)
    assert said("resume", "--wider", *signing) == "version 2: wave 3 of 3, every stand\n"
    shown = ["--to", str(shop.folder), "--answers-key", f"{shop.key}.pub"]
    assert "rolling out: version 2, running, wave 3 of 3, every stand" in said("status", *shown)
    assert said("resume", "--wider", *signing) == "version 2 is for every stand\n"
    assert said("status", *shown).startswith("every stand: version 2, valid until")
    assert said("rollback", *signing).startswith("version 3 brings back the files of version 1")


USUAL_VISITS = Visits.of([(4, 0)] * 60 + [(4, 1)] * 60 + [(2, 1)] * 10)


@pytest.mark.parametrize(
    ("visits", "acted"),
    [
        ([(4, 1)] * 40, "declined questions rises; version 2 is halted"),
        ([(4, 0)] * 40, ""),
        ([(4, 0)] * 80, "has passed; version 2: wave 2 of 3"),
    ],
)
def test_a_look_halts_or_widens(shop: Shop, visits: list[tuple[int, int]], acted: str) -> None:
    held(shop)
    rollout.start(shop.to, STANDS, shop.now, days=DAYS)
    said = rollout.act_on(look(USUAL_VISITS, Visits.of(visits)), shop.to, shop.now, days=DAYS)
    assert acted in said
    assert bool(said) == bool(acted)


def test_an_edit_that_doubles_the_declined_questions_is_halted_and_one_that_changes_nothing_is_not() -> None:
    risen = halted(0.2, Setting())
    assert len(risen) >= LEAST_STOPPED
    assert sorted(risen)[RUNS // 2] < PLANNED
    assert len(halted(USUAL, Setting())) <= MOST_STOPPED


def test_fewer_declined_questions_halt_nothing() -> None:
    assert halted(0.03, Setting(), runs=50) == []


def test_few_questions_halt_nothing_and_whole_visits_count() -> None:
    assert not look(USUAL_VISITS, Visits.of([(6, 6)] * 8)).rises
    found = look(USUAL_VISITS, Visits.of([(6, 6)] * 9))
    assert found.rises
    assert found.questions == 54 >= EACH


def test_questions_that_are_alike_within_visits_count_for_less() -> None:
    apart = Visits.of([(5, 1)] * 40 + [(5, 0)] * 60)
    alike = Visits.of([(5, 5)] * 8 + [(5, 0)] * 92)
    assert apart[:4] == alike[:4]
    after = Visits.of([(5, 1)] * 20)
    assert look(alike, after).limit > 1.5 * look(apart, after).limit


visit = st.integers(1, 6).flatmap(lambda asked: st.tuples(st.just(asked), st.integers(0, asked)))


@given(st.lists(visit, min_size=1), st.lists(visit))
def test_any_visits_give_numbers(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    found = look(Visits.of(before), Visits.of(after))
    assert found.limit > 0
    assert 0 <= found.after <= 1
    assert abs(found.excess) <= max(found.questions, 1)
