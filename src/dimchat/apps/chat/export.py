"""A conversation as a file: to read, to pass on, or as a case that a pack is tested with."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from dimchat import render, wording
from dimchat.errors import DimchatError, UsageError
from dimchat.files import disk
from dimchat.files.json_text import dumps
from dimchat.files.text import encodable, harmless, without_invisible
from dimchat.wording import chat as words
from dimchat.wording import web

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dimchat.apps.base.session import Turn
    from dimchat.model import Pack, Reply


SCHEMA = "dimchat.conversation/1"
UNSAFE = re.compile(r"[^\w .()-]|^\.+")
"""What the name of a file for somebody's downloads must not hold."""
CASE_ENDINGS = frozenset({".yaml", ".yml"})


class NotKeptError(DimchatError):
    """The file was not written; the message says why, to a person."""


def copied(turn: Turn, pack: Pack, today: date, *, sources: bool) -> str:
    """Return a reply as it goes to the clipboard."""
    return render.to_plain(turn.reply._replace(suggestions=()), pack, today, cite=sources)


def to_markdown(turns: Sequence[Turn], pack: Pack, today: date) -> str:
    """Return the conversation as Markdown, with its sources and the digest of the pack."""
    parts = [f"# {words.EXPORT_TITLE.format(title=pack.title, date=today.isoformat())}\n"]
    parts += [render.to_markdown(turn.reply._replace(question=turn.said), pack, today) for turn in turns]
    return "\n".join([*parts, f"---\n\n{_pack_line(pack)}\n"])


def to_text(turns: Sequence[Turn], pack: Pack, today: date) -> str:
    """Return the conversation as plain text, as the chat line by line has it."""
    parts = [words.EXPORT_TITLE.format(title=pack.title, date=today.isoformat())]
    for turn in turns:
        said = harmless(" ".join(turn.said.split()))
        parts.append(f"{wording.YOU}: {said}\n{words.CHAT_NAME}: {render.to_plain(turn.reply, pack, today)}")
    return "\n\n".join([*parts, _pack_line(pack)]) + "\n"


def to_json(turns: Sequence[Turn], pack: Pack, today: date) -> str:
    """Return the conversation as JSON: each turn holds what was said and a `dimchat.reply/1`."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "date": today.isoformat(),
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
        "turns": [{"said": encodable(turn.said), "reply": render.to_dict(turn.reply, pack, today)} for turn in turns],
    }
    return dumps(data, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Turn], Pack, date], str]] = {
    ".md": to_markdown,
    ".markdown": to_markdown,
    ".txt": to_text,
    ".json": to_json,
}


def _pack_line(pack: Pack) -> str:
    return words.EXPORT_PACK.format(name=pack.name, version=pack.version, digest=pack.digest)


def path_of(name: str) -> Path:
    """Return the path that a person named; ~ is the home folder.

    Raises:
        NotKeptError: there is no such home folder.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise NotKeptError(words.CANNOT_WRITE.format(file=name, reason=error)) from None


def export(path: Path, turns: Sequence[Turn], pack: Pack, today: date, *, overwrite: bool) -> None:
    """Write the conversation in the format that the file's ending names.

    Raises:
        NotKeptError: there is nothing to write, the ending is unknown, the file is there already and is not to
            be overwritten, or it cannot be written.
    """
    write = FORMATS.get(path.suffix.casefold())
    if write is None:
        raise NotKeptError(words.EXPORT_ENDING.format(endings=", ".join(FORMATS)))
    if not turns:
        raise NotKeptError(words.CHAT_NO_REPLY)
    text = write(turns, pack, today)
    try:
        if not overwrite and os.path.lexists(path):
            raise NotKeptError(words.EXPORT_EXISTS.format(file=path))
        disk.write(path, text.encode())
    except (OSError, ValueError) as error:
        raise NotKeptError(_cannot(path, error)) from None


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


def save_case(path: Path, turns: Sequence[Turn]) -> None:
    """Add the conversation as a case at the end of a file; the bytes that are there stay as they are.

    Raises:
        NotKeptError: there is nothing to save, the file is no list of cases, or it cannot be written.
    """
    if path.suffix.casefold() not in CASE_ENDINGS:
        raise NotKeptError(words.SAVE_TEST_ENDING)
    if not turns:
        raise NotKeptError(words.CHAT_NO_REPLY)
    from dimchat.files.yaml.write import with_entry  # noqa: PLC0415 - for this command alone

    try:
        there = path.read_bytes() if path.exists() else b""
        disk.write(path, with_entry(there, str(path), case_of(turns), apart=False))
    except UsageError as error:
        raise NotKeptError(words.SAVE_TEST_OTHER.format(file=path, reason=error)) from None
    except (OSError, ValueError) as error:
        raise NotKeptError(_cannot(path, error)) from None


def _cannot(path: Path, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words.CANNOT_WRITE.format(file=path, reason=reason)


class Exports(Protocol):
    """Where the slash commands write to; each returns what to tell, or raises NotKeptError."""

    async def export(self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date) -> str:
        """Write the conversation into the file that the argument names."""

    async def save_case(self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date) -> str:
        """Write the conversation as a case."""


class FileExports:
    """Writes files on this machine, apart from the screen: a disk may be far away."""

    async def export(self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date) -> str:
        """Write the conversation in the format that the file's ending names; a last word allows to overwrite one."""
        name, _, word = argument.rpartition(" ")
        overwrite = bool(name) and word.casefold() == words.EXPORT_OVERWRITE
        name = name.strip() if overwrite else argument
        if pack is None or not name:
            raise NotKeptError(words.EXPORT_USAGE)
        await asyncio.to_thread(lambda: export(path_of(name), turns, pack, today, overwrite=overwrite))
        return words.EXPORTED.format(count=words.turns(len(turns)), file=name)

    async def save_case(self, argument: str, turns: Sequence[Turn], pack: Pack | None, _: date) -> str:
        """Add the conversation as a case to a file."""
        if pack is None or not argument:
            raise NotKeptError(words.SAVE_TEST_USAGE)
        await asyncio.to_thread(lambda: save_case(path_of(argument), turns))
        return words.SAVED_TEST.format(count=words.turns(len(turns)), file=argument)


class BrowserExports:
    """Hands files to the visitor's browser; nothing is written where the server runs."""

    def __init__(self, save: Callable[[str, str], None]) -> None:
        """Take what lets the browser save a text under a name."""
        self._save = save

    async def export(self, argument: str, turns: Sequence[Turn], pack: Pack | None, today: date) -> str:
        """Let the browser save the conversation in the format that the file's ending names."""
        name = UNSAFE.sub("", PurePosixPath(argument.strip().replace("\\", "/")).name)
        write = FORMATS.get(PurePosixPath(name).suffix.casefold())
        if not name:
            raise NotKeptError(web.EXPORT_USAGE)
        if write is None:
            raise NotKeptError(words.EXPORT_ENDING.format(endings=", ".join(FORMATS)))
        if pack is None or not turns:
            raise NotKeptError(words.CHAT_NO_REPLY)
        self._save(name, write(turns, pack, today))
        return web.SAVED_BROWSER.format(count=len(turns), file=name)

    async def save_case(self, *_: object) -> str:
        """Say that cases are not added from here."""
        return web.NO_CASES
