"""A conversation as a file: to read, to pass on, or as a case that a pack is tested with."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from dimchat import render
from dimchat.apps.base import NAME
from dimchat.errors import DimchatError, UsageError
from dimchat.files import disk
from dimchat.files.json_text import dumps
from dimchat.files.text import encodable, harmless, without_invisible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dimchat.apps.base.session import Turn
    from dimchat.model import Pack, Reply
    from dimchat.wording import Catalogue


SCHEMA = "dimchat.conversation/1"
UNSAFE = re.compile(r"[^\w .()-]|^\.+")
"""What the name of a file for somebody's downloads must not hold."""
CASE_ENDINGS = frozenset({".yaml", ".yml"})


class NotKeptError(DimchatError):
    """The file was not written; the message says why, to a person."""


def copied(turn: Turn, pack: Pack, today: date, words: Catalogue, *, sources: bool) -> str:
    """Return a reply as it goes to the clipboard."""
    return render.to_plain(turn.reply._replace(suggestions=()), pack, today, cite=sources, words=words)


def to_markdown(turns: Sequence[Turn], pack: Pack, today: date, words: Catalogue) -> str:
    """Return the conversation as Markdown, with its sources and the digest of the pack."""
    parts = ["# " + words("chat.export_title", title=pack.title, date=today.isoformat()) + "\n"]
    parts += [render.to_markdown(turn.reply._replace(question=turn.said), pack, today, words=words) for turn in turns]
    return "\n".join([*parts, f"---\n\n{_pack_line(pack, words)}\n"])


def to_text(turns: Sequence[Turn], pack: Pack, today: date, words: Catalogue) -> str:
    """Return the conversation as plain text, as the chat line by line has it."""
    parts = [words("chat.export_title", title=pack.title, date=today.isoformat())]
    for turn in turns:
        said = harmless(" ".join(turn.said.split()))
        reply = render.to_plain(turn.reply, pack, today, words=words)
        parts.append(f"{words('chat.plain.you')}: {said}\n{NAME}: {reply}")
    return "\n\n".join([*parts, _pack_line(pack, words)]) + "\n"


def to_json(turns: Sequence[Turn], pack: Pack, today: date, _: Catalogue) -> str:
    """Return the conversation as JSON: each turn holds what was said and a `dimchat.reply/1`."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "date": today.isoformat(),
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
        "turns": [{"said": encodable(turn.said), "reply": render.to_dict(turn.reply, pack, today)} for turn in turns],
    }
    return dumps(data, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Turn], Pack, date, Catalogue], str]] = {
    ".md": to_markdown,
    ".markdown": to_markdown,
    ".txt": to_text,
    ".json": to_json,
}


def _pack_line(pack: Pack, words: Catalogue) -> str:
    return words("chat.export_pack", name=pack.name, version=pack.version, digest=pack.digest)


def path_of(name: str, words: Catalogue) -> Path:
    """Return the path that a person named; ~ is the home folder.

    Raises:
        NotKeptError: there is no such home folder.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise NotKeptError(words("chat.cannot_write", file=name, reason=error)) from None


def export(path: Path, turns: Sequence[Turn], pack: Pack, today: date, words: Catalogue, *, overwrite: bool) -> None:
    """Write the conversation in the format that the file's ending names.

    Raises:
        NotKeptError: there is nothing to write, the ending is unknown, the file is there already and is not to
            be overwritten, or it cannot be written.
    """
    write = FORMATS.get(path.suffix.casefold())
    if write is None:
        raise NotKeptError(words("chat.export_ending", endings=", ".join(FORMATS)))
    if not turns:
        raise NotKeptError(words("chat.no_reply"))
    text = write(turns, pack, today, words)
    try:
        if not overwrite and os.path.lexists(path):
            raise NotKeptError(words("chat.export_exists", file=path))
        disk.write(path, text.encode())
    except (OSError, ValueError) as error:
        raise NotKeptError(_cannot(path, error, words)) from None


def case_of(turns: Sequence[Turn]) -> dict[str, object]:
    """Return the conversation as one case of `tests/cases/`; characters that no pack may hold become U+FFFD."""
    pairs = zip(turns, (None, *turns), strict=False)
    return {"turns": [{"ask": _asked(turn, before), **_expected(turn.reply)} for turn, before in pairs]}


def _expected(reply: Reply) -> dict[str, object]:
    first: dict[str, object] = {"intent": reply.intents[0]} if reply.intents else {"kind": reply.kind}
    offers = [option.intent for option in reply.options]
    more = {"also": list(reply.intents[1:]), "about": reply.about, "outside": reply.outside, "offers": offers}
    return first | {key: value for key, value in more.items() if value}


