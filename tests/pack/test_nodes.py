from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.text import suggest
from dimchat.files.yaml import ListNode, MapNode, TextNode, parse, take
from dimchat.files.yaml import read as parsing
from dimchat.files.yaml.read import unseen
from dimchat.model import Place
from dimchat.pack import formats
from dimchat.pack.folder import read_node
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from pathlib import Path


def messages(data: bytes | str) -> list[str]:
    report = Report()
    parse(data if isinstance(data, bytes) else data.encode(), "x.yaml", report)
    return [f"{problem.rule} {problem}" for problem in report.problems]


def texts(data: str) -> list[str]:
    report = Report()
    node = parse(data.encode(), "x.yaml", report)
    assert report.problems == ()
    assert isinstance(node, ListNode)
    return [item.text for item in node.items if isinstance(item, TextNode)]


REFUSED = {
    "anchor": ("- &a b\n", "anchor x.yaml:1:3: the anchor &a; anchors are not read"),
    "alias": ("- &a b\n- *a\n", "anchor x.yaml:2:3: the alias *a; write it out, and quote a text that starts with '*'"),
    "tag": (
        "- !!str b\n",
        "tag x.yaml:1:3: a YAML tag; tags are not read, and a text that starts with '!' is put in quotes",
    ),
    "bare tag": (
        "- ! b\n",
        "tag x.yaml:1:3: a YAML tag; tags are not read, and a text that starts with '!' is put in quotes",
    ),
    "merge key": ("<<: b\n", "anchor x.yaml:1:1: a merge key; write it out"),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "duplicate-key x.yaml:3:1: the key 'a' stands already in line 1"),
    "two documents": ("a: 1\n---\nb: 2\n", "several-documents x.yaml:2:1: a second YAML document; a file holds one"),
    "directive": (
        "%YAML 1.1\n---\na: 1\n",
        "several-documents x.yaml:1:1: YAML directives are not read; take the line with % out",
    ),
    "tab": ("a: b\nc: d\te\n", "tab x.yaml:2:5: a tab; indent and separate with spaces"),
    "tab as indentation": ("a:\n\t- b\n", "tab x.yaml:2:1: a tab; indent and separate with spaces"),
    "control character": ("- ab\x07\n", "control-character x.yaml:1:5: an invisible character, U+0007; take it out"),
    "NUL": ("- ab\n- \x00\n", "control-character x.yaml:2:3: an invisible character, U+0000; take it out"),
    "line separator": ("- ab\u2028c\n", "control-character x.yaml:1:5: an invisible character, U+2028; take it out"),
    "carriage return": ("- a\rc\n- b\n", "control-character x.yaml:1:4: an invisible character, U+000D; take it out"),
    "escape": ('- "a\\e[31m"\n', "control-character x.yaml:1:3: an escape for an invisible character, U+001B"),
    "complex key": ("? [a]\n: b\n", "wrong-type x.yaml:1:3: a key is a text; quote a text that starts with '[' or '{'"),
    "colon": ("a: why: x\n", "yaml-syntax x.yaml:1:7: ': ' inside a plain text; put the text in quotes"),
    "open bracket": (
        "a: [x\n",
        "yaml-syntax x.yaml:2:1: a bracket '[' that is not closed; a text that starts with '[' is put in quotes",
    ),
    "percent": (
        "- a\n- %b\n",
        "yaml-syntax x.yaml:2:3: a plain text cannot start with this character; put the text in quotes",
    ),
    "open quote": ("a: 'x\n", "yaml-syntax x.yaml:2:1: a quotation mark that is opened and never closed"),
    "unknown handle": (
        "- !x!y b\n",
        "yaml-syntax x.yaml:1:3: YAML tags are not read; put a text that starts with '!' in quotes",
    ),
    "empty": ("", "empty-file x.yaml:1:1: the file is empty"),
    "only a comment": ("# nothing\n", "empty-file x.yaml:1:1: the file is empty"),
    "not UTF-8": (b"a: b\nc: \xc3\xa9\xff\n", "not-utf8 x.yaml:2:5: byte 0xff is not UTF-8; save the file as UTF-8"),
    "UTF-16": ("a: b".encode("utf-16"), "not-utf8 x.yaml:1:1: this is UTF-16; save the file as UTF-8"),
    "open brackets": ("a: " + "[" * 100_000, "too-deep x.yaml:1:36: more than 32 brackets open inside each other"),
    "open braces": ("a\n- " + "{" * 100_000, "too-deep x.yaml:2:35: more than 32 brackets open inside each other"),
    "dashes": ("- " * 100_000, "too-deep x.yaml:1:65: more than 32 lists and mappings inside each other"),
    "brackets closed in comments": (
        "[ #]\n" * 50_000,
        "too-deep x.yaml:33:1: more than 32 lists and mappings inside each other",
    ),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_refused_is_named_with_its_place(data: bytes | str, message: str) -> None:
    assert message in messages(data)


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=list(REFUSED))
def test_the_parser_without_its_c_half_refuses_the_same(
    data: bytes | str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "_LOADER", yaml.SafeLoader)
    rule = message.partition(" ")[0]
    assert rule in [found.partition(" ")[0] for found in messages(data)]


