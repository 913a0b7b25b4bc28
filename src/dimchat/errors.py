"""The exceptions that dimchat raises on purpose, each with a message fit for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.model import Problem


class DimchatError(Exception):
    """The root of dimchat's own exceptions; its text can be shown as it is."""


class PackError(DimchatError):
    """A pack that cannot be loaded; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, in the order in which a person should read them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CaseError(PackError):
    """Regression cases that cannot be read; `problems` holds everything that is wrong."""


class IndexFileError(DimchatError):
    """A saved matcher or index that is damaged, foreign or of another version."""


class UsageError(DimchatError):
    """Input from the command line or from a file that makes no sense."""
