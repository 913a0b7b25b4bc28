"""Small talk that is typed word for word, alone or around a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.match.normalise import FUNCTION_WORDS, words
from dimchat.model import CONVERSATION

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Pack

GREETING, THANKS, GOODBYE = (f"{CONVERSATION}.{name}" for name in ("greeting", "thanks", "goodbye"))
_BEFORE = frozenset({GREETING, THANKS})
_AFTER = frozenset({THANKS})
_COURTESIES = frozenset({GREETING, THANKS, GOODBYE})
_LEAST = 3
"""Fewer words before thanks are hardly a question, and the thanks may be part of it: "is it perfect"."""
_PRAISE = frozenset(words("ok okay k cool great good nice perfect alright wow awesome"))
"""Words that thank where they stand alone."""
_NODS = _PRAISE | frozenset(words("oh ah well and so much"))
"""Small words that come with a courtesy."""


class SmallTalk:
    """The phrases of small talk; most are nothing but small words, which a ranking cannot tell apart."""

    def __init__(self, pack: Pack) -> None:
        """Index the phrases of the pack."""
        self._phrases = {
            tuple(words(phrase.text)): intent.id
            for intent in pack.intents
            if intent.category == CONVERSATION
            for phrase in intent.phrases
        }
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def whole(self, tokens: Sequence[str]) -> str | None:
        """Return the small talk that a message is, if it is nothing else; of several the last."""
        known = self._phrases.get(tuple(tokens))
        found: str | None = None
        at = 0
        while known is None and at < len(tokens):
            size = self._size(tokens[at:], _COURTESIES)
            if size:
                found = self._phrases[tuple(tokens[at : at + size])]
            elif tokens[at] not in _NODS:
                return None
            at += size or 1
        return known or found or (THANKS if not _PRAISE.isdisjoint(tokens) else None)

    def without(self, tokens: Sequence[str]) -> list[str]:
        """Return a message without the greeting or thanks before it and the thanks after it."""
        left = list(tokens)
        # "How do you do" may as well begin a question.
        while left and left[0] not in FUNCTION_WORDS and (size := self._size(left, _BEFORE)):
            left = left[size:]
        while (size := self._size(left, _AFTER, at_end=True)) and len(left) >= size + _LEAST:
            left = left[:-size]
        return left or list(tokens)

    def _size(self, tokens: Sequence[str], ids: Collection[str], *, at_end: bool = False) -> int:
        """Return how many words the longest phrase of certain small talk has at one end."""
        for size in range(min(self._longest, len(tokens)), 0, -1):
            part = tokens[-size:] if at_end else tokens[:size]
            if self._phrases.get(tuple(part)) in ids:
                return size
        return 0
