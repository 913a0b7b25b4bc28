"""What a shell is told when somebody presses tab."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import COMPLETE, run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]


def completed(line: str, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words = line.split(" ")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    monkeypatch.setenv(COMPLETE, "bash_complete")
    assert run([]) == 0
    captured = capfd.readouterr()
    assert captured.err == ""
    return captured.out.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dimchat co", ["plain,coverage"]),
        ("dimchat --pl", ["plain,--plain"]),
        ("dimchat test --fai", ["plain,--failed-first"]),
        ("dimchat baseline r", ["plain,record"]),
        ("dimchat ask --pack x", ["dir,x"]),
        ("dimchat test --pack x", ["dir,x"]),
        ("dimchat test x", ["file,x"]),
        ("dimchat kiosk --theme h", ["plain,high-contrast"]),
        ("dimchat show --pack TOY shop.h", ["plain,shop.hours"]),
        ("dimchat topics --pack TOY s", ["plain,shop"]),
        ("dimchat show --pack nowhere shop", []),
        ("dimchat nonsense x", []),
        ("dimchat --version x", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_follow(
    line: str, expected: list[str], toy: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert completed(line.replace("TOY", str(toy)), capfd, monkeypatch) == expected


def test_titles_stand_beside_ids_where_the_shell_shows_them(
    toy: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"dimchat show --pack {toy} shop.h")
    monkeypatch.setenv("COMP_CWORD", "shop.h")
    monkeypatch.setenv(COMPLETE, "fish_complete")
    assert run([]) == 0
    assert capfd.readouterr().out.split("\t")[-1].strip() == "When are you open?"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETE, f"{shell}_source")
    assert run([]) == 0
    assert f"{COMPLETE}={shell}_complete" in capfd.readouterr().out


@pytest.mark.parametrize("instruction", ["tcsh_source", "bash", "bash_install", "1"])
def test_another_shell_is_told_which_are_known(
    instruction: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(COMPLETE, instruction)
    assert run([]) == 2
    assert "bash_source, zsh_source and fish_source" in capsys.readouterr().err


def test_the_script_alone_is_told_what_is_missing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETE, "zsh_complete")
    monkeypatch.delenv("COMP_WORDS", raising=False)
    assert run([]) == 2
    assert "zsh_source" in capsys.readouterr().err


def test_bash_itself_completes_with_it(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    program = tmp_path / "dimchat"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dimchat "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = """
        eval "$(_DIMCHAT_COMPLETE=bash_source dimchat)"
        COMP_WORDS=(dimchat robu); COMP_CWORD=1; _dimchat_completion dimchat; echo "${COMPREPLY[*]}"
    """
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    done = subprocess.run(
        [bash, "--norc", "-c", script], capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )
    assert done.stdout.split() == ["robustness"], done.stderr
