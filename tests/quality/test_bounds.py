"""What comparing reads and writes: no more than a pack may hold, and nothing that a link of the pack leads to."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def test_of_a_revision_no_more_is_read_than_a_pack_may_hold(
    toy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(toy, "init", "-q")
    git(toy, "add", ".")
    git(toy, "commit", "-qm", "one")
    with monkeypatch.context() as patched:
        patched.setenv("GIT_DIR", str(toy / "nowhere"))  # another repository is nobody's to choose
        assert run(["diff", "HEAD", "--pack", str(toy), "-j", "1"]) == 0
    for limit in ("LIMIT", "LIMIT_ALL"):
        with monkeypatch.context() as patched:
            patched.setattr(f"dimchat.quality.compare.git_revision.{limit}", 100)
            assert run(["diff", "HEAD", "--pack", str(toy), "-j", "1"]) == 2
        assert "in revision 'HEAD' is more than a pack may hold" in capsys.readouterr().err
    (toy / "answers/shop.yaml").unlink()
    (toy / "answers/shop.yaml").symlink_to("/etc/hostname")
    git(toy, "commit", "-qam", "a link")
    assert run(["diff", "HEAD", "HEAD~1", "--pack", str(toy), "-j", "1"]) == 2
    assert "answers/shop.yaml is a link in revision 'HEAD'" in capsys.readouterr().err


def test_cases_are_no_more_files_than_a_pack_may_have(
    toy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dimchat.pack.folder.LIMIT_FILES", 10)
    assert run(["check", str(toy)]) == 0
    for number in range(11):
        (toy / f"tests/cases/more{number}.yaml").write_text("- intent: shop.hours\n  ask: when do you shut\n")
    capsys.readouterr()
    assert run(["check", str(toy)]) == 1
    assert "tests/cases/:1:1: 12 files belong to it, more than 10" in capsys.readouterr().out


@pytest.mark.parametrize("there", [True, False])
def test_no_baseline_is_written_through_a_link(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, there: bool
) -> None:
    target, file = tmp_path / "of-the-operator", toy / "tests/baseline.jsonl"
    assert run(["baseline", "record", "--pack", str(toy), "-j", "1"]) == 0
    before = file.read_bytes()
    file.unlink()
    file.symlink_to(target)
    if there:
        target.write_bytes(before)
        (toy / "answers/shop.yaml").write_text((toy / "answers/shop.yaml").read_text().replace("at six", "at five"))
    command = ["bless", "--reason", "x"] if there else ["record"]
    assert run(["baseline", *command, "--pack", str(toy), "-j", "1"]) == 2
    assert "tests/baseline.jsonl is a link" in capsys.readouterr().err
    assert (target.read_bytes() == before) if there else not target.exists()


@pytest.mark.parametrize("command", ["diff", "baseline status"])
def test_no_baseline_is_read_through_a_link(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    target = tmp_path / "of-the-operator"
    target.write_text('{"secret": 1}\n')
    (toy / "tests/baseline.jsonl").symlink_to(target)
    assert run([*command.split(), "--pack", str(toy)]) == 2
    assert "tests/baseline.jsonl is a link" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["baseline record", "facts --write", "facts"])
def test_nothing_is_read_or_written_in_a_folder_that_a_link_leads_to(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    target = tmp_path / "of-the-operator"
    (toy / "tests").rename(target)
    (toy / "tests").symlink_to(target)
    before = sorted(target.rglob("*"))
    assert run([*command.split(), "--pack", str(toy)]) == 2
    assert "leads out of the pack" in capsys.readouterr().err
    assert sorted(target.rglob("*")) == before
