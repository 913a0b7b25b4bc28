"""What a stand says of itself, and what it does not say."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from dimchat import __version__
from dimchat.release.life_signs import EVERY, NO_SIGN, LifeSigns, passed_on, read_sign, sign_file
from dimchat.visit.signals import DayCounts

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 11, 30, 9, 50).astimezone().timestamp()


class Life:
    def __init__(self, file: Path) -> None:
        self.now = 0.0
        self.file = file
        self.signs = LifeSigns(file, clock=lambda: self.now, wall=lambda: START + self.now)

    def later(self, seconds: float, counts: DayCounts) -> dict[str, object]:
        self.now += seconds
        self.signs.turn(None, "abc", counts)
        return json.loads(self.file.read_text())  # type: ignore[no-any-return]


@pytest.fixture
def life(tmp_path: Path) -> Life:
    return Life(sign_file(tmp_path, "lobby"))


def test_a_sign_is_numbers_and_ids(life: Life) -> None:
    told = life.later(0, DayCounts())
    assert told == {
        "dimchat": __version__,
        "answers": 0,
        "digest": "abc",
        "started": START,
        "visits": 0,
        "questions": 0,
        "declined": 0,
        "crashes": 0,
        "error": "",
    }


def test_counts_go_up_to_the_last_full_hour(life: Life) -> None:
    life.later(0, DayCounts())
    busy = DayCounts(visitors=3, answered=5, clarified=2, declined=1, crashes=1)
    assert life.later(5 * 60, busy)["visits"] == 0, "ten o'clock is not yet"
    told = life.later(6 * 60, busy)
    assert (told["visits"], told["questions"], told["declined"], told["crashes"]) == (3, 8, 1, 1)
    assert life.later(50 * 60, DayCounts(visitors=9))["visits"] == 3
    assert life.later(14 * 3600, DayCounts(visitors=2))["visits"] == 0, "a new day begins at noughts"


def test_it_is_written_once_a_minute_and_a_disk_that_refuses_disturbs_nobody(life: Life) -> None:
    life.later(0, DayCounts())
    life.file.unlink()
    life.now += EVERY / 2
    life.signs.turn(None, "abc", DayCounts())
    assert not life.file.exists()
    life.file.parent.rmdir()
    life.file.parent.write_text("no folder")
    life.now += EVERY
    life.signs.turn(None, "abc", DayCounts())


def test_what_is_passed_on_says_how_old_the_sign_is(life: Life) -> None:
    life.later(0, DayCounts())
    found = read_sign(life.file)
    assert found is not None
    written = found[1]
    told = passed_on(life.file, written + 42)
    assert told["silent"] == 42
    assert "started" not in told
    assert passed_on(life.file, written - 500)["silent"] == NO_SIGN


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"dimchat": "1"}', "\xff"])
def test_a_sign_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lobby.json"
    file.write_text(text)
    assert read_sign(file) is None
    assert passed_on(file, START)["silent"] == NO_SIGN
    assert passed_on(tmp_path / "none", START)["silent"] == NO_SIGN
