"""Finding the topics and aspects of a pack in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from dimchat.language.english import AND, BECOME
from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from dimchat.model import Pack

    Names = Mapping[str, Sequence[str]]
    """The ids that go by a name, by the stems of the name with blanks between."""


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


class PackNames(NamedTuple):
    """What things of a pack are called; an index of the pack holds it."""

    topics: Names
    aspects: Names
    filler: Names
    """Words that carry no weight."""
    default: Sequence[str]
    """Stems of the words that name the default topic."""

    @classmethod
    def of(cls, pack: Pack) -> Self:
        """Return what the vocabulary of a pack says, as far as intents use it."""
        read: dict[str, list[str]] = {}

        def own(text: str) -> list[str]:
            if text not in read:
                read[text] = words(text)
            return read[text]

        def forms(names: Iterable[str]) -> Iterator[list[str]]:
            for name in names:
                yield own(name)
                yield from map(own, also.get(" ".join(own(name)), ()))

        stem = tongue_of(pack.language).stem
        also = {" ".join(own(word)): others for word, others in pack.vocabulary.synonyms}
        topics, aspects = {one.topic for one in pack.browsable}, {one.aspect for one in pack.browsable}
        default = pack.topic.get(pack.default_topic or "")
        named = ((one.id, form) for one in pack.vocabulary.topics if one.id in topics for form in forms(one.names))
        asked = (
            (one.id, form)
            for one in pack.vocabulary.aspects
            if one.id in aspects
            for form in forms((*one.cues, one.title))
        )
        return cls(
            _by_name(named, stem),
            _by_name(asked, stem),
            _by_name((("filler", own(text)) for text in pack.vocabulary.filler), stem),
            sorted({stem(word) for name in (default.names if default else ()) for word in own(name)}),
        )


def _by_name(named: Iterable[tuple[str, Sequence[str]]], stem: Callable[[str], str]) -> Names:
    found: dict[str, dict[str, None]] = {}
    for identifier, form in named:
        if form:
            found.setdefault(" ".join(map(stem, form)), {})[identifier] = None
    return {name: list(ids) for name, ids in found.items()}


class _Finder:
    """Finds names among stems."""

    def __init__(self, names: Names, stem: Callable[[str], str]) -> None:
        self._names, self._stem = names, stem
        self._longest = max((name.count(" ") for name in names), default=-1) + 1
        self._before: dict[str, set[tuple[str, str]]] = {}

    def named(self, word: str) -> Sequence[str]:
        """Return the ids that go by a single word."""
        return self._names.get(self._stem(word), ())

    def find(self, stems: Sequence[str]) -> list[Mention]:
        """Return what is named, from left to right, the longest name at each place."""
        found: list[Mention] = []
        at = 0
        while at < len(stems):
            for size in range(min(self._longest, len(stems) - at), 0, -1):
                ids = self._names.get(" ".join(stems[at : at + size]))
                if ids:
                    found.append(Mention(tuple(ids), at, at + size))
                    at += size - 1
                    break
            at += 1
        return found

    def joined(self, found: Sequence[Mention], stems: Sequence[str]) -> list[Mention]:
        """Return mentions, each with the words before it that stand before its last word in other names of the same.

        With "CT manager" and "MRI manager" among the names of the manager, "CT and MRI manager" is one as well.

        Args:
            found: As `find` returns them.
            stems: What they were found in.
        """
        reached: list[Mention] = []
        for mention in found:
            start = at = mention.start
            while at and len(mention.ids) == 1:
                at -= 1
                if (stems[at], stems[mention.end - 1]) in self._parts(mention.ids[0]):
                    start = at
                elif stems[at] not in AND:
                    break
            while reached and reached[-1].start >= start:
                reached.pop()
            reached.append(mention._replace(start=start))
        return reached

    def _parts(self, identifier: str) -> set[tuple[str, str]]:
        """Return what stands before the last word of the names of something, each with that word."""
        if identifier not in self._before:
            names = [name.split(" ") for name, ids in self._names.items() if identifier in ids]
            self._before[identifier] = {(word, name[-1]) for name in names for word in name[:-1]}
        return self._before[identifier]


def _of_one_title(pack: Pack, used: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the other aspects of the same title for each that has some."""
    titled: dict[str, list[str]] = {}
    for aspect in pack.vocabulary.aspects:
        if aspect.id in used:
            titled.setdefault(aspect.title.casefold(), []).append(aspect.id)
    alike = (ids for ids in titled.values() if len(ids) > 1)
    return {one: tuple(other for other in ids if other != one) for ids in alike for one in ids}


class VocabularyIndex:
    """The names of topics and the cues of aspects that some intent of the pack has."""

    def __init__(self, pack: Pack, names: PackNames | None = None) -> None:
        """Index the vocabulary.

        Args:
            pack: Its intents are told by topic and aspect.
            names: Those of this pack; None to find them out.
        """
        self._has = {(intent.topic, intent.aspect): intent.id for intent in pack.browsable}
        self._topics = [topic.id for topic in pack.vocabulary.topics]
        self._aspects_of: dict[str, list[str]] = {}
        self._topics_with: dict[str, list[str]] = {}
        for intent in pack.browsable:
            self._aspects_of.setdefault(intent.topic, []).append(intent.id)
            self._topics_with.setdefault(intent.aspect, []).append(intent.id)
        self._same = _of_one_title(pack, self._topics_with)
        for topic, ids in self._aspects_of.items():
            first = pack.intent.get(f"{topic}.{OVERVIEW}")
            if first is not None:
                likely = [first.id, *(i for i in first.next if i in ids)]
                self._aspects_of[topic] = list(dict.fromkeys([*likely, *ids]))
        names = names or PackNames.of(pack)
        self.tongue = tongue_of(pack.language)
        """Of the pack's language."""
        self._topic_names = _Finder(names.topics, self.tongue.stem)
        self._aspect_cues = _Finder(names.aspects, self.tongue.stem)
        self._filler = _Finder(names.filler, self.tongue.stem)
        self.default = pack.default_topic
        """The topic of a question that names none."""
        self.default_words = frozenset(names.default)
        """Stems of the words that name the default topic: they tell no question from another."""

    def intent(self, topic: str | None, aspect: str | None) -> str | None:
        """Return the id of the intent of a topic and an aspect, if there is one.

        Aspects of one title are the same asked of different topics: any of them will do.
        """
        having = ((topic or "", one) for one in (aspect or "", *self._same.get(aspect or "", ())))
        return next((self._has[pair] for pair in having if pair in self._has), None)

    def people(self, topic: str) -> list[str]:
        """Return the people who work in a topic: `mri_technologist` for `mri`."""
        return [other for other in self._topics if other.startswith(f"{topic}_")]

    def becoming(self, topic: str) -> str | None:
        """Return the intent that tells how one becomes what a topic names, if there is one."""
        aspects = self._aspect_cues.named(BECOME)
        return next((intent for aspect in aspects if (intent := self.intent(topic, aspect))), None)

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
        return self._topic_names.joined(self._topic_names.find(stems), stems)

    def aspects(self, stems: Sequence[str]) -> list[Mention]:
        """Return where aspects are asked for."""
        return self._aspect_cues.find(stems)
