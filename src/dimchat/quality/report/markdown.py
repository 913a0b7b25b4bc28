"""A report as Markdown, for a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.quality.report.document import Bars, Curve, Heat, Listing, Paragraph, Table, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.quality.report.document import Block, Document

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
