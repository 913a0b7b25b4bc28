from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.pack import inspect_pack, load_pack
from dimchat.regress.scaffold import head
from dimchat.regress.scaffold.from_table import from_table
from dimchat.regress.scaffold.table import arrange, read_table

Capture = pytest.CaptureFixture[str]

TODAY = date(2026, 11, 24)
FORGOT = [
    "how do i reset my password",
    "i forgot my password",
    "change my password",
    "new password please",
]


def table(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def notes_of(path: Path) -> list[tuple[int, str]]:
    rows, notes = read_table(path)
    return [(note.line, note.text) for note in sorted(notes + arrange(rows)[1]) if not note.placed]


def test_a_new_pack_passes_everything_at_once(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "town library"
    assert run(["new", str(folder)]) == 0
    assert run(["check", "--strict", str(folder)]) == 0
    assert run(["test", "--pack", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "3 intents" in out
    assert out.endswith("16 passed, 0 failed\n")
    pack = load_pack(folder)
    assert (pack.name, pack.title) == ("town-library", "Town library")
    assert (folder / ".github" / "workflows" / "pack.yml").is_file()
    assert "@" not in (folder / "pack.yaml").read_text(encoding="utf-8")


def test_a_title_is_taken_as_it_is(tmp_path: Path) -> None:
    assert run(["new", str(tmp_path / "x"), "--title", 'The "best" \\ shop: #1']) == 0
    assert load_pack(tmp_path / "x").title == 'The "best" \\ shop: #1'


@pytest.mark.parametrize("left", ["a file", "a folder with a file"])
def test_what_is_there_is_not_overwritten(tmp_path: Path, capsys: Capture, left: str) -> None:
    folder = tmp_path / "x"
    if left == "a file":
        folder.write_text("mine", encoding="utf-8")
    else:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert run(["new", str(folder)]) == 2
    assert str(folder) in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_empty_checkout_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "x" / ".git").mkdir(parents=True)
    assert run(["new", str(tmp_path / "x")]) == 0
    assert (tmp_path / "x" / ".git").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_leap_day_has_a_next_year() -> None:
    assert head(Path("x"), None, date(2028, 2, 29)).marks["@NEXT_YEAR@"] == "2029-02-28"


def test_rows_with_the_same_answer_are_phrasings_of_one_question(tmp_path: Path, capsys: Capture) -> None:
    rows = [["Question", "Answer", "Category"], *([one, "Ask for a link.", "Accounts"] for one in FORGOT)]
    rows += [["when is the bill due", "On the first.\n\nOf each month.", "Billing"]]
    file = table(tmp_path / "faq.csv", rows)
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(file)]) == 0
    assert "5 rows" in capsys.readouterr().out
    pack, problems = inspect_pack(tmp_path / "x", TODAY)
    assert pack is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    found = [(one.id, one.category, len(one.phrases)) for one in pack.browsable]
    assert found == [("accounts.reset_password", "accounts", 3), ("billing.bill_due", "billing", 1)]
    # The fourth phrasing became a case.
    assert run(["test", "--pack", str(tmp_path / "x")]) == 0


def test_a_question_that_the_others_do_not_lead_to_is_no_case_and_told(tmp_path: Path, capsys: Capture) -> None:
    asked = [*FORGOT[:3], "zebra crossing"]
    file = table(tmp_path / "faq.csv", [["question", "answer"], *([one, "Ask for a link."] for one in asked)])
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(file)]) == 0
    assert f"{file}:5: placed, but: " in capsys.readouterr().out
    assert not (tmp_path / "x" / "tests").exists()


def test_a_source_is_cited_and_without_one_the_row_of_the_table(tmp_path: Path) -> None:
    file = table(
        tmp_path / "faq.csv",
        [
            ["question", "answer", "source"],
            ["how much is it", "It is 5 euros.", "https://example.org/prices"],
            ["who made it", "A carpenter.", ""],
        ],
    )
    texts, _, _ = from_table(file, head(tmp_path / "x", None, TODAY))
    for name, text in texts.items():
        target = tmp_path / "x" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    pack = load_pack(tmp_path / "x")
    assert {source.url for source in pack.sources} == {"https://example.org/prices", None}
    assert "[@table, line 3]" in pack.answers[1].text
    assert not [one for one in inspect_pack(tmp_path / "x", TODAY)[1] if one.rule.startswith("uncited")]


@pytest.mark.parametrize(
    ("rows", "line", "part"),
    [
        ([["", "a"]], 2, "no question"),
        ([["q", ""]], 2, "no answer"),
        ([["?!", "a"]], 2, "no words"),
        ([["q", "a"], ["q?", "a"]], 3, "stands already in line 2"),
        ([["q", "a"], ["Q", "b"]], 3, "line 2 with another answer"),
        ([["two\nlines", "a"], ["", "b"]], 4, "no question"),
    ],
)
def test_what_cannot_be_placed_is_told_with_its_line(
    tmp_path: Path, rows: list[list[str]], line: int, part: str
) -> None:
    (found,) = notes_of(table(tmp_path / "t.csv", [["question", "answer"], *rows]))
    assert found[0] == line
    assert part in found[1]


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([["Shop.Hours", "q", "a"]], "topic.aspect"),
        ([["safety.fire", "q", "a"]], "keeps for itself"),
        ([["shop.hours", "q", "a"], ["shop.hours", "r", "b"]], "another answer in line 2"),
        ([["shop.hours", "q", "a"], ["shop.times", "r", "a"]], "shop.hours since line 2"),
    ],
)
def test_ids_that_contradict_each_other_are_told(tmp_path: Path, rows: list[list[str]], part: str) -> None:
    (found,) = notes_of(table(tmp_path / "t.csv", [["id", "question", "answer"], *rows]))
    assert part in found[1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    rows, notes = read_table(table(tmp_path / "t.csv", [["answer", "question"], ["a, b; c", "q"]], delimiter))
    assert (rows[0].question, rows[0].answer, notes) == ("q", "a, b; c", [])


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"frage,antwort\nq,a\n", "no column 'question'"),
        (b"quesion,answer\nq,a\n", "did you mean 'quesion'"),
        (b"question,question,answer\nq,r,a\n", "stands twice"),
        (b"question,answer\nq,\xff\n", "t.csv:2: not UTF-8"),
        (b'question,answer\nq,"a" b\n', "t.csv:2: not a table"),
        (b"question,answer\n", "no row"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, capsys: Capture, data: bytes, part: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(tmp_path / "t.csv")]) == 2
    assert part in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_table_that_is_not_there_is_said(tmp_path: Path, capsys: Capture) -> None:
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(tmp_path / "none.csv")]) == 2
    assert "none.csv cannot be read" in capsys.readouterr().err


CELL = st.text(max_size=30) | st.sampled_from(["what is it", "hello", "[@x]", "12:30", "- a: b # c", "safety", "yes"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=4))
def test_any_table_becomes_a_pack_or_is_refused(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    file = tmp_path / "t.csv"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("question", "answer", "category", "source"), *rows])
    file.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    try:
        texts, _, _ = from_table(file, head(tmp_path / "x", None, TODAY))
    except UsageError:
        return
    folder = tmp_path / "x"
    for name, text in texts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    try:
        load_pack(folder)
    finally:
        for path in sorted(folder.rglob("*.yaml")):
            path.unlink()
