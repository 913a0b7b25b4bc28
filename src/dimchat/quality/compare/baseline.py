"""The baseline: a pack's replies in a file that stands beside its cases and is read in reviews.

A record a line, in the order in which cases and phrases stand and without line numbers, so that an edit shows as the
lines that it really changed. What is as it should be is short: a phrase that its own intent answers is the phrase and
its margin.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.errors import UsageError
from dimchat.files import disk
from dimchat.files.json_text import dumps, loads
from dimchat.files.text import decode
from dimchat.model import CONVERSATION, SAFETY, Place
from dimchat.quality.cases import Expectation, Item
from dimchat.quality.compare.comparison import CLOSER
from dimchat.quality.compare.parts import Part
from dimchat.quality.compare.snapshot import ORIGINS, Key, Origin, Question, Recorded, Snapshot, line_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


BASELINE = "tests/baseline.jsonl"
SCHEMA = "dimchat.baseline/1"
_STEADY = CLOSER / 2
"""A margin that moved by less than this stays as it was recorded: every edit moves every margin a little."""

Decided = tuple[str, tuple[str, ...], str]
"""A kind of reply, what it answers, and the outside group that it recognised."""
Usual = tuple[str, tuple[str, ...]]
"""What is said beside the answer, and what is suggested."""


class Blessing(NamedTuple):
    """The record of a replaced baseline: why, and how many replies changed."""

    reason: str
    digest: str
    changes: dict[str, int]


class Baseline(NamedTuple):
    """The content of a baseline."""

    snapshot: Snapshot
    blessings: tuple[Blessing, ...] = ()


class Head(NamedTuple):
    """The first record of a baseline."""

    name: str
    version: str
    digest: str


def to_text(snapshot: Snapshot, blessings: Iterable[Blessing] = (), before: Snapshot | None = None) -> str:
    """Return a pack's own replies as a baseline.

    Args:
        snapshot: The replies.
        blessings: Why it became what it is, the oldest first.
        before: What was recorded before; margins that hardly moved are kept from it.
    """
    parts = [part for part in snapshot.parts if not from_replies(part)]
    head = {
        "schema": SCHEMA,
        "pack": snapshot.name,
        "version": snapshot.version,
        "digest": snapshot.digest,
        "parts": len(parts),
        "replies": len(snapshot.questions),
    }
    lines: list[object] = [head]
    lines += [{"blessed": one.reason, "digest": one.digest, "changes": one.changes} for one in blessings]
    lines += _part_lines(parts)
    lines += _reply_lines(snapshot, before.replies if before else {})
    return "".join(dumps(line) + "\n" for line in lines)


def write_baseline(file: Path, text: str) -> None:
    """Write a baseline, whole or not at all.

    Raises:
        UsageError: It is a link: who sends a pack with one must not choose what is written over.
        OSError: It cannot be written.
    """
    if file.is_symlink():
        raise UsageError(f"{file} is a link: take it away, or name the file that it leads to with --file")
    file.parent.mkdir(parents=True, exist_ok=True)
    disk.write(file, text.encode())


def read_head(file: Path, name: str) -> Head:
    """Return the first record of a baseline, which messages call by a name.

    Raises:
        UsageError: It cannot be read, or is no baseline.
    """
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            data = loads(next(lines, ""))
        known = data["schema"] == SCHEMA
        head = Head(*(str(data[key]) for key in ("pack", "version", "digest")))
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    if not known:
        raise UsageError(f"{name}:1: this line does not begin a baseline")
    return head


def from_replies(part: Part) -> bool:
    """Return whether a part is recorded with what it is replied to."""
    return part.kind in ("phrase", "not", "outside") or (part.kind == "title" and not part.owner.startswith("outside."))


def expected(origin: str, owner: str) -> Decided | None:
    """Return how a line of an id is decided that goes where it belongs; None where that is not one decision."""
    if origin == "outside":
        return "decline", (), owner
    if origin == "not" or not owner:
        return None
    kind = {CONVERSATION: "smalltalk", SAFETY: "safety"}.get(owner.partition(".")[0], "answer")
    return kind, (owner,), ""


def _part_lines(parts: Iterable[Part]) -> Iterator[object]:
    group: dict[str, str] = {}
    for part in parts:
        own = {"part": part.kind, "of": part.owner, "key": part.key, "file": part.place.file}
        differs = {name: value for name, value in own.items() if group.get(name) != value}
        if differs:
            yield differs
            group = own
        yield part.text


def _decided(reply: Recorded) -> Decided:
    return reply.kind, reply.intents, reply.outside or ""


def _usual(replies: Iterable[Recorded]) -> dict[Decided, Usual]:
    """Return what is said and suggested most often with each decision that comes more than once."""
    found: dict[Decided, Counter[Usual]] = {}
    for reply in replies:
        found.setdefault(_decided(reply), Counter())[reply.said, reply.suggestions] += 1
    return {
        decided: max(counts, key=lambda one: (counts[one], one))
        for decided, counts in sorted(found.items())
        if counts.total() > 1
    }


def _reply_lines(snapshot: Snapshot, kept: Mapping[Key, Recorded]) -> Iterator[object]:
    usual = _usual(snapshot.replies[key] for key in snapshot.questions)
    for decided, (said, suggested) in usual.items():
        if said or suggested:
            yield {"usual": _decision(decided), **_filled(said=said, suggests=list(suggested))}
    files = {part.owner: part.place.file for part in snapshot.parts if from_replies(part)}
    group: dict[str, str] = {}
    last: tuple[str, ...] = ()
    for key, question in snapshot.questions.items():
        own = {"cases": key.owner} if key.origin == "case" else {"lines": question.owner, "file": files[question.owner]}
        if own != group:
            yield own
            group, last = own, ()
        follows = bool(key.after) and key.after == last
        last = (*key.after, key.ask)
        yield _reply_line(question, snapshot.replies[key], usual, kept.get(key), follows=follows)


def _decision(decided: Decided) -> dict[str, Any]:
    return {"reply": decided[0], **_filled(intents=list(decided[1]), group=decided[2])}


def _filled(**values: object) -> dict[str, Any]:
    """Return what is not empty."""
    return {name: value for name, value in values.items() if value}


def _reply_line(
    question: Question, reply: Recorded, usual: dict[Decided, Usual], before: Recorded | None, *, follows: bool
) -> dict[str, Any]:
    origin = question.key.origin
    line: dict[str, Any] = {"then" if follows else origin: question.item.ask}
    if origin == "case":
        line |= _filled(wants=question.owner)
        if not follows:
            line |= _filled(after=list(question.item.after))
    decided = _decided(reply)
    if decided != expected(origin, question.owner):
        line |= _decision(decided)
    line |= _filled(options=list(reply.options), about=reply.about)
    said, suggested = usual.get(decided, ("", ()))
    if reply.said != said:
        line["said"] = reply.said
    if reply.suggestions != suggested:
        line["suggests"] = list(reply.suggestions)
    if reply.margin is not None:
        steady = before is not None and before.margin is not None and abs(before.margin - reply.margin) < _STEADY
        line["margin"] = round(before.margin if steady and before and before.margin is not None else reply.margin, 2)
    if reply.met is False:
        line["met"] = False
    return line


_PART_KEYS = {"part", "of", "key", "file"}
_LINE_KEYS = {"phrase": "phrases", "not": "not", "outside": "phrases", "title": "title"}


def read_baseline(file: Path, name: str) -> Baseline:
    """Return what is in a baseline, which messages call by a name.

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
        """Take one record; whatever Python raises for it, it is none."""
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
            self._usual[_decision_in(line["usual"])] = (str(line.get("said", "")), _ids(line.get("suggests", ())))
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
        decided = _decision_in(line) if "reply" in line else expected(question.key.origin, question.owner)
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


def _decision_in(line: dict[str, Any]) -> Decided:
    return str(line["reply"]), _ids(line.get("intents", ())), str(line.get("group", ""))


def _ids(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
