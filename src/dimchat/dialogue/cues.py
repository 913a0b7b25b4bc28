"""Cues: word patterns that decide before anything is ranked (docs/packs.md has the syntax)."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dimchat.match.spell import Speller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dimchat.model import Pack

_BESIDE = "&"
_ENDING = "*"
_JOINT = "_"
_GAPS = {".": 1, "..": 3}
_ENDINGS = ("", "s", "e", "ed", "ing")
"""What `word*` is known as when a misspelt word is put right."""
_WINDOW = 16
"""So many words apart, the parts of a cue belong to different thoughts."""


class Alarm(NamedTuple):
    """A cue that fired."""

    intent: str
    cue: str
    span: frozenset[int] = frozenset()
    """The positions of the words that it matched."""


class _Step(NamedTuple):
    """One word of a pattern, or a gap."""

    gap: int = 0
    """How many words may be left out here; 0 for a step that is a word."""
    whole: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    """Choices of several words."""

    def sizes(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Yield how many words fit at a position, for each way to fit."""
        if words[at] in self.whole or words[at].startswith(self.beginnings):
            yield 1
        for phrase in self.phrases:
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield len(phrase)


_Part = tuple[_Step, ...]


class _Pattern(NamedTuple):
    intent: str
    source: str
    parts: tuple[_Part, ...]
    """They may stand in any order."""

    def spans(self, words: Sequence[str], start: int) -> Iterator[frozenset[int]]:
        """Yield the positions of the matched words for each way to match whose first part begins at `start`."""
        found = [list(_matches(self.parts[0], words, start, 0))]
        if len(self.parts) == 1 or not found[0]:
            yield from found[0]
            return
        within = range(max(0, start - _WINDOW), min(len(words), start + _WINDOW))
        for part in self.parts[1:]:
            near = [at for at in within if next(part[0].sizes(words, at), 0)]
            found.append([span for at in near for span in _matches(part, words, at, 0)])
            if not found[-1]:
                return
        for spans in product(*found):
            yield frozenset().union(*spans)


class Cues:
    """The cues of some intents of a pack, ready to be looked for."""

    def __init__(self, pack: Pack, group: str) -> None:
        """Compile the cues and the idioms that excuse words from them.

        Args:
            pack: It holds the cues, and the sets that they name.
            group: The category whose cues are meant.
        """
        intents = [intent for intent in pack.intents if intent.category == group]
        sets = dict(pack.vocabulary.sets)
        self._order = {intent.id: place for place, intent in enumerate(intents)}
        self._cues = _Index(_compile(intent.id, cue, sets) for intent in intents for cue in intent.cues)
        self._idioms = _Index(_compile(intent.id, idiom, sets) for intent in intents for idiom in intent.unless)
        self._speller = Speller(Counter(self._cues.words()))

    def find(self, words: Sequence[str]) -> Alarm | None:
        """Return the cue that fires: one of the first intent, else the one that matches the most words."""
        return min(self.all(words), key=self._rank, default=None)

    def all(self, words: Sequence[str]) -> Iterator[Alarm]:
        """Yield all the cues that fire on words that no idiom of their intent covers."""
        excused: dict[str, frozenset[int]] = {}
        for start, word in enumerate(words):
            for cue in self._cues.beginning(word):
                for span in cue.spans(words, start):
                    if cue.intent not in excused:
                        excused[cue.intent] = self.excused(words, cue.intent)
                    if excused[cue.intent].isdisjoint(span):
                        yield Alarm(cue.intent, cue.source, span)

    def _rank(self, alarm: Alarm) -> tuple[bool, int, int]:
        order = self._order[alarm.intent]
        return order > 0, -len(alarm.span), order

    def find_misspelt(self, words: Sequence[str], spelling: Mapping[str, str]) -> Alarm | None:
        """Return the first cue that fires on words as they were probably meant.

        Args:
            words: The message.
            spelling: Its words that are not known, with what the matcher takes them for. Only these are doubted:
                a known word, however near to a cue, was meant as it stands.
        """
        if not spelling:
            return None
        alarm = self.find([spelling.get(word, word) for word in words])
        near = {word: self._speller.nearest(word) or word for word in spelling}
        return alarm or self.find([near.get(word, word) for word in words])

    def excused(self, words: Sequence[str], intent: str) -> frozenset[int]:
        """Return the positions of the words that idioms of an intent cover."""
        spans = (
            span
            for start, word in enumerate(words)
            for idiom in self._idioms.beginning(word)
            if idiom.intent == intent
            for span in idiom.spans(words, start)
        )
        return frozenset().union(*spans)


class _Index:
    """Patterns by the words that their first part can begin with."""

    def __init__(self, patterns: Iterable[_Pattern | None]) -> None:
        self._whole: dict[str, list[_Pattern]] = {}
        self._beginnings: dict[str, list[_Pattern]] = {}
        self._patterns = [pattern for pattern in patterns if pattern is not None]
        for pattern in self._patterns:
            first = pattern.parts[0][0]
            for word in first.whole.union(phrase[0] for phrase in first.phrases):
                self._whole.setdefault(word, []).append(pattern)
            for beginning in first.beginnings:
                self._beginnings.setdefault(beginning, []).append(pattern)
        self._shortest = min(map(len, self._beginnings), default=1)
        self._longest = max(map(len, self._beginnings), default=0)

    def beginning(self, word: str) -> Iterator[_Pattern]:
        """Yield the patterns whose first part can begin with a word."""
        yield from self._whole.get(word, ())
        for size in range(self._shortest, min(self._longest, len(word)) + 1):
            yield from self._beginnings.get(word[:size], ())

    def words(self) -> Iterator[str]:
        """Yield the words that patterns are made of."""
        for pattern in self._patterns:
            for step in (step for part in pattern.parts for step in part):
                yield from step.whole.union(*step.phrases)
                yield from (beginning + ending for beginning in step.beginnings for ending in _ENDINGS)


def _matches(part: _Part, words: Sequence[str], at: int, step: int) -> Iterator[frozenset[int]]:
    if step == len(part):
        yield frozenset()
        return
    here = part[step]
    if here.gap:
        for skipped in range(here.gap + 1):
            yield from _matches(part, words, at + skipped, step + 1)
    elif at < len(words):
        for size in here.sizes(words, at):
            for rest in _matches(part, words, at + size, step + 1):
                yield rest | set(range(at, at + size))


def _compile(intent: str, source: str, sets: Mapping[str, Sequence[str]]) -> _Pattern | None:
    parts = [[_step(word, sets) for word in part.split()] for part in source.split(f" {_BESIDE} ")]
    for part in parts:
        while part and part[0].gap:
            del part[0]
        while part and part[-1].gap:
            del part[-1]
    return _Pattern(intent, source, tuple(tuple(part) for part in parts)) if all(parts) else None


def _step(text: str, sets: Mapping[str, Sequence[str]]) -> _Step:
    if text in _GAPS:
        return _Step(gap=_GAPS[text])
    choices: list[str] = []
    for choice in filter(None, text.casefold().split("|")):
        choices += sets.get(choice[1:-1], ()) if choice.startswith("<") else [choice]
    return _Step(
        whole=frozenset(choice for choice in choices if not choice.endswith(_ENDING) and _JOINT not in choice),
        beginnings=tuple(choice[:-1] for choice in choices if choice.endswith(_ENDING)),
        phrases=tuple(tuple(choice.split(_JOINT)) for choice in choices if _JOINT in choice),
    )
