from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.quality.report import (
    Bars,
    Curve,
    Document,
    Heat,
    Listing,
    Paragraph,
    Section,
    Table,
)
from dimchat.quality.report.ci import escaped, to_annotations, to_markdown
from dimchat.quality.report.console import to_terminal
from dimchat.quality.report.html_page import to_html

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

HOSTILE = "<script>alert(1)</script> & | `x` [a](http://example.org) @someone"
BARS = Bars("Bars", ("a", "b"), (("one", (1.0, 2.0)), ("two", (0.0, 3.0))), "letters", "number")
DOCUMENT = Document(
    "Title " + HOSTILE,
    (("pack", HOSTILE),),
    (
        Section(
            "First",
            (
                Paragraph(HOSTILE),
                Table("Rows", ("name", "n"), ((HOSTILE, "1"), ("x", "22")), frozenset((1,)), "A note."),
                Listing("Raw", ("``` " + HOSTILE,)),
            ),
        ),
        Section(
            "Second",
            (
                BARS,
                Curve("Curve", ((0.1, 0.2), (0.9, 0.8)), (3, 4), "sure", "right"),
                Heat("Heat", (0.0, 0.5, 1.0), (0.0, 1.0), ((1, 2, 3), (4, 5, 6)), "x", "y", (("here", 0.4, 1.0),)),
            ),
        ),
    ),
)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page() -> str:
    pytest.importorskip("matplotlib")
    return to_html(DOCUMENT)


def test_the_page_needs_nothing_else(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert all(link.startswith("#") for link in reader.links)
    assert "url(http" not in page
    assert "@import" not in page
    # The address is text of the report itself, and nothing that is fetched.
    assert set(re.findall(r"https?://\w+", page)) == {"http://example"}


def test_what_a_person_typed_stays_text(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.text.count("<script>alert(1)</script>") == 6
    assert "<script>" not in page


def test_ids_are_there_once_and_links_lead_somewhere(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links} <= set(reader.ids)


def test_plots_take_the_colours_of_the_page(page: str) -> None:
    assert page.count("<svg") == 3
    assert page.count('role="img"') == 3
    assert "var(--series-1)" in page
    assert not re.search(r"#0[1-7]0[2-8]0[3-9]", page)
    assert "prefers-color-scheme: dark" in page


def test_the_same_document_gives_the_same_page(page: str) -> None:
    assert to_html(DOCUMENT) == page


def test_nothing_in_markdown_is_markup_that_a_person_typed() -> None:
    text = to_markdown(DOCUMENT)
    assert "<script>" not in text.replace("``` <script>", "")
    assert "[a](" not in text.split("<details>")[0]
    assert "````text" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows[:4]} == {3}


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_cell_of_markdown_is_one_line_without_bare_marks(text: str) -> None:
    made = escaped(text)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<>`*\[\]@#]", made)


def test_the_same_numbers_are_not_listed_twice() -> None:
    both = Document("T", (), (Section("S", (BARS._replace(beside=True),)),))
    assert "letters" not in to_markdown(both)
    assert "letters" in to_markdown(Document("T", (), (Section("S", (BARS,)),)))


@pytest.mark.parametrize("width", [60, 120])
def test_the_terminal_is_not_overrun(width: int) -> None:
    text = to_terminal(DOCUMENT, width=width, colour=False)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "H" in text.split("Heat")[1]


def test_colours_are_for_terminals_that_have_them() -> None:
    assert "\x1b[" in to_terminal(DOCUMENT, width=80, colour=True)


FAILING = (
    "- intent: shop.returns\n  ask:\n    - 'opening hours: 100%, \"now\"'\n    - return policy\n"
    "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - closing time today\n"
)


@pytest.fixture
def failing(toy: Path) -> Path:
    (toy / "tests" / "cases" / "shop.yaml").write_text(FAILING, encoding="utf-8")
    return toy


def test_junit_has_a_case_for_each_item(failing: Path, capsys: Capture) -> None:
    pytest.importorskip("junitparser")
    assert run(["test", "--pack", str(failing), "--junit", "-"]) == 1
    root = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    cases = root.findall("./testsuite/testcase")
    assert [case.get("line") for case in cases] == ["3", "4", "8"]
    assert [[child.tag for child in case] for case in cases] == [["failure"], [], ["skipped"]]
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "shop.returns"
    assert "replay" in (failure.text or "")
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")


def test_annotations_stand_at_their_line_in_the_checkout(
    failing: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(failing.parent)
    assert run(["test", "--pack", "toy", "--github"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error ")]
    assert line.startswith("::error file=toy/tests/cases/shop.yaml,line=3,col=7,title=opening hours%3A 100%25%2C ")
    assert "%0A  expected   shop.returns%0A" in line
    assert list(to_annotations(DOCUMENT, failing, failing)) == []


def test_the_run_as_data(failing: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(failing), "--json"]) == 1
    out = capsys.readouterr().out
    data = json.loads(out)
    assert data["ok"] is False
    assert [item["status"] for item in data["items"]] == ["failed", "passed", "xfailed"]
    assert run(["test", "--pack", str(failing), "--json", "-j", "2"]) == 1
    assert capsys.readouterr().out == out


def test_annotations_leave_the_data_alone(failing: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(failing), "--json", "--github"]) == 1
    captured = capsys.readouterr()
    json.loads(captured.out)
    assert "::error" in captured.err


def test_the_run_as_markdown_and_as_a_page(failing: Path, tmp_path: Path, capsys: Capture) -> None:
    pytest.importorskip("matplotlib")
    page = tmp_path / "out.html"
    assert run(["test", "--pack", str(failing), "--markdown", "-", "--html", str(page)]) == 1
    captured = capsys.readouterr()
    assert "| tests/cases/shop.yaml | 3 | 1 | 1 | 1 |" in captured.out
    assert "not yet" in captured.out
    assert f"wrote {page}" in captured.err
    assert "runner-up" in page.read_text(encoding="utf-8")


def test_a_run_without_failures_says_so(toy: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(toy), "--markdown", "-"]) == 0
    assert "Every case passed" in capsys.readouterr().out


@pytest.mark.parametrize("needed", [("--junit", "junitparser"), ("--html", "jinja2")])
def test_a_missing_extra_is_named(
    toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, needed: tuple[str, str]
) -> None:
    option, module = needed
    monkeypatch.setitem(sys.modules, module, None)
    assert run(["test", "--pack", str(toy), option, str(toy / "x")]) == 2
    assert "pip install 'dimchat[report]'" in capsys.readouterr().err
    assert not (toy / "x").exists()
