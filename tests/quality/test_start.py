from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.language.citations import citations, without
from dimchat.pack import inspect_pack, load_pack
from dimchat.quality.start import head
from dimchat.quality.start.arrange import arrange
from dimchat.quality.start.from_table import cited_paragraphs, from_table, short_of
from dimchat.quality.start.question_table import read_table

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
LINES = ["# Head", "Ask Dr. No. 5.", "```", "  indented", "\tcode 5", "| a | b |", "| - | - |", "- one", "1. two", ""]
LINES += [
    "@table",
    "[@table, line 2]",
    "> quote",
    "===",
    "x\u2028y",
    "\x0bz",
    "\u200d\u2603",
    "a\\",
    "[a]: b",
    "\ufeff",
]
ANSWER = CELL | st.lists(st.sampled_from(LINES), max_size=8).map("\n".join)


def written(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, ANSWER, CELL, CELL), min_size=1, max_size=4))
def test_any_table_becomes_a_pack_or_is_refused(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    file = tmp_path / "t.csv"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("question", "answer", "category", "source"), *rows])
    file.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    try:
        texts, notes, count = from_table(file, head(tmp_path / "x", None, TODAY))
    except UsageError:
        return
    folder = written(tmp_path / "x", texts)
    try:
        pack = load_pack(folder)
    finally:
        for path in sorted(folder.rglob("*.yaml")):
            path.unlink()
    entries = {entry.id: entry for entry in arrange(read_table(file)[0])[0]}
    assert sum(len(entry.questions) for entry in entries.values()) == count - sum(
        note.placed is False for note in notes
    )
    assert {answer.id for answer in pack.answers} == entries.keys()
    for answer in pack.answers:
        # What is left without citations and escapes is what the table holds.
        kept = [line.replace("\\@", "@").rstrip() for line in without(answer.text).split("\n")]
        assert (
            "\n".join(kept).strip()
            == "\n".join(line.rstrip() for line in entries[answer.id].answer.split("\n")).replace("\\@", "@").strip()
        )
        assert citations_of(answer.short) == citations_of(answer.text)[:1] or len(citations_of(answer.short)) > 1


def citations_of(text: str) -> list[str]:
    return [one.source for one in citations(text)]


@pytest.mark.parametrize(
    "titles",
    [
        ["C++", "C#", "C"],
        ["\u65e5\u672c\u8a9e", "\u4e2d\u6587", "Japanese"],
        ["\u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac", "\u0420\u0443\u0441\u0441\u043a\u0438\u0439"],
        ["\u00dcber uns", "Uber uns", "UEBER UNS"],
        ["\U0001f389", "\U0001f389\U0001f389", "\U0001f697"],
        ["---", "***", "..."],
        ["safety", "Safety first", "sources", "general"],
        ["R&D", "R and D", "R D"],
    ],
)
def test_each_title_is_a_category_of_its_own(tmp_path: Path, titles: list[str]) -> None:
    rows = [["question", "answer", "category"], *([f"question {at}", "The same.", t] for at, t in enumerate(titles))]
    entries, notes = arrange(read_table(table(tmp_path / "t.csv", rows))[0])
    assert [entry.category_title for entry in entries] == titles
    assert len({entry.category for entry in entries}) == len(titles)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", entry.category) for entry in entries)
    assert notes == []


def test_titles_that_differ_in_case_and_blanks_are_one_and_that_is_said(tmp_path: Path) -> None:
    rows = [["q 1", "a", "Bills"], ["q 2", "a", "bills"], ["q 3", "b", "BILLS "], ["q 4", "c", "Lost  property"]]
    rows += [["q 5", "c", "lost property"]]
    file = table(tmp_path / "t.csv", [["question", "answer", "category"], *rows])
    entries, notes = arrange(read_table(file)[0])
    assert [entry.category_title for entry in entries] == ["Bills", "Bills", "Lost property"]
    assert [(note.line, note.placed) for note in notes] == [(3, True), (4, True), (6, True)]
    assert "'Bills' of line 2" in notes[0].text


