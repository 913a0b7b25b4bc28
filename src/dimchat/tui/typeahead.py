"""What a message may be going to be: a value, looked up at each key."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dimchat.tui.commands import COMMANDS, is_command
from dimchat.tui.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Pack

FEWEST = 3
"""Characters from which something is offered: fewer fit too much."""


class TypeAhead:
    """Finds how a beginning goes on: as a title of the pack, else as its shortest phrase, or as a command."""

    def __init__(self, pack: Pack) -> None:
        """Take the words from the titles and phrases of a pack."""
        self._titles = _sorted(intent.title for intent in pack.browsable)
        self._phrases = _sorted(phrase.text for intent in pack.browsable for phrase in intent.phrases)

    def rest(self, typed: str) -> str:
        """Return what may follow the typed words, or nothing; the typed words themselves are never changed."""
        if is_command(typed) and len(typed) > 1 and " " not in typed:
            fitting = [command.name for command in COMMANDS if command.name.startswith(typed[1:].casefold())]
            return fitting[0][len(typed) - 1 :] if len(fitting) == 1 else ""
        if len(typed.strip()) < FEWEST or "\n" in typed:
            return ""
        titles = _starting(self._titles, typed.casefold())
        fitting = titles or sorted(_starting(self._phrases, typed.casefold()), key=len)
        return fitting[0][len(typed) :] if fitting else ""


def _sorted(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of a text without capitals and the text, where cutting one cuts the other."""
    shown = {visible(text) for text in texts}
    return sorted((text.casefold(), text) for text in shown if len(text.casefold()) == len(text))


def _starting(texts: list[tuple[str, str]], start: str) -> list[str]:
    found = []
    for folded, text in texts[bisect_left(texts, (start, "")) :]:
        if not folded.startswith(start):
            break
        if len(folded) > len(start):
            found.append(text)
    return found
