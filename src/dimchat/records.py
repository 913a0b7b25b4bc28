"""The parts of a pack's answers: texts, the values in them, the sources of both; its categories and own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dimchat.tables import TableUse


class Place(NamedTuple):
    """A position in a file of a pack; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


class Category(NamedTuple):
    """A file stem of the pack with its title."""

    id: str
    title: str
    about: str = ""
    """A few words that say what is in it."""


class Variant(NamedTuple):
    """An answer as it is for one reader."""

    reader: str
    short: str
    text: str


class Answer(NamedTuple):
    """The text for one intent of a category."""

    id: str
    short: str
    """One or two sentences of Markdown, citations as `[@source, locator]`, marks as `[words]{.estimate}`."""
    text: str
    """The full text, in the same way."""
    reviewed: date | None = None
    review_by: date | None = None
    place: Place = Place("")
    text_place: Place = Place("")
    """Where the value of `text` begins."""
    as_of: str | None = None
    """The year, month or day whose state it tells: `2025`, `2025-05`, `2025-05-31`."""
    owner: str | None = None
    """Who keeps it true."""
    contact: str | None = None
    """Whom a person can ask further."""
    values: tuple[str, ...] = ()
    """The ids of the values that it shows or cites, in order."""
    variants: tuple[Variant, ...] = ()
    table: TableUse | None = None
    """The table that it reads."""
    overview: tuple[str, str] | None = None
    """Of one that reads a row: short form and text where the question names none."""
    wordings: tuple[tuple[str, str], ...] = ()
    """Pairs of a short form and a text that say the same in other words, taken by the number of the turn."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Pairs of a name and a value, of which nothing is made."""
    language: str = ""
    """The language that it stands in, where that is not the language of the pack: nobody has translated it."""


class Value(NamedTuple):
    """A figure that stands once, with where it comes from: answers show it by its id."""

    id: str
    value: str
    """As it is shown: `$123,860`."""
    source: str
    locator: str | None = None
    as_of: str | None = None
    """The year, month or day that it is of."""
    review_by: date | None = None
    owner: str | None = None
    place: Place = Place("")


class Source(NamedTuple):
    """A bibliographic record, as CSL-YAML gives it."""

    id: str
    type: str
    title: str
    publisher: str | None = None
    url: str | None = None
    issued: str | None = None
    accessed: str | None = None
    note: str | None = None
    read: str | None = None
    """How it was read: `page`, `copy`, `reported` or `unseen`."""
    review_by: date | None = None
    owner: str | None = None
    place: Place = Place("")


class Citation(NamedTuple):
    """A numbered entry under an answer."""

    number: int
    source: str
    title: str
    publisher: str | None
    url: str | None
    locator: str | None
    accessed: str | None


class Look(NamedTuple):
    """How a pack looks on a page; each may be empty."""

    told: str = ""
    """What its logo shows, for who does not see it."""
    logo: str = ""
    """A PNG in base 64."""
    light: tuple[tuple[str, str], ...] = ()
    """Pairs of a name, such as `accent`, and a colour as #rrggbb: those that it chose for light pages."""
    dark: tuple[tuple[str, str], ...] = ()
    """The same for dark ones."""


class Words(NamedTuple):
    """What a pack says in its own words where dimchat's would stand; each may be empty."""

    welcome: str = ""
    """Greets in the chat."""
    attract: tuple[str, ...] = ()
    """What an idle stand says: a headline, perhaps a line below it."""
    prompt: str = ""
    """Stands in the line where one types, until somebody does."""
    help: str = ""
    """Begins the help."""
    unknown: str = ""
    """Says that nothing answers a question."""
