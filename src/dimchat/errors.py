"""The exceptions that dimchat raises on purpose, each with a message fit for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.model import Problem

PROBLEMS_MOST = 100
"""How many problems of one file are listed; a file that is garbage has as many as it has lines."""


class DimchatError(Exception):
    """The root of dimchat's own exceptions; its text can be shown as it is."""


class PackError(DimchatError):
    """A pack that cannot be loaded; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, in the order in which a person should read them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(line) for line in listed(self.problems)))


def meant(name: str | None) -> str:
    """Return the end of a message that says what was probably meant: nothing where `name` is None.

    >>> f"there is no key 'titel'{meant('title')}"
    "there is no key 'titel', did you mean 'title'?"
    """
    return f", did you mean {name!r}?" if name else ""


def listed(problems: Sequence[Problem]) -> Iterator[Problem | str]:
    """Yield the problems in order; of a file with very many, the first ones, and at the end a line counting the rest.

    Args:
        problems: in any order.
    """
    seen: dict[str, int] = {}
    for problem in problems:
        file = problem.place.file
        seen[file] = seen.get(file, 0) + 1
        if seen[file] <= PROBLEMS_MOST:
            yield problem
    for file, count in seen.items():
        if count > PROBLEMS_MOST:
            yield f"{file}: and {count - PROBLEMS_MOST:,} more problems"


class CaseError(PackError):
    """Regression cases that cannot be read; `problems` holds everything that is wrong."""


class IndexFileError(DimchatError):
    """A saved matcher or index that is damaged, foreign or of another version."""


class UsageError(DimchatError):
    """Input from the command line or from a file that makes no sense."""


class SettingsError(DimchatError):
    """A file of settings that cannot be read or says something that makes no sense."""


class JournalError(DimchatError):
    """A journal that cannot be opened, read or written, or an address that names none."""
