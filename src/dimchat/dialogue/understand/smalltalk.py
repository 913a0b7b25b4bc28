"""Small talk that is typed word for word, alone or around a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.understand.cues import Cues
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import ASKING, FUNCTION_WORDS, NODS, PRAISE, PRONOUNS, VAGUE
from dimchat.language.tokens import normalise
from dimchat.model import CONVERSATION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dimchat.dialogue.understand.cues import Alarm, CueHeads
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Pack

GREETING, THANKS, GOODBYE = (f"{CONVERSATION}.{name}" for name in ("greeting", "thanks", "goodbye"))
_BEFORE = frozenset({GREETING, THANKS})
_AFTER = frozenset({THANKS})
_COURTESIES = frozenset({GREETING, THANKS, GOODBYE})
_LONGEST = 14
"""Longer messages are no small talk, whatever they hold."""
_BESIDE = 3
"""How many words of content may stand beside a cue."""
_LEAST = 3
"""Fewer words before thanks are hardly a question, and the thanks may be part of it: "is it perfect"."""


class Talk(NamedTuple):
    """What small talk is made of; an index of a pack holds it."""

    phrases: Mapping[str, str]
    """The id that a phrase is of, by its words with blanks between."""
    cues: CueHeads


class SmallTalk:
    """The phrases and cues of small talk; most are nothing but small words, which a ranking cannot tell apart."""

    def __init__(self, pack: Pack, vocabulary: VocabularyIndex, held: Talk | None = None) -> None:
        """Index the phrases and cues of the pack.

        Args:
            pack: It holds them.
            vocabulary: What names something of the pack is no small talk.
            held: What is said in this pack; None to find it out.
        """
        self._vocabulary = vocabulary
        self._small = NODS | VAGUE | PRONOUNS | vocabulary.tongue.function_words
        self._cues = Cues(pack, CONVERSATION, held.cues if held else None)
        self._phrases = held.phrases if held else _phrases(pack)
        self._longest = max((phrase.count(" ") + 1 for phrase in self._phrases), default=0)

    @property
    def held(self) -> Talk:
        """Return what was found out before any message came."""
        return Talk(self._phrases, self._cues.heads)

    def whole(self, tokens: Sequence[str]) -> str | None:
        """Return the small talk that a message is, if it is nothing else; of several the last."""
        known = self._phrases.get(" ".join(tokens))
        found: str | None = None
        at = 0
        while known is None and at < len(tokens):
            size = self._size(tokens[at:], _COURTESIES)
            if size:
                found = self._phrases[" ".join(tokens[at : at + size])]
            elif tokens[at] not in NODS:
                return None
            at += size or 1
        return known or found or (THANKS if not PRAISE.isdisjoint(tokens) else None)

    def alarms(self, tokens: Sequence[str]) -> list[Alarm]:
        """Return the cues that a message holds, whatever else it says."""
        return [] if len(tokens) > _LONGEST else list(self._cues.all(tokens))

    def cued(self, tokens: Sequence[str], alarms: Sequence[Alarm], idle: Collection[str] = ()) -> str | None:
        """Return the small talk that a cue finds in a message which names nothing and says nothing besides.

        Of several the one with the longest cue; then a courtesy gives way to what it comes with.

        Args:
            tokens: The words of the message.
            alarms: The cues that it holds.
            idle: Words of content that ask for nothing that the pack knows; a few may stand beside a cue.
        """
        if not alarms:
            return None
        vocabulary = self._vocabulary
        stems = [vocabulary.tongue.stem(token) for token in tokens]
        named = [m for m in (*vocabulary.topics(stems), *vocabulary.aspects(stems)) if OVERVIEW not in m.ids]
        weightless = {at for mention in vocabulary.filler(stems) for at in mention.span}
        small = {at for at, token in enumerate(tokens) if token in self._small} | weightless

        asks = not ASKING.isdisjoint(tokens)

        def fits(alarm: Alarm) -> bool:
            besides = [tokens[at] for at in range(len(tokens)) if at not in small | alarm.span]
            return (
                all(mention.span & alarm.span for mention in named)
                and len(besides) <= (min(_BESIDE, len(alarm.span)) if asks else _BESIDE)
                and set(besides) <= set(idle)
            )

        best = max(filter(fits, alarms), key=lambda a: (len(a.span), a.intent not in _COURTESIES), default=None)
        return best.intent if best else None

    def without(self, tokens: Sequence[str]) -> list[str]:
        """Return a message without the greeting or thanks before it and the thanks after it."""
        left = list(tokens)
        # "How do you do" may as well begin a question.
        while left and left[0] not in FUNCTION_WORDS and (size := self._size(left, _BEFORE)):
            left = left[size:]
        while (size := self._size(left, _AFTER, at_end=True)) and len(left) >= size + _LEAST:
            left = left[:-size]
        return left or list(tokens)

    def _size(self, tokens: Sequence[str], ids: Collection[str], *, at_end: bool = False) -> int:
        """Return how many words the longest phrase of certain small talk has at one end."""
        for size in range(min(self._longest, len(tokens)), 0, -1):
            part = tokens[-size:] if at_end else tokens[:size]
            if self._phrases.get(" ".join(part)) in ids:
                return size
        return 0


def _phrases(pack: Pack) -> dict[str, str]:
    # What the pack says itself comes last, and so counts where the base has the same words for something else.
    spoken = sorted((one for one in pack.intents if one.category == CONVERSATION), key=lambda one: not one.lent)
    return {normalise(phrase.text): intent.id for intent in spoken for phrase in intent.phrases}