def test_many_tabs_are_counted_not_listed() -> None:
    found = messages("- a" + "\tb" * 1000)
    assert len(found) == 11
    assert found[9] == "tab x.yaml:1:22: a tab; indent and separate with spaces"
    assert found[-1].endswith("990 more of these")


def test_a_file_of_tabs_is_refused_at_once() -> None:
    # One look back over its line for each tab would take minutes.
    assert len(messages("a\t" * 500_000)) == 11


def test_a_tab_inside_a_line_hides_no_other_problem() -> None:
    assert [message.split()[0] for message in messages("a: b\tc\nd: &x e\n")] == ["tab", "anchor"]


@pytest.mark.parametrize(
    "value", ["yes", "no", "~", "null", "12:30", "2026-11-24", "0x1F", "1_000", "1e3", ".inf", "=", "010"]
)
def test_every_scalar_is_text(value: str) -> None:
    assert texts(f"- {value}\n") == [value]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference() -> None:
    report = Report()
    node = parse(b"\xef\xbb\xbf- a\r\n- b\r\n", "x.yaml", report)
    assert isinstance(node, ListNode)
    assert [item.place for item in node.items] == [Place("x.yaml", 1, 3), Place("x.yaml", 2, 3)]
    assert report.problems == ()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: not unseen(text)))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    assert texts(yaml.safe_dump([text], allow_unicode=True)) == [text]


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    report = Report()
    node = parse(data, "x.yaml", report)
    assert node is not None or report.errors


@given(st.text(st.sampled_from(" \n\t-:?[]{},#&*!|>'\"%@`ab.\r\x00\u2028é<"), max_size=60))
def test_no_yaml_raises(text: str) -> None:
    report = Report()
    for shape in (formats.PACK, formats.INTENTS, formats.CASES):
        node = parse(text.encode(), "x.yaml", report)
        if node is not None:
            take(node, shape, report)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in report.problems:
        assert 1 <= problem.place.line <= len(lines) + 1


def test_what_fits_a_shape_is_kept_and_the_rest_reported() -> None:
    report = Report()
    data = b"- intent: a.b\n  ask:\n   - yes # no\n   - x: 1\n  tgas: [a]\n- ask: [a]\n"
    data += b"- ask:\n   - q\n  turns:\n   - ask: q\n- intent: a.b\n"
    node = parse(data, "c.yaml", report)
    assert node is not None
    kept = take(node, formats.CASES, report)
    assert isinstance(kept, ListNode)
    first = kept.items[0]
    assert isinstance(first, MapNode)
    assert [text.text for text in first.texts("ask")] == ["yes"]
    assert first.string("intent") == "a.b"
    assert first.get("tgas") is None
    assert [f"{problem.rule} {problem}" for problem in report.problems] == [
        "comment-after-text c.yaml:3:9: what follows ' #' is a comment; quote the text to keep it",
        "wrong-type c.yaml:4:6: a text belongs here, not a mapping; quote the text if it holds ': '",
        "unknown-key c.yaml:5:3: unknown key 'tgas', did you mean 'tags'?",
        "flow-list c.yaml:6:8: a list in brackets; write one item a line, each after '- '",
        "unknown-key c.yaml:9:3: only one of 'ask' or 'turns' may stand here",
        "missing-key c.yaml:11:3: one of the keys 'ask' or 'turns' is missing",
    ]


@pytest.mark.parametrize("style", ["|", ">", "|2", "|-", ">-"])
def test_a_part_of_a_block_is_found_in_the_file(style: str) -> None:
    report = Report()
    node = parse(f"a:\n  b: {style}\n\n    x @k\n    @k y\n  c: '@k'\n".encode(), "x.yaml", report)
    assert isinstance(node, MapNode)
    inner = node.get("a")
    assert isinstance(inner, MapNode)
    text = inner.text("b")
    assert text is not None
    assert text.place_of("@k", text.text.index("@k")) == Place("x.yaml", 4, 7)
    assert text.place_of("@k", text.text.rindex("@k")) == Place("x.yaml", 5, 5)
    assert text.content_place == Place("x.yaml", 4, 5)


def test_reading_a_file_that_is_not_there(tmp_path: Path) -> None:
    report = Report()
    assert read_node(tmp_path / "x.yaml", "x.yaml", report) is None
    assert [str(problem) for problem in report.problems] == ["x.yaml:1:1: no such file"]


def test_suggestions_are_near_or_not_made() -> None:
    assert suggest("renewl", ["exam", "renewal"]) == "renewal"
    assert suggest("RENEWAL", ["renewal"]) == "renewal"
    assert suggest("zebra", ["exam", "renewal"]) is None
    assert suggest("zebra", []) is None
