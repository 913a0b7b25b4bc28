"""A choice that the beginning of a message names, whatever follows: "the manager one, like would I earn more"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import JOINS, NUMBERS, ORDINALS
from dimchat.language.grammar import picked, unframed
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Pack

_MOST_HEADS, _LONGEST_HEAD = 3, 8
"""A choice is named before one of the first stops of a message, in so many words."""
_STOP = re.compile(
    r"\s*[,;:.!?]+\s+|\s+-+\s+|\s+(?=(?:and|also|plus|but|like|so|cause|because|since)\s)", re.IGNORECASE
)
_ITEM = re.compile(r"\s[(]?[2-9][.)]\s")
"""A list of questions counts these, and no choices."""
_ONE = re.compile(
    r"(?:the|that) (.+) (?:one|option|choice|question|answer)|the (?:one|question) (?:about|for|on|with) (.+)"
)
_SAYING = frozenset(("please", "pls", "i", "guess", "think", "mean", "maybe"))
"""What may follow a choice in its clause."""


class Chosen(NamedTuple):
    """A choice, and what stands behind it."""

    number: int
    """Of the choice, from 1."""
    rest: str
    """What follows; nothing where nothing does."""
    more: bool
    """It begins anew: with a sentence, or with "and"."""


class Choosing:
    """Finds it."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex) -> None:
        """Keep what names the choices."""
        self._pack, self._stem = pack, vocabulary.tongue.stem

    def of(self, text: str, options: Sequence[str]) -> Chosen | None:
        """Return the choice that a message begins with; None where it names none, or nothing else.

        Args:
            text: The message as it was typed.
            options: The ids that are offered.
        """
        if _ITEM.search(text):
            return None
        stops = list(_STOP.finditer(text))[:_MOST_HEADS]
        heads = [(text[: stop.start()], text[stop.end() :], stop.group()) for stop in stops]
        for head, rest, stop in (*heads, (text, "", "")):
            said = words(head)
            while said and said[-1] in _SAYING:
                said = said[:-1]
            number = self._number(said, options) if 0 < len(said) <= _LONGEST_HEAD else None
            if number is not None and (rest or not said[0].isdigit()):
                more = not {*stop}.isdisjoint(".;?!") or not JOINS.isdisjoint(rest.casefold().split(maxsplit=1)[:1])
                return Chosen(number, rest, more)
        return None

    def _number(self, said: Sequence[str], options: Sequence[str]) -> int | None:
        if len(said) == 1 and (said[0] in ORDINALS or said[0] == "one"):
            # "First, what does it cost" counts questions.
            return None
        number = picked(" ".join(said)) if not NUMBERS.keys().isdisjoint(said) else None
        if number is not None:
            number = len(options) if number < 0 else number
            return number if 1 <= number <= len(options) else None
        found = _ONE.fullmatch(" ".join(unframed(list(said))[1]))
        if found is None:
            return None
        named = {self._stem(word) for word in words(found[1] or found[2])}
        fitting = [at for at, option in enumerate(options, start=1) if named <= self._names(option)]
        return fitting[0] if len(fitting) == 1 else None

    def _names(self, option: str) -> set[str]:
        """Return the stems of what names the topic and the aspect of a choice."""
        intent = self._pack.intent[option]
        topic, aspect = self._pack.topic.get(intent.topic), self._pack.aspect.get(intent.aspect)
        texts = [*(topic.names if topic else ()), *((aspect.title, *aspect.cues) if aspect else ())]
        return {self._stem(word) for text in texts for word in words(text)}
