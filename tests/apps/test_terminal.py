"""The chat in a real terminal: what is on it before is on it after, whatever ends the chat."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
PATIENCE = 60
"""Seconds for a machine that is busy with other things; one that is not needs none of them."""

OVER = "the chat is over"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

PROGRAM = """
import os, sys
sys.path.insert(0, {here!r})
from conftest import FakeAssistant, make_pack
from dimchat.apps.chat import run_chat

open({pid!r}, "w").write(str(os.getpid()))
sys.exit(run_chat(lambda: (make_pack(), FakeAssistant())))
"""


class Terminal:
    """A tmux session with a shell in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = str(folder / "socket")
        self.tmux("-f", os.devnull, "new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "env PS1='$ ' sh")

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(["tmux", "-S", self.socket, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True, check=False)

    @property
    def shown(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "t")

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-t", "t", "-l", text)

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "t", *keys)

    def send_bytes(self, *codes: str) -> None:
        self.tmux("send-keys", "-t", "t", "-H", *codes)

    def until(self, what: Callable[[str], bool]) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = self.shown
            if what(shown):
                return shown
            time.sleep(0.05)  # another process draws: there is nothing to wait on
        pytest.fail(f"not within {PATIENCE} s; on the screen:\n{self.shown}")

    def until_shown(self, text: str) -> str:
        return self.until(lambda shown: text in shown)

    def start_chat(self) -> int:
        """Start the chat between two looks at the terminal's settings; return its process id."""
        pid = self.folder / "pid"
        program = self.folder / "program.py"
        program.write_text(PROGRAM.format(here=str(HERE), pid=str(pid)))
        script = self.folder / "run.sh"
        script.write_text(
            f"cd {self.folder}; stty -g > before\n"  # without the window's size, which a test may have changed
            f"{sys.executable} program.py 2> stderr; echo status=$? > status\n"
            f"stty -g > after; echo {OVER}\n"
        )
        self.type(f"echo earlier; clear; echo earlier; sh {script}")
        self.press("Enter")
        self.until_shown("1  The job")
        return int(pid.read_text())

    def check_end(self, status: int) -> None:
        """Wait for the end, and check that everything is as it was."""
        shown = self.until(lambda shown: OVER in shown.splitlines())
        assert "earlier" in shown.splitlines()[0]
        assert "The job" not in shown
        assert (self.folder / "status").read_text() == f"status={status}\n"
        assert (self.folder / "before").read_text() == (self.folder / "after").read_text()
        modes = self.tmux("display-message", "-p", "-t", "t", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}")
        assert modes.split() == ["0", "0", "1"]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    source = str(HERE.parents[1] / "src")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")])))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")  # some shells export what is true only until the window changes
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("SSH_CONNECTION", "a test")  # nobody's own clipboard is touched
    started = Terminal(tmp_path)
    try:
        yield started
    finally:
        started.close()


def test_a_visitor_asks_picks_copies_exports_and_quits(terminal: Terminal) -> None:
    terminal.tmux("set-option", "-s", "set-clipboard", "on")  # what comes as OSC 52 goes into a buffer
    terminal.start_chat()
    terminal.type("what degree do i need")
    terminal.press("Enter")
    terminal.until_shown("some jobs ask for a")
    terminal.press("1", "Enter")
    terminal.until_shown("About manager.experience.")
    terminal.type("/copy")
    terminal.press("Enter")
    terminal.until_shown("OSC 52")
    copied = terminal.tmux("show-buffer")
    assert "About manager.experience. [1]" in copied
    assert "https://example.org/guide" in copied
    terminal.type("/export talk.md")
    terminal.press("Enter")
    terminal.until_shown("2 turns written to talk.md")
    exported = (terminal.folder / "talk.md").read_text(encoding="utf-8")
    assert "what degree do i need" in exported
    assert "About manager.experience." in exported
    terminal.press("C-q")
    terminal.check_end(0)


@pytest.mark.parametrize(("columns", "rows", "rule"), [(60, 20, 57), (200, 60, 77)])
def test_a_window_may_change_its_size(terminal: Terminal, columns: int, rows: int, rule: int) -> None:
    terminal.start_chat()
    terminal.type("what degree do i need")
    terminal.press("Enter")
    terminal.until_shown("some jobs ask for a")
    for width, height, dashes in ((columns, rows, rule), (80, 24, 77)):
        terminal.tmux("resize-window", "-t", "t", "-x", str(width), "-y", str(height))
        terminal.until(partial(drawn_for, width, dashes))
    terminal.press("C-q")
    terminal.check_end(0)


def drawn_for(width: int, dashes: int, shown: str) -> bool:
    """Tell whether the rules above and below the conversation stand in the middle, and the footer is whole."""
    rules = [row.rstrip() for row in shown.splitlines() if set(row.strip()) == {"─"}]
    left = " " * ((width - 3 - dashes) // 2 + 1)  # a cell at the left, two at the right
    return rules == [left + "─" * dashes] * 2 and shown.rstrip().endswith("ctrl+q quit")


def test_a_window_that_shrinks_and_grows_at_once_shows_everything_again(terminal: Terminal) -> None:
    terminal.start_chat()
    before = terminal.until(lambda shown: "tab choices" in shown and drawn_for(80, 77, shown))
    for size in ("60", "80") * 3:
        terminal.tmux("resize-window", "-t", "t", "-x", size)
    terminal.until(lambda shown: shown == before)
    terminal.press("C-q")
    terminal.check_end(0)


def test_a_terminal_of_sixteen_colours_gets_no_others(terminal: Terminal) -> None:
    terminal.tmux("send-keys", "-t", "t", "unset COLORTERM; TERM=screen; export TERM; clear", "Enter")
    terminal.start_chat()
    terminal.type("what degree do i need")
    terminal.press("Enter")
    terminal.until_shown("some jobs ask for a")
    drawn = terminal.tmux("capture-pane", "-e", "-p", "-t", "t")
    assert "\x1b[96m" in drawn
    assert "38;2;" not in drawn
    assert "38;5;" not in drawn
    terminal.press("C-q")
    terminal.check_end(0)


def test_ctrl_c_twice_leaves(terminal: Terminal) -> None:
    terminal.start_chat()
    terminal.press("C-c")
    terminal.until_shown("Leave dimchat?")
    terminal.press("C-c")
    terminal.check_end(0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_gives_the_terminal_back(terminal: Terminal, number: signal.Signals) -> None:
    os.kill(terminal.start_chat(), number)
    terminal.check_end(128 + number)


def test_a_crash_gives_the_terminal_back_and_tells_nothing(terminal: Terminal) -> None:
    terminal.start_chat()
    terminal.type("crash my secret")
    terminal.press("Enter")
    terminal.check_end(1)
    printed = (terminal.folder / "stderr").read_text()
    assert "ZeroDivisionError" in printed
    assert "secret" not in printed


def test_bytes_that_are_no_utf_8_do_no_harm(terminal: Terminal) -> None:
    terminal.start_chat()
    terminal.send_bytes("ff", "fe", "68", "69", "c3", "28")
    terminal.until_shown("\ufffd\ufffdhi\ufffd(")
    terminal.press("C-q")
    terminal.check_end(0)


def test_the_chat_ends_when_its_terminal_goes(terminal: Terminal) -> None:
    pid = terminal.start_chat()
    terminal.tmux("kill-session", "-t", "t")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and alive(pid):
        time.sleep(0.05)  # the process is nobody's child here
    assert not alive(pid)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
