"""Words of phrases that look like slips: what a phrase holds is known, and is no longer mended where it is typed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dimchat.pack.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Phrase
    from dimchat.pack.draft import Draft
    from dimchat.pack.report import Report

SHORTEST = 7
"""Shorter words have too many neighbours that are words as well."""
COMMON = 10
"""How often the word must stand in phrases that was probably meant."""


def check_slips(draft: Draft, report: Report) -> None:
    """Report words that stand once in all phrases, and are one slip from a word that is far commoner.

    A slip is a letter that is missing, doubled or too many, or two that changed places: "managre". Another letter in
    the place of one makes another word too often ("waiting", "wanting"), and so does one more at the end ("managers").
    What the vocabulary knows, and what pack.yaml lists under `misspelt`, is meant.
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
            if meant is not None:
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
    """Say whether one word becomes the other by a letter more or less before its end, or by two that change places."""
    shorter, longer = sorted((word, meant), key=len)
    if len(longer) - len(shorter) > 1 or word == meant:
        return False
    at = next((at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
    if len(longer) > len(shorter):
        return at < len(shorter) and shorter[at:] == longer[at + 1 :]
    return shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
