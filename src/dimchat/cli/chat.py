"""Starts the chat: on the screen, or line by line where there is no terminal.

It imports no click and, unless a journal is kept, nothing of the journal: whoever types `dimchat` waits for the first
frame, and for nothing else.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from dimchat.apps.base.session import Asks
    from dimchat.journal import Recorder, Switch
    from dimchat.model import Pack


def talk(
    *,
    plain: bool = False,
    resume: bool = False,
    settings_path: Path | None = None,
    no_motion: bool = False,
    pack_dir: Path | None = None,
    switch: Switch | None = None,
    watch: bool = False,
    language: str | None = None,
) -> int:
    """Hold one conversation and return the exit status.

    Args:
        plain: Whether to talk line by line also where there is a terminal.
        resume: Whether to go on with the last conversation.
        settings_path: The chat's settings; None is the platform's own file.
        no_motion: Whether nothing on the screen may move, whatever the settings say.
        pack_dir: The folder of another pack; None is the one that dimchat carries.
        switch: What is kept of the conversation for curators; None is nothing.
        watch: Whether the pack is read again between two questions where its files were touched.
        language: To begin in; None for the one in the settings, or else the pack's own.

    Raises:
        UsageError: The conversation is line by line, and something was given that belongs to the screen.
        DimchatError: The settings, the saved conversation, the journal or the pack cannot be opened.
    """

    def open_pack() -> tuple[Pack, Asks]:
        if watch:
            from dimchat.index.live import Live

            opened: Asks = Live(pack_dir)
        else:
            from dimchat.index import open_assistant  # the chat is on the screen before the matcher is imported

            opened = open_assistant(pack_dir)
        pack: Pack = opened.pack  # type: ignore[attr-defined]  # both have it
        spoken(pack, language)
        return pack, opened

    if plain or not on_a_terminal():
        if resume or settings_path is not None:
            raise UsageError("--resume and --settings belong to the chat on the screen, not line by line")
        from dimchat.cli.plain import chat
        from dimchat.cli.progress import OPENING, busy

        gc.enable()
        with recording(switch, "plain") as open_it:
            with busy(OPENING):
                pack, assistant = open_pack()
            speak = spoken(pack, language)
            return chat(pack, assistant, recorder=open_it(pack) if open_it else None, language=speak)
    from dimchat.apps.chat import read_settings, run_chat
    from dimchat.apps.chat.settings import settings_file

    settings = read_settings(settings_path)
    if no_motion:
        settings = replace(settings, motion=False)
    with recording(switch, "chat") as open_it:
        at = settings_path or settings_file()
        return run_chat(open_pack, settings, settings_at=at, resume=resume, open_recorder=open_it, language=language)


def spoken(pack: Pack, named: str | None) -> str | None:
    """Return the language that `--language` names; None where it names none.

    Raises:
        UsageError: The pack says nothing in it.
    """
    from dimchat.render.languages import languages_told, named_language
    from dimchat.wording import ENGLISH, catalogue_of

    found = None if named is None else named_language(pack.languages, named)
    if named is not None and found is None:
        told = languages_told(pack.languages, catalogue_of(ENGLISH))
        raise UsageError(f"the pack says nothing in {named!r}: {told[:1].lower()}{told[1:].rstrip('.')}")
    return found


def on_a_terminal() -> bool:
    """Return whether there is a terminal that can be drawn on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def recording(switch: Switch | None, face: str) -> AbstractContextManager[Callable[[Pack], Recorder] | None]:
    """Give what opens a face's recorder for a pack, or None where no journal is kept."""
    if switch is None or switch.mode == "off":
        return nullcontext()
    from dimchat.cli import journal

    return journal.recording(switch, face)
