"""What a reply is worth: finer than passed and failed, since a wrong answer is worse than none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dimchat.model import Context
from dimchat.quality.runner import differences

if TYPE_CHECKING:
    from dimchat.model import Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Asks

Grade = Literal["right", "offered", "silent", "wrong"]
GRADES: tuple[Grade, ...] = ("right", "offered", "silent", "wrong")
"""Best first."""


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


def reply_to(item: Item, assistant: Asks) -> Reply:
    """Return the reply to an item's message, after the earlier turns of its conversation."""
    context = Context()
    for text in item.after:
        _, context = assistant.ask(text, context)
    return assistant.ask(item.ask, context)[0]
