"""Names, kinds, titles and cues that a pack's own phrases and titles speak for, each with its evidence.

A topic gets the names that most of its questions hold and few others do. An aspect gets the words that tell its
questions from the others of the topic; where a question asks what is usually asked (`language/usual.py`), it gets all
words for that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of
from dimchat.language.usual import usual_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dimchat.language.usual import Usual, UsualWords
    from dimchat.model import Aspect, Intent, Pack, Topic

Sort = Literal["name", "kind", "title", "cue"]
Stems = tuple[str, ...]

_MOST_OF_TOPIC = 0.5
"""In so many of a topic's questions a word stands that is a name of it."""
_ELSEWHERE = 0.25
"""In so many questions of other topics, for each of its own, such a word may stand."""
_OF_A_NAME = 0.25
"""In so many of a topic's questions a longer form of a name of it stands."""
_OF_LINES = 0.2
"""So many of a question's lines hold what counts as said in it."""
_FEW = 3
"""A word in more questions of the pack than this tells none of them from the others."""
_NO_KIND = "subject"


class Proposal(NamedTuple):
    """One thing that a vocabulary could hold."""

    sort: Sort
    of: str
    """The id of the topic or aspect."""
    text: str
    lines: tuple[str, ...]
    """The phrases and titles that speak for it."""
    others: int = 0
    """How many other questions of its topic it tells these from."""
    usual: str = ""
    """What is usually asked in such words, where that is why."""

    @property
    def id(self) -> str:
        """Return what it is accepted by."""
        return f"{self.sort}:{self.of}:{'_'.join(self.text.split())}"


def stems_of(text: str, language: str) -> Stems:
    """Return the stems of the words of a text in a language."""
    return tuple(map(tongue_of(language).stem, words(text)))


class _Line(NamedTuple):
    text: str
    words: tuple[str, ...]
    stems: Stems

    @classmethod
    def of(cls, text: str, language: str) -> _Line:
        return cls(text, tuple(words(text)), stems_of(text, language))

    def has(self, part: Stems) -> bool:
        """Return whether words stand in it together, in this order."""
        size = len(part)
        return any(self.stems[at : at + size] == part for at in range(len(self.stems) - size + 1))

    def parts(self, idle: Collection[str]) -> Iterator[tuple[Stems, str]]:
        """Yield its words of content and pairs of them, as stems and as words."""
        told = [word not in idle and len(word) > 1 for word in self.words]
        for at in range(len(told)):
            for size in (1, 2):
                if at + size <= len(told) and all(told[at : at + size]):
                    yield self.stems[at : at + size], " ".join(self.words[at : at + size])


@dataclass(slots=True)
class _Question:
    """An intent as far as its lines go."""

    intent: Intent
    stems: Callable[[str], Stems]
    """Reads words in the pack's language."""
    lines: list[_Line]
    content: dict[str, str]
    """Its words of content by their stems."""
    said: dict[Stems, str]
    """Those, and pairs of them, that enough of its lines hold."""
    own: dict[str, str] = field(default_factory=dict)
    """Those that no other question of its topic has."""
    asked: dict[Usual, tuple[str, ...]] = field(default_factory=dict)
    """What it asks of what is usually asked, with the lines that do."""
    won: dict[Usual, tuple[str, ...]] = field(default_factory=dict)
    """The same as far as it asks it more plainly than the others of its topic do."""
    shared: dict[str, str] = field(default_factory=dict)
    """Words that it shares with others of its topic, and that are asked about in it first."""

    @property
    def matter(self) -> set[str]:
        """Return its own words that are none of what is usually asked."""
        return set(self.own) - {s for one in self.asked for text in (*one.cues, *one.signs) for s in self.stems(text)}

    def has(self, part: Stems) -> bool:
        return any(line.has(part) for line in self.lines)

    def having(self, part: Stems) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.has(part))


def proposed(pack: Pack) -> list[Proposal]:
    """Return what the phrases and titles of a pack speak for and its vocabulary does not have, in the order of that."""
    return list(_Finder(pack).all())


