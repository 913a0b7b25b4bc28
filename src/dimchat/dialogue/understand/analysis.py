"""Analysing a message by itself: its frame, pronouns, topics, aspects and the words left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.understand.cues import Cues
from dimchat.dialogue.understand.slot_finder import SlotFinder, masked, without_refused
from dimchat.dialogue.understand.smalltalk import SmallTalk
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import (
    AGAIN,
    AND,
    ARTICLES,
    ASKING,
    ASKING_ALONE,
    OCCUPATIONS,
    PLAIN_ASKING,
    PRONOUNS,
    QUESTION_WORDS,
    SMALLEST,
    VAGUE,
)
from dimchat.language.grammar import holds, of_now, picked, points_back, refused, undenied, unframed, without_idiom
from dimchat.language.tokens import words
from dimchat.model import CONVERSATION, SAFETY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.dialogue.understand.cues import Alarm
    from dimchat.dialogue.understand.lookups import Lookups
    from dimchat.dialogue.understand.slot_finder import Mention as SlotMention
    from dimchat.dialogue.understand.vocabulary import Mention, VocabularyIndex
    from dimchat.language.english import Frame
    from dimchat.model import Pack

_FEW = 3
"""A message of only a question word and other small words has at most so many."""


NEGATION = f"{CONVERSATION}.negation"


class Message(NamedTuple):
    """A message, read as far as the pack's vocabulary goes."""

    words: tuple[str, ...]
    """What is left when the frame is off; all of it where nothing would be left."""
    stems: tuple[str, ...]
    frames: tuple[Frame, ...]
    topics: tuple[Mention, ...]
    aspects: tuple[Mention, ...]
    pronouns: tuple[int, ...]
    """Positions of words that point back."""
    residue: tuple[str, ...]
    """Words of content that name no topic and no aspect."""
    rejected: tuple[str, ...]
    """Topics and aspects that the person turned down: "not the CRA"."""
    held: tuple[str, ...] = ()
    """Topics that the person says to be, or to work in: "MRI tech for eight years"."""

    @property
    def text(self) -> str:
        """Return the message without its frame."""
        return " ".join(self.words)

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """Return the topics that are named, in order."""
        return tuple(dict.fromkeys(topic for mention in self.topics for topic in mention.ids))

    @property
    def aspect_ids(self) -> tuple[str, ...]:
        """Return the aspects that are named, those with the longest cue first.

        "What is" asks for an overview only where nothing else is asked for.
        """
        by_size = sorted(self.aspects, key=lambda mention: mention.start - mention.end)
        named = dict.fromkeys(aspect for mention in by_size for aspect in mention.ids)
        if len(named) > 1:
            named.pop(OVERVIEW, None)
        return tuple(named)

    @property
    def longest_aspect(self) -> bool:
        """Return whether one aspect has a longer cue than all the others."""
        sizes = sorted((len(m.span) for m in self.aspects if OVERVIEW not in m.ids), reverse=True)
        return len(sizes) == 1 or (len(sizes) > 1 and sizes[0] > sizes[1])

    @property
    def asks_overview(self) -> bool:
        """Return whether it asks what something is."""
        return any(OVERVIEW in mention.ids for mention in self.aspects)

    @property
    def bare(self) -> bool:
        """Return whether nothing is there but names and small words such as articles."""
        covered = {at for mention in (*self.topics, *self.aspects) for at in mention.span}
        again = self.words[:1] if not self.aspects and self.words[0] in AGAIN else ()
        return bool(covered) and all(
            at in covered or at in self.pronouns or word in SMALLEST | AND
            for at, word in enumerate(self.words[len(again) :], start=len(again))
        )

    @property
    def plain(self) -> bool:
        """Return whether there are only names and the smallest words of a question ("which exam", "what is it")."""
        covered = {at for mention in (*self.topics, *self.aspects) for at in mention.span}
        left = (word for at, word in enumerate(self.words) if at not in covered and at not in self.pronouns)
        return self.bare or (bool(covered) and all(word in SMALLEST | PLAIN_ASKING for word in left))

    @property
    def only_asks(self) -> bool:
        """Return whether there is nothing but a question word and other small words ("why", "in what", "which one")."""
        small = all(word in ASKING_ALONE for word in self.words)
        return small and not QUESTION_WORDS.isdisjoint(self.words) and len(self.words) <= _FEW

    @property
    def empty(self) -> bool:
        """Return whether it names nothing, points at nothing and asks nothing: "lol ok"."""
        named = self.topics or self.aspects or self.pronouns or self.residue
        return not named and not self.questions

    @property
    def questions(self) -> bool:
        """Return whether it has a word that asks."""
        return not ASKING.isdisjoint(self.words)

    @property
    def asks(self) -> bool:
        """Return whether there is a question in it, by its names or by how it begins."""
        return bool(self.topics or self.aspects) or not ASKING.isdisjoint(self.words[:2])

    @property
    def leans(self) -> bool:
        """Return whether the message points back, by a pronoun or by its frame."""
        return bool(self.pronouns) or self.framed

    @property
    def points_first(self) -> bool:
        """Return whether it points back before it names a topic: "the one for technologists"."""
        return bool(self.pronouns and self.topics) and self.pronouns[0] < self.topics[0].start

    @property
    def framed(self) -> bool:
        """Return whether its frame says that it goes on from what came before."""
        return any(frame != "link" for frame in self.frames)


