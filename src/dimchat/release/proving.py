"""Whether a pack is fit for visitors: what `dimchat check` calls an error, and a self-test that asks its own titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.errors import PackError

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Assistant
    from dimchat.model import Problem

ASKED = 40
"""So many titles are asked, spread evenly over the pack."""
LEAST = 0.8
"""The part of them that must lead to their own answer, or offer it."""


def errors_in(root: Path) -> tuple[Problem, ...]:
    """Return what keeps a pack from visitors: the errors that `dimchat check` lists.

    Warnings keep none, and looking for them takes longer than all the rest.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - a process that only looks at the time needs no YAML
    from dimchat.quality import inspect_cases  # noqa: PLC0415 - the same

    try:
        problems = inspect_cases(root, load_pack(root))
    except PackError as error:
        problems = error.problems
    return tuple(problem for problem in problems if problem.severity == "error")


def faults(assistant: Assistant) -> list[str]:
    """Return what is wrong with the replies of an assistant: nothing where its titles lead to their answers.

    A few may not: a title may be as near to another answer, which is for `dimchat test` to say. Where many do not,
    something is broken here: an index of other lines, an encoder that is not the one it was learnt with.
    """
    from dimchat.model import Context  # noqa: PLC0415 - as above

    own = assistant.pack.own
    asked = own[:: max(1, len(own) // ASKED)]
    missed = []
    for intent in asked:
        reply, _ = assistant.ask(intent.title, Context())
        if not (reply.text or "").strip():
            return [f"{intent.title!r} gets an empty reply"]
        if intent.id not in (*reply.intents, *(option.intent for option in reply.options)):
            missed.append(f"{intent.title!r} does not lead to {intent.id}")
    return missed if len(missed) > (1 - LEAST) * len(asked) else []
