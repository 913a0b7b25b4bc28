"""Finding slot values in a message: a state by its name, its abbreviation, a city in it, or a misspelling.

It is looked for in the message as it was typed, and one word that all values share stands in its place from then on:
"pay in Texas" and "pay in Ohio" rank alike. Of the pack's own lines the same is learnt: see `as_learnt`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.understand.slot_names import SHORT, WORD, Entry, entries_of, fold, terms_of, words_of
from dimchat.language.english import BETWEEN_VALUES, DETERMINERS, EXCLAMATIONS, FUNCTION_WORDS, SHORT_WORDS
from dimchat.language.senses import dictionary
from dimchat.language.tokens import MAX_CHARS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.dialogue.understand.slot_names import SlotNames
    from dimchat.model import Pack, Phrase, Vocabulary

_LEADING_IN = re.compile(r"(?:\b(?:in|at|for|of|from|near|around|the|and|or|vs)\b[\s,.]*|\s)+\Z", re.IGNORECASE)
"""Small words that lead to the name of a place."""
_REFUSED = re.compile(
    r"[\s,]*\b(?:but\s+)?(?:not|except|other than)\s+(?:(?:in|for|at|from|about|the)\s+)*\Z", re.IGNORECASE
)
"""What stands before a name that is not meant."""
_SLIPS = (5, 8, 11)
"""From so many letters on, a name is known with one slip, with two, with three."""
_SHORTEST = 4
"""A word of fewer letters is no slip of part of a name."""


class Mention(NamedTuple):
    """One place of a message that names values of a slot."""

    slot: str
    values: tuple[str, ...]
    """What the words may mean: several for "Washington", and for "the northwest"."""
    start: int
    """Where the words begin in the text, in characters."""
    end: int
    typed: str
    """The words as they were typed."""
    how: str
    """`name`, `abbreviation`, `place` (what lies in it), `group`, `respelt`; `unsure` for what may be another word."""

    @property
    def asks(self) -> bool:
        """Return whether it can be one of several, and only the person knows which."""
        return len(self.values) > 1 and self.how != "group"


class SlotFinder:
    """Looks for the values of all slots of a pack."""

    def __init__(self, vocabulary: Vocabulary, held: SlotNames | None = None) -> None:
        """Index the names.

        Args:
            vocabulary: Its slots are looked for; its other words are no slips of their names.
            held: The names of this vocabulary; None to find them out.
        """
        self._vocabulary = vocabulary
        self._held = held
        self._entries = held.entries if held else entries_of(vocabulary)
        self._first = frozenset(name.partition(" ")[0] for name in self._entries)
        self._longest = max((name.count(" ") + 1 for name in self._entries), default=0)
        # The same words come again and again, and whether one is a slip of a name takes a while to find out.
        self._is_slip = lru_cache(maxsize=1 << 13)(self._looks_like_slip)

    @cached_property
    def _spelt(self) -> dict[int, list[str]]:
        """Return the names that may be misspelt, by their numbers of words."""
        found: dict[int, list[str]] = {}
        for name, entry in self._entries.items():
            if entry[2] in ("name", "place"):
                found.setdefault(name.count(" ") + 1, []).append(name)
        return found

    @cached_property
    def _parts(self) -> list[str]:
        """Return their words."""
        parts = {part for names in self._spelt.values() for name in names for part in name.split(" ")}
        return sorted(part for part in parts if len(part) >= _SHORTEST)

    @cached_property
    def _terms(self) -> frozenset[str]:
        """Return the words of topics and aspects: most questions are looked through without them."""
        return frozenset(self._held.terms if self._held else terms_of(self._vocabulary))

    @cached_property
    def _words(self) -> frozenset[str]:
        """Return these and the synonyms."""
        return frozenset(self._held.words if self._held else words_of(self._vocabulary))

    def __reduce__(self) -> tuple[object, ...]:
        """Leave out the cache: another process makes its own."""
        return type(self), (self._vocabulary, self._held)

    def __bool__(self) -> bool:
        """Return whether there is anything to look for."""
        return bool(self._entries)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what a text names, in its order, the longest name first; () where it names nothing."""
        plain = text[:MAX_CHARS].casefold().strip(" ?.!")
        # Nearly every question is letters and spaces alone, and names nothing.
        if plain.replace(" ", "").isalnum() and not self._may_name(plain.split()):
            return ()
        found = list(WORD.finditer(text[:MAX_CHARS]))
        folded = [fold(word[0]) for word in found]
        if not self._may_name(folded):
            return ()
        slips = [at for at, word in enumerate(folded) if len(word) >= _SHORTEST and self._is_slip(word)]
        return tuple(_settled(_Reading(self, text, found, folded, frozenset(slips)).mentions(), text))

    def _may_name(self, folded: Sequence[str]) -> bool:
        """Return whether a word begins a name, or is a slip of one."""
        return not self._first.isdisjoint(folded) or any(map(self._is_slip, folded))

    def entry(self, words: Sequence[str]) -> Entry | None:
        """Return what a name stands for; it may lack the "the" before it."""
        found = self._entries.get(" ".join(words))
        return None if found is None else Entry(found[0], tuple(found[1]), found[2])

    @property
    def longest(self) -> int:
        """Return how many words the longest name has."""
        return self._longest

    def is_term(self, word: str) -> bool:
        """Return whether a word names something of the vocabulary: "ct" is a kind of scan."""
        return word in self._terms

    def respelt(self, parts: Sequence[str]) -> Entry | None:
        """Return what words are a slip of, where that is one thing."""
        typed, names = " ".join(parts), self._spelt.get(len(parts))
        if len(typed) < _SHORTEST or not names:
            return None
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - few messages hold a slip of a name
        from rapidfuzz.process import extract  # noqa: PLC0415

        near = [
            (edits, name)
            for name, edits, _ in extract(typed, names, scorer=OSA.distance, score_cutoff=len(_SLIPS), limit=None)
            if edits <= _slips_allowed(name)
        ]
        least = min(near, default=(0, ""))[0]
        meant = {entry for edits, name in near if edits == least and (entry := self.entry([name]))}
        # "Name" beats "place" where both are as near.
        named = {entry for entry in meant if entry.how == "name"} or meant
        return named.pop() if len(named) == 1 else None

    def _looks_like_slip(self, word: str) -> bool:
        """Return whether a word is none of its own and near to part of a name."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self._entries or not self._parts:
            return False
        if (len(word) < _SLIPS[-1] and word in dictionary()) or word in self._words:
            return False
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - asked once for each word that nobody knows
        from rapidfuzz.process import extractOne  # noqa: PLC0415

        # Of a name of two words a slip may be in one of them, so that it has more of them than a word alone.
        most = max(_slips_allowed(word), 1) + (len(word) >= _SLIPS[0])
        return extractOne(word, self._parts, scorer=OSA.distance, score_cutoff=most) is not None


class _Reading:
    """One text, looked through from left to right."""

    def __init__(
        self,
        finder: SlotFinder,
        text: str,
        found: Sequence[re.Match[str]],
        folded: Sequence[str],
        slips: frozenset[int],
    ) -> None:
        self._finder, self._text, self._found, self._folded, self._slips = finder, text, found, folded, slips
        self._shouted = text.isupper()
        self._mentions: list[Mention] = []

    def mentions(self) -> list[Mention]:
        at = 0
        while at < len(self._found):
            size, mention = self._at(at)
            if mention is not None:
                self._mentions.append(mention)
            at += size
        return self._mentions

    def _at(self, at: int) -> tuple[int, Mention | None]:
        longest = min(self._finder.longest, len(self._found) - at)
        for size in range(longest, 0, -1):
            key = self._folded[at : at + size]
            entry = self._finder.entry(key)
            how = entry.how if entry else ""
            if entry is None and self._slips.intersection(range(at, at + size)):
                entry, how = self._finder.respelt(key), "respelt"
            if entry is None:
                continue
            if how == "abbreviation":
                how = self._abbreviated(at)
            if how:
                return size, self._mention(at, size, entry, how)
        return 1, None

    def _mention(self, at: int, size: int, entry: Entry, how: str) -> Mention:
        start, end = self._found[at].start(), self._found[at + size - 1].end()
        if self._text[end - 1] == "." and how in ("name", "place", "group", "respelt"):
            end -= 1
        return Mention(entry.slot, entry.values, start, end, self._text[start:end], how)

    def _abbreviated(self, at: int) -> str:
        """Return how sure an abbreviation is, "" for none: "OR" is also "or" and an operating room, "MD" a doctor.

        What is no word of its own is one anywhere. What is a word is one after "in", beside another value ("TX vs MD"),
        or in capitals at the end. What the vocabulary has a meaning for is unsure even then.
        """
        word, before = self._folded[at], self._folded[at - 1] if at else ""
        term, small = self._finder.is_term(word), word in FUNCTION_WORDS
        other = word in SHORT_WORDS or word in EXCLAMATIONS or (len(word) >= SHORT and word in dictionary())
        if not (term or small or other):
            return "abbreviation"
        after, next_ = (*self._folded[at + 1 : at + 3], "", "")[:2]
        rest = self._text[self._found[at].end() :].lstrip()
        last = rest[:1] in ("", "?", ".", ",", ";", "!", ")")
        capitals = self._found[at][0].isupper() and not self._shouted
        beside = bool(self._mentions) and self._joins(self._mentions[-1].end, self._found[at].start())
        if beside and (capitals or last or self._lies_in(word, self._mentions[-1])):
            return "abbreviation"
        if capitals and before not in DETERMINERS and after in BETWEEN_VALUES and self._finder.entry((next_,)):
            return "abbreviation"
        if before == "in" and (last or after in BETWEEN_VALUES or (after in FUNCTION_WORDS and not small)):
            return "unsure" if term else "abbreviation"
        alone = not (term or small or word in EXCLAMATIONS)
        return "abbreviation" if alone and capitals and last and before not in DETERMINERS else ""

    def _lies_in(self, word: str, place: Mention) -> bool:
        """Return whether a place may be in what is abbreviated after it: "kansas city mo", not "houston ct tech"."""
        entry = self._finder.entry((word,))
        return place.how == "place" and entry is not None and not set(entry.values).isdisjoint(place.values)

    def _joins(self, start: int, end: int) -> bool:
        return self._text[start:end].strip(" ,.").casefold() in BETWEEN_VALUES


def _settled(mentions: Iterable[Mention], text: str) -> Iterator[Mention]:
    """Yield mentions, a place and the value that follows it as one: "Portland, OR"."""
    held: Mention | None = None
    for mention in mentions:
        if held is not None and held.slot == mention.slot and not text[held.end : mention.start].strip(" ,"):
            if held.how == "place" or (held.asks and set(mention.values) <= set(held.values)):
                held = mention._replace(start=held.start, typed=text[held.start : mention.end])
                continue
            if mention.asks and set(held.values) <= set(mention.values):
                held = held._replace(end=mention.end, typed=text[held.start : mention.end])
                continue
        if held is not None:
            yield held
        held = mention
    if held is not None:
        yield held


def masked(text: str, mentions: Sequence[Mention]) -> str:
    """Return a text with the slot's word in the place of what it names; of values that are listed only the first.

    >>> masked("pay in Texas", [Mention("state", ("TX",), 7, 12, "Texas", "name")])
    'pay in state'
    """
    parts, end, before = [], 0, None
    for mention in mentions:
        if mention.how == "unsure":
            continue
        between = text[end : mention.start]
        if before == mention.slot and between.strip(" ,.").casefold() in BETWEEN_VALUES:
            end = mention.end
            continue
        parts += [between, mention.slot.replace("_", " ")]
        end, before = mention.end, mention.slot
    return "".join([*parts, text[end:]])


def without_refused(text: str, mentions: Iterable[Mention]) -> str:
    """Return a text without the values that it turns down, and without the "not" before them.

    >>> without_refused("the pay, not in Texas", [Mention("state", ("TX",), 16, 21, "Texas", "name")])
    'the pay'
    """
    parts, end = [], 0
    for mention in mentions:
        before = text[end : mention.start]
        refused = _REFUSED.search(before)
        parts.append(before[: refused.start()] if refused else text[end : mention.end])
        end = mention.end
    return "".join([*parts, text[end:]])


def besides(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the words of a text without those that name values of slots."""
    parts, end = [], 0
    for mention in mentions:
        parts.append(text[end : mention.start])
        end = mention.end
    return words(" ".join([*parts, text[end:]]))


