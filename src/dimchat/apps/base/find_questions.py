"""Questions of the pack that what is being typed may become."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from dimchat.apps.base.text_widget import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Intent, Pack

FEWEST = 3
"""Characters from which something is offered: fewer fit too much."""
_WORD = re.compile(r"[^\W_]+")


class QuestionFinder:
    """Finds the questions of a pack, titles before phrases, in the order of its curators; looked up at each key."""

    def __init__(self, pack: Pack) -> None:
        """Take the words from the titles and phrases of a pack."""
        self._intents = pack.browsable

    @cached_property
    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        phrases = sorted((phrase.text for intent in self._intents for phrase in intent.phrases), key=len)
        return _folded(intent.title for intent in self._intents), _folded(phrases)

    @cached_property
    def _words(self) -> list[tuple[Intent, frozenset[str], frozenset[str]]]:
        return [
            (intent, _words(intent.title), _words(" ".join(phrase.text for phrase in intent.phrases)))
            for intent in self._intents
        ]

    def rest(self, typed: str) -> str:
        """Return how a title, else the shortest phrase, goes on behind what is typed, or nothing.

        The typed words themselves are never changed.
        """
        if len(typed.strip()) < FEWEST or "\n" in typed:
            return ""
        start = typed.casefold()
        for texts in self._texts:
            for folded, text in texts.items():
                if folded.startswith(start) and len(folded) > len(start):
                    return text[len(typed) :]
        return ""

    def find(self, typed: str, most: int) -> list[Intent]:
        """Return the intents, best first, in which each typed word begins a word; `most` of them."""
        wanted = _words(typed)
        if len(typed.strip()) < FEWEST or not wanted:
            return []
        found: list[tuple[int, int, Intent]] = []
        for place, (intent, title, phrases) in enumerate(self._words):
            missing = [word for word in wanted if not _begins(word, title)]
            if all(_begins(word, phrases) for word in missing):
                found.append((len(missing), place, intent))
        return [intent for _, _, intent in sorted(found, key=lambda each: each[:2])[:most]]


def _folded(texts: Iterable[str]) -> dict[str, str]:
    """Return texts by themselves without capitals, where cutting one cuts the other."""
    shown = [visible(text) for text in texts]
    return {text.casefold(): text for text in shown if len(text.casefold()) == len(text)}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _begins(start: str, words: frozenset[str]) -> bool:
    return any(word.startswith(start) for word in words)
