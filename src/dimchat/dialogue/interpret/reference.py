"""Resolving references: who asks, the topic that a message points at, and the choice that it begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import BOTH, COUNTED, EITHER, JOINS, NUMBERS, ORDINALS, PEOPLE, PLURAL, POINTING, THINGS
from dimchat.language.grammar import hires, picked, points_at_place, says_to_be, unframed
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analysis, Message
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Context, Pack


def is_full(message: Message, vocabulary: VocabularyIndex, thresholds: Thresholds) -> bool:
    """Return whether a message is a question of its own, whatever came before."""
    if message.pronouns or message.rejected:
        return False
    if message.topics:
        asked = set(message.aspect_ids) - set(message.topic_ids)
        return bool(asked or message.residue or not message.bare)
    if any(len(vocabulary.with_aspect(aspect)) == 1 for aspect in message.aspect_ids[:1]):
        return True
    if message.leans or points_at_place(message.words):
        return False
    return len(message.words) > thresholds.fragment


_LATELY, _MOSTLY = 3, 2


def reader_of(context: Context, pack: Pack) -> str | None:
    """Return who asks: the reader that was chosen, or whose questions most of the last answers were about.

    That is told of a reader who has questions of their own, under a topic of that name which is no person: who asks
    about technologists need not be one.

    Args:
        context: It holds the choice and the last answers.
        pack: It holds the readers.
    """
    if context.reader is not None:
        return context.reader
    last = [pack.intent[i].topic for i in context.answered[:_LATELY] if i in pack.intent]
    own = with_questions(pack)
    return next((name for name in own if last.count(name) >= min(_MOSTLY, len(last)) and name in last), None)


def with_questions(pack: Pack) -> tuple[str, ...]:
    """Return the readers who have questions of their own, under a topic of that name which is no person."""
    return tuple(name for name, _ in pack.readers if name in pack.topic and pack.topic[name].kind != "person")


_HIRING = "employer"
"""The reader who hires."""


def introduced(context: Context, analysis: Analysis, pack: Pack) -> Context:
    """Return the context with the reader that who asks says to be: "I'm the employer", "we are hiring a manager".

    Who hires for another post than the one that the pack is about has other questions.

    Args:
        context: As it was; a reader that was chosen stays.
        analysis: Of the message.
        pack: It holds the readers.
    """
    own = with_questions(pack) if context.reader is None else ()
    if not own:
        return context
    said = " ".join(analysis.tokens)
    named = {topic for topic in analysis.message.topic_ids if pack.topic[topic].kind == "person"}
    hiring = named <= {pack.default_topic} and hires(analysis.text)
    found = next((name for name in own if says_to_be(said, name) or (name == _HIRING and hiring)), None)
    return context._replace(reader=found) if found else context


class Pointer:
    """Finds the topic that a message means without naming it."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex) -> None:
        """Keep what is needed of the pack."""
        self._pack, self._vocabulary = pack, vocabulary

    def recall(self, message: Message, context: Context) -> str | None:
        """Return the topic that the pronouns of a message, or its silence, point at."""
        recent = list(dict.fromkeys([context.topic, *context.topics] if context.topic else context.topics))
        before = [m for m in message.topics if message.pronouns and m.end <= message.pronouns[0]]
        things = [topic for m in before for topic in m.ids if self._is_thing(topic)]
        if things:
            # It is what was named just before: back to the CRA, how long does it last.
            recent = things[-1:]
        asked = {self._pack.intent[i].aspect for i in context.last if i in self._pack.intent}
        recent = [
            topic
            for topic in recent
            # "Pay" is a topic with one answer, but who has just asked for the pay of a job says "it" of the job.
            if topic is not None
            and topic not in message.rejected
            and (topic not in asked or len(self._vocabulary.of_topic(topic)) > 1)
        ]
        if not recent:
            return None
        if not message.pronouns:
            # "Salary?", after a license of sonographers: what was talked about and has it.
            having = (t for t in (*recent, *context.mentioned) if self._asked_of(t, message))
            return recent[0] if message.topics else next(having, recent[0])
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
            if self.fits(topic, message) or (topic in asked_of and topic == self._pack.default_topic):
                return topic
        agreeing = [topic for topic in recent if self._agrees(topic, said)] or recent
        return next((topic for topic in agreeing if topic in asked_of), agreeing[0])

    def with_name(self, message: Message, topic: str) -> str:
        """Return the message with the topic's name for its first pronoun, or before it where it has none."""
        held = self._pack.topic.get(topic)
        name = held.names[0] if held else topic
        if not message.pronouns:
            return f"{name} {message.text}"
        at = message.pronouns[0]
        return " ".join([*message.words[:at], name, *message.words[at + 1 :]])

    def with_aspect(self, message: Message, aspect: str) -> str:
        """Return the message with what was asked last for its first pronoun, or before it: "is pay going up"."""
        held = self._pack.aspect.get(aspect)
        title = held.title if held else aspect
        if not message.pronouns:
            return f"{message.text} {title}"
        at = message.pronouns[0]
        return " ".join([*message.words[:at], title, *message.words[at + 1 :]])

    def fits(self, topic: str, message: Message) -> bool:
        """Return whether the pronouns of a message can only mean a topic of this kind."""
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

    def _asked_of(self, topic: str, message: Message) -> bool:
        return any(self._vocabulary.intent(topic, aspect) for aspect in message.aspect_ids)

    def _is_thing(self, topic: str) -> bool:
        held = self._pack.topic.get(topic)
        return held is not None and held.kind not in ("subject", "person")


