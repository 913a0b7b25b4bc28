"""Markdown line by line: from the same tokens that draw the screen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.apps.base.reply_lines import lines_of
from dimchat.apps.base.text_widget import lay
from dimchat.model import Citation, Pack, Reply, Vocabulary
from dimchat.render import to_markdown, to_plain

PACK = Pack("demo", "Demo Manager", "2026.1", "en", "abc", None, (), (), (), (), (), (), Vocabulary())
SOURCE = Citation(1, "bls", "Handbook", None, None, None, None)


def plain(markdown: str, *, cite: bool = True) -> str:
    return to_plain(Reply("q", "smalltalk", text=markdown), PACK, cite=cite)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Run:\n\n```sh\nping 192.0.2.1\n  --count 3\n\n# not *this*\n```\n\nThen wait.",
         ["Run:", "", "ping 192.0.2.1", "  --count 3", "", "# not *this*", "", "Then wait."]),
        ("Run:\n\n    ping 192.0.2.1\n      --count 3\n\nThen.",
         ["Run:", "", "ping 192.0.2.1", "  --count 3", "", "Then."]),
        ("~~~\n" + "x " * 60 + "y\n~~~", ["x " * 60 + "y"]),
        ("- a\n\n  ```\n  if x:\n    y\n  ```\n- b", ["  - a", "", "    if x:", "      y", "", "  - b"]),
        ("- a\n  - b\n    - c\n- d", ["  - a", "    - b", "      - c", "  - d"]),
        ("3. a\n4. b\n   1) c\n   2) d", ["  3. a", "  4. b", "     1) c", "     2) d"]),
        ("9. a\n10. b", ["  9. a", "  10. b"]),
        ("- - a\n- b", ["  - - a", "  - b"]),
        ("-\n- b", ["  -", "  - b"]),
        ("- a\n\n- b", ["  - a", "", "  - b"]),
        ("1. two words\n   and more\n\n   a paragraph", ["  1. two words and more", "", "     a paragraph"]),
        ("> one\n> two\n>\n> three\n\nout", ["> one two", ">", "> three", "", "out"]),
        ("> - a\n> - b", [">   - a", ">   - b"]),
        ("- > quoted", ["  - > quoted"]),
        ("one  \ntwo\\\nthree\nfour", ["one", "two", "three four"]),
        ("- one  \n  two", ["  - one", "    two"]),
        (r"\*not\* 1\. \[1\] \# \_x\_ C:\\temp", ["*not* 1. [1] # _x_ C:\\temp"]),
        ("R&amp;D &lt;x&gt; &copy; &nbsp;x AT&T", ["R&D <x> \xa9 \xa0x AT&T"]),
        ("2*3*4 and O*NET, *not* O*NET; snake_case_name; un**frigging**real",
         ["2*3*4 and O*NET, not O*NET; snake_case_name; unfriggingreal"]),
        ("**bold *both* `code*`** ***all***", ["bold both code* all"]),
        ("[a [b] c](https://x.org/a_(b))", ["a [b] c (https://x.org/a_(b))"]),
        ("[the page](<https://x.org/a b>)", ["the page (https://x.org/a%20b)"]),
        ("[*the* `page`](https://x.org)[2](https://y.org)", ["the page (https://x.org)2 (https://y.org)"]),
        ("<https://x.org/a> <me@x.org> [me@x.org](mailto:me@x.org)", ["https://x.org/a me@x.org me@x.org"]),
        ("[https://x.org](https://x.org) [write](mailto:me@x.org)", ["https://x.org write (mailto:me@x.org)"]),
        ("See [the page][p], [p] and [q].\n\n[p]: https://x.org 'Title'",
         ["See the page (https://x.org), p (https://x.org) and [q]."]),
        ("[1]: begins a sentence.", ["[1]: begins a sentence."]),
        ("[x](javascript:alert)", ["[x](javascript:alert)"]),
        ("# One #\ntext\n\nTwo\n---\nmore", ["One", "", "text", "", "Two", "", "more"]),
        ("a\n\n***\n\nb", ["a", "", "---", "", "b"]),
        ("a <b>x</b><br>y", ["a <b>x</b><br>y"]),
        ("<div>\nx\n</div>", ["<div> x </div>"]),
        ("![a *plan*](plan.png)", ["a plan"]),
        ("| Day | Fee |\n|---|--:|\n| Monday | $5 |\n| Tue | `$10` [1] |",
         ["Day         Fee", "------  -------", "Monday       $5", "Tue     $10 [1]"]),
        ("| \u6f22\u5b57 | b |\n|---|---|\n| x | c\\|d |", ["\u6f22\u5b57  b", "----  ---", "x     c|d"]),
        ("- a\n\n  | b | c |\n  |---|---|\n  | d | e |", ["  - a", "", "    b  c", "    -  -", "    d  e"]),
        (f"| Day | {'wide ' * 20}|\n|---|---|\n| Monday | yes |\n| Tue | |",
         [f"Day: Monday; {'wide ' * 12}".rstrip(), f"  {'wide ' * 8}".rstrip() + ": yes", "Day: Tue"]),
    ],
)  # fmt: skip
def test_markdown_keeps_its_lines(markdown: str, expected: list[str]) -> None:
    assert plain(markdown).split("\n") == expected


def test_a_paragraph_and_its_items_wrap_and_hang() -> None:
    lines = plain(f"{'word ' * 30}\n\n- {'word ' * 30}\n  1. {'word ' * 30}").splitlines()
    assert max(map(len, lines)) <= 76
    assert {len(line) - len(line.lstrip()) for line in lines if line} == {0, 2, 4, 7}


@pytest.mark.parametrize(
    ("short", "text"), [("See.", "    code\n      more\n\nEnd."), ("See.", "See.\n\n    code\n      more\n\nEnd.")]
)
def test_code_at_the_head_of_a_text_keeps_its_indent(short: str, text: str) -> None:
    reply = Reply("q", "answer", short=short, text=text)
    assert to_plain(reply, PACK).split("\n") == ["See.", "", "code", "  more", "", "End."]
    assert "\n\n    code\n      more\n\n" in to_markdown(reply, PACK)


def test_numbers_of_sources_go_from_the_text_and_stay_in_code_and_escapes() -> None:
    text = "Take `a[1]` [1][1].\n\n    b[1]\n\nNot \\[1\\] [1]"
    reply = Reply("q", "answer", text=text, citations=(SOURCE,), reviewed=date(2026, 1, 1))
    assert to_plain(reply, PACK, cite=False).split("\n") == ["Take a[1].", "", "b[1]", "", "Not [1]"]


def test_what_an_entity_hides_reaches_no_terminal() -> None:
    assert plain("a&#x202e;b&#x9b;c") == "a\ufffdb\ufffdc"
    assert "\u202e" not in lay(lines_of("a&#x202e;b `x` &#x2066;"), 40).plain


WORD = st.text("abcxyz", min_size=1, max_size=8)
GLUE = st.sampled_from(
    [" ", "\n", "\n\n", "  \n", "\n- ", "\n  - ", "\n1. ", "\n12) ", "\n> ", "\n# ", "\n    ", "*", "**", "_", "`",
     "\\", " [", "] ", ") ", "<", ">", "&", "!", "~", "\n---\n", "\n===\n", "\n```\n", "\n~~~\n", ".", "[1]"]
)  # fmt: skip


@given(st.lists(st.tuples(GLUE, WORD), max_size=25))
def test_every_word_is_kept(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{glue}{word}" for glue, word in parts)
    assert re.findall(r"[a-z]", plain(text)) == re.findall(r"[a-z]", text)


@given(st.lists(st.text("ab `*_#>|-[]\\&<", max_size=90), min_size=1, max_size=8), st.sampled_from(["```", "~~~~"]))
def test_code_keeps_each_line(lines: list[str], fence: str) -> None:
    code = [line for line in lines if not re.match(r" {0,3}(```|~~~~)", line)]
    text = "\n".join(["before", "", fence, *code, fence, "", "after"])
    assert plain(text).split("\n") == ["before", "", *(code or [""]), "", "after"]


def test_a_blank_line_of_code_in_a_list_is_blank() -> None:
    assert plain("- one\n\n  ```\n  a\n\n    b\n  ```").split("\n") == ["  - one", "", "    a", "", "      b"]


@given(st.text(st.characters(codec=None)))
def test_any_text_is_printed(text: str) -> None:
    plain(text).encode()
    plain(text, cite=False)


@given(st.text("*_`#->|[]! \n1.a:b", max_size=120))
def test_any_marks_are_read_alike_on_both_faces(text: str) -> None:
    said = [re.findall(r"[ab]", shown) for shown in (lay(lines_of(text), 10_000).plain, plain(text))]
    assert said[0] == said[1]
