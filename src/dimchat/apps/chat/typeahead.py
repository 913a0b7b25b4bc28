"""What a message may be going to be: a value, looked up at each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.apps.chat.commands import is_command, starting_with
from dimchat.apps.chat.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Pack

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
