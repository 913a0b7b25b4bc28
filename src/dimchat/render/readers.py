"""Whom answers are for: what a person may type behind `/for`, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.model import Pack
    from dimchat.wording import Catalogue

EVERYONE = "everyone"
"""Names no reader; a person may say it in their own language."""


def chosen(pack: Pack, named: str, present: str | None, words: Catalogue) -> tuple[str | None, str]:
    """Return the reader that a person chose, and what to say about it.

    Args:
        pack: The answer set.
        named: What was typed: a reader by id or by what they are called, everyone, or nothing to be told.
        present: The reader so far.
        words: What dimchat says of its own.
    """
    wanted = " ".join(named.casefold().split())
    if not pack.reader:
        return None, words("reply.reader_only")
    everyone = words("reply.everyone")
    if wanted in (EVERYONE, everyone.casefold()):
        return None, words("reply.reader_none")
    reader = named_reader(pack, wanted)
    if reader is not None:
        return reader, words("reply.reader_now", reader=pack.reader[reader], everyone=everyone)
    told = words("reply.readers", readers=", ".join(pack.reader), everyone=everyone)
    return present, words("reply.reader_unknown", reader=named, readers=told) if wanted else told


def named_reader(pack: Pack, named: str) -> str | None:
    """Return the reader of this id, or who is called so; None where there is none."""
    wanted = named.casefold()
    return next((name for name, title in pack.reader.items() if wanted in (name, title.casefold())), None)
