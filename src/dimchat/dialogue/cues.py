"""Cues: word patterns that decide before anything is ranked (docs/packs.md has the syntax)."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dimchat.match.normalise import FUNCTION_WORDS
from dimchat.match.senses import senses
from dimchat.match.spell import Speller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dimchat.model import Pack

_BESIDE = "&"
_ABSENT = "!"
_ENDING = "*"
_JOINT = "_"
_GAPS = {".": 1, "..": 3}
_ENDINGS = ("", "s", "e", "ed", "ing")
"""What `word*` is known as when a misspelt word is put right."""
_WINDOW = 16
"""So many words apart, the parts of a cue belong to different thoughts."""
_SHORTEST_HALF = 3
"""A word that was typed as one is cut where both halves have so many letters."""


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
    """They may stand in any order; the one that is said least often comes first."""
    absent: tuple[_Part, ...] = ()
    """Where one of these stands anywhere in the message, the pattern does not match."""

    def widest(self, words: Sequence[str], start: int, excused: frozenset[int]) -> frozenset[int] | None:
        """Return the most words that match where the first part begins at `start`, without the excused ones.

        What must be absent is not looked at.
        """
        within = range(max(0, start - _WINDOW), min(len(words), start + _WINDOW))
        matched: frozenset[int] = frozenset()
        for number, part in enumerate(self.parts):
            spans = (
                span
                for at in (within if number else (start,))
                if next(part[0].sizes(words, at), 0)
                for span in _matches(part, words, at, 0)
                if excused.isdisjoint(span)
            )
            best = max(spans, key=len, default=None)
            if best is None:
                return None
            matched |= best
        return matched

    def is_barred(self, words: Sequence[str]) -> bool:
        """Tell whether a part that must be absent stands somewhere."""
        return any(next(_matches(part, words, at, 0), None) for part in self.absent for at in range(len(words)))

    def spans(self, words: Sequence[str], start: int) -> Iterator[frozenset[int]]:
        """Yield the positions of the matched words for each way to match whose first part begins at `start`."""
        found = [list(_matches(self.parts[0], words, start, 0))]
        if not found[0] or self.is_barred(words):
            return
        if len(self.parts) == 1:
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
        compiler = _Compiler(dict(pack.vocabulary.sets))
        self._order = {intent.id: place for place, intent in enumerate(intents)}
        self._cues = _Index(compiler.pattern(intent.id, cue) for intent in intents for cue in intent.cues)
        self._idioms = _Index(compiler.pattern(intent.id, idiom) for intent in intents for idiom in intent.unless)

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(self._cues.words())

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._words)

    def find(self, words: Sequence[str]) -> Alarm | None:
        """Return the cue that fires: one of the first intent, else the one that matches the most words."""
        excused: dict[str, frozenset[int]] = {}
        alarms: list[Alarm] = []
        for start, word in enumerate(words):
            for cue in self._cues.beginning(word):
                if cue.intent not in excused:
                    excused[cue.intent] = self._covered(words, cue.intent)
                span = cue.widest(words, start, excused[cue.intent])
                if span is not None and not cue.is_barred(words):
                    alarms.append(Alarm(cue.intent, cue.source, span))
        return min(alarms, key=self._rank, default=None)

    def all(self, words: Sequence[str]) -> Iterator[Alarm]:
        """Yield all the cues that fire on words that no idiom of their intent covers."""
        excused: dict[str, frozenset[int]] = {}
        for start, word in enumerate(words):
            for cue in self._cues.beginning(word):
                for span in cue.spans(words, start):
                    if cue.intent not in excused:
                        excused[cue.intent] = self._covered(words, cue.intent)
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
        # "Tutor" is no slip of the finger for "tumor", whatever the pack knows.
        doubted = {word: meant for word, meant in spelling.items() if not senses().of(word)[0].size}
        if not doubted:
            return None
        alarm = self.find([doubted.get(word, word) for word in words])
        near = {word: self._speller.nearest(word) or word for word in doubted}
        return alarm or self.find([part for word in words for part in (self._halves(near.get(word, word)))])

    def _halves(self, word: str) -> Sequence[str]:
        """Return the two words of cues that a word which is none was typed for, else the word."""
        if word in self._words:
            return (word,)
        for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            if word[:at] in self._words and word[at:] in self._words:
                return (word[:at], word[at:])
        return (word,)

    def excused(self, words: Sequence[str], intent: str) -> frozenset[int]:
        """Return the positions of the words that mean no harm: those of idioms, all where a cue is barred.

        A cue that would have fired but for what else is said was considered and turned down.
        """
        barred = any(
            cue.intent == intent
            and cue.absent
            and cue.widest(words, start, frozenset()) is not None
            and cue.is_barred(words)
            for start, word in enumerate(words)
            for cue in self._cues.beginning(word)
        )
        return frozenset(range(len(words))) if barred else self._covered(words, intent)

    def _covered(self, words: Sequence[str], intent: str) -> frozenset[int]:
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
        """Yield the words that patterns are made of, those of one step once."""
        steps = {id(step): step for pattern in self._patterns for part in pattern.parts for step in part}
        for step in steps.values():
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


class _Compiler:
    """Makes patterns; what is written alike becomes one and the same step."""

    def __init__(self, sets: Mapping[str, Sequence[str]]) -> None:
        self._sets = sets
        self._open: dict[str, dict[str, None]] = {}
        self._steps: dict[str, _Step] = {}

    def pattern(self, intent: str, source: str) -> _Pattern | None:
        """Return the pattern of a cue; None where nothing is left of it."""
        parts: list[_Part] = []
        absent: list[_Part] = []
        for text in source.split(f" {_BESIDE} "):
            steps = [self._step(word) for word in text.removeprefix(_ABSENT).split()]
            while steps and steps[0].gap:
                del steps[0]
            while steps and steps[-1].gap:
                del steps[-1]
            (absent if text.startswith(_ABSENT) else parts).append(tuple(steps))
        if not parts or not all((*parts, *absent)):
            return None
        return _Pattern(intent, source, tuple(sorted(parts, key=_commonness)), tuple(absent))

    def _step(self, text: str) -> _Step:
        if text not in self._steps:
            self._steps[text] = _Step(gap=_GAPS[text]) if text in _GAPS else _of(self._choices(text))
        return self._steps[text]

    def _choices(self, text: str) -> dict[str, None]:
        """Return the alternatives for one word, those of sets included; no set of a pack holds itself."""
        found: dict[str, None] = {}
        for choice in filter(None, text.casefold().split("|")):
            if choice.startswith("<"):
                name = choice[1:-1]
                if name not in self._open:
                    lines = self._sets.get(name, ())
                    self._open[name] = {word: None for line in lines for word in self._choices(line)}
                found |= self._open[name]
            else:
                found[choice] = None
        return found


def _commonness(part: _Part) -> tuple[bool, int]:
    """Return what puts parts first that few messages hold: looking for them costs the least."""
    first = part[0]
    return not FUNCTION_WORDS.isdisjoint(first.whole), len(first.whole) + len(first.beginnings) + len(first.phrases)


def _of(choices: Iterable[str]) -> _Step:
    whole: set[str] = set()
    beginnings: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for choice in choices:
        if choice.endswith(_ENDING):
            beginnings.append(choice[:-1])
        elif _JOINT in choice:
            phrases.append(tuple(choice.split(_JOINT)))
        else:
            whole.add(choice)
    return _Step(0, frozenset(whole), tuple(beginnings), tuple(phrases))
