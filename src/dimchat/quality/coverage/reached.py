"""What the cases of a pack reach when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.quality.runner import Talk, decisive, differences
from dimchat.quality.spread import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue import Assistant
    from dimchat.quality.cases import Item

_NEAR = 3
"""So many of the best other candidates may be near."""
_SHARE = 0.1
"""The part of the best confidence that they must have."""


class Seen(NamedTuple):
    """What one passing item reached."""

    item: Item
    intents: tuple[str, ...]
    phrase: tuple[str, str] | None
    """The intent and the learnt phrase that brought it."""
    sources: frozenset[str]
    options: tuple[str, ...]
    before: tuple[str, ...]
    """What had been answered last, before it."""
    near: tuple[str, ...]
    """What the matcher had near, besides what was answered."""


def seen_by(items: Sequence[Item], assistant: Assistant, *, jobs: int = 1) -> list[Seen]:
    """Return what each item that passes reaches; one that fails, as expected or not, tests nothing.

    Args:
        items: The cases.
        assistant: What they are asked of.
        jobs: How many processes share the work.
    """
    return [seen for seen in spread(_seen, items, _Eyes(assistant), jobs=jobs) if seen is not None]


class _Eyes:
    """An assistant with the conversation so far."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.talk = Talk(assistant)


def _seen(item: Item, eyes: _Eyes) -> Seen | None:
    context = eyes.talk.after(item.after)
    reply, _, explanation = eyes.assistant.study(item.ask, context)
    if any(differences(item.expect, reply)):
        return None
    candidates = decisive(explanation)
    intents = (*reply.intents, reply.about) if reply.about else reply.intents
    least = max((one.confidence for one in candidates), default=0.0) * _SHARE
    own = next((one for one in candidates if one.intent in reply.intents[:1]), None)
    return Seen(
        item,
        intents,
        (own.intent, own.phrase) if own else None,
        frozenset(citation.source for citation in reply.citations),
        tuple(option.intent for option in reply.options),
        context.last,
        tuple(one.intent for one in candidates if one.intent not in intents and one.confidence >= least)[:_NEAR],
    )
