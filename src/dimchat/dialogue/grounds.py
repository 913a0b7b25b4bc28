"""Whether a message gives ground to name an outside group as the reason for a decline."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from dimchat.language.english import FUNCTION_WORDS, PRONOUNS, VAGUE
from dimchat.language.senses import dictionary, is_superlative
from dimchat.language.tokens import stem, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from dimchat.dialogue.finding import Finding
    from dimchat.model import Pack

_OWN = 0.4
"""How much of a word the group has to itself at least, all words of a message added up."""
_SHORTEST = 5
"""Shorter words that nobody knows may be slips for too many."""


class Grounds:
    """The lines of a pack, in which the words of a message stand or do not."""

    def __init__(self, pack: Pack) -> None:
        """Keep the pack; its lines are read when a group is first to be named."""
        self._pack = pack

    def name(self, group: str, finding: Finding, idle: Collection[str]) -> bool:
        """Tell whether a message is a line of an outside group, or has words of content that hardly stand elsewhere.

        What the matcher adds up is no reason by itself: "what is the average age" comes near to "average rent in
        seattle", and asks about no home. A word counts for the part of all lines that hold it which are the group's.

        Args:
            group: Its id.
            finding: On the message.
            idle: Stems of words that count for nothing, such as the name of the default topic.
        """
        message = finding.message
        if list(message.words) in (words(line.text) for line in self._pack.outside_group[group].phrases):
            return True
        meant = {word: finding.spelling.get(word, word) for word in message.words}
        roots = dict.fromkeys(
            stem(meant[word])
            for word in message.words
            if word not in FUNCTION_WORDS | VAGUE | PRONOUNS
            and _is_sure(word, meant[word])
            and not is_superlative(word)
        )
        return sum(self._part(root, group) for root in roots if root not in idle) >= _OWN

    def _part(self, root: str, group: str) -> float:
        """Return which part of the lines with a stem are those of a group, 0 to 1."""
        holders = self._holders.get(root, Counter())
        return holders[group] / holders.total() if holders else 0.0

    @cached_property
    def _holders(self) -> dict[str, Counter[str]]:
        """Return how many lines with a stem each intent and group has; the title of a group is one of its lines."""
        lines = [(intent.id, phrase.text) for intent in self._pack.intents for phrase in intent.phrases]
        for group in self._pack.outside:
            lines += [(group.id, text) for text in (group.title, *(phrase.text for phrase in group.phrases))]
        found: dict[str, Counter[str]] = {}
        for holder, text in lines:
            for root in set(map(stem, words(text))):
                found.setdefault(root, Counter())[holder] += 1
        return found


def _is_sure(word: str, meant: str) -> bool:
    """Tell whether a word is taken for what it is, or is a plain slip of the finger for what it is taken for."""
    if meant == word:
        return True
    return len(word) >= _SHORTEST and word[0] == meant[0] and word not in dictionary()
