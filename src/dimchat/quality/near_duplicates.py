"""Phrases that stand under one intent and say what another is about: order, endings and small words aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words
from dimchat.pack.rules import Report
from dimchat.pack.rules.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.model import Intent, Pack, Phrase, Place, Problem

_SMALL = (
    "who whom whose where when why how do to with without by in from than before after not no nor should could must "
    "there"
)
_TELLING = frozenset(_SMALL.split())
"""Small words that make another question of the same words: where managers work, and how they do."""
_ASKING = frozenset(("who", "where", "when", "how", "do"))
"""Of those, what may frame any question about an aspect."""
_ONE_WORD = {"does": "do", "did": "do", "done": "do", "doing": "do"}


class _Line(NamedTuple):
    intent: Intent
    text: str
    place: Place
    title: bool
    key: frozenset[str]
    about: frozenset[str]
    """The same without the names of its topic."""

    def turned_down_by(self, other: Intent) -> bool:
        """Return whether the other intent has it as a near miss."""
        return any(_key(_stems(phrase.text)) == self.key for phrase in other.not_)


def inspect_phrases(pack: Pack) -> tuple[Problem, ...]:
    """Return a warning for each phrase that could as well stand under another intent of a pack without faults.

    It could where it has the words of content of a phrase or title of the other, or, within one topic, where it holds
    nothing but the words for the other's aspect: "duties of a manager" under the manager's pay. What the other has
    under `not` was decided. So could one that differs from a phrase of the other, or of an outside group, in the
    values of slots alone.
    """
    report = Report()
    lines = list(_lines(pack))
    for one, other in _same(lines):
        first, second = sorted((one, other), key=lambda line: (line.title is False, line.place))
        what = "the title of" if first.title else f"{first.text!r} of"
        where = f"{first.place.file}:{first.place.line}"
        message = f"{second.text!r} of {second.intent.id} says the same as {what} {first.intent.id} ({where})"
        report.add("near-duplicate", second.place, message)
    for line, other_intent in _of_another(lines, pack):
        place = other_intent.place
        message = (
            f"{line.text!r} of {line.intent.id} asks for what {other_intent.id} is about ({place.file}:{place.line})"
        )
        report.add("near-duplicate", line.place, message)
    _but_for_slots(pack, report)
    return report.problems


def _but_for_slots(pack: Pack, report: Report) -> None:
    """Report phrases of different owners that are learnt as one: whatever the slots in them, the same is said."""
    first: dict[str, tuple[str, Phrase]] = {}
    for (own, phrase), (_, same) in zip(_owned(pack), _owned(as_learnt(pack)), strict=True):
        owner, earlier = first.setdefault(fold(same.text), (own, phrase))
        if owner != own and fold(earlier.text) != fold(phrase.text):
            where = f"{earlier.place.file}:{earlier.place.line}"
            message = f"{phrase.text!r} of {own} is learnt as {same.text!r}, and so is {earlier.text!r} of {owner}"
            report.add("shared-slot-phrase", phrase.place, f"{message} ({where})")


def _owned(pack: Pack) -> Iterator[tuple[str, Phrase]]:
    """Yield all phrases, each with the intent or the outside group that it stands under."""
    for intent in pack.intents:
        yield from ((intent.id, phrase) for phrase in intent.phrases)
    for group in pack.outside:
        yield from ((group.id, phrase) for phrase in group.phrases)


def _lines(pack: Pack) -> Iterator[_Line]:
    names = {
        topic.id: sorted((tuple(_stems(name)) for name in topic.names), key=len, reverse=True)
        for topic in pack.vocabulary.topics
    }
    for intent in pack.browsable:
        for text, place, title in (
            (intent.title, intent.place, True),
            *((phrase.text, phrase.place, False) for phrase in intent.phrases),
        ):
            about = _key(_without(_stems(text), names.get(intent.topic, ())))
            yield _Line(intent, text, place, title, _key(_stems(text)), about)


def _stems(text: str) -> list[str]:
    found = (_ONE_WORD.get(word, word) for word in words(text))
    return [word if word in FUNCTION_WORDS else stem(word) for word in found]


def _key(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(stems) - (FUNCTION_WORDS - _TELLING)


def _without(stems: list[str], names: Iterable[tuple[str, ...]]) -> list[str]:
    """Return what is left of a text without the names of its topic, longest first."""
    for name in names:
        for at in range(len(stems) - len(name), -1, -1):
            if name and tuple(stems[at : at + len(name)]) == name:
                stems = stems[:at] + stems[at + len(name) :]
    return stems


def _content(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(part for text in texts for part in _key(_stems(text)) - _TELLING)


def _same(lines: Iterable[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Yield pairs of different intents with the same words, or of one topic and the same apart from its names."""
    first: dict[object, _Line] = {}
    for line in lines:
        for key, said in ((line.key, line.key), ((line.intent.topic, line.about), line.about)):
            if not said - _TELLING:
                continue
            earlier = first.setdefault(key, line)
            # Two titles alike are for another rule.
            if earlier.intent.id == line.intent.id or (earlier.title and line.title):
                continue
            if not (line.turned_down_by(earlier.intent) or earlier.turned_down_by(line.intent)):
                yield earlier, line
                break


def _of_another(lines: Iterable[_Line], pack: Pack) -> Iterator[tuple[_Line, Intent]]:
    """Yield phrases that speak of the aspect of another intent of their topic alone, with that intent."""
    asked = {
        aspect.id: _content(text for text in (*aspect.cues, aspect.title) if len(words(text)) == 1)
        for aspect in pack.vocabulary.aspects
    }
    filler = _content(pack.vocabulary.filler)
    for line in lines:
        content = line.about - _TELLING - filler
        own = asked.get(line.intent.aspect, frozenset()) | _content((line.intent.title,))
        if line.title or not content or content & own or (line.about & _TELLING) - _ASKING:
            continue
        for other in pack.browsable:
            near = other.topic == line.intent.topic and other.id != line.intent.id
            if near and content <= asked.get(other.aspect, frozenset()) and not line.turned_down_by(other):
                yield line, other
                break
