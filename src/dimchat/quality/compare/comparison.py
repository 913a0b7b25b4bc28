"""Two states of a pack compared: what was done, and what it did to the replies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dimchat.quality.compare.causes import with_causes
from dimchat.quality.compare.changes import CLASSES, Change, Class, changes_between
from dimchat.quality.compare.edits import Edit, edits_between
from dimchat.quality.compare.snapshot import Opened, snapshot

if TYPE_CHECKING:
    from collections.abc import Collection

    from dimchat.quality.compare.snapshot import Snapshot


class Comparison(NamedTuple):
    """What differs between two states."""

    old: Snapshot
    new: Snapshot
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]

    @property
    def counts(self) -> dict[Class, int]:
        """Return how many changes there are of each class, also those that are it beside another."""
        found = Counter(name for change in self.changes for name in change.classes)
        return {name: found[name] for name in CLASSES if found[name]}

    def fails(self, classes: Collection[str]) -> bool:
        """Tell whether one of these classes is there."""
        return any(change.classes & set(classes) for change in self.changes)


def compared(old: Opened | Snapshot, new: Opened, *, jobs: int = 1) -> Comparison:
    """Ask two states the same, and return what differs.

    Args:
        old: A pack at hand, or a baseline.
        new: The pack that it became.
        jobs: How many processes share the work.
    """
    before = old if not isinstance(old, Opened) else snapshot(old, new.questions.values(), jobs=jobs)
    after = snapshot(new, before.questions.values(), jobs=jobs)
    edits = edits_between(before, after)
    changes = with_causes(changes_between(before, after), edits, before, after)
    return Comparison(before, after, tuple(changes), tuple(edits))
