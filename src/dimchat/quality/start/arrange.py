"""The rows of a table put in order: which are phrasings of one answer, and which fit nowhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anyascii import anyascii

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import normalise, words
from dimchat.model import GROUPS
from dimchat.pack.rules.phrases import fold
from dimchat.quality.start.question_table import Note
from dimchat.wording import start as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dimchat.quality.start.question_table import Row

_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_KEYWORDS = 3
"""From so many words of the question an id is made."""
_PERSONS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "they", "their"})
_RESERVED = frozenset({"conversation", "safety", "outside", "vocabulary", "sources"})
"""Stems of files that are no category."""


@dataclass(slots=True)
class Entry:
    """One answer with its questions."""

    id: str
    category: str
    """The file stem."""
    category_title: str
    aspect_title: str
    """What the second half of the id says, in the words of the table."""
    answer: str
    line: int
    sources: list[str] = field(default_factory=list)
    """What the rows name, each once; "" where one names none."""
    questions: list[tuple[str, int]] = field(default_factory=list)
    """Each with its line."""


def arrange(rows: Sequence[Row]) -> tuple[list[Entry], list[Note]]:
    """Return the answers with their questions, in the order of the table, and what is to be said about rows.

    Rows with the same id, or without one with the same answer in the same category, are phrasings of one another.
    """
    made = _Arranged(rows)
    for row in rows:
        made.take(row)
    return list(made.entries.values()), made.notes


class _Arranged:
    """The entries so far, and the names that are taken."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.entries: dict[str, Entry] = {}
        self.notes: list[Note] = []
        self._titles: dict[str, tuple[str, str, int]] = {}
        """By what spellings share: the stem, the title as it came first, and its line."""
        self._asked: dict[str, tuple[int, str, str]] = {}
        """By what makes two questions one: the line, the id and the question."""
        self._named: dict[tuple[str, str], str] = {}
        """The id of an answer in a category, as a row gives it or as it was made."""
        self._given = {row.id for row in rows if row.id}
        for row in rows:
            if row.id and _id_fault(row.id) is None:
                self._named.setdefault(self._key(row), row.id)

    @staticmethod
    def _key(row: Row) -> tuple[str, str]:
        return same_title(row.category or wording.OTHER), row.answer

    def take(self, row: Row) -> None:
        stem, title = self._category(row)
        name = row.id or self._named.get(self._key(row)) or self._new_id(stem, row.question)
        entry = self.entries.get(name)
        why = self._fault(row, name, entry, stem)
        if why:
            self.notes.append(Note(row.line, why))
            return
        if entry is None:
            entry = self.entries[name] = Entry(name, stem, title, _aspect(row), row.answer, row.line)
            self._named.setdefault(self._key(row), name)
        if row.source not in entry.sources:
            entry.sources.append(row.source)
        entry.questions.append((row.question, row.line))
        self._asked |= dict.fromkeys(_same_question(row.question), (row.line, name, row.question))

    def _category(self, row: Row) -> tuple[str, str]:
        """Return the file stem and the title of the category of a row."""
        wanted = row.category or wording.OTHER
        known = self._titles.get(same_title(wanted))
        if known is None:
            stem = stem_of(wanted) or "category"
            stem = numbered(f"{stem}_" if stem in _RESERVED else stem, {stem for stem, _, _ in self._titles.values()})
            known = self._titles[same_title(wanted)] = (stem, wanted, row.line)
        elif known[1] != wanted:
            text = wording.CATEGORY_SPELT.format(category=wanted, taken=known[1], line=known[2])
            self.notes.append(Note(row.line, text, placed=True))
        return known[0], known[1]

    def _new_id(self, topic: str, question: str) -> str:
        aspect = stem_of(" ".join(_telling(question))) or "question"
        return numbered(f"{topic}.{aspect}", self.entries.keys() | self._given)

    def _fault(self, row: Row, name: str, entry: Entry | None, stem: str) -> str | None:
        """Return why a row fits nowhere; None where it does."""
        faults = (
            _id_fault(row.id) if row.id else None,
            self._repeats(row.question, name),
            self._two_ids(row, name) if entry is None else _contradiction(row, entry, stem),
        )
        return next((fault for fault in faults if fault), None)

    def _repeats(self, question: str, name: str) -> str | None:
        key = next((key for key in _same_question(question) if key in self._asked), None)
        if key is None:
            return None
        line, owner, asked = self._asked[key]
        text = wording.OTHER_ANSWER if asked.casefold() == question.casefold() else wording.READ_AS_SAME
        return (wording.SAME_QUESTION if owner == name else text).format(line=line, question=asked)

    def _two_ids(self, row: Row, name: str) -> str | None:
        first = self.entries.get(self._named.get(self._key(row), name))
        return wording.ID_TWICE.format(id=first.id, line=first.line, other=name) if first else None


def _contradiction(row: Row, entry: Entry, stem: str) -> str | None:
    """Return why a row cannot be a phrasing of an entry; None where it can."""
    if entry.answer != row.answer:
        return wording.ID_OTHER_ANSWER.format(id=entry.id, line=entry.line)
    if entry.category != stem:
        return wording.CATEGORY_TWICE.format(
            id=entry.id, category=entry.category_title, line=entry.line, other=row.category or wording.OTHER
        )
    return None


def _id_fault(name: str) -> str | None:
    if not _ID.fullmatch(name):
        return wording.BAD_ID.format(id=name)
    return wording.TAKEN_GROUP.format(id=name) if name.partition(".")[0] in GROUPS else None


def _same_question(question: str) -> tuple[str, str]:
    """Return by what a question is known again: as it is matched, and as the rules of a pack compare phrases."""
    return f"matched {normalise(question)}", f"compared {fold(question)}"


def _telling(question: str) -> list[str]:
    idle = FUNCTION_WORDS | _PERSONS
    return [word for word in words(question) if word not in idle and stem_of(word)][:_KEYWORDS]


def _aspect(row: Row) -> str:
    """Return what is asked, as a person reads it."""
    if row.id:
        return row.id.partition(".")[2].replace("_", " ")
    return " ".join(_telling(row.question)) or "question"


LONGEST = 40
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}
"""What tells titles apart that are otherwise the same: C, C++, C#."""


def stem_of(text: str) -> str:
    """Return a text as half of an id: lower-case ASCII letters, digits and _, a letter first.

    It may be in any script, as AnyAscii spells it in Latin letters; "" where nothing of it can be spelt. At most
    `LONGEST` characters are kept.

    >>> stem_of("C++"), stem_of("Ελληνικά"), stem_of("24 hours")
    ('c_plus_plus', 'ellinika', 'n24_hours')
    """
    spelt = anyascii(unicodedata.normalize("NFC", "".join(_SIGNS.get(sign, sign) for sign in text)))
    stem = re.sub(r"[^a-z0-9]+", "_", spelt.casefold()).strip("_")
    stem = f"n{stem}" if stem[:1].isdigit() else stem
    return stem if len(stem) <= LONGEST else stem[:LONGEST].rpartition("_")[0] or stem[:LONGEST]


def numbered(stem: str, taken: Collection[str], joint: str = "_") -> str:
    """Return a stem, with the first free number behind it where it is taken."""
    number, made = 1, stem
    while made in taken:
        number += 1
        made = f"{stem}{joint}{number}"
    return made


def same_title(text: str) -> str:
    """Return what two spellings of one title share: they differ in case and blanks alone."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
