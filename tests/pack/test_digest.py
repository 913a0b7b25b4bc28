from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.yaml import parse
from dimchat.pack import fingerprint, inspect_pack, load_pack
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.files.yaml import Node


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def old_mac(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r")


def marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def with_blanks(data: bytes) -> bytes:
    return data.replace(b"\n", b"  \n")


def with_tabs(data: bytes) -> bytes:
    return data.replace(b"\n", b"\t\n")


def without_last_end(data: bytes) -> bytes:
    return data.rstrip(b"\n")


def with_comments(data: bytes) -> bytes:
    return b"# first\n\n" + data + b"# last\n"


SAME = [crlf, old_mac, marked, with_blanks, with_tabs, without_last_end, with_comments]


@pytest.mark.parametrize("change", SAME)
def test_what_nobody_sees_changes_no_word_and_no_verdict(root: Path, change: Callable[[bytes], bytes]) -> None:
    pack, problems = inspect_pack(root, None)
    touched = fingerprint(root)
    for file in sorted(root.rglob("*.yaml")):
        file.write_bytes(change(file.read_bytes()))
    after, problems_after = inspect_pack(root, None)
    assert fingerprint(root) != touched
    assert pack is not None
    assert after is not None
    assert (after.digest, after.learning_digest) == (pack.digest, pack.learning_digest)
    assert problems_after == problems == ()


def test_quotes_change_no_digest(root: Path) -> None:
    pack = load_pack(root)
    file = root / "intents" / "pay.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    plain = [line.startswith("    - ") and not {"'", '"', "#"} & set(line) for line in lines]
    quoted = [f'    - "{line[6:]}"' if one else line for one, line in zip(plain, lines, strict=True)]
    assert quoted != lines
    file.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    after = load_pack(root)
    assert (after.digest, after.learning_digest) == (pack.digest, pack.learning_digest)


@pytest.mark.parametrize(
    ("name", "before", "after", "learnt"),
    [
        ("intents/pay.yaml", "- wages", "- wage level", True),
        ("intents/pay.yaml", "title: ", "title: Well, ", True),
        ("answers/pay.yaml", "Enough", "Plenty", False),
        ("answers/sources.yaml", "title: Handbook", "title: Booklet", False),
        ("pack.yaml", "title: ", "title: The ", False),
        ("intents/calibration.json", '"floor": 0.5', '"floor": 0.6', False),
    ],
)
def test_what_is_said_otherwise_changes_the_digest_and_what_is_learnt_otherwise_both(
    root: Path, name: str, before: str, after: str, *, learnt: bool
) -> None:
    pack = load_pack(root)
    text = (root / name).read_text(encoding="utf-8")
    assert before in text
    (root / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    changed = load_pack(root)
    assert changed.digest != pack.digest
    assert (changed.learning_digest != pack.learning_digest) is learnt


def test_the_order_of_phrases_is_learnt(root: Path) -> None:
    pack = load_pack(root)
    file = root / "intents" / "pay.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(lines) if line.startswith("    - ")][:2]
    lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert load_pack(root).learning_digest != pack.learning_digest


def parsed(data: bytes) -> tuple[Node | None, tuple[str, ...]]:
    report = Report()
    node = parse(data, "x.yaml", report)
    return node, tuple(problem.rule for problem in report.problems)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60).map(str.encode))
def test_any_file_reads_the_same_with_other_line_ends(data: bytes) -> None:
    text = b"".join(line.rstrip(b" \t") + b"\n" for line in data.split(b"\n"))
    assert parsed(data) == parsed(text) == parsed(crlf(data)) == parsed(marked(crlf(data)))


def test_who_worded_a_phrase_is_kept_and_counts_for_what_is_learnt(root: Path) -> None:
    before = load_pack(root)
    file = next(file for file in sorted((root / "intents").glob("*.yaml")) if "- wages" in file.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace("- wages", "- {text: wages, by: p7}", 1), "utf-8")
    pack = load_pack(root)
    said = {line.text: line.by for intent in pack.own for line in intent.phrases}
    assert said["wages"] == "p7"
    assert set(said) == {line.text for intent in before.own for line in intent.phrases}
    assert pack.learning_digest != before.learning_digest
