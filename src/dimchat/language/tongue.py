"""What the matcher and the vocabulary have to know of a language: its stems and its small words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language import english
from dimchat.language.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dimchat.language.english import Frame

ENGLISH = "en"


class Tongue(NamedTuple):
    """A language as far as words go."""

    stem: Callable[[str], str]
    """Takes the ending off a word."""
    function_words: frozenset[str]
    """Words that alone ask for nothing."""
    negations: frozenset[str]
    """Words that deny what follows."""
    letters_of_stems: bool
    """Whether words are alike by the letters of their stems: where endings are long and say little of the matter."""
    has_meanings: bool
    """Whether the dictionary of meanings is of this language."""
    telling: frozenset[str] = frozenset()
    """Further words of nearly any talk, by which it is told from other languages."""
    openers: Mapping[tuple[str, ...], Frame] | None = None
    """The first words of a message that say how it goes on, beside the English ones."""


def code_of(language: str) -> str:
    """Return the language of a BCP 47 tag that has tables here; one without is read as English, as `check` warns.

    >>> code_of("es-MX"), code_of("de"), code_of("fr")
    ('es', 'de', 'en')
    """
    first = language.partition("-")[0].lower()
    return first if first in {ENGLISH, "es", "de"} else ENGLISH


@cache
def tongue_of(language: str) -> Tongue:
    """Return what is known of a language.

    Args:
        language: A BCP 47 tag.
    """
    code = code_of(language)
    if code == "es":
        from dimchat.language import spanish  # noqa: PLC0415 - with a library that English does without

        return Tongue(
            spanish.stem,
            spanish.FUNCTION_WORDS,
            spanish.NEGATIONS,
            letters_of_stems=True,
            has_meanings=False,
            telling=spanish.TELLING,
            openers=spanish.OPENERS,
        )
    if code == "de":
        from dimchat.language import german  # noqa: PLC0415 - as above

        return Tongue(german.stem, german.FUNCTION_WORDS, german.NEGATIONS, letters_of_stems=False, has_meanings=False)
    return Tongue(
        stem,
        english.FUNCTION_WORDS,
        english.NEGATIONS,
        letters_of_stems=False,
        has_meanings=True,
        telling=english.VAGUE | english.ASKING | english.PRONOUNS | english.TELLING,
    )
