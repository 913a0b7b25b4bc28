"""Which files hold cases: one list for `dimchat test`, `check` and pytest, so that they cannot differ.

A folder is searched all the way down. Names that begin with a dot are left out, as everywhere in a pack.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.files.disk import printable, reason
from dimchat.model import Place
from dimchat.pack.folder import few_enough
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.pack.rules import Report

CASES_FOLDER = "tests/cases"
ENDING = ".yaml"
DEEPEST = 32
"""So many folders may lie in each other."""
_ALIKE = frozenset({".yaml", ".yml"})
"""Endings, in any case of letters, of what somebody meant as a file of cases."""


def case_files(paths: Iterable[Path], root: Path, report: Report) -> list[Path]:
    """Return the files of cases in files and folders, each once, in order.

    Reported as errors: a path that leads to no case, a file whose name only resembles one of cases, a link that leads
    out of the pack or back into itself, and what cannot be read. So a case that is there is on the list, or an error.

    Args:
        paths: Files, or folders to search; none for the pack's own folder of cases, where none is no error.
        root: The folder of the pack, which names in the report are relative to.
        report: Where to say what is wrong.
    """
    named = [_straight(path) for path in paths]
    found: dict[Path, None] = {}
    for path in named or [root.absolute() / CASES_FOLDER]:
        search = _Search(root, path, report)
        files = search.files()
        found.update(dict.fromkeys(files))
        if named and not files and not search.complained:
            search.complain(path, wording.NO_CASE_FILE)
    return few_enough(list(found), Place(f"{CASES_FOLDER}/"), report)


def case_name(file: Path, root: Path) -> str:
    """Return the name of a file as reports show it: relative to the folder of the pack."""
    return Path(os.path.relpath(file, root)).as_posix()


class _Search:
    """Looks for the files of one path."""

    def __init__(self, root: Path, path: Path, report: Report) -> None:
        self._root = root
        self._path = path
        self._report = report
        self._homes = (_real(path), _real(root))
        self.complained = False

    def files(self) -> list[Path]:
        """Return the files that the path leads to."""
        if self._path.is_relative_to(self._root.absolute()) and not self._homes[0].is_relative_to(self._homes[1]):
            self.complain(self._path, wording.LINK_OUT)
            return []
        try:
            if self._path.is_dir():
                return list(self._below(self._path, (_real(self._path),)))
            self._path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.complain(self._path, wording.CANNOT_LOOK.format(why=reason(error)))
            return []
        if self._path.suffix == ENDING:
            return [self._path] if self._is_file(self._path) else []
        self.complain(self._path, wording.NOT_A_CASE_FILE)
        return []

    def complain(self, path: Path, message: str) -> None:
        """Report an error about a path."""
        self.complained = True
        self._report.add_other("error", "case-file", Place(printable(case_name(path, self._root))), message)

    def _below(self, folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
        """Yield the files below a folder.

        Args:
            folder: Where to look.
            above: It and the folders that led to it, without links, so that no link leads round in a circle.
        """
        if len(above) > DEEPEST:
            self.complain(folder, wording.TOO_DEEP.format(most=DEEPEST))
            return
        try:
            entries = [(entry, entry.is_dir()) for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]
        except OSError as error:
            self.complain(folder, wording.CANNOT_LOOK.format(why=reason(error)))
            return
        for entry, is_folder in entries:
            if is_folder:
                yield from self._inside(entry, above)
            elif entry.suffix == ENDING:
                if self._stays(entry) and self._is_file(entry):
                    yield entry
            elif entry.suffix.lower() in _ALIKE:
                self.complain(entry, wording.MISNAMED_CASE_FILE.format(name=printable(entry.stem + ENDING)))

    def _inside(self, folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
        if not folder.is_symlink():
            yield from self._below(folder, (*above, above[-1] / folder.name))
        elif self._stays(folder):
            target = _real(folder)
            if target in above:
                self.complain(folder, wording.LINK_IN_CIRCLE)
            else:
                yield from self._below(folder, (*above, target))

    def _is_file(self, path: Path) -> bool:
        if path.is_file():
            return True
        self.complain(path, wording.NO_FILE)
        return False

    def _stays(self, path: Path) -> bool:
        """Tell whether a path leads to a place in the pack, or below what was named outside it; complain where not."""
        if not path.is_symlink() or any(_real(path).is_relative_to(home) for home in self._homes):
            return True
        self.complain(path, wording.LINK_OUT)
        return False


def _straight(path: Path) -> Path:
    """Return the whole path; one with `..` in it without its links, of which `..` would lead elsewhere."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _real(path: Path) -> Path:
    """Return where a path leads, links followed; `Path.resolve` raises where they go in a circle."""
    return Path(os.path.realpath(path))