def elsewhere(text: str, mentions: Sequence[Mention]) -> str:
    """Return a text without what it names, and without the small words before that.

    >>> elsewhere("what do they earn in the state of Texas?", [Mention("state", ("TX",), 34, 39, "Texas", "name")])
    'what do they earn ?'
    """
    parts, end = [], 0
    for mention in mentions:
        parts.append(_LEADING_IN.sub("", text[end : mention.start].replace(mention.slot, "")))
        end = mention.end
    return " ".join([*parts, text[end:].strip()]).strip()


def as_learnt(pack: Pack) -> Pack:
    """Return a pack as it is learnt from: in its lines the word of a slot stands for each of its values."""
    if not pack.vocabulary.slots:
        return pack
    finder = SlotFinder(pack.vocabulary)

    def line(text: str) -> str:
        mentions = finder.find(text)
        return masked(text, mentions) if mentions else text

    def lines(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
        return tuple(phrase._replace(text=line(phrase.text)) for phrase in phrases)

    return replace(
        pack,
        intents=tuple(
            one._replace(title=line(one.title), phrases=lines(one.phrases), not_=lines(one.not_))
            for one in pack.intents
        ),
        outside=tuple(group._replace(phrases=lines(group.phrases)) for group in pack.outside),
    )


def _slips_allowed(name: str) -> int:
    return bisect_right(_SLIPS, len(name))
