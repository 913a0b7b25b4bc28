"""The schedule: one process a look, and what is made of what it says."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import UsageError
from dimchat.release import following
from dimchat.release.follow_settings import Follow, own_name
from dimchat.release.following import BROKEN, Follower, Look, begin, current_pack
from dimchat.release.kept_answers import KeptAnswers, Seen
from dimchat.release.manifest import is_stand

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def follow(tmp_path: Path) -> Follow:
    return Follow("/srv/answers", ("key.pub",), "lobby", str(tmp_path / "kept"), every=100.0)


def middle(least: float, most: float) -> float:
    return (least + most) / 2


def look(follower: Follower) -> Look:
    """Let one look come to its end."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if (found := follower.turn()) is not None:
            return found
    pytest.fail("no look")


def saying(text: str, status: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({status})"]


@pytest.mark.parametrize(
    ("said", "status", "found"),
    [
        ("taken 7", 0, Look("taken", 7)),
        ("same 7", 0, Look("same", 7)),
        ("refused signature", 1, Look("refused", kind="signature")),
        ("refused nonsense", 1, Look("refused", kind=BROKEN)),
        ("taken x", 0, Look("refused", kind=BROKEN)),
        ("", 1, Look("refused", kind=BROKEN)),
        ("a b c", 0, Look("refused", kind=BROKEN)),
    ],
)
def test_what_a_look_says_is_read_strictly(follow: Follow, said: str, status: int, found: Look) -> None:
    clock = Clock()
    follower = Follower(follow, clock, chance=middle, start=saying(said, status))
    assert follower.turn() is None
    clock.now = 20.0
    assert look(follower) == found
    assert follower.error == found.kind


def test_looks_come_by_schedule_a_fifth_more_or_less(follow: Follow) -> None:
    clock, asked = Clock(), []

    def chance(least: float, most: float) -> float:
        asked.append((least, most))
        return most

    follower = Follower(follow, clock, chance=chance, start=saying("same 1"))
    clock.now = 30.0
    look(follower)
    clock.now = 149.0
    assert follower.turn() is None
    clock.now = 150.0
    look(follower)
    assert asked == [(0, 30.0), (0.8, 1.2), (0.8, 1.2)]


def test_a_look_that_hangs_is_ended(follow: Follow) -> None:
    clock = Clock()
    follower = Follower(follow, clock, chance=middle, start=[sys.executable, "-c", "import time; time.sleep(60)"])
    clock.now = 15.0
    assert follower.turn() is None
    clock.now += following.PATIENCE + 1
    assert look(follower).kind == BROKEN
    clock.now += 200
    follower.turn()
    follower.close()


def test_a_program_that_is_not_there_is_a_refusal(follow: Follow) -> None:
    clock = Clock()
    follower = Follower(follow, clock, chance=middle, start=["/nowhere/python"])
    clock.now = 15.0
    assert look(follower).kind == BROKEN


def test_what_was_taken_is_known_with_its_digest(follow: Follow, tmp_path: Path) -> None:
    clock = Clock()
    kept = KeptAnswers(tmp_path / "kept")
    kept.folder.mkdir()
    follower = Follower(follow, clock, chance=middle, start=saying("taken 3"))
    kept.remember(Seen(version=3, digest="abc"))
    clock.now = 15.0
    look(follower)
    assert (follower.version, follower.digest) == (3, "abc")


def test_a_stand_begins_with_what_it_has_and_else_says_why_not(follow: Follow) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('no network')"]
    with pytest.raises(UsageError, match="none can be: no network"):
        begin(follow, failing)
    current_pack(follow).mkdir(parents=True)
    begin(follow, failing)


def test_state_that_is_damaged_counts_as_none(tmp_path: Path) -> None:
    for text in ("", "[]", "{}x", '{"version": 1, "more": 2}'):
        (tmp_path / "state.json").write_text(text)
        assert KeptAnswers(tmp_path).seen() == Seen()


def test_the_log_stays_short_and_says_nothing_twice(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    for number in range(300):
        kept.log(f"line {number}\x1b[31m")
        kept.log(f"line {number}\x1b[31m")
    lines = (tmp_path / "log").read_text().splitlines()
    assert len(lines) == 200
    assert lines[-1].endswith(r"line 299\x1b[31m")


@pytest.mark.parametrize("host", ["Lobby-2.example.org", "10-0-0-1", "", "---", "x" * 90, "straße"])
def test_a_machine_has_a_name_that_a_stand_may_have(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: host)
    assert is_stand(own_name())


@pytest.mark.parametrize("text", ["", "A", "1a", "a b", "a_b", "a" * 41, "a\n", "ä", "-a"])
def test_nothing_else_is_a_name_of_a_stand(text: str) -> None:
    assert not is_stand(text)
