"""A report for services of continuous integration: Markdown for a pull request, annotations, JUnit XML.

Annotations are workflow commands of GitHub Actions, which stand beside their line in a pull request. Their form:
docs.github.com, Workflow commands for GitHub Actions, "Setting an error message". GitHub shows ten of each level for a
step, so the gravest belong first.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from dimchat.extras import load
from dimchat.quality.report.document import LEVELS, Bars, Curve, Heat, Listing, Paragraph, Table, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dimchat.quality.report.document import Block, Document


def to_annotations(document: Document, root: Path, start: Path) -> Iterator[str]:
    """Yield a line for each note of a report, the gravest first, with files relative to the checkout in `start`."""
    for note in sorted(document.notes, key=lambda one: LEVELS.index(one.level)):
        file = os.path.relpath(root / note.place.file, start).replace(os.sep, "/")
        yield (
            f"::{note.level} file={_property(file)},line={note.place.line},col={note.place.column},"
            f"title={_property(note.title)}::{_data(note.text)}"
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>|#@~])")


def to_markdown(document: Document) -> str:
    """Return a report as GitHub's Markdown; what is drawn elsewhere is a table here."""
    lines = [f"# {escaped(document.title)}", ""]
    lines += [f"- **{escaped(name)}**: {escaped(value)}" for name, value in document.facts]
    for section in document.sections:
        lines += ["", f"## {escaped(section.title)}"]
        for block in section.blocks:
            lines += _written(block)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is Markdown: no link, no mention, no HTML."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split())).replace("http", "http\u200b")


def _written(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from ("", escaped(block.text))
        case Table():
            yield from _table(block.title, block.head, block.rows, block.right)
            if block.note:
                yield from ("", escaped(block.note))
        case Bars() if not block.beside:
            head = (block.across, *(name or block.up for name, _ in block.series))
            rows = [
                (label, *(percent(values[at]) if block.percent else f"{values[at]:g}" for _, values in block.series))
                for at, label in enumerate(block.labels)
            ]
            yield from _table(block.title, head, rows, range(1, len(head)))
        case Curve():
            points = zip(block.points, block.sizes, strict=True)
            rows = [(f"{across:.2f}", f"{up:.2f}", str(size)) for (across, up), size in points]
            yield from _table(block.title, (block.across, block.up, "n"), rows, range(3))
        case Heat():
            marks = "; ".join(f"{name}: {x:.2f}, {y:.2f}" for name, x, y in block.marks)
            yield from ("", escaped(f"{block.title} ({block.across}, {block.up}): {marks}"))
        case Listing():
            yield from _listing(block)


def _listing(block: Listing) -> Iterator[str]:
    if block.title:
        yield from ("", f"<details><summary>{escaped(block.title)}</summary>")
    for text in block.texts:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        yield from ("", fence + "text", text, fence)
    if block.title:
        yield from ("", "</details>")


def _table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] | range
) -> Iterator[str]:
    if title:
        yield from ("", f"**{escaped(title)}**")
    yield ""
    yield f"| {' | '.join(map(escaped, head))} |"
    yield f"|{'|'.join('---:' if at in right else '---' for at in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"


def to_junit(document: Document) -> str:
    """Return the cases of a report as JUnit XML: a suite for each file, a case for each item.

    Raises:
        UsageError: The extra `report` is not installed.
    """
    junit: Any = load("junitparser")
    case_kind = type("Case", (junit.TestCase,), {"file": junit.Attr(), "line": junit.IntAttr()})
    suites: dict[str, Any] = {}
    for one in document.cases:
        suite = suites.setdefault(one.place.file, junit.TestSuite(one.place.file))
        case = case_kind(f"{one.place.line} {one.ask}", one.place.file, round(one.seconds, 6))
        case.file, case.line = one.place.file, one.place.line
        if one.skipped is not None:
            case.result = [junit.Skipped(one.skipped)]
        elif one.failure is not None:
            message, kind, text = one.failure
            failure = junit.Failure(message, kind)
            failure.text = text
            case.result = [failure]
        suite.add_testcase(case)
    whole = junit.JUnitXml(document.data["pack"]["name"])
    for file in sorted(suites):
        whole.add_testsuite(suites[file])
    xml: bytes = whole.tostring()
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml.decode()}\n'
