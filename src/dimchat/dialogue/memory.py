"""How a context goes from one turn to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.resolve import LONGEST_LIFE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Context, Pack

_TOPICS = 5
_ANSWERED = 12


def aged(context: Context) -> Context:
    """Return what a message may still lean on: all of it, or little after too many turns."""
    if context.age < LONGEST_LIFE:
        return context
    return context._replace(topic=None, aspect=None, last=(), runners_up=(), topics=(), mentioned=())


def passed(context: Context, *, failed: bool = False) -> Context:
    """Return the context after a turn that answered nothing: older, and no longer offering."""
    return context._replace(
        turn=context.turn + 1,
        age=context.age + 1,
        options=(),
        suggestions=(),
        pending=None,
        failures=context.failures + 1 if failed else context.failures,
    )


def answered(
    context: Context, pack: Pack, ids: Sequence[str], runners_up: Sequence[str], *, keeps: bool = False
) -> Context:
    """Return the context after answers.

    Args:
        context: As it was.
        pack: The answer set.
        ids: What was answered, in order.
        runners_up: What else came close.
        keeps: Whether the aspect so far stays, as the answer came without being asked for.
    """
    intents = [pack.intent[i] for i in reversed(ids)]
    # An aspect may name a topic too: license.sonographer is about both.
    topics = [name for i in intents for name in (i.topic, i.aspect) if name == i.topic or name in pack.topic]
    return passed(context)._replace(
        topic=intents[0].topic,
        aspect=(keeps and context.aspect) or intents[0].aspect,
        age=0,
        last=tuple(ids),
        runners_up=tuple(runners_up),
        topics=tuple(dict.fromkeys([*topics, *context.topics]))[:_TOPICS],
        answered=tuple(dict.fromkeys([*reversed(ids), *context.answered]))[:_ANSWERED],
        failures=0,
    )


def offered(
    context: Context, pack: Pack, ids: Sequence[str], question: str, *, topics: Collection[str], aspect: str | None
) -> Context:
    """Return the context after choices were offered; as none was made yet, it moves only to what was named.

    Args:
        context: As it was.
        pack: The answer set.
        ids: The choices.
        question: What they were offered for.
        topics: What was named or pointed at.
        aspect: What was asked for, whether the choices have it or not.
    """
    after = passed(context, failed=True)._replace(options=tuple(ids), pending=question)
    held = {pack.intent[i].topic for i in ids}
    aspects = {pack.intent[i].aspect for i in ids}
    if len(held) == 1 and (held <= set(topics) or context.topic is None):
        return after._replace(topic=held.pop(), aspect=aspect, age=0)
    if len(aspects) == 1:
        return after._replace(aspect=aspects.pop(), age=0)
    return after._replace(aspect=aspect, age=0) if aspect else after
