"""A visitor's process as the parent starts it: what it sees, and what becomes of one that takes too much."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.files import python
from dimchat.kiosk import start
from dimchat.visit.process import StartedProcess

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.kiosk.stand_settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the kiosk needs a POSIX system")

GREEDY = """
from dimchat.visit.limits import MEMORY, Limited, limit_visit

class Greedy:
    def ask(self, text, context):
        if text == "memory":
            bytearray(2 * MEMORY)
        while text == "processor":
            pass

limit_visit()
Limited(Greedy(), processor=0).ask({text!r}, None)
"""


def ended(code: str) -> int:
    child = StartedProcess([sys.executable, "-P", "-c", code], (), "digest")
    child.link.settimeout(30)
    assert child.link.recv(1) == b""
    return child.finish()


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
@pytest.mark.parametrize(("text", "status"), [("memory", 1), ("processor", -signal.SIGXCPU), ("nothing", 0)])
def test_a_process_that_takes_too_much_ends_as_one_that_crashed(text: str, status: int) -> None:
    assert ended(GREEDY.format(text=text)) == status


def test_what_it_opens_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []

    def keep(settings: Settings, _: object = None) -> int:
        seen.append(settings)
        return 0

    monkeypatch.setattr(start, "run_kiosk", keep)
    monkeypatch.chdir(tmp_path)
    assert run(["kiosk", "--pack", "pack", "--pin-file", "pin.json"]) == 0
    assert (seen[0].pack, seen[0].pin_file) == (str(tmp_path / "pack"), str(tmp_path / "pin.json"))


def test_it_stands_in_a_folder_of_our_own_and_sees_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET", "x")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    file = tmp_path / "seen.json"
    code = f"import json, os, sys; json.dump([os.getcwd(), dict(os.environ), sys.path], open({str(file)!r}, 'w'))"
    assert ended(code) == 0
    folder, environment, path = json.loads(file.read_text())
    assert folder == str(python.FOLDER)
    assert "SECRET" not in environment
    assert not {"", str(tmp_path), folder} & set(path)
