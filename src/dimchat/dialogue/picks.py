"""What "the first one" and "those two" name: the topics and answers of the conversation so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.language.english import BOTH, COUNTED, ORDINALS, PLURAL, POINTING
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.model import Context, Pack

_SEVERAL = 2


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
    start = next((at for at, token in enumerate(tokens) if token in PLURAL), None)
    if start is None or BOTH.isdisjoint(tokens) or len(context.answered) < _SEVERAL:
        return []
    one, other = (pack.intent[i] for i in context.answered[1::-1])
    if one.topic == other.topic:
        names = [pack.aspect[i.aspect].title for i in (one, other) if i.aspect in pack.aspect]
    else:
        names = [pack.topic[i.topic].names[0] for i in (one, other) if i.topic in pack.topic]
    rest = (token for token in tokens[start + 1 :] if token not in {*BOTH, "of"})
    return [*tokens[:start], *words(" and ".join(names)), *rest]


def _with_one(tokens: Sequence[str], context: Context, pack: Pack) -> list[str]:
    named = [topic for topic in context.mentioned if topic in pack.topic]
    at = next((at for at, token in enumerate(tokens) if token in ORDINALS), None)
    if at is None or len(named) < _SEVERAL or (at and tokens[at - 1] not in POINTING):
        return list(tokens)
    number = ORDINALS[tokens[at]]
    end = at + 1 + (tokens[at + 1 : at + 2] == ["one"])
    if number > len(named) or (end < len(tokens) and tokens[end] in COUNTED):
        return list(tokens)
    start = at - 1 if at and tokens[at - 1] in {"the", "that"} else at
    return [*tokens[:start], *words(pack.topic[named[number - 1 if number > 0 else number]].names[0]), *tokens[end:]]
