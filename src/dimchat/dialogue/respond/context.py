"""How a context goes from one turn to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.language.grammar import tells_home

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dimchat.dialogue.understand.analysis import Analysis
    from dimchat.model import Category, Context, Intent, Pack
    from dimchat.tables import Slots

_LONGEST_LIFE = 5
"""Turns after which topic and aspect are forgotten; a promise of the dialogue, and no pack\'s choice."""
_TOPICS = 5
_ANSWERED = 12


def aged(context: Context) -> Context:
    """Return what a message may still lean on: all of it, or little after too many turns."""
    if context.slots and context.turn - context.slots_turn >= _LONGEST_LIFE:
        context = context._replace(slots=())
    if context.age < _LONGEST_LIFE:
        return context
    return context._replace(topic=None, aspect=None, last=(), runners_up=(), topics=(), mentioned=())


def passed(context: Context, *, failed: bool = False) -> Context:
    """Return the context after a turn that answered nothing: older, and no longer offering."""
    return context._replace(
        turn=context.turn + 1,
        age=context.age + 1,
        options=(),
        option_slots=(),
        suggestions=(),
        pending=None,
        failures=context.failures + 1 if failed else context.failures,
        notice=None,
    )


def naming(context: Context, slots: Slots) -> Context:
    """Return the context once values were named or used, each in the place of others of its slot."""
    named = {name for name, _ in slots}
    kept = tuple(pair for pair in context.slots if pair[0] not in named)
    return context._replace(slots=(*slots, *kept), slots_turn=context.turn + 1)


def at_home(context: Context, analysis: Analysis) -> Context:
    """Return the context with the place that a message says the person to be at: "I'm a tech in Ohio"."""
    told = {
        mention.slot: mention.values
        for mention in analysis.mentions
        if len(mention.values) == 1 and mention.how != "unsure" and tells_home(analysis.text[: mention.start])
    }
    return context._replace(home=tuple({**dict(context.home), **told}.items())) if told else context


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
    context: Context,
    pack: Pack,
    ids: Sequence[str],
    question: str,
    *,
    topics: Collection[str],
    aspect: str | None,
    besides: Sequence[str] = (),
) -> Context:
    """Return the context after choices were offered; as none was made yet, it moves only to what was named.

    Args:
        context: As it was.
        pack: The answer set.
        ids: The choices.
        question: What they were offered for.
        topics: What was named or pointed at.
        aspect: What was asked for, whether the choices have it or not.
        besides: What fills the choices up, and says nothing of what was meant.
    """
    every = (*ids, *(other for other in besides if other not in ids))[: max(len(ids), NEAREST)]
    after = passed(context, failed=True)._replace(options=every, pending=question)
    held = {pack.intent[i].topic for i in ids}
    aspects = {pack.intent[i].aspect for i in ids}
    if len(held) == 1 and (held <= set(topics) or context.topic is None):
        return after._replace(topic=held.pop(), aspect=aspect, age=0)
    if len(aspects) == 1:
        return after._replace(aspect=aspects.pop(), age=0)
    return after._replace(aspect=aspect, age=0) if aspect else after


MOST = 4
FEWEST = 2
NEAREST = 3
"""How many questions a decline offers."""


def suggested(pack: Pack, ids: Sequence[str], answered: Collection[str]) -> tuple[str, ...]:
    """Return two to four questions after an answer: what the intent names, then its neighbours.

    In a further language of the pack, those that nobody has translated come last.

    Args:
        pack: The answer set.
        ids: What was just answered.
        answered: What was answered lately, and is not suggested again.
    """
    intents = [pack.intent[i] for i in ids]
    taken = {*ids, *answered}
    named = [other for intent in reversed(intents) for other in intent.next]
    result = _fresh(_said(pack, named), taken, pack, MOST)
    if len(result) < FEWEST + 1:
        near = _neighbours(pack, intents)
        result += _fresh(_said(pack, near), {*taken, *result}, pack, FEWEST + 1 - len(result))
    if len(result) < FEWEST + 1:
        near = (*named, *_neighbours(pack, intents))
        result += _fresh(near, {*taken, *result}, pack, FEWEST + 1 - len(result))
    return tuple(result)


def going_on(pack: Pack, context: Context) -> tuple[str, ...]:
    """Return what goes on from the last answer of a conversation; nothing before the first."""
    before = context.answered[:1]
    return suggested(pack, before, context.answered) if before else ()


def starters(pack: Pack, answered: Collection[str] = ()) -> tuple[str, ...]:
    """Return first questions: about the default topic, then one of each category, then the others."""
    firsts: dict[str, str] = {}
    for intent in pack.browsable:
        if intent.id not in answered:
            firsts.setdefault(intent.category, intent.id)
    common = [f"{pack.default_topic}.{aspect}" for aspect in pack.first]
    rest = (intent.id for intent in pack.browsable)
    likely = [*common, *firsts.values(), *rest]
    return tuple(_fresh([*_said(pack, likely), *likely], answered, pack, MOST))


def _said(pack: Pack, ids: Iterable[str]) -> Iterable[str]:
    """Return those of some ids that are said in the language of the pack."""
    return (i for i in ids if i not in pack.intent or pack.intent[i].phrases)


def filled(pack: Pack) -> tuple[Category, ...]:
    """Return the categories that hold something."""
    held = {intent.category for intent in pack.browsable}
    return tuple(category for category in pack.categories if category.id in held)


def _neighbours(pack: Pack, intents: Sequence[Intent]) -> Iterable[str]:
    for same in ("topic", "aspect", "category"):
        wanted = {getattr(intent, same) for intent in intents}
        yield from (other.id for other in pack.browsable if getattr(other, same) in wanted)


def _fresh(ids: Iterable[str], taken: Collection[str], pack: Pack, most: int) -> list[str]:
    found: list[str] = []
    for i in ids:
        if len(found) == most:
            break
        if i not in taken and i not in found and i in pack.answer:
            found.append(i)
    return found
