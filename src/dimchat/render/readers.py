"""Whom answers are for: what a person may type behind `/for`, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat import wording

if TYPE_CHECKING:
    from dimchat.model import Pack


def chosen(pack: Pack, named: str, present: str | None) -> tuple[str | None, str]:
    """Return the reader that a person chose, and what to say about it.

    Args:
        pack: The answer set.
        named: What was typed: a reader by id or by what they are called, everyone, or nothing to be told.
        present: The reader so far.
    """
    wanted = " ".join(named.casefold().split())
    if not pack.reader:
        return None, wording.READER_ONLY
    if wanted == wording.EVERYONE:
        return None, wording.READER_NONE
    reader = named_reader(pack, wanted)
    if reader is not None:
        return reader, wording.READER_NOW.format(reader=pack.reader[reader], everyone=wording.EVERYONE)
    told = wording.READERS.format(readers=", ".join(pack.reader), everyone=wording.EVERYONE)
    return present, wording.UNKNOWN_READER.format(reader=named, readers=told) if wanted else told


def named_reader(pack: Pack, named: str) -> str | None:
    """Return the reader of this id, or who is called so; None where there is none."""
    wanted = named.casefold()
    return next((name for name, title in pack.reader.items() if wanted in (name, title.casefold())), None)
