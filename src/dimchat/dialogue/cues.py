"""Safety cues: word patterns that decide before anything is ranked (docs/packs.md has the syntax)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dimchat.match.spell import Speller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dimchat.model import Pack

_GAP = ".."
_LONGEST_GAP = 3


class Alarm(NamedTuple):
    """A cue that fired."""

    intent: str
    cue: str


class _Pattern(NamedTuple):
    intent: str
    source: str
    steps: tuple[frozenset[str] | None, ...]
    """The words that may stand at each step; None is a gap."""

    def spans(self, words: Sequence[str], start: int) -> Iterator[frozenset[int]]:
        """Yield the positions of the matched words for each way to match from `start`."""
        yield from self._from(words, start, 0)

    def _from(self, words: Sequence[str], at: int, step: int) -> Iterator[frozenset[int]]:
        if step == len(self.steps):
            yield frozenset()
            return
        choice = self.steps[step]
        if choice is None:
            for skipped in range(_LONGEST_GAP + 1):
                yield from self._from(words, at + skipped, step + 1)
        elif at < len(words) and words[at] in choice:
            for rest in self._from(words, at + 1, step + 1):
                yield rest | {at}


class Cues:
    """The cues of a pack, ready to be looked for."""

    def __init__(self, pack: Pack) -> None:
        """Compile the cues and the idioms that excuse words from them."""
        self._cues = _by_first_word(_compile(intent.id, cue) for intent in pack.intents for cue in intent.cues)
        self._idioms = _by_first_word(_compile(intent.id, idiom) for intent in pack.intents for idiom in intent.unless)

        known = Counter(w for cues in self._cues.values() for cue in cues for step in cue.steps if step for w in step)
        self._speller = Speller(known)

    def find(self, words: Sequence[str]) -> Alarm | None:
        """Return the first cue that fires on words that no idiom covers."""
        excused = self.excused(words)
        for start, word in enumerate(words):
            for cue in self._cues.get(word, ()):
                if any(excused.isdisjoint(span) for span in cue.spans(words, start)):
                    return Alarm(cue.intent, cue.source)
        return None

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

    def excused(self, words: Sequence[str]) -> frozenset[int]:
        """Return the positions of the words that idioms cover."""
        spans = (
            span
            for start, word in enumerate(words)
            for idiom in self._idioms.get(word, ())
            for span in idiom.spans(words, start)
        )
        return frozenset().union(*spans)


def _compile(intent: str, source: str) -> _Pattern | None:
    steps = tuple(
        None if part == _GAP else frozenset(choice for choice in part.casefold().split("|") if choice)
        for part in source.split()
    )
    while steps and steps[0] is None:
        steps = steps[1:]
    while steps and steps[-1] is None:
        steps = steps[:-1]
    return _Pattern(intent, source, steps) if steps else None


def _by_first_word(patterns: Iterator[_Pattern | None]) -> dict[str, list[_Pattern]]:
    index: dict[str, list[_Pattern]] = {}
    for pattern in patterns:
        if pattern is not None and pattern.steps[0] is not None:
            for word in sorted(pattern.steps[0]):
                index.setdefault(word, []).append(pattern)
    return index
