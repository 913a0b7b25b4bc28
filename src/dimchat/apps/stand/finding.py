"""Questions of the pack that hold what is being typed: so that a few letters are enough on a screen's keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.model import Intent, Pack

FEWEST = 3
"""Characters from which something is found."""
_WORD = re.compile(r"[^\W_]+")


class Finder:
    """Finds by the beginnings of words, in titles before phrases."""

    def __init__(self, pack: Pack) -> None:
        """Take the words of every intent."""
        self._entries = [
            (intent, _words(intent.title), _words(" ".join(phrase.text for phrase in intent.phrases)))
            for intent in pack.browsable
        ]

    def find(self, typed: str, most: int) -> list[Intent]:
        """Return up to so many intents of which each typed word begins a word, best first."""
        wanted = _words(typed)
        if len(typed.strip()) < FEWEST or not wanted:
            return []
        found: list[tuple[int, int, Intent]] = []
        for place, (intent, title, phrases) in enumerate(self._entries):
            missing = [word for word in wanted if not _begins(word, title)]
            if all(_begins(word, phrases) for word in missing):
                found.append((len(missing), place, intent))
        return [intent for _, _, intent in sorted(found, key=lambda each: each[:2])[:most]]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _begins(start: str, words: frozenset[str]) -> bool:
    return any(word.startswith(start) for word in words)
