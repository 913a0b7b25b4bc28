from __future__ import annotations

import io
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import progress
from dimchat.cli.progress import busy

if TYPE_CHECKING:
    from collections.abc import Iterator


class Terminal(io.StringIO):
    """A stderr that says what it is, and when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    found = Terminal()
    monkeypatch.setattr(
        progress, "sys", SimpleNamespace(stderr=found)
    )  # pytest puts its own in the place of sys.stderr
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", 0.001)
    yield found
    assert found.getvalue() == "" or found.getvalue().endswith("\r\x1b[K")


def test_what_takes_long_says_so_and_takes_it_back(terminal: Terminal) -> None:
    with busy("tuning"):
        assert terminal.written.wait(10)
    assert "\r\x1b[Ktuning … 0 s" in terminal.getvalue()


def test_what_fails_takes_it_back_as_well(terminal: Terminal) -> None:
    def failing() -> None:
        with busy("tuning"):
            assert terminal.written.wait(10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()


def test_what_is_quick_says_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 100)
    with busy("tuning"):
        pass
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("dumb", [True, False])
def test_no_line_goes_where_it_cannot_be_taken_back(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    dumb: bool,  # noqa: FBT001 - parametrised
) -> None:
    monkeypatch.setenv("TERM", "dumb" if dumb else "xterm")
    if not dumb:
        monkeypatch.setattr(terminal, "isatty", lambda: False)
    with busy("tuning"):
        assert not terminal.written.wait(0.01)
    assert terminal.getvalue() == ""
