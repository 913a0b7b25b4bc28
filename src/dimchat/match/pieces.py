"""From a text to the word pieces that an encoder knows.

As BERT reads English (J. Devlin et al., "BERT: pre-training of deep bidirectional transformers for language
understanding", NAACL 2019): lower case, accents off, punctuation by itself, then the longest piece that a word begins
with, and so on with its rest (M. Schuster and K. Nakajima, "Japanese and Korean voice search", ICASSP 2012). Own: a
text's closing question marks are left out, because to an encoder they are a word like any other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from dimchat.language.tokens import MAX_CHARS

UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"
"""What stands for a word that no pieces make up, before a text and after it. A vocabulary has all three."""
INSIDE = "##"
"""Before a piece that continues a word."""
_LONGEST = 100
"""Words of more letters are unknown."""
_SOUGHT = 24
"""From so many pieces on a table of all pays, which takes as long to make as a short question to encode."""
_CLOSING = " \t\r\n?\uff1f"
_WORD = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
"""A word of a text in ASCII: all of its characters but control codes are in one, or between two."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ALONE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
"""Characters that are words by themselves: Chinese."""


class Vocabulary:
    """The pieces that an encoder knows, by number."""

    def __init__(self, pieces: bytes) -> None:
        """Take the pieces.

        Args:
            pieces: In UTF-8, a line each, in the order of their numbers, each once.

        Raises:
            KeyError: `UNKNOWN`, `FIRST` or `LAST` is not among them.
        """
        self._lines = b"\n%b\n" % pieces
        self._sought = 0
        self._unknown, self._first, self._last = map(self._known, (UNKNOWN, FIRST, LAST))
        self._memory: dict[str, list[int]] = {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {piece: number for number, piece in enumerate(self._lines.decode().split("\n")[1:-1])}

    def _known(self, piece: str) -> int:
        number = self._number(piece)
        if number is None:
            raise KeyError(piece)
        return number

    def _number(self, piece: str) -> int | None:
        """Return the number of a piece: the first ones are sought in the lines, which is dear and needs no table."""
        if self._sought >= _SOUGHT:
            return self._numbers.get(piece)
        self._sought += 1
        at = self._lines.find(b"\n%b\n" % piece.encode("utf-8", "surrogatepass"))
        return self._lines.count(b"\n", 0, at) if at >= 0 else None

    def read(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of a text, `FIRST` and `LAST` around them.

        Args:
            text: Anything a person may have typed, lone surrogates included.
            most: How many there may be, at least two; what follows is not read.
        """
        found = [self._first]
        for word in words(text):
            found += self._word(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._last]

    def knows(self, word: str) -> bool:
        """Return whether a word is one piece: such a word is common enough to be meant as it is written.

        Args:
            word: In lower case, without accents.
        """
        return self._number(word) is not None

    def _word(self, word: str) -> list[int]:
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) >= MAX_CHARS:
                self._memory.clear()
            known = self._memory[word] = self._taken_apart(word)
        return known

    def _taken_apart(self, word: str) -> list[int]:
        if len(word) > _LONGEST:
            return [self._unknown]
        found: list[int] = []
        start, before = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number(before + word[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start, before = end, INSIDE
        return found


def words(text: str) -> list[str]:
    """Return the words and the punctuation marks of a text, without its closing question marks.

    Args:
        text: Anything at all; it is read up to `MAX_CHARS` characters.
    """
    text = text[:MAX_CHARS].rstrip(_CLOSING).lower()
    if text.isascii():
        return _WORD.findall(_CONTROL.sub("", text))
    text = _ALONE.sub(" \\g<0> ", unicodedata.normalize("NFD", text))
    return "".join(map(_spaced, text)).split()


def _spaced(letter: str) -> str:
    """Return a character as it counts: marks and control codes not at all, punctuation with blanks around it."""
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    if kind == "Mn" or kind[0] == "C":
        return ""
    return f" {letter} " if kind[0] == "P" or (letter.isascii() and not letter.isalnum()) else letter
