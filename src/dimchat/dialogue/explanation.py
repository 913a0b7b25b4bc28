"""The explanation of a reply: each step from the message to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.model import Word

if TYPE_CHECKING:
    from dimchat.dialogue.interpret.interpretation import Interpretation, Reading
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analysis
    from dimchat.model import Context, Kind, Reply


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
    slots: tuple[str, ...] = ()
    """What was named of slots, with what it stands for and how it was found."""
    rows: tuple[str, ...] = ()
    """The rows of tables that the reply shows."""
    reason: str | None = None
    """Of a decline: the message that gives the reason."""

    @classmethod
    def of(
        cls, analysis: Analysis, context: Context, meant: Interpretation, thresholds: Thresholds, reply: Reply
    ) -> Self:
        """Gather what the stages found on the way of a message to its reply."""
        first = meant.hypotheses[0] if meant.hypotheses else None
        message = first.message if first else analysis.message
        ranked = first.candidates[:1] if first else ()
        return cls(
            question=analysis.text,
            normalised=" ".join(analysis.tokens),
            words=ranked[0].words if ranked else tuple(Word(t, t, "same", 0.0) for t in analysis.tokens),
            frames=tuple(message.frames),
            pronouns=tuple(message.words[at] for at in message.pronouns),
            topics=message.topic_ids,
            aspects=message.aspect_ids,
            slots=tuple(f"{m.typed} as {m.slot} {' or '.join(m.values)} ({m.how})" for m in analysis.mentions),
            safety=meant.cue,
            context=context,
            readings=tuple(reading for hypothesis in meant.hypotheses for reading in hypothesis.readings),
            floor=thresholds.floor,
            margin=thresholds.margin,
            decision=meant.why,
            kind=reply.kind,
            intents=reply.intents,
            options=tuple(option.intent for option in reply.options),
            reason=reply.reason,
            rows=tuple(f"{row.table}: {', '.join(cell for _, cell in row.key)}" for row in reply.rows),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {name: _plain(value) for name, value in self._asdict().items()}


def _plain(value: object) -> object:
    named = getattr(value, "_asdict", None)
    if named is not None:
        return {name: _plain(part) for name, part in named().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