@pytest.mark.parametrize(
    ("data", "placed"),
    [
        (b"question,answer\rq one,a; b; c; d\rq two,c\r", 2),
        (b"question,answer\r\nq one,a\rq two,c\nq three,d", 3),
        (b"question,answer\r\r\nq one,a\r\r\n", 1),
        ("question,answer\nq one,a\u2028b\nq two,c\x85d\n".encode(), 2),
        (b'\xef\xbb\xbf"question","answer"\nq one,a\n', 1),
        ("question\tanswer\r\nq one\ta, b\r\n".encode("utf-16"), 1),
        (b"question\tanswer\nq one\ta\\nB in C:\\new\n", 1),
        ("\ufeffquestion;answer\nq one;a\n".encode("utf-16-be"), 1),
        (b"sep=;\r\nquestion;answer\r\nq one;a, b\r\n", 1),
        (b"\r\n,,\r\nquestion,answer,,\r\nq one,a,,\r\nq two,b\r\n,,,\r\n", 2),
        (b'question, answer\nq one, "a, b"\n', 1),
        (b'answer,"notes; more; of; them",question\na,,q one\n', 1),
    ],
)
def test_a_table_may_end_its_lines_and_part_its_cells_in_any_way(tmp_path: Path, data: bytes, placed: int) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    rows, notes = read_table(tmp_path / "t.csv")
    assert [row.question for row in rows] == ["q one", "q two", "q three"][:placed]
    assert [note for note in notes if note.placed is False] == []
    assert all(
        row.answer in {"a", "b", "c", "d", "a; b; c; d", "a\nb", "c\nd", "a, b", "a\nB in C:\\new"} for row in rows
    )


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ("question,answer\nq,a\n".encode("utf-16-le"), "t.csv:1: not UTF-8"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b'question,answer\nq,a\nr,"b\nc,d\n', "t.csv:3: not a table: a quotation mark that is opened here"),
        (b"question,answer\nq,caf\xe9\n", "t.csv:2: not UTF-8"),
    ],
)
def test_another_kind_of_file_is_refused_with_its_reason(
    tmp_path: Path, capsys: Capture, data: bytes, part: str
) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(tmp_path / "t.csv")]) == 2
    assert part in capsys.readouterr().err


def test_where_no_row_can_be_placed_each_has_its_reason(tmp_path: Path, capsys: Capture) -> None:
    rows = [["question", "answer", "id"], ["where", "Here.", "Desk.Where"], ["?", "a", ""], ["a", "b", "c.d", "e"]]
    file = table(tmp_path / "t.csv", rows)
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(file)]) == 2
    said = capsys.readouterr()
    assert [line.partition(": not placed: ")[0] for line in said.out.splitlines()] == [f"{file}:{n}" for n in (2, 3, 4)]
    assert "no row" in said.err


def test_an_id_that_is_given_later_is_that_of_the_answer_before(tmp_path: Path) -> None:
    rows = [["reset password", "Ask.", ""], ["new password", "Ask.", "help.password"]]
    rows += [["reset it", "Wait.", "general.reset_password"]]
    entries, notes = arrange(read_table(table(tmp_path / "t.csv", [["question", "answer", "id"], *rows]))[0])
    assert [(entry.id, len(entry.questions)) for entry in entries] == [
        ("help.password", 2),
        ("general.reset_password", 1),
    ]
    assert notes == []


def test_answers_that_differ_in_case_alone_stay_two(tmp_path: Path) -> None:
    rows = [["question", "answer"], ["list all", "Type `ls -R`."], ["list backwards", "Type `ls -r`."]]
    assert len(arrange(read_table(table(tmp_path / "t.csv", rows))[0])[0]) == 2


def test_questions_that_are_read_alike_are_told_apart_by_their_reason(tmp_path: Path) -> None:
    rows = [["question", "answer"], ["what is C++", "A language."], ["what is C#", "Another language."]]
    (found,) = notes_of(table(tmp_path / "t.csv", rows))
    assert "'what is C++'" in found[1]


def test_every_source_of_an_answer_is_cited(tmp_path: Path) -> None:
    rows = [["question", "answer", "source"], ["one way", "So.", "Rules"], ["the other", "So.", "Handbook"]]
    texts, _, _ = from_table(table(tmp_path / "t.csv", rows), head(tmp_path / "x", None, TODAY))
    assert "So. [@rules; @handbook]" in texts["answers/general.yaml"]


def test_code_and_tables_are_no_place_for_a_citation() -> None:
    text = "# Way\n\nRun this:\n\n```\nls\n\npwd\n```\n\n- one\n- two\n\n| a | b |\n| - | - |\n| 1 | 2 |"
    assert cited_paragraphs(text, "[@x]") == text.replace("this:", "this: [@x]").replace("two", "two [@x]")
    assert short_of(text) == "Way"
    assert cited_paragraphs("    ls", "[@x]") == "    ls\n\n[@x]"


def test_a_table_that_greets_for_itself_needs_no_greeting(tmp_path: Path) -> None:
    hello = ["hello", "hi", "hi there", "hey", "good morning", "good afternoon", "good evening", "greetings"]
    rows = [["question", "answer"], *([each, "Welcome."] for each in hello)]
    texts, _, _ = from_table(table(tmp_path / "t.csv", rows), head(tmp_path / "x", None, TODAY))
    assert "conversation.greeting" not in texts["intents/conversation.yaml"] + texts["answers/conversation.yaml"]
    assert load_pack(written(tmp_path / "x", texts)).answers
