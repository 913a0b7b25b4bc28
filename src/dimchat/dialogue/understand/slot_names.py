"""The names of slot values, and the other words of a vocabulary: none of these is a slip of such a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.model import Vocabulary
    from dimchat.tables import Slot

WORD = re.compile(r"[^\W_]+(?:['\u2019.][^\W_]+)*\.?")
"""A word of a text, as names are made of them."""
SHORT = 3
"""A name of so many letters or fewer, all capitals, is an abbreviation."""
_APOSTROPHES = str.maketrans("", "", "'\u2019.")


class Entry(NamedTuple):
    """What a name stands for."""

    slot: str
    values: tuple[str, ...]
    how: str
    """As of `Mention`."""


class SlotNames(NamedTuple):
    """The names of slots beside the other words of a vocabulary; an index of a pack holds it."""

    entries: Mapping[str, Sequence[Any]]
    """The parts of an `Entry` by its name: words as `fold` has them, with blanks between."""
    terms: Sequence[str]
    """The words of topics and aspects; none where there are no slots."""
    words: Sequence[str]
    """These and those of synonyms."""

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        """Return those of a vocabulary; without slots nothing is looked for."""
        if not vocabulary.slots:
            return cls({}, (), ())
        return cls(entries_of(vocabulary), sorted(terms_of(vocabulary)), sorted(words_of(vocabulary)))


def entries_of(vocabulary: Vocabulary) -> dict[str, Entry]:
    """Return what the names of slots stand for, see `SlotNames`."""
    found: dict[str, Entry] = {}

    def add(name: str, slot: Slot, value: str, how: str) -> None:
        key = _key(name)
        # "Newyork" is New York.
        for own in dict.fromkeys((key, key.replace(" ", ""))) if how == "name" else (key,):
            if all(own.split(" ")):
                held = found.get(own, Entry(slot.id, (), how))
                found[own] = held._replace(values=tuple(dict.fromkeys((*held.values, value))))

    for slot in vocabulary.slots:
        for value in slot.values:
            for name in value.names:
                add(name, slot, value.id, "abbreviation" if _is_abbreviation(name) else "name")
            for cue in value.cues:
                add(cue, slot, value.id, "place")
        for group in slot.groups:
            found[_key(group.name)] = Entry(slot.id, group.values, "group")
    return found


def terms_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words of topics and aspects."""
    named = [*(name for topic in vocabulary.topics for name in topic.names)]
    named += [cue for aspect in vocabulary.aspects for cue in (aspect.title, *aspect.cues)]
    return frozenset(word for text in named for word in words(text)) - FUNCTION_WORDS


def words_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Return these and the words of synonyms."""
    also = [word for own, others in vocabulary.synonyms for word in (own, *others)]
    return terms_of(vocabulary) | {word for text in also for word in words(text)}


def _is_abbreviation(name: str) -> bool:
    letters = "".join(filter(str.isalpha, name))
    return name.endswith(".") or (len(letters) <= SHORT and letters.isupper())


def fold(word: str) -> str:
    """Return a word in lower case, without apostrophes, full stops and the "'s" at its end."""
    word = word.casefold().replace("\u2019", "'").removesuffix("'s")
    return word.translate(_APOSTROPHES)


def _key(name: str) -> str:
    return " ".join(fold(word[0]) for word in WORD.finditer(name))
