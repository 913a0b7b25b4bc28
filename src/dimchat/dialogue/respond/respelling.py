"""What a reply says of words that were put right: a person sees how the question was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.policy import is_intent
from dimchat.language.english import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.dialogue.interpret.interpretation import Hypothesis, Interpretation
    from dimchat.dialogue.interpret.thresholds import Thresholds

Pairs = tuple[tuple[str, str], ...]
"""Words as they were typed, normalised, each with what it was taken for."""


def carried(meant: Interpretation, thresholds: Thresholds) -> Pairs:
    """Return the corrected words that a reply rests on: those that named what it is about, or spoke for it.

    Args:
        meant: What the message means.
        thresholds: How loud a word has to be.
    """
    found: dict[str, str] = {}
    for hypothesis in meant.hypotheses:
        if hypothesis.verdict.kind in ("smalltalk", "safety") or meant.cue:
            found |= {typed: read for typed, read in hypothesis.spelling.items() if typed != read}
        else:
            found |= dict(_named(hypothesis)) | dict(_speaking(hypothesis, meant.ids, thresholds))
    return tuple(
        (typed, read)
        for typed, read in found.items()
        # "Workin" is said, not misspelt.
        if read not in FUNCTION_WORDS and not (typed.endswith("in") and read == f"{typed}g")
    )


def _named(hypothesis: Hypothesis) -> Iterator[tuple[str, str]]:
    """Yield what names a topic or an aspect."""
    message = hypothesis.message
    for mention in (*message.topics, *message.aspects):
        for at in mention.span:
            typed = message.words[at]
            read = hypothesis.spelling.get(typed, typed)
            if read != typed:
                yield typed, read


def _speaking(hypothesis: Hypothesis, ids: Sequence[str], thresholds: Thresholds) -> Iterator[tuple[str, str]]:
    """Yield what speaks for the candidates that are replied with; where none is, for the first intent."""
    replied = [candidate for candidate in hypothesis.candidates if candidate.intent in ids]
    for candidate in replied or [candidate for candidate in hypothesis.candidates if is_intent(candidate)][:1]:
        for word in candidate.words:
            if word.how == "misspelt" and word.weight >= thresholds.least_word:
                yield word.text, word.read_as


def respelt(text: str, pairs: Pairs) -> str:
    """Return a message with its corrected words in the place of those that were typed.

    Args:
        text: As it was typed.
        pairs: What was taken for what.

    >>> respelt("How do I become a direcotr?", (("direcotr", "director"),))
    'How do I become a director?'
    """
    for typed, read in pairs:
        text = read.join(re.split(rf"\b{re.escape(typed)}\b", text, flags=re.IGNORECASE))
    return text
