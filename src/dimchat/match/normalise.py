"""From what a person typed to plain words, whatever the bytes were.

The text is cut before anything looks at it, so that time is bounded; control codes, lone
surrogates and marks of all kinds turn into gaps between words, never into an exception.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 4000
"""How many characters of a text are read."""
MAX_WORDS = 64
"""How many words of it."""
MAX_WORD = 40
"""How many letters of a word. Nobody's question needs more than these; what follows is not read."""

_ANSI = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b.?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_HYPHENED = re.compile(r"(?<![^\W_])([^\W\d_])-(?=[^\W\d_]{2})")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})

_WHOLE = {
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "aint": "is not",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "couldnt": "could not",
    "shouldnt": "should not",
    "wouldnt": "would not",
    "havent": "have not",
    "hasnt": "has not",
    "im": "i am",
    "ive": "i have",
    "whats": "what is",
    "hows": "how is",
    "wheres": "where is",
    "whos": "who is",
    "thats": "that is",
    "let's": "let us",
    "y'all": "you all",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
}
_ENDINGS = (("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("'d", " would"))
_IS = frozenset({"what", "how", "where", "who", "when", "why", "that", "it", "there", "here", "he", "she", "this"})

_FUNCTION_WORDS = (
    "a an the of to in on at for from by with as into about and or but if than then so that this these those there "
    "it its is are am be been was were being will would shall should could can may might must do does did doing "
    "done have has had having i me my mine we us our he him his she her they them their what which who whom whose "
    "how when where why not no nor any some also just very too only"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that alone ask for nothing; a text of these only is no question about anything."""

NEGATIONS = frozenset({"not", "no", "never", "without", "nor", "neither"})
"""Words that deny what follows."""


def words(text: str) -> list[str]:
    """Return the words of a text: folded, without accents, contractions spelt out.

    The folding is Unicode's (compatibility forms and case folding, Unicode Standard Annex 15 and chapter 3.13).

    Args:
        text: Anything at all, lone surrogates included; it is read up to `MAX_CHARS` characters.

    Returns:
        At most `MAX_WORDS` words of 1 to `MAX_WORD` letters and digits, in their order; none where there are none.
    """
    text = text[:MAX_CHARS]
    if "\x1b" in text:
        text = _ANSI.sub(" ", text)
    if text.isascii():
        text = text.lower().replace("`", "'")
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold())
        text = "".join([c for c in text if not unicodedata.combining(c)]).translate(_QUOTES)[: 2 * MAX_CHARS]
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if "-" in text:
        text = _HYPHENED.sub(r"\1", text)
    plain = text.strip(" ?.!")
    # Nearly every question is letters and spaces alone, which splits faster than a pattern finds.
    found: list[str] = (plain.split() if plain.replace(" ", "").isalnum() else _WORD.findall(text))[:MAX_WORDS]
    if "'" in text or not _WHOLE.keys().isdisjoint(found):
        found = [
            one for word in found for one in (_spelt_out(word).split() if "'" in word or word in _WHOLE else (word,))
        ]
    return [word[:MAX_WORD] for word in found[:MAX_WORDS]]


def normalise(text: str) -> str:
    """Return the words of a text, as `words` finds them, with single spaces between them; "" where there are none."""
    return " ".join(words(text))


def _spelt_out(word: str) -> str:
    whole = _WHOLE.get(word)
    if whole is not None:
        return whole
    for ending, spelt in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)].replace("'", "") + spelt
    head, _, tail = word.rpartition("'")
    if tail == "s":
        return f"{head} is" if head in _IS else head.replace("'", "")
    return word.replace("'", "")
