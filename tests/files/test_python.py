from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dimchat.files import python


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


def test_a_folder_that_a_variable_names_is_the_same_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DIMCHAT_CACHE", "XDG_STATE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, "here")
        assert python.environment()[name] == str(tmp_path / "here")


@pytest.mark.parametrize("at", [0, -1, None])
def test_of_pythonpath_only_our_own_place_is_handed_on_and_only_where_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int | None
) -> None:
    root = str(python.FOLDER.parents[1])
    path = [str(tmp_path), *(entry for entry in sys.path if Path(entry).resolve() != Path(root))]
    if at is not None:
        path.insert(at if at == 0 else len(path), root)
    monkeypatch.setattr(sys, "path", path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert python.environment().get("PYTHONPATH") == (None if at == -1 else root)


def test_it_is_this_python() -> None:
    assert python.command("dimchat", "--version")[0] == sys.executable
