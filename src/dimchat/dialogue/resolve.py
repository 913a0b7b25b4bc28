"""How a message completes itself from the context: an id is topic.aspect, and one half can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.lexicon import OVERVIEW
from dimchat.dialogue.message import EITHER, PEOPLE, THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.model import Context, Pack

LONGEST_LIFE = 5
"""Turns after which topic and aspect are forgotten."""
_FRAGMENT = 4
"""A message that names no topic is an ellipsis up to this many words; a longer one is a question of its own."""
_ELSEWHERE = 2
"""How many topics that have an aspect are offered where the topic so far has it not."""


class Completion(NamedTuple):
    """A reading of a message with the help of the context or of the default topic."""

    why: str
    target: str | None = None
    """The intent that the two halves name."""
    offers: tuple[str, ...] = ()
    """Where the halves name no intent: what could be meant."""
    text: str | None = None
    """Where ranking may tell: the message with the name put in."""
    topic: str | None = None
    aspect: str | None = None
    lacking: bool = False
    """The topic has no such aspect."""
    leaning: bool = True
    """The context had a part in it."""
    tentative: bool = False
    """Only the aspect speaks for it; the ranking has to agree, unless there is nothing else in the message."""


def is_full(message: Message, lexicon: Lexicon) -> bool:
    """Tell whether a message is a question of its own, whatever came before."""
    if message.pronouns or message.rejected:
        return False
    if message.topics:
        asked = set(message.aspect_ids) - set(message.topic_ids)
        return bool(asked or message.residue or not message.bare)
    if any(len(lexicon.with_aspect(aspect)) == 1 for aspect in message.aspect_ids[:1]):
        return True
    if message.leans:
        return False
    return len(message.words) > _FRAGMENT


class Resolver:
    """Completes messages from a context."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        """Keep what is needed of the pack."""
        self._pack, self._lexicon = pack, lexicon

    def complete(self, message: Message, context: Context) -> Completion | None:
        """Return the best completed reading, or None where the message has nothing to complete."""
        if message.topics and message.bare and not set(message.aspect_ids) - set(message.topic_ids):
            return self._topic_alone(message, context)
        if message.aspects and not message.topics and not message.residue:
            return self._aspect_alone(message, context)
        if message.topics:
            return self._both(message)
        if message.pronouns and len(message.words) <= len(message.pronouns) + 1 and not message.residue:
            return self._topic_of_pronoun(message, context)
        return self._put_in(message, context)

    def recall(self, message: Message, context: Context) -> str | None:
        """Return the topic that the pronouns of a message, or its silence, point at."""
        recent = list(dict.fromkeys([context.topic, *context.topics] if context.topic else context.topics))
        recent = [topic for topic in recent if topic is not None and topic not in message.rejected]
        if not recent:
            return None
        if not message.pronouns:
            return recent[0]
        said = {message.words[at] for at in message.pronouns}
        if "other" in message.words and len(recent) > 1:
            recent = recent[1:]
        for topic in recent:
            asked = any(self._lexicon.intent(topic, aspect) for aspect in message.aspect_ids)
            # The job is a person and a thing as well, but gives way to what fits better.
            if self._fits(topic, message) or (asked and topic == self._pack.default_topic):
                return topic
        return next((topic for topic in recent if self._agrees(topic, said)), recent[0])

    def lacking(self, topic: str, aspect: str, nearest: Sequence[str] = ()) -> Completion:
        """Say that a topic has no such aspect, and offer what it has.

        Args:
            topic: What was asked about.
            aspect: What was asked of it.
            nearest: Intents of other topics that may have been meant; they come first.
        """
        offers = tuple(dict.fromkeys([*nearest, *self._lexicon.of_topic(topic)]))
        return Completion("the topic has no such aspect", offers=offers, topic=topic, aspect=aspect, lacking=True)

    def transferred(self, message: Message, context: Context, found: str, *, sure: bool) -> Completion | None:
        """Take the aspect of what a message alone would find, and ask it of the topic that it points at.

        Args:
            message: It names no topic, and points back.
            context: What it can point at.
            found: The intent that the message alone leads to.
            sure: Whether it would be answered.
        """
        topic = self.recall(message, context)
        other, _, aspect = found.partition(".")
        if topic is None or message.topics or not (message.leans or aspect in message.aspect_ids):
            return None
        target = self._lexicon.intent(topic, aspect)
        # What is left over may name the other topic, in words that the vocabulary does not have.
        elsewhere = other != self._pack.default_topic and aspect not in message.aspect_ids and bool(message.residue)
        if aspect == OVERVIEW or elsewhere or (other == topic and (sure or message.residue)):
            return None
        if target:
            return Completion("the aspect is new, the topic is kept", target, topic=topic, aspect=aspect)
        if sure and topic != self._pack.default_topic and self._fits(topic, message):
            return self.lacking(topic, aspect, [found])._replace(text=self._with_name(message, topic))
        return None

    def told_apart(self, message: Message, context: Context, close: Sequence[str]) -> Completion | None:
        """Choose the one of several close candidates that belongs to the topic so far."""
        topic = self.recall(message, context)
        own = [i for i in close if i.partition(".")[0] == topic]
        if message.topics or len(own) != 1 or topic == self._pack.default_topic:
            return None
        return Completion("the topic so far tells close candidates apart", own[0], topic=topic)

    def same_aspect(self, message: Message, context: Context, close: Sequence[str]) -> Completion | None:
        """Choose the one of several close candidates that asks the same as the question before.

        Args:
            message: It names no aspect, and may name its topic in words that the vocabulary does not have.
            context: What was asked before.
            close: Candidates, best first.
        """
        points = any(message.words[at] in PEOPLE | THINGS for at in message.pronouns)
        short = message.bare or len(message.words) <= _FRAGMENT or message.leans
        if message.aspects or points or context.aspect in (None, OVERVIEW) or not short:
            return None
        same = [i for i in close if i.partition(".")[2] == context.aspect and i not in context.last]
        if len(same) != 1:
            return None
        topic = same[0].partition(".")[0]
        return Completion("the topic is new, the aspect is kept", same[0], topic=topic, aspect=context.aspect)

    def _fits(self, topic: str, message: Message) -> bool:
        """Tell whether the pronouns of a message can only mean a topic of this kind."""
        said = {message.words[at] for at in message.pronouns}
        held = self._pack.topic.get(topic)
        alike = said <= EITHER or (held is not None and (held.kind == "person") == bool(said & PEOPLE))
        return bool(said) and alike

    def _agrees(self, topic: str, said: set[str]) -> bool:
        # The default topic is a person and, as a job, a thing as well.
        if topic == self._pack.default_topic:
            return True
        held = self._pack.topic.get(topic)
        kind = held.kind if held else "subject"
        if said & PEOPLE:
            return kind in {"person", "body", "program", "place"}
        return not said & THINGS or kind != "person"

    def _topic_alone(self, message: Message, context: Context) -> Completion | None:
        topics, lexicon = message.topic_ids, self._lexicon
        for topic in topics:
            # "And managers?" after licenses by state: what was the topic is an aspect here.
            target = lexicon.intent(topic, context.aspect) or lexicon.intent(topic, context.topic)
            if target:
                return Completion("the topic is new, the aspect is kept", target, topic=topic, aspect=context.aspect)
        if context.topic:
            for aspect in (*message.aspect_ids, *topics):
                target = lexicon.intent(context.topic, aspect)
                if target:
                    return Completion("the word is an aspect of the topic so far", target, topic=context.topic)
        topic = topics[0]
        offers = tuple(lexicon.of_topic(topic))
        keeps = context.aspect is not None and ("same" in message.frames or "follow" in message.frames)
        if keeps and ("same" in message.frames or len(offers) > 1):
            return self.lacking(topic, context.aspect or "")
        if len(offers) == 1:
            return Completion("the topic has one answer", offers[0], topic=topic)
        return Completion("a topic and no question about it", offers=offers, topic=topic)

    def _aspect_alone(self, message: Message, context: Context) -> Completion | None:
        lexicon, default = self._lexicon, self._pack.default_topic
        topic = self.recall(message, context)
        if topic:
            for aspect in message.aspect_ids:
                target = lexicon.intent(topic, aspect)
                if target:
                    return Completion("the aspect is new, the topic is kept", target, topic=topic, aspect=aspect)
        aspect = message.aspect_ids[0]
        having = tuple(lexicon.with_aspect(aspect))
        by_default = lexicon.intent(default, aspect)
        if topic and topic != default and (len(having) > 1 or self._fits(topic, message)):
            elsewhere = [i for other in (*context.topics, default) if (i := lexicon.intent(other, aspect))]
            nearest = elsewhere[:1] if message.pronouns else [*elsewhere, *having][:_ELSEWHERE]
            return self.lacking(topic, aspect, nearest)._replace(text=self._with_name(message, topic))
        if by_default:
            return Completion(
                "the aspect, of the default topic", by_default, aspect=aspect, leaning=False, tentative=True
            )
        if len(having) == 1:
            return Completion("one topic has the aspect", having[0], aspect=aspect, leaning=False, tentative=True)
        return Completion("an aspect of several topics", offers=having, aspect=aspect, leaning=False)

    def _topic_of_pronoun(self, message: Message, context: Context) -> Completion | None:
        """Offer what there is about a topic that is only pointed at ("what about it")."""
        topic = self.recall(message, context)
        if topic is None:
            return None
        offers = tuple(i for i in self._lexicon.of_topic(topic) if i not in context.last)
        return Completion("a pronoun and no question about it", offers=offers, topic=topic)

    def _both(self, message: Message) -> Completion | None:
        if message.residue or not message.aspects:
            return None
        named = {
            target
            for topic in message.topic_ids
            for aspect in message.aspect_ids
            if (target := self._lexicon.intent(topic, aspect))
        }
        topic, asked = message.topic_ids[0], message.aspect_ids
        if len(named) == 1:
            return Completion("topic and aspect are both named", named.pop(), topic=topic, leaning=False)
        having = self._lexicon.with_aspect(asked[0])
        if len(having) == 1 and not named:
            return Completion("one topic has the aspect", having[0], aspect=asked[0], leaning=False, tentative=True)
        if named or topic == self._pack.default_topic:
            return None
        offers = tuple(self._lexicon.of_topic(topic))
        if asked == (OVERVIEW,):
            return Completion("a topic without an overview", offers=offers, topic=topic, leaning=False)
        return self.lacking(topic, asked[0])._replace(leaning=False)

    def _put_in(self, message: Message, context: Context) -> Completion | None:
        """Put the topic's name where the pronoun stands, or before a fragment."""
        topic = self.recall(message, context)
        if topic is None or topic not in self._pack.topic:
            return None
        fragment = len(message.words) <= _FRAGMENT
        if not message.pronouns and not fragment and not message.leans:
            return None
        text = self._with_name(message, topic)
        why = "the pronoun stands for the topic" if message.pronouns else "the topic is put before a fragment"
        return Completion(why, text=text, topic=topic)

    def _with_name(self, message: Message, topic: str) -> str:
        """Return the message with the topic's name for its first pronoun, or before it where it has none."""
        held = self._pack.topic.get(topic)
        name = held.names[0] if held else topic
        if not message.pronouns:
            return f"{name} {message.text}"
        at = message.pronouns[0]
        return " ".join([*message.words[:at], name, *message.words[at + 1 :]])
