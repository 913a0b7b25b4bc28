"""Import, export, import: not one byte of an answer is lost in tables, `.qna`, Rasa and JSON-LD."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.exchange.importing import plan
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt
from dimchat.exchange.readers import read
from dimchat.exchange.writers import written
from dimchat.exchange.writers.formats_written import FOLDERS
from dimchat.pack import load_pack
from dimchat.quality.start import head

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 24)
EXACT = ("csv", "qna", "rasa", "faqpage")
ANSWERS = (
    "Plain.",
    "Two lines  \nwith a break, and a blank at the end ",
    " indented\n\n\n- one\n\t- two\n* three\n+ four\n\n",
    "Cites [@x] and a@b.org, {{name}}, [words]{.estimate}, {.x} and {slot}.",
    "\r\nWindows\r\nlines\r\n",
    "```\n> opened, and a line that begins something\n# ? no question",
    "```python\nprint('hi')\n```\n\nand ~~~\n\n```\nmore\n```",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    'He said "yes", =SUM(A1), <b>bold</b> <br/> &amp; ![i](u.png) [l](u)',
    "\u200bzero \u202e width \u2028 line \ufeff",
    "C:\\new\\table \\n",
    "yes",
    "> quote\n# Head\n- [x](#y) `context-only`",
)


def there_and_back(answers: Sequence[str], format_: str) -> list[str]:
    """Return answers after they were imported, exported in a format, and read again."""
    entries = [
        Entry(f"k{at}", f"x:{at}", [f"question number {at}", f"asking {at}"], [answer])
        for at, answer in enumerate(answers)
    ]
    entries[0].prompts = [Prompt("", "k0")]
    with TemporaryDirectory() as name:
        folder = Path(name)
        planned = plan(KnowledgeBase("csv", "x", entries=entries), folder / "x", head(folder / "x", None, TODAY))
        for file, data in planned.files.items():
            (folder / "x" / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / "x" / file).write_bytes(data)
        files, out = written(format_, load_pack(folder / "x"), folder / "x")
        lost = {loss.where for loss in out.dropped}
        assert not [loss for loss in out.dropped if loss.where.startswith("general")], lost
        for file, data in files.items():
            (folder / "out" / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / "out" / file).write_bytes(data)
        place = folder / "out" if format_ in FOLDERS else folder / "out" / next(iter(files))
        found = {entry.questions[0]: entry for entry in read(format_, place).entries}
        return [found[f"question number {at}"].answers[0] for at in range(len(answers))]


@pytest.mark.parametrize("format_", EXACT)
def test_no_byte_of_an_answer_is_lost(format_: str) -> None:
    assert there_and_back(ANSWERS, format_) == list(ANSWERS)


LINES = [
    "# Head",
    "```",
    "  indented",
    "\tcode",
    "| a | b |",
    "- one",
    "",
    "> q",
    "@x",
    "[@y]",
    "{{z}}",
    "\\@",
    "{\\{a}}",
]
ANSWER = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
ANSWER |= st.lists(st.sampled_from(LINES), min_size=1, max_size=6).map("\n".join)


@pytest.mark.parametrize("format_", EXACT)
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(answer=ANSWER.filter(lambda text: any(c.isalnum() and c.isascii() for c in text)))
def test_no_byte_of_any_answer_is_lost(format_: str, answer: str) -> None:
    assert there_and_back([answer], format_) == [answer]


ANSWER_HTML = "<p>Come <b>in</b>:</p><ul><li>now<li>later</ul>"
HTML = (
    '<!doctype html><html lang="en"><head><script type="application/ld+json">'
    '{"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [{"@type": "Question",'
    f' "name": "How do I join?", "acceptedAnswer": {{"@type": "Answer", "text": "{ANSWER_HTML}"}}}}]}}</script>'
)


def test_html_goes_out_as_it_came_in(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML, encoding="utf-8")
    assert run(["import", "faqpage", str(tmp_path / "page.html"), str(tmp_path / "x")]) == 0
    assert load_pack(tmp_path / "x").answers[0].text == "Come **in**:\n\n- now\n- later"
    assert run(["export", "faqpage", str(tmp_path / "out.json"), "--pack", str(tmp_path / "x")]) == 0
    assert read("faqpage", tmp_path / "out.json").entries[0].answers == [
        "<p>Come <b>in</b>:</p><ul><li>now<li>later</ul>"
    ]
    # In other formats it is the Markdown that it became.
    assert run(["export", "csv", str(tmp_path / "out.csv"), "--pack", str(tmp_path / "x")]) == 0
    assert read("csv", tmp_path / "out.csv").entries[0].answers == ["Come **in**:\n\n- now\n- later"]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "qna", "rasa", "faqpage"])
def test_a_pack_comes_back_as_it_was(tmp_path: Path, format_: str) -> None:
    rows = (
        "id,question,answer,category,title,source,next,audience,group\n"
        "visit.hours,when are you open,From 9.,Visits & more,Opening hours,https://example.org/a,member.join,all,\n"
        "visit.hours,opening times,,,,,,,\n"
        "member.join,how do i join,Come in.,Members,,,,,\n"
        "outside.pizza,order a pizza,,,Pizza,,,,outside\n"
    )
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    assert run(["import", "csv", str(tmp_path / "t.csv"), str(tmp_path / "x")]) == 0
    place = tmp_path / ("out" if format_ in FOLDERS else f"out.{format_}")
    assert run(["export", format_, str(place), "--pack", str(tmp_path / "x")]) == 0
    assert run(["import", format_, str(place), str(tmp_path / "y"), "--lossy"]) == 0
    before, after = load_pack(tmp_path / "x"), load_pack(tmp_path / "y")
    assert [one.id for one in after.browsable] == [one.id for one in before.browsable]
    for one in before.browsable:
        there = after.intent[one.id]
        assert [phrase.text for phrase in there.phrases] == [phrase.text for phrase in one.phrases]
        assert there.title == one.title
        assert after.answer[one.id].text == before.answer[one.id].text
        if format_ != "faqpage":
            assert (there.next, after.answer[one.id].metadata) == (one.next, before.answer[one.id].metadata)
    if format_ in {"csv", "xlsx", "rasa"}:
        assert after.outside_group["outside.pizza"].title == "Pizza"
    assert after.categories[:2] == before.categories[:2]
    assert [source.url for source in after.sources] == [source.url for source in before.sources]


def test_an_answer_that_was_edited_goes_out_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('question,answer\nhow do i join,"Come\tin,  \nnow."\n', encoding="utf-8")
    assert run(["import", "csv", str(tmp_path / "t.csv"), str(tmp_path / "x")]) == 0
    path = tmp_path / "x/answers/general.yaml"
    path.write_text(path.read_text().replace("now.\n", "tomorrow.\n"))
    files, _ = written("csv", load_pack(tmp_path / "x"), tmp_path / "x")
    assert b"Come    in,\\\ntomorrow." in next(iter(files.values()))
