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
from dimchat.model import CONVERSATION, SAFETY
from dimchat.quality.compare.changes import CLOSER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dimchat.quality.compare.parts import Part
    from dimchat.quality.compare.questions import Key, Question
    from dimchat.quality.compare.snapshot import Recorded, Snapshot

BASELINE = "tests/baseline.jsonl"
SCHEMA = "dimchat.baseline/1"
_STEADY = CLOSER / 2
"""A margin that moved by less than this stays as it was recorded: every edit moves every margin a little."""

Decided = tuple[str, tuple[str, ...], str]
"""A kind of reply, what it answers, and the outside group that it recognised."""
Usual = tuple[str, tuple[str, ...]]
"""What is said beside the answer, and what is suggested."""


class Blessing(NamedTuple):
    """Why a baseline was replaced."""

    reason: str
    digest: str
    changes: dict[str, int]


class Baseline(NamedTuple):
    """What a baseline holds."""

    snapshot: Snapshot
    blessings: tuple[Blessing, ...] = ()


class Head(NamedTuple):
    """The first record of a baseline."""

    name: str
    version: str
    digest: str


def to_text(snapshot: Snapshot, blessings: Iterable[Blessing] = (), before: Snapshot | None = None) -> str:
    """Return a baseline as text.

    Args:
        snapshot: A pack's own replies.
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
    """Return the first record of a baseline alone.

    Args:
        file: The file.
        name: What to call it.

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
    """Tell whether a part is recorded with what it is replied to."""
    return part.kind in ("phrase", "not", "outside") or (part.kind == "title" and not part.owner.startswith("outside."))


def expected(origin: str, owner: str) -> Decided | None:
    """Return how a line is decided that goes where it belongs; None where that is not one decision.

    Args:
        origin: Where the line comes from.
        owner: The id that it belongs to, or that its case wants.
    """
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
