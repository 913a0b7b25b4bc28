"""Finding the topics and aspects of a pack in a message."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.tokens import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dimchat.model import Pack


OVERVIEW = "overview"
"""The aspect of a question that only asks what something is."""


class Mention(NamedTuple):
    """Words that name a topic or an aspect; several where they share a name."""

    ids: tuple[str, ...]
    start: int
    end: int

    @property
    def span(self) -> frozenset[int]:
        """Return the positions of the words."""
        return frozenset(range(self.start, self.end))


@lru_cache(maxsize=1 << 13)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name; each is asked for several times while a pack is opened."""
    return tuple(words(name))


class _Names:
    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._ids: dict[tuple[str, ...], list[str]] = {}
        self._longest = 0
        for identifier, names in named:
            for name in names:
                key = tuple(map(stem, _words(name)))
                if key:
                    held = self._ids.setdefault(key, [])
                    if identifier not in held:
                        held.append(identifier)
                    self._longest = max(self._longest, len(key))

    def find(self, stems: Sequence[str]) -> list[Mention]:
        """Return what is named, from left to right, the longest name at each place."""
        found: list[Mention] = []
        at = 0
        while at < len(stems):
            for size in range(min(self._longest, len(stems) - at), 0, -1):
                ids = self._ids.get(tuple(stems[at : at + size]))
                if ids:
                    found.append(Mention(tuple(ids), at, at + size))
                    at += size - 1
                    break
            at += 1
        return found


class VocabularyIndex:
    """The names of topics and the cues of aspects that some intent of the pack has."""

    def __init__(self, pack: Pack) -> None:
        """Index the vocabulary.

        Args:
            pack: Its vocabulary is read, as far as intents use it.
        """
        self._has = {(intent.topic, intent.aspect): intent.id for intent in pack.browsable}
        self._aspects_of: dict[str, list[str]] = {}
        self._topics_with: dict[str, list[str]] = {}
        for intent in pack.browsable:
            self._aspects_of.setdefault(intent.topic, []).append(intent.id)
            self._topics_with.setdefault(intent.aspect, []).append(intent.id)
        for topic, ids in self._aspects_of.items():
            first = pack.intent.get(f"{topic}.{OVERVIEW}")
            if first is not None:
                likely = [first.id, *(i for i in first.next if i in ids)]
                self._aspects_of[topic] = list(dict.fromkeys([*likely, *ids]))
        topics = [topic for topic in pack.vocabulary.topics if topic.id in self._aspects_of]
        aspects = [aspect for aspect in pack.vocabulary.aspects if aspect.id in self._topics_with]
        also = {_words(word): others for word, others in pack.vocabulary.synonyms}
        self._topic_names = _Names((topic.id, _with_synonyms(topic.names, also)) for topic in topics)
        self._aspect_cues = _Names(
            (aspect.id, _with_synonyms((*aspect.cues, aspect.title), also)) for aspect in aspects
        )
        self._filler = _Names(("filler", (phrase,)) for phrase in pack.vocabulary.filler)
        self.default = pack.default_topic
        """The topic of a question that names none."""
        default = pack.topic.get(pack.default_topic or "")
        self.default_words = frozenset(
            stem(word) for name in (default.names if default else ()) for word in _words(name)
        )
        """Stems of the words that name the default topic: they tell no question from another."""

    def intent(self, topic: str | None, aspect: str | None) -> str | None:
        """Return the id of the intent of a topic and an aspect, if there is one."""
        return self._has.get((topic or "", aspect or ""))

    def of_topic(self, topic: str) -> list[str]:
        """Return the intents of a topic: its overview, what follows that, then the others in file order."""
        return self._aspects_of.get(topic, [])

    def with_aspect(self, aspect: str) -> list[str]:
        """Return the intents that have an aspect, in file order."""
        return self._topics_with.get(aspect, [])

    def filler(self, stems: Sequence[str]) -> list[Mention]:
        """Return where words stand that carry no weight."""
        return self._filler.find(stems)

    def topics(self, stems: Sequence[str]) -> list[Mention]:
        """Return where topics are named."""
        return self._topic_names.find(stems)

    def aspects(self, stems: Sequence[str]) -> list[Mention]:
        """Return where aspects are asked for."""
        return self._aspect_cues.find(stems)


def _with_synonyms(names: Iterable[str], also: Mapping[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    return [form for name in names for form in (name, *also.get(_words(name), ()))]
