"""An assistant that answers in copies of the process."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.visit.apart import Apart, TurnEndedError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no copies of a process")

LONGEST = 60
"""Seconds that anything may take on a busy machine."""


@pytest.fixture(autouse=True)
def _buried() -> Iterator[None]:
    """Let the system bury the copies, as in a visitor's process."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


class Remembers:
    """An assistant that keeps what it heard, which none of ours does."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def ask(self, text: str, context: Any) -> tuple[str, Any, int]:
        if text == "fault":
            raise ValueError(text)
        while text == "for ever":
            pass
        self.heard.append(text)
        return " ".join(self.heard), context, os.getpid()

    def explain(self, text: str, _: Any) -> str:
        return f"why {text}"


def test_replies_are_those_of_the_assistant_and_the_context_goes_on() -> None:
    assistant, context, other = open_assistant(), Context(), Context()
    apart = Apart(assistant)
    for text in ("what is the CRA", "how often do i renew it", "is it worth it for somebody like me"):
        (reply, context), (same, other) = apart.ask(text, context), assistant.ask(text, other)
        assert (reply, context) == (same, other)
    assert apart.near("how often do i re") == assistant.near("how often do i re")
    assert apart.explain("what is the CRA", Context()).to_dict() == (
        assistant.explain("what is the CRA", Context()).to_dict()
    )


def test_nothing_of_a_turn_stays_behind() -> None:
    assistant = Remembers()
    apart = Apart(assistant)
    said, _, pid = apart.ask("one", None)
    assert (said, apart.ask("two", None)[0], assistant.heard) == ("one", "two", [])
    assert pid != os.getpid()
    assert apart.explain("one", None) == "why one"
    assert apart.near("on") == (), "who cannot tell what is near says nothing"


def test_what_is_open_elsewhere_in_the_process_is_left_alone() -> None:
    apart, done = Apart(Remembers()), threading.Event()
    waiting = threading.Thread(target=done.wait, args=[LONGEST])
    waiting.start()
    gc.collect()  # what other tests left open is closed now, not meanwhile
    before = sorted(Path("/dev/fd").iterdir())
    assert apart.ask("one", None)[0] == "one"
    assert sorted(Path("/dev/fd").iterdir()) == before
    done.set()
    waiting.join()


def test_a_fault_ends_the_turn_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    apart = Apart(Remembers())
    with pytest.raises(TurnEndedError):
        apart.ask("fault", None)
    assert capfd.readouterr() == ("", "")
    assert apart.ask("one", None)[0] == "one"


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(TurnEndedError):
        Apart(Remembers(), processor=0).ask("for ever", None)


ORPHAN = """
import os, signal
from dimchat.visit.apart import Apart

class Waits:
    def ask(self, text, context):
        os.write(1, b"%d\\n" % os.getpid())
        signal.pause()

Apart(Waits()).ask("x", None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_copy_ends_with_the_visit() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as visit:
        assert visit.stdout is not None
        assert int(visit.stdout.readline())
        visit.kill()
        assert visit.stdout.read() == "", "the copy, which has this end too, is gone"
