"""Which items failed when they were last run, kept between runs beside the prebuilt indexes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from dimchat.files import disk
from dimchat.files.json_text import dumps
from dimchat.index.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Outcome

Key = tuple[str, ...]


def load_failed(root: Path) -> frozenset[Key]:
    """Return the keys of the items of a pack that failed when they were last run; a file that is damaged holds none."""
    file = state_file(root)
    if file is None:
        return frozenset()
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    rows = found.get("failed") if isinstance(found, dict) else None
    keys = rows if isinstance(rows, list) else []
    return frozenset(tuple(map(str, key)) for key in keys if isinstance(key, list))


def save_failed(root: Path, outcomes: Iterable[Outcome]) -> bool:
    """Note which items failed; what was not run this time stays as it was.

    Returns:
        Whether that could be written.
    """
    file = state_file(root)
    if file is None:
        return False
    before = load_failed(root)
    run = {key_of(outcome.item): outcome.ok for outcome in outcomes}
    failed = (before - run.keys()) | {key for key, ok in run.items() if not ok}
    if failed == before:
        return True
    data = {"pack": str(root.resolve()), "failed": sorted(map(list, failed))}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write(file, f"{dumps(data, indent=1)}\n".encode(), durable=False)
    except OSError:
        return False
    return True


def failed_first(items: Sequence[Item], failed: frozenset[Key]) -> list[Item]:
    """Return the items with those that failed before the others; otherwise in the order in which they stand."""
    return sorted(items, key=lambda item: key_of(item) not in failed)


def key_of(item: Item) -> Key:
    """Return what tells an item from others, whatever line it moves to."""
    return (item.place.file, *item.after, item.ask)


def state_file(root: Path) -> Path | None:
    """Return the file of a pack, or None where there is no folder for caches."""
    folder = cache_folder()
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return None if folder is None else folder / f"failed-{name}.json"
