"""An import into a pack that is there: what a curator edited stays, and all that happens is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Import = Callable[..., int]

HEAD = "id,question,answer,category\n"
ROWS = {
    "hours": "k1,when are you open,From 9 to 5.,Visits\n",
    "join": "k2,how do i join,Come in.,Members\n",
    "late": "k3,what do late books cost,A coin a day.,Members\n",
}
Report = "Callable[..., dict[str, object]]"


@pytest.fixture
def report(bring_in: Import, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, dict[str, str]]]:
    """Return what imports rows and tells what became of each id."""

    def telling(*rows: str) -> dict[str, dict[str, str]]:
        capsys.readouterr()
        assert bring_in("csv", HEAD + "".join(rows), "faq.csv", "--json") == 0
        found: dict[str, dict[str, str]] = {}
        for change in json.loads(capsys.readouterr().out)["changes"]:
            found.setdefault(change["kind"], {})[change["id"]] = change["text"]
        return found

    return telling


def test_a_second_import_of_the_same_changes_nothing(
    report: Callable[..., dict[str, dict[str, str]]], tmp_path: Path
) -> None:
    assert set(report(*ROWS.values())["added"]) == {"visits.k1", "members.k2", "members.k3"}
    before = {path: path.read_bytes() for path in tmp_path.rglob("x/**/*") if path.is_file()}
    assert report(*ROWS.values()) == {}
    assert {path: path.read_bytes() for path in tmp_path.rglob("x/**/*") if path.is_file()} == before


def test_what_is_new_changed_and_gone_is_told_and_done(
    report: Callable[..., dict[str, dict[str, str]]], tmp_path: Path
) -> None:
    report(*ROWS.values())
    changed = ROWS["join"].replace("Come in.", "Come in on Mondays.").replace("how do i join", "how can i join")
    more = "k9,is there wifi,Yes.,Visits\n"
    found = report(ROWS["hours"], changed, more)
    assert found["changed"] == {"members.k2": "title, phrases, short, text"}
    assert set(found["added"]) == {"visits.k9"}
    assert list(found["gone"]) == ["members.k3"]
    pack = load_pack(tmp_path / "x")
    assert pack.drafts == ("members.k3",)
    assert pack.answer["members.k2"].text == "Come in on Mondays."
    # What is there again is no draft any more.
    report(ROWS["hours"], changed, more, ROWS["late"])
    assert load_pack(tmp_path / "x").drafts == ()


def test_what_a_curator_edited_stays_and_every_other_byte_too(
    report: Callable[..., dict[str, dict[str, str]]], tmp_path: Path
) -> None:
    report(*ROWS.values())
    answers, intents = tmp_path / "x/answers/members.yaml", tmp_path / "x/intents/members.yaml"
    answers.write_text(answers.read_text().replace("text: |\n    Come in.", "text: |\n    Come in, and ask for Ann."))
    intents.write_text(
        "# ours\n"
        + intents.read_text().replace("    - how do i join\n", "    - how do i join  # asked often\n    - sign up\n")
    )
    changed = ROWS["join"].replace("Come in.", "Come in on Mondays.").replace("how do i join", "joining")
    found = report(ROWS["hours"], changed, ROWS["late"])
    assert "text" in found["kept"]["members.k2"]
    assert load_pack(tmp_path / "x").answer["members.k2"].text == "Come in, and ask for Ann."
    assert intents.read_text().startswith("# ours\n")
    assert [phrase.text for phrase in load_pack(tmp_path / "x").intent["members.k2"].phrases] == ["sign up", "joining"]
    # What was edited here is not taken out of use by what is gone there.
    assert "stays" in report(ROWS["hours"], ROWS["late"])["gone"]["members.k2"]
    assert load_pack(tmp_path / "x").drafts == ()


def test_what_a_curator_deleted_stays_deleted(report: Callable[..., dict[str, dict[str, str]]], tmp_path: Path) -> None:
    report(*ROWS.values())
    for folder in ("intents", "answers", "tests/cases"):
        path = tmp_path / "x" / folder / "members.yaml"
        text = path.read_text()
        mark = "- intent: members.k3" if folder == "tests/cases" else "- id: members.k3"
        path.write_text(text[: text.index(mark)])
    found = report(*ROWS.values())
    assert list(found["kept"]) == ["members.k3"]
    assert "members.k3" not in load_pack(tmp_path / "x").intent


def test_a_file_by_another_name_goes_on_where_it_left_off(bring_in: Import, tmp_path: Path) -> None:
    assert bring_in("csv", HEAD + "".join(ROWS.values()), "week1.csv") == 0
    assert bring_in("csv", HEAD + "".join(ROWS.values()), "week2.csv") == 0
    assert [path.name for path in (tmp_path / "x/imports").iterdir()] == ["week1.jsonl"]
    # Another set altogether stands beside it, and takes nothing away.
    assert bring_in("csv", "question,answer\nis there parking,No.\n", "parking.csv") == 0
    assert len(load_pack(tmp_path / "x").browsable) == 4
    assert load_pack(tmp_path / "x").drafts == ()


def test_nothing_is_written_where_something_would_be_dropped(bring_in: Import, tmp_path: Path) -> None:
    rows = HEAD + ROWS["hours"] + "k4,when are you open,Never.,Visits\n"
    assert bring_in("csv", rows, "faq.csv") == 1
    assert not (tmp_path / "x").exists()
    assert bring_in("csv", rows, "faq.csv", "--dry-run", "--lossy") == 0
    assert not (tmp_path / "x").exists()
    assert bring_in("csv", rows, "faq.csv", "--lossy") == 0
    assert run(["check", "--strict", str(tmp_path / "x")]) == 0
    assert run(["test", "--pack", str(tmp_path / "x")]) == 0


def test_a_damaged_record_of_an_import_is_told(
    bring_in: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in("csv", HEAD + ROWS["hours"], "faq.csv") == 0
    (tmp_path / "x/imports/faq.jsonl").write_text("{}\n")
    assert bring_in("csv", HEAD + ROWS["hours"], "faq.csv") == 2
    assert "imports/faq.jsonl cannot be read" in capsys.readouterr().err
