"""Starting a pack: from an example that passes everything, or from a table of questions and answers."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import UsageError
from dimchat.index import calibrate_pack, write_calibration
from dimchat.quality.cases import CASES_FOLDER
from dimchat.wording import start as wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

TEMPLATE = Path(__file__).with_name("template")
_PLACES = {
    "cases/library.yaml": f"{CASES_FOLDER}/library.yaml",
    "workflow.yml": ".github/workflows/pack.yml",
}
"""Where files of the template go that do not keep their name."""
_EVERYWHERE = {
    "README.md": "README.md",
    "workflow.yml": _PLACES["workflow.yml"],
}
"""What a pack from a table gets of the template, and where it goes."""


class Head(NamedTuple):
    """The name, title and dates of a new pack."""

    name: str
    title: str
    today: date

    @property
    def marks(self) -> Mapping[str, str]:
        """Return what stands in the template, and what takes its place."""
        year = self.today.year + 1
        # The 29th of February has no next year.
        day = min(self.today.day, 28) if self.today.month == 2 else self.today.day  # noqa: PLR2004
        return {
            "@NAME@": self.name,
            "@TITLE@": quoted(self.title),
            "@VERSION@": self.today.strftime("%Y.%m.%d"),
            "@TODAY@": self.today.isoformat(),
            "@NEXT_YEAR@": self.today.replace(year=year, day=day).isoformat(),
        }


def head(folder: Path, title: str | None, today: date) -> Head:
    """Return what a pack in a folder is called: its folder's name as far as a name allows, by default in words.

    Raises:
        UsageError: The title holds what no line can hold.
    """
    stem = folder.resolve().name
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._") or "pack"
    words = " ".join((title or re.sub(r"[\W_]+", " ", stem)).split()) or name
    if not words.isprintable():
        raise UsageError(wording.BAD_TITLE.format(title=title))
    return Head(name, words if title else words[0].upper() + words[1:], today)


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def example(about: Head) -> dict[str, str]:
    """Return the files of the example by name."""
    found = {}
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file():
            name = path.relative_to(TEMPLATE).as_posix()
            found[_PLACES.get(name, name)] = filled(path, about)
    return found


def common(about: Head) -> dict[str, str]:
    """Return the files that every new pack gets."""
    return {place: filled(TEMPLATE / name, about) for name, place in _EVERYWHERE.items()}


def filled(path: Path, about: Head) -> str:
    """Return the text of a file of the template with its marks replaced."""
    text = path.read_text(encoding="utf-8")
    plain = {"@TITLE@": about.title} if path.suffix == ".md" else {}
    for mark, value in {**about.marks, **plain}.items():
        text = text.replace(mark, value)
    return text


def check_free(folder: Path) -> None:
    """Raise UsageError where a new pack cannot go: the folder holds something, or is no folder."""
    if folder.is_dir():
        found = sorted(path.name for path in folder.iterdir() if path.name != ".git")
        if found:
            raise UsageError(wording.NOT_EMPTY.format(folder=folder, file=found[0]))
    elif folder.exists() or folder.is_symlink():
        raise UsageError(wording.NO_FOLDER.format(folder=folder))


def write_pack(folder: Path, files: Mapping[str, str]) -> None:
    """Write a new pack with its calibration, whole or not at all, into a folder that is not there or holds only `.git`.

    Raises:
        UsageError: It cannot be written.
        PackError: What was written is no pack.
    """
    check_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = folder.parent / f".dimchat-{os.getpid()}-{os.urandom(4).hex()}"  # with the mode that the umask leaves
        draft.mkdir()
    except OSError as error:
        raise UsageError(wording.CANNOT_WRITE.format(folder=folder, why=error.strerror)) from error
    try:
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        write_calibration(draft, calibrate_pack(draft))
        if folder.is_dir():
            for path in sorted(draft.iterdir()):
                shutil.move(path, folder / path.name)
        else:
            draft.rename(folder)
    except OSError as error:
        raise UsageError(wording.CANNOT_WRITE.format(folder=folder, why=error.strerror)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