class _Finder:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._stems = partial(stems_of, language=pack.language)
        self._usual: UsualWords = usual_in(pack.language)
        self._topics: dict[str, list[_Question]] = defaultdict(list)
        self._aspects: dict[str, list[_Question]] = defaultdict(list)
        for intent in pack.browsable:
            texts = dict.fromkeys((intent.title, *(phrase.text for phrase in intent.phrases)))
            lines = list({line.stems: line for line in (_Line.of(text, pack.language) for text in texts)}.values())
            held = [dict(line.parts(self._usual.idle)) for line in lines]
            spelt = {part: text for parts in reversed(held) for part, text in parts.items()}
            times = Counter(part for parts in held for part in parts)
            content = {part[0]: text for part, text in spelt.items() if len(part) == 1}
            said = {part: text for part, text in spelt.items() if times[part] >= _OF_LINES * len(lines)}
            question = _Question(intent, self._stems, lines, content, said)
            self._topics[intent.topic].append(question)
            self._aspects[intent.aspect].append(question)
        self._spread = Counter(s for questions in self._topics.values() for one in questions for s in one.content)
        self._names = {topic.id: [self._stems(name) for name in topic.names] for topic in pack.vocabulary.topics}

    def all(self) -> Iterator[Proposal]:
        """Yield the proposals: topics first."""
        for topic in self._pack.vocabulary.topics:
            for name in self._found_names(topic):
                self._names[topic.id].append(self._stems(name.text))
                yield name
            yield from self._found_kind(topic)
        for topic_id, questions in self._topics.items():
            self._part(questions, {s for parts in self._names.get(topic_id, ()) for s in parts})
        for aspect in self._pack.vocabulary.aspects:
            yield from self._of_aspect(aspect)

    def _found_names(self, topic: Topic) -> Iterator[Proposal]:
        own = self._topics[topic.id]
        inside: Counter[Stems] = Counter()
        outside: Counter[Stems] = Counter()
        spelt: dict[Stems, str] = {}
        for name, questions in self._topics.items():
            for one in questions:
                (inside if name == topic.id else outside).update(one.said.keys())
                if name == topic.id:
                    spelt = one.said | spelt
        names = self._names[topic.id]
        title = next((one.title for one in self._pack.categories if one.id == topic.id), "")
        for text in re.split(self._usual.joins, title) if self._usual.joins else ():
            part = self._stems(text)
            if part and inside[part] != 1 and part not in names:
                yield Proposal("name", topic.id, " ".join(words(text)), self._with(own, part), len(own))
        for part, count in inside.most_common():
            if count == 1 or part in names or outside[part] > _ELSEWHERE * count:
                continue
            longer = len(part) > 1 and ((part[0],) in names or (part[-1],) in names)
            if count >= (_OF_A_NAME if longer else _MOST_OF_TOPIC) * len(own):
                yield Proposal("name", topic.id, spelt[part], self._with(own, part), len(own))

    def _with(self, questions: Iterable[_Question], part: Stems) -> tuple[str, ...]:
        return tuple(text for one in questions for text in one.having(part)[:1])

    def _found_kind(self, topic: Topic) -> Iterator[Proposal]:
        """Yield the kind that the names of a topic speak for, where it has none in particular and they agree."""
        heads = {name[-1] for name in self._names[topic.id] if name}
        said = {
            kind for kind, named in self._usual.kinds.items() if heads & {s for one in named for s in self._stems(one)}
        }
        if topic.kind == _NO_KIND and len(said) == 1:
            yield Proposal("kind", topic.id, said.pop(), topic.names)

    def _part(self, questions: list[_Question], naming: Collection[str]) -> None:
        """Find out what tells the questions of a topic apart, and which of them ask what is usually asked.

        Args:
            questions: Of one topic.
            naming: The stems of its names, which tell none of them apart.
        """
        held = Counter(s for one in questions for s in one.content)
        for one in questions:
            one.own = {part[0]: word for part, word in one.said.items() if held[part[0]] == 1 and len(part) == 1}
            one.own = {s: word for s, word in one.own.items() if s not in naming}
            asked = {usual: self._asked(usual, one.lines) for usual in self._usual.asked}
            one.asked = {u: lines for u, lines in asked.items() if lines and len(lines) >= _OF_LINES * len(one.lines)}
        for usual in sorted(self._usual.asked, key=lambda each: each.general):
            having = [one for one in questions if usual in one.asked]
            for one in self._general(usual, having) if usual.general else self._plainest(having):
                one.won[usual] = one.asked[usual]
        for s in (s for s, times in held.items() if 1 < times <= _FEW and s not in naming):
            sharing = [one for one in questions if (s,) in one.said]
            if not sharing:
                continue
            first = min(sharing, key=lambda one: len(one.matter))
            for one in sharing:
                if one is first or any(usual.general for usual in one.won):
                    one.shared[s] = one.content[s]

    def _asked(self, usual: Usual, lines: Iterable[_Line]) -> tuple[str, ...]:
        """Return the lines in which a sign of it stands; a question word asks where it comes first."""
        signs = [(self._stems(sign), sign in self._usual.asking) for sign in usual.signs]
        return tuple(
            line.text
            for line in lines
            if any(line.stems[:1] == sign if first else line.has(sign) for sign, first in signs)
        )

    def _general(self, usual: Usual, having: Iterable[_Question]) -> list[_Question]:
        """Return the questions that ask something general and nothing else, or those that ask it of something.

        One that asks it of doing something, alone in its topic, is not about the topic: what it costs to miss a visit.
        """
        having = [one for one in having if not any(_says(special, usual) for special in one.won)]
        plain = [one for one in having if not one.matter and not one.won]
        return plain or [one for one in having if len(having) > 1 or not self._acts(one)]

    def _acts(self, question: _Question) -> bool:
        first, then = self._usual.doing or ("", "")
        return any(then in line.words[line.words.index(first) :] for line in question.lines if first in line.words)

    def _plainest(self, having: list[_Question]) -> list[_Question]:
        """Return the question that asks something with the least besides; none where two are alike."""
        burdens = [self._burden(one) for one in having]
        least = min(burdens, default=(0, 0))
        return [having[burdens.index(least)]] if burdens.count(least) == 1 else []

    def _burden(self, question: _Question) -> tuple[int, int]:
        denied = any(not self._usual.denying.isdisjoint(line.words) for line in question.lines)
        general = [usual.general for usual in question.asked]
        return general.count(False) + len(question.matter) + denied, general.count(True)

    def _of_aspect(self, aspect: Aspect) -> Iterator[Proposal]:
        """Yield what the questions of an aspect speak for, each title and cue once."""
        known = {self._stems(cue) for cue in aspect.cues}
        titled = aspect.cues != (aspect.title,)  # a title that nobody chose is the only cue as well
        for question in self._aspects[aspect.id]:
            for one in self._of_question(question):
                if one.sort == "title" and not titled:
                    titled = True
                    yield one
                elif one.sort == "cue" and self._stems(one.text) not in known:
                    known.add(self._stems(one.text))
                    yield one

    def _of_question(self, question: _Question) -> Iterator[Proposal]:
        intent, topic = question.intent, self._topics[question.intent.topic]
        others = [one for one in topic if one is not question]
        title = max(question.won, key=lambda usual: usual.general, default=None)
        if title is not None and not self._taken(title.title, title, question, others):
            yield Proposal("title", intent.aspect, title.title, question.won[title], len(others), title.title)
        for usual, lines in question.won.items():
            for cue in usual.cues:
                if not self._taken(cue, usual, question, others):
                    yield Proposal("cue", intent.aspect, cue, lines, len(others), usual.title)
        for s, word in {**question.own, **question.shared}.items():
            if self._tells(s, question):
                yield Proposal("cue", intent.aspect, word, question.having((s,)), len(others))
        denied = Counter(
            (before, word)
            for line in question.lines
            for before, word in pairwise(line.words)
            if before in self._usual.denying and word not in self._usual.idle
        )
        for (before, word), times in denied.items():
            if times >= _OF_LINES * len(question.lines):
                text = f"{before} {word}"
                yield Proposal("cue", intent.aspect, text, question.having(self._stems(text)), len(others))

    def _taken(self, text: str, usual: Usual, question: _Question, others: Iterable[_Question]) -> bool:
        """Return whether words name the topic, or stand in its other questions and do not ask the same there."""
        part = self._stems(text)
        having = [one for one in others if one.has(part)]
        alike = question.has(part) and all(usual in one.asked for one in having)
        return part in self._names[question.intent.topic] or bool(having and not alike)

    def _tells(self, s: str, question: _Question) -> bool:
        """Return whether a word of a question tells it from others: it is no name, and says nothing that is usual."""
        said = {
            w
            for u in question.asked
            if u.general or u in question.won
            for t in (*u.cues, *u.signs)
            for w in self._stems(t)
        }
        return (
            self._spread[s] <= _FEW and s not in said and not any(s in name for n in self._names.values() for name in n)
        )


def _says(special: Usual, general: Usual) -> bool:
    """Return whether the words for something special hold those for something general."""
    return not special.general and not set(general.signs).isdisjoint(special.cues)
