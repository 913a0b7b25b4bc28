"""What keeps words inside a process, and what tells the service manager that the stand lives."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dimchat.kiosk.terminal import Watchdog
from dimchat.visit import process

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the kiosk needs a POSIX system")


def in_a_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_core_file_is_written_by_it_or_its_children() -> None:
    code = (
        "import resource, subprocess, sys\n"
        "from dimchat.visit.limits import forbid_core_dumps\n"
        "forbid_core_dumps()\n"
        "own = resource.getrlimit(resource.RLIMIT_CORE)\n"
        "ask = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'\n"
        "print(own, subprocess.run([sys.executable, '-c', ask], capture_output=True, text=True).stdout.strip())\n"
    )
    assert in_a_process(code) == "(0, 0) (0, 0)"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
def test_no_other_process_of_the_same_user_can_read_it() -> None:
    code = (
        "import ctypes\n"
        "from dimchat.visit.limits import forbid_reading\n"
        "print(forbid_reading(), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"  # PR_GET_DUMPABLE
    )
    assert in_a_process(code) == "True 0"


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGPIPE"])
def test_what_a_terminal_could_send_does_nothing(name: str) -> None:
    code = (
        "import os, signal\n"
        "from dimchat.visit.limits import deaden_signals\n"
        "deaden_signals()\n"
        f"os.kill(os.getpid(), signal.{name})\n"
        "print('still there')\n"
    )
    assert in_a_process(code) == "still there"


def test_a_childs_environment_is_a_short_list(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "TEXTUAL_LOG", "TEXTUAL", "PYTHONSTARTUP", "PYTHONINSPECT", "NOTIFY_SOCKET"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_TIME", "de_DE.UTF-8")
    kept = process.environment()
    assert "secret" not in kept.values()
    assert kept["LC_TIME"] == "de_DE.UTF-8"
    assert kept["PATH"] == os.environ["PATH"]
    assert kept["PYTHONDONTWRITEBYTECODE"] == "1"


@pytest.fixture
def manager(tmp_path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(5)
    return listening


def test_the_service_manager_hears_each_state(
    manager: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    watchdog = Watchdog.from_environment()
    with manager:
        watchdog.say("READY=1")
        watchdog.say("WATCHDOG=1")
        assert [manager.recv(100), manager.recv(100)] == [b"READY=1", b"WATCHDOG=1"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such addresses")
def test_an_address_without_a_file_is_understood() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0dimchat-test-{os.getpid()}")
        listening.settimeout(5)
        Watchdog(f"@dimchat-test-{os.getpid()}").say("READY=1")
        assert listening.recv(100) == b"READY=1"


def test_without_a_manager_or_with_a_lost_one_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    Watchdog.from_environment().say("READY=1")
    Watchdog(str(tmp_path / "nobody")).say("READY=1")
