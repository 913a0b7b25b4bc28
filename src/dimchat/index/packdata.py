"""A whole pack as what JSON can say, and back.

A pack has thousands of phrases with their places: their values stand in columns, one for each field of the named
tuples, which take less room and less time to read than an object for each. They stand apart from the rest, since an
answer hardly ever needs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import cache, partial
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any, TypeVar, overload

from dimchat.model import (
    Answer,
    Aspect,
    Calibration,
    Category,
    Intent,
    Look,
    OutsideGroup,
    Pack,
    Phrase,
    Place,
    Source,
    Topic,
    Value,
    Variant,
    Vocabulary,
    Words,
)
from dimchat.tables import Column, Note, Slot, SlotGroup, SlotValue, Table, TableUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Row = TypeVar("Row")
Data = dict[str, Any]

_AS_THEY_ARE = (
    *("name", "title", "version", "language", "digest", "learning_digest", "fingerprint", "default_topic"),
    "learnt_bytes",
    *("wrong_cost", "elsewhere", "contact", "sure", "format"),
)
_TABLES: dict[str, type[Any]] = {
    "intents": Intent,
    "answers": Answer,
    "sources": Source,
    "values": Value,
    "outside": OutsideGroup,
    "general": OutsideGroup,
    "categories": Category,
}
_LINES = (("intents", "phrases"), ("intents", "not_"), ("outside", "phrases"), ("general", "phrases"))
"""Whose lines there are, by the names of fields."""
_OF_VOCABULARY: dict[str, type[Any]] = {"topics": Topic, "aspects": Aspect}


class Lines(Sequence[Phrase]):
    """The lines of one intent or group, read with those of all when somebody looks at the first."""

    def __init__(self, every: Callable[[], Sequence[Phrase]], start: int, size: int) -> None:
        """Take where they are.

        Args:
            every: Returns the lines of all, one after another.
            start: The place of the first of these.
            size: How many these are.
        """
        self._every, self._start, self._size = every, start, size

    def _read(self) -> tuple[Phrase, ...]:
        return tuple(self._every()[self._start : self._start + self._size])

    def __len__(self) -> int:
        """Return how many there are; nothing is read for that."""
        return self._size

    @overload
    def __getitem__(self, at: int) -> Phrase: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Phrase, ...]: ...
    def __getitem__(self, at: int | slice) -> Phrase | tuple[Phrase, ...]:
        """Return one, or some."""
        return self._read()[at]

    def __iter__(self) -> Iterator[Phrase]:
        """Yield them in their order."""
        return iter(self._read())

    def __eq__(self, other: object) -> bool:
        """Return whether something is a sequence of the same lines: a tuple of them may be."""
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the tuple that it equals."""
        return hash(self._read())

    def __repr__(self) -> str:
        """Return them as the tuple that it equals."""
        return repr(self._read())

    def __reduce__(self) -> tuple[object, ...]:
        """Be a tuple in another process."""
        return tuple, (self._read(),)


def lines_to_data(pack: Pack) -> Data:
    """Return the lines of a pack, which `pack_to_data` leaves out, as what JSON can say."""
    return {
        f"{name}.{field}": _columns(Phrase, [line for one in getattr(pack, name) for line in getattr(one, field)])
        for name, field in _LINES
    }


def pack_to_data(pack: Pack) -> Data:
    """Return a pack as what JSON can say, but for its lines: see `lines_to_data`.

    Args:
        pack: A loaded pack; its root is left out, since it may lie elsewhere when it is read.
    """
    vocabulary = pack.vocabulary
    return {
        **{name: getattr(pack, name) for name in _AS_THEY_ARE},
        **{name: _columns(kind, getattr(pack, name)) for name, kind in _TABLES.items()},
        **{name: _columns(kind, getattr(vocabulary, name)) for name, kind in _OF_VOCABULARY.items()},
        "slots": vocabulary.slots,
        "synonyms": vocabulary.synonyms,
        "filler": vocabulary.filler,
        "sets": vocabulary.sets,
        "texts": pack.texts,
        "tables": [_table_to_data(table) for table in pack.tables],
        "words": pack.words,
        "look": pack.look,
        "readers": pack.readers,
        "drafts": pack.drafts,
        "first": pack.first,
        "calibration": calibration_to_data(pack.calibration),
        "also_in": pack.also_in,
    }


def pack_from_data(data: Data, lines: Callable[[], Data], root: str, spoken: Sequence[Pack] = ()) -> Pack:
    """Return the pack that `pack_to_data` and `lines_to_data` described.

    Args:
        data: What the former returned, or what JSON made of that.
        lines: Returns the same of the latter; called once, when the first line of the pack is looked at.
        root: The folder of the pack.
        spoken: The pack in its further languages.
    """
    lines = cache(lines)
    welcome, attract, *other_words = data["words"]
    told, logo, *themes = data["look"]
    vocabulary = Vocabulary(
        **{name: _rows(kind, data[name]) for name, kind in _OF_VOCABULARY.items()},
        synonyms=_pairs(data["synonyms"]),
        filler=tuple(data["filler"]),
        sets=_pairs(data["sets"]),
        slots=tuple(map(_slot, data["slots"])),
    )
    parts = {name: dict(data[name]) for name in _TABLES}
    for name, field in _LINES:
        every = cache(partial(_every_line, lines, f"{name}.{field}"))
        sizes = parts[name][field]
        parts[name][field] = map(Lines, repeat(every), accumulate(sizes, initial=0), sizes)
    tables: Data = {name: _rows(kind, parts[name]) for name, kind in _TABLES.items()}
    return Pack(
        **{name: data[name] for name in _AS_THEY_ARE},
        **tables,
        vocabulary=vocabulary,
        texts=_pairs(data["texts"]),
        tables=tuple(_table(found) for found in data["tables"]),
        words=Words(welcome, tuple(attract), *other_words),
        look=Look(told, logo, *(tuple((name, colour) for name, colour in theme) for theme in themes)),
        readers=tuple((name, title) for name, title in data["readers"]),
        drafts=tuple(data["drafts"]),
        first=tuple(data["first"]),
        calibration=calibration_from_data(data["calibration"]),
        also_in=tuple(data["also_in"]),
        spoken=spoken,
        root=root,
    )


