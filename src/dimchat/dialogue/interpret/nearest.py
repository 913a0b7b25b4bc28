"""What lies nearest to a message without a sure answer: questions of the pack, and what it is about outside of it."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.policy import Idle, evidence, in_turn, is_intent
from dimchat.dialogue.interpret.ranker import Scorer
from dimchat.dialogue.understand.analysis import NEGATION
from dimchat.language.english import PRONOUNS, VAGUE
from dimchat.language.questions import asked
from dimchat.language.senses import dictionary, is_superlative
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dimchat.dialogue.interpret.interpretation import Hypothesis, Interpretation, Unanswered
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.language.tongue import Tongue
    from dimchat.model import Context, Pack

MOST_NEAR = 3
"""How many are offered."""


def rival(hypothesis: Hypothesis, idle: Idle, thresholds: Thresholds) -> float:
    """Return the confidence of the best question of the pack that is near; 0 where none is.

    A topic that is named, or a word of content, has to speak for the pack: "what is the" stands in every question.

    Args:
        hypothesis: On a message.
        idle: Words that are no evidence.
        thresholds: How loud a word has to be.
    """
    named = bool(hypothesis.message.topics)
    near = (c for c in hypothesis.candidates if is_intent(c) and (named or evidence(c, idle, thresholds)[0]))
    return max((candidate.confidence for candidate in near), default=0.0)


class Nearest:
    """Finds them."""

    def __init__(self, pack: Pack, ranker: Ranker, vocabulary: VocabularyIndex, thresholds: Thresholds) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            ranker: What ranks a text.
            vocabulary: Of the pack.
            thresholds: How near is near.
        """
        self._pack, self._ranker, self._vocabulary, self._limits = pack, ranker, vocabulary, thresholds
        self._idle = Idle(vocabulary.default_words, vocabulary.tongue)

    @staticmethod
    def refuses(meant: Interpretation, context: Context) -> bool:
        """Return whether a message turns down the choices that stand: others may be near to what they were for."""
        refused = meant.kind == "none_of_these" or (meant.kind == "smalltalk" and meant.ids == (NEGATION,))
        return refused and bool(context.options and context.pending)

    def beside(self, meant: Interpretation) -> tuple[str, ...]:
        """Return what is offered beside few choices, or with an answer that is unsure or missing."""
        unsure = meant.kind == "answer" and meant.confidence < self._pack.sure
        if meant.kind == "clarify" and len(meant.hypotheses) == 1 and not meant.hypotheses[0].named:
            return self.to(meant.hypotheses, meant.ids)[: max(MOST_NEAR - len(meant.ids), 0)]
        return self.to(meant.hypotheses[:1], meant.ids) if unsure or meant.kind == "decline" else ()

    def beside_part(self, left: Unanswered, answered: Collection[str]) -> Unanswered:
        """Return a question of a message that is left open, with what lies nearest to it and is not answered."""
        return left._replace(nearest=self.to((left.hypothesis,), answered)) if left.hypothesis else left

    def evident(self, meant: Interpretation) -> bool:
        """Return whether the outside group that a message belongs to is a plain reason: nothing of the pack rivals it.

        Args:
            meant: A decline that names a group.
        """
        group = self._pack.outside_group.get(meant.outside or "")
        if group is not None and not group.told:
            return False
        first = meant.hypotheses[0]
        asks = asked(first.message.text)
        if asks is not None and meant.outside not in {c.intent for c in self._ranker.rank(asks, 1)}:
            # A story names more than it is about.
            return False
        return rival(first, self._idle, self._limits) <= meant.confidence * self._limits.rivalled

    def to(self, hypotheses: Iterable[Hypothesis], taken: Collection[str] = ()) -> tuple[str, ...]:
        """Return the nearest questions, best first; none where nothing is near at all.

        Args:
            hypotheses: On the message, or on parts of it.
            taken: Ids that are not to be offered.
        """
        found = dict.fromkeys(i for hypothesis in hypotheses for i in self._near(hypothesis))
        return tuple(i for i in found if i not in taken)[:MOST_NEAR]

    def _near(self, hypothesis: Hypothesis) -> tuple[str, ...]:
        """Return questions near to one question, best first.

        What is named by both halves of its id comes first, then what is of a topic that is named, then the rest. Of a
        story only what it says counts, and what asks in it as much as the whole: it names more than it is about.
        """
        message = hypothesis.message
        long = len(message.words) > self._limits.pointing
        told = long and hypothesis.heard
        candidates = hypothesis.heard if told else in_turn(hypothesis.candidates, hypothesis.heard)
        ranked = [c.intent for c in candidates if is_intent(c) and c.intent in self._pack.answer]
        topics = set(message.topic_ids)
        halves = topics or {self._vocabulary.default or ""}
        named = {self._vocabulary.intent(topic, aspect) for topic in halves for aspect in message.aspect_ids}
        heard = hypothesis._replace(candidates=(*hypothesis.candidates, *hypothesis.heard))
        near = rival(heard, self._idle, self._limits) >= self._limits.nearest
        if not (near or topics):
            return ()
        order = dict.fromkeys((*ranked, *self._by_words(message.text)))
        if long and ranked:
            return tuple(order)
        first = [i for i in order if i in named]
        of_topic = [i for i in order if topics.intersection(i.split("."))]
        return tuple(dict.fromkeys((*first, *of_topic, *order)))

    def while_typing(self, text: str) -> tuple[str, ...]:
        """Return the nearest questions by the words of an unfinished message alone, best first; or none.

        Args:
            text: What stands there so far.
        """
        if not isinstance(self._ranker, Scorer):
            near = [c.intent for c in self._ranker.rank(text) if c.confidence >= self._limits.nearest]
            return tuple(i for i in near if i in self._pack.answer)[:MOST_NEAR]
        scores = self._ranker.score_all(text)
        if scores is None or self._idle.tongue.function_words.issuperset(words(text)):
            return ()
        least = scores.logs.max() + math.log(self._limits.typing)
        best = (-scores.logs).argsort(kind="stable").tolist()
        near = [self._ranker.intents[place] for place in best if scores.logs[place] >= least]
        return tuple(i for i in near if i in self._pack.answer)[:MOST_NEAR]

    def _by_words(self, text: str) -> Iterator[str]:
        """Yield all questions by what the words of a text say for them, best first; none where that is not known."""
        scores = self._ranker.score_all(text) if isinstance(self._ranker, Scorer) else None
        if isinstance(self._ranker, Scorer) and scores is not None:
            for place in (-scores.logs).argsort(kind="stable").tolist():
                name = self._ranker.intents[place]
                if name in self._pack.answer:
                    yield name


