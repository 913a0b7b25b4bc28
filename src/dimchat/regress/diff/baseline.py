"""The baseline: a pack's replies in a file that stands beside its cases and is read in reviews.

A record a line, in the order in which cases and phrases stand and without line numbers, so that an
edit shows as the lines that it really changed.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.errors import UsageError
from dimchat.match import container
from dimchat.model import Place
from dimchat.regress.cases import Expectation, Item
from dimchat.regress.diff.changes import CLOSER
from dimchat.regress.diff.parts import Part
from dimchat.regress.diff.probes import ORIGINS, Key, Probe, line_item
from dimchat.regress.diff.snapshot import Recorded, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BASELINE = "tests/baseline.jsonl"
SCHEMA = "dimchat.baseline/1"
_LINE_KEYS = {"phrase": "phrases", "not": "not", "outside": "phrases", "title": "title"}
_STEADY = CLOSER / 2
"""A margin that moved by less than this stays as it was recorded: every edit moves every margin a little."""


class Blessing(NamedTuple):
    """Why a baseline was replaced."""

    reason: str
    digest: str
    changes: dict[str, int]


class Baseline(NamedTuple):
    """What a baseline holds."""

    snapshot: Snapshot
    blessings: tuple[Blessing, ...] = ()


def to_text(snapshot: Snapshot, blessings: Iterable[Blessing] = (), before: Snapshot | None = None) -> str:
    """Return a baseline as text.

    Args:
        snapshot: A pack's own replies.
        blessings: Why it became what it is, the oldest first.
        before: What was recorded before; margins that hardly moved are kept from it.
    """
    parts = [part for part in snapshot.parts if not _from_replies(part)]
    replies = [(probe, snapshot.replies[key]) for key, probe in snapshot.probes.items()]
    usual = _usual(reply for _, reply in replies)
    head = {
        "schema": SCHEMA,
        "pack": snapshot.name,
        "version": snapshot.version,
        "digest": snapshot.digest,
        "parts": len(parts),
        "replies": len(replies),
    }
    lines: list[dict[str, Any]] = [head]
    lines += [{"blessed": one.reason, "digest": one.digest, "changes": one.changes} for one in blessings]
    files = {part.owner: part.place.file for part in snapshot.parts if _from_replies(part)}
    lines += [{"id": name, "file": file} for name, file in files.items()]
    lines += [
        {"part": part.kind, "of": part.owner, "key": part.key, "text": part.text, "file": part.place.file}
        for part in parts
    ]
    lines += [{"usual": list(ids), "suggests": list(suggested)} for ids, suggested in usual.items()]
    kept = before.replies if before else {}
    lines += [_reply_line(probe, reply, usual, kept.get(probe.key)) for probe, reply in replies]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def write_baseline(file: Path, text: str) -> None:
    """Write a baseline, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    container.write_file(file, text.encode("utf-8", "surrogatepass"))


