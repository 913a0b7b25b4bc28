"""Notes as workflow commands of GitHub Actions, which stand beside their line in a pull request.

Their form: docs.github.com, Workflow commands for GitHub Actions, "Setting an error message". GitHub shows ten of each
level for a step, so the gravest belong first.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dimchat.model import Place

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
"""The gravest first."""


class Note(NamedTuple):
    """What is to be said beside a line."""

    level: Level
    place: Place
    title: str
    text: str


def to_annotations(notes: Iterable[Note], root: Path, start: Path) -> Iterator[str]:
    """Yield a line for each note, the gravest first.

    Args:
        notes: What is to be said.
        root: The folder of the pack, which the places are relative to.
        start: The folder of the checkout, which GitHub's are.
    """
    for note in sorted(notes, key=lambda one: LEVELS.index(one.level)):
        file = os.path.relpath(root / note.place.file, start).replace(os.sep, "/")
        yield (
            f"::{note.level} file={_property(file)},line={note.place.line},col={note.place.column},"
            f"title={_property(note.title)}::{_data(note.text)}"
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
