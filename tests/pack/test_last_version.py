"""What 0.2.0 wrote is read: its pack of format 1 with calibration, cases and baseline. Nobody may edit these files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack

OF_0_2_0 = Path(__file__).with_name("of_0_2_0")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OF_0_2_0, tmp_path / "library"))


def files(root: Path) -> dict[str, list[str]]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8").splitlines() for path in found}


def test_its_pack_works_as_it_did(library: Path, capsys: Capture) -> None:
    pack = load_pack(library)
    assert (pack.format, pack.elsewhere, pack.calibration is not None) == (1, "the desk on the ground floor", True)
    assert run(["check", "--strict", "--as-of", "2026-11-30", str(library)]) == 0
    assert run(["test", "--pack", str(library)]) == 0
    assert "16 passed, 0 failed" in capsys.readouterr().out
    assert files(library) == files(OF_0_2_0)


def test_its_baseline_is_compared_with(library: Path, capsys: Capture) -> None:
    assert run(["diff", "--json", "--pack", str(library)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["edits"] == []
    assert sum(found["old"]["asked"].values()) == sum(found["new"]["asked"].values()) == 113


def test_an_upgrade_turns_it_by_two_lines_and_once(library: Path, capsys: Capture) -> None:
    before = files(library)
    assert run(["upgrade", "--pack", str(library)]) == 0
    after = files(library)
    was, now = before.pop("pack.yaml"), after.pop("pack.yaml")
    assert after == before
    assert now == ["format: 2", *(line.replace("elsewhere:", "contact:") for line in was)]
    assert run(["upgrade", "--pack", str(library)]) == 0
    assert files(library)["pack.yaml"] == now
    assert run(["check", "--strict", "--as-of", "2026-11-30", str(library)]) == 0
    assert run(["test", "--pack", str(library)]) == 0
    assert "16 passed, 0 failed" in capsys.readouterr().out


def test_a_newer_one_is_refused_with_a_sentence(library: Path, capsys: Capture) -> None:
    head = library / "pack.yaml"
    head.write_text(f"format: 3\n{head.read_text('utf-8')}", "utf-8")
    for command in (["ask", "hello"], ["upgrade"], ["diff"]):
        assert run([*command, "--pack", str(library)]) == 2
        told = "pack.yaml:1:9: the pack has format 3, and this dimchat reads up to 2: use a newer one"
        assert told in capsys.readouterr().err
