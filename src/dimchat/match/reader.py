"""How each word of a text is read: put right, stemmed, and taken as a synonym or a topic's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.language.senses import dictionary
from dimchat.language.spelling import Speller
from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of
from dimchat.match.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dimchat.language.tongue import Tongue
    from dimchat.match.options import Options
    from dimchat.model import How, Vocabulary

TOPIC = "@"
"""What the name of a topic puts before its id to make a term of it."""
ASPECT = "#"
"""The same for the cue of an aspect."""

_NOTHING = ("unknown", "filler")
_COMMON = 40
"""Seen so often in what was learnt, a word is common."""
_MEMORY = 4096
"""How many words a reader remembers the reading of."""


class Piece(NamedTuple):
    """A word with all that it says."""

    word: str
    """After putting right; its stem in a language of long endings."""
    terms: tuple[str, ...]
    """Its stem, and what it stands for besides."""


class Token(NamedTuple):
    """One word of a text."""

    text: str
    """As `tokens.words` finds it."""
    word: str
    """After putting right."""
    how: How
    """How it was known, or that it is filler."""
    stem: str
    """Of `word`."""
    content: bool
    """Whether it could ask for something by itself."""
    piece: Piece
    """What it says by itself."""

    @classmethod
    def of(cls, text: str, word: str, how: How, tongue: Tongue, *, content: bool) -> Self:
        """Return a word as it is read by itself.

        Args:
            text: As it was found.
            word: After putting right.
            how: How it came to be known.
            tongue: Of the language.
            content: Whether it could ask for something by itself.
        """
        root = tongue.stem(word)
        return cls(text, word, how, root, content, Piece(root if tongue.letters_of_stems else word, (root,)))


class Reading(NamedTuple):
    """A text as the matcher sees it."""

    tokens: list[Token]
    """All its words, in their order."""
    pieces: list[Piece]
    """What each token that counts says, together with the others."""
    owners: list[int]
    """For each of `pieces`: which of `tokens` it is, ascending."""
    canonical: dict[int, str]
    """Places of tokens that were read as something else, and what that is."""
    named: list[tuple[str, int, int]]
    """Topics and aspects that were named: the term, the first token and the one after the last."""


class Entry(NamedTuple):
    """Something of the vocabulary that may stand in a text."""

    key: list[str]
    """The stems of its words."""
    canonical: str
    """What it is read as; empty for a name or a cue."""
    terms: list[str]
    """What it adds to the reading; nothing for filler."""


class Lexicon:
    """Names, cues and synonyms by the stems of their words."""

    def __init__(self) -> None:
        """Start empty; `of` and `from_data` fill it."""
        self.words: dict[str, None] = {}
        """Words of the vocabulary, which are known even where no phrase has them."""
        self.filler: frozenset[str] = frozenset()
        self._entries: dict[str, list[Entry]] = {}
        """By the first stem, the longest first; lists of the same parts where JSON made them, until one is found."""

    @classmethod
    def of(cls, vocabulary: Vocabulary | None, options: Options = DEFAULT) -> Self:
        """Return the lexicon of a vocabulary; None is an empty one."""
        self = cls()
        stem = tongue_of(options.language).stem
        if vocabulary is None:
            return self
        for word, also in vocabulary.synonyms:
            canonical = words(word)
            self._know(canonical)
            for other in also:
                self._add(other, " ".join(canonical), [stem(one) for one in canonical], stem)
        for topic in vocabulary.topics:
            for name in topic.names:
                self._add(name, "", [TOPIC + topic.id], stem)
        for aspect in vocabulary.aspects:
            for cue in aspect.cues:
                self._add(cue, "", [ASPECT + aspect.id], stem)
        filler = [" ".join(words(text)) for text in vocabulary.filler]
        self.filler = frozenset(text for text in filler if text and " " not in text)
        for text in filler:
            self._add(text, "", [], stem)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry.key))
        return self

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what `data` described.

        Args:
            data: What JSON made of it.

        Raises:
            KeyError: Something is missing; or TypeError, or AttributeError, where something is of the wrong kind.
        """
        self = cls()
        self.words = dict.fromkeys(data["words"])
        self.filler = frozenset(data["filler"])
        self._entries = dict(data["entries"])
        return self

    def data(self) -> dict[str, Any]:
        """Return the lexicon as what JSON can say."""
        return {"words": list(self.words), "filler": sorted(self.filler), "entries": self._entries}

    def _know(self, known: Iterable[str]) -> None:
        for word in known:
            self.words.setdefault(word)

    def _add(self, text: str, canonical: str, terms: list[str], stem: Callable[[str], str]) -> None:
        own = words(text)
        self._know(own)
        key = [stem(word) for word in own]
        if key:
            entry = Entry(key, canonical, terms)
            entries = self._entries.setdefault(key[0], [])
            if entry not in entries:
                entries.append(entry)

    def find(self, stems: list[str]) -> Iterable[tuple[int, int, Entry]]:
        """Yield each entry that stands in the stems: the place of its first stem, the one after its last, the entry.

        At one place the longest wins; another of the same length counts as well.

        Args:
            stems: Of all words of a text, in their order.
        """
        get = self._entries.get
        for start, first in enumerate(stems):
            longest = 0
            for key, canonical, terms in get(first, ()):
                size = len(key)
                if size < longest:
                    break
                if size == 1 or stems[start : start + size] == key:
                    longest = size
                    yield start, start + size, Entry(key, canonical, terms)


