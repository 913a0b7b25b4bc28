"""What one edit of a table moves, and nothing else."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dimchat.journal.learn.review import Group, Proposal
from dimchat.journal.learn.try_changes import try_out
from dimchat.journal.similarity import Asked
from dimchat.pack import load_pack
from dimchat.quality.compare import checked_out, compared, opened
from dimchat.quality.compare.edits import described

from .states import FILES, written

if TYPE_CHECKING:
    from pathlib import Path

WHO = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
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


def test_a_reply_of_no_row_keeps_nothing_besides_its_overview(tmp_path: Path) -> None:
    case = "- intent: license.by_state\n  ask:\n    - license rules by state\n"
    side = opened(written(tmp_path, {**FILES, "tests/cases/work.yaml": case}))
    taken = compared(side, side).new.replies
    (reply,) = [reply for key, reply in taken.items() if key.ask == "license rules by state"]
    assert (reply.intents, reply.said) == (("license.by_state",), "")


def test_a_revision_holds_its_tables(tmp_path: Path) -> None:
    folder = written(tmp_path, FILES)
    for arguments in (["init", "-q"], ["add", "."], [*WHO, "commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    (folder / "tables/pay_by_state.csv").unlink()
    with checked_out(folder, "HEAD") as before:
        assert load_pack(before).tables == load_pack(written(tmp_path / "again", FILES)).tables


def test_a_decision_is_tried_with_the_tables_there(tmp_path: Path) -> None:
    folder = written(tmp_path / "pack", FILES)
    group = Group(Asked("rad tech dough", 7, 0, "rad tech dough", (("rad tech dough", 5),)))
    proposal = Proposal(
        group, "phrase", "technologist.pay", phrase="rad tech dough", case="what dough do rad techs take"
    )
    effect = try_out(folder, [proposal], as_of=date(2026, 11, 30))
    assert "intents/pay.yaml" in [file.name for file in effect.files]
