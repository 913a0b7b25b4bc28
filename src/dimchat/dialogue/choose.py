"""Whether a message without a context is better understood by its ranking, or as the vocabulary completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.decide import is_intent
from dimchat.dialogue.point import is_full

if TYPE_CHECKING:
    from dimchat.dialogue.finding import Finding
    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.dialogue.resolve import Completion


def guesses(completion: Completion, message: Message) -> bool:
    """Tell whether only an aspect speaks for a completion, and there is more in the message than that."""
    return completion.tentative and (not message.bare or bool(message.topics) or len(message.aspect_ids) > 1)


def completed_wins(alone: Finding, completed: Finding, lexicon: Lexicon) -> bool:
    """Tell whether the completed reading is the better one.

    Args:
        alone: The message as it stands.
        completed: The same message with a completion.
        lexicon: The vocabulary of the pack.
    """
    completion = completed.completion
    if completion is None:
        return False
    if alone.verdict.outside and (alone.message.residue or completion.target is None):
        # What names a topic may as well be what the outside group is about.
        return False
    return _beats(alone, completion, lexicon) if alone.answers else _fills(alone, completion, lexicon)


def _beats(alone: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether it is better than an answer."""
    if completion.bare:
        return True
    return (
        not guesses(completion, alone.message) and is_full(alone.message, lexicon) and _knows_better(alone, completion)
    )


def _fills(alone: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether it is better than no answer."""
    message = alone.message
    named = bool(completion.target or completion.offers)
    if not is_full(message, lexicon):
        return named
    certain = completion.lacking or (message.bare and completion.target is not None)
    return certain or (named and (not alone.verdict.outside or bool(message.topics)))


def _knows_better(alone: Finding, completion: Completion) -> bool:
    """Tell whether the vocabulary knows better than the ranking of a full question."""
    if completion.lacking:
        # "Is ARRT certification a state license" is about licenses as much as about ARRT.
        return not _speaks_of_topics(alone) and alone.verdict.ids[0].partition(".")[0] not in alone.message.aspect_ids
    return alone.message.bare and completion.target is not None


def _speaks_of_topics(finding: Finding) -> bool:
    """Tell whether the words that name topics speak for the first candidate."""
    named = {finding.message.words[at] for mention in finding.message.topics for at in mention.span}
    best = next((c for c in finding.candidates if is_intent(c)), None)
    return best is not None and any(word.text in named and word.weight > 0 for word in best.words)
