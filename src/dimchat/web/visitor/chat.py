"""The chat as a browser shows it: what goes to files and clipboards goes to the visitor's machine, not the server's."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar

from dimchat.apps.base.themes import DARK
from dimchat.apps.chat import app as home
from dimchat.apps.chat.app import ChatApp
from dimchat.apps.chat.export import FORMATS
from dimchat.apps.chat.screen import ChatScreen
from dimchat.wording import chat, web

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from dimchat.apps.chat.app import OpenAssistant, OpenRecorder

UNSAFE = re.compile(r"[^\w .()-]|^\.+")
"""What the name of a file for somebody's downloads must not hold."""


class BrowserScreen(ChatScreen):
    """Hands files to the browser; nothing is written where the server runs."""

    def action_export(self, argument: str) -> None:
        """Let the browser save the conversation in the format that the file's ending names."""
        name = UNSAFE.sub("", PurePosixPath(argument.strip().replace("\\", "/")).name)
        write = FORMATS.get(PurePosixPath(name).suffix.casefold())
        if not name:
            self.say(web.EXPORT_USAGE)
        elif write is None:
            self.say(chat.EXPORT_ENDING.format(endings=", ".join(FORMATS)))
        elif self.session is None or not self.session.turns:
            self.say(chat.CHAT_NO_REPLY)
        elif isinstance(self.app, BrowserChat):
            self.app.save(name, write(self.session.turns, self.session.pack, self._today()))
            self.say(web.SAVED_BROWSER.format(count=len(self.session.turns), file=name))

    def action_save_test(self, _: str) -> None:
        """Say that cases are not added from here."""
        self.say(web.NO_CASES)


class BrowserChat(ChatApp):
    """The chat, with the visitor's own clipboard and downloads."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(home.__file__).parent / path for path in ChatApp.CSS_PATH]

    def __init__(
        self, open_assistant: OpenAssistant, save: Callable[[str, str], None], open_recorder: OpenRecorder | None
    ) -> None:
        """Take what opens the pack and the journal, and what lets the browser save a text under a name."""
        super().__init__(
            open_assistant, today=date.today, clock=time.monotonic, theme=DARK.name, open_recorder=open_recorder
        )
        self._save = save

    def get_default_screen(self) -> BrowserScreen:
        """Return the chat."""
        return BrowserScreen(self._today)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the visitor's clipboard, never to that of the machine that serves."""
        self._copy_through_terminal(text, web.COPIED_BROWSER)

    def save(self, name: str, text: str) -> None:
        """Let the browser save a text as a file."""
        self._save(name, text)


def make_browser_chat(
    open_assistant: OpenAssistant, save: Callable[[str, str], None], open_recorder: OpenRecorder | None = None
) -> BrowserChat:
    """Return the chat, ready to run in a visitor's process."""
    return BrowserChat(open_assistant, save, open_recorder)