class Reader:
    """Turns texts into readings, given the words that are known."""

    def __init__(
        self,
        lexicon: Lexicon,
        frequency: Mapping[str, int],
        stems: Iterable[str] | None = None,
        options: Options = DEFAULT,
    ) -> None:
        """Keep what is known.

        Args:
            lexicon: Names, cues, synonyms and filler.
            frequency: The words of the learnt phrases and of the lexicon, and how often each was seen.
            stems: Of these words, where they are at hand.
            options: How far a word may be misspelt.
        """
        self._lexicon = lexicon
        self._known = frequency
        self._tongue = tongue_of(options.language)
        self._stems = frozenset(map(self._tongue.stem, frequency) if stems is None else stems)
        self._speller = Speller(frequency, options.spelling_shortest, options.spelling_long)
        self._memory: dict[str, Token] = {}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], options: Options) -> Self:
        """Return what `data` described.

        Args:
            data: What JSON made of it.
            options: As for another reader.

        Raises:
            KeyError: Something is missing.
            ValueError: The words and their counts are not equally long; or TypeError, or AttributeError, where
                something is of the wrong kind.
        """
        known = dict(zip(data["known"], data["counts"], strict=True))
        return cls(Lexicon.from_data(data["lexicon"]), known, data["stems"], options)

    def data(self) -> dict[str, Any]:
        """Return the reader as what JSON can say."""
        return {
            "lexicon": self._lexicon.data(),
            "known": list(self._known),
            "counts": list(self._known.values()),
            "stems": sorted(self._stems),
        }

    def knows(self, reading: Reading) -> bool:
        """Return whether all words are known of a reading that somebody with the same vocabulary made."""
        return all(token.text in self._known or token.text in self._lexicon.filler for token in reading.tokens)

    def token(self, text: str) -> Token:
        """Return how a word is read by itself.

        Args:
            text: One word, as `tokens.words` finds it.
        """
        found = self._memory.get(text)
        if found is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            found = self._memory[text] = self._read_word(text)
        return found

    def _read_word(self, text: str) -> Token:
        filler, tongue = self._lexicon.filler, self._tongue
        small = tongue.function_words
        if text in filler:
            return Token.of(text, text, "filler", tongue, content=False)
        if text in self._known:
            return Token.of(text, text, "same", tongue, content=text not in small)
        if tongue.stem(text) in self._stems:
            return Token.of(text, text, "stem", tongue, content=True)
        meant = self._speller.nearest(text)
        if meant is None or (tongue.has_meanings and text in dictionary() and not self._is_plain(text, meant)):
            return Token.of(text, text, "unknown", tongue, content=text not in small)
        how: How = "filler" if meant in filler else "misspelt"
        return Token.of(text, meant, how, tongue, content=how != "filler" and meant not in small)

    def _is_plain(self, text: str, meant: str) -> bool:
        """Return whether a word of the language may all the same be a slip: "manger" is one for a word that is common.

        "Font" is none for "front", nor is a rude word for one that looks like it.
        """
        return text[0] == meant[0] and self._known[meant] >= _COMMON

    def read(self, text: str) -> Reading:
        """Return how a text is read; one of filler alone is read as if it were none.

        Args:
            text: Anything a person may have typed.
        """
        return self.read_words(words(text))

    def read_words(self, found: Iterable[str]) -> Reading:
        """Return how words are read that stand beside each other, see `read`.

        Args:
            found: As `tokens.words` finds them.
        """
        memory = self._memory
        tokens = [memory.get(word) or self.token(word) for word in found]
        if all(token.how == "filler" for token in tokens):
            tokens = [token._replace(how="same") for token in tokens]
        pieces = [token.piece for token in tokens]
        canonical: dict[int, str] = {}
        named: list[tuple[str, int, int]] = []
        dropped: set[int] = set()
        for start, end, entry in self._lexicon.find([token.stem for token in tokens]):
            if not entry.terms:
                dropped.update(range(start, end))
                continue
            word, terms = pieces[start]
            pieces[start] = Piece(word, (*terms, *[term for term in entry.terms if term not in terms]))
            if entry.canonical:
                for position in range(start, end):
                    canonical[position] = entry.canonical
            else:
                named.append((entry.terms[0], start, end))
        if len(dropped) == len(tokens):
            dropped.clear()
        for position in dropped:
            tokens[position] = tokens[position]._replace(how="filler", content=False)
        owners = [position for position, token in enumerate(tokens) if token.how != "filler"]
        return Reading(tokens, [pieces[position] for position in owners], owners, canonical, named)


def content(reading: Reading) -> int:
    """Return how many words of a reading are known and could ask for something."""
    return sum([token.content and token.how not in _NOTHING for token in reading.tokens])
