"""What a message that leans on the last answer may go on to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.decide import speaks_for_all

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.dialogue.decide import Bar
    from dimchat.dialogue.message import Message
    from dimchat.model import Candidate

_SHORT = 5
"""A message of up to so many words may follow on from the last answer without pointing at it."""
_FOLLOWS = 0.2
"""The part of the floor from which what follows on from the last answer may be the next one."""
_TIMES = 2.0
"""How many times as sure as the next of these it then has to be."""
_LEAST = 0.001


def following(message: Message, candidates: Sequence[Candidate], near: Collection[str], bar: Bar) -> Candidate | None:
    """Return the candidate that a message most likely goes on to, or None where none is well ahead.

    Args:
        message: It names no topic, and points back or is short.
        candidates: Of all its readings.
        near: The intents that can follow: those of the topic so far, and those that the last answer leads to.
        bar: How sure is sure enough.
    """
    leans = message.leans or len(message.words) <= _SHORT
    if message.topics or message.only_asks or not leans:
        return None
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        held = best.get(candidate.intent)
        if candidate.intent in near and (held is None or candidate.confidence > held.confidence):
            best[candidate.intent] = candidate
    ranked = sorted(best.values(), key=lambda candidate: -candidate.confidence)
    if not ranked or not speaks_for_all(ranked[0], message.residue):
        return None
    second = ranked[1].confidence if len(ranked) > 1 else 0.0
    ahead = ranked[0].confidence >= _TIMES * max(second, _LEAST)
    return ranked[0] if ahead and ranked[0].confidence >= bar.floor * _FOLLOWS else None
