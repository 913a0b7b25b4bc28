"""What `check` says of tables, slots and the answers that read them, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.yaml import MapNode, parse
from dimchat.index import prebuilt
from dimchat.model import Place
from dimchat.pack import inspect_pack, load_pack
from dimchat.pack.rules import Report
from dimchat.pack.table_files import read_table

from .states import FILES, written

if TYPE_CHECKING:
    from pathlib import Path

PAY_CSV, PAY_YAML = "tables/pay_by_state.csv", "tables/pay_by_state.yaml"
LAW_CSV, LAW_YAML = "tables/licence_by_state.csv", "tables/licence_by_state.yaml"
PAY, WORK, WORDS = "answers/pay.yaml", "answers/work.yaml", "intents/vocabulary.yaml"
OVERVIEW = """\
  overview:
    short: Most states ask for a license, some for none. [@rules]
    text: |
      Ask the agency of your state [@rules].
"""

FAULTS = {
    "a cell of another type": ((PAY_CSV, "TX,technologist,80000", "TX,technologist,eighty"), "bad-cell", PAY_CSV),
    "a figure with a comma": ((PAY_CSV, "TX,technologist,80000", 'TX,technologist,"80,000"'), "bad-cell", PAY_CSV),
    "a choice that there is not": ((LAW_CSV, "TX,license", "TX,licence"), "bad-cell", LAW_CSV),
    "a date that is none": ((LAW_CSV, 'TX, Health",2025-03', 'TX, Health",2025-13'), "bad-cell", LAW_CSV),
    "a row of too few cells": ((PAY_CSV, "TX,technologist,80000,", "TX,technologist,"), "bad-table", PAY_CSV),
    "a quote that never ends": ((PAY_CSV, "TX,technologist", '"TX,technologist'), "bad-table", PAY_CSV),
    "a column that stands twice": ((PAY_CSV, "state,job,median,p10", "state,job,median,median"), "bad-table", PAY_CSV),
    "a row that stands twice": ((PAY_CSV, "TX,technologist,80000,", "OH,technologist,80000,"), "duplicate-id", PAY_CSV),
    "a value that is none of the slot": ((PAY_CSV, "TX,tech", "TE,tech"), "unknown-slot-value", PAY_CSV),
    "an invisible character": ((PAY_CSV, "TX,tech", "TX\u200b,tech"), "bad-table", PAY_CSV),
    "a column that nobody describes": ((PAY_YAML, "  p10:\n", "  p20:\n"), "unknown-column", PAY_CSV),
    "a column that is not there": ((PAY_YAML, "  - job\n", "  - jobs\n"), "unknown-column", PAY_YAML),
    "a source that is not there": ((PAY_YAML, "source: bls-states", "source: bls-state"), "unknown-source", PAY_YAML),
    "a date in other words": ((PAY_YAML, "as_of: 2025-05", "as_of: May 2025"), "bad-date", PAY_YAML),
    "no date at all": ((PAY_YAML, "as_of: 2025-05\n", ""), "undated-table", PAY_YAML),
    "rows without a date": ((LAW_YAML, "undated: ", "missing: "), "undated-table", LAW_YAML),
    "a note on a row that is not there": ((PAY_YAML, "- ND", "- ZZ"), "bad-value", PAY_YAML),
    "a note on a column that is not there": ((PAY_YAML, "      job: ", "      jobs: "), "unknown-column", PAY_YAML),
    "an unknown type": ((PAY_YAML, "type: money", "type: dollars"), "bad-value", PAY_YAML),
    "an unknown table": ((PAY, "name: pay_by_state", "name: pay_by_stat"), "unknown-table", PAY),
    "an unknown column": ((PAY, "column: median", "column: medium"), "unknown-column", PAY),
    "an unknown column in where": ((PAY, "job: technologist", "jobs: technologist"), "unknown-column", PAY),
    "a cell that no row has": ((PAY, "job: technologist", "job: technician"), "bad-value", PAY),
    "an unknown id": ((PAY, "- technologist.pay\n  ov", "- technologist.wages\n  ov"), "unknown-intent", PAY),
    "a field that is not there": ((PAY, "{{row.p10}}", "{{row.p90}}"), "unknown-field", PAY),
    "a slot that is not there": ((PAY, "{{slot.state}} earned", "{{slot.town}} earned"), "unknown-field", PAY),
    "a field where no row is": ((PAY, "It differs by state", "It is {{row.median}}"), "unknown-field", PAY),
    "a list of what there is not": ((WORK, "agency of your", "{{rows.state.xray.nine}} of"), "unknown-field", WORK),
    "a row cited where none is": ((WORK, "They take pictures. [@rules]", "They do. [@row]"), "unknown-source", WORK),
    "no overview": ((WORK, OVERVIEW, ""), "missing-overview", WORK),
    "an empty cell that is shown": ((LAW_YAML, "    missing: an unknown date\n", ""), "empty-cell", WORK),
    "a group of what there is not": ((WORDS, "          - WA\n", "          - WX\n"), "unknown-slot-value", WORDS),
    "a value that stands twice": ((WORDS, 'id: "CT"', 'id: "CA"'), "duplicate-id", WORDS),
}

WARNINGS = {
    "cells that nobody cites": ((WORK, "asks for {{row.xray}}. [@row]", "asks for {{row.xray}}."), "uncited-row", WORK),
    "a row that nobody names": (
        (WORK, "{{slot.state}} asks for {{row.xray}}. ", "it is {{row.xray}}. "),
        "unnamed-slot",
        WORK,
    ),
    "a list that nobody cites": ((WORK, "agency of your", "{{rows.state.xray.none}} of"), "uncited-row", WORK),
    "cells of no date": ((WORK, "As of {{row.as_of}} {{slot", "Today {{slot"), "undated-row", WORK),
    "a cell that is too wide": ((LAW_CSV, "Board of TX", "x" * 61), "wide-cell", LAW_CSV),
    "a value without a row": ((LAW_CSV, "TX,license", "TX,license"), "missing-row", LAW_YAML),
    "a table that nobody reads": ((WORK, "name: licence_by_state", "name: pay_by_state"), "unused-table", LAW_YAML),
}


def changed(folder: Path, change: tuple[str, str, str]) -> None:
    file, old, new = change
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, FILES)


def test_the_pack_of_these_tests_has_no_fault_of_tables(folder: Path) -> None:
    pack, problems = inspect_pack(folder, None)
    assert pack is not None
    of_tables = {rule for _, rule, _ in (*FAULTS.values(), *WARNINGS.values())}
    assert [str(problem) for problem in problems if problem.rule in of_tables] == []


@pytest.mark.parametrize(("change", "rule", "file"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(folder: Path, change: tuple[str, str, str], rule: str, file: str) -> None:
    changed(folder, change)
    pack, problems = inspect_pack(folder, None)
    assert pack is None
    found = [problem for problem in problems if problem.rule == rule]
    assert file in {problem.place.file for problem in found}
    assert all(problem.severity == "error" for problem in found)


@pytest.mark.parametrize(("change", "rule", "file"), WARNINGS.values(), ids=WARNINGS)
def test_a_risk_is_told_with_its_place(folder: Path, change: tuple[str, str, str], rule: str, file: str) -> None:
    changed(folder, change)
    if rule == "missing-row":
        lines = (folder / LAW_CSV).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / LAW_CSV).write_text("".join(line for line in lines if not line.startswith("TX")), encoding="utf-8")
    _, problems = inspect_pack(folder, None)
    found = [problem for problem in problems if problem.rule == rule]
    assert file in {problem.place.file for problem in found}
    assert all(problem.severity == "warning" for problem in found)


def test_a_cell_is_found_by_its_line_and_its_number_in_it(folder: Path) -> None:
    changed(folder, (PAY_CSV, "CT,technologist,61000", "CT,technologist,much"))
    _, problems = inspect_pack(folder, None)
    assert next(p.place for p in problems if p.rule == "bad-cell") == Place(PAY_CSV, 3, 3)


@pytest.mark.parametrize(("missing", "there"), [(PAY_CSV, PAY_YAML), (PAY_YAML, PAY_CSV)])
def test_rows_and_what_they_mean_go_together(folder: Path, missing: str, there: str) -> None:
    (folder / missing).unlink()
    _, problems = inspect_pack(folder, None)
    assert f"{missing}:1:1: {there} has no {missing} beside it" in map(str, problems)


def test_a_pack_of_the_first_format_has_no_tables(folder: Path) -> None:
    changed(folder, ("pack.yaml", "format: 2\n", ""))
    _, problems = inspect_pack(folder, None)
    needing = {
        (problem.place.file, problem.message.split("'")[1]) for problem in problems if problem.rule == "needs-format"
    }
    assert needing == {(PAY, "table"), (PAY, "overview"), (WORK, "table"), (WORK, "overview"), (WORDS, "slots")}


@pytest.mark.parametrize("old", ["TX,technologist,80000", "Few work there", "highest", "a year"])
def test_what_a_table_says_is_in_the_digest_and_never_in_what_is_learnt(folder: Path, old: str) -> None:
    before = load_pack(folder)
    file = PAY_CSV if "," in old else PAY_YAML
    if old == "highest":
        changed(folder, (PAY_YAML, "title: Median pay", "title: Middle pay"))
    else:
        changed(folder, (file, old, "TX,technologist,80001" if "," in old else "otherwise"))
    after = load_pack(folder)
    assert after.digest != before.digest
    assert after.learning_digest == before.learning_digest


def test_what_a_slot_is_called_is_learnt(folder: Path) -> None:
    before = load_pack(folder)
    changed(folder, (WORDS, "- boise", "- nampa"))
    assert load_pack(folder).learning_digest != before.learning_digest


def test_an_index_holds_tables_and_slots(folder: Path) -> None:
    pack, matcher = prebuilt.learn(folder)
    again = prebuilt.from_bytes(prebuilt.to_bytes(pack, matcher), pack.fingerprint, folder).pack
    assert again == pack
    assert again.table["pay_by_state"].rows == pack.table["pay_by_state"].rows


def test_a_changed_cell_learns_nothing_again(folder: Path) -> None:
    pack, matcher = prebuilt.learn(folder)
    changed(folder, (PAY_CSV, "TX,technologist,80000", "TX,technologist,80001"))
    after = load_pack(folder)
    parts, _ = prebuilt.learnt_again(prebuilt.to_bytes(pack, matcher), after)
    data = b"".join(parts)
    assert prebuilt.from_bytes(data, after.fingerprint, folder).pack == after


YAML = b"title: T\nsource: s\nas_of: 2025\nkey:\n  - a\ncolumns:\n  b:\n    type: number\n"


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"a,b\n{text}".encode("utf-8", "replace")))
def test_any_bytes_are_rows_or_a_problem(data: bytes) -> None:
    report = Report()
    node = parse(YAML, "tables/t.yaml", report)
    assert isinstance(node, MapNode)
    entry = read_table("t", node, data, report)
    assert len(entry.places) == len(entry.table.rows)
    assert all(set(row) == {column.name for column in entry.table.columns} for row in entry.table.rows)
    assert all(problem.place.file.startswith("tables/t.") for problem in report.problems)
