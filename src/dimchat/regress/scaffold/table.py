"""A table of questions and answers, read and put in order; what cannot be placed is told with its line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import UsageError
from dimchat.match import FUNCTION_WORDS, normalise, words
from dimchat.model import GROUPS
from dimchat.pack.report import suggest
from dimchat.wording import scaffold as wording

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("question", "answer", "id", "category", "source")
"""The columns that are read; the first two must be there."""
_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_SEPARATORS = ",;\t"
_KEYWORDS = 3
"""From so many words of the question an id is made."""
_PERSONS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "they", "their"})
OTHER = "general"
"""The category of what has none."""


class Row(NamedTuple):
    """A row of the table, its texts without spaces around them."""

    line: int
    question: str
    answer: str
    id: str
    category: str
    source: str


class Note(NamedTuple):
    """What a person should know about a row."""

    line: int
    text: str
    placed: bool = False
    """Whether the row is in the pack all the same."""


@dataclass(slots=True)
class Entry:
    """One answer with its questions."""

    id: str
    category: str
    """The file stem."""
    category_title: str
    answer: str
    source: str
    line: int
    questions: list[tuple[str, int]] = field(default_factory=list)
    """Each with its line."""


def read_table(path: Path) -> tuple[list[Row], list[Note]]:
    """Return the rows of a table of comma-, semicolon- or tab-separated values, and what is wrong with others.

    Args:
        path: The file; its first line names the columns.

    Raises:
        UsageError: It is no such table.
    """
    text = _text(path)
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    notes: list[Note] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            if line == 1:
                columns = _columns(cells, path)
            elif any(cell.strip() for cell in cells):
                _take(cells, columns, line, rows, notes)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(wording.BAD_QUOTES.format(file=path, line=line, why=error)) from error
    return rows, notes


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(wording.NO_FILE.format(file=path, why=error.strerror)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(wording.NOT_UTF8.format(file=path, line=line)) from error
    if not text.strip():
        raise UsageError(wording.EMPTY_TABLE.format(file=path))
    return text


def _columns(cells: list[str], path: Path) -> list[str]:
    columns = [" ".join(cell.split()).casefold() for cell in cells]
    for name in COLUMNS:
        if columns.count(name) > 1:
            raise UsageError(wording.COLUMN_TWICE.format(file=path, column=name))
    for name in COLUMNS[:2]:
        if name not in columns:
            near = suggest(name, [column for column in columns if column])
            hint = wording.MEANT.format(name=near) if near else ""
            raise UsageError(wording.NO_COLUMN.format(file=path, column=name, hint=hint, known=", ".join(columns)))
    return columns


def _take(cells: list[str], columns: list[str], line: int, rows: list[Row], notes: list[Note]) -> None:
    if len(cells) > len(columns):
        notes.append(Note(line, wording.TOO_MANY))
        return
    found = dict(zip(columns, cells, strict=False))
    given = {name: found.get(name, "") for name in COLUMNS}
    kept = {name: "".join(c for c in text if c.isprintable() or c.isspace()) for name, text in given.items()}
    if kept != given:
        notes.append(Note(line, wording.CONTROL, placed=True))
    line_of = {name: " ".join(text.split()) for name, text in kept.items()}
    answer = "\n".join(" ".join(part.split()) for part in kept["answer"].strip().splitlines())
    row = Row(line, line_of["question"], answer, line_of["id"], line_of["category"], line_of["source"])
    if not row.question:
        notes.append(Note(line, wording.NO_QUESTION))
    elif not answer:
        notes.append(Note(line, wording.NO_ANSWER))
    elif not normalise(row.question):
        notes.append(Note(line, wording.NO_WORDS))
    else:
        rows.append(row)


def arrange(rows: list[Row]) -> tuple[list[Entry], list[Note]]:
    """Return the answers with their questions, in the order of the table, and the rows that fit nowhere.

    Rows with the same id, or without one with the same answer in the same category, are phrasings of one another.
    """
    entries: dict[str, Entry] = {}
    by_answer: dict[tuple[str, str], str] = {}
    asked: dict[str, tuple[int, str]] = {}
    notes: list[Note] = []
    for row in rows:
        category = stem_of(row.category) or OTHER
        same = " ".join(row.answer.split()).casefold()
        known = by_answer.get((category, same))
        if row.id and not _ID.fullmatch(row.id):
            notes.append(Note(row.line, wording.BAD_ID.format(id=row.id)))
            continue
        if row.id.partition(".")[0] in GROUPS:
            notes.append(Note(row.line, wording.TAKEN_GROUP.format(id=row.id)))
            continue
        name = row.id or known or _new_id(category, row.question, entries)
        earlier = asked.get(normalise(row.question))
        if earlier:
            text = wording.SAME_QUESTION if earlier[1] == name else wording.OTHER_ANSWER
            notes.append(Note(row.line, text.format(line=earlier[0])))
            continue
        entry = entries.get(name)
        if entry is not None:
            why = _contradiction(row, entry, same, category)
        elif row.id and known:
            why = wording.ID_TWICE.format(id=known, line=entries[known].line, other=row.id)
        else:
            why = None
        if why:
            notes.append(Note(row.line, why))
            continue
        if entry is None:
            title = row.category or OTHER.capitalize()
            entry = entries[name] = Entry(name, category, title, row.answer, row.source, row.line)
            by_answer[category, same] = name
        entry.questions.append((row.question, row.line))
        asked[normalise(row.question)] = (row.line, name)
    return list(entries.values()), notes


def _contradiction(row: Row, entry: Entry, same: str, category: str) -> str | None:
    """Return why a row cannot be a phrasing of an entry; None where it can."""
    if " ".join(entry.answer.split()).casefold() != same:
        return wording.ID_OTHER_ANSWER.format(id=entry.id, line=entry.line)
    if entry.category != category:
        return wording.CATEGORY_TWICE.format(
            id=entry.id, category=entry.category_title, line=entry.line, other=row.category
        )
    return None


def stem_of(text: str) -> str:
    """Return a text as the first or second half of an id; empty where nothing is left of it."""
    stem = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    return f"n{stem}" if stem[:1].isdigit() else stem


def _new_id(category: str, question: str, taken: dict[str, Entry]) -> str:
    idle = FUNCTION_WORDS | _PERSONS
    telling = [word for word in words(question) if word not in idle and stem_of(word)]
    topic = f"{category}_" if category in GROUPS else category
    aspect = stem_of("_".join(telling[:_KEYWORDS])) or "question"
    number = 1
    while f"{topic}.{aspect}{f'_{number}' if number > 1 else ''}" in taken:
        number += 1
    return f"{topic}.{aspect}{f'_{number}' if number > 1 else ''}"