_NAMED = ("followups", "thresholds", "meaning")
"""Parts of a calibration that hold numbers by name; those that are empty are left out, as older files do."""


def calibration_to_data(calibration: Calibration | None) -> Data | None:
    """Return a calibration as the object that `intents/calibration.json` holds."""
    if calibration is None:
        return None
    return {
        "digest": calibration.digest,
        "floor": calibration.floor,
        "margin": calibration.margin,
        "weights": list(calibration.weights),
        "found": dict(calibration.found),
        **{name: dict(held) for name in _NAMED if (held := getattr(calibration, name))},
    }


def calibration_from_data(data: Data | None) -> Calibration | None:
    """Return the calibration that an object describes."""
    if data is None:
        return None
    return Calibration(
        float(data["floor"]),
        float(data["margin"]),
        tuple(map(float, data["weights"])),
        str(data["digest"]),
        tuple((str(name), str(value)) for name, value in data["found"].items()),
        *(tuple((str(name), float(value)) for name, value in data.get(part, {}).items()) for part in _NAMED),
    )


def _table_to_data(table: Table) -> Data:
    return {one.name: getattr(table, one.name) for one in fields(table)}


def _table(data: Data) -> Table:
    """Return a table; its rows stay one text until somebody asks for them."""
    return Table(
        **{
            **data,
            "key": tuple(data["key"]),
            "columns": tuple(
                Column(name, kind, title, unit, tuple((cell, said) for cell, said in says), missing)
                for name, kind, title, unit, says, missing in data["columns"]
            ),
            "notes": tuple(Note(_pairs(where), text) for where, text in data["notes"]),
            "place": None if data["place"] is None else Place(*data["place"]),
        }
    )


def _slot(data: Sequence[Any]) -> Slot:
    name, title, values, groups = data
    return Slot(
        name,
        title,
        tuple(SlotValue(value, tuple(names), tuple(cues)) for value, names, cues in values),
        tuple(SlotGroup(group, tuple(held)) for group, held in groups),
    )


def _uses(data: Iterable[Any]) -> Iterable[TableUse | None]:
    for found in data:
        if found is None:
            yield None
        else:
            name, column, where, instead_of = found
            yield TableUse(name, column, tuple((key, cell) for key, cell in where), tuple(instead_of))


def _overviews(data: Iterable[Any]) -> Iterable[tuple[str, str] | None]:
    return (None if found is None else (found[0], found[1]) for found in data)


def _columns(kind: type[Any], rows: Sequence[Any]) -> Data:
    """Return the values of named tuples of a kind, a column for each field."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(kind._fields)
    return {name: _TO.get(name, list)(column) for name, column in zip(kind._fields, columns, strict=True)}


def _rows(kind: type[Row], data: Data) -> tuple[Row, ...]:
    """Return the named tuples of a kind that columns describe."""
    make: Callable[[Iterable[Any]], Row] = kind._make  # type: ignore[attr-defined]  # each kind is a named tuple
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return tuple(map(make, zip(*(_FROM.get(name, iter)(data[name]) for name in fields), strict=True)))


def _pairs(data: Iterable[tuple[str, Iterable[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(values)) for name, values in data)


def _places_to_data(places: Sequence[Place]) -> Data:
    data = _columns(Place, places)
    files = {file: number for number, file in enumerate(dict.fromkeys(data["file"]))}
    return {**data, "files": list(files), "file": [files[file] for file in data["file"]]}


def _places(data: Data) -> tuple[Place, ...]:
    return _rows(Place, {**data, "file": map(data["files"].__getitem__, data["file"])})


def _every_line(lines: Callable[[], Data], name: str) -> tuple[Phrase, ...]:
    return _rows(Phrase, lines()[name])


def _sizes(lines: Iterable[Sequence[Phrase]]) -> list[int]:
    return list(map(len, lines))


def _days_to_data(days: Iterable[date | None]) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in days]


def _days(data: Iterable[str | None]) -> Iterable[date | None]:
    return (None if text is None else date.fromisoformat(text) for text in data)


def _pairs_of(data: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in data)


def _variants(data: Iterable[Iterable[Iterable[str]]]) -> Iterable[tuple[Variant, ...]]:
    return (tuple(Variant(*one) for one in own) for own in data)


_TO: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("place", "text_place"), _places_to_data),
    **dict.fromkeys(("phrases", "not_"), _sizes),
    **dict.fromkeys(("reviewed", "review_by"), _days_to_data),
}
"""What makes a column of the values of a field; a list is made of others."""
_FROM: dict[str, Callable[[Any], Iterable[Any]]] = {
    **dict.fromkeys(("place", "text_place"), _places),
    **dict.fromkeys(("reviewed", "review_by"), _days),
    **dict.fromkeys(("names", "cues", "next", "unless", "values", "follows"), partial(map, tuple)),
    "variants": _variants,
    "table": _uses,
    "overview": _overviews,
    **dict.fromkeys(("wordings", "metadata"), partial(map, _pairs_of)),
}
"""The way back; other values are taken as they are."""
