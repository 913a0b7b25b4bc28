"""The chat: its keys, what outlives a screen, and how it is started and ended."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.constants import TEXTUAL_ANIMATIONS
from textual.widgets import TextArea

from dimchat.apps.base import NAME
from dimchat.apps.base.app import BaseApp, ConversationApp, ending_on_signals
from dimchat.apps.chat.desktop import copy_to_system, is_remote
from dimchat.apps.chat.screen import ChatScreen
from dimchat.apps.chat.settings import Settings, settings_file
from dimchat.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePath

    from textual.notifications import SeverityLevel

    from dimchat.apps.base.app import OpenAssistant, OpenRecorder
    from dimchat.apps.base.session import Session
    from dimchat.apps.chat.dialogs import Wish
    from dimchat.apps.chat.export import Exports
    from dimchat.apps.chat.resume import Keeper
    from dimchat.apps.chat.settings_screen import SettingRow, SettingsScreen
    from dimchat.wording import Catalogue


class ChatApp(ConversationApp):
    """Owns what outlives a screen: copies, addresses, what is kept on disk, leaving."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "chat.tcss"]  # no sheet of a default screen is read
    TITLE = NAME

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "theme", "chat.key.theme", show=False, id="app.theme", tooltip="chat.tip.theme"),
        Binding("ctrl+c,super+c", "copy_or_leave", show=False, id="app.copy", tooltip="chat.tip.copy"),
        Binding("ctrl+q", "quit", "chat.key.quit", id="app.quit", tooltip="chat.tip.quit", priority=True),
    ]

    def __init__(
        self,
        open_assistant: OpenAssistant,
        *,
        settings: Settings | None = None,
        settings_at: Path | None = None,
        keeper: Keeper | None = None,
        resume: bool = False,
        exports: Exports | None = None,
        theme: str | None = None,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
        open_recorder: OpenRecorder | None = None,
        words: Catalogue | None = None,
        language: str | None = None,
    ) -> None:
        """Take what opens the pack and the assistant, and how the person wants it.

        Args:
            open_assistant: Called in a thread, once the first frame is painted.
            settings: How the person wants it; None leaves everything as it comes.
            settings_at: The file that a changed setting is written to; None writes none.
            keeper: Keeps the conversation on disk; None writes nothing.
            resume: Whether to go on with what the keeper has.
            exports: Where files go in a browser; None writes them on this machine.
            theme: The name of a theme, in place of the one in the settings.
            today: The day as of which reviews are overdue.
            clock: Seconds; a long silence forgets the context.
            open_recorder: Returns what takes note of the replies; None keeps no journal.
            words: What dimchat says; None for the language that is spoken.
            language: To begin in; None for the one in the settings, or else the pack's own.
        """
        self.settings = settings or Settings()
        self.settings_at = settings_at
        self.keeper = keeper
        self._resume = resume
        self._writing = Lock()
        self._exports = exports
        theme = theme or self.settings.theme
        super().__init__(
            open_assistant,
            today=today,
            clock=clock,
            theme=theme,
            open_recorder=open_recorder,
            words=words,
            language=language or self.settings.language or None,
        )
        if not self.settings.motion:
            self.animation_level = "none"  # else as TEXTUAL_ANIMATIONS has it
        if self.settings.keys:
            from dimchat.apps.chat.key_bindings import tidy  # noqa: PLC0415 - only for those who remap keys

            self.set_keymap({name: tidy(keys) for name, keys in self.settings.keys.items()})

    def get_default_screen(self) -> ChatScreen:
        """Return the chat."""
        return ChatScreen(self.today, self.settings, self._exports)

    @property
    def chat(self) -> ChatScreen:
        """Return the chat, also while a page lies over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, ChatScreen))

    def prepare(self, session: Session) -> str:
        """Fill the session with what was saved, where that is wanted, and return what to tell about it."""
        if not self._resume or self.keeper is None:
            return ""
        from dimchat.apps.chat.resume import read_saved  # noqa: PLC0415 - not before the first paint

        saved = read_saved(self.keeper.path, session.pack)
        session.restore(saved)
        told = "chat.resumed" if saved.digest == session.pack.digest else "chat.resumed_changed"
        return self.words(told, count=len(saved.turns))

    def begin(self, session: Session, told: str) -> None:
        """Show the session, and keep it from now on."""
        self.chat.call_later(self.chat.begin, session)
        if told:
            self.notify(told, timeout=6)
        if self.keeper is not None:
            session.on_change = self._keep

    def _keep(self, session: Session) -> None:
        """Keep the conversation; it is written in a thread, and whatever is left when the chat ends."""
        if self.keeper is not None:
            self.keeper.take(session)
            self._write()

    @work(thread=True, group="keep")
    def _write(self) -> None:
        from dimchat.apps.chat.resume import SavedError  # noqa: PLC0415 - not before the first paint

        try:
            if self.keeper is not None:
                self.keeper.write()
        except SavedError as error:
            self.call_from_thread(self.notify, str(error), severity="warning", timeout=8)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is written on keyboards and in the help: F1, esc, ctrl+q."""
        names = self.words.below("chat.key_name")
        keys = ["+".join(names.get(part, part) for part in key.split("+")) for key in binding.key.split(",")]
        return ", ".join(key.upper() if key[0] == "f" and key[1:].isdecimal() else key for key in keys)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell the visitor something in passing, literally; it takes the place of what was told before."""
        self.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def on_setting_row_changed(self, event: SettingRow.Changed) -> None:
        """Let it hold, and keep it."""
        self.change(event.name, event.value)
        session = self.chat.session
        if event.name == "language" and session is not None:
            self.speak(session, str(event.value) or session.languages[0])
            self.chat.call_later(self.chat.begin, session)
            self.screen.call_later(cast("SettingsScreen", self.screen).say_again)

    def change(self, name: str, value: str | bool) -> None:  # noqa: FBT001 - a value like another
        """Let a setting hold from now on, and write it to the file, if there is one."""
        from dimchat.apps.chat.settings import full_name  # noqa: PLC0415 - only for those who change one

        held: dict[str, Any] = {name: full_name(value) if name == "theme" and isinstance(value, str) else value}
        self.settings = self.chat.settings = replace(self.settings, **held)
        if name == "theme":
            self.theme = self.settings.theme
        self.animation_level = TEXTUAL_ANIMATIONS if self.settings.motion else "none"
        if self.settings_at is not None:
            self._write_setting(self.settings_at, name, value)

    @work(thread=True, group="settings")
    def _write_setting(self, file: Path, name: str, value: str | bool) -> None:  # noqa: FBT001 - a value like another
        from dimchat.apps.chat.settings import write_setting  # noqa: PLC0415 - only for those who change one

        with self._writing:
            try:
                write_setting(file, name, value)
            except SettingsError as error:
                self.call_from_thread(self.notify, str(error), severity="warning", timeout=8)

    def action_copy_or_leave(self) -> None:
        """Copy what is selected, on the screen or in the prompt; else clear what is typed; else ask about leaving."""
        focused = self.screen.focused
        selected = self.screen.get_selected_text() or (focused.selected_text if isinstance(focused, TextArea) else "")
        if selected:
            self.copy_to_clipboard(selected)
            return
        if self.screen is self.chat and self.chat.prompt.drop():
            return
        from dimchat.apps.chat.dialogs import LeaveScreen  # noqa: PLC0415 - not before the first paint

        def left(leave: bool | None) -> None:  # noqa: FBT001 - the screen's result
            if leave:
                self.exit(return_code=0)

        self.push_screen(LeaveScreen(saved=self.keeper is not None, notice=self.chat.notice), left)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the clipboard in front of the visitor, the system's or through the terminal, and say which it was."""
        super().copy_to_clipboard(text)
        if self.is_web:
            self._copy_through_terminal(text, self.words("page.copied"))
        elif is_remote():
            self._copy_through_terminal(text, self.words("chat.copied_remote"))
        else:
            self._copy(text)

    @work(thread=True, exclusive=True, group="copy")
    def _copy(self, text: str) -> None:
        if copy_to_system(text):
            self.call_from_thread(self.notify, self.words("chat.copied"), timeout=4)
        else:
            self.call_from_thread(self._copy_through_terminal, text, self.words("chat.copied_terminal"))

    def _copy_through_terminal(self, text: str, told: str) -> None:
        super(BaseApp, self).copy_to_clipboard(text)
        self.notify(told, timeout=4)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Show an address; only then it is copied or opened, as the visitor likes."""
        from dimchat.apps.chat import desktop  # noqa: PLC0415 - not before the first paint
        from dimchat.apps.chat.dialogs import LinkScreen  # noqa: PLC0415 - not before the first paint

        def act(wish: Wish | None) -> None:
            if wish == "copy":
                self.copy_to_clipboard(url)
            elif wish == "open" and self.is_web:
                super(ChatApp, self).open_url(url, new_tab=new_tab)
            elif wish == "open":
                self._open_address(url)

        # In a browser's page it is that browser which opens it, never one of the machine that serves the page.
        can_open = url.casefold().startswith(desktop.SCHEMES) if self.is_web else desktop.can_open(url)
        self.push_screen(LinkScreen(url, can_open=can_open), act)

    def action_open_url(self, url: str) -> None:
        """Show an address that was clicked."""
        self.open_url(url)

    @work(thread=True, group="open")
    def _open_address(self, address: str) -> None:
        from dimchat.apps.chat import desktop  # noqa: PLC0415 - not before the first paint

        told = self.words("chat.link_opened") if desktop.open_address(address) else self.words("chat.link_failed")
        self.call_from_thread(self.notify, told, timeout=4)


def run_chat(
    open_assistant: OpenAssistant,
    settings: Settings | None = None,
    *,
    settings_at: Path | None = None,
    resume: bool = False,
    open_recorder: OpenRecorder | None = None,
    language: str | None = None,
) -> int:
    """Hold a conversation on the screen and return the exit status: 0, 1 after a crash, 128+n after signal n.

    Args:
        open_assistant: Returns the pack and what answers from it.
        settings: How the person wants the chat; None reads no file.
        settings_at: The file that a changed setting is written to; None writes none.
        resume: Whether to go on with the last conversation, where the settings let it be saved.
        open_recorder: Returns what takes note of the replies, from the pack; None keeps no journal.
        language: To begin in; None for the one in the settings, or else the pack's own.

    Raises:
        SavedError: there is no conversation to resume, or it cannot be written.
        DimchatError: the pack cannot be opened; the terminal is as it was before.
    """
    keeper = None
    if resume or (settings is not None and settings.save_conversations):
        from dimchat.apps.chat.resume import WORDS, Keeper, SavedError, saved_file  # noqa: PLC0415 - for those who save

        if settings is None or not settings.save_conversations:
            raise SavedError(WORDS("chat.saved_off", file=settings_file()))
        keeper = Keeper(saved_file())
    app = ChatApp(
        open_assistant,
        settings=settings,
        settings_at=settings_at,
        keeper=keeper,
        resume=resume,
        open_recorder=open_recorder,
        language=language,
    )
    with ending_on_signals(app):
        status = app.hold()
    if keeper is not None:
        keeper.write()
    if app.failure is not None:
        raise app.failure
    return status
