"""Statistics of a pack for follow-ups: the words of answers, and the words with which an aspect is asked.

A ranking knows an intent by its phrases, which name the topic. A follow-up leaves the name out, and often asks in a way
that only the phrases of another topic have, or with a word that only the answer has. Counting all that takes hundreds
of milliseconds, so the prebuilt index keeps the result, and a conversation reads it when it is first needed.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from dimchat.dialogue.understand.vocabulary import VocabularyIndex
from dimchat.errors import IndexFileError
from dimchat.files import container
from dimchat.language.citations import without
from dimchat.language.markup import worded
from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of
from dimchat.model import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.model import Pack

    Amounts = NDArray[np.float64]
    Places = NDArray[np.int32]

KIND = "followups"
_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of BM25, at their usual values."""
_OPENING = 64
"""So many words of an answer count: it says first what it is about."""
_PRIOR = 10.0
"""How many phrases an aspect has in advance that ask like all of them."""
_UNSEEN = 0.5
"""What is added to how often a word is in all phrases."""


class Postings:
    """An inverted index in three arrays: where each word occurs, and its weight there."""

    def __init__(self, terms: Iterable[str], starts: Places, where: Places, amounts: Amounts) -> None:
        """Take words in order, and for word `i` the entries `starts[i]` to `starts[i + 1]` of the other two."""
        self._row = {term: at for at, term in enumerate(terms)}
        self._starts, self._where, self._amounts = starts, where, amounts

    @classmethod
    def of(cls, found: Mapping[str, Mapping[int, float]]) -> Self:
        """Return the index of amounts by place by word."""
        terms = sorted(found)
        sizes = [0, *(len(found[term]) for term in terms)]
        entries = [entry for term in terms for entry in found[term].items()]
        where = np.array([at for at, _ in entries], np.int32)
        return cls(terms, np.cumsum(sizes, dtype=np.int32), where, np.array([much for _, much in entries], np.float64))

    @classmethod
    def from_data(cls, terms: Sequence[str], arrays: Mapping[str, NDArray[Any]], name: str, n: int) -> Self:
        """Return what `data` described.

        Args:
            terms: Its words.
            arrays: They hold its arrays.
            name: Of the index.
            n: Every place is below this.

        Raises:
            ValueError: The parts do not fit together; or KeyError, or TypeError.
        """
        starts, where, amounts = (arrays[f"{name}.{part}"] for part in ("starts", "where", "amounts"))
        fits = (
            len(starts) == len(terms) + 1
            and starts[0] == 0
            and starts[-1] == len(where) == len(amounts)
            and (np.diff(starts) >= 0).all()
            and (not len(where) or (where.min() >= 0 and where.max() < n))
            and np.isfinite(amounts).all()
        )
        if not fits:
            raise ValueError(name)
        return cls(terms, starts, where, amounts)

    def data(self, name: str) -> tuple[list[str], dict[str, NDArray[Any]]]:
        """Return the words, and the arrays under names that begin with `name`."""
        return list(self._row), {
            f"{name}.starts": self._starts,
            f"{name}.where": self._where,
            f"{name}.amounts": self._amounts,
        }

    def find(self, term: str) -> tuple[Places, Amounts] | None:
        """Return the places that have a word, and what it says there; None for one that no place has."""
        row = self._row.get(term)
        if row is None:
            return None
        held = slice(self._starts[row], self._starts[row + 1])
        return self._where[held], self._amounts[held]


