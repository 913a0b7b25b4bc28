"""The staff's PIN: where it is kept, who can read it, and how slowly it can be guessed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.kiosk.pin import COST, FIRST_WAIT, FREE, LONGEST_WAIT, PinError, PinSlowedError, PinStore, lasting
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIN = "47114"
WIDE = "\uff14\uff17\uff11\uff11"
"""Digits, but not those of a keyboard."""


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True, scope="module")
def cheap() -> Iterator[None]:
    """Let a PIN cost little here; what it costs elsewhere has a test of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(COST, "n", 2**4)
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> PinStore:
    store = PinStore(tmp_path / "kiosk" / "pin.json", clock)
    store.set(PIN)
    return store


def test_a_guess_costs_megabytes_and_time() -> None:
    fresh = subprocess.run(
        [sys.executable, "-c", "from dimchat.kiosk.pin import COST; print(128 * COST['n'] * COST['r'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(fresh.stdout) >= 16 * 2**20


def guess(store: PinStore, times: int) -> None:
    for _ in range(times):
        assert not store.check("99990")


def test_only_its_owner_can_read_it_and_it_is_not_in_it(store: PinStore) -> None:
    for file in store.file.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert PIN not in file.read_text()
    assert stat.S_IMODE(store.file.parent.stat().st_mode) == 0o700
    assert json.loads(store.file.read_text())["scheme"] == "scrypt"


def test_the_same_pin_is_never_kept_the_same_way(store: PinStore) -> None:
    before = store.file.read_bytes()
    store.set(PIN)
    assert store.file.read_bytes() != before


def test_right_is_right_and_wrong_is_wrong(store: PinStore) -> None:
    assert store.check(PIN)
    for wrong in ("47115", "4711", "471144", "", WIDE + "4"):
        assert not PinStore(store.file, Clock()).check(wrong)
        store.set(PIN)


@pytest.mark.parametrize("pin", ["123", "1234567890123", "12a4", "", " 4711", WIDE, "4711\n"])
def test_what_is_no_pin_is_refused_and_changes_nothing(store: PinStore, pin: str) -> None:
    with pytest.raises(PinError, match="4 to 12 digits"):
        store.set(pin)
    assert store.check(PIN)


@pytest.mark.parametrize("pin", ["0000", "1234", "98765", "890123"])
def test_what_is_guessed_first_is_refused(store: PinStore, pin: str) -> None:
    with pytest.raises(PinError, match="guessed first"):
        store.set(pin)


def test_each_wrong_attempt_makes_the_next_one_wait_twice_as_long(store: PinStore, clock: Clock) -> None:
    guess(store, FREE)
    wait = FIRST_WAIT
    for _ in range(12):
        assert store.wait() == wait
        with pytest.raises(PinSlowedError):
            store.check(PIN)  # also the right one: else a guesser would learn something
        clock.now += wait
        guess(store, 1)
        wait = min(wait * 2, LONGEST_WAIT)
    assert wait == LONGEST_WAIT


def test_an_attempt_that_came_too_early_costs_nothing(store: PinStore, clock: Clock) -> None:
    guess(store, FREE)
    for _ in range(20):
        with pytest.raises(PinSlowedError):
            store.check("99990")
    clock.now += FIRST_WAIT
    assert store.check(PIN)


def test_the_right_one_forgets_the_wrong_ones(store: PinStore) -> None:
    guess(store, FREE - 1)
    assert store.check(PIN)
    guess(store, FREE - 1)
    assert store.wait() == 0


def test_it_is_slow_over_a_restart_too(store: PinStore, clock: Clock) -> None:
    guess(store, FREE)
    assert PinStore(store.file, clock).wait() == FIRST_WAIT


def test_an_attempt_is_written_down_before_it_is_tried(
    store: PinStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unplugged(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dimchat.kiosk.pin._hash", unplugged)
        for _ in range(FREE):
            with pytest.raises(KeyboardInterrupt):
                store.check("99990")
    assert PinStore(store.file, clock).wait() == FIRST_WAIT


def test_taking_the_file_of_attempts_away_gains_nothing(store: PinStore) -> None:
    guess(store, FREE)
    store.file.with_suffix(".attempts").unlink()
    assert store.wait() == FIRST_WAIT


@settings(deadline=None)  # a busy machine is no fault
@given(content=st.binary(max_size=80))
def test_nor_does_damaging_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    clock = Clock()
    store = PinStore(tmp_path_factory.getbasetemp() / "damaged" / "pin.json", clock)
    if not store.is_set:
        store.set(PIN)
    store.file.with_suffix(".attempts").write_bytes(content)
    try:
        failures, last = content.split()
        plausible = int(failures) < FREE or float(last) < clock.now
    except ValueError:
        plausible = False
    assert plausible or store.wait() > 0


@pytest.mark.parametrize("seconds", [-1e6, 1e6])
def test_a_clock_that_jumps_locks_nobody_out_for_longer_than_the_wait(
    store: PinStore, clock: Clock, seconds: float
) -> None:
    guess(store, FREE)
    clock.now += seconds
    assert store.wait() <= FIRST_WAIT


def test_setting_it_anew_is_the_recovery(store: PinStore) -> None:
    guess(store, FREE)
    store.set("80256")
    assert store.check("80256")


@settings(deadline=None)  # a busy machine is no fault
@given(content=st.binary(max_size=200))
def test_a_damaged_file_is_named_and_lets_nobody_in(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = PinStore(tmp_path_factory.getbasetemp() / "broken" / "pin.json", Clock())
    store.set(PIN)
    store.file.write_bytes(content)
    with pytest.raises(PinError, match="--set-pin"):
        store.check(PIN)


@pytest.mark.parametrize(
    "record",
    [
        {"scheme": "scrypt", "n": 2**14, "r": 8, "p": 1, "salt": "zz", "hash": "00"},
        {"scheme": "scrypt", "n": 3, "r": 8, "p": 1, "salt": "00", "hash": "00"},
        {"scheme": "scrypt", "n": 2**16, "r": 2**16, "p": 2**16, "salt": "00", "hash": "00"},
        {"scheme": "scrypt", "n": 2**14, "r": 8, "p": 1, "salt": "00", "hash": ""},
        {"scheme": "scrypt", "n": None, "r": [], "p": {}, "salt": 5, "hash": None},
        {"scheme": "plain", "n": 2**14, "r": 8, "p": 1, "salt": "00", "hash": "00"},
    ],
)
def test_a_record_that_makes_no_sense_lets_nobody_in(store: PinStore, record: dict[str, object]) -> None:
    store.file.write_text(json.dumps(record))
    try:
        right = store.check(PIN)
    except PinError:
        right = False
    assert not right


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_may_read_is_not_used(store: PinStore, mode: int) -> None:
    store.file.chmod(mode)
    with pytest.raises(PinError, match="cannot be used"):
        store.check(PIN)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PinError, match="cannot be written"):
        PinStore(tmp_path / "file" / "pin.json").set(PIN)


def test_the_command_asks_twice_and_never_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PIN, PIN, PIN, "47115", "1234", "1234"])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(typed))
    command = ["kiosk", "--set-pin", "--pin-file", str(tmp_path / "pin.json")]
    assert run(command) == 0
    assert run(command) == 2
    assert words.SET_PIN_DIFFER in capsys.readouterr().err
    assert run(command) != 0
    shown = capsys.readouterr()
    assert words.SET_PIN_EASY in shown.err
    assert PIN not in shown.out + shown.err
    assert PinStore(tmp_path / "pin.json").check(PIN)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (30, "30 s"), (119, "119 s"), (120, "2 min"), (3600, "60 min")]
)
def test_a_wait_is_said_as_people_do(seconds: float, said: str) -> None:
    assert lasting(seconds) == said


