"""The whole stand in a terminal of its own: parent, visitors' processes, and what is left of a visit."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from dimchat.files import python
from dimchat.journal.address import url_of
from dimchat.journal.contents import latest, summary
from dimchat.journal.store import Store
from dimchat.kiosk.pin import PinStore
from dimchat.wording import catalogue_of
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = catalogue_of("en")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")

MARKER = "zyxmarker"
TAKEN = "a-module-of-the-current-folder-ran"
PATIENCE = 60.0
"""Seconds after which a loaded machine counts as stuck."""
BEGUN = WORDS("stand.tiles_head")


class Stand:
    """A kiosk on a pseudo-terminal, and a terminal emulator with scrollback that shows it."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.screen = pyte.HistoryScreen(80, 24, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.seen = b""
        self.crashes = 0
        self.fd, there = pty.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        folders = {
            "HOME": home,
            "TMPDIR": home / "tmp",
            "XDG_STATE_HOME": home / "state",
            "XDG_RUNTIME_DIR": home / "run",
        }
        for folder in folders.values():
            folder.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            **{name: str(folder) for name, folder in folders.items()},
            "TERM": "xterm-256color",
        }
        self.process = subprocess.Popen(
            python.command("dimchat", "kiosk", *options),
            stdin=there,
            stdout=there,
            stderr=there,
            env=environment,
            cwd=home,
            start_new_session=True,
        )
        os.close(there)
        os.set_blocking(self.fd, False)

    def read(self) -> None:
        with suppress(BlockingIOError, OSError):
            while data := os.read(self.fd, 65536):
                self.seen += data
                self.crashes += data.count(WORDS.texts("stand.calm.crashed")[-1].encode())
                # The emulator knows no private modes with a second parameter byte, nor kitty's keyboard codes.
                self.stream.feed(data.replace(b"\x1b[<u", b"").replace(b"\x1b[>25u", b""))
        if b"\x1b[3J" in self.seen:
            self.seen = self.seen.rpartition(b"\x1b[3J")[2]
            self.screen.history.top.clear()
            self.screen.history.bottom.clear()

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    @property
    def held(self) -> str:
        """Everything that the terminal holds: screen, scrollback and title."""
        rows = [*self.screen.history.top, *self.screen.history.bottom]
        past = ["".join(cell.data for cell in row.values()) for row in rows]
        return "\n".join([self.text, *past, self.screen.title])

    def until(self, what: str | Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read()
            if what() if callable(what) else what in self.text:
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.02)
        pytest.fail(f"did not come: {what!r}\n{self.text}")

    def send(self, data: str | bytes) -> None:
        os.write(self.fd, data if isinstance(data, bytes) else data.encode())

    def begin(self) -> None:
        self.until(WORDS("stand.attract.touch"))
        self.send("x")
        self.until(BEGUN)

    def touch(self, label: str) -> None:
        """Click the words on the screen."""
        for y, row in enumerate(self.screen.display, 1):
            x = row.find(label)
            if x >= 0:
                self.send(f"\x1b[<0;{x + 2};{y}M\x1b[<0;{x + 2};{y}m")
                return
        pytest.fail(f"not shown: {label}\n{self.text}")

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def close(self) -> None:
        if self.alive:
            self.process.terminate()
            self.until(lambda: not self.alive)
        os.close(self.fd)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    PinStore(tmp_path / "state" / "dimchat" / "kiosk" / "pin.json").set("47114")
    for name in ("json", "socket", "textual", "dimchat", "webbrowser", "signal", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / TAKEN)!r}, 'w')")
    started = Stand(tmp_path)
    yield started
    started.close()


def memory_of(pid: int) -> bytes:
    """Return all of a process's memory that can be read."""
    parts: list[bytes] = []
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, mode, *_ = line.split()
            if mode.startswith("r") and "[v" not in line:
                start, end = (int(part, 16) for part in span.split("-"))
                with suppress(OSError, ValueError, OverflowError):
                    memory.seek(start)
                    parts.append(memory.read(end - start))
    return b"".join(parts)


def traces(marker: str) -> list[bytes]:
    return [marker.encode(), marker.encode("utf-16-le"), marker.encode("utf-32-le")]


