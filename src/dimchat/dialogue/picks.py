"""A choice from a list that was offered: a number, an ordinal, or none of these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.match.normalise import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.model import Context, Pack

_LONGEST = 60
NONE = 0
LAST = -1

_NUMBER = re.compile(r"\s*(?:(?:number|no|option|choice|nr|num)\b\.?\s*|[#(]\s*)?(\d{1,9})\s*[.):]?\s*", re.IGNORECASE)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SHORT_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")
_NAMED = {
    **{name: number for names in (_SMALL, _ORDINALS, _SHORT_ORDINALS) for number, name in enumerate(names, start=1)},
    **{str(number): number for number in range(10)},
    "zero": NONE,
    "last": LAST,
}
_WHICH = {**{name: number for number, name in enumerate(_ORDINALS, start=1)}, "former": 1, "latter": LAST, "last": LAST}
_POINTING = frozenset({"the", "that", "for", "about", "and"})
_COUNTED = frozenset(words("step thing job year time month week day attempt try question exam interview"))
"""What an ordinal may count besides what was named: "the first step"."""
_SEVERAL = 2
_PAIR = frozenset({"two", "both"})
_PLURAL = frozenset({"those", "these", "them", "they", "their"})
_AROUND = frozenset(
    words("the a one that option number choice please pls i mean meant want would like take give me question ok yes to")
)
_NONE = frozenset(
    {
        "none",
        "neither",
        "none of these",
        "none of them",
        "none of those",
        "none of the above",
        "no none of these",
        "neither of these",
        "neither of them",
        "not one of these",
        "nothing of that",
    }
)


def picked(text: str) -> int | None:
    """Return the number that a message picks: 0 for none of these, -1 for the last, None for no pick.

    Args:
        text: The message as it was typed.
    """
    if len(text) > _LONGEST:
        return None
    found = _NUMBER.fullmatch(text)
    if found:
        return int(found[1])
    tokens = words(text)
    if " ".join(tokens) in _NONE:
        return NONE
    return _named(tokens)


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
    start = next((at for at, token in enumerate(tokens) if token in _PLURAL), None)
    if start is None or _PAIR.isdisjoint(tokens) or len(context.answered) < _SEVERAL:
        return []
    one, other = (pack.intent[i] for i in context.answered[1::-1])
    if one.topic == other.topic:
        names = [pack.aspect[i.aspect].title for i in (one, other) if i.aspect in pack.aspect]
    else:
        names = [pack.topic[i.topic].names[0] for i in (one, other) if i.topic in pack.topic]
    rest = (token for token in tokens[start + 1 :] if token not in {*_PAIR, "of"})
    return [*tokens[:start], *words(" and ".join(names)), *rest]


def _with_one(tokens: Sequence[str], context: Context, pack: Pack) -> list[str]:
    named = [topic for topic in context.mentioned if topic in pack.topic]
    at = next((at for at, token in enumerate(tokens) if token in _WHICH), None)
    if at is None or len(named) < _SEVERAL or (at and tokens[at - 1] not in _POINTING):
        return list(tokens)
    number = _WHICH[tokens[at]]
    end = at + 1 + (tokens[at + 1 : at + 2] == ["one"])
    if number > len(named) or (end < len(tokens) and tokens[end] in _COUNTED):
        return list(tokens)
    start = at - 1 if at and tokens[at - 1] in {"the", "that"} else at
    return [*tokens[:start], *words(pack.topic[named[number - 1 if number > 0 else number]].names[0]), *tokens[end:]]


def _named(tokens: Sequence[str]) -> int | None:
    named = [token for token in tokens if token in _NAMED]
    # "the second one" holds two number words, and only the first of them picks.
    if named and named[0] != "one" and named[-1] == "one":
        named = named[:-1]
    if len(named) != 1 or any(token not in _AROUND and token not in _NAMED for token in tokens):
        return None
    return _NAMED[named[0]]
