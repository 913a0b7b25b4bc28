"""Cues: patterns of words that decide before anything is ranked, and what a slip of the finger makes of them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import VAGUE
from dimchat.language.patterns import Compiler, Index
from dimchat.language.senses import dictionary
from dimchat.language.spelling import Speller, edits
from dimchat.language.tongue import tongue_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dimchat.language.patterns import Heads, Pattern
    from dimchat.model import Pack

_SHORTEST_HALF = 3
"""A word that was typed as one is cut where both halves have so many letters."""
_FURTHEST = 2
"""A slip is so many edits from what was meant at most."""
_BACKED = 2
"""So many small words beside it back a word that may be another one."""


class Alarm(NamedTuple):
    """A cue that fired."""

    intent: str
    cue: str
    span: frozenset[int] = frozenset()
    """The positions of the words that it matched."""


class CueHeads(NamedTuple):
    """What can be known of cues before one is looked for."""

    cues: Heads
    idioms: Heads


class Cues:
    """The cues of some intents of a pack, ready to be looked for."""

    def __init__(self, pack: Pack, group: str, heads: CueHeads | None = None) -> None:
        """Index the cues and the idioms that excuse words from them.

        Args:
            pack: It holds the cues, and the sets that they name.
            group: The category whose cues are meant.
            heads: Those of this pack; None to find them out.
        """
        intents = [intent for intent in pack.intents if intent.category == group]
        compiler = Compiler(dict(pack.vocabulary.sets))
        self._order = {intent.id: place for place, intent in enumerate(intents)}
        cues = [(intent.id, cue) for intent in intents for cue in intent.cues]
        idioms = [(intent.id, idiom) for intent in intents for idiom in intent.unless]
        self._tongue = tongue_of(pack.language)
        of_cues, of_idioms = heads or (None, None)
        self._cues = Index(cues, compiler, of_cues)
        self._idioms = Index(idioms, compiler, of_idioms)

    @property
    def heads(self) -> CueHeads:
        """Return what was found out of the cues before any message came."""
        return CueHeads(self._cues.heads, self._idioms.heads)

    @property
    def _words(self) -> Mapping[str, int]:
        return self._cues.heads.said

    @cached_property
    def _urgent(self) -> frozenset[str]:
        """Return the words of content of the cues of the first intent."""
        return frozenset(self._cues.words(intent=next(iter(self._order), ""))) - self._tongue.function_words - VAGUE

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._words)

    @cached_property
    def _every(self) -> Speller:
        """Return what knows the words that call an alarm off besides those that raise one."""
        return Speller(Counter(self._words) + Counter(self._cues.heads.absent) + Counter(self._idioms.heads.said))

    def find(self, words: Sequence[str]) -> Alarm | None:
        """Return the cue that fires: one of the first intent, else the one that matches the most words."""
        return self._first(self._alarms(words, ()))

    def all(self, words: Sequence[str]) -> Iterator[Alarm]:
        """Yield all the cues that fire on words that no idiom of their intent covers."""
        excused: dict[str, frozenset[int]] = {}
        for start, word in enumerate(words):
            for cue in self._cues.beginning(word):
                for span in cue.spans(words, start):
                    if cue.intent not in excused:
                        excused[cue.intent] = self._covered(words, (), cue.intent)
                    if excused[cue.intent].isdisjoint(span):
                        yield Alarm(cue.intent, cue.source, span)

    def doubts(self, words: Sequence[str]) -> bool:
        """Return whether a message holds what is no word, so that an alarm waits for what that is taken for."""
        return not all(map(self._is_word, words))

    def find_misspelt(
        self, words: Sequence[str], spelling: Mapping[str, str], alarm: Alarm | None = None
    ) -> Alarm | None:
        """Return the cue that fires on words as they were typed or probably meant, unless either of the two bars it.

        Where the matcher takes a word for another one that is as near as a word of a cue, the cue needs more than that
        word: "chest paim" is an alarm, "a hortage of doctors" has no hostage.

        Args:
            words: The message.
            spelling: Its words that are not known, with what the matcher takes them for. Only these are doubted:
                a known word, however near to a cue, was meant as it stands.
            alarm: What `find` returned.
        """
        slips = self._slips(spelling)
        if not slips:
            return alarm
        typed = [part for word in words for part in (self._halves(word) if slips.get(word) == word else (word,))]
        calm = self._calm(typed, slips)
        near, meant = _readings(typed, slips, self._speller)
        sure = {at for at, word in enumerate(near) if word == meant[at]}
        fired = [*(self._alarms(typed, calm) if alarm else ()), *self._alarms(meant, calm)]
        backed = (found for found in self._alarms(near, calm) if self._is_backed(found, near, sure))
        urgent = (found for found in backed if not fired or self._order[found.intent] == 0)
        return self._first([*fired, *(urgent if near != meant else ())])

    def _is_backed(self, alarm: Alarm, words: Sequence[str], sure: Collection[int]) -> bool:
        """Return whether a cue has a word of content that is sure, or two small ones.

        For the first intent, the emergency, one of another of its cues will do, wherever it stands: "I fant breathe".
        """
        own = alarm.span.intersection(sure)
        if len(own) >= _BACKED or any(words[at] not in self._tongue.function_words for at in own):
            return True
        return self._order[alarm.intent] == 0 and any(words[at] in self._urgent for at in sure)

    def _first(self, alarms: Iterable[Alarm]) -> Alarm | None:
        return min(alarms, key=self._rank, default=None)

    def _rank(self, alarm: Alarm) -> tuple[bool, int, int]:
        order = self._order[alarm.intent]
        return order > 0, -len(alarm.span), order

    def _alarms(self, words: Sequence[str], calm: Sequence[Sequence[str]]) -> Iterator[Alarm]:
        """Yield the cues that fire on words, unless these or all the calm readings of them bar or excuse that."""
        excused: dict[str, frozenset[int]] = {}
        for start, word in enumerate(words):
            for cue in self._cues.beginning(word):
                if cue.intent not in excused:
                    excused[cue.intent] = self._covered(words, calm, cue.intent)
                span = cue.widest(words, start, excused[cue.intent])
                if span is not None and not _is_barred(cue, words, calm):
                    yield Alarm(cue.intent, cue.source, span)

    def _slips(self, spelling: Mapping[str, str]) -> dict[str, str]:
        """Return what is no word, with the word that the matcher takes it for: itself where it is like none.

        It is empty where the matcher tells what that word stands for instead: "schooking" is education.
        """
        # "Tutor" is no slip of the finger for "tumor", whatever the pack knows.
        slips = {word: meant for word, meant in spelling.items() if not self._is_word(word)}
        return {word: meant if edits(word, meant) <= _FURTHEST else "" for word, meant in slips.items()}

    def _calm(self, words: Sequence[str], slips: Mapping[str, str]) -> Sequence[Sequence[str]]:
        """Return what words with slips in them may mean, words that bar cues being among those that may be meant."""
        certain = {word: meant for word, meant in slips.items() if meant in self._tongue.function_words}
        rest = {word: meant or word for word, meant in slips.items() if word not in certain}
        return _readings([certain.get(word, word) for word in words], rest, self._every) if slips else ()

    def _is_word(self, word: str) -> bool:
        if word in self._tongue.function_words or not word.isalpha() or word in self._words:
            return True
        # Elsewhere a word of English is most often a slip, as "quire" for "quiere".
        return word in dictionary() if self._tongue.has_meanings else word in self._tongue.telling

    def _halves(self, word: str) -> Sequence[str]:
        """Return the two words of cues that a word which is like none was typed for, else the word."""
        for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            if word[:at] in self._words and word[at:] in self._words and self._speller.nearest(word) is None:
                return (word[:at], word[at:])
        return (word,)

    def excused(self, words: Sequence[str], intent: str, spelling: Mapping[str, str] | None = None) -> frozenset[int]:
        """Return the positions of the words that mean no harm: those of idioms, all where a cue is barred.

        A cue that would have fired but for what else is said was considered and turned down.

        Args:
            words: The message.
            intent: Whose idioms and cues count.
            spelling: As for `find_misspelt`; None where all words are known.
        """
        calm = self._calm(words, self._slips(spelling or {}))
        barred = any(
            cue.intent == intent
            and cue.absent
            and cue.widest(read, start, frozenset()) is not None
            and _is_barred(cue, words, calm)
            for read in (words, *calm)
            for start, word in enumerate(read)
            for cue in self._cues.beginning(word)
        )
        return frozenset(range(len(words))) if barred else self._covered(words, calm, intent)

    def _covered(self, words: Sequence[str], calm: Sequence[Sequence[str]], intent: str) -> frozenset[int]:
        """Return the positions that idioms of an intent cover in words or in all the calm readings of them."""
        typed, *others = (
            frozenset().union(
                *(
                    span
                    for start, word in enumerate(read)
                    for idiom in self._idioms.beginning(word)
                    if idiom.intent == intent
                    for span in idiom.spans(read, start)
                )
            )
            for read in (words, *calm)
        )
        return typed.union(frozenset.intersection(*others)) if others else typed


def _readings(words: Sequence[str], slips: Mapping[str, str], speller: Speller) -> tuple[list[str], list[str]]:
    """Return words with slips put right, twice: where two are as near as each other, the speller's, then the matcher's.

    Args:
        words: The message.
        slips: As of `Cues._slips`. What an empty text stands for may be as near as anything.
        speller: Of the words that count.
    """
    choices = {}
    for word, meant in slips.items():
        near = speller.nearest(word)
        if near is None or meant == word:
            choices[word] = (near or meant or word, near or meant or word)
        elif not meant:
            choices[word] = (near, word)
        else:
            further = edits(word, near) - edits(word, meant)
            choices[word] = (meant if further > 0 else near, near if further < 0 else meant)
    return [choices.get(word, (word,))[0] for word in words], [choices.get(word, (word,))[-1] for word in words]


def _is_barred(cue: Pattern, words: Sequence[str], calm: Sequence[Sequence[str]]) -> bool:
    return cue.is_barred(words) or (bool(calm) and all(map(cue.is_barred, calm)))
