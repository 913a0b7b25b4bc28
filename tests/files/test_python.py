from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from dimchat.files import python

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_module_in_the_current_folder_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    given = '{"b": 1, "a": 2}'
    for folder in (None, python.FOLDER):
        done = subprocess.run(
            python.command("json.tool", "--sort-keys"),
            input=given,
            env=python.environment(),
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        assert list(json.loads(done.stdout)) == ["a", "b"]


def test_only_listed_names_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONSTARTUP", "GIT_DIR", "LD_PRELOAD", "OPERATORS_PASSWORD", "TERM"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PATH", "/bin")
    assert python.environment()["PATH"] == "/bin"
    assert not {"PYTHONSTARTUP", "GIT_DIR", "LD_PRELOAD", "OPERATORS_PASSWORD", "TERM"} & python.environment().keys()
    assert python.environment("TERM", NEW="1")["TERM"] == "x"
    assert python.environment("TERM", NEW="1")["NEW"] == "1"


def test_it_is_this_python() -> None:
    assert python.command("dimchat", "--version")[0] == sys.executable
