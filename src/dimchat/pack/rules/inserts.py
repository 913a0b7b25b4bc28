"""Rules for references and marks in texts: the values exist, the marks are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.files.text import suggest
from dimchat.language.citations import citations
from dimchat.language.english import NEVER_ESTIMATED
from dimchat.language.markup import AS_OF, ELSEWHERE, MARKS, marks, references, stray_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.files.yaml import TextNode
    from dimchat.pack.draft import Draft
    from dimchat.pack.rules import Report


def check_inserts(draft: Draft, report: Report) -> None:
    """Report values that do not exist or go together with nothing, and marks of a kind that there is not."""
    if draft.format == 1:
        return
    for value, node in draft.values:
        if draft.source_ids.lacks(value.source):
            meant = suggest(value.source, draft.source_ids.places)
            report.add("unknown-source", node.place_of("source"), f"unknown source {value.source!r}", meant)
        if value.id in draft.source_ids.places:
            message = f"the id {value.id!r} is that of a source; a citation could not tell the two apart"
            report.add("duplicate-id", value.place, message)
    check_texts(draft, report)


def check_texts(draft: Draft, report: Report) -> None:
    """Report values that do not exist, and marks of a kind that there is not, in texts of any language."""
    dated = {value.id for value, _ in draft.values if value.as_of}
    for text in _texts(draft):
        _references(text, draft, dated, report)
        _marks(text, report)


def check_use(draft: Draft, report: Report) -> None:
    """Report values that nothing names, and figures in what is marked as our own.

    Every answer must have been read: one that was not may name what seems to be unused.
    """
    used: set[str] = set()
    for text in _texts(draft):
        used.update(one.value for one in references(text.text))
        used.update(one.source for one in citations(text.text))
        for mark in marks(text.text) if draft.format > 1 else ():
            found = re.search(NEVER_ESTIMATED, mark.words)
            if found:
                message = f"{found[0].strip()!r} in words that are marked as {mark.kind}: such a figure needs a source"
                report.add("marked-figure", text.place_of(found[0], mark.start + found.start()), message)
    for value, _ in draft.values:
        if value.id not in used:
            report.add("unused-value", value.place, f"no answer shows or cites {value.id}")


def _texts(draft: Draft) -> Iterator[TextNode]:
    for entry in draft.answers:
        yield from entry.texts


def _references(node: TextNode, draft: Draft, dated: set[str], report: Report) -> None:
    for one in references(node.text):
        if one.name.startswith(ELSEWHERE) or not draft.value_ids.complete:
            continue
        place = node.place_of(one.written, one.start)
        if one.value not in draft.value_ids.places:
            meant = suggest(one.value, draft.value_ids.places)
            report.add("unknown-value", place, f"unknown value {one.value!r}", meant)
        elif one.name.endswith(AS_OF) and one.value not in dated:
            report.add("unknown-value", place, f"the value {one.value!r} has no date to show; give it an 'as_of'")


def _marks(node: TextNode, report: Report) -> None:
    for mark in marks(node.text):
        if mark.kind not in MARKS:
            place = node.place_of(f"{{.{mark.kind}}}", mark.start + len(mark.words) + 1)
            meant = suggest(mark.kind, MARKS)
            report.add("bad-mark", place, f"unknown mark {mark.kind!r}; there are {' and '.join(MARKS)}", meant)
    for start, wording in stray_marks(node.text):
        message = f"{wording!r} marks nothing: the words before it stand in square brackets"
        report.add("bad-mark", node.place_of(wording, start), message)