class Analysis(NamedTuple):
    """The result of the first stage: all that a message says regardless of the context."""

    text: str
    """As it was typed, but for values of slots that it turns down."""
    tokens: tuple[str, ...]
    """All its words, normalised."""
    wanted: tuple[str, ...]
    """Those that ask: all, or what is asked for instead of what the person does not want to know, undenied."""
    own: tuple[str, ...]
    """Of these, what is left without greetings and thanks."""
    message: Message
    """These, looked up in the vocabulary as they were typed."""
    alarm: Alarm | None = None
    """The safety cue that fires on the words as they were typed."""
    doubtful: bool = False
    """Some word is no word, so that the alarm waits for what it was meant to be."""
    selection: int | None = None
    """The number that it picks from a list, if one stands: `NONE` of these, `LAST`."""
    smalltalk: str | None = None
    """The small talk that it is."""
    final: bool = False
    """It is nothing but small talk, whatever was said before."""
    courtesies: tuple[Alarm, ...] = ()
    """The cues of small talk in it, which may count once the rest of it is known to ask nothing."""
    mentions: tuple[SlotMention, ...] = ()
    """What it names of slots."""
    masked: str = ""
    """The text with the word of the slot in the place of these; `tokens` are its words."""
    of_now: tuple[str, ...] = ()
    """The words as typed that may tell of danger: not what is long past, or may happen to anybody."""
    corrected: bool = False
    """It turned down a value of a slot, which is left out of its text: "not in New York"."""