def ways(stand: Stand) -> None:
    """Say the marker in every way there is."""
    stand.begin()
    stand.send(f"{MARKER} degree\r")  # typing
    stand.until(f"{MARKER} degree")
    stand.send(f"\x1b[200~{MARKER} pasted\x1b[201~")
    stand.until(f"{MARKER} pasted")
    stand.send("\r")
    stand.until(WORDS("stand.placeholder"))
    stand.send(f"manager {MARKER}\r")  # clarify, or a decline: both offer
    stand.until(f"manager {MARKER}")
    stand.touch(WORDS("stand.keyboard"))
    stand.until(WORDS("stand.keyboard_hide"))
    typed = ""
    for letter in MARKER:  # on-screen keyboard
        typed += letter
        for y, row in enumerate(stand.screen.display, 1):
            if y > 9 and f" {letter} " in f" {row} ":
                x = f" {row}".find(f" {letter} ")
                stand.send(f"\x1b[<0;{x + 1};{y}M\x1b[<0;{x + 1};{y}m")
                break
        stand.until(f"› {typed}")  # noqa: RUF001
    stand.send("\x15")
    stand.until(WORDS("stand.placeholder_keyboard"))
    stand.send("cra")  # search
    stand.until("› cra")  # noqa: RUF001
    stand.until("CRA?")
    stand.send(f" {MARKER}")
    stand.until(f"› cra {MARKER}")  # noqa: RUF001


def test_nothing_of_a_visit_is_left(stand: Stand) -> None:
    ways(stand)
    visitor = stand.children()[0]
    limits = dict(re.findall(r"(Max \w+ \w+) +(\w+)", Path(f"/proc/{visitor}/limits").read_text()))
    assert {limits["Max cpu time"], limits["Max data size"]}.isdisjoint({"unlimited"})
    stand.touch(WORDS("stand.start_over"))
    stand.until(WORDS("stand.attract.touch"))
    assert not (stand.home / TAKEN).exists()
    assert not Path(f"/proc/{visitor}").exists()
    assert MARKER not in stand.held
    assert MARKER.encode() not in stand.seen
    for file in stand.home.rglob("*"):
        assert MARKER not in file.name
        if file.is_file():
            assert MARKER.encode() not in file.read_bytes()
    try:
        memory = memory_of(stand.process.pid)
    except PermissionError:
        pytest.skip("the parent's memory cannot be read by this user, which is as it should be; root can")
    assert b"dimchat.kiosk.supervisor" in memory  # the right memory was read
    assert [trace for trace in traces(MARKER) if trace in memory] == []


@pytest.mark.parametrize("mode", ["counts", "full"])
def test_with_a_journal_nothing_is_left_but_what_the_mode_keeps(tmp_path: Path, mode: str) -> None:
    url = url_of(tmp_path / "kept" / "journal.db")
    stand = Stand(tmp_path, "--journal", mode, "--journal-url", url)
    stand.begin()
    stand.send(f"what is the CRA certification {MARKER}@example.org\r")
    stand.until(WORDS("stand.start_over"))
    stand.until(f"{MARKER}@example.org")
    stand.touch(WORDS("stand.start_over"))
    stand.until(WORDS("stand.attract.touch"))
    stand.begin()
    stand.send("how much do managers earn\r")
    stand.until(WORDS("stand.meant"))
    stand.send("\x1bOR")  # F3
    stand.until(WORDS("stand.meant_thanks"))
    stand.close()
    assert MARKER not in stand.held
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert MARKER.encode() not in file.read_bytes(), file
            assert mode == "full" or b"the CRA certification " not in file.read_bytes(), file
    with Store(url) as store:
        rows = latest(store, 10)
        assert summary(store).feedback == 1
    assert {row["face"] for row in rows} == {"kiosk"}
    texts = {row["text"] for row in rows}
    assert texts == (
        {None} if mode == "counts" else {"what is the CRA certification [e-mail]", "how much do managers earn"}
    )


def test_a_journal_that_is_locked_delays_no_visitor_and_is_told_later_what_it_lost(tmp_path: Path) -> None:
    url = url_of(tmp_path / "journal.db")
    Store(url).close()
    other = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    stand = Stand(tmp_path, "--journal", "counts", "--journal-url", url)
    stand.begin()
    for text in ("degree", "pay"):
        stand.send(f"{text}\r")
        stand.until(f"{text}  ")
        stand.until(WORDS("stand.placeholder"))
    stand.touch(WORDS("stand.start_over"))
    stand.until(WORDS("stand.attract.touch"))
    other.execute("COMMIT")
    other.close()
    with Store(url, patience=10) as store:
        stand.until(lambda: summary(store).lost == 3)
        assert summary(store).questions == 0
        stand.begin()
        stand.send("degree\r")
        stand.until(lambda: summary(store).questions == 1)
    stand.close()
    with Store(url) as store:
        assert summary(store).lost == 3


def test_what_the_last_visitor_could_not_keep_is_said_when_the_stand_ends(tmp_path: Path) -> None:
    Store(url_of(tmp_path / "journal.db")).close()
    other = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    stand = Stand(tmp_path, "--journal", "counts", "--journal-url", url_of(tmp_path / "journal.db"))
    stand.begin()
    stand.send("degree\r")
    stand.until("degree  ")
    stand.process.terminate()
    stand.until(words.LOST.format(count=2).strip())
    other.close()
    stand.close()


