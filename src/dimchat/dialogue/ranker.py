"""What the dialogue needs of a matcher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dimchat.model import Candidate


class Ranker(Protocol):
    """Anything that finds candidates for a text; `dimchat.match.Matcher` is one."""

    def rank(self, text: str, limit: int = 5) -> list[Candidate]:
        """Return at most `limit` candidates, best first."""
        ...
