"""Why a message gets its reply."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dimchat.model import Candidate, Context, Kind, Word


@dataclass(frozen=True, slots=True)
class Reading:
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


@dataclass(frozen=True, slots=True)
class Explanation:
    """The way of one message to its reply, step by step."""

    question: str
    normalised: str
    words: tuple[Word, ...]
    """How each word was read, by the first candidate of the winning reading."""
    frames: tuple[str, ...]
    """What the opening words say about the message: `follow`, `return`, `correct`, ..."""
    pronouns: tuple[str, ...]
    topics: tuple[str, ...]
    aspects: tuple[str, ...]
    safety: str | None
    """The cue that fired."""
    context: Context
    """What the message could lean on."""
    readings: tuple[Reading, ...]
    floor: float
    margin: float
    decision: str
    """Which reading won, and why, in words."""
    kind: Kind
    intents: tuple[str, ...]
    options: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)