class PackStatistics:
    """The texts of a pack's answers, and how its aspects are asked, counted for questions."""

    def __init__(
        self,
        ids: Sequence[str],
        *,
        answers: Postings,
        asked: Postings,
        pairs: Postings,
        unseen: Amounts,
        alike: Amounts,
    ) -> None:
        """Take the parts; `of` and `from_bytes` make them.

        Args:
            ids: Intents and outside groups: what is asked for, in order.
            answers: Words of their answers.
            asked: Words of the questions of each class, see `_classes`.
            pairs: Pairs of neighbouring words of the same.
            unseen: What a word that a class has not takes from it.
            alike: The cosines between the questions of the ids: ids by ids.
        """
        self.ids = tuple(ids)
        self._answers, self._asked, self._pairs = answers, asked, pairs
        self._unseen, self._alike = unseen, alike
        number = {name: at for at, name in enumerate(dict.fromkeys(_classes(ids)))}
        self._class_of = np.array([number[name] for name in _classes(ids)], np.intp)
        self._place = {i: at for at, i in enumerate(ids)}

    @classmethod
    def of(cls, pack: Pack) -> Self:
        """Count a pack's answers, phrases, outside lines and cues."""
        ids = measured(pack)
        number = {name: at for at, name in enumerate(dict.fromkeys(_classes(ids)))}
        vocabulary = VocabularyIndex(pack)
        lines = [(number[name], nameless(stems, vocabulary)) for name, stems in _lines(pack) if name in number]
        sizes = np.bincount([at for at, _ in lines], minlength=len(number)).astype(np.float64)
        return cls(
            ids,
            answers=_of_answers(pack, ids),
            asked=_asking(lines),
            pairs=_asking([(at, _pairs(stems)) for at, stems in lines]),
            unseen=np.log(_PRIOR / (sizes + _PRIOR)),
            alike=_likeness(pack, ids, vocabulary),
        )

    def with_answers_of(self, pack: Pack) -> Self:
        """Return the same for a pack of which other answers are all that differs."""
        if self.ids != measured(pack):
            return type(self).of(pack)
        return type(self)(
            self.ids,
            answers=_of_answers(pack, self.ids),
            asked=self._asked,
            pairs=self._pairs,
            unseen=self._unseen,
            alike=self._alike,
        )

    def to_bytes(self) -> bytes:
        """Return the statistics as data, for `from_bytes`."""
        small: dict[str, Any] = {"ids": self.ids}
        arrays: dict[str, NDArray[Any]] = {"unseen": self._unseen, "alike": self._alike}
        for name, held in (("answers", self._answers), ("asked", self._asked), ("pairs", self._pairs)):
            small[name], own = held.data(name)
            arrays |= own
        return container.write(KIND, small, arrays)

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """Return the statistics that `to_bytes` described.

        Args:
            data: Its bytes.

        Raises:
            IndexFileError: They are damaged or foreign.
        """
        small, arrays = container.read(KIND, data)
        try:
            ids = small["ids"]
            n, n_classes = len(ids), len(set(_classes(ids)))
            unseen, alike = arrays["unseen"].reshape(n_classes), arrays["alike"].reshape(n, n)
            parts = {
                name: Postings.from_data(small[name], arrays, name, size)
                for name, size in (("answers", n), ("asked", n_classes), ("pairs", n_classes))
            }
            return cls(ids, **parts, unseen=unseen, alike=alike)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise IndexFileError("The index is damaged: its statistics do not fit together.") from error

    def told(self, stems: Collection[str]) -> Amounts:
        """Return how well the answer of each id fits some words: BM25 (Robertson and Zaragoza 2009), 0 for none.

        Args:
            stems: Of the words.
        """
        total = np.zeros(len(self.ids))
        for one in dict.fromkeys(stems):
            found = self._answers.find(one)
            if found is not None:
                total[found[0]] += found[1]
        return total

    def asked(self, stems: Sequence[str]) -> Amounts:
        """Return how much likelier words are in a question of each id's aspect than in any: logarithms of naive Bayes.

        Args:
            stems: Of the words, without names of topics, in order.
        """
        return self._likelier(self._asked, dict.fromkeys(stems))

    def asked_in_pairs(self, stems: Sequence[str]) -> Amounts:
        """Return the same of neighbouring words, the beginning and the end among them.

        Args:
            stems: Of the words, without names of topics, in order.
        """
        return self._likelier(self._pairs, _pairs(stems))

    def alike(self, intents: Iterable[str]) -> Amounts:
        """Return how alike the questions of each id and of some intents are: sums of cosines, 0 for themselves.

        Args:
            intents: Their ids.
        """
        total = np.zeros(len(self.ids))
        for intent in intents:
            if intent in self._place:
                total += self._alike[self._place[intent]]
        return total

    def _likelier(self, held: Postings, stems: Iterable[str]) -> Amounts:
        total = np.zeros(len(self._unseen))
        for one in stems:
            found = held.find(one)
            if found is not None:
                total += self._unseen
                total[found[0]] += found[1]
        return total[self._class_of]


