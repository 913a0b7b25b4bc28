"""A table with a row for each question: comma-separated values, or a workbook of Excel."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dimchat.exchange.naming import title_of
from dimchat.exchange.readers.sheet import COLUMNS, ROLES
from dimchat.extras import load, need
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from dimchat.exchange.knowledge import Entry, KnowledgeBase, Said

_BOM = "\ufeff"
"""By which Excel knows UTF-8."""
_CELL = 32_767
"""The characters that a cell of Excel may have."""
_ROLES = {role: name for name, role in ROLES.items()}
_WIDTHS = {"question": 50, "answer": 90, "id": 30, "title": 40, "category": 25, "source": 40}


def to_table(base: KnowledgeBase) -> dict[str, bytes]:
    """Return comma-separated values as RFC 4180 has them, in UTF-8, with a byte order mark for Excel."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(_rows(base))
    return {f"{base.file}.csv": (_BOM + out.getvalue()).encode()}


def to_workbook(base: KnowledgeBase) -> dict[str, bytes]:
    """Return a workbook with one sheet; every cell is text, also one that begins like a formula.

    Raises:
        UsageError: The library that writes it is not installed.
    """
    need("openpyxl")
    workbook = load("openpyxl").Workbook()
    illegal = load("openpyxl.cell.cell").ILLEGAL_CHARACTERS_RE
    sheet = workbook.active
    sheet.title = "Questions"
    rows = _rows(base)
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row, start=1):
            shown = illegal.sub("", text)
            if shown != text or len(shown) > _CELL:
                base.lose(row[0], wording.CELL)
            cell = sheet.cell(number, at)
            cell.value, cell.data_type = shown[:_CELL], "s"
    for at, name in enumerate(rows[0], start=1):
        letter = load("openpyxl.utils").get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 20)
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    workbook.save(data)
    return {f"{base.file}.xlsx": data.getvalue()}


def _rows(base: KnowledgeBase) -> list[list[str]]:
    most = max((len(entry.answers) for entry in base.entries), default=1)
    more = [f"answer {number}" for number in range(2, most + 1)]
    extra = list(dict.fromkeys(name for entry in base.entries for name in entry.metadata))
    heads = {name: f"metadata {name}" if name in {*COLUMNS, *more} else name for name in extra}
    spoken = ["language"] if any(entry.said for entry in base.entries) else []
    told = ["category", "title", "source", "next", "follows", "group"]
    rows = [["id", "question", "answer", *more, *told, *spoken, *heads.values()]]
    for entry in base.entries:
        if len(entry.sources) > 1:
            base.lose(entry.key, wording.SOURCES_JOINED, dropped=False)
        first, *others = entry.questions or [entry.title]
        own = [base.language] if spoken else []
        rows.extend(_row(entry, question, len(more), extra, own) for question in (first, *others))
        for language, said in entry.said.items():
            rows.extend(
                _row_said(entry, said, number, len(more), [language, *("" for _ in extra)])
                for number in range(len(said.questions))
            )
    if base.synonyms:
        base.lose(base.file, wording.COUNTED.format(what=wording.SYNONYMS, count=len(base.synonyms)))
    return rows


def _row_said(entry: Entry, said: Said, number: int, more: int, rest: list[str]) -> list[str]:
    """Return the row of a question in a further language, which has its id in common with those of the entry."""
    answers = [*said.answers, *("" for _ in range(more + 1 - len(said.answers)))]
    told = [entry.category, said.title, "", "", "", _ROLES.get(entry.role, "")]
    return [entry.id, said.questions[number], *answers, *told, *rest]


def _row(entry: Entry, question: str, more: int, extra: list[str], language: list[str]) -> list[str]:
    answers = [*entry.answers, *[""] * (more + 1 - len(entry.answers))]
    at = entry.questions.index(question) if question in entry.questions else 0
    source = entry.sources[at] if at < len(entry.sources) else (entry.sources[0] if entry.sources else "")
    title = entry.title if not entry.questions or entry.title != title_of(entry.questions[0]) else ""
    after = "; ".join(prompt.key for prompt in entry.prompts)
    told = [entry.category, title, source, after, "; ".join(entry.follows), _ROLES.get(entry.role, "")]
    return [entry.id, question, *answers, *told, *language, *(entry.metadata.get(name, "") for name in extra)]
