"""What one edit of a table moves, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.quality.compare import compared, opened
from dimchat.quality.compare.edits import described

from .conftest import FILES, written

if TYPE_CHECKING:
    from pathlib import Path

CASES = """\
- intent: technologist.pay_by_state
  ask:
    - what would a rad tech get in texas
    - what would a rad tech get in ohio
- intent: sonographer.pay_by_state
  ask:
    - what would a sonographer get in texas
- intent: technologist.duties
  ask:
    - what is it that a rad tech does
"""
READERS = "technologist.pay_by_state, sonographer.pay_by_state, manager.pay_by_state"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "tables/pay_by_state.csv",
            "TX,technologist,80000",
            "TX,technologist,81000",
            f'TX, technologist: median of table pay_by_state changed: "80000" is now "81000"; in {READERS}',
        ),
        (
            "tables/pay_by_state.yaml",
            "unit: a year\n  p10",
            "unit: per year\n  p10",
            f'columns.median.unit of table pay_by_state changed: "a year" is now "per year"; in {READERS}',
        ),
        ("intents/vocabulary.yaml", "- boise", "- nampa", 'slot "nampa" added to state ID'),
    ],
)
def test_an_edit_is_told_with_the_answers_that_it_moves(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = written(tmp_path, FILES)
    before = opened(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    comparison = compared(before, opened(folder))
    assert said in [described(edit) for edit in comparison.edits]


def test_a_changed_cell_changes_the_replies_that_show_it_and_no_others(tmp_path: Path) -> None:
    folder = written(tmp_path, {**FILES, "tests/cases/pay.yaml": CASES})
    before = opened(folder)
    path = folder / "tables/pay_by_state.csv"
    path.write_text(path.read_text("utf-8").replace("TX,technologist,80000", "TX,technologist,80001"), "utf-8")
    comparison = compared(before, opened(folder))
    moved = {change.question.item.ask for change in comparison.changes}
    assert "what would a rad tech get in texas" in moved
    assert not {ask for ask in moved if "sonographer" in ask or "ohio" in ask or "is it" in ask}
    assert {change.sort for change in comparison.changes} == {"reworded"}
    assert {cause.edit.kind for change in comparison.changes for cause in change.causes} == {"cell"}
