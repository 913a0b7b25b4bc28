"""A whole pack as what JSON can say, and back.

A pack has thousands of phrases with their places: their values stand in columns, which take less
room and less time to read than an object for each.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from dimchat.model import (
    Answer,
    Aspect,
    Calibration,
    Category,
    Intent,
    OutsideGroup,
    Pack,
    Phrase,
    Place,
    Source,
    Topic,
    Vocabulary,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Value = TypeVar("Value")
Data = dict[str, Any]


def pack_to_data(pack: Pack) -> Data:
    """Return a pack as what JSON can say.

    Args:
        pack: A loaded pack; its root is left out, since it may lie elsewhere when it is read.
    """
    vocabulary = pack.vocabulary
    lines = [line for intent in pack.intents for line in intent.phrases]
    lines += [line for group in pack.outside for line in group.phrases]
    lines += [line for intent in pack.intents for line in intent.not_]
    return {
        "name": pack.name,
        "title": pack.title,
        "version": pack.version,
        "language": pack.language,
        "digest": pack.digest,
        "learning_digest": pack.learning_digest,
        "fingerprint": pack.fingerprint,
        "default_topic": pack.default_topic,
        "wrong_cost": pack.wrong_cost,
        "elsewhere": pack.elsewhere,
        "words": pack.words,
        "categories": [[one.id, one.title, one.about] for one in pack.categories],
        "intents": {
            "id": [one.id for one in pack.intents],
            "category": [one.category for one in pack.intents],
            "title": [one.title for one in pack.intents],
            "phrases": [len(one.phrases) for one in pack.intents],
            "not": [len(one.not_) for one in pack.intents],
            "next": [one.next for one in pack.intents],
            "cues": [one.cues for one in pack.intents],
            "unless": [one.unless for one in pack.intents],
            "place": _places([one.place for one in pack.intents]),
        },
        "outside": {
            "id": [one.id for one in pack.outside],
            "title": [one.title for one in pack.outside],
            "phrases": [len(one.phrases) for one in pack.outside],
            "place": _places([one.place for one in pack.outside]),
        },
        "lines": {"text": [line.text for line in lines], "place": _places([line.place for line in lines])},
        "answers": {
            "id": [one.id for one in pack.answers],
            "short": [one.short for one in pack.answers],
            "text": [one.text for one in pack.answers],
            "reviewed": [_day(one.reviewed) for one in pack.answers],
            "review_by": [_day(one.review_by) for one in pack.answers],
            "place": _places([one.place for one in pack.answers]),
            "text_place": _places([one.text_place for one in pack.answers]),
        },
        "texts": pack.texts,
        "sources": {
            **{name: [getattr(one, name) for one in pack.sources] for name in _SOURCE},
            "place": _places([one.place for one in pack.sources]),
        },
        "topics": {
            "id": [one.id for one in vocabulary.topics],
            "kind": [one.kind for one in vocabulary.topics],
            "names": [one.names for one in vocabulary.topics],
            "place": _places([one.place for one in vocabulary.topics]),
        },
        "aspects": {
            "id": [one.id for one in vocabulary.aspects],
            "title": [one.title for one in vocabulary.aspects],
            "cues": [one.cues for one in vocabulary.aspects],
            "place": _places([one.place for one in vocabulary.aspects]),
        },
        "synonyms": vocabulary.synonyms,
        "filler": vocabulary.filler,
        "sets": vocabulary.sets,
        "calibration": calibration_to_data(pack.calibration),
    }


_SOURCE = ("id", "type", "title", "publisher", "url", "issued", "accessed", "note")


def pack_from_data(data: Data, root: str) -> Pack:
    """Return the pack that `pack_to_data` described.

    Args:
        data: What it returned, or what JSON made of that.
        root: The folder of the pack.
    """
    lines = iter(_made(Phrase, text=data["lines"]["text"], place=_placed(data["lines"]["place"])))
    intents, groups, answers = data["intents"], data["outside"], data["answers"]
    intent_phrases = _cut(lines, intents["phrases"])
    group_phrases = _cut(lines, groups["phrases"])
    return Pack(
        name=data["name"],
        title=data["title"],
        version=data["version"],
        language=data["language"],
        digest=data["digest"],
        learning_digest=data["learning_digest"],
        fingerprint=data["fingerprint"],
        default_topic=data["default_topic"],
        categories=tuple(Category(*one) for one in data["categories"]),
        intents=_made(
            Intent,
            id=intents["id"],
            category=intents["category"],
            title=intents["title"],
            phrases=intent_phrases,
            not_=_cut(lines, intents["not"]),
            next=map(tuple, intents["next"]),
            cues=map(tuple, intents["cues"]),
            unless=map(tuple, intents["unless"]),
            place=_placed(intents["place"]),
        ),
        answers=_made(
            Answer,
            id=answers["id"],
            short=answers["short"],
            text=answers["text"],
            reviewed=map(_date, answers["reviewed"]),
            review_by=map(_date, answers["review_by"]),
            place=_placed(answers["place"]),
            text_place=_placed(answers["text_place"]),
        ),
        texts=tuple((name, tuple(wordings)) for name, wordings in data["texts"]),
        sources=_made(Source, **{**data["sources"], "place": _placed(data["sources"]["place"])}),
        outside=_made(
            OutsideGroup,
            id=groups["id"],
            title=groups["title"],
            phrases=group_phrases,
            place=_placed(groups["place"]),
        ),
        vocabulary=Vocabulary(
            topics=_made(
                Topic,
                id=data["topics"]["id"],
                kind=data["topics"]["kind"],
                names=map(tuple, data["topics"]["names"]),
                place=_placed(data["topics"]["place"]),
            ),
            aspects=_made(
                Aspect,
                id=data["aspects"]["id"],
                title=data["aspects"]["title"],
                cues=map(tuple, data["aspects"]["cues"]),
                place=_placed(data["aspects"]["place"]),
            ),
            synonyms=tuple((word, tuple(also)) for word, also in data["synonyms"]),
            filler=tuple(data["filler"]),
            sets=tuple((name, tuple(words)) for name, words in data["sets"]),
        ),
        calibration=calibration_from_data(data["calibration"]),
        wrong_cost=data["wrong_cost"],
        elsewhere=data["elsewhere"],
        words=_words(*data["words"]),
        root=root,
    )


_NAMED = ("followups", "thresholds")
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


def _words(welcome: str, attract: Iterable[str], prompt: str, help_: str) -> Words:
    return Words(welcome, tuple(attract), prompt, help_)


def _places(places: Sequence[Place]) -> Data:
    files = {file: number for number, file in enumerate(dict.fromkeys(place.file for place in places))}
    return {
        "files": list(files),
        "file": [files[place.file] for place in places],
        "line": [place.line for place in places],
        "column": [place.column for place in places],
    }


def _placed(data: Data) -> tuple[Place, ...]:
    return _made(Place, file=map(data["files"].__getitem__, data["file"]), line=data["line"], column=data["column"])


def _made(kind: type[Value], /, **columns: Iterable[Any]) -> tuple[Value, ...]:
    """Return one value for each row of the columns; the columns must name every field of the class."""
    make: Callable[[Iterable[Any]], Value] = kind._make  # type: ignore[attr-defined]  # each kind is a named tuple
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return tuple(map(make, zip(*(columns[name] for name in fields), strict=True)))


def _cut(lines: Iterable[Phrase], sizes: Iterable[int]) -> list[tuple[Phrase, ...]]:
    source = iter(lines)
    return [tuple(line for _, line in zip(range(size), source, strict=False)) for size in sizes]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
