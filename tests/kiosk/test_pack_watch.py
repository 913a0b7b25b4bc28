"""Which pack visitors get, while its files are edited well and badly."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import IndexFileError, PackError
from dimchat.kiosk.check_pack import unpack
from dimchat.kiosk.pack_watch import AGAIN, EVERY, PATIENCE, PackWatch
from dimchat.kiosk.pin import state_folder
from dimchat.kiosk.stand_settings import Settings
from dimchat.kiosk.start import make_supervisor
from dimchat.pack import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the kiosk needs a POSIX system")

LONGEST = 60.0
"""Real seconds that a check may take on a loaded machine."""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def packs(toy: Path, clock: Clock) -> Iterator[PackWatch]:
    packs = PackWatch(toy, clock)
    yield packs
    packs.close()


def look(packs: PackWatch) -> bool:
    """Let one look at the files come to its end, and tell whether there is another pack now."""
    taken = packs.turn()
    end = time.monotonic() + LONGEST
    while (packs.busy or packs.outcome is None) and time.monotonic() < end:
        Event().wait(0.01)  # lets the check have the processor
        taken = packs.turn() or taken
    return taken


def later(packs: PackWatch, clock: Clock, seconds: float = EVERY) -> bool:
    clock.now += seconds
    return look(packs)


def answer(toy: Path, text: str) -> None:
    file = toy / "answers" / "shop.yaml"
    file.write_text(file.read_text().replace("From nine to six.", text))


def said(packs: PackWatch) -> str | None:
    assert packs.stored is not None
    _, assistant = unpack(packs.stored.fd, packs.stored.digest, packs.stored.root)
    reply, _ = assistant.ask("opening hours")
    return reply.short


def test_a_good_pack_is_taken_and_answers(packs: PackWatch, toy: Path) -> None:
    assert look(packs)
    assert packs.stored is not None
    assert packs.stored.digest == fingerprint(toy)
    assert "nine to six" in str(said(packs))


def test_a_good_edit_is_taken_and_the_old_one_let_go(packs: PackWatch, toy: Path, clock: Clock) -> None:
    look(packs)
    assert packs.stored is not None
    before = os.fstat(packs.stored.fd)
    answer(toy, "From ten to seven.")
    assert not look(packs)  # it is not yet time to look
    assert later(packs, clock)
    assert "ten to seven" in str(said(packs))
    assert os.fstat(packs.stored.fd).st_ino != before.st_ino


def no_yaml(toy: Path) -> None:
    (toy / "pack.yaml").write_text("name: [\n")


def half(toy: Path) -> None:
    file = toy / "answers" / "shop.yaml"
    file.write_text(file.read_text()[:60])


def no_source(toy: Path) -> None:
    answer(toy, "From ten to seven [@nowhere].")


def a_case_of_nothing(toy: Path) -> None:
    (toy / "tests" / "cases" / "shop.yaml").write_text("- intent: shop.nothing\n  ask:\n    - x\n")
    answer(toy, "From ten to seven.")  # cases alone are no part of what visitors get


def gone(toy: Path) -> None:
    toy.rename(toy.with_name("away"))


@pytest.mark.parametrize("spoil", [no_yaml, half, no_source, a_case_of_nothing, gone])
def test_a_bad_edit_changes_nothing_for_visitors(
    packs: PackWatch, toy: Path, clock: Clock, spoil: Callable[[Path], None]
) -> None:
    look(packs)
    before = packs.stored
    spoil(toy)
    assert not later(packs, clock)
    assert packs.outcome == "bad"
    assert packs.stored is before
    assert "nine to six" in str(said(packs))


def test_mending_a_bad_edit_is_noticed(packs: PackWatch, toy: Path, clock: Clock) -> None:
    look(packs)
    good = (toy / "answers" / "shop.yaml").read_text()
    half(toy)
    later(packs, clock)
    (toy / "answers" / "shop.yaml").write_text(good)
    assert not later(packs, clock)
    assert packs.outcome == "same"


def test_a_stand_that_starts_over_a_bad_pack_takes_it_once_it_is_mended(toy: Path, clock: Clock) -> None:
    good = (toy / "answers" / "shop.yaml").read_text()
    half(toy)
    packs = PackWatch(toy, clock)
    assert not look(packs)
    assert packs.stored is None
    (toy / "answers" / "shop.yaml").write_text(good)
    assert later(packs, clock)
    packs.close()


def test_files_that_did_not_pass_are_tried_again_after_a_while_only(
    packs: PackWatch, toy: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(packs)
    answer(toy, "From ten to seven.")
    with monkeypatch.context() as patched:
        patched.setattr("dimchat.kiosk.pack_watch.PACKING_MODULE", "dimchat.no_such_module")  # as if memory had run out
        assert not later(packs, clock)
    assert not later(packs, clock)
    assert "nine to six" in str(said(packs))
    assert later(packs, clock, AGAIN)
    assert "ten to seven" in str(said(packs))


def test_a_check_that_hangs_is_given_up(
    packs: PackWatch, toy: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(packs)
    hangs = [sys.executable, "-c", "import signal; signal.pause()"]
    monkeypatch.setattr("dimchat.files.python.command", lambda *_: hangs)
    answer(toy, "From ten to seven.")
    clock.now += EVERY
    packs.turn()
    assert packs.busy
    clock.now += PATIENCE + 1
    assert not packs.turn()
    assert not packs.busy
    assert packs.outcome == "bad"


def test_the_staff_can_have_it_looked_at_now(packs: PackWatch, toy: Path) -> None:
    look(packs)
    answer(toy, "From ten to seven.")
    packs.look_now()
    assert packs.outcome is None
    assert look(packs)


def test_no_file_is_left_and_no_descriptor(toy: Path, clock: Clock, tmp_path: Path) -> None:
    def everything() -> set[Path]:
        return set(tmp_path.rglob("*"))

    before, open_before = everything(), len(list(Path("/dev/fd").iterdir()))
    packs = PackWatch(toy, clock)
    look(packs)
    assert later(packs, clock) is False
    packs.close()
    assert everything() == before
    assert len(list(Path("/dev/fd").iterdir())) == open_before


def test_what_was_damaged_on_the_way_is_refused(packs: PackWatch) -> None:
    look(packs)
    assert packs.stored is not None
    os.pwrite(packs.stored.fd, b"\xff" * 64, 200)
    with pytest.raises(IndexFileError):
        unpack(packs.stored.fd, packs.stored.digest, packs.stored.root)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def passed_once(toy: Path, clock: Clock, state: Path) -> None:
    packs = PackWatch(toy, clock, state)
    look(packs)
    packs.close()


@pytest.mark.parametrize("spoil", [no_yaml, half, no_source, a_case_of_nothing, gone])
def test_a_stand_that_starts_over_a_bad_pack_brings_out_the_one_it_kept(
    toy: Path, clock: Clock, state: Path, spoil: Callable[[Path], None]
) -> None:
    passed_once(toy, clock, state)
    spoil(toy)
    packs = PackWatch(toy, clock, state)
    assert look(packs)
    assert packs.outcome == "bad"  # the staff is told so
    assert "nine to six" in str(said(packs))
    assert not later(packs, clock)
    packs.close()


def test_a_stand_begins_with_what_it_kept_and_checks_nothing_that_is_the_same(
    toy: Path, clock: Clock, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed_once(toy, clock, state)
    monkeypatch.setattr("dimchat.kiosk.pack_watch.PACKING_MODULE", "dimchat.no_such_module")
    packs = PackWatch(toy, clock, state)
    assert look(packs)
    assert packs.outcome == "same"
    assert "nine to six" in str(said(packs))
    packs.close()


def test_once_it_is_mended_the_kept_pack_makes_way(toy: Path, clock: Clock, state: Path) -> None:
    passed_once(toy, clock, state)
    file = toy / "answers" / "shop.yaml"
    good = file.read_text()
    half(toy)
    packs = PackWatch(toy, clock, state)
    look(packs)
    file.write_text(good.replace("From nine to six.", "From ten to seven."))
    assert later(packs, clock)
    assert packs.outcome == "taken"
    assert "ten to seven" in str(said(packs))
    packs.close()


def test_a_kept_pack_that_is_damaged_is_not_brought_out(toy: Path, clock: Clock, state: Path) -> None:
    passed_once(toy, clock, state)
    (file,) = state.rglob("*.index")
    file.write_bytes(file.read_bytes()[:-100] + bytes(100))
    half(toy)
    packs = PackWatch(toy, clock, state)
    assert not look(packs)
    assert packs.stored is None
    assert packs.outcome == "bad"
    packs.close()


def test_a_stand_over_another_folder_never_gets_the_kept_pack(toy: Path, clock: Clock, state: Path) -> None:
    passed_once(toy, clock, state)
    other = toy.with_name("other")
    shutil.copytree(toy, other)
    half(other)
    packs = PackWatch(other, clock, state)
    assert not look(packs)
    assert packs.stored is None
    packs.close()
    with pytest.raises(PackError):
        PackWatch(toy.with_name("nowhere"), clock, state)


def test_it_is_kept_in_the_same_place_wherever_the_pin_is(
    toy: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    passed_once(toy, clock, state_folder())
    (file,) = (tmp_path / "state").rglob("*.index")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    gone(toy)
    for pin in (None, str(tmp_path / "elsewhere" / "pin.json")):
        make_supervisor(Settings(pack=str(toy), pin_file=pin))


def test_what_is_kept_is_read_from_a_file_only(toy: Path, clock: Clock, state: Path) -> None:
    passed_once(toy, clock, state)
    (file,) = state.rglob("*.index")
    file.rename(file.with_suffix(".away"))
    file.symlink_to(file.with_suffix(".away"))
    half(toy)
    packs = PackWatch(toy, clock, state)
    look(packs)
    assert packs.stored is None
    packs.close()


def test_where_nothing_can_be_kept_visitors_are_served_all_the_same(toy: Path, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    packs = PackWatch(toy, clock, tmp_path / "file")
    assert look(packs)
    assert "nine to six" in str(said(packs))
    packs.close()
