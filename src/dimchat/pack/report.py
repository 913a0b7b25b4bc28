"""Collects everything that is wrong, so that one run tells it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.model import Place, Problem
from dimchat.pack.rules import RULES

if TYPE_CHECKING:
    from dimchat.model import Severity


class Report:
    """The problems that were found so far."""

    def __init__(self) -> None:
        """Start without problems."""
        self._problems: list[Problem] = []

    def add(self, rule: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a breach of one of the pack's rules, as grave as `RULES` says.

        Args:
            rule: A name from `dimchat.pack.rules.RULES`.
            place: Where it stands.
            message: What is wrong, without a full stop.
            hint: What was probably meant; shown as ", did you mean '...'?".
        """
        self._problems.append(Problem(RULES[rule].severity, place, message, hint, rule))

    def add_other(self, severity: Severity, rule: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a problem under a rule that is not the pack's, such as one for cases."""
        self._problems.append(Problem(severity, place, message, hint, rule))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems by file, line and column, each once."""
        return tuple(sorted(dict.fromkeys(self._problems), key=lambda problem: problem.place))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the errors alone, by file, line and column."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
