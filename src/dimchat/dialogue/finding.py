"""What came of weighing one message."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.dialogue.decide import Verdict
    from dimchat.dialogue.explanation import Reading
    from dimchat.dialogue.message import Message
    from dimchat.dialogue.resolve import Completion
    from dimchat.model import Candidate


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
