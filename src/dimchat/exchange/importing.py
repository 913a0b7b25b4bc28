"""`dimchat import` from the file to the pack: read, place, merge, check, write, and see which of its own cases pass."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dimchat.errors import PackError, UsageError
from dimchat.exchange.ledger import FOLDER, ledger_for, ledgers_in
from dimchat.exchange.merge import merge
from dimchat.files import disk
from dimchat.files.yaml.write import dumped
from dimchat.index import tune_if_small
from dimchat.pack.folder import LOGO, PACK_FILE, find_pack, names_of, read_all
from dimchat.pack.load import checked
from dimchat.pack.rules import Report
from dimchat.quality.start.new_pack import check_free, common
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase
    from dimchat.exchange.ledger import Ledger
    from dimchat.exchange.merge import Merged
    from dimchat.quality.start.new_pack import Head


@dataclass(slots=True)
class Import:
    """An import that is worked out and not yet written."""

    base: KnowledgeBase
    merged: Merged
    root: Path
    new: bool
    """Whether the pack is made by it."""
    ledger: Ledger
    files: dict[str, bytes] = field(default_factory=dict)
    """What will be written, by name in the pack."""


def plan(base: KnowledgeBase, root: Path, about: Head) -> Import:
    """Return what an import into a folder does; nothing is written.

    Args:
        base: What the file says.
        root: The folder of a pack, or of one that is to be made.
        about: What a new pack is called, and the day.

    Raises:
        PackError: The pack that is there has errors.
        UsageError: The folder holds something else, or nothing of the file can be placed.
    """
    new = not os.path.lexists(root / PACK_FILE)
    if new:
        check_free(root)
        if not any(entry.role == "answer" for entry in base.entries):
            _as_answers(base)
        before = {name: text.encode() for name, text in _head(base, about).items()}
        ledgers: list[Ledger] = []
    else:
        before = _files_of(root)
        ledgers = ledgers_in(root)
    keys = {entry.key for entry in base.entries}
    ledger = ledger_for(ledgers, base.format, base.file, keys)
    merged = merge(base, before, ledger, about.marks["@TODAY@"])
    if not merged.placed and not merged.changes:
        raise NothingPlacedError(base)
    files = {**(before if new else {}), **merged.files}
    _check({**before, **files})
    files[f"{FOLDER}/{ledger.name}.jsonl"] = ledger.to_bytes()
    return Import(base, merged, root, new, ledger, files)


class NothingPlacedError(UsageError):
    """Nothing of a file could be placed; the knowledge base says why."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Say which file it is."""
        super().__init__(wording.NOTHING_PLACED.format(file=base.file))
        self.base = base


def _as_answers(base: KnowledgeBase) -> None:
    """Make answers of small talk in a file that has nothing else: a pack needs a category."""
    talk = [entry for entry in base.entries if entry.role == "talk"]
    for entry in talk:
        entry.role, entry.category = "answer", entry.category or wording.SMALL_TALK
    if talk:
        base.lose(base.file, wording.TALK_ALONE.format(category=wording.SMALL_TALK), dropped=False)


def _files_of(root: Path) -> dict[str, bytes]:
    """Return the YAML files of a pack by name."""
    report = Report()
    found = read_all(find_pack(root), names_of(root, report), report)
    if report.errors:
        raise PackError(report.errors)
    return {name: data for name, data in found.items() if name.endswith(".yaml")}


def _head(base: KnowledgeBase, about: Head) -> dict[str, str]:
    """Return the files of a new pack before anything is put in."""
    said = {"welcome": base.welcome[:1], "unknown": base.fallback[:1]}
    words = {key: " ".join(text.split()) for key, texts in said.items() for text in texts}
    head: dict[str, Any] = {
        "format": "2",
        "name": about.name,
        "title": about.title,
        "version": about.marks["@VERSION@"],
        "language": base.language or "en",
        "profile": "faq",
        **({"words": words} if words else {}),
    }
    return {**common(about), PACK_FILE: dumped(head)}


def _check(files: Mapping[str, bytes]) -> None:
    """Raise PackError where the files are no pack."""
    report = Report()
    names = [
        name for name in files if name in (PACK_FILE, LOGO) or name.startswith(("intents/", "answers/", "tables/"))
    ]
    checked(names, {name: files[name] for name in names}, report)
    if report.errors:
        raise PackError(report.errors)


def write(planned: Import) -> bool:
    """Write an import: a new pack whole or not at all, a pack that is there file by file; return whether it is tuned.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        if planned.new:
            _write_new(planned.root, planned.files)
        else:
            for name, data in sorted(planned.files.items()):
                path = planned.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                disk.write(path.resolve(), data)
        return tune_if_small(planned.root)
    except OSError as error:
        raise UsageError(wording.CANNOT_WRITE.format(folder=planned.root, why=disk.reason(error))) from error


def _write_new(root: Path, files: Mapping[str, bytes]) -> None:
    root.parent.mkdir(parents=True, exist_ok=True)
    draft = root.parent / f".dimchat-{os.getpid()}-{os.urandom(4).hex()}"  # with the mode that the umask leaves
    draft.mkdir()
    try:
        for name, data in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if root.is_dir():
            for path in sorted(draft.iterdir()):
                shutil.move(path, root / path.name)
        else:
            draft.rename(root)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
