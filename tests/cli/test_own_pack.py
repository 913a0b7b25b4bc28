"""Which pack a command works on where nobody names one."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import own_pack, run
from dimchat.pack import find_pack

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

TOOLS = {
    "check": "",
    "test": "5 passed, 0 failed",
    "coverage --kind intents": "100.0 %",
    "robustness --sample 1": "Toy Shop",
    "facts": "shop.hours",
    "explain what are the hours": "shop.hours",
    "baseline record": "tests/baseline.jsonl",
    "baseline status": "tests/baseline.jsonl",
    "diff": "no reply differs",
    "evaluate --folds 2": "Toy Shop",
    "tune --dry-run": "floor",
}


def test_the_tools_of_a_curator_take_the_pack_of_the_current_folder_and_say_so(
    toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy)
    for command, shown in TOOLS.items():
        assert run(command.split()) in (0, 1), command
        captured = capsys.readouterr()
        assert captured.err.startswith(f"dimchat: the pack of this folder, {toy}\n"), command
        assert shown in captured.out, command


def test_a_named_pack_goes_before_and_is_not_announced(
    toy: Path, tiny_pack: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny_pack)
    assert run(["test", "--pack", str(toy)]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("5 passed, 0 failed\n", "")
    run(["check", str(toy)])
    assert capsys.readouterr().err.startswith("toy: ")


def test_elsewhere_they_take_the_one_that_dimchat_carries(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["baseline", "status"]) == 0
    assert f"the pack that dimchat carries, {find_pack(None)}; --pack DIR" in capsys.readouterr().err
    tmp_path.rmdir()
    assert run(["baseline", "status"]) == 0, "a current folder that is gone holds no pack"


def test_who_asks_gets_the_same_pack_in_every_folder(
    toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy)
    assert run(["ask", "--json", "what degree do i need"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["pack"]["name"] == "diagnostic-imaging-manager"
    assert captured.err == ""


@pytest.mark.parametrize("broken", ["name: [", None])
def test_a_broken_pack_in_the_current_folder_is_an_error_about_that_pack(
    broken: str | None, toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (toy / "pack.yaml").unlink()
    if broken is None:
        (toy / "pack.yaml").symlink_to("nowhere")
    else:
        (toy / "pack.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.chdir(toy)
    for command, status in {"test": 2, "coverage": 2, "diff": 2, "check": 1, "tune": 2}.items():
        if command == "diff":
            (toy / "tests" / "baseline.jsonl").touch()
        assert run([command]) == status, command
        captured = capsys.readouterr()
        assert captured.err.startswith(f"dimchat: the pack of this folder, {toy}\n"), command
        if command != "diff":
            assert "pack.yaml:" in captured.out + captured.err, command


WRITES = ["tune", "baseline record", "baseline bless --reason x", "facts --write"]


@pytest.mark.parametrize("command", WRITES)
def test_nothing_is_written_into_an_installation_unasked(
    command: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_pack, "_installed", lambda: find_pack(None))
    monkeypatch.chdir(tmp_path)
    assert run(command.split()) == 2
    assert "is part of the installation" in capsys.readouterr().err


@pytest.mark.parametrize("command", WRITES)
def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    command: str, toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "bless" in command:
        run(["baseline", "record", "--pack", str(toy)])
    capsys.readouterr()
    monkeypatch.setattr("os.access", lambda _, mode: not mode & os.W_OK)
    monkeypatch.setattr("dimchat.index.tune", lambda _: pytest.fail("it began to work"))
    assert run([*command.split(), "--pack", str(toy)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written: nothing may be written into" in line


def test_tune_says_where_it_wrote(toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toy)
    assert run(["tune"]) == 0
    assert f"dimchat: wrote {toy / 'intents' / 'calibration.json'}" in capsys.readouterr().err
