"""How well each intent goes on from a conversation: what the words say for it, and what the context does.

Every intent and outside group is measured alike: a sum of pulls, each a plain fact times a weight. The shares of all
add up to 1, so that what is certain of one intent is what is left of doubt about the others.
"""

from __future__ import annotations

import math
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.dialogue.interpret.pack_statistics import PackStatistics, measured
from dimchat.dialogue.interpret.ranker import Ear
from dimchat.dialogue.interpret.reference import with_questions
from dimchat.dialogue.interpret.thresholds import merged
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import PEOPLE, THINGS
from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of
from dimchat.model import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.dialogue.interpret.ranker import Heard, Ranker
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Message
    from dimchat.model import Context, Pack

    Places = NDArray[np.intp]


WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "words": 1.61,
        "words with the topic": 0.69,
        "words with the aspect": 0.97,
        "meaning": 0.43,
        "meaning with the topic": 0.25,
        "words, beside the meaning": -0.60,
        "words with the topic, beside the meaning": -0.27,
        "words with the aspect, beside the meaning": 1.01,
        "words of the answer": 0.09,
        "asked like its aspect": 0.08,
        "asked like its aspect, in pairs": 0.10,
        "topic named": 0.94,
        "aspect named": 0.54,
        "completed": -0.26,
        "completed, in few words": 0.84,
        "overview, not asked for": 0.24,
        "default topic, not named": -1.86,
        "topic kept": -0.88,
        "mentioned before": 1.38,
        "aspect kept": 0.26,
        "aspect kept, short": 2.09,
        "follows the last answer": -0.52,
        "follows an earlier answer": 1.44,
        "follows in two steps": 0.93,
        "offered": 1.39,
        "same category": 0.77,
        "asked like the last one": 2.97,
        "a person, as they are": -0.07,
        "a person, as it is": -0.19,
        "outside": 2.04,
        "outside, said to go on": -1.19,
        "outside, a strange word": 2.18,
        "outside, a word without use": 1.20,
    }
)
"""What each fact weighs, as it ships; a calibration may have its own. Each name stands where `pulls` yields it."""


_BESIDE = ", beside the meaning"
_ASKER = "for who asks"


class Pull(NamedTuple):
    """One fact about some of the intents."""

    name: str
    where: Places | slice
    """The places of the intents that it holds for."""
    much: float | NDArray[np.float64] = 1.0
    """How much of it there is, before it is weighed."""


class Leads(NamedTuple):
    """The evidence for a follow-up besides the message's words."""

    topic: str | None = None
    """The topic that it points at, by a pronoun or by its silence."""
    with_topic: str = ""
    """The message with that topic's name in it; empty where it names one itself."""
    with_aspect: str = ""
    """The message with what was asked last in it; empty where it asks for something itself."""
    target: str | None = None
    """The intent that the grammar of ids makes of it, where that is no guess."""
    n_strange: int = 0
    """How many of its words belong to something else than the pack."""


class Standing(NamedTuple):
    """How an intent stands."""

    intent: str
    share: float
    """Of all, 0 to 1."""
    score: float
    pulls: tuple[tuple[str, float], ...]
    """What made the score, the strongest first: names and weighed amounts; of the best one only, as it takes time."""


class Standings(NamedTuple):
    """How all stand."""

    best: tuple[Standing, ...]
    """The intents with the greatest shares, best first."""
    outside: float
    """The share of all outside groups together."""


