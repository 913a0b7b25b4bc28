"""What cannot be written or read is told in a line, with a status that means nothing else."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    Capture = pytest.CaptureFixture[str]

FULL = Path("/dev/full")
full_device = pytest.mark.skipif(not FULL.is_char_device(), reason="needs /dev/full")
COMMANDS = {
    "ask": ["ask", "--pack", "PACK", "opening hours"],
    "ask --json": ["ask", "--json", "--pack", "PACK", "opening hours"],
    "ask -": ["ask", "--pack", "PACK"],
    "replay": ["replay", "--pack", "PACK", "-"],
    "explain": ["explain", "--pack", "PACK", "opening hours"],
    "topics": ["topics", "--pack", "PACK"],
    "show": ["show", "--pack", "PACK", "shop.hours"],
    "check": ["check", "PACK"],
    "test": ["test", "--pack", "PACK"],
    "test --json": ["test", "--json", "--pack", "PACK"],
    "test --junit -": ["test", "--junit", "-", "--pack", "PACK"],
    "tune": ["tune", "--dry-run", "--pack", "PACK"],
    "schema": ["schema"],
    "facts": ["facts", "--pack", "PACK"],
    "coverage": ["coverage", "-j", "1", "--pack", "PACK"],
    "evaluate": ["evaluate", "--folds", "2", "--markdown", "-", "--pack", "PACK"],
    "robustness": ["robustness", "--sample", "1", "--pack", "PACK"],
    "chat": ["--plain", "--pack", "PACK"],
    "help": ["--help"],
    "version": ["--version"],
}


@contextmanager
def opened_full() -> Iterator[TextIO]:
    file = FULL.open("w", encoding="utf-8")
    try:
        yield file
    finally:
        with suppress(OSError):
            file.close()


@contextmanager
def no_room() -> Iterator[None]:
    """Let the system refuse every byte of every file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@full_device
@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_a_full_output_is_told_in_one_line(
    toy: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": 1, "turns": ["opening hours"]}\n'))
    with opened_full() as file:
        monkeypatch.setattr(sys, "stdout", file)
        status = run([str(toy) if part == "PACK" else part for part in command])
        monkeypatch.undo()
    last = capsys.readouterr().err.splitlines()[-1]
    assert (status, last) == (2, "dimchat: standard output: No space left on device")


@full_device
def test_neither_output_has_room(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["check", str(toy)], ["ask", "--pack", "/nowhere", "x"], ["--nonsense"]):
        with opened_full() as out, opened_full() as err:
            monkeypatch.setattr(sys, "stdout", out)
            monkeypatch.setattr(sys, "stderr", err)
            assert run(arguments) == 2
            monkeypatch.undo()


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["tune", "--pack", "PACK"], "PACK/intents/calibration.json"),
        (["facts", "--write", "--pack", "PACK"], "PACK/tests/cases/facts.yaml"),
        (["baseline", "record", "-j", "1", "--pack", "PACK"], "PACK/tests/baseline.jsonl"),
        (["schema", "--write", "PACK/new"], "PACK/new/"),
        (["test", "--junit", "PACK/x.xml", "--pack", "PACK"], "PACK/x.xml"),
        (["test", "--html", "PACK/x.html", "--pack", "PACK"], "PACK/x.html"),
        (["coverage", "-j", "1", "--markdown", "PACK/x.md", "--pack", "PACK"], "PACK/x.md"),
    ],
)
def test_a_full_disk_is_told_and_leaves_what_was_there(
    toy: Path, arguments: list[str], file: str, capsys: Capture
) -> None:
    run(["ask", "--pack", str(toy), "opening hours"])  # what the cache holds need not be written
    before = sorted(path.name for path in toy.rglob("*"))
    with no_room():
        status = run([part.replace("PACK", str(toy)) for part in arguments])
    last = capsys.readouterr().err.splitlines()[-1]
    assert (status, last.startswith(f"dimchat: {file.replace('PACK', str(toy))}")) == (2, True)
    assert last.endswith("cannot be written: file too large")
    assert sorted(path.name for path in toy.rglob("*") if path.name != "new") == before


