"""Grades of a reply, finer than passed and failed: a wrong answer is worse than none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dimchat.language.tokens import normalise
from dimchat.model import Context
from dimchat.quality.runner import differences

if TYPE_CHECKING:
    from collections.abc import Collection

    from dimchat.model import Intent, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Asks


def says_one_thing(intent: Intent) -> bool:
    """Return whether an intent has but one line, its title counted: while that is held out, nothing of it is left."""
    return len({normalise(intent.title), *(normalise(phrase.text) for phrase in intent.phrases)}) == 1


Grade = Literal["right", "offered", "silent", "wrong"]
GRADES: tuple[Grade, ...] = ("right", "offered", "silent", "wrong")
"""Best first."""
NEAREST = 3
"""So many suggestions of a reply count as offered."""


def grade(item: Item, reply: Reply) -> Grade:
    """Return what the reply to an item's message was worth.

    `offered` is a choice that holds what was expected, `silent` any other choice or a decline.
    """
    if not list(differences(item.expect, reply)):
        return "right"
    wanted = {item.expect.intent, *item.expect.also}
    if reply.kind == "clarify":
        return "offered" if wanted & {option.intent for option in reply.options} else "silent"
    return "silent" if reply.kind == "decline" else "wrong"


def grade_ids(wanted: Collection[str], reply: Reply) -> Grade:
    """Return what a reply to a question was worth, by the ids that answer it.

    Args:
        wanted: Any of them is right; none where the question must not be answered.
        reply: `offered` is one that leaves the choice, with a wanted id among what can be picked.
    """
    open_ = reply.kind in ("decline", "clarify")
    if not wanted:
        return "right" if open_ else "wrong"
    if reply.intents and set(reply.intents) <= set(wanted):
        return "right"
    offered = {one.intent for one in reply.options} | {one.intent for one in reply.suggestions[:NEAREST]}
    return "wrong" if not open_ else "offered" if offered & set(wanted) else "silent"


def reply_to(item: Item, assistant: Asks) -> Reply:
    """Return the reply to an item's message, after the earlier turns of its conversation."""
    context = Context()
    for text in item.after:
        _, context = assistant.ask(text, context)
    return assistant.ask(item.ask, context)[0]