_SEVERAL = 2


def with_names(tokens: Sequence[str], context: Context, pack: Pack) -> list[str]:
    """Return a message in which "the first one" is the name of the topic that the person named first.

    "Those two" are what was answered last: two topics, or two aspects of one.

    Args:
        tokens: The words of the message.
        context: It holds what was named and answered.
        pack: It holds the names.
    """
    return _with_both(tokens, context, pack) or _with_one(tokens, context, pack)


def _with_both(tokens: Sequence[str], context: Context, pack: Pack) -> list[str]:
    """Put the names of the last two answers for "those two"; nothing where it says no such thing."""
    start = next((at for at, token in enumerate(tokens) if token in PLURAL), None)
    if start is None or BOTH.isdisjoint(tokens) or len(context.answered) < _SEVERAL:
        return []
    one, other = (pack.intent[i] for i in context.answered[1::-1])
    if one.topic == other.topic:
        names = [pack.aspect[i.aspect].title for i in (one, other) if i.aspect in pack.aspect]
    else:
        names = [pack.topic[i.topic].names[0] for i in (one, other) if i.topic in pack.topic]
    rest = (token for token in tokens[start + 1 :] if token not in {*BOTH, "of"})
    return [*tokens[:start], *words(" and ".join(names)), *rest]


def _with_one(tokens: Sequence[str], context: Context, pack: Pack) -> list[str]:
    named = [topic for topic in context.mentioned if topic in pack.topic]
    at = next((at for at, token in enumerate(tokens) if token in ORDINALS), None)
    if at is None or len(named) < _SEVERAL or (at and tokens[at - 1] not in POINTING):
        return list(tokens)
    number = ORDINALS[tokens[at]]
    end = at + 1 + (list(tokens[at + 1 : at + 2]) == ["one"])
    if number > len(named) or (end < len(tokens) and tokens[end] in COUNTED):
        return list(tokens)
    start = at - 1 if at and tokens[at - 1] in {"the", "that"} else at
    return [*tokens[:start], *words(pack.topic[named[number - 1 if number > 0 else number]].names[0]), *tokens[end:]]


_MOST_HEADS, _LONGEST_HEAD = 3, 8
"""A choice is named before one of the first stops of a message, in so many words."""
_STOP = re.compile(
    r"\s*[,;:.!?]+\s+|\s+-+\s+|\s+(?=(?:and|also|plus|but|like|so|cause|because|since)\s)", re.IGNORECASE
)
_ITEM = re.compile(r"\s[(]?[2-9][.)]\s")
"""A list of questions counts these, and no choices."""
_ONE = re.compile(
    r"(?:the|that) (.+) (?:one|option|choice|question|answer)|the (?:one|question) (?:about|for|on|with) (.+)"
)
_SAYING = frozenset(("please", "pls", "i", "guess", "think", "mean", "maybe"))
"""What may follow a choice in its clause."""


class Chosen(NamedTuple):
    """A choice, and what stands behind it."""

    number: int
    """Of the choice, from 1."""
    rest: str
    """What follows; nothing where nothing does."""
    more: bool
    """It begins anew: with a sentence, or with "and"."""


class Choosing:
    """Finds the choice that the beginning of a message names: "the manager one, like would I earn more"."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex) -> None:
        """Keep what names the choices."""
        self._pack, self._stem = pack, vocabulary.tongue.stem

    def of(self, text: str, options: Sequence[str]) -> Chosen | None:
        """Return the choice that a message begins with; None where it names none, or nothing else.

        Args:
            text: The message as it was typed.
            options: The ids that are offered.
        """
        if _ITEM.search(text):
            return None
        stops = list(_STOP.finditer(text))[:_MOST_HEADS]
        heads = [(text[: stop.start()], text[stop.end() :], stop.group()) for stop in stops]
        for head, rest, stop in (*heads, (text, "", "")):
            said = words(head)
            while said and said[-1] in _SAYING:
                said = said[:-1]
            number = self._number(said, options) if 0 < len(said) <= _LONGEST_HEAD else None
            if number is not None and (rest or not said[0].isdigit()):
                more = not {*stop}.isdisjoint(".;?!") or not JOINS.isdisjoint(rest.casefold().split(maxsplit=1)[:1])
                return Chosen(number, rest, more)
        return None

    def _number(self, said: Sequence[str], options: Sequence[str]) -> int | None:
        if len(said) == 1 and (said[0] in ORDINALS or said[0] == "one"):
            # "First, what does it cost" counts questions.
            return None
        number = picked(" ".join(said)) if not NUMBERS.keys().isdisjoint(said) else None
        if number is not None:
            number = len(options) if number < 0 else number
            return number if 1 <= number <= len(options) else None
        found = _ONE.fullmatch(" ".join(unframed(list(said))[1]))
        if found is None:
            return None
        named = {self._stem(word) for word in words(found[1] or found[2])}
        fitting = [at for at, option in enumerate(options, start=1) if named <= self._names(option)]
        return fitting[0] if len(fitting) == 1 else None

    def _names(self, option: str) -> set[str]:
        """Return the stems of what names the topic and the aspect of a choice."""
        intent = self._pack.intent[option]
        topic, aspect = self._pack.topic.get(intent.topic), self._pack.aspect.get(intent.aspect)
        texts = [*(topic.names if topic else ()), *((aspect.title, *aspect.cues) if aspect else ())]
        return {self._stem(word) for text in texts for word in words(text)}
