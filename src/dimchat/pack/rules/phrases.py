"""Phrases: the same one twice is a fault, nearly the same one a risk, and a slip in one makes the slip a known word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.senses import dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Phrase, Topic
    from dimchat.pack.draft import Draft
    from dimchat.pack.rules import Report

ALIKE = 92
"""The least likeness, out of 100, at which two phrases are too alike."""

SHORTEST = 7
"""Shorter words have too many neighbours that are words as well."""
COMMON = 10
"""How often the word must stand in phrases that was probably meant."""

_BLOCK = 512
_APOSTROPHE = re.compile("['\u2019\u02bc`\u00b4]")
_NO_WORD = re.compile(r"[\W_]+")
_ASCII = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}
"""What the two patterns do to characters of ASCII."""


class _Line(NamedTuple):
    key: str
    owner: str
    phrase: Phrase


def fold(text: str) -> str:
    """Return a phrase without what makes no difference: case, punctuation, spacing."""
    if text.isascii():
        # As nearly every phrase is; a table takes a third of the time of patterns.
        plain = text.lower()
        return " ".join(plain.translate(_ASCII).split()) or " ".join(plain.split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub(" ", _APOSTROPHE.sub("", plain)).strip() or " ".join(plain.split())


def check_repeats(draft: Draft, report: Report) -> None:
    """Report phrases that stand in two places of which only one can be right."""
    first: dict[str, _Line] = {}
    again: set[tuple[str, str]] = set()
    for line in _all_lines(draft):
        earlier = first.setdefault(line.key, line)
        if earlier is line:
            continue
        key, owner, phrase = line
        again.add((key, owner))
        where = f"{earlier.phrase.place.file}:{earlier.phrase.place.line}"
        if earlier.owner == owner:
            report.add("repeated-phrase", phrase.place, f"the phrase {phrase.text!r} stands already in {where}")
        else:
            message = f"the phrase {phrase.text!r} of {owner} stands also in {earlier.owner} ({where})"
            report.add("shared-phrase", phrase.place, message)
    for entry in draft.intents:
        for phrase in entry.intent.not_:
            key, owner = fold(phrase.text), entry.intent.id
            if key in first and (first[key].owner == owner or (key, owner) in again):
                report.add("phrase-and-not", phrase.place, f"{phrase.text!r} is also a phrase of the same intent")


def _all_lines(draft: Draft) -> Iterator[_Line]:
    yield from _intent_lines(draft)
    for group in draft.outside:
        for phrase in group.phrases:
            yield _Line(fold(phrase.text), group.id, phrase)


def _intent_lines(draft: Draft) -> Iterator[_Line]:
    """Yield the phrases; those of an intent that follows others are not learnt, and may stand elsewhere too."""
    for entry in draft.intents:
        for phrase in entry.intent.phrases if not entry.intent.follows else ():
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
    """The words that name a topic or ask for an aspect."""

    def __init__(self, draft: Draft) -> None:
        self._topics = {topic.id: _words(topic.names) for topic in draft.vocabulary.topics}
        self._aspects = {aspect.id: _words(aspect.cues) for aspect in draft.vocabulary.aspects}

    def apart(self, one: _Line, other: _Line) -> bool:
        """Return whether a word that only one of the phrases has tells them apart."""
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


def check_slips(draft: Draft, report: Report) -> None:
    """Report words that stand once in all phrases, and are one slip from a word that is far commoner.

    A slip is a letter that is missing, doubled or too many, or two that changed places: "managre". Another letter in
    the place of one makes another word too often ("waiting", "wanting"), and so does one more at the end ("managers").
    A word of its own ("leaning" beside "learning"), what the vocabulary knows, and what pack.yaml lists under
    `misspelt` is meant.
    """
    phrases = [(phrase, fold(phrase.text).split()) for phrase in _phrases(draft)]
    seen = Counter(word for _, words in phrases for word in words)
    common = [word for word, often in seen.items() if often >= COMMON and len(word) >= SHORTEST - 1]
    known = _meant(draft)
    for phrase, words in phrases:
        for word in words:
            if seen[word] > 1 or len(word) < SHORTEST or not word.isalpha() or word in known:
                continue
            meant = max((other for other in common if _is_slip(word, other)), key=seen.__getitem__, default=None)
            if meant is not None and not dictionary().tells_apart(word, meant):
                message = (
                    f"{word!r} in {phrase.text!r} looks like a slip of {meant!r}, and makes it a known word that is "
                    "mended no longer; mend it, or list it under `misspelt` in pack.yaml"
                )
                report.add("misspelt-phrase", phrase.place, message)


def _phrases(draft: Draft) -> Iterator[Phrase]:
    for entry in draft.intents:
        yield from entry.intent.phrases
        yield from entry.intent.not_
    for group in draft.outside:
        yield from group.phrases


def _meant(draft: Draft) -> set[str]:
    vocabulary = draft.vocabulary
    texts = [
        *(name for topic in vocabulary.topics for name in topic.names),
        *(cue for aspect in vocabulary.aspects for cue in aspect.cues),
        *(text for word, also in vocabulary.synonyms for text in (word, *also)),
        *vocabulary.filler,
        *(node.text for node in (draft.head.texts("misspelt") if draft.head else ())),
    ]
    return {word for text in texts for word in fold(text).split()}


def _is_slip(word: str, meant: str) -> bool:
    """Return whether two words differ by one letter more before the end, or by two letters that change places."""
    shorter, longer = sorted((word, meant), key=len)
    if len(longer) - len(shorter) > 1 or word == meant:
        return False
    at = next((at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
    if len(longer) > len(shorter):
        return at < len(shorter) and shorter[at:] == longer[at + 1 :]
    return shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
