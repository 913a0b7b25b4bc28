"""How a message completes itself from the context: an id is topic.aspect, and one half can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.lexicon import OVERVIEW
from dimchat.dialogue.message import EITHER, PAIR, PEOPLE, THINGS
from dimchat.match.normalise import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.model import Context, Pack

LONGEST_LIFE = 5
"""Turns after which topic and aspect are forgotten."""
_FRAGMENT = 4
"""A message that names no topic is an ellipsis up to this many words; a longer one is a question of its own."""
_POINTER = 3
"""A message of up to so many words that only points back has no room for a question: "the other one"."""
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
    asked: tuple[str, ...] = ()
    """Of that text, the words that stand for what the person said; () for the message's own."""
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
        pair = self._pair(message, context)
        if pair is not None:
            return pair
        early = bool(message.pronouns and message.topics) and message.pronouns[0] < message.topics[0].start
        if message.topics and message.bare and not set(message.aspect_ids) - set(message.topic_ids):
            return self._topic_alone(message, context)
        if message.aspects and not message.topics and not message.residue:
            return self._aspect_alone(message, context)
        pointed = self._pointed_aspect(message, context)
        if pointed is not None:
            return pointed
        if message.topics:
            put_in = self._put_in(message, context) if message.pronouns else None
            return (early and put_in) or self._both(message) or put_in
        only_points = message.pronouns and not message.residue and len(message.words) <= _POINTER
        return self._topic_of_pronoun(message, context) if only_points else self._put_in(message, context)

    def _pointed_aspect(self, message: Message, context: Context) -> Completion | None:
        """Ask an aspect of what a pronoun points at, though the message has more words; the ranking has to agree."""
        if message.aspects and message.residue and message.pronouns and not message.topics:
            topic = self.recall(message, context)
            target = next((i for a in message.aspect_ids if (i := self._lexicon.intent(topic, a))), None)
            if target is not None:
                aspect = target.partition(".")[2]
                why = "the aspect is new, the topic is kept"
                return Completion(why, target, topic=topic, aspect=aspect, tentative=True)
        return None

    def recall(self, message: Message, context: Context) -> str | None:
        """Return the topic that the pronouns of a message, or its silence, point at."""
        recent = list(dict.fromkeys([context.topic, *context.topics] if context.topic else context.topics))
        before = [m for m in message.topics if message.pronouns and m.end <= message.pronouns[0]]
        things = [topic for m in before for topic in m.ids if self._is_thing(topic)]
        if things:
            # It is what was named just before: back to the CRA, how long does it last.
            recent = things[-1:]
        recent = [topic for topic in recent if topic is not None and topic not in message.rejected]
        if not recent:
            return None
        if not message.pronouns:
            return recent[0]
        known = {*recent, *context.topics}
        said = {message.words[at] for at in message.pronouns}
        if "other" in message.words and len(recent) > 1:
            recent = recent[1:]
        asked_of = [t for t in recent if self._asked_of(t, message)]
        if said <= EITHER:
            only_named = [t for t in context.mentioned if t not in known and self._asked_of(t, message)]
            asked_of = only_named + asked_of
            if asked_of:
                return asked_of[0]
        if asked_of and asked_of[0] == context.topic:
            # A job is a person and, as a job, a thing as well: "what does it pay".
            return asked_of[0]
        for topic in recent:
            # The job is a person and a thing as well, but gives way to what fits better.
            if self._fits(topic, message) or (topic in asked_of and topic == self._pack.default_topic):
                return topic
        return next((topic for topic in recent if self._agrees(topic, said)), recent[0])

    def _alike(self, topic: str, having: Sequence[str]) -> bool:
        """Tell whether intents are of another topic of the same kind: what one has is not said of another."""
        topics = [topic, *(i.partition(".")[0] for i in having)]
        kinds = {held.kind for t in topics if (held := self._pack.topic.get(t))}
        return self._pack.default_topic not in topics and len(topics) > 1 and len(kinds) == 1

    def _is_thing(self, topic: str) -> bool:
        held = self._pack.topic.get(topic)
        return held is not None and held.kind not in ("subject", "person")

    def _asked_of(self, topic: str, message: Message) -> bool:
        return any(self._lexicon.intent(topic, aspect) for aspect in message.aspect_ids)

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
        people = [t.id for t in self._pack.vocabulary.topics if t.id.startswith(f"{topic}_")]
        for aspect in self._kept_aspects(context):
            for held in (topic, *people):
                target = self._lexicon.intent(held, aspect)
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
        offers = tuple(dict.fromkeys([*nearest, *self._lexicon.of_topic(topic)]))
        return Completion("the topic has no such aspect", offers=offers, topic=topic, aspect=aspect, lacking=True)

    def _lacking_kept(self, topic: str, aspect: str) -> Completion:
        """Say the same where the aspect was kept; a ranking of the two names may know it under another name."""
        held, kept = self._pack.topic.get(topic), self._pack.aspect.get(aspect)
        completion = self.lacking(topic, aspect)
        if held is None or kept is None:
            return completion
        return completion._replace(text=f"{held.names[0]} {kept.title}", asked=tuple(words(kept.title)))

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
        points = sure is False and any(message.words[at] in THINGS | PEOPLE for at in message.pronouns)
        unnamed = aspect not in message.aspect_ids and bool(message.residue) and not points
        elsewhere = other != self._pack.default_topic and unnamed
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
        if message.points_into_list and message.residue:
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
        topic = same[0].partition(".")[0] if len(same) == 1 else None
        if topic is None or (message.topics and topic not in message.topic_ids):
            return None
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

    def kept(self, message: Message, context: Context) -> Completion | None:
        """Keep the aspect where a message that points back only names another topic, in more words than the name."""
        if message.aspects or not message.leans:
            return None
        for topic in message.topic_ids:
            same = self._same_of(topic, context)
            if same is not None:
                why = "the topic is new, the aspect is kept"
                return Completion(why, same[0], topic=topic, aspect=same[1])
        return None

    def _pair(self, message: Message, context: Context) -> Completion | None:
        """Put the names of what was answered last for "those two"."""
        if not message.points_at_two or len(context.answered) < 2:  # noqa: PLR2004
            return None
        one, other = (self._pack.intent[i] for i in context.answered[1::-1])
        if one.topic == other.topic:
            names = [self._pack.aspect[i.aspect].title for i in (one, other) if i.aspect in self._pack.aspect]
        else:
            names = [self._pack.topic[i.topic].names[0] for i in (one, other) if i.topic in self._pack.topic]
        start = message.pronouns[0]
        rest = message.words[start + 1 :]
        left = " ".join([*message.words[:start], " and ".join(names), *(word for word in rest if word not in PAIR)])
        return Completion("the pronoun stands for the last two", text=left)

    def _topic_alone(self, message: Message, context: Context) -> Completion | None:
        topics, lexicon = message.topic_ids, self._lexicon
        for topic in topics:
            # "And managers?" after licenses by state: what was the topic is an aspect here.
            halves = (topic, context.aspect), (topic, context.topic), (context.aspect, topic)
            target = next((i for half in halves if (i := lexicon.intent(*half))), None)
            same = (target, context.aspect) if target else self._same_of(topic, context)
            if same:
                return Completion("the topic is new, the aspect is kept", same[0], topic=topic, aspect=same[1])
        if context.topic:
            for aspect in (*message.aspect_ids, *topics):
                target = lexicon.intent(context.topic, aspect)
                if target:
                    return Completion("the word is an aspect of the topic so far", target, topic=context.topic)
        topic = topics[0]
        offers = tuple(lexicon.of_topic(topic))
        keeps = context.aspect is not None and ("same" in message.frames or "follow" in message.frames)
        if keeps and ("same" in message.frames or len(offers) > 1):
            return self._lacking_kept(topic, context.aspect or "")
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
        each = tuple(i for aspect in message.aspect_ids for i in lexicon.with_aspect(aspect)[:1])
        if len(each) > 1 and (not topic or topic == default):
            own = tuple(i for aspect in message.aspect_ids if (i := lexicon.intent(default, aspect)))
            if len(own) != 1 and not message.longest_aspect:
                return Completion("several aspects are named", offers=own or each, leaning=False)
        aspect = message.aspect_ids[0]
        having = tuple(lexicon.with_aspect(aspect))
        by_default = lexicon.intent(default, aspect)
        if topic and topic != default and (len(having) > 1 or self._fits(topic, message) or self._alike(topic, having)):
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
        again = self._lexicon.intent(topic, context.aspect) if "other" in message.words else None
        if again:
            return Completion("the topic before, the aspect is kept", again, topic=topic, aspect=context.aspect)
        offers = tuple(i for i in self._lexicon.of_topic(topic) if i not in context.last)
        return Completion("a pronoun and no question about it", offers=offers, topic=topic)

    def _both(self, message: Message) -> Completion | None:
        if message.residue or (message.pronouns and not message.aspects):
            return None
        topics, asked = message.topic_ids, message.aspect_ids
        offers = tuple(self._lexicon.of_topic(topics[0]))
        if not asked:
            return Completion("a topic and no question about it", offers=offers, topic=topics[0], leaning=False)
        pairs = ((topic, aspect) for topic in topics for aspect in asked)
        named = {target for pair in pairs if (target := self._lexicon.intent(*pair))}
        if len(named) == 1:
            # Where two topics are named, either may be what is asked about.
            several = len(message.topics) > 1
            why = "topic and aspect are both named"
            return Completion(why, named.pop(), topic=topics[0], leaning=False, tentative=several)
        return None if named else self._without_target(topics[0], asked, offers)

    def _without_target(self, topic: str, asked: Sequence[str], offers: tuple[str, ...]) -> Completion | None:
        """Say what can be said where a topic and aspects are named, and no intent joins them."""
        having = self._lexicon.with_aspect(asked[0])
        if len(having) == 1:
            return Completion("one topic has the aspect", having[0], aspect=asked[0], leaning=False, tentative=True)
        if topic == self._pack.default_topic:
            return None
        if tuple(asked) == (OVERVIEW,):
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

    def aspect_put_in(self, message: Message, context: Context) -> Completion | None:
        """Put what was asked last where a pronoun stands, or before a fragment: "is it going up" after the pay."""
        aspect = self._pack.aspect.get(context.aspect or "")
        things = all(message.words[at] in THINGS for at in message.pronouns)
        if aspect is None or aspect.id == OVERVIEW or message.topics or message.aspects or not things:
            return None
        if not message.pronouns and not message.framed and len(message.words) > _FRAGMENT:
            return None
        at = message.pronouns[0] if message.pronouns else 0
        before, rest = message.words[:at], message.words[at + 1 :] if message.pronouns else message.words
        text = " ".join([*before, aspect.title, *rest])
        return Completion("what was asked last is put in", text=text, topic=context.topic, aspect=aspect.id)

    def _with_name(self, message: Message, topic: str) -> str:
        """Return the message with the topic's name for its first pronoun, or before it where it has none."""
        held = self._pack.topic.get(topic)
        name = held.names[0] if held else topic
        if not message.pronouns:
            return f"{name} {message.text}"
        at = message.pronouns[0]
        return " ".join([*message.words[:at], name, *message.words[at + 1 :]])
