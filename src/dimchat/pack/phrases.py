"""Comparing phrases: the same one twice is a fault, nearly the same one a risk."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Phrase, Topic
    from dimchat.pack.draft import Draft
    from dimchat.pack.report import Report

ALIKE = 92
"""The least likeness, out of 100, at which two phrases are too alike."""

_BLOCK = 512
_APOSTROPHE = re.compile("['\u2019\u02bc`\u00b4]")
_NO_WORD = re.compile(r"[\W_]+")


class _Line(NamedTuple):
    key: str
    owner: str
    phrase: Phrase


def fold(text: str) -> str:
    """Return a phrase without what makes no difference: case, punctuation, spacing."""
    # Nearly every phrase is ASCII, of which all but the case is as it should be.
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub(" ", _APOSTROPHE.sub("", plain)).strip() or " ".join(plain.split())


def check_repeats(draft: Draft, report: Report) -> None:
    """Report phrases that stand in two places of which only one can be right."""
    seen: dict[str, _Line] = {}
    for key, owner, phrase in _all_lines(draft):
        earlier = seen.setdefault(key, _Line(key, owner, phrase))
        if earlier.phrase is phrase:
            continue
        where = f"{earlier.phrase.place.file}:{earlier.phrase.place.line}"
        if earlier.owner == owner:
            report.add("repeated-phrase", phrase.place, f"the phrase {phrase.text!r} stands already in {where}")
        else:
            message = f"the phrase {phrase.text!r} of {owner} stands also in {earlier.owner} ({where})"
            report.add("shared-phrase", phrase.place, message)
    for entry in draft.intents:
        own = {fold(phrase.text) for phrase in entry.intent.phrases} if entry.intent.not_ else ()
        for phrase in entry.intent.not_:
            if fold(phrase.text) in own:
                report.add("phrase-and-not", phrase.place, f"{phrase.text!r} is also a phrase of the same intent")


def _all_lines(draft: Draft) -> Iterator[_Line]:
    yield from _intent_lines(draft)
    for group in draft.outside:
        for phrase in group.phrases:
            yield _Line(fold(phrase.text), group.id, phrase)


def _intent_lines(draft: Draft) -> Iterator[_Line]:
    for entry in draft.intents:
        for phrase in entry.intent.phrases:
            yield _Line(fold(phrase.text), entry.intent.id, phrase)


def check_likeness(draft: Draft, report: Report) -> None:
    """Report phrases of different intents that hardly differ.

    Two phrases that differ in a word that names the topic of one of them, or asks for its aspect,
    are told apart by that word: "renew the CRA" and "renew the CRT" are not too alike. So are two
    that differ in a number, such as "10 CFR 20.1101" and "10 CFR 20.1201".
    """
    lines = [_Line(" ".join(sorted(line.key.split())), line.owner, line.phrase) for line in _intent_lines(draft)]
    telling = _Telling(draft)
    for one, other in _near_pairs(lines):
        if one.owner == other.owner or one.key == other.key or telling.apart(one, other):
            continue
        first, second = sorted((one, other), key=lambda line: line.phrase.place)
        where = f"{first.phrase.place.file}:{first.phrase.place.line}"
        message = f"{second.phrase.text!r} of {second.owner} is nearly {first.phrase.text!r} of {first.owner} ({where})"
        report.add("similar-phrases", second.phrase.place, message)


def _near_pairs(lines: list[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Yield the pairs that are alike; keys are sorted words already, so the plain ratio is the token-sort ratio."""
    import numpy as np  # noqa: PLC0415 - slow to import, and only `check` needs it
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    lines = sorted(lines, key=lambda line: len(line.key))
    keys = [line.key for line in lines]
    lengths = [len(key) for key in keys]
    for start in range(0, len(keys), _BLOCK):
        stop = min(start + _BLOCK, len(keys))
        # Beyond this length the difference in length alone is too much.
        end = bisect_right(lengths, lengths[stop - 1] * (200 - ALIKE) / ALIKE)
        found = process.cdist(
            keys[start:stop], keys[start:end], scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.float32, workers=1
        )
        for row, column in np.argwhere(found >= ALIKE):
            if column > row:
                yield lines[start + int(row)], lines[start + int(column)]


class _Telling:
    """Which words name a topic or ask for an aspect."""

    def __init__(self, draft: Draft) -> None:
        self._topics = {topic.id: _words(topic.names) for topic in draft.vocabulary.topics}
        self._aspects = {aspect.id: _words(aspect.cues) for aspect in draft.vocabulary.aspects}

    def apart(self, one: _Line, other: _Line) -> bool:
        """Say whether a word that only one of the phrases has tells them apart."""
        ours, theirs = set(one.key.split()), set(other.key.split())
        if any(character.isdigit() for word in ours ^ theirs for character in word):
            return True
        return self._names(one.owner, ours - theirs) or self._names(other.owner, theirs - ours)

    def _names(self, owner: str, words: set[str]) -> bool:
        topic, _, aspect = owner.partition(".")
        return bool(words & self._topics.get(topic, set()) or words & self._aspects.get(aspect, set()))


def _words(texts: tuple[str, ...]) -> set[str]:
    return {word for text in texts for word in fold(text).split()}


def check_names(draft: Draft, report: Report) -> None:
    """Report names that two topics share."""
    seen: dict[str, Topic] = {}
    for topic in draft.vocabulary.topics:
        for name in topic.names:
            earlier = seen.setdefault(fold(name), topic)
            if earlier.id != topic.id:
                report.add("shared-name", topic.place, f"the topic {topic.id} has the name {name!r} of {earlier.id}")
