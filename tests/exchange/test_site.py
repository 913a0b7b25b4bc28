"""The site and the document that people read."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.exchange.readers import read
from dimchat.pack import find_pack, load_pack
from dimchat.render.html import to_html

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    "id,question,answer,category,source,next\n"
    'visit.hours,when are you open,"From 9. See [us](https://example.org/us).\n\n# Head\n\n<script>x</script>",Visits,'
    "https://example.org/a,member.join\n"
    "member.join,how do i join,Come in.,Members,,\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of two questions."""
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    assert run(["import", "csv", str(tmp_path / "t.csv"), str(tmp_path / "x"), "--title", "Desk & </script>"]) == 0
    assert run(["export", "site", str(tmp_path / "site"), "--pack", str(tmp_path / "x")]) == 0
    return tmp_path / "site"


class Page(HTMLParser):
    """Gathers what a page loads, where it leads, and what can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag in {"link", "script", "img", "iframe"}:
            self.loads += [given.get("href") or given.get("src") or ""]
        elif tag == "a":
            self.links.append(given.get("href") or "")


def test_a_page_for_each_category_loads_nothing_from_elsewhere_and_no_link_is_dead(site: Path) -> None:
    assert {path.name for path in site.iterdir()} == {
        *("index.html", "visits.html", "members.html", "site.css", "search.js", "questions.js"),
    }
    pages = {path.name: Page(path.read_text("utf-8")) for path in site.glob("*.html")}
    for name, page in pages.items():
        assert all(not one or (site / one).is_file() for one in page.loads), name
        for link in page.links:
            target, _, anchor = link.partition("#")
            if not link.startswith("https://"):
                assert (anchor or "main") in pages[target or name].ids, link
    assert not re.search(r"url\(|@import", (site / "site.css").read_text())
    assert "@media print" in (site / "site.css").read_text()


def test_nothing_of_a_pack_becomes_markup_or_script(site: Path) -> None:
    text = (site / "visits.html").read_text("utf-8")
    assert "&lt;script&gt;x&lt;/script&gt;" in text
    assert text.count("</script>") == 3
    assert to_html("[x](javascript:alert(1)) <b>y</b>\n\n# Head", lowered=3) == (
        "<p>[x](javascript:alert(1)) &lt;b&gt;y&lt;/b&gt;</p>\n<h4>Head</h4>\n"
    )


def test_search_engines_read_the_answers(site: Path) -> None:
    (entry,) = read("faqpage", site / "visits.html").entries
    assert (entry.key, entry.questions, entry.sources) == (
        "visit.hours",
        ["when are you open"],
        ["https://example.org/a"],
    )
    found = (site / "questions.js").read_text("utf-8").removeprefix("const QUESTIONS = ").rstrip(";\n")
    assert [one["at"] for one in json.loads(found)] == ["visits.html#visit.hours", "members.html#member.join"]


def test_an_export_writes_over_its_own_files_alone(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "site", str(site), "--pack", str(tmp_path / "x")]) == 0
    (site / "ours.html").write_text("mine", encoding="utf-8")
    assert run(["export", "site", str(site), "--pack", str(tmp_path / "x")]) == 2
    assert "holds ours.html" in capsys.readouterr().err


def test_a_document_has_its_sources_as_notes(site: Path, tmp_path: Path) -> None:
    assert run(["export", "markdown", str(site.parent / "x.md"), "--pack", str(tmp_path / "x")]) == 0
    text = (tmp_path / "x.md").read_text("utf-8")
    assert '### When are you open? <a id="visit.hours"></a>' in text
    assert "1. [example.org/a](https://example.org/a)" in text


def test_an_export_to_stdout_is_the_file_alone(
    tmp_path: Path, site: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    capfdbinary.readouterr()
    assert site.is_dir()
    assert run(["export", "csv", "--pack", str(tmp_path / "x")]) == 0
    assert capfdbinary.readouterr().out.startswith(b'\xef\xbb\xbf"id","question","answer"')
    assert run(["export", "site", "--pack", str(tmp_path / "x")]) == 2
    assert run(["export", "csv", "--json", "--pack", str(tmp_path / "x")]) == 2


@pytest.mark.parametrize("format_", ["csv", "xlsx", "qna", "rasa", "faqpage", "markdown", "site"])
def test_the_bundled_pack_can_leave_in_every_format(tmp_path: Path, format_: str) -> None:
    root = find_pack(None)
    assert run(["export", format_, str(tmp_path / "out"), "--pack", str(root)]) == 0
    if format_ not in {"markdown", "site"}:
        path = tmp_path / "out"
        named = path if format_ == "rasa" else path.rename(tmp_path / f"out.{format_}")
        ids = {entry.id for entry in read(format_, named).entries if entry.role == "answer"}
        assert ids == {intent.id for intent in load_pack(root).browsable}