class Analyser:
    """Reads messages with the vocabulary, the cues and the small talk of a pack."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex, lookups: Lookups) -> None:
        """Index what messages are looked up in.

        Args:
            pack: It holds cues, small talk and slots.
            vocabulary: Of the pack.
            lookups: Of the pack.
        """
        self._vocabulary = vocabulary
        self._refusal = NEGATION if NEGATION in pack.intent else None
        self.slots = SlotFinder(pack.vocabulary, lookups.slots)
        self.smalltalk = SmallTalk(pack, vocabulary, lookups.talk)
        self.safety = Cues(pack, SAFETY, lookups.safety)
        self.titles = lookups.titles

    def analyse(self, text: str) -> Analysis:
        """Return what a message says."""
        mentions = self.slots.find(text) if self.slots else ()
        wanted_text = without_refused(text, mentions) if mentions else text
        corrected = len(wanted_text) < len(text)
        if corrected:
            text, mentions = wanted_text, self.slots.find(wanted_text)
        read_as = masked(text, mentions) if mentions else text
        tokens = words(read_as)
        courtesies = tuple(self.smalltalk.alarms(tokens))
        whole = self.smalltalk.whole(tokens)
        smalltalk = whole or self.smalltalk.cued(tokens, courtesies)
        instead = refused(tokens)
        if smalltalk is None and instead == []:
            smalltalk = whole = self._refusal
        if smalltalk is not None:
            wanted = own = tokens
            message = read(tokens, self._vocabulary, {})
        else:
            wanted = undenied(instead or tokens)
            own, message = self.read(wanted)
        typed = words(text) if mentions else tokens
        now = words(of_now(text))
        alarm = self.safety.find(typed)
        if now != typed:
            alarm = alarm and self.safety.find(now)
        return Analysis(
            text,
            tuple(tokens),
            tuple(wanted),
            tuple(own),
            message,
            alarm=alarm,
            doubtful=alarm is not None and self.safety.doubts(typed),
            selection=picked(text),
            smalltalk=smalltalk,
            final=whole is not None,
            courtesies=courtesies,
            mentions=mentions,
            masked=read_as,
            of_now=tuple(now),
            corrected=corrected,
        )

    def read(self, tokens: Sequence[str]) -> tuple[list[str], Message]:
        """Return words without greetings and thanks, unless nothing is asked then, and what these say."""
        own = self.smalltalk.without(tokens)
        message = read(own, self._vocabulary, {})
        if len(own) < len(tokens) and not message.asks:
            return list(tokens), read(tokens, self._vocabulary, {})
        return own, message

    def respelt(self, own: Sequence[str], spelling: Mapping[str, str]) -> Message:
        """Return what words say, the misspelt among them as they were meant."""
        return read(own, self._vocabulary, spelling)


def read(tokens: Sequence[str], vocabulary: VocabularyIndex, spelling: Mapping[str, str]) -> Message:
    """Read the words of a message.

    Args:
        tokens: The words, normalised.
        vocabulary: The vocabulary of the pack.
        spelling: Misspelt words with what they were probably meant to be.
    """
    frames, left = unframed(list(tokens), vocabulary.tongue.openers)
    left, rejected = _without_rejected(left, vocabulary, spelling)
    if rejected:
        frames.append("correct")
    if not left:
        frames, left, rejected = [], list(tokens), ()
    left = without_idiom(left)
    stems = tuple(vocabulary.tongue.stem(spelling.get(word, word)) for word in left)
    topics, aspects = vocabulary.topics(stems), vocabulary.aspects(stems)
    aspects = [a for a in aspects if not any(a.span < t.span for t in topics)]
    topics = [t for t in topics if not any(t.span < a.span for a in aspects)]
    named = {at for mention in (*topics, *aspects) for at in mention.span}
    weightless = {at for mention in vocabulary.filler(stems) for at in mention.span}
    weightless |= {at + 1 for at, word in enumerate(left[:-1]) if word == "this" and left[at + 1] in OCCUPATIONS}
    in_names = {at for mention in topics for at in mention.span}
    pronouns = tuple(at for at in range(len(left)) if at not in in_names and points_back(left, at, named))
    residue = tuple(
        word
        for at, word in enumerate(left)
        if at not in named and at not in weightless and word not in vocabulary.tongue.function_words | VAGUE | PRONOUNS
    )
    aimed_at = {topic for mention in topics if not holds(left, mention.start, mention.end) for topic in mention.ids}
    return Message(
        words=tuple(left),
        stems=stems,
        frames=tuple(dict.fromkeys(frames)),
        topics=tuple(topics),
        aspects=tuple(aspects),
        pronouns=pronouns,
        residue=residue,
        rejected=rejected,
        held=tuple(topic for mention in topics for topic in mention.ids if topic not in aimed_at),
    )


def _without_rejected(
    tokens: list[str], vocabulary: VocabularyIndex, spelling: Mapping[str, str]
) -> tuple[list[str], tuple[str, ...]]:
    """Take "not the CRA" out, at either end of what is left."""
    if "not" not in tokens:
        return tokens, ()
    stems = [vocabulary.tongue.stem(spelling.get(word, word)) for word in tokens]
    for mention in (*vocabulary.topics(stems), *vocabulary.aspects(stems)):
        start = mention.start - 1
        if start > 0 and tokens[start] in ARTICLES:
            start -= 1
        if start >= 0 and tokens[start] == "not" and (start == 0 or mention.end == len(tokens)):
            return tokens[:start] + tokens[mention.end :], mention.ids
    return tokens, ()
