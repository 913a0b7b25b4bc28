"""The terminal between two visitors."""

from __future__ import annotations

import os
import sys
import termios
from typing import TYPE_CHECKING

import pyte
import pytest

from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    pytest.skip("the kiosk needs a POSIX system", allow_module_level=True)

from dimchat.kiosk.terminal import HIDDEN, Terminal, TerminalLostError

WORDS = catalogue_of("en")


class Line:
    """A pseudo-terminal, and what it shows."""

    def __init__(self) -> None:
        self.ours, self.theirs = os.openpty()
        self.screen = pyte.HistoryScreen(80, 24)
        self.stream = pyte.ByteStream(self.screen)
        self.terminal = Terminal(self.theirs, self.theirs)

    def show(self, end: bytes) -> str:
        """Read until these bytes have come: a terminal hands on what was written when it likes."""
        seen = b""
        while not seen.endswith(end):
            seen += os.read(self.ours, 65536)
        self.stream.feed(seen)
        return "\n".join(self.screen.display)

    def flags(self) -> int:
        return int(termios.tcgetattr(self.theirs)[3])


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    os.close(line.ours)
    os.close(line.theirs)


@pytest.mark.parametrize(
    "half",
    [
        "",
        "\x1b",
        "\x1b[",
        "\x1b[38;2;1",
        "\x1b]0;secret",
        "\x1b]52;c;c2Vj",
        "\x1bP+q",
        "\x0e\x1b[4h\x1b[5;9r",
        "\x1b[8;1H",
    ],
)
def test_a_wipe_is_whole_whatever_was_left_half_written(line: Line, half: str) -> None:
    os.write(line.theirs, f"secret words\r\n{half}".encode())
    line.show(half.encode() or b"\n")
    line.terminal.wipe()
    line.terminal.calm(WORDS.texts("stand.calm.next"))
    assert (
        line.show(WORDS.texts("stand.calm.next")[-1].encode() + HIDDEN.encode()).split()
        == " ".join(WORDS.texts("stand.calm.next")).split()
    )
    assert line.screen.title == WORDS("stand.terminal_title")


def test_keys_send_no_signal_and_are_not_shown(line: Line) -> None:
    line.terminal.enter()
    assert not line.flags() & (termios.ISIG | termios.ECHO | termios.ICANON)
    line.terminal.leave()
    assert line.flags() & termios.ISIG


def test_what_a_killed_process_did_to_the_line_is_undone_by_a_wipe(line: Line) -> None:
    line.terminal.enter()
    mode = termios.tcgetattr(line.theirs)
    mode[3] |= termios.ISIG | termios.ECHO
    termios.tcsetattr(line.theirs, termios.TCSANOW, mode)
    line.terminal.wipe()
    assert not line.flags() & (termios.ISIG | termios.ECHO)


def test_what_was_typed_ahead_is_dropped(line: Line) -> None:
    line.terminal.enter()
    os.write(line.ours, b"words of somebody")
    line.terminal.drop_input()
    os.set_blocking(line.theirs, False)
    with pytest.raises(BlockingIOError):
        os.read(line.theirs, 100)


def test_a_terminal_that_is_gone_is_named() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    terminal = Terminal(writing, writing)
    with pytest.raises(TerminalLostError):
        terminal.enter()
    with pytest.raises(TerminalLostError):
        terminal.wipe()
    with pytest.raises(TerminalLostError):
        terminal.calm(WORDS.texts("stand.calm.next"))
    terminal.leave()
    os.close(writing)
