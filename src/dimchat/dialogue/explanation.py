"""Why a message gets its reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from dimchat.dialogue.interpret.interpretation import Reading
    from dimchat.model import Context, Kind, Word


class Explanation(NamedTuple):
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
        return {name: _plain(value) for name, value in self._asdict().items()}


def _plain(value: object) -> object:
    named = getattr(value, "_asdict", None)
    if named is not None:
        return {name: _plain(part) for name, part in named().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
