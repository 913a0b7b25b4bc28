"""Patterns of words, which cues and idioms are made of: how they are written, checked, compiled and looked for.

docs/packs.md has the syntax.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import meant
from dimchat.files.text import suggest
from dimchat.language.english import FUNCTION_WORDS, PATTERN_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_BESIDE = "&"
_ABSENT = "!"
_ENDING = "*"
_JOINT = "_"
_GAPS = {".": 1, "..": 3}
_CHOICE = r"<[a-z][a-z0-9_]*>|[^\W_]+\*|[^\W_]+(?:_[^\W_]+)*"
_WINDOW = 16
"""So many words apart, the parts of a pattern belong to different thoughts."""


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


class Pattern(NamedTuple):
    """Words in combination, as one line of a pack says it."""

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
        """Return whether a part that must be absent stands somewhere."""
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


class Heads(NamedTuple):
    """What can be known of patterns before one is compiled; an index of a pack holds it."""

    whole: Mapping[str, Sequence[int]]
    """The patterns, by number, whose first part can begin with a word."""
    beginnings: Mapping[str, Sequence[int]]
    """The same for words that begin so."""
    said: Mapping[str, int]
    """The words that patterns are made of, and how many steps have each."""
    absent: Mapping[str, int]
    """The same for what must be absent."""


class Index:
    """Patterns by the words that their first part can begin with; most are compiled when such a word comes."""

    def __init__(self, lines: Sequence[tuple[str, str]], compiler: Compiler, heads: Heads | None = None) -> None:
        """Take what patterns say.

        Args:
            lines: For each pattern its intent and its source; where nothing is left of one it is passed over.
            compiler: Makes patterns of them.
            heads: Of the very same lines and sets; None to compile all patterns now.
        """
        self._lines = lines
        self._compiler = compiler
        self._compiled: dict[int, Pattern | None] = {}
        self.heads = self._found() if heads is None else heads
        self._shortest = min(map(len, self.heads.beginnings), default=1)
        self._longest = max(map(len, self.heads.beginnings), default=0)

    def _found(self) -> Heads:
        whole: defaultdict[str, list[int]] = defaultdict(list)
        beginnings: defaultdict[str, list[int]] = defaultdict(list)
        for number, pattern in self._patterns():
            first = pattern.parts[0][0]
            for word in sorted(first.whole.union(phrase[0] for phrase in first.phrases)):
                whole[word].append(number)
            for beginning in first.beginnings:
                beginnings[beginning].append(number)
        said, absent = (dict(sorted(Counter(self.words(absent=which)).items())) for which in (False, True))
        return Heads(dict(whole), dict(beginnings), said, absent)

    def _pattern(self, number: int) -> Pattern | None:
        if number not in self._compiled:
            self._compiled[number] = self._compiler.pattern(*self._lines[number])
        return self._compiled[number]

    def _patterns(self) -> Iterator[tuple[int, Pattern]]:
        for number in range(len(self._lines)):
            pattern = self._pattern(number)
            if pattern is not None:
                yield number, pattern

    def beginning(self, word: str) -> Iterator[Pattern]:
        """Yield the patterns whose first part can begin with a word."""
        whole, beginnings = self.heads.whole, self.heads.beginnings
        numbers = [*whole.get(word, ())]
        for size in range(self._shortest, min(self._longest, len(word)) + 1):
            numbers += beginnings.get(word[:size], ())
        return filter(None, map(self._pattern, numbers))

    def words(self, *, absent: bool = False, intent: str | None = None) -> Iterator[str]:
        """Yield the words that patterns are made of, or those that must be absent, those of one step once.

        Args:
            absent: Which of the two.
            intent: Whose patterns count; None for all.
        """
        patterns = (pattern for _, pattern in self._patterns() if intent in (None, pattern.intent))
        sides = (pattern.absent if absent else pattern.parts for pattern in patterns)
        steps = {id(step): step for side in sides for part in side for step in part}
        for step in steps.values():
            yield from step.whole.union(*step.phrases)
            yield from (beginning + ending for beginning in step.beginnings for ending in PATTERN_ENDINGS)


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


class Compiler:
    """Makes patterns; what is written alike becomes one and the same step."""

    def __init__(self, sets: Mapping[str, Sequence[str]]) -> None:
        """Take the sets that patterns may name, by name; none of them holds itself."""
        self._sets = sets
        self._open: dict[str, dict[str, None]] = {}
        self._steps: dict[str, _Step] = {}

    def pattern(self, intent: str, source: str) -> Pattern | None:
        """Return the pattern that a line says for an intent; None where nothing is left of it."""
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
        return Pattern(intent, source, tuple(sorted(parts, key=_commonness)), tuple(absent))

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


def cue_fault(cue: str, sets: Collection[str]) -> str | None:
    """Return what is wrong with a cue, or None.

    Args:
        cue: As it is written in the file.
        sets: The names of the sets that it may use.
    """
    words = cue.split()
    firsts = [after for before, after in zip([_BESIDE, *words], words, strict=False) if before == _BESIDE]
    if firsts and all(word.startswith(_ABSENT) for word in firsts):
        return "a cue needs a part without '!', which is what it is about"
    # Only the first word of a part may say that the part must be absent.
    words = [
        word.removeprefix(_ABSENT) if before == _BESIDE else word
        for before, word in zip([_BESIDE, *words], words, strict=False)
    ]
    for word, following in zip(["", *words], [*words, ""], strict=True):
        if following in _GAPS and word in ("", _BESIDE):
            return "a cue starts and ends with a word, not with '..'"
        if word in _GAPS and following in ("", _BESIDE):
            return "a cue starts and ends with a word, not with '..'"
        if word in _GAPS and following in _GAPS:
            return "'.' stands already for up to one word, '..' for up to three; write one of them once"
        if _BESIDE in (word, following) and word in ("", _BESIDE) and following in ("", _BESIDE):
            return "'&' stands between two parts of a cue"
    return next((fault for word in words if word not in (*_GAPS, _BESIDE) if (fault := _word_fault(word, sets))), None)


def _word_fault(word: str, sets: Collection[str]) -> str | None:
    if "'" in word or "\u2019" in word:
        return f"{word!r}: write contractions out, such as 'can not' and 'do not'"
    if word != word.lower():
        return f"{word!r}: cues are in lower case"
    for choice in word.split("|"):
        if not (choice.isalnum() or re.fullmatch(_CHOICE, choice)):
            return (
                f"{choice!r} is no word of a cue; use letters and digits, '|' between alternatives, "
                "'_' between the words of one, '*' for any ending, '<name>' for a set, '..' for a gap, "
                "'&' between parts in any order, '!' before a part that must be absent"
            )
        if choice.startswith("<") and choice[1:-1] not in sets:
            near = suggest(choice[1:-1], sets)
            return f"{choice!r} is no set of the vocabulary" + meant(near and f"<{near}>")
    return None


def set_fault(name: str, sets: Mapping[str, Sequence[str]]) -> str | None:
    """Return what is wrong with a set of words for cues, or None.

    Args:
        name: The set's own.
        sets: All of them: what each stands for, as it is written in the file.
    """
    for line in sets[name]:
        if len(line.split()) > 1:
            return f"{line!r} is more than one word; join the words of one alternative with '_'"
        fault = _word_fault(line, sets)
        if fault:
            return fault
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        for line in sets.get(ahead.pop(), ()):
            named = {choice[1:-1] for choice in line.split("|") if choice.startswith("<")}
            if name in named:
                return f"the set {name!r} holds itself"
            ahead += named - reached
            reached |= named
    return None
