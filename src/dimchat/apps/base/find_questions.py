"""Questions of the pack that what is being typed may become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.apps.base.text_widget import visible
from dimchat.apps.chat.commands import is_command, starting_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Intent, Pack


FEWEST = 3
"""Characters from which something is offered: fewer fit too much."""


class TypeAhead:
    """Finds how a beginning goes on: as a title of the pack, else as its shortest phrase, or as a command."""

    def __init__(self, pack: Pack) -> None:
        """Take the words from the titles and phrases of a pack, in the order of its curators."""
        self._titles = _folded(intent.title for intent in pack.browsable)
        self._phrases = _folded(
            sorted((phrase.text for intent in pack.browsable for phrase in intent.phrases), key=len)
        )

    def rest(self, typed: str) -> str:
        """Return what may follow the typed words, or nothing; the typed words themselves are never changed."""
        if is_command(typed) and len(typed) > 1:
            fitting = starting_with(typed[1:])
            return fitting[0].name[len(typed) - 1 :] if len(fitting) == 1 else ""
        if len(typed.strip()) < FEWEST or "\n" in typed:
            return ""
        start = typed.casefold()
        for texts in (self._titles, self._phrases):
            for folded, text in texts.items():
                if folded.startswith(start) and len(folded) > len(start):
                    return text[len(typed) :]
        return ""


def _folded(texts: Iterable[str]) -> dict[str, str]:
    """Return texts by themselves without capitals, where cutting one cuts the other."""
    shown = [visible(text) for text in texts]
    return {text.casefold(): text for text in shown if len(text.casefold()) == len(text)}


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