def test_a_journal_that_cannot_be_written_is_said_before_the_stand_starts(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    stand = Stand(tmp_path, "--journal", "counts", "--journal-url", url_of(tmp_path / "file" / "journal.db"))
    stand.until("cannot be written")
    assert stand.process.wait(PATIENCE) == 2
    stand.close()


def test_a_crash_shows_the_calm_screen_and_the_next_visit(stand: Stand) -> None:
    stand.begin()
    stand.send(f"{MARKER}\r")
    stand.until(MARKER)
    os.kill(stand.children()[0], signal.SIGSEGV)
    stand.until(WORDS("stand.attract.touch"))
    assert MARKER not in stand.held
    assert "Traceback" not in stand.held
    assert stand.crashes == 1


def test_it_ends_cleanly_on_sigterm_and_gives_the_terminal_back(stand: Stand) -> None:
    stand.begin()
    stand.process.terminate()
    assert stand.process.wait(PATIENCE) == 0
    stand.read()
    assert stand.text.strip() == ""


def test_the_staff_can_leave_with_the_pin_only(stand: Stand) -> None:
    stand.begin()
    stand.send("\x1b[20~" * 5)
    stand.until(WORDS("stand.pin.ask"))
    stand.send("11112\r")
    stand.until(WORDS("stand.pin.wrong"))
    stand.send("47114\r")
    stand.until(WORDS("stand.staff.leave"))
    stand.touch(WORDS("stand.staff.counts"))
    stand.until("1 visitors")
    stand.touch(WORDS("stand.staff.leave"))
    assert stand.process.wait(PATIENCE) == 0


MODIFIERS = range(1, 17)
"""Shift, alt, ctrl and super in every combination, as terminals count them."""
KITTY = (*range(57344, 57455), 57, 127, 9, 13, 27)
"""What kitty calls the keys that write nothing: locks, print, pause, menu, F13 to F35, keypad, media, the modifiers."""
SEQUENCES = [
    *(bytes([byte]) for byte in range(256)),  # every letter, digit and sign, shifted or not, and with ctrl
    *(b"\x1b" + bytes([byte]) for byte in range(256)),  # the same with alt
    *(f"\x1b[{number}~".encode() for number in range(1, 35)),
    *(f"\x1b[{number};{modifier}~".encode() for number in range(1, 35) for modifier in MODIFIERS),
    *(f"\x1b[{letter}".encode() for letter in "ABCDEFGHIPQRSZ"),
    *(f"\x1b[1;{modifier}{letter}".encode() for letter in "ABCDEFHPQRS" for modifier in MODIFIERS),
    *(f"\x1b[[{letter}".encode() for letter in "ABCDE"),  # a Linux console's F1 to F5
    *(f"\x1b[{number}{end}".encode() for number in range(1, 35) for end in "^$@"),  # rxvt
    *(f"\x1bO{letter}".encode() for letter in "ABCDEFHPQRSMXjklmnopqrstuvwxyz"),  # the keypad
    *(f"\x1bO{modifier}{letter}".encode() for letter in "PQRSABCDHF" for modifier in MODIFIERS),
    *(f"\x1b[{code};{modifier}u".encode() for code in (*range(8, 128), *KITTY) for modifier in MODIFIERS),
    *(f"\x1b[27;{modifier};{code}~".encode() for code in range(8, 128) for modifier in MODIFIERS),  # xterm
]
"""Every key of a board of 104 with every modifier, in each way that terminals send them."""


def storm(stand: Stand, strings: list[bytes]) -> None:
    """Send strings, a batch at a time; whatever they do, the stand stays, nothing crashes, no traceback is shown."""
    for start in range(0, len(strings), 200):
        batch = b"".join(strings[start : start + 200])
        while batch:
            stand.read()
            with suppress(BlockingIOError):
                batch = batch[os.write(stand.fd, batch[:1024]) :]
            assert stand.alive
        assert "Traceback" not in stand.text
    stand.until(lambda: bool(stand.children()))
    stand.send("\x1b[201~\x1b[201~")
    stand.until(
        lambda: any(
            text in stand.text
            for text in (WORDS("stand.start_over"), WORDS("stand.attract.touch"), WORDS("stand.pin.cancel"))
        )
    )
    assert stand.alive
    assert stand.crashes == 0


def test_no_key_with_any_modifier_leads_out(stand: Stand) -> None:
    stand.begin()
    storm(stand, SEQUENCES)


def test_ten_thousand_random_byte_strings_lead_nowhere(stand: Stand) -> None:
    dice = random.Random(7)  # noqa: S311 - the same strings each time
    stand.begin()
    storm(stand, [dice.randbytes(dice.randint(1, 12)) for _ in range(10_000)])