class Follower:
    """Measures what a message goes on to ask."""

    def __init__(
        self, pack: Pack, ranker: Ranker, thresholds: Thresholds, statistics: Callable[[], PackStatistics]
    ) -> None:
        """Index the intents and the outside groups.

        Args:
            pack: What can be asked.
            ranker: What its words are heard with.
            thresholds: What is short, and which words are of use.
            statistics: Tells those of the pack; called when somebody goes on for the first time.
        """
        self._pack, self._limits, self._read_statistics = pack, thresholds, statistics
        fitted = merged(WEIGHTS, pack.calibration.followups if pack.calibration else (), "follow-up weight")
        self._weights = {name: thresholds.sharpness * weight for name, weight in fitted.items()}
        self._weights[_ASKER] = math.log(thresholds.of_reader)
        self.ids = measured(pack)
        """What is measured, in order."""
        self._stem = tongue_of(pack.language).stem
        self._ear = Ear(ranker, self.ids)
        self._place = {i: at for at, i in enumerate(self.ids)}
        topics: dict[str, list[int]] = {}
        aspects: dict[str, list[int]] = {}
        categories: dict[str, list[int]] = {}
        outside: list[int] = []
        for at, i in enumerate(self.ids):
            topic, _, aspect = i.partition(".")
            if topic == OUTSIDE:
                outside.append(at)
                continue
            topics.setdefault(topic, []).append(at)
            aspects.setdefault(aspect, []).append(at)
            categories.setdefault(pack.intent[i].category, []).append(at)
        self._topics, self._aspects, self._categories = _arrays(topics), _arrays(aspects), _arrays(categories)
        self._outside = np.array(outside, np.intp)
        persons = {topic.id for topic in pack.vocabulary.topics if topic.kind == "person"}
        self._persons = self._places(self._topics, sorted(persons))
        self._inside = np.delete(np.arange(len(self.ids)), self._outside)

    def standings(
        self, message: Message, context: Context, leads: Leads, excluded: Collection[str], most: int
    ) -> Standings:
        """Return the intents that a message most likely goes on to.

        Args:
            message: What was said.
            context: What it may lean on.
            leads: What else is known of it.
            excluded: Ids that are out of the question.
            most: How many at most.
        """
        own = self._ear.hear(message.text, message.residue)
        besides = [*self._besides(own, message, context, leads), *self._asker(context)]
        out = self._at(*excluded)
        pulls = [*self._by_words(own, leads), *besides]
        scores, parts = self._shares(pulls, out)
        if parts[self._inside].max() < self._limits.by_words:
            meaning = self._by_meaning(own, message, leads)
            if meaning:
                pulls = [*meaning, *besides]
                scores, parts = self._shares(pulls, out)
        order = self._inside[np.argsort(-scores[self._inside], kind="stable")][:most].tolist()
        best = (
            Standing(self.ids[at], float(parts[at]), float(scores[at]), () if n else self._amounts(pulls, at))
            for n, at in enumerate(order)
            if parts[at] > 0
        )
        return Standings(tuple(best), float(parts[self._outside].sum()))

    def _shares(self, pulls: Iterable[Pull], out: Places) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the sums of pulls, and the part of each in all, with none for some places."""
        scores = np.zeros(len(self.ids))
        for name, where, much in pulls:
            scores[where] += self._weights[name] * much
        scores[out] = -np.inf
        parts = np.exp(scores - scores.max())
        return scores, parts / parts.sum()

    def _amounts(self, pulls: Sequence[Pull], at: int) -> tuple[tuple[str, float], ...]:
        """Return what made the score of the intent at a place, the strongest first."""
        amounts = []
        for name, where, much in pulls:
            row = np.zeros(len(self.ids))
            row[where] = self._weights[name] * much
            if row[at]:
                amounts.append((name, round(float(row[at]), 2)))
        return tuple(sorted(amounts, key=lambda amount: -abs(amount[1])))

    def pulls(self, message: Message, context: Context, leads: Leads) -> Iterator[Pull]:
        """Say what speaks for which intents; `standings` adds it up.

        Args:
            message: What was said.
            context: What it may lean on.
            leads: What else is known of it.
        """
        own = self._ear.hear(message.text, message.residue)
        yield from self._by_meaning(own, message, leads) or self._by_words(own, leads)
        yield from self._besides(own, message, context, leads)

    def _besides(self, own: Heard, message: Message, context: Context, leads: Leads) -> Iterator[Pull]:
        """Yield all but what the matcher says for the message itself."""
        yield from self._said_by_pack(message, leads)
        yield from self._named(message, leads)
        yield from self._kept(message, context, leads)
        yield from self._linked(context)
        yield Pull("asked like the last one", slice(None), self._statistics.alike(context.last))
        said = {message.words[at] for at in message.pronouns}
        yield Pull("a person, as they are", self._persons if said & PEOPLE else self._at())
        yield Pull("a person, as it is", self._persons if said & THINGS else self._at())
        yield Pull("outside", self._outside)
        yield Pull("outside, said to go on", self._outside, float(message.framed))
        yield Pull("outside, a strange word", self._outside, float(leads.n_strange))
        heard = own.words[:, self._inside].max(axis=1) if own.words.size else np.zeros(0)
        yield Pull("outside, a word without use", self._outside, float((heard < self._limits.held_word).sum()))

    def _asker(self, context: Context) -> Iterator[Pull]:
        """Yield what is likelier as the person said who asks: by as much as where nothing was said before."""
        if context.reader in with_questions(self._pack):
            yield Pull(_ASKER, self._topics.get(context.reader or "", self._at()))

    def _by_words(self, own: Heard, leads: Leads, beside: str = "") -> list[Pull]:
        """Return what the matcher says by words: as typed, with the topic and with the aspect put in."""
        named = self._ear.hear(leads.with_topic) if leads.with_topic else own
        asked = self._ear.hear(leads.with_aspect) if leads.with_aspect else own
        texts = {"words": own, "words with the topic": named, "words with the aspect": asked}
        return [Pull(f"{name}{beside}", slice(None), heard.logs) for name, heard in texts.items()]

    def _by_meaning(self, own: Heard, message: Message, leads: Leads) -> list[Pull]:
        """Return what it says by words and meaning; the encoder is asked for two texts. None where there is none."""
        meant = self._ear.meant(message.text)
        named = self._ear.meant(leads.with_topic) if leads.with_topic else meant
        if meant is None or named is None:
            return []
        both = Pull("meaning", slice(None), meant), Pull("meaning with the topic", slice(None), named)
        return [*both, *self._by_words(own, leads, _BESIDE)]

    @cached_property
    def _statistics(self) -> PackStatistics:
        """Return those of the pack: a single question needs none of them."""
        return self._read_statistics()

    def _said_by_pack(self, message: Message, leads: Leads) -> Iterator[Pull]:
        """Yield the evidence in the pack's text: answers that hold the words, phrases that ask in the same way."""
        everywhere, statistics = slice(None), self._statistics
        whole = [self._stem(word) for word in words(leads.with_topic)] if leads.with_topic else message.stems
        yield Pull("words of the answer", everywhere, statistics.told(whole))
        left_out = {*message.pronouns, *(at for mention in message.topics for at in mention.span)}
        how = [one for at, one in enumerate(message.stems) if at not in left_out]
        yield Pull("asked like its aspect", everywhere, statistics.asked(how))
        yield Pull("asked like its aspect, in pairs", everywhere, statistics.asked_in_pairs(how))

    def _named(self, message: Message, leads: Leads) -> Iterator[Pull]:
        """Yield the evidence in what the message names, and in what the context completes."""
        yield Pull("topic named", self._with_topics(message.topic_ids))
        yield Pull("aspect named", self._places(self._aspects, message.aspect_ids))
        if leads.target in self._place:
            yield Pull("completed", self._at(leads.target))
            if not message.residue and len(message.words) <= self._limits.fragment:
                yield Pull("completed, in few words", self._at(leads.target))
        if not message.aspects and OVERVIEW in self._aspects:
            yield Pull("overview, not asked for", self._aspects[OVERVIEW])
        default = self._topics.get(self._pack.default_topic or "")
        if not message.topics and default is not None and leads.topic != self._pack.default_topic:
            yield Pull("default topic, not named", default)

    def _kept(self, message: Message, context: Context, leads: Leads) -> Iterator[Pull]:
        """Yield the evidence in the last question's topic and aspect, where the message names none."""
        short = len(message.words) <= self._limits.fragment
        kept = self._topics.get(leads.topic or "")
        if kept is not None and not message.topics:
            yield Pull("topic kept", kept)
        if not message.topics:
            for topic in context.mentioned:
                yield Pull("mentioned before", self._with_topics([topic]))
        same = self._aspects.get(context.aspect or "") if context.aspect != OVERVIEW else None
        if same is not None and not message.aspects:
            yield Pull("aspect kept", same)
            if short:
                yield Pull("aspect kept, short", same)

    def _linked(self, context: Context) -> Iterator[Pull]:
        """Yield the evidence in the pack's links between intents, and in what was offered."""
        after = (i for last in context.last for i in self._pack.intent[last].next)
        yield Pull("follows the last answer", self._at(*after))
        earlier = {i for before in context.answered for i in self._pack.intent[before].next}
        yield Pull("follows an earlier answer", self._at(*earlier))
        yield Pull("follows in two steps", self._at(*self._two_steps(context.last)))
        yield Pull("offered", self._at(*context.options, *context.suggestions))
        if context.last:
            category = self._pack.intent[context.last[-1]].category
            yield Pull("same category", self._categories.get(category, self._at()))

    def _two_steps(self, last: Sequence[str]) -> set[str]:
        """Return what follows what follows the last answer."""
        intents = self._pack.intent
        return {i for answer in last for step in intents[answer].next for i in intents[step].next}

    def _at(self, *ids: str | None) -> Places:
        return np.array(sorted({self._place[i] for i in ids if i in self._place}), np.intp)

    def _with_topics(self, topics: Sequence[str]) -> Places:
        """Return the intents that have a topic in either half of the id: license.sonographer is about both."""
        return _sorted(np.concatenate([self._places(self._topics, topics), self._places(self._aspects, topics)]))

    def _places(self, held: Mapping[str, Places], names: Sequence[str]) -> Places:
        found = [held[name] for name in names if name in held]
        return _sorted(np.concatenate(found)) if found else np.array([], np.intp)


def _sorted(places: Places) -> Places:
    """Return places in order, each once; numpy's own `unique` first imports its masked arrays, a tenth of an answer."""
    return np.array(sorted(set(places.tolist())), np.intp)


def _arrays(lists: Mapping[str, list[int]]) -> dict[str, Places]:
    return {name: np.array(places, np.intp) for name, places in lists.items()}
