"""A table of questions and answers, read; what cannot be read is told with its line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import UsageError
from dimchat.files.text import decode, did_you_mean, without_invisible
from dimchat.language.tokens import normalise
from dimchat.wording import start as wording

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("question", "answer", "id", "category", "source")
"""The columns that are read; the first two must be there."""
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n?|\n)')
"""What Excel is told the separator by."""
_WRITTEN_END = re.compile(r"(?<!\\)\\n(?![a-z])")
"""A line end that is spelt out; not C:\\new."""
_TAB = 4
"""The columns from one tab stop to the next, in an answer that is indented with tabs."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_FILES = {b"PK\x03\x04": "Excel or another program's workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}


class Row(NamedTuple):
    """A row of the table, its texts without spaces around them."""

    line: int
    question: str
    answer: str
    id: str
    category: str
    source: str


class Note(NamedTuple):
    """A remark on a row of the table, or on its head."""

    line: int
    text: str
    placed: bool | None = False
    """Whether the row is in the pack all the same; None for the columns."""


def read_table(path: Path) -> tuple[list[Row], list[Note]]:
    """Return the rows of a table of comma-, semicolon- or tab-separated values, and what is wrong with others.

    It is in UTF-8, or with a byte order mark in UTF-16, and its first line names the columns. Lines may end in any way.
    What a cell holds stays as it is, but for the blanks around it and at its lines' ends, for tabs, which become
    spaces, for line ends, which become one kind, and for characters that no pack can hold. Where tabs separate the
    cells, a backslash and an n are a line end as well, as some programs write it.

    Raises:
        UsageError: It is no such table.
    """
    text = _text(path)
    marked = _SEPARATOR_LINE.match(text)
    head = text[marked.end() :] if marked else text
    before = 1 if marked else 0
    separator = marked[1] if marked else _separator(head)
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    rows: list[Row] = []
    notes: list[Note] = []
    columns: list[str] = []
    line = before + 1
    try:
        for read in reader:
            cells = read
            if any(cell.strip() for cell in cells):
                if separator == "\t":
                    cells = [_WRITTEN_END.sub("\n", cell) for cell in read]
                if columns:
                    _take(cells, columns, line, rows, notes)
                else:
                    columns = _columns(cells, path, line, notes)
            line = before + reader.line_num + 1
    except csv.Error as error:
        why = next((meaning for part, meaning in wording.CSV_FAULTS.items() if part in str(error)), str(error))
        raise UsageError(wording.BAD_TABLE.format(file=path, line=line, why=why)) from error
    return rows, notes


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(wording.NO_FILE.format(file=path, why=error.strerror)) from error
    kind = next((kind for start, kind in _OTHER_FILES.items() if data.startswith(start)), None)
    if kind:
        raise UsageError(wording.NO_TEXT.format(file=path, kind=kind))
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else decode(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(wording.NOT_UTF8.format(file=path, line=line)) from error
    # Letters of UTF-16 without its mark are letters of UTF-8 with a zero byte beside each.
    if text.count("\0") > len(text) // 4:
        raise UsageError(wording.NOT_UTF8.format(file=path, line=1))
    if not text.strip():
        raise UsageError(wording.EMPTY_TABLE.format(file=path))
    return text


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


def _name(cell: str) -> str:
    return " ".join(_seen(cell).split()).casefold()


def _columns(cells: list[str], path: Path, line: int, notes: list[Note]) -> list[str]:
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
    unread = [column for column in columns if column and column not in COLUMNS]
    if unread:
        notes.append(Note(line, wording.COLUMNS_UNREAD.format(columns=", ".join(unread)), placed=None))
    return columns


def _take(cells: list[str], columns: list[str], line: int, rows: list[Row], notes: list[Note]) -> None:
    if any(cell.strip() for cell in cells[len(columns) :]):
        notes.append(Note(line, wording.TOO_MANY))
        return
    found = dict(zip(columns, cells, strict=False))
    given = {name: _lines(found.get(name, "")) for name in COLUMNS}
    kept = {name: _seen(text) for name, text in given.items()}
    if kept != given:
        notes.append(Note(line, wording.CONTROL, placed=True))
    line_of = {name: " ".join(text.split()) for name, text in kept.items()}
    answer = "\n".join(part.rstrip() for part in kept["answer"].split("\n")).strip("\n")
    row = Row(line, line_of["question"], answer, line_of["id"], line_of["category"], line_of["source"])
    if not row.question:
        notes.append(Note(line, wording.NO_QUESTION))
    elif not answer.strip():
        notes.append(Note(line, wording.NO_ANSWER))
    elif not normalise(row.question):
        notes.append(Note(line, wording.NO_WORDS))
    else:
        rows.append(row)


def _lines(cell: str) -> str:
    """Return a cell with one kind of line end, and spaces in the place of tabs."""
    return "\n".join(cell.strip().splitlines()).expandtabs(_TAB)


def _seen(text: str) -> str:
    """Return a text without the characters that nobody sees; what is needed beside one of them may need it no more."""
    while (less := without_invisible(text)) != text:
        text = less
    return text