class OutsideReasons:
    """The lines of a pack, in which the words of a message stand or do not."""

    def __init__(self, pack: Pack, thresholds: Thresholds, idle: Idle) -> None:
        """Keep the pack; its lines are read when a group is first to be named.

        Args:
            pack: The answer set.
            thresholds: How much a word has to say.
            idle: Words that count for nothing.
        """
        self._pack, self._limits, self._idle = pack, thresholds, idle
        self._general = {one.id for one in pack.general}

    def names(self, group: str, hypothesis: Hypothesis) -> bool:
        """Return whether a message is a line of an outside group, or has words of content that hardly stand elsewhere.

        What the matcher adds up is no reason by itself: "what is the average age" comes near to "average rent in
        seattle", and asks about no home. A word counts for the part of all lines that hold it which are the group's.

        Args:
            group: Its id.
            hypothesis: On the message.
        """
        message, tongue = hypothesis.message, self._idle.tongue
        if list(message.words) in (words(line.text) for line in self._pack.outside_group[group].phrases):
            return True
        meant = {word: hypothesis.spelling.get(word, word) for word in message.words}
        roots = dict.fromkeys(
            tongue.stem(meant[word])
            for word in message.words
            if word not in tongue.function_words | VAGUE | PRONOUNS
            and (word == meant[word] or _is_slip(word, meant[word], self._limits.shortest_slip, tongue))
            and not (tongue.has_meanings and is_superlative(word))
        )
        parts = [self._part(root, group) for root in roots if root not in self._idle.stems]
        # That a small pack has no use for one word of the base says little: where there are two, two have to speak.
        least = min(len(parts), 2) * self._limits.general_words if group in self._general else self._limits.own_words
        return bool(parts) and sum(parts) >= least

    def _part(self, root: str, group: str) -> float:
        """Return which part of the lines with a stem are those of a group, 0 to 1."""
        holders = self._holders(root)
        return holders[group] / holders.total() if holders else 0.0

    def _holders(self, root: str) -> Counter[str]:
        """Return how many lines with a stem each intent and group has; the title of a group is one of its lines."""
        stem, start = self._idle.tongue.stem, root[:-1]
        # Most lines do not even have its letters, which is seen far sooner than their words.
        near = (one for one in self._lines if start in one[1] or not one[1].isascii())
        return Counter(holder for holder, text in near if root in map(stem, words(text)))

    @cached_property
    def _lines(self) -> list[tuple[str, str]]:
        # What others told of themselves on the way to a question says nothing about the words of an intent.
        lines = [(one.id, phrase.text) for one in self._pack.intents for phrase in one.phrases if not phrase.by]
        for group in self._pack.outside_group.values():
            lines += [(group.id, text) for text in (group.title, *(phrase.text for phrase in group.phrases))]
        return [(holder, text.casefold()) for holder, text in lines]


def _is_slip(word: str, meant: str, shortest: int, tongue: Tongue) -> bool:
    """Return whether a word is a plain slip of the finger for what it is taken for."""
    return len(word) >= shortest and word[0] == meant[0] and not (tongue.has_meanings and word in dictionary())
