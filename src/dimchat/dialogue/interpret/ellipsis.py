"""How a message completes itself from the context: an id is topic.aspect, and one half can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.interpret.policy import is_intent
from dimchat.dialogue.interpret.reference import Pointer
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import AND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue.interpret.interpretation import Hypothesis
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Message
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Context, Pack


class Completion(NamedTuple):
    """A reading of a message with the help of the context or of the default topic."""

    why: str
    target: str | None = None
    """The intent that the two halves name."""
    offers: tuple[str, ...] = ()
    """Where the halves name no intent: what could be meant."""
    topic: str | None = None
    aspect: str | None = None
    lacking: bool = False
    """The topic has no such aspect."""
    bare: bool = False
    """The message is nothing but the name of a topic."""
    tentative: bool = False
    """Only the aspect speaks for it; the ranking has to agree, unless there is nothing else in the message."""


class Resolver:
    """Completes messages from a context."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex, thresholds: Thresholds) -> None:
        """Keep what is needed of the pack."""
        self._pack, self._vocabulary, self._limits = pack, vocabulary, thresholds
        self.pointer = Pointer(pack, vocabulary)

    def complete(self, message: Message, context: Context) -> Completion | None:
        """Return the best completed reading, or None where the message has nothing to complete."""
        if message.topics and message.bare and not set(message.aspect_ids) - set(message.topic_ids):
            return self._topic_alone(message, context)
        if message.aspects and not message.topics and not message.residue:
            return self._aspect_alone(message, context)
        if message.topics:
            return None if message.points_first and context.topic else self._both(message)
        only_points = message.pronouns and not message.residue and len(message.words) <= self._limits.only_pointing
        return self._topic_of_pronoun(message, context) if only_points else None

    def alike(self, topic: str, having: Sequence[str]) -> bool:
        """Return whether intents are of another topic of the same kind: what one has is not said of another."""
        topics = [topic, *(i.partition(".")[0] for i in having)]
        kinds = {held.kind for t in topics if (held := self._pack.topic.get(t))}
        return self._pack.default_topic not in topics and len(topics) > 1 and len(kinds) == 1

    def _kept_aspects(self, context: Context) -> list[str]:
        """Return the aspects that a new topic may keep: the last one, then others that were asked of the same topic."""
        kept = [context.aspect] if context.aspect else []
        for i in context.answered:
            intent = self._pack.intent[i]
            if intent.topic != context.topic:
                break
            kept += [intent.aspect] if intent.aspect != OVERVIEW else []
        return list(dict.fromkeys(kept))

    def _same_of(self, topic: str, context: Context) -> tuple[str, str] | None:
        """Return the intent of a topic, or of the people who work in it, with an aspect so far."""
        for aspect in self._kept_aspects(context):
            for held in (topic, *self._vocabulary.people(topic)):
                target = self._vocabulary.intent(held, aspect)
                if target:
                    return target, aspect
        return None

    def lacking(self, topic: str, aspect: str, nearest: Sequence[str] = ()) -> Completion:
        """Say that a topic has no such aspect, and offer what it has.

        Args:
            topic: What was asked about.
            aspect: What was asked of it.
            nearest: Intents of other topics that may have been meant; they come first.
        """
        offers = tuple(dict.fromkeys([*nearest, *self._vocabulary.of_topic(topic)]))
        return Completion("the topic has no such aspect", offers=offers, topic=topic, aspect=aspect, lacking=True)

    def _named(self, message: Message) -> tuple[str, ...]:
        """Return the topics that a message names, of names in one breath the person alone: "MRI and CT tech"."""
        last = message.topics[-1]
        between = message.words[message.topics[0].start : last.end]
        held = [self._pack.topic.get(topic) for mention in message.topics for topic in mention.ids]
        head = self._pack.topic.get(last.ids[0])
        several = sum(len(mention.span) for mention in message.topics) + sum(word in AND for word in between)
        people = [topic for topic in held if topic is not None and topic.kind == "person"]
        one_breath = several == len(between) and people == [head]
        return last.ids if one_breath else message.topic_ids

    def _topic_alone(self, message: Message, context: Context) -> Completion | None:
        topics, vocabulary = self._named(message), self._vocabulary
        for topic in topics:
            # "And managers?" after licenses by state: what was the topic is an aspect here.
            halves = (topic, context.aspect), (topic, context.topic), (context.aspect, topic)
            target = next((i for half in halves if (i := vocabulary.intent(*half))), None)
            same = (target, context.aspect) if target else self._same_of(topic, context)
            if same:
                why, several = "the topic is new, the aspect is kept", len(message.topics) > 1
                return Completion(why, same[0], topic=topic, aspect=same[1], tentative=several)
        if context.topic:
            for aspect in (*message.aspect_ids, *topics):
                target = vocabulary.intent(context.topic, aspect)
                if target:
                    return Completion("the word is an aspect of the topic so far", target, topic=context.topic)
        topic = topics[0]
        offers = tuple(vocabulary.of_topic(topic))
        keeps = context.aspect is not None and ("same" in message.frames or "follow" in message.frames)
        if keeps and ("same" in message.frames or len(offers) > 1):
            return self.lacking(topic, context.aspect or "")
        if len(offers) == 1:
            return Completion("the topic has one answer", offers[0], topic=topic, bare=True)
        overview = vocabulary.intent(topic, OVERVIEW)
        if overview and len(topics) == 1:
            return Completion("a topic alone: what it is", overview, topic=topic, aspect=OVERVIEW, bare=True)
        if len(topics) > 1:
            offers = tuple(dict.fromkeys([*(vocabulary.of_topic(each)[0] for each in topics), *offers]))
        return Completion("a topic and no question about it", offers=offers, topic=topic, bare=True)

    def _aspect_alone(self, message: Message, context: Context) -> Completion | None:
        vocabulary, default = self._vocabulary, self._pack.default_topic
        topic = self.pointer.recall(message, context)
        if topic:
            for aspect in message.aspect_ids:
                target = vocabulary.intent(topic, aspect)
                if target:
                    # Of several aspects that one cue asks for, or cues of one length, the conversation says which.
                    cued = (other for mention in message.aspects if aspect in mention.ids for other in mention.ids)
                    several = len({i for other in cued if (i := vocabulary.intent(topic, other))}) > 1
                    several |= len(message.aspects) > 1 and not message.longest_aspect
                    why = "the aspect is new, the topic is kept"
                    return Completion(why, target, topic=topic, aspect=aspect, tentative=several)
        each = tuple(i for aspect in message.aspect_ids for i in vocabulary.with_aspect(aspect)[:1])
        if len(each) > 1 and (not topic or topic == default):
            own = tuple(i for aspect in message.aspect_ids if (i := vocabulary.intent(default, aspect)))
            if len(own) != 1 and not message.longest_aspect:
                return Completion("several aspects are named", offers=own or each)
        aspect = message.aspect_ids[0]
        having = tuple(vocabulary.with_aspect(aspect))
        by_default = vocabulary.intent(default, aspect)
        if (
            topic
            and topic != default
            and (len(having) > 1 or self.pointer.fits(topic, message) or self.alike(topic, having))
        ):
            elsewhere = [i for other in (*context.topics, default) if (i := vocabulary.intent(other, aspect))]
            nearest = elsewhere[:1] if message.pronouns else [*elsewhere, *having][: self._limits.elsewhere]
            return self.lacking(topic, aspect, nearest)
        if by_default:
            return Completion("the aspect, of the default topic", by_default, aspect=aspect, tentative=True)
        if len(having) == 1:
            return Completion("one topic has the aspect", having[0], aspect=aspect, tentative=True)
        return Completion("an aspect of several topics", offers=having, aspect=aspect)

    def _topic_of_pronoun(self, message: Message, context: Context) -> Completion | None:
        """Offer what there is about a topic that is only pointed at ("what about it")."""
        topic = self.pointer.recall(message, context)
        if topic is None:
            return None
        again = self._vocabulary.intent(topic, context.aspect) if "other" in message.words else None
        if again:
            return Completion("the topic before, the aspect is kept", again, topic=topic, aspect=context.aspect)
        offers = tuple(i for i in self._vocabulary.of_topic(topic) if i not in context.last)
        return Completion("a pronoun and no question about it", offers=offers, topic=topic)

    def _both(self, message: Message) -> Completion | None:
        if message.residue or (message.pronouns and not message.aspects):
            return None
        topics, asked = message.topic_ids, message.aspect_ids
        offers = tuple(self._vocabulary.of_topic(topics[0]))
        if not asked:
            return Completion("a topic and no question about it", offers=offers, topic=topics[0])
        having = [held for topic in topics for held in (topic, *self._vocabulary.people(topic))]
        pairs = ((topic, aspect) for topic in having for aspect in asked)
        named = {target for pair in pairs if (target := self._vocabulary.intent(*pair))}
        if len(named) == 1:
            # Where two topics are named, or one and a pronoun, either may be what is asked about.
            several = len(message.topics) > 1 or bool(message.pronouns)
            why = "topic and aspect are both named"
            return Completion(why, named.pop(), topic=topics[0], tentative=several)
        return None if named else self._without_target(topics[0], asked, offers)

    def _without_target(self, topic: str, asked: Sequence[str], offers: tuple[str, ...]) -> Completion | None:
        """Say what can be said where a topic and aspects are named, and no intent joins them."""
        having = self._vocabulary.with_aspect(asked[0])
        if len(having) == 1:
            return Completion("one topic has the aspect", having[0], aspect=asked[0], tentative=True)
        if topic == self._pack.default_topic:
            return None
        if tuple(asked) == (OVERVIEW,):
            return Completion("a topic without an overview", offers=offers, topic=topic)
        return self.lacking(topic, asked[0])


