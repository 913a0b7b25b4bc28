"""Tables of questions and answers: comma-, semicolon- or tab-separated values, and workbooks of Excel."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import Archive, bytes_of, text_of
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt, Said
from dimchat.extras import load, need
from dimchat.files.text import did_you_mean
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dimchat.exchange.knowledge import Role

COLUMNS = ("question", "answer", "id", "title", "category", "source", "language", "next", "follows", "group")
"""The columns that mean something, the first two of which must be there; others are kept as metadata."""
ROLES: dict[str, Role] = {"small talk": "talk", "outside": "outside"}
"""What the column `group` may say of a row that is no answer of a category."""
_ALIKE = {"lang": "language", "questions": "question", "answers": "answer", "sources": "source"}
_MORE = re.compile(r"answer[ _](\d+)")
"""A column of further answers, which are taken in turns."""
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n?|\n)')
"""What Excel is told the separator by."""
_SPACED_QUOTE = re.compile(r'[,;\t] +"')
"""A blank before an opening quotation mark, which is then no part of the cell."""
_WRITTEN_END = re.compile(r"(?<!\\)\\n(?![a-z])")
"""A line end that is spelt out; not C:\\new."""
_LIST = re.compile(r"\s*;\s*")
_CELL = 1024 * 1024
"""The characters that a cell may have; Excel stops at 32,767."""
_MOST_ROWS = 100_000


class Row(NamedTuple):
    """A row of a table with its cells by column."""

    line: int
    cells: dict[str, str]


def read_table(path: Path) -> KnowledgeBase:
    """Return what a table in text says.

    It is in UTF-8, or with a byte order mark in UTF-16, and its first line names the columns. Lines may end in any way.
    Where tabs separate the cells, a backslash and an n are a line end as well, as some programs write it.

    Raises:
        UsageError: It is no such table.
    """
    text = text_of(path)
    base = KnowledgeBase("csv", path.name)
    marked = _SEPARATOR_LINE.match(text)
    separator = marked[1] if marked else _separator(text)
    rows = _rows(text[marked.end() :] if marked else text, separator, path, first=2 if marked else 1)
    if separator == "\t":
        rows = (Row(row.line, {at: _WRITTEN_END.sub("\n", cell) for at, cell in row.cells.items()}) for row in rows)
    return _filled(base, rows, path)


def read_workbook(path: Path) -> KnowledgeBase:
    """Return what the first sheet of a workbook says; cells with formulas say the formula.

    Raises:
        UsageError: It is no workbook, is too large, or the library that reads it is not installed.
    """
    need("openpyxl", "defusedxml")
    archive = Archive(path)
    base = KnowledgeBase("xlsx", path.name)
    if "xl/workbook.xml" not in archive.names:
        raise UsageError(wording.NO_WORKBOOK.format(file=path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no text needs
            book = load("openpyxl").load_workbook(BytesIO(bytes_of(path)), read_only=True, data_only=False)
            sheets = book.worksheets
            rows = list(_cells(sheets[0], base)) if sheets else []
            for sheet in sheets[1:]:
                if any(any(row) for row in sheet.iter_rows(max_row=5, values_only=True)):
                    base.lose(f"{path.name}: {sheet.title}", wording.OTHER_SHEET)
            book.close()
    except UsageError:
        raise
    except _broken() as error:
        raise UsageError(wording.NO_WORKBOOK.format(file=path)) from error
    return _filled(base, iter(rows), path)


def _broken() -> tuple[type[Exception], ...]:
    """Return what the library raises for a workbook that is damaged, or made to do harm."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - the name of an error, nothing is read with it

    forbidden = load("defusedxml").DefusedXmlException
    faults = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError)
    return (ParseError, forbidden, *faults)


def _cells(sheet: Any, base: KnowledgeBase) -> Iterator[Row]:  # noqa: ANN401 - a sheet of openpyxl
    sheet.reset_dimensions()  # what a workbook says of its size is often less than it holds
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _MOST_ROWS:
            raise UsageError(wording.MANY_ROWS.format(file=base.file, most=_MOST_ROWS))
        cells = {}
        for at, cell in enumerate(row):
            if cell.value is not None:
                cells[str(at)] = _shown(cell.value)
            if cell.value is not None and cell.data_type == "f":
                base.lose(f"{base.file}:{number}", wording.FORMULA.format(cell=cell.coordinate), dropped=False)
        if any(cells.values()):
            yield Row(number, cells)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _separator(text: str) -> str:
    """Return the separator by which the first line names most of the columns."""

    def names(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=separator, skipinitialspace=True)
        try:
            found = next(reader, [])
        except csv.Error:
            return 0, 0
        return len({_name(cell) for cell in found} & set(COLUMNS)), len(found)

    return max(_SEPARATORS, key=names)