def test_without_room_for_a_cache_questions_are_answered(toy: Path, capsys: Capture) -> None:
    with no_room():
        assert run(["ask", "--pack", str(toy), "opening hours"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["ask", "replay", "chat"])
def test_an_input_that_cannot_be_read_is_named(
    toy: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    arguments = {"ask": ["ask"], "replay": ["replay", "-"], "chat": ["--plain"]}[command]
    with os.fdopen(os.open(os.devnull, os.O_WRONLY), "r", closefd=True) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        status = run([*arguments, "--pack", str(toy)])
        monkeypatch.undo()
    err = capsys.readouterr().err
    assert (status, err.count("\n")) == (2, 1)
    assert "cannot be read: bad file descriptor" in err


@pytest.mark.parametrize("content", [b"\xff- x\n", None], ids=["bytes", "folder"])
def test_facts_that_cannot_be_read_are_named(toy: Path, content: bytes | None, capsys: Capture) -> None:
    file = toy / "tests" / "cases" / "facts.yaml"
    file.mkdir() if content is None else file.write_bytes(content)
    assert run(["facts", "--pack", str(toy)]) == 2
    assert capsys.readouterr().err.startswith("dimchat: tests/cases/facts.yaml: ")


BOM = "\ufeff"


def test_a_byte_order_mark_is_no_part_of_what_is_read(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    line = '{"id": 1, "turns": ["opening hours"]}'
    file = tmp_path / "c.jsonl"
    file.write_text(f"{BOM}{line}\r\n", encoding="utf-8")
    pack = ["--pack", str(toy)]
    assert run(["replay", *pack, str(file)]) == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{BOM}{line}\n"))
    assert run(["replay", *pack, "-"]) == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{BOM}opening hours\n"))
    assert run(["ask", "--json", *pack]) == 0
    replayed, again, asked = map(json.loads, capsys.readouterr().out.splitlines())
    assert replayed["replies"] == again["replies"]
    assert asked["question"] == "opening hours"


def test_a_baseline_with_a_mark_and_other_line_ends_is_the_same(toy: Path, capsys: Capture) -> None:
    assert run(["baseline", "record", "-j", "1", "--pack", str(toy)]) == 0
    file = toy / "tests" / "baseline.jsonl"
    file.write_bytes(BOM.encode() + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(["baseline", "status", "--pack", str(toy)]) == 0
    assert run(["diff", "-j", "1", "--pack", str(toy)]) == 0
    assert run(["baseline", "bless", "--reason", "x", "-j", "1", "--pack", str(toy)]) == 0
    assert "\ufeff" not in capsys.readouterr().out


@pytest.mark.parametrize("number", ["Infinity", "NaN", "1e999"])
def test_a_conversation_may_not_be_called_by_what_is_no_number(
    toy: Path, tmp_path: Path, number: str, capsys: Capture
) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(f'{{"id": {number}, "turns": []}}\n', encoding="utf-8")
    assert run(["replay", "--pack", str(toy), str(file)]) == 2
    assert "number" in capsys.readouterr().err


def test_a_stream_of_json_has_a_line_for_each_reply(toy: Path, capsys: Capture) -> None:
    assert run(["ask", "--json", "--pack", str(toy), "what\u2028are the\x85hours \x1c\ud800"]) in {0, 1}
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["question"] == "what\u2028are the\x85hours \x1c\ufffd"


def test_the_process_itself_ends_without_a_traceback(toy: Path) -> None:
    """At its end too, when Python lets go of the streams."""
    script = '"$0" -m dimchat ask --pack "$1" "opening hours" > /dev/full; echo $?'
    done = subprocess.run(["sh", "-c", script, sys.executable, str(toy)], capture_output=True, text=True, check=False)
    assert done.stdout == "2\n"
    assert done.stderr == "dimchat: standard output: No space left on device\n"


def test_facts_are_not_written_through_a_link(toy: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("mine", encoding="utf-8")
    (toy / "tests" / "cases" / "facts.yaml").symlink_to(target)
    assert run(["facts", "--write", "--pack", str(toy)]) == 2
    assert "facts.yaml" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"