def guesses(completion: Completion, message: Message) -> bool:
    """Return whether only an aspect speaks for a completion, and there is more in the message than that."""
    return completion.tentative and (not message.bare or bool(message.topics) or len(message.aspect_ids) > 1)


def completed_wins(alone: Hypothesis, completed: Hypothesis, *, full: bool) -> bool:
    """Return whether the completed reading is the better one.

    Args:
        alone: The message as it stands.
        completed: The same message with a completion.
        full: It is a question of its own.
    """
    completion = completed.completion
    if completion is None:
        return False
    message = alone.message
    listed = message.bare and not message.topics
    if alone.verdict.outside and (message.residue or not (completion.target or listed)):
        # What names a topic may as well be what the outside group is about.
        return False
    return _beats(alone, completion, full=full) if alone.answers else _fills(alone, completion, full=full)


def _beats(alone: Hypothesis, completion: Completion, *, full: bool) -> bool:
    """Return whether it is better than an answer."""
    if completion.bare:
        return True
    return not guesses(completion, alone.message) and full and _knows_better(alone, completion)


def _fills(alone: Hypothesis, completion: Completion, *, full: bool) -> bool:
    """Return whether it is better than no answer."""
    message = alone.message
    named = bool(completion.target or completion.offers)
    if not full:
        return named
    certain = completion.lacking or (message.bare and completion.target is not None)
    return certain or (named and (not alone.verdict.outside or bool(message.topics) or message.bare))


def _knows_better(alone: Hypothesis, completion: Completion) -> bool:
    """Return whether the vocabulary knows better than the ranking of a full question."""
    if completion.lacking:
        # "Is ARRT certification a state license" is about licenses as much as about ARRT.
        return not _speaks_of_topics(alone) and alone.verdict.ids[0].partition(".")[0] not in alone.message.aspect_ids
    return alone.message.bare and completion.target is not None


def _speaks_of_topics(hypothesis: Hypothesis) -> bool:
    """Return whether the words that name topics speak for the first candidate."""
    named = {hypothesis.message.words[at] for mention in hypothesis.message.topics for at in mention.span}
    best = next((c for c in hypothesis.candidates if is_intent(c)), None)
    return best is not None and any(word.text in named and word.weight > 0 for word in best.words)
