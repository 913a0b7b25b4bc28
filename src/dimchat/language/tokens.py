"""From what a person typed to plain words and their stems, whatever the bytes were.

The text is cut before anything looks at it, so that time is bounded; control codes, lone
surrogates and marks of all kinds turn into gaps between words, never into an exception.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from dimchat.language.english import CONTRACTED_ENDINGS, CONTRACTED_IS, CONTRACTIONS, STEMS, SUFFIXES, VOWELS

MAX_CHARS = 4000
"""How many characters of a text are read."""
MAX_WORDS = 128
"""How many words of it."""
MAX_WORD = 40
"""How many letters of a word. Nobody's question needs more than these; what follows is not read."""

_ANSI = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b.?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# These two begin with what is looked for: that is found far faster than a class of letters.
_IN_DOTTED = re.compile(r"\.[^\W\d_]\.")
_HYPHEN = re.compile(r"-(?<=[^\W\d_]-)(?<![^\W_]{2}-)(?=[^\W\d_]{2})")
"""A hyphen between a single letter and a word: x-ray."""
_MONEY = re.compile(r"\${2,}")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
_SHORT = 3
"""Words of up to so many letters have no ending to take off."""


def words(text: str) -> list[str]:
    """Return the words of a text: folded, without accents, contractions spelt out.

    The folding is Unicode's (compatibility forms and case folding, Unicode Standard Annex 15 and chapter 3.13).

    Args:
        text: Anything at all, lone surrogates included; it is read up to `MAX_CHARS` characters.

    Returns:
        At most `MAX_WORDS` words of 1 to `MAX_WORD` letters and digits, in their order; none where there are none.

    >>> words("What's the C.R.A.? I can't find it")
    ['what', 'is', 'the', 'cra', 'i', 'can', 'not', 'find', 'it']
    """
    text = text[:MAX_CHARS]
    if "\x1b" in text:
        text = _ANSI.sub(" ", text)
    if text.isascii():
        text = text.lower().replace("`", "'")
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold())
        text = "".join([c for c in text if not unicodedata.combining(c)]).translate(_QUOTES)[: 2 * MAX_CHARS]
    if "$$" in text:
        text = _MONEY.sub(" money ", text)
    if _IN_DOTTED.search(text):
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _HYPHEN.sub("", text)
    plain = text.strip(" ?.!")
    # Nearly every question is letters and spaces alone, which splits faster than a pattern finds.
    if plain.replace(" ", "").isalnum():
        found = plain.split()[:MAX_WORDS]
    else:
        found = [word[0] for word in islice(_WORD.finditer(text), MAX_WORDS)]
    if "'" in text or not CONTRACTIONS.keys().isdisjoint(found):
        found = [
            one
            for word in found
            for one in (_spelt_out(word).split() if "'" in word or word in CONTRACTIONS else (word,))
        ]
    return [word[:MAX_WORD] for word in found[:MAX_WORDS]]


def normalise(text: str) -> str:
    """Return the words of a text, as `words` finds them, with single spaces between them; "" where there are none.

    >>> normalise("Don't I need  a LICENSE?")
    'do not i need a license'
    """
    return " ".join(words(text))


def _spelt_out(word: str) -> str:
    whole = CONTRACTIONS.get(word)
    if whole is not None:
        return whole
    for ending, spelt in CONTRACTED_ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)].replace("'", "") + spelt
    head, _, tail = word.rpartition("'")
    if tail == "s":
        return f"{head} is" if head in CONTRACTED_IS else head.replace("'", "")
    return word.replace("'", "")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a word without its ending: a short suffix stripper. A full stemmer in its place matched no better.

    The list of suffixes is own. The conditions are close to those of M. F. Porter ("An algorithm for suffix stripping",
    Program 14, 1980): a vowel must be left, a doubled consonant but l, s and z is made single, a last y becomes i.

    Args:
        word: In lower case; one of up to three letters, or not of letters alone, comes back as it is.

    >>> stem("managing"), stem("manages")
    ('manag', 'manag')
    """
    if len(word) <= _SHORT or not word.isalpha():
        return word
    if word in STEMS:
        return STEMS[word]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        word = word[:-1]
    for ending, instead in SUFFIXES:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _SHORT and not VOWELS.isdisjoint(rest):
                word = rest + instead
                if not instead and rest[-1] == rest[-2] and rest[-1] not in "lsz":
                    word = rest[:-1]
            break
    if len(word) > _SHORT and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORT and word[-1] == "y" and word[-2] not in VOWELS:
        word = word[:-1] + "i"
    return word
