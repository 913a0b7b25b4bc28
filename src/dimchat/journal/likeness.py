"""What makes two questions alike: the stems of their words of content, whatever their order."""

from __future__ import annotations

from rapidfuzz import fuzz

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words

ALIKE = 75.0
"""The likeness of two forms, 0 to 100, from which they ask the same."""
_WORTH_A_LOOK = 45.0
AGAIN = 60.0
"""The likeness to the question before from which a question is taken for the same one in other words."""


def form(text: str) -> str:
    """Return the sorted stems of the words of content, or of all words where there are no others."""
    tokens = words(text)
    content = sorted({stem(token) for token in tokens if token not in FUNCTION_WORDS})
    return " ".join(content or sorted(set(tokens)))


def again(one: str, other: str) -> bool:
    """Return whether a question is taken for the one before it in other words.

    Args:
        one: The question as it was typed.
        other: The one before it.
    """
    # Most questions have so little in common that their words need not be looked at.
    if fuzz.token_sort_ratio(one, other, score_cutoff=_WORTH_A_LOOK) == 0:
        return False
    return likeness(form(one), form(other)) >= AGAIN


def likeness(one: str, other: str) -> float:
    """Return how alike two forms are, 0 to 100.

    Letters decide, so that misspelt words count, and every word of both forms has its part: a form
    that lies within a longer one is not the same question.
    """
    return float(fuzz.ratio(one, other))
