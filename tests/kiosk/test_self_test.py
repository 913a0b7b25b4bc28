"""The self-test: what it finds, and that each finding says what to do."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.cli import run
from dimchat.errors import DimchatError
from dimchat.index import open_pack, prebuilt
from dimchat.journal import Switch
from dimchat.journal.address import url_of
from dimchat.kiosk import self_test
from dimchat.kiosk.last_good import keep, kept_file
from dimchat.kiosk.pin import PinStore, state_folder
from dimchat.kiosk.self_test import BAD, CARE, OK, Finding
from dimchat.kiosk.stand_settings import Settings
from dimchat.kiosk.start import run_kiosk
from dimchat.wording import kiosk_check as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the kiosk needs a POSIX system")


@pytest.fixture
def tty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the standard streams be a terminal of 100 by 30."""

    class Stream:
        def isatty(self) -> bool:
            return True

    for name in ("__stdin__", "__stdout__"):
        monkeypatch.setattr(sys, name, Stream())
    monkeypatch.setattr("dimchat.kiosk.self_test.terminal_size", lambda: os.terminal_size((100, 30)))


def levels(found: list[Finding]) -> list[tuple[str, str]]:
    return [(each.name, each.level) for each in found]


@pytest.mark.usefixtures("tty")
def test_a_good_terminal_is_good() -> None:
    assert levels(self_test.terminal({"TERM": "xterm-256color"})) == [("terminal", OK)]


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
@pytest.mark.usefixtures("tty")
def test_a_terminal_that_cannot_draw_is_bad(term: str) -> None:
    assert levels(self_test.terminal({"TERM": term})) == [("terminal", BAD)]


@pytest.mark.usefixtures("tty")
def test_a_console_has_few_colours_and_no_touches() -> None:
    assert levels(self_test.terminal({"TERM": "linux"})) == [("terminal", OK), ("colours", CARE), ("touch", CARE)]


@pytest.mark.usefixtures("tty")
def test_a_small_terminal_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dimchat.kiosk.self_test.terminal_size", lambda: os.terminal_size((59, 30)))
    (found,) = self_test.terminal({"TERM": "xterm"})
    assert found.level == BAD
    assert "59 x 30" in found.text