def read_baseline(file: Path, name: str) -> Baseline:
    """Return what a baseline holds.

    Args:
        file: The file.
        name: What to call it.

    Raises:
        UsageError: It cannot be read, is no baseline, or is not whole.
    """
    try:
        lines = file.read_bytes().decode("utf-8", "surrogatepass").split("\n")
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{name}: this is no baseline: it is no UTF-8") from None
    reader = _Reader(name)
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                reader.take(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise UsageError(f"{name}:{number}: this line is no record of a baseline: {error}") from None
    return reader.finished()


def _from_replies(part: Part) -> bool:
    """Tell whether a part is recorded with what it is replied to."""
    return part.kind in ("phrase", "not", "outside") or (part.kind == "title" and not part.owner.startswith("outside."))


def _usual(replies: Iterable[Recorded]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return, for what is answered, what is suggested most often after it."""
    found: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for reply in replies:
        if reply.kind == "answer":
            found.setdefault(reply.intents, Counter())[reply.suggestions] += 1
    return {ids: max(counts, key=lambda one: (counts[one], one)) for ids, counts in sorted(found.items())}


def _reply_line(
    probe: Probe, reply: Recorded, usual: dict[tuple[str, ...], tuple[str, ...]], before: Recorded | None
) -> dict[str, Any]:
    origin = probe.key.origin
    line: dict[str, Any] = {origin: probe.key.owner if origin == "case" else probe.owner}
    if origin == "case" and probe.owner:
        line["wants"] = probe.owner
    if probe.item.after:
        line["after"] = list(probe.item.after)
    line |= {"ask": probe.item.ask, "reply": reply.kind}
    for name in ("intents", "options"):
        if getattr(reply, name):
            line[name] = list(getattr(reply, name))
    # "outside" is what a line of such a group is called here, so the group that was recognised needs another name.
    for name, value in (("about", reply.about), ("group", reply.outside), ("said", reply.said)):
        if value:
            line[name] = value
    if reply.suggestions != (usual.get(reply.intents, ()) if reply.kind == "answer" else ()):
        line["suggests"] = list(reply.suggestions)
    if reply.margin is not None:
        steady = before is not None and before.margin is not None and abs(before.margin - reply.margin) < _STEADY
        line["margin"] = round(before.margin if steady and before and before.margin is not None else reply.margin, 2)
    if not reply.met:
        line["met"] = False
    return line


class _Reader:
    """Takes the records of a baseline in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._head: dict[str, Any] = {}
        self._blessings: list[Blessing] = []
        self._files: dict[str, str] = {}
        self._parts: list[Part] = []
        self._usual: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._lines: list[Part] = []
        self._probes: dict[Key, Probe] = {}
        self._replies: dict[Key, Recorded] = {}

    def take(self, line: dict[str, Any]) -> None:
        """Take one record.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: It is none.
        """
        if not self._head:
            if line["schema"] != SCHEMA:
                raise ValueError(f"schema {SCHEMA} was expected")
            self._head = line
        elif "blessed" in line:
            changes = {str(name): int(count) for name, count in line["changes"].items()}
            self._blessings.append(Blessing(str(line["blessed"]), str(line["digest"]), changes))
        elif "part" in line:
            place = Place(str(line["file"]))
            kind, owner, key, text = (str(line[name]) for name in ("part", "of", "key", "text"))
            self._parts.append(Part(kind, owner, key, text, place))
        elif "usual" in line:
            self._usual[_ids(line["usual"])] = _ids(line["suggests"])
        elif "id" in line:
            self._files[str(line["id"])] = str(line["file"])
        else:
            self._reply(line)

    def _reply(self, line: dict[str, Any]) -> None:
        name, owner = next(iter(line.items()))
        origin = next((one for one in ORIGINS if one == name), None)
        if origin is None:
            raise ValueError(f"unknown record {name!r}")
        text, after = str(line["ask"]), _ids(line.get("after", ()))
        if origin == "case":
            expect = Expectation(intent=line.get("wants"))
            probe = Probe(
                Key(origin, owner, after, text), Item(Place(owner), text, expect, after=after), line.get("wants", "")
            )
        else:
            place = Place(self._files.get(owner, ""))
            key = Key(origin, owner if origin in ("title", "not") else "", after, text)
            probe = Probe(key, line_item(origin, owner, text, place), owner)
            self._lines.append(Part(origin, owner, _LINE_KEYS[origin], text, place))
        while probe.key in self._probes:
            probe = probe._replace(key=probe.key._replace(turn=probe.key.turn + 1))
        kind, intents = str(line["reply"]), _ids(line.get("intents", ()))
        usual = self._usual.get(intents, ()) if kind == "answer" else ()
        self._probes[probe.key] = probe
        self._replies[probe.key] = Recorded(
            kind=kind,
            intents=intents,
            about=line.get("about"),
            outside=line.get("group"),
            options=_ids(line.get("options", ())),
            suggestions=_ids(line["suggests"]) if "suggests" in line else usual,
            said=str(line.get("said", "")),
            margin=float(line["margin"]) if "margin" in line else None,
            met=bool(line.get("met", True)),
        )

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
            probes=self._probes,
            replies=self._replies,
            placed=False,
        )
        return Baseline(snapshot, tuple(self._blessings))


def _ids(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
