from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dimchat.index import open_assistant
from dimchat.pack import find_pack
from dimchat.quality import CASES_FOLDER, load_items, run_items

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = """
import sys
from dimchat.cli import run
pack, other, jobs, file = sys.argv[1:]
shared, alone = (["--pack", pack, "-j", number] for number in (jobs, "1"))
for arguments in (
    ["test", *shared, "--json"],
    ["diff", pack, other, *shared, "--json", "--github", "--markdown", file],
    ["robustness", *shared, "--json"],
    ["coverage", *alone, "--json"],
    ["baseline", "record", *alone, "--file", file + ".jsonl"],
):
    print("==", arguments[0], "ended with", run(arguments))
"""
"""All that tells something about a pack, in one process: starting one takes longer than this."""


@pytest.fixture
def larger(toy: Path) -> Path:
    """The toy pack with so many cases that the work is shared."""
    lines = [f"    - when do you open on day {number} of the month" for number in range(40)]
    lines += [f"    - is it {number} degrees out there" for number in range(10)]
    text = "- intent: shop.hours\n  ask:\n" + "\n".join(lines) + "\n"
    (toy / "tests/cases/more.yaml").write_text(text, encoding="utf-8")
    return toy


@pytest.fixture
def edited(larger: Path) -> Path:
    """The same with a few edits."""
    other = larger.with_name("edited")
    subprocess.run(["cp", "-r", str(larger), str(other)], check=True)
    for name, old, new in (
        ("answers/shop.yaml", "at six", "at five"),
        ("intents/shop.yaml", "    - closing time today\n", ""),
        ("intents/vocabulary.yaml", "      - refund\n", "      - refund\n      - open\n"),
    ):
        text = (other / name).read_text(encoding="utf-8")
        (other / name).write_text(text.replace(old, new), encoding="utf-8")
    return other


def test_neither_hash_seed_nor_number_of_processes_changes_a_byte(larger: Path, edited: Path, tmp_path: Path) -> None:
    def everything(seed: str, jobs: str) -> list[bytes]:
        file = tmp_path / seed / "changes.md"
        file.parent.mkdir()
        # A cache of its own, so that each learns the pack itself.
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DIMCHAT_CACHE": str(file.parent)}
        command = [sys.executable, "-c", EVERYTHING, str(larger), str(edited), jobs, str(file)]
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
        written = (file.read_bytes(), file.with_name("changes.md.jsonl").read_bytes())
        return [part.replace(seed.encode(), b"") for part in (done.stdout, done.stderr, *written)]

    one, other = everything("4711", "1"), everything("8150", "2")
    assert one[0].count(b"== ") == 5
    assert b"::notice " in one[1]
    assert one == other


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_outcome_does_not_depend_on_what_ran_before(larger: Path, jobs: int) -> None:
    assistant = open_assistant(larger)
    pack = assistant.pack
    root = find_pack(larger)
    items = load_items((root / CASES_FOLDER,), root, pack)
    mixed = random.Random(5).sample(items, len(items))  # noqa: S311 - an order, no secret
    found = dict(zip(mixed, run_items(mixed, assistant, jobs=jobs), strict=True))
    assert [found[item] for item in items] == run_items(items, assistant)