def test_no_terminal_is_bad() -> None:
    assert levels(self_test.terminal({"TERM": "xterm"})) == [("terminal", BAD)]


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A machine where everything that leads out is closed."""
    for name, text in {
        f"proc/{os.getppid()}/comm": "systemd\n",
        "proc/sys/kernel/sysrq": "0\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    units = tmp_path / "etc" / "systemd" / "system"
    units.mkdir(parents=True)
    (units / "ctrl-alt-del.target").symlink_to("/dev/null")
    (units / "autovt@.service").symlink_to("/dev/null")
    return tmp_path


def test_where_nothing_leads_out_it_says_so(system: Path) -> None:
    assert levels(self_test.keys({"TERM": "linux"}, system)) == [("keys", OK)]


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"TMUX": "/run/tmux"}, "tmux"),
        ({"STY": "1.pts"}, "screen"),
        ({"SSH_TTY": "/dev/pts/1"}, "ssh"),
        ({"DISPLAY": ":0"}, "desktop"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "desktop"),
    ],
)
def test_what_leads_out_by_its_keys_is_named(system: Path, environment: dict[str, str], text: str) -> None:
    (found,) = self_test.keys(environment, system)
    assert found.level == CARE
    assert text in found.text
    assert found.todo


def test_a_console_whose_ways_out_are_open_is_named(system: Path) -> None:
    units = system / "etc" / "systemd" / "system"
    (units / "ctrl-alt-del.target").unlink()
    (units / "autovt@.service").unlink()
    (system / "proc/sys/kernel/sysrq").write_text("438\n")
    (system / f"proc/{os.getppid()}/comm").write_text("bash\n")
    found = self_test.keys({"TERM": "linux"}, system)
    assert [each.text for each in found] == [
        words.KEYS_CONSOLE,
        words.KEYS_DELETE,
        words.KEYS_SYSRQ.format(value="438"),
        words.KEYS_SHELL.format(name="bash"),
    ]
    assert all(each.level == CARE and each.todo for each in found)


def test_a_good_pack_is_counted(toy: Path) -> None:
    (pack, clock) = self_test.pack_and_clock(Settings(pack=str(toy)))
    assert (pack.level, pack.text) == (OK, words.PACK.format(name="toy", answers=2))
    assert clock.name == "clock"


def test_a_bad_pack_is_named_with_its_first_error(toy: Path) -> None:
    file = toy / "answers" / "shop.yaml"
    file.write_text(file.read_text().replace("@sign]", "@sing]"))
    (found,) = self_test.pack_and_clock(Settings(pack=str(toy)))
    assert found.level == BAD
    assert "shop.yaml:2" in found.text
    assert found.todo


def test_a_bad_pack_over_a_kept_one_asks_for_care(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(pack=str(toy), pin_file=str(tmp_path / "elsewhere" / "pin.json"))
    keep(kept_file(state_folder(), toy), prebuilt.to_bytes(*open_pack(toy)))
    (toy / "pack.yaml").write_text("name: [\n")
    (found,) = self_test.pack_and_clock(settings)
    assert found.level == CARE
    assert "visitors get the one that passed" in found.text
    assert found.todo
    (file,) = (tmp_path / "state").rglob("*.index")
    file.write_bytes(b"nothing")
    (found,) = self_test.pack_and_clock(settings)
    assert found.level == BAD


def test_a_missing_pack_is_bad(tmp_path: Path) -> None:
    (found,) = self_test.pack_and_clock(Settings(pack=str(tmp_path / "nowhere")))
    assert found.level == BAD


def test_a_clock_before_the_packs_own_date_is_bad(toy: Path) -> None:
    file = toy / "answers" / "shop.yaml"
    file.write_text(file.read_text() + "  reviewed: 2026-05-01\n")
    early = datetime(1970, 1, 2, tzinfo=UTC)
    _, found = self_test.pack_and_clock(Settings(pack=str(toy)), early)
    assert found.level == BAD
    assert "2026-05-01" in found.text


def test_a_disk_with_little_room_asks_for_care(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(pin_file=str(tmp_path / "not" / "there" / "pin.json"))
    assert self_test.disk(settings).level == OK
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10 * 2**20}))
    found = self_test.disk(settings)
    assert (found.level, found.text) == (CARE, words.DISK.format(free=10, place=tmp_path))


def test_swap_asks_for_care(tmp_path: Path) -> None:
    file = tmp_path / "swaps"
    assert self_test.swap(file).level == OK
    file.write_text("Filename Type Size\n")
    assert self_test.swap(file).level == OK
    file.write_text("Filename Type Size\n/dev/sda2 partition 1\n")
    assert self_test.swap(file).level == CARE


def test_the_pin_in_all_its_states(tmp_path: Path) -> None:
    settings = Settings(pin_file=str(tmp_path / "pin.json"))
    store = PinStore(tmp_path / "pin.json")
    assert self_test.pin(settings).level == CARE
    store.set("47114")
    assert self_test.pin(settings).level == OK
    for _ in range(3):
        store.check("00001")
    assert "next one is possible in" in self_test.pin(settings).text
    store.file.chmod(0o644)
    found = self_test.pin(settings)
    assert found.level == BAD
    assert str(store.file) in found.todo


def test_every_finding_that_is_not_well_says_what_to_do(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "ANSI_X3.4-1968")
    settings = Settings(pack=str(toy / "nowhere"), pin_file=str(tmp_path / "pin.json"))
    found = self_test.findings(settings, {"TERM": "linux", "TMUX": "1", "SSH_TTY": "1", "DISPLAY": ":0"})
    assert {each.level for each in found} >= {CARE, BAD}
    assert [each for each in found if each.level != OK and not each.todo] == []
    text = self_test.report(found)
    assert text.endswith(words.SUMMARY_BAD)
    assert text.count("-> ") == sum(each.level != OK for each in found)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (f"\x1b[1;{len(self_test.SAMPLE) + 1}R", OK),
        (f"x\x1b[1;{len(self_test.SAMPLE) * 2 + 1}R", BAD),
        ("nonsense", CARE),
    ],
)
def test_the_terminal_is_asked_how_wide_it_draws(
    terminal: tuple[int, int], answer: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.kiosk.self_test.PATIENCE", 5.0 if level != CARE else 0.1)
    ours, theirs = terminal
    before = termios.tcgetattr(theirs)

    def play() -> None:
        asked = b""
        while not asked.endswith(b"\x1b[6n"):
            asked += os.read(ours, 100)
        os.write(ours, answer.encode())

    playing = threading.Thread(target=play)
    playing.start()
    found = self_test.boxes(theirs, theirs)
    playing.join()
    assert found is not None
    assert found.level == level
    assert termios.tcgetattr(theirs) == before


@pytest.mark.parametrize("wrong", ["pack", "journal", "extra", "terminal", "nothing"])
def test_what_the_stand_refuses_its_test_does_not_promise(
    wrong: str, toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: wrong != "terminal", raising=False)
    if wrong == "extra":
        monkeypatch.setattr("dimchat.extras.find_spec", lambda _: None)
    folder = tmp_path / "file" if wrong == "journal" else tmp_path / "state"
    settings = Settings(
        pack=str(toy / "nowhere") if wrong == "pack" else str(toy),
        pin_file=str(tmp_path / "state" / "pin.json"),
        journal=Switch("counts", url_of(folder / "journal.db")),
    )
    found = self_test.start(settings)
    if wrong == "nothing":
        assert found == []
        return
    with pytest.raises(DimchatError) as refused:
        run_kiosk(settings)
    assert [(each.level, each.text) for each in found] == [(BAD, str(refused.value))]


def test_a_missing_extra_of_the_journal_is_told_by_all_three(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True, raising=False)
    common = ["kiosk", "--journal", "full", "--pack", str(toy), "--pin-file", str(tmp_path / "pin.json")]
    for option, status in {"--check": 1, "--once": 2, "--motion": 2}.items():
        assert run([*common, option]) == status
        captured = capsys.readouterr()
        assert "pip install 'dimchat[journal]'" in captured.out + captured.err


def test_a_state_folder_that_may_not_be_read_is_no_traceback(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> bool:
        raise PermissionError(13, "Permission denied")

    settings = Settings(pack=str(toy), pin_file="/var/empty/x/pin.json")
    monkeypatch.setattr("dimchat.kiosk.pin.PinStore.is_set", property(denied))
    assert self_test.pin(settings).level == BAD


def test_where_there_is_no_terminal_nothing_is_asked() -> None:
    reading, writing = os.pipe()
    assert self_test.boxes(reading, writing) is None
    os.close(reading)
    os.close(writing)


def test_the_command_ends_with_one_where_something_stands_in_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["kiosk", "--check", "--pack", str(tmp_path), "--pin-file", str(tmp_path / "pin.json")]) == 1
    shown: Any = capsys.readouterr()
    assert words.SUMMARY_BAD in shown.out
    assert words.TERMINAL_NONE in shown.out


def test_the_command_in_a_terminal_is_ready(toy: Path, tmp_path: Path, terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    PinStore(tmp_path / "pin.json").set("47114")
    command = [sys.executable, "-m", "dimchat", "kiosk", "--check", "--pack", str(toy)]
    with subprocess.Popen(
        [*command, "--pin-file", str(tmp_path / "pin.json")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    ) as process:
        shown = b""
        while b"stand" not in shown.lower():
            shown += os.read(ours, 4096)
            if shown.endswith(b"\x1b[6n"):
                os.write(ours, f"\x1b[1;{len(self_test.SAMPLE) + 1}R".encode())
        assert process.wait(60) == 0
    assert b"The stand can start." in shown


@pytest.mark.parametrize(
    ("levels", "summary"),
    [([OK], words.SUMMARY_GOOD), ([OK, CARE], words.SUMMARY_CARE), ([CARE, BAD, OK], words.SUMMARY_BAD)],
)
def test_the_last_line_says_how_it_stands(levels: list[str], summary: str) -> None:
    assert self_test.report([Finding("x", level, "y") for level in levels]).splitlines()[-1] == summary
