"""What an import wrote, kept in the pack: so that the next one tells a curator's edits from its own words.

`imports/NAME.jsonl` has a line for the file and one for each entry: its key, its id, what was written, and, where a
pack cannot hold it byte by byte, the answer as it stood in the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.naming import numbered, stem_of
from dimchat.files import disk, json_text
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

FOLDER = "imports"
SCHEMA = "dimchat.import/1"
_MOST = 64 * 1024 * 1024


@dataclass(slots=True)
class Kept:
    """What is known of one entry of an earlier import."""

    id: str
    made: dict[str, Any]
    """What was written, by key of the intent and the answer; of long texts a digest."""
    raw: list[str] = field(default_factory=list)
    """The answers as they stood in the file, where the pack holds them otherwise."""
    markup: str = "markdown"
    extra: dict[str, Any] = field(default_factory=dict)
    """What the format has and the pack has no place for."""
    gone: bool = False
    """Whether it was no longer in the file the last time."""


@dataclass(slots=True)
class Ledger:
    """What the imports of one file wrote."""

    name: str
    """Of its file in `imports/`, without the ending."""
    format: str
    file: str
    entries: dict[str, Kept] = field(default_factory=dict)
    """By key."""

    def to_bytes(self) -> bytes:
        """Return the file's bytes."""
        lines: list[dict[str, Any]] = [{"schema": SCHEMA, "format": self.format, "file": self.file}]
        for key, kept in self.entries.items():
            line: dict[str, Any] = {"key": key, "id": kept.id, "made": kept.made}
            if kept.raw:
                line["raw"] = kept.raw
            if kept.markup != "markdown":
                line["markup"] = kept.markup
            if kept.extra:
                line["extra"] = kept.extra
            if kept.gone:
                line["gone"] = True
            lines.append(line)
        return "".join(f"{json_text.dumps(line)}\n" for line in lines).encode()


def ledgers_in(root: Path) -> list[Ledger]:
    """Return the ledgers of a pack.

    Raises:
        UsageError: One cannot be read.
    """
    folder = root / FOLDER
    return [_read(path) for path in sorted(folder.glob("*.jsonl"))] if folder.is_dir() else []


def _read(path: Path) -> Ledger:
    try:
        data = disk.read(path, _MOST)
        lines = [json_text.loads(line) for line in (data or b"").decode().splitlines() if line.strip()]
        return _of_lines(path.stem, lines)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise UsageError(wording.BAD_LEDGER.format(file=path, why=wording.NO_LEDGER)) from error


def _of_lines(name: str, lines: list[dict[str, Any]]) -> Ledger:
    head = lines[0]
    if head["schema"] != SCHEMA:
        raise ValueError(wording.NO_LEDGER)
    ledger = Ledger(name, str(head["format"]), str(head["file"]))
    for one in lines[1:]:
        ledger.entries[str(one["key"])] = Kept(
            str(one["id"]),
            dict(one["made"]),
            [str(text) for text in one.get("raw", ())],
            str(one.get("markup", "markdown")),
            dict(one.get("extra", {})),
            gone=one.get("gone") is True,
        )
    return ledger


def ledger_for(ledgers: Iterable[Ledger], format_: str, file: str, keys: Collection[str]) -> Ledger:
    """Return the ledger that an import goes on with: of the same format, the one with which it shares most keys.

    So a file may have another name every week. Where none shares a key, it is a new one.
    """
    there = list(ledgers)
    shared = [(sum(key in ledger.entries for key in keys), ledger) for ledger in there if ledger.format == format_]
    count, found = max(shared, key=lambda pair: pair[0], default=(0, None))
    if found is not None and count:
        return Ledger(found.name, format_, file, dict(found.entries))
    stem = stem_of(file.rpartition(".")[0] or file) or "file"
    return Ledger(numbered(stem, [ledger.name for ledger in there]), format_, file)


def mark(value: Any) -> Any:  # noqa: ANN401 - a text, a list or a mapping
    """Return what a ledger keeps of a value, whether it is about to be written or was read."""
    if value in (None, [], {}):
        return None
    if isinstance(value, list) and all(isinstance(one, str) and "\n" not in one for one in value):
        return list(value)
    return _digest(_stripped(value))


def three_ways(
    was: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], keys: Iterable[str]
) -> tuple[dict[str, Any], list[str]]:
    """Return the values to be changed, and the keys that were edited here and changed in the file.

    Args:
        was: What the import before wrote, as `mark` has it.
        ours: What stands in the pack.
        theirs: What the file says now.
        keys: What to compare.
    """
    changed: dict[str, Any] = {}
    edited = []
    for key in keys:
        before, here, now = was.get(key), ours.get(key), theirs.get(key)
        if mark(now) == before or mark(here) == mark(now):
            continue
        if key == "phrases":
            phrases = _joined(before or [], list(here or ()), now or [])
            if phrases != list(here or ()):
                changed[key] = phrases or None
        elif mark(here) == before:
            changed[key] = now
        else:
            edited.append(key)
    return changed, edited


def _joined(was: list[str], here: list[Any], now: list[str]) -> list[Any]:
    """Return the phrases of the pack with those that the file has got, without those that it has lost."""
    texts = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in here]
    left = [one for one, text in zip(here, texts, strict=True) if text in now or text not in was]
    return [*left, *(text for text in now if text not in was and text not in texts)]


def _stripped(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return a value as it is read: no empty lines at the end of a block."""
    if isinstance(value, dict):
        return {key: _stripped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_stripped(one) for one in value]
    return str(value).strip("\n") if isinstance(value, str) else value


def _digest(value: object) -> str:
    """Return what two values have in common only if they are the same: a short text stays itself."""
    if isinstance(value, str) and len(value) <= _SHORT:
        return value
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


_SHORT = 80
