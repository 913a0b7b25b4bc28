"""Why a candidate was found: the phrase most like the question, and what each word added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dimchat.model import Word

if TYPE_CHECKING:
    from dimchat.match.learnt import Learnt
    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading


def likest(learnt: Learnt, idf: Floats, terms: Ints, columns: list[int]) -> list[str]:
    """Return the phrase of each class that shares most with a question.

    Args:
        learnt: What the matcher knows.
        idf: The weights of the features.
        terms: Those of the question.
        columns: The numbers of the classes.
    """
    asked = np.zeros(len(learnt.holds) + 1, np.float32)
    asked[terms] = np.square(idf[terms])
    starts = learnt.starts
    spans = [(int(learnt.first[column]), int(learnt.first[column + 1])) for column in columns]
    own = np.concatenate([learnt.terms[starts[a] : starts[b]] for a, b in spans])
    sizes = np.concatenate([np.diff(starts[a : b + 1]) for a, b in spans])
    common = np.add.reduceat(asked[own], sizes.cumsum() - sizes)
    common /= np.sqrt(sizes)
    result: list[str] = []
    at = 0
    for a, b in spans:
        best = a + int(common[at : at + b - a].argmax())
        at += b - a
        text = learnt.phrases[learnt.ends[best] : learnt.ends[best + 1]].tobytes()
        result.append(text.decode("utf-8", "surrogatepass"))
    return result


def read_words(reading: Reading, added: list[float]) -> tuple[Word, ...]:
    """Return how each word of a question was read.

    Args:
        reading: The question.
        added: What each word added to the score.
    """
    result = []
    canonical = reading.canonical
    for place, token in enumerate(reading.tokens):
        how = token.how
        if how in ("filler", "unknown"):
            result.append(Word(token.text, token.word, how, 0.0))
            continue
        if place in canonical and how != "misspelt":
            how = "synonym"
        result.append(Word(token.text, canonical.get(place, token.word), how, added[place]))
    return tuple(result)
