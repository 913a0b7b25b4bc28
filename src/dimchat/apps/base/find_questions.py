"""Questions of the pack that what is being typed may become."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from dimchat.apps.base.text_widget import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Pack

FEWEST = 3
"""Characters from which something is offered: fewer fit too much."""
PAUSE = 0.12
"""Seconds without a key after which the nearest questions are looked for."""
_WORD = re.compile(r"[^\W_]+")
_LAST = re.compile(r"[^\W_]+\Z")


class QuestionFinder:
    """Finds the questions of a pack, titles before phrases, in the order of its curators; looked up at each key."""

    def __init__(self, pack: Pack) -> None:
        """Take the words from the titles and phrases of a pack."""
        self._intents = pack.browsable

    @cached_property
    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        phrases = sorted((phrase.text for intent in self._intents for phrase in intent.phrases), key=len)
        return _folded(intent.title for intent in self._intents), _folded(phrases)

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

    @cached_property
    def _often(self) -> Counter[str]:
        """Return how often each word stands in titles and phrases."""
        texts = (text for i in self._intents for text in (i.title, *(phrase.text for phrase in i.phrases)))
        return Counter(word for text in texts for word in _WORD.findall(text.casefold()))

    def completed(self, typed: str) -> str:
        """Return what is typed with an unfinished last word as the likeliest word of the pack that begins so."""
        last = _LAST.search(typed)
        begun = last[0].casefold() if last else ""
        if last is None or len(begun) < FEWEST or begun in self._often:
            return typed
        fitting = (word for word in self._often if word.startswith(begun))
        return typed[: last.start()] + max(fitting, key=self._often.__getitem__, default=last[0])


def _folded(texts: Iterable[str]) -> dict[str, str]:
    """Return texts by themselves without capitals, where cutting one cuts the other."""
    shown = [visible(text) for text in texts]
    return {text.casefold(): text for text in shown if len(text.casefold()) == len(text)}