def _asked(turn: Turn, before: Turn | None) -> str:
    """Return what leads to the reply again: the number of a choice only where the turn before offers it."""
    chosen = turn.asked != turn.said and before is not None and _offers(turn, before)
    return without_invisible(turn.asked if chosen else turn.said, "\ufffd").replace("\t", "\ufffd")


def _offers(turn: Turn, before: Turn) -> bool:
    options = tuple(option.intent for option in before.reply.options)
    suggested = tuple(suggestion.intent for suggestion in before.reply.suggestions)
    offered = turn.context.options or turn.context.suggestions
    return bool(offered) and offered == (options or suggested)


def save_case(path: Path, turns: Sequence[Turn], words: Catalogue) -> None:
    """Add the conversation as a case at the end of a file; the bytes that are there stay as they are.

    Raises:
        NotKeptError: there is nothing to save, the file is no list of cases, or it cannot be written.
    """
    if path.suffix.casefold() not in CASE_ENDINGS:
        raise NotKeptError(words("chat.save_test_ending"))
    if not turns:
        raise NotKeptError(words("chat.no_reply"))
    from dimchat.files.yaml.write import with_entry  # noqa: PLC0415 - for this command alone

    try:
        there = path.read_bytes() if path.exists() else b""
        disk.write(path, with_entry(there, str(path), case_of(turns), apart=False))
    except UsageError as error:
        raise NotKeptError(words("chat.save_test_other", file=path, reason=error)) from None
    except (OSError, ValueError) as error:
        raise NotKeptError(_cannot(path, error, words)) from None


def _cannot(path: Path, error: Exception, words: Catalogue) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words("chat.cannot_write", file=path, reason=reason)


class Exports(Protocol):
    """The target of the slash commands that write; each method returns a message to show, or raises NotKeptError."""

    async def export(
        self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue
    ) -> str:
        """Write the conversation into the file that the argument names."""

    async def save_case(
        self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue
    ) -> str:
        """Write the conversation as a case."""


def exported(argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue) -> str:
    """Write the conversation in the format that the file's ending names; a last word allows to overwrite one.

    Raises:
        NotKeptError: it was not written.
    """
    name, _, word = argument.rpartition(" ")
    overwrite = bool(name) and word.casefold() == words("chat.export_overwrite")
    name = name.strip() if overwrite else argument
    if pack is None or not name:
        raise NotKeptError(words("chat.export_usage"))
    export(path_of(name, words), turns, pack, today, words, overwrite=overwrite)
    return words("chat.exported", count=len(turns), file=name)


def case_saved(argument: str, turns: Sequence[Turn], words: Catalogue) -> str:
    """Add the conversation as a case to a file.

    Raises:
        NotKeptError: it was not added.
    """
    if not argument:
        raise NotKeptError(words("chat.save_test_usage"))
    save_case(path_of(argument, words), turns, words)
    return words("chat.saved_test", count=len(turns), file=argument)


class FileExports:
    """Writes files on this machine, apart from the screen: a disk may be far away."""

    async def export(
        self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue
    ) -> str:
        """Write the conversation into the file that the argument names."""
        return await asyncio.to_thread(exported, argument, turns, pack, today, words)

    async def save_case(self, argument: str, turns: Sequence[Turn], _: Pack | None, __: date, words: Catalogue) -> str:
        """Add the conversation as a case to a file."""
        return await asyncio.to_thread(case_saved, argument, turns, words)


class BrowserExports:
    """Hands files to the visitor's browser; nothing is written where the server runs."""

    def __init__(self, save: Callable[[str, str], None]) -> None:
        """Take what lets the browser save a text under a name."""
        self._save = save

    async def export(
        self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue
    ) -> str:
        """Let the browser save the conversation in the format that the file's ending names."""
        name = UNSAFE.sub("", PurePosixPath(argument.strip().replace("\\", "/")).name)
        write = FORMATS.get(PurePosixPath(name).suffix.casefold())
        if not name:
            raise NotKeptError(words("page.export_usage"))
        if write is None:
            raise NotKeptError(words("chat.export_ending", endings=", ".join(FORMATS)))
        if pack is None or not turns:
            raise NotKeptError(words("chat.no_reply"))
        self._save(name, write(turns, pack, today, words))
        return words("page.saved", count=len(turns), file=name)

    async def save_case(
        self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date, words: Catalogue
    ) -> str:
        """Say that cases are not added from here."""
        del argument, turns, pack, today
        return words("page.no_cases")
