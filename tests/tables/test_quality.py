"""Cases by row, what they cover, and what must not answer for another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.errors import CaseError
from dimchat.index import open_assistant
from dimchat.pack import load_pack
from dimchat.quality import inspect_phrases
from dimchat.quality.cases import load_items
from dimchat.quality.compare.parts import parts_of
from dimchat.quality.coverage.reached import coverage_of, seen_by
from dimchat.quality.facts import facts_of
from dimchat.quality.robustness.trials import robustness
from dimchat.quality.runner import run_items
from dimchat.render.plain import explanation_to_plain

from .states import FILES, PAY, STATES, written

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Assistant

CASE = """\
- intent: technologist.pay_by_state
  row:
    state: {state}
    job: technologist
  contains:
    - $80,000 a year
  ask:
    - what would a rad tech get in texas
    - how much do rad techs make in tx
- turns:
    - ask: sonographer pay in ohio
    - ask: and in maine?
      row:
        state: ME
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return written(tmp_path, {**FILES, "tests/cases/pay.yaml": CASE.format(state="TX")})


def test_a_case_tells_the_row_it_expects(pack: Path) -> None:
    assistant = open_assistant(pack)
    outcomes = run_items(load_items((), pack, assistant.pack), assistant)
    assert [outcome.failures for outcome in outcomes] == [(), (), ()]


def test_another_row_fails_the_case(pack: Path) -> None:
    written(pack, {"tests/cases/pay.yaml": CASE.format(state="OH")})
    assistant = open_assistant(pack)
    outcomes = run_items(load_items((), pack, assistant.pack), assistant)
    assert [outcome.failures for outcome in outcomes][:2] == [("the row of state OH, job technologist",)] * 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("state: TX", "state: ZZ", "no table has such a row"),
        ("state: TX", "town: TX", "no table has the key 'town'"),
    ],
)
def test_a_row_that_there_is_not_is_an_error(pack: Path, old: str, new: str, said: str) -> None:
    written(pack, {"tests/cases/pay.yaml": CASE.format(state="TX").replace(old, new)})
    with pytest.raises(CaseError) as caught:
        load_items((), pack, open_assistant(pack).pack)
    assert [problem.message for problem in caught.value.problems] == [said]


def test_coverage_tells_the_rows_that_no_case_reaches(pack: Path) -> None:
    assistant = open_assistant(pack)
    seen = seen_by(load_items((), pack, assistant.pack), assistant)
    found = coverage_of(assistant.pack, parts_of(assistant.pack), seen, (), ("rows",))
    share = found.shares["rows"]
    assert (share.touched, share.all) == (2, len(STATES) * (len(PAY) + 1))
    first = found.untouched[0]
    assert (first.id, first.text, first.place.file) == ("licence_by_state", "CA", "tables/licence_by_state.csv")
    assert "TX, technologist" not in {target.text for target in found.untouched}


def test_another_row_never_answers_for_the_first(pack: Path) -> None:
    assistant = open_assistant(pack)
    found = robustness(load_items((), pack, assistant.pack), assistant.pack, assistant, only=("other-row",))
    (figure,) = found.figures
    assert (figure.kind, figure.size, figure.wrong) == ("other-row", 2, 0)


def test_an_explanation_tells_what_was_named_and_shown(states: Assistant) -> None:
    text = explanation_to_plain(states.explain("rad tech pay in texs"), states.pack)
    assert "slots     texs as state TX (respelt)" in text
    assert "rows      pay_by_state: TX, technologist" in text


def test_the_facts_of_an_answer_that_reads_rows_are_those_of_its_overview(states: Assistant) -> None:
    facts = facts_of(states.pack, states).text
    case = facts[facts.index("intent: technologist.pay_by_state") :].partition("- intent")[0]
    assert "bls\n" in case
    assert "row" not in case
    assert "$60,000 a year" in case
    assert "bls-states, annual median" in case


@pytest.mark.parametrize(
    ("file", "line", "owner"),
    [
        ("intents/pay.yaml", "do I need a license, in Oregon?", "technologist.pay"),
        ("intents/outside.yaml", "do i need a license in ohio", "outside.weather"),
    ],
)
def test_lines_that_differ_in_a_state_alone_are_told(tmp_path: Path, file: str, line: str, owner: str) -> None:
    folder = written(tmp_path, FILES)
    before, mark, after = (folder / file).read_text("utf-8").partition("  phrases:\n")
    (folder / file).write_text(f'{before}{mark}    - "{line}"\n{after}', "utf-8")
    found = [one for one in inspect_phrases(load_pack(folder)) if one.rule == "shared-slot-phrase"]
    assert len(found) == 1
    said = f"{found[0].place}: {found[0].message}"
    assert all(part in said for part in (file, owner, line, "license.by_state", "do i need a license in texas"))
