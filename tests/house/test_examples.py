"""Runs the examples in docstrings and in docs/api.md as they stand."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
MODULES = sorted(file for file in SOURCE.rglob("*.py") if re.search(r"^ *>>> ", file.read_text("utf-8"), re.MULTILINE))
API = ROOT / "docs" / "api.md"


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", [name_of(file) for file in MODULES])
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed


def test_what_people_call_has_an_example() -> None:
    for called in re.findall(r"^\| `([\w.]+)` \|", API.read_text("utf-8"), re.MULTILINE):
        room, _, name = called.rpartition(".")
        where = f"dimchat.{room}" if room.islower() else "dimchat"
        found = import_module(where)
        for part in called.removeprefix(f"{room}." if room.islower() else "").split("."):
            found = getattr(found, part)
        assert ">>> " in (found.__doc__ or ""), called
        assert name


def test_the_page_for_programmers_holds() -> None:
    text = API.read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == text.count("```") // 2, "a block that is not Python is not tested"
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "api.md", str(API), 0)
    runner = doctest.DocTestRunner()
    runner.run(example)
    assert runner.summarize(verbose=False).failed == 0
