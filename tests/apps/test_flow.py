"""Lines with hanging indents, and Markdown as such lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from dimchat.apps.base.reply_lines import lines_of
from dimchat.apps.base.text_widget import LEAST_ROOM, Line, lay

WORDS = st.text(alphabet=st.sampled_from("ab 漢é🩻-"), max_size=80)


def rows(markdown: str, width: int = 40) -> list[str]:
    return [row.rstrip() for row in lay(lines_of(markdown), width).plain.split("\n")]


@given(WORDS, st.integers(0, 6), st.text("xy", max_size=5), st.integers(24, 90), st.booleans())
def test_no_row_is_wider_than_asked(body: str, indent: int, tail: str, width: int, clip: bool) -> None:  # noqa: FBT001 - drawn
    line = Line(Content(body), Content(">" * indent), Content(tail), clip=clip)
    for row in lay([line, line], width).split("\n"):
        assert row.cell_length <= width


@given(WORDS, st.integers(0, 6), st.integers(LEAST_ROOM + 6, 90))
def test_wrapping_loses_no_word(body: str, indent: int, width: int) -> None:
    laid = lay([Line(Content(body), Content(" " * indent))], width).plain
    assert "".join(laid.split()) == "".join(body.split())


@pytest.mark.parametrize(
    ("room", "expected"),
    [(40, "the ladder, what comes next"), (26, "the ladder, what comes…"), (13, "the ladder…"), (9, "the ladd…")],
)
def test_a_row_that_must_not_wrap_ends_behind_a_word(room: int, expected: str) -> None:
    assert lay([Line(Content("the ladder, what comes next"), clip=True)], room).plain == expected


@pytest.mark.parametrize(
    ("width", "expected"), [(18, "words that fit   9"), (16, "words that fit 9"), (15, "words that…   9")]
)
def test_words_that_must_not_wrap_take_the_room_before_the_tail(width: int, expected: str) -> None:
    assert lay([Line(Content("words that fit"), tail=Content("9"), clip=True)], width).plain == expected


def test_further_rows_hang_beside_the_lead() -> None:
    laid = lay([Line(Content("one two three four"), Content("12. "))], 14).plain
    assert [row.rstrip() for row in laid.split("\n")] == ["12. one two", "    three four"]


def test_the_tail_stands_at_the_right_of_the_first_row() -> None:
    laid = lay([Line(Content("one two three four five"), tail=Content("you"))], 20).plain
    assert laid.split("\n")[0].endswith("you")
    assert len(laid.split("\n")[0]) == 20
    assert "you" not in laid.split("\n")[1]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One\nparagraph.\n\nTwo.", ["One paragraph.", "", "Two."]),
        ("**bold** and *thin* `code`", ["bold and thin code"]),
        ("Text:\n\n- a\n- b\n\nMore.", ["Text:", "", "• a", "• b", "", "More."]),
        ("1. a\n2. b", ["1. a", "2. b"]),
        ("9. a\n10. b", ["9. a", "10. b"]),
        ("O*NET and *not* O*NET, `2*3`", ["O*NET and not O*NET, 2*3"]),
        ("```\na*b\n```", ["a*b"]),
        ("- a\n  - b\n- c", ["• a", "  • b", "• c"]),
        ("- a\n\n- b", ["• a", "", "• b"]),
        ("# Head\ntext", ["Head", "", "text"]),
        ("> quoted", ["│ quoted"]),
        ("a  \nb", ["a", "b"]),
        ("[1]: is no definition", ["[1]: is no definition"]),
        ("<b>x</b>", ["<b>x</b>"]),
        ("[a link](https://example.org)", ["a link"]),
        ("```\n a\n  b\n```", [" a", "  b"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a · b", "c · d"]),
        ("", [""]),
    ],
)
def test_markdown_becomes_lines(markdown: str, expected: list[str]) -> None:
    assert rows(markdown) == expected


def test_a_long_item_hangs() -> None:
    assert rows("- one two three four", 12) == ["• one two", "  three four"]


def test_bold_is_bold_and_citations_are_lit_and_can_be_clicked() -> None:
    (line,) = lines_of("Very **big** [12].")
    assert "bold" in {str(span.style) for span in line.body.spans if line.body.plain[span.start : span.end] == "big"}
    lit = [span.style for span in line.body.spans if line.body.plain[span.start : span.end] == "[12]"]
    assert "$accent" in lit
    assert any(getattr(style, "meta", {}).get("@click") == "cite(12)" for style in lit)


@given(st.text())
def test_any_text_can_be_read_as_markdown(text: str) -> None:
    lay(lines_of(text), 40)


@given(st.text(alphabet=st.sampled_from("*_`#->|[]() \n1.a"), max_size=120))
def test_any_marks_can_be_read_as_markdown(text: str) -> None:
    lay(lines_of(text), 20)