def measured(pack: Pack) -> tuple[str, ...]:
    """Return what a message may go on to: the intents that have an answer, and the outside groups."""
    return (*(i.id for i in pack.browsable if i.id in pack.answer), *(group.id for group in pack.outside))


def nameless(stems: Sequence[str], vocabulary: VocabularyIndex) -> list[str]:
    """Return words without the names of topics.

    Args:
        stems: Of the words.
        vocabulary: It knows the names.
    """
    names = {at for mention in vocabulary.topics(stems) for at in mention.span}
    return [one for at, one in enumerate(stems) if at not in names]


def _classes(ids: Iterable[str]) -> list[str]:
    """Return what the questions of each id are counted under: the aspect of an intent, an outside group itself."""
    return [i if i.startswith(f"{OUTSIDE}.") else i.partition(".")[2] for i in ids]


def _pairs(stems: Sequence[str]) -> list[str]:
    ends = ("", *stems, "")
    return [f"{one} {next_}" for one, next_ in itertools.pairwise(ends)]


def _stems(text: str, language: str) -> list[str]:
    stem = tongue_of(language).stem
    return [stem(word) for word in words(text)]


def _lines(pack: Pack) -> Iterable[tuple[str, list[str]]]:
    """Yield how each aspect, and each outside group, is asked."""
    for intent in pack.browsable:
        for phrase in intent.phrases:
            yield intent.aspect, _stems(phrase.text, pack.language)
    for group in pack.outside:
        for line in group.phrases:
            yield group.id, _stems(line.text, pack.language)
    for aspect in pack.vocabulary.aspects:
        for cue in (*aspect.cues, aspect.title):
            yield aspect.id, _stems(cue, pack.language)


def _likeness(pack: Pack, ids: Sequence[str], vocabulary: VocabularyIndex) -> Amounts:
    """Return the cosines between the phrases of ids, without the names of topics; groups are like nothing."""
    number: dict[str, int] = {}
    counts: list[Counter[int]] = []
    for i in ids:
        phrases = pack.intent[i].phrases if i in pack.intent else ()
        held = (set(nameless(_stems(phrase.text, pack.language), vocabulary)) for phrase in phrases)
        counts.append(Counter(number.setdefault(one, len(number)) for own in held for one in sorted(own)))
    matrix = np.zeros((len(ids), len(number)))
    for at, own in enumerate(counts):
        matrix[at, list(own)] = list(own.values())
    matrix = np.sqrt(matrix) * np.log(len(ids) / np.maximum((matrix > 0).sum(axis=0), 1))
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    cosines: Amounts = matrix @ matrix.T
    np.fill_diagonal(cosines, 0.0)
    return cosines


def _of_answers(pack: Pack, ids: Sequence[str]) -> Postings:
    """Return how much each word says for the ids whose answers have it, by BM25."""
    texts = []
    stem, small = tongue_of(pack.language)[:2]
    for i in ids:
        answer = pack.answer.get(i)
        text = without(worded(f"{answer.short} {answer.text}", {}), keep_offsets=False) if answer else ""
        texts.append(Counter(stem(word) for word in words(text)[:_OPENING] if word not in small))
    sizes = [counts.total() for counts in texts]
    n = sum(1 for size in sizes if size)
    mean = sum(sizes) / max(n, 1)
    found: dict[str, dict[int, float]] = {}
    for at, counts in enumerate(texts):
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * sizes[at] / (mean or 1.0))
        for one, times in counts.items():
            found.setdefault(one, {})[at] = times * (_SATURATION + 1) / (times + slack)
    for places in found.values():
        rare = math.log1p((n - len(places) + 0.5) / (len(places) + 0.5))
        for at in places:
            places[at] *= rare
    return Postings.of(found)


def _asking(lines: Sequence[tuple[int, Sequence[str]]]) -> Postings:
    """Return for each word what it adds to a class that has it, over what it takes from one that has it not."""
    counts: dict[str, Counter[int]] = {}
    for at, held in lines:
        for one in set(held):
            counts.setdefault(one, Counter())[at] += 1
    found: dict[str, dict[int, float]] = {}
    for one, own in counts.items():
        everywhere = _PRIOR * (sum(own.values()) + _UNSEEN) / max(len(lines), 1)
        found[one] = dict(zip(own, np.log1p(np.array(list(own.values())) / everywhere).tolist(), strict=True))
    return Postings.of(found)
