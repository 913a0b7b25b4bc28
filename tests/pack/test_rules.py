from __future__ import annotations

from pathlib import Path

from dimchat.errors import PROBLEMS_MOST, PackError, listed
from dimchat.model import Place, Problem
from dimchat.pack.rules import RULES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "packs.md"


def test_the_docs_list_every_rule_as_it_is() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{rule.name}` | {rule.description.replace('|', chr(92) + '|')} |" for rule in RULES.values()]


def problem(file: str, line: int) -> Problem:
    return Problem("error", Place(file, line, 1), "it is wrong", None, "bad-value")


def test_a_file_of_garbage_does_not_bury_the_others() -> None:
    many = [problem("a.yaml", line) for line in range(1, PROBLEMS_MOST + 26)]
    one = problem("b.yaml", 3)
    assert list(listed([*many, one])) == [*many[:PROBLEMS_MOST], one, "a.yaml: and 25 more problems"]
    assert str(PackError([*many, one])).endswith("a.yaml: and 25 more problems")


def test_few_problems_are_all_listed() -> None:
    few = [problem("a.yaml", line) for line in range(1, PROBLEMS_MOST + 1)]
    assert list(listed(few)) == few