def test_a_lock_out_ends_for_the_stand_that_runs_and_for_the_next(store: PinStore, clock: Clock) -> None:
    guess(store, FREE)
    running = PinStore(store.file, clock)
    with pytest.raises(PinSlowedError):
        running.check(PIN)
    assert store.unlock() == (FREE, FIRST_WAIT)
    assert running.wait() == 0
    assert running.check(PIN)
    guess(running, FREE)
    clock.now += LONGEST_WAIT
    assert store.unlock() == (FREE, 0.0), "the next wrong attempt would have locked them out for longer"


@pytest.mark.parametrize("content", [None, b"", b"\xff" * 300, b"7 1e999", b"1 2 3"])
def test_a_lock_out_by_a_file_that_is_gone_or_damaged_ends_too(store: PinStore, content: bytes | None) -> None:
    attempts = store.file.with_suffix(".attempts")
    attempts.unlink()
    if content is not None:
        attempts.write_bytes(content)
    assert store.wait() > 0
    store.unlock()
    assert store.wait() == 0
    assert store.check(PIN)


def test_where_there_is_no_lock_out_none_is_ended(store: PinStore, tmp_path: Path) -> None:
    with pytest.raises(PinError, match="nobody is locked out"):
        store.unlock()
    with pytest.raises(PinError, match=r"no PIN in .*nowhere.json.*--set-pin"):
        PinStore(tmp_path / "nowhere.json").unlock()


def test_who_cannot_write_the_file_cannot_end_it(
    store: PinStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = store.file.with_suffix(".attempts")
    attempts.unlink()
    attempts.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PinError, match=r"pin.attempts cannot be written: .*as the user of the kiosk"):
        store.unlock()
    assert not (tmp_path / "elsewhere").exists()

    def hidden(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.stat", hidden)  # a folder of another user
    assert store.is_set
    with pytest.raises(PinError, match="cannot be written: Permission denied"):
        store.unlock()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_root_ends_it_without_taking_the_file_away_from_the_stand(store: PinStore) -> None:
    attempts = store.file.with_suffix(".attempts")
    attempts.unlink()
    os.chown(store.file, 4711, 4711)
    store.unlock()
    assert (attempts.stat().st_uid, stat.S_IMODE(attempts.stat().st_mode)) == (4711, 0o600)


def test_the_command_ends_a_lock_out_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = PinStore(tmp_path / "pin.json")
    store.set(PIN)
    guess(store, FREE)
    command = ["kiosk", "--unlock", "--pin-file", str(tmp_path / "pin.json")]
    assert run(command) == 0
    assert "Wrong attempts forgotten: 3. The next attempt is possible at once, instead of in 30 s." in (
        capsys.readouterr().out
    )
    assert store.check(PIN)
    assert run(command) == 2
    assert "nobody is locked out" in capsys.readouterr().err
    assert run([*command, "--set-pin"]) == 2
    assert "one at a time" in capsys.readouterr().err
