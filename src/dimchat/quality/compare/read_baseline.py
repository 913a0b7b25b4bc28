"""Reading a baseline back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.files.json_text import loads
from dimchat.files.text import decode
from dimchat.model import Place
from dimchat.quality.cases import Expectation, Item
from dimchat.quality.compare.baseline import SCHEMA, Baseline, Blessing, Decided, Usual, expected
from dimchat.quality.compare.parts import Part
from dimchat.quality.compare.questions import ORIGINS, Key, Origin, Question, line_item
from dimchat.quality.compare.snapshot import Recorded, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PART_KEYS = {"part", "of", "key", "file"}
_LINE_KEYS = {"phrase": "phrases", "not": "not", "outside": "phrases", "title": "title"}


def read_baseline(file: Path, name: str) -> Baseline:
    """Return what a baseline holds.

    Args:
        file: The file.
        name: What to call it.

    Raises:
        UsageError: It cannot be read, is no baseline, or is not whole.
    """
    try:
        lines = decode(file.read_bytes()).split("\n")
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{name}: this is no baseline: it is no UTF-8") from None
    reader = _Reader(name)
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                reader.take(loads(line))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                why = f": {error}" if isinstance(error, ValueError) else ""  # else it is Python's to know
                raise UsageError(f"{name}:{number}: this line is no record of a baseline{why}") from None
    return reader.finished()


class _Reader:
    """Takes the records of a baseline in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._head: dict[str, Any] = {}
        self._blessings: list[Blessing] = []
        self._group: dict[str, Any] = {}
        self._parts: list[Part] = []
        self._usual: dict[Decided, Usual] = {}
        self._lines: list[Part] = []
        self._questions: dict[Key, Question] = {}
        self._replies: dict[Key, Recorded] = {}
        self._last: tuple[str, ...] = ()

    def take(self, line: Any) -> None:  # noqa: ANN401 - what stands in a file
        """Take one record.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: It is none.
        """
        if not self._head:
            if line["schema"] != SCHEMA:
                raise ValueError(f"schema {SCHEMA} was expected")
            self._head = line
        elif isinstance(line, str):
            kind, owner, key = (str(self._group[name]) for name in ("part", "of", "key"))
            self._parts.append(Part(kind, owner, key, line, Place(str(self._group["file"]))))
        elif "blessed" in line:
            changes = {str(name): int(count) for name, count in line["changes"].items()}
            self._blessings.append(Blessing(str(line["blessed"]), str(line["digest"]), changes))
        elif "usual" in line:
            self._usual[_decided(line["usual"])] = (str(line.get("said", "")), _ids(line.get("suggests", ())))
        elif "lines" in line or "cases" in line:
            self._group, self._last = line, ()
        elif line.keys() <= _PART_KEYS:
            # Only what differs from the parts before is told.
            self._group = {**self._group, **line}
        else:
            self._reply(line)

    def _reply(self, line: dict[str, Any]) -> None:
        question = self._question(line)
        while question.key in self._questions:
            question = question._replace(key=question.key._replace(turn=question.key.turn + 1))
        decided = _decided(line) if "reply" in line else expected(question.key.origin, question.owner)
        if decided is None:
            raise ValueError("there is no reply")
        said, suggested = self._usual.get(decided, ("", ()))
        self._questions[question.key] = question
        self._replies[question.key] = Recorded(
            kind=decided[0],
            intents=decided[1],
            about=line.get("about"),
            outside=decided[2] or None,
            options=_ids(line.get("options", ())),
            suggestions=_ids(line["suggests"]) if "suggests" in line else suggested,
            said=str(line.get("said", said)),
            margin=float(line["margin"]) if "margin" in line else None,
            met=bool(line.get("met", True)),
        )

    def _question(self, line: dict[str, Any]) -> Question:
        name, value = next(iter(line.items()))
        text = str(value)
        if name in ("case", "then"):
            file, wanted = str(self._group["cases"]), str(line.get("wants", ""))
            after = self._last if name == "then" else _ids(line.get("after", ()))
            self._last = (*after, text)
            item = Item(Place(file), text, Expectation(intent=wanted or None), after=after)
            return Question(Key("case", file, after, text), item, wanted)
        origin: Origin | None = next((one for one in ORIGINS if one == name), None)
        if origin is None:
            raise ValueError(f"unknown record {name!r}")
        owner, place = str(self._group["lines"]), Place(str(self._group["file"]))
        self._lines.append(Part(origin, owner, _LINE_KEYS[origin], text, place))
        key = Key(origin, owner if origin in ("title", "not") else "", (), text)
        return Question(key, line_item(origin, owner, text, place), owner)

    def finished(self) -> Baseline:
        """Return what was taken.

        Raises:
            UsageError: Something is missing.
        """
        counts = {"parts": len(self._parts), "replies": len(self._replies)}
        for name, count in counts.items():
            if self._head.get(name) != count:
                raise UsageError(
                    f"{self._name}: the baseline is not whole: it says {self._head.get(name, 0)} {name} and has {count}"
                )
        snapshot = Snapshot(
            label=self._name,
            name=str(self._head.get("pack", "")),
            version=str(self._head.get("version", "")),
            digest=str(self._head.get("digest", "")),
            parts=(*self._parts, *self._lines),
            questions=self._questions,
            replies=self._replies,
            placed=False,
        )
        return Baseline(snapshot, tuple(self._blessings))


def _decided(line: dict[str, Any]) -> Decided:
    return str(line["reply"]), _ids(line.get("intents", ())), str(line.get("group", ""))


def _ids(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
