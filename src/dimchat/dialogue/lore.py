"""What the pack's own words say for its intents besides the ranking: the texts of answers, and how an aspect is asked.

A ranking knows an intent by its phrases, which name the topic. A follow-up leaves the name out, and often asks in a way
that only the phrases of another topic have, or with a word that only the answer has.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from dimchat.dialogue.lexicon import Lexicon
from dimchat.language.citations import replaced
from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words
from dimchat.model import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.model import Pack

    Amounts = NDArray[np.float64]
    Sparse = Mapping[str, tuple[NDArray[np.intp], Amounts]]

_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of BM25, at their usual values."""
_PRIOR = 10.0
"""How many phrases an aspect has in advance that ask like all of them."""
_UNSEEN = 0.5
"""What is added to how often a word is in all phrases."""


class Lore:
    """The texts of a pack's answers, and how its aspects are asked, made ready for questions."""

    def __init__(self, pack: Pack, ids: Sequence[str]) -> None:
        """Read the pack.

        Args:
            pack: Its answers, phrases, outside lines and cues are read.
            ids: Intents and outside groups: what is asked for, in order.
        """
        self._n = len(ids)
        self._answers = _bm25([_text(pack, i) for i in ids])
        classes = [i if i.startswith(f"{OUTSIDE}.") else i.partition(".")[2] for i in ids]
        number = {name: at for at, name in enumerate(dict.fromkeys(classes))}
        self._class_of = np.array([number[name] for name in classes], np.intp)
        lexicon = Lexicon(pack)
        lines = [(number[name], nameless(stems, lexicon)) for name, stems in _lines(pack) if name in number]
        self._alike = _likeness(pack, ids, lexicon)
        sizes = np.bincount([at for at, _ in lines], minlength=len(number)).astype(np.float64)
        self._unseen = np.log(_PRIOR / (sizes + _PRIOR))
        self._asked = _asking([(at, set(stems)) for at, stems in lines])
        self._asked_in_pairs = _asking([(at, set(_pairs(stems))) for at, stems in lines])

    def told(self, stems: Collection[str]) -> Amounts:
        """Return how well the answer of each id fits some words: BM25 (Robertson and Zaragoza 2009), 0 for none.

        Args:
            stems: Of the words.
        """
        found = np.zeros(self._n)
        for one in dict.fromkeys(stems):
            where, much = self._answers.get(one, _NOTHING)
            found[where] += much
        return found

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
        return self._likelier(self._asked_in_pairs, _pairs(stems))

    def alike(self, intents: Iterable[str]) -> Amounts:
        """Return how alike the questions of each id and of some intents are: sums of cosines, 0 for themselves.

        Args:
            intents: Their ids.
        """
        found = np.zeros(self._n)
        for intent in intents:
            found += self._alike.get(intent, 0.0)
        return found

    def _likelier(self, held: Sparse, stems: Iterable[str]) -> Amounts:
        found = np.zeros(len(self._unseen))
        for one in stems:
            if one in held:
                where, much = held[one]
                found += self._unseen
                found[where] += much
        return found[self._class_of]


_NOTHING = (np.zeros(0, np.intp), np.zeros(0))


def nameless(stems: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return words without the names of topics.

    Args:
        stems: Of the words.
        lexicon: It knows the names.
    """
    names = {at for mention in lexicon.topics(stems) for at in mention.span}
    return [one for at, one in enumerate(stems) if at not in names]


def _pairs(stems: Sequence[str]) -> list[str]:
    ends = ("", *stems, "")
    return [f"{one} {next_}" for one, next_ in itertools.pairwise(ends)]


def _text(pack: Pack, identifier: str) -> Counter[str]:
    answer = pack.answer.get(identifier)
    text = replaced(f"{answer.short} {answer.text}", lambda _: "") if answer else ""
    return Counter(stem(word) for word in words(text) if word not in FUNCTION_WORDS)


def _lines(pack: Pack) -> Iterable[tuple[str, list[str]]]:
    """Yield how each aspect, and each outside group, is asked."""
    for intent in pack.browsable:
        for phrase in intent.phrases:
            yield intent.aspect, _stems(phrase.text)
    for group in pack.outside:
        for line in group.phrases:
            yield group.id, _stems(line.text)
    for aspect in pack.vocabulary.aspects:
        for cue in (*aspect.cues, aspect.title):
            yield aspect.id, _stems(cue)


def _likeness(pack: Pack, ids: Sequence[str], lexicon: Lexicon) -> dict[str, Amounts]:
    """Return the cosines between the phrases of intents, without the names of topics."""
    number: dict[str, int] = {}
    counts: list[Counter[int]] = []
    for i in ids:
        phrases = pack.intent[i].phrases if i in pack.intent else ()
        held = (set(nameless(_stems(phrase.text), lexicon)) for phrase in phrases)
        counts.append(Counter(number.setdefault(one, len(number)) for own in held for one in sorted(own)))
    matrix = np.zeros((len(ids), len(number)))
    for at, own in enumerate(counts):
        matrix[at, list(own)] = list(own.values())
    matrix = np.sqrt(matrix) * np.log(len(ids) / np.maximum((matrix > 0).sum(axis=0), 1))
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    cosines = matrix @ matrix.T
    np.fill_diagonal(cosines, 0.0)
    return {i: cosines[at] for at, i in enumerate(ids) if i in pack.intent}


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def _bm25(texts: Sequence[Counter[str]]) -> Sparse:
    sizes = [sum(text.values()) for text in texts]
    n = sum(1 for size in sizes if size)
    mean = sum(sizes) / max(n, 1)
    where: dict[str, list[tuple[int, float]]] = {}
    for at, text in enumerate(texts):
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * sizes[at] / (mean or 1.0))
        for one, times in text.items():
            where.setdefault(one, []).append((at, times * (_SATURATION + 1) / (times + slack)))
    found = {}
    for one, places in where.items():
        rare = math.log1p((n - len(places) + 0.5) / (len(places) + 0.5))
        found[one] = (np.array([at for at, _ in places]), np.array([rare * much for _, much in places]))
    return found


def _asking(lines: Sequence[tuple[int, set[str]]]) -> Sparse:
    """Return for each word what it adds to a class that has it, over what it takes from one that has it not."""
    counts: dict[str, Counter[int]] = {}
    for at, held in lines:
        for one in held:
            counts.setdefault(one, Counter())[at] += 1
    found = {}
    for one, own in counts.items():
        everywhere = _PRIOR * (sum(own.values()) + _UNSEEN) / max(len(lines), 1)
        found[one] = (np.array(list(own)), np.log1p(np.array(list(own.values())) / everywhere))
    return found
