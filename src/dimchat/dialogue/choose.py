"""Whether a message is better understood alone, or as the context and the vocabulary complete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.decide import is_intent, quiet, speaks_for_all
from dimchat.dialogue.lexicon import OVERVIEW
from dimchat.dialogue.resolve import is_full

if TYPE_CHECKING:
    from dimchat.dialogue.decide import Bar
    from dimchat.dialogue.finding import Finding
    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.dialogue.resolve import Completion

_SURER = 0.15
"""How much surer a completed reading must be than an outside group that the message alone leads to."""
_CLEARLY = 0.12
"""How much more confident, as a part of the floor, a completed reading must be than one that stands alone."""


def is_of(intent: str, completion: Completion) -> bool:
    """Tell whether an intent has the topic of a completion in either half of its id."""
    return completion.topic in intent.split(".")


def guesses(completion: Completion, message: Message) -> bool:
    """Tell whether only an aspect speaks for a completion, and there is more in the message than that."""
    return completion.tentative and (not message.bare or bool(message.topics) or len(message.aspect_ids) > 1)


def completed_wins(alone: Finding, completed: Finding, lexicon: Lexicon, bar: Bar) -> bool:
    """Tell whether the completed reading is the better one.

    Args:
        alone: The message as it stands.
        completed: The same message with a completion.
        lexicon: The vocabulary of the pack.
        bar: How sure is sure enough.
    """
    completion = completed.completion
    if completion is None:
        return False
    named = completion.target is not None or _found(completed, completion)
    if alone.verdict.outside and (alone.message.residue or not named) and not _outdoes(alone, completed, completion):
        # What names a topic may as well be what the outside group is about.
        return False
    if alone.answers:
        return _beats(alone, completed, completion, lexicon, bar)
    return _fills(alone, completed, completion, lexicon)


def _outdoes(alone: Finding, completed: Finding, completion: Completion) -> bool:
    """Tell whether a ranking for what a pronoun stands for is surer than an outside group, and leaves no word over."""
    if not alone.message.pronouns or not _found(completed, completion) or not completed.candidates:
        return False
    surer = completed.verdict.confidence >= alone.verdict.confidence + _SURER
    return surer and speaks_for_all(completed.candidates[0], alone.message.residue)


def _beats(alone: Finding, completed: Finding, completion: Completion, lexicon: Lexicon, bar: Bar) -> bool:
    """Tell whether it is better than an answer."""
    message, found = alone.message, alone.verdict.ids[0]
    if completion.leaning and completed.verdict.ids == alone.verdict.ids:
        return True
    if found == f"{completion.topic}.{OVERVIEW}" and completion.target and completion.leaning and not message.aspects:
        # A name leads to the overview by itself; the question before says what is asked of it.
        return True
    if guesses(completion, message):
        return False
    if is_full(message, lexicon):
        return _knows_better(alone, completion, lexicon)
    if completion.target or completion.offers:
        # A question that names no topic is read as one about the default topic anyhow; and where the ranking found
        # its way into the topic by itself, it has read more of the message.
        own_way = found.partition(".")[0] == completion.topic and bool(message.aspects)
        return completion.leaning and (message.bare or (completion.topic != lexicon.default and not own_way))
    points = bool(message.pronouns) and not is_of(found, completion)
    ahead = completed.verdict.confidence >= alone.verdict.confidence + bar.floor * _CLEARLY
    return _found(completed, completion) and (points or ahead)


def _fills(alone: Finding, completed: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether it is better than no answer."""
    message, verdict = alone.message, alone.verdict
    named = bool(completion.target or completion.offers)
    if is_full(message, lexicon):
        certain = completion.lacking or (message.bare and completion.target is not None)
        follows = completion.leaning and completion.target is not None and not message.residue
        ours = not verdict.outside or bool(message.topics) or follows
        return certain or ((named or _found(completed, completion)) and ours)
    if named:
        otherwise = bool(completion.target and verdict.ids and completion.target not in verdict.ids)
        by_default = completion.leaning and not message.bare and completion.topic == lexicon.default
        return guesses(completion, message) or not (by_default and otherwise)
    return _found(completed, completion) or completed.verdict.kind == "clarify"


def _found(completed: Finding, completion: Completion) -> bool:
    """Tell whether a ranking with the topic's name put in led to that topic."""
    return completed.answers and (completion.topic is None or is_of(completed.verdict.ids[0], completion))


def _knows_better(alone: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether the vocabulary knows better than the ranking of a full question."""
    if completion.lacking:
        # "Is ARRT certification a state license" is about licenses as much as about ARRT.
        return not _speaks_of_topics(alone) and alone.verdict.ids[0].partition(".")[0] not in alone.message.aspect_ids
    if completion.target is None or alone.message.bare:
        return completion.target is not None
    # Several topics have the aspect and none was named, by no other word either: the ranking had to guess.
    topic, _, aspect = alone.verdict.ids[0].partition(".")
    same = aspect == completion.target.partition(".")[2]
    unnamed = not alone.message.topics and quiet(alone.candidates, alone.message.residue)
    return completion.leaning and same and unnamed and topic != lexicon.default


def _speaks_of_topics(finding: Finding) -> bool:
    """Tell whether the words that name topics speak for the first candidate."""
    named = {finding.message.words[at] for mention in finding.message.topics for at in mention.span}
    best = next((c for c in finding.candidates if is_intent(c)), None)
    return best is not None and any(word.text in named and word.weight > 0 for word in best.words)