def _rows(text: str, separator: str, path: Path, *, first: int) -> Iterator[Row]:
    """Yield the rows that hold something, each with the cells by their number."""
    csv.field_size_limit(_CELL)
    skip = bool(_SPACED_QUOTE.search(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=skip, strict=True)
    line = first
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, {str(at): cell for at, cell in enumerate(cells)})
            line = first + reader.line_num
    except csv.Error as error:
        why = next((meaning for part, meaning in wording.CSV_FAULTS.items() if part in str(error)), str(error))
        raise UsageError(wording.BAD_TABLE.format(file=path, line=line, why=why)) from error


def _name(cell: str) -> str:
    name = one_line(cell).casefold()
    return _ALIKE.get(name, name)


def _columns(cells: Sequence[str], path: Path, line: int) -> list[str]:
    columns = [_name(cell) for cell in cells]
    for name in COLUMNS:
        if columns.count(name) > 1:
            raise UsageError(wording.COLUMN_TWICE.format(file=path, line=line, column=name))
    for name in COLUMNS[:2]:
        if name not in columns:
            known = [column for column in columns if column]
            hint = did_you_mean(name, known)
            raise UsageError(
                wording.NO_COLUMN.format(file=path, line=line, column=name, hint=hint, known=", ".join(known))
            )
    return columns


def _filled(base: KnowledgeBase, rows: Iterator[Row], path: Path) -> KnowledgeBase:
    columns: list[str] = []
    heads: list[str] = []
    by_id: dict[str, Entry] = {}
    for line, cells in rows:
        if not columns:
            heads = [cells.get(str(at), "") for at in range(max(map(int, cells)) + 1)]
            columns = _columns(heads, path, line)
            continue
        where = f"{path.name}:{line}"
        if any(cell.strip() for at, cell in cells.items() if int(at) >= len(columns)):
            base.lose(where, wording.TOO_MANY)
            continue
        given = {name: cells.get(str(at), "") for at, name in enumerate(columns)}
        extra = {one_line(heads[at]): cells.get(str(at), "") for at, name in enumerate(columns) if _is_extra(name)}
        _take(base, given, extra, where, by_id)
    return base


def _is_extra(name: str) -> bool:
    return bool(name) and name not in COLUMNS and not _MORE.fullmatch(name)


def _take(
    base: KnowledgeBase, given: dict[str, str], extra: dict[str, str], where: str, by_id: dict[str, Entry]
) -> None:
    """Add a row: to the entry of its id, where it has one, else as an entry of its own."""
    question, name = one_line(given["question"]), one_line(given.get("id", ""))
    answers = [given["answer"], *(given[column] for column in sorted(given, key=len) if _MORE.fullmatch(column))]
    answers = [answer for answer in answers if answer.strip()]
    language = one_line(given.get("language", ""))
    if language and base.language and language.casefold() != base.language.casefold():
        _translate(base, by_id.get(name), language, Said(where, [question], answers, one_line(given.get("title", ""))))
        return
    base.language = base.language or language
    if not question:
        base.lose(where, wording.NO_QUESTION)
    elif not answers and name not in by_id and ROLES.get(one_line(given.get("group", ""))) != "outside":
        base.lose(where, wording.NO_ANSWER)
    elif name and name in by_id:
        if any(answer not in by_id[name].answers for answer in answers):
            base.lose(where, wording.ANOTHER_ANSWER.format(id=name, where=by_id[name].where), dropped=False)
        _join(by_id[name], question, answers, one_line(given.get("source", "")))
    else:
        entry = Entry(
            key=name or question,
            where=where,
            questions=[question],
            answers=answers,
            id=name,
            title=one_line(given.get("title", "")),
            category=one_line(given.get("category", "")),
            sources=[source for source in [one_line(given.get("source", ""))] if source],
            metadata={key: value.strip() for key, value in extra.items() if value.strip()},
            prompts=[Prompt("", key) for key in _LIST.split(one_line(given.get("next", ""))) if key],
            follows=[key for key in _LIST.split(one_line(given.get("follows", ""))) if key],
        )
        group = one_line(given.get("group", ""))
        entry.role = ROLES.get(group, "answer")
        if group and group not in ROLES:
            entry.metadata["group"] = group
        base.entries.append(entry)
        if name:
            by_id[name] = entry


def _translate(base: KnowledgeBase, entry: Entry | None, language: str, said: Said) -> None:
    """Add a row in a further language to the entry of its id, which stands above it."""
    if entry is None:
        base.lose(said.where, wording.NO_ID_IN.format(language=language, taken=base.language))
    elif not one_line(said.questions[0]):
        base.lose(said.where, wording.NO_QUESTION)
    elif (there := entry.said.setdefault(language, said)) is not said:
        there.questions.extend(said.questions)
        there.answers.extend(answer for answer in said.answers if answer not in there.answers)


def _join(entry: Entry, question: str, answers: list[str], source: str) -> None:
    """Add a row to the entry that has its id: another phrasing, or another answer, which is taken in turns."""
    if question not in entry.questions:
        entry.questions.append(question)
    entry.answers += [answer for answer in answers if answer not in entry.answers]
    if source and source not in entry.sources:
        entry.sources.append(source)
