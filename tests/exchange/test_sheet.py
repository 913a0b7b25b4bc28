"""Tables: which are read, how, and what of them becomes which part of a pack."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.exchange.importing import plan
from dimchat.exchange.naming import short_of
from dimchat.exchange.pack_parts import cited, uncited
from dimchat.exchange.place import Taken, place
from dimchat.exchange.readers.sheet import read_table
from dimchat.pack import inspect_pack, load_pack
from dimchat.quality.start import head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase

    Import = Callable[..., int]
    ReadText = Callable[[str, str | bytes, str], KnowledgeBase]

TODAY = date(2026, 11, 24)


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_a_plain_list_of_questions_passes_the_strict_check(bring_in: Import, tmp_path: Path) -> None:
    long = "What personal protective equipment should be worn by {} while they work in the rooms of patients?"
    rows = [
        ["Where do I park?", "Behind the house."],
        ["What should I do if I had close contact with somebody?", "Stay at home."],
        ["What should I do if I have had close contact with somebody?", "Call us."],
        [long.format("those who clean"), "Gloves."],
        [long.format("those who carry"), "A mask, 3 layers."],
    ]
    bring_in("csv", table([["question", "answer"], *rows]), "t.csv")
    pack, problems = inspect_pack(tmp_path / "x", TODAY)
    assert pack is not None
    titles = [one.title for one in pack.browsable]
    assert len(titles) == len(set(titles)) == len(rows)
    assert max(map(len, titles)) <= 70
    assert {problem.severity for problem in problems} == {"notice"}
    assert run(["check", "--strict", str(tmp_path / "x")]) == 0


@pytest.mark.parametrize(
    ("rows", "line", "part"),
    [
        ([["", "a"]], 2, "no question"),
        ([["q", ""]], 2, "no answer"),
        ([["?!", "a"]], 2, "no words"),
        ([["q", "a"], ["Q", "b"]], 3, "stands in t.csv:2 with another answer"),
        ([["two\nlines", "a"], ["", "b"]], 4, "no question"),
        ([["q", "a", "more"]], 2, "more cells"),
    ],
)
def test_what_cannot_be_placed_is_told_with_its_line(
    read_text: ReadText, rows: list[list[str]], line: int, part: str
) -> None:
    base = read_text("csv", table([["question", "answer"], *rows]), "t.csv")
    place(base, Taken())
    (found,) = base.dropped
    assert found.where == f"t.csv:{line}"
    assert part in found.text


def test_rows_are_not_joined_because_their_answers_are_alike(read_text: ReadText) -> None:
    rows = [["question", "answer"], ["reset my password", "Ask us."], ["change my address", "Ask us."]]
    placed = place(read_text("csv", table(rows), "t.csv"), Taken())
    assert [one.id for one in placed] == ["general.reset_password", "general.change_address"]


def test_a_row_that_repeats_another_is_no_loss(read_text: ReadText) -> None:
    base = read_text("csv", table([["question", "answer"], ["q one", "a"], ["Q one?", "a"]]), "t.csv")
    assert len(place(base, Taken())) == 1
    assert base.dropped == []
    assert "says again what t.csv:2 says" in base.losses[0].text


def test_rows_of_one_id_are_phrasings_and_their_answers_take_turns(read_text: ReadText) -> None:
    rows = [["id", "question", "answer", "answer 2"], ["shop.hours", "when", "At 9.", "At nine."]]
    rows += [["shop.hours", "what time", "From 9.", ""]]
    base = read_text("csv", table(rows), "t.csv")
    (one,) = place(base, Taken())
    assert (one.id, one.phrases) == ("shop.hours", ["when", "what time"])
    assert one.texts == ["At 9.", "At nine.", "From 9."]
    assert base.dropped == []


@pytest.mark.parametrize("name", ["Shop.Hours", "safety.fire", "17"])
def test_an_id_of_another_form_is_what_the_file_knows_a_row_by(read_text: ReadText, name: str) -> None:
    base = read_text("csv", table([["id", "question", "answer"], [name, "when", "a"]]), "t.csv")
    (one,) = place(base, Taken())
    assert one.id.startswith("general.")
    assert one.entry.key == name


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found(read_text: ReadText, delimiter: str) -> None:
    base = read_text("csv", table([["answer", "question"], ["a, b; c", "q"]], delimiter), "t.csv")
    assert [(one.questions, one.answers) for one in base.entries] == [(["q"], ["a, b; c"])]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"frage,antwort\nq,a\n", "no column 'question'"),
        (b"quesion,answer\nq,a\n", "did you mean 'quesion'"),
        (b"question,question,answer\nq,r,a\n", "stands twice"),
        (b"question,answer\nq,\xff\n", "t.csv:2: not UTF-8"),
        (b'question,answer\nq,"a" b\n', "t.csv:2: not a table"),
        ("question,answer\nq,a\n".encode("utf-16-le"), "t.csv:1: not UTF-8"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b'question,answer\nq,a\nr,"b\nc,d\n', "t.csv:3: not a table: a quotation mark that is opened here"),
    ],
)
def test_what_is_no_table_is_refused(read_text: ReadText, data: bytes, part: str) -> None:
    with pytest.raises(UsageError, match=re.escape(part)):
        read_text("csv", data, "t.csv")


def test_where_nothing_can_be_placed_each_row_has_its_reason(
    bring_in: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in("csv", "question,answer\n,a\n?,b\n", "t.csv") == 2
    said = capsys.readouterr()
    assert [line.partition(": dropped: ")[0] for line in said.out.splitlines()] == ["t.csv:2", "t.csv:3"]
    assert "no entry" in said.err


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
def test_a_table_may_end_its_lines_and_part_its_cells_in_any_way(read_text: ReadText, data: bytes, placed: int) -> None:
    base = read_text("csv", data, "t.csv")
    found = place(base, Taken())
    assert [one.phrases for one in found] == [["q one"], ["q two"], ["q three"]][:placed]
    assert base.dropped == []
    assert {text for one in found for text in one.texts} <= {
        *("a", "b", "c", "d", "a, b", "a; b; c; d", "a\nb", "c\nd", "a\nB in C:\\new"),
    }


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
def test_each_title_is_a_category_of_its_own(read_text: ReadText, titles: list[str]) -> None:
    rows = [["question", "answer", "category"], *([f"question {at}", "The same.", t] for at, t in enumerate(titles))]
    base = read_text("csv", table(rows), "t.csv")
    placed = place(base, Taken())
    assert [one.category for one in placed] == titles
    assert len({one.stem for one in placed}) == len(titles)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", one.stem) for one in placed)
    assert base.losses == []


def test_titles_that_differ_in_case_and_blanks_are_one_and_that_is_said(read_text: ReadText) -> None:
    rows = [["q 1", "a", "Bills"], ["q 2", "a", "bills"], ["q 3", "b", "BILLS "], ["q 4", "c", "Lost  property"]]
    rows += [["q 5", "c", "lost property"]]
    base = read_text("csv", table([["question", "answer", "category"], *rows]), "t.csv")
    placed = place(base, Taken())
    assert [one.category for one in placed] == ["Bills", "Bills", "Bills", "Lost property", "Lost property"]
    assert [(loss.where, loss.dropped) for loss in base.losses] == [(f"t.csv:{n}", False) for n in (3, 4, 6)]


def test_other_columns_are_metadata_and_what_comes_next_is_linked(bring_in: Import, tmp_path: Path) -> None:
    rows = [["id", "question", "answer", "next", "audience"], ["a.b", "q one", "a", "c.d; c.d", "staff"]]
    assert bring_in("csv", table([*rows, ["c.d", "q two", "b", "", ""]]), "t.csv") == 0
    pack = load_pack(tmp_path / "x")
    assert pack.intent["a.b"].next == ("c.d",)
    assert pack.answer["a.b"].metadata == (("audience", "staff"),)


def test_a_source_is_cited_and_a_plain_table_passes_the_strict_check(bring_in: Import, tmp_path: Path) -> None:
    rows = [["question", "answer", "source"], ["how much is it", "It is 5 euros.", "https://example.org/prices"]]
    assert bring_in("csv", table([*rows, ["who made it", "A carpenter.", ""]]), "t.csv") == 0
    pack, problems = inspect_pack(tmp_path / "x", TODAY)
    assert pack is not None
    assert [(source.id, source.url) for source in pack.sources] == [
        ("example-org-prices", "https://example.org/prices")
    ]
    assert [answer.text for answer in pack.answers] == ["It is 5 euros. [@example-org-prices]", "A carpenter."]
    assert problems == ()


def test_code_and_tables_are_no_place_for_a_citation() -> None:
    text = "# Way\n\nRun this:\n\n```\nls\n\npwd\n```"
    assert cited(text, "[@x]") == f"{text}\n\n[@x]\n"
    assert cited("- one\n- two", "[@x]") == "- one\n- two [@x]\n"
    assert uncited("- one\n- two [@x]\n") == "- one\n- two"
    assert short_of(text) == "Way"


CELL = st.text(max_size=30) | st.sampled_from(["what is it", "hello", "[@x]", "12:30", "- a: b # c", "safety", "yes"])
LINES = ["# Head", "Ask Dr. No. 5.", "```", "  indented", "\tcode 5", "| a | b |", "| - | - |", "- one", "1. two", ""]
LINES += ["@table", "[@table, line 2]", "{{x}}", "[a]{.b}", "<b>x</b><br>", "![i](u)", "> quote", "===", "x\u2028y"]
LINES += ["\x0bz", "\u200d\u2603", "a\\", "[a]: b", "\ufeff", "<!-- ", "&nbsp;", "a  "]
ANSWER = CELL | st.lists(st.sampled_from(LINES), max_size=8).map("\n".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, ANSWER, CELL, CELL), min_size=1, max_size=4))
def test_any_table_becomes_a_pack_or_is_refused(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    file = tmp_path / "t.csv"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("question", "answer", "category", "source"), *rows])
    file.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    try:
        base = read_table(file)
        planned = plan(base, tmp_path / "x", head(tmp_path / "x", None, TODAY))
    except UsageError:
        return
    # The plan has checked that it is a pack: what it is made of is all there, or told.
    told = sum(loss.dropped or "says again" in loss.text for loss in base.losses)
    assert len(planned.merged.placed) + told == len([row for row in rows if any(cell.strip() for cell in row)])
