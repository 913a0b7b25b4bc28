"""A short suffix stripper: where a full stemmer was tried in its place, matching was no better.

The list of endings is own. The conditions are close to those of M. F. Porter ("An algorithm for suffix stripping",
Program 14, 1980): a vowel must be left, a doubled consonant but l, s and z is made single, a last y becomes i.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_PLAIN = 3
"""Words up to this length are left alone."""
_ENDINGS = (
    ("ification", "ifi"),
    ("ational", "at"),
    ("ations", "at"),
    ("ation", "at"),
    ("ities", ""),
    ("ments", ""),
    ("ment", ""),
    ("ness", ""),
    ("ity", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ed", ""),
    ("ly", ""),
)


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return what is left of a word without its ending: `managing` and `manages` both give `manag`.

    Args:
        word: In lower case; one of up to three letters, or not of letters alone, comes back as it is.
    """
    if len(word) <= _PLAIN or not word.isalpha():
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        word = word[:-1]
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _PLAIN and not _VOWELS.isdisjoint(rest):
                word = rest + instead
                if not instead and rest[-1] == rest[-2] and rest[-1] not in "lsz":
                    word = rest[:-1]
            break
    if len(word) > _PLAIN and word[-1] == "e":
        word = word[:-1]
    if len(word) > _PLAIN and word[-1] == "y" and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    return word
