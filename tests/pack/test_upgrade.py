"""An older pack becomes one of the newest format by as few bytes as can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


WRITTEN = {
    "as it is": lambda data: data,
    "comments first": lambda data: b"# mine\n\n" + data,
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "old Mac": lambda data: data.replace(b"\n", b"\r"),
    "no last end": lambda data: data.rstrip(b"\n"),
    "begun as a document": lambda data: b"---\n" + data,
    "indented": lambda data: b"  " + data.replace(b"\n", b"\n  ").rstrip(b" "),
    "format said": lambda data: b"format:   1   # once\n" + data,
}


@pytest.mark.parametrize("way", WRITTEN)
def test_an_upgrade_keeps_every_byte_that_it_need_not_change(root: Path, edit: Edit, way: str) -> None:
    edit("pack.yaml", "default_topic: manager\n", "default_topic: manager\nelsewhere: the   desk   # really\n")
    head = root / "pack.yaml"
    head.write_bytes(WRITTEN[way](head.read_bytes()))
    pack, before = load_pack(root), files(root)
    assert run(["upgrade", "--dry-run", "--pack", str(root)]) == 0
    assert files(root) == before
    assert run(["upgrade", "--pack", str(root)]) == 0
    after, upgraded = files(root), load_pack(root)
    assert (upgraded.format, upgraded.contact, upgraded.elsewhere) == (2, "the   desk", "")
    same = {"format": 1, "contact": "", "elsewhere": pack.elsewhere, "digest": pack.digest}
    assert replace(upgraded, **same).answers == pack.answers  # type: ignore[arg-type]
    assert upgraded.learning_digest == pack.learning_digest
    assert {name for name in after if after[name] != before[name]} == {"pack.yaml"}
    back = after["pack.yaml"].replace(b"contact:", b"elsewhere:")
    for text in (b"format: 2\r\n", b"format: 2\n", b"format: 2\r"):
        back = back.replace(b"  " + text, b"", 1) if way == "indented" else back.replace(text, b"", 1)
    assert back.replace(b"format:   2 ", b"format:   1 ") == before["pack.yaml"]
    assert run(["upgrade", "--pack", str(root)]) == 0
    assert files(root) == after


def test_what_would_mean_something_else_is_listed_and_nothing_written(
    root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("answers/role.yaml", "Someone who leads.", "Someone {{who}} leads.")
    before = files(root)
    assert run(["upgrade", "--pack", str(root)]) == 2
    assert "answers/role.yaml:2:18: unknown value 'who'" in capsys.readouterr().err
    assert files(root) == before


def test_a_head_in_braces_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "{name: toy, title: T, version: 1, language: en, categories: {role: The job, pay: Pay}}"
    (root / "pack.yaml").write_text(head, encoding="utf-8")
    assert run(["upgrade", "--pack", str(root)]) == 2
    assert "cannot be upgraded as it is" in capsys.readouterr().err
    assert (root / "pack.yaml").read_text(encoding="utf-8") == head
