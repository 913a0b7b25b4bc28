"""What came of weighing one message."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.interpret.policy import MOST_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.dialogue.interpret.ellipsis import Completion
    from dimchat.dialogue.interpret.policy import Verdict
    from dimchat.dialogue.understand.analysis import Message
    from dimchat.model import Candidate


_WHY = {"alone": "the message as it stands", "completed": "what it goes on to, by all that speaks for it"}


class Reading(NamedTuple):
    """One way to understand a message."""

    name: str
    """`alone`, or `completed` from the context or the vocabulary."""
    text: str
    """What was ranked, or the intent that was named outright."""
    why: str
    """How the reading came about."""
    verdict: str
    """What it would lead to, in words."""
    candidates: tuple[Candidate, ...] = ()
    won: bool = False


class Finding(NamedTuple):
    """What came of one message."""

    verdict: Verdict
    message: Message
    candidates: tuple[Candidate, ...]
    """Of the winning reading."""
    readings: tuple[Reading, ...] = ()
    completion: Completion | None = None
    """Where it won."""
    spelling: Mapping[str, str] = MappingProxyType({})
    """Words that the matcher does not know, with what it takes them for."""
    strange: frozenset[str] = frozenset()
    """Words that belong to something else than the pack."""
    final: bool = False
    """Nothing that was said before can change it."""

    @property
    def answers(self) -> bool:
        """Tell whether it leads to an answer."""
        return self.verdict.kind == "answer"


def chosen(findings: Sequence[Finding], winner: Finding) -> Finding:
    """Return the finding that won, with all that it was chosen from."""
    names = ("alone", "completed")
    readings = tuple(
        _reading(name, finding, won=finding is winner) for name, finding in zip(names, findings, strict=False)
    )
    return winner._replace(readings=readings)


def _reading(name: str, finding: Finding, *, won: bool) -> Reading:
    completion, verdict = finding.completion, finding.verdict
    ids = ", ".join(verdict.ids) or verdict.outside or ""
    return Reading(
        name=name,
        text=(completion.target if completion else None) or finding.message.text,
        why=completion.why if completion else _WHY[name],
        verdict=f"{verdict.kind} {ids}: {verdict.why}" if ids else f"{verdict.kind}: {verdict.why}",
        candidates=finding.candidates[:MOST_OPTIONS],
        won=won,
    )
