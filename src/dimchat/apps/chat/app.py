"""The app: starts the chat, loads the assistant behind the first paint, ends well in every case."""

from __future__ import annotations

import asyncio
import gc
import os
import time
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from dimchat.apps.base.themes import THEMES, in_sixteen
from dimchat.apps.chat.desktop import copy_to_system, is_remote
from dimchat.apps.chat.driver import driver_class
from dimchat.apps.chat.screen import ChatScreen
from dimchat.apps.chat.settings import Settings
from dimchat.errors import DimchatError
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from textual import events
    from textual.geometry import Size
    from textual.notifications import SeverityLevel

    from dimchat.apps.base.session import Asks, Session
    from dimchat.apps.chat.dialogs import Wish
    from dimchat.apps.chat.resume import Keeper
    from dimchat.journal import Recorder
    from dimchat.model import Pack

    OpenAssistant = Callable[[], tuple[Pack, Asks]]
    OpenRecorder = Callable[[Pack], Recorder]

CRASHED = 1
SIXTEEN = "standard"
"""What Rich calls a terminal of sixteen colours."""
SHORT_KEYS = {"escape": "esc"}
PACKAGE = Path(__file__).resolve().parents[2]


class ChatApp(App[None], inherit_bindings=False):
    """Owns what outlives a screen: the theme, leaving, and faults."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "chat.tcss"]  # no sheet of a default screen is read
    TITLE = words.CHAT_NAME
    ENABLE_COMMAND_PALETTE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "theme", words.KEY_THEME, show=False, id="app.theme", tooltip=words.TIP_THEME),
        Binding("ctrl+c,super+c", "copy_or_leave", show=False, id="app.copy", tooltip=words.TIP_COPY),
        Binding("ctrl+q", "quit", words.KEY_QUIT, id="app.quit", tooltip=words.TIP_QUIT, priority=True),
    ]

    def __init__(
        self,
        open_assistant: OpenAssistant,
        *,
        today: Callable[[], date],
        clock: Callable[[], float],
        theme: str | None = None,
        settings: Settings | None = None,
        keeper: Keeper | None = None,
        resume: bool = False,
        open_recorder: OpenRecorder | None = None,
    ) -> None:
        """Take what opens the pack and the assistant.

        Args:
            open_assistant: Called in a thread, once the first frame is painted.
            today: The day as of which reviews are overdue.
            clock: Seconds; a long silence forgets the context.
            theme: The name of a theme, in place of the one in the settings.
            settings: How the person wants it; None leaves everything as it comes.
            keeper: Keeps the conversation on disk; None writes nothing.
            resume: Whether to go on with what the keeper has.
            open_recorder: Returns what takes note of the replies; None keeps no journal.
        """
        # Told to use the terminal's own colours, Textual takes NO_COLOR as no colour at all; else as greys.
        super().__init__(driver_class=driver_class(), ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._open_assistant = open_assistant
        self._open_recorder = open_recorder
        self._today = today
        self._clock = clock
        self.settings = settings or Settings()
        self.keeper = keeper
        self._resume = resume
        self._sized: Size | None = None
        self.failure: DimchatError | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        if not self.settings.motion:
            self.animation_level = "none"  # else as TEXTUAL_ANIMATIONS has it
        for each in THEMES:
            self.register_theme(in_sixteen(each) if self.console.color_system == SIXTEEN else each)
        self.theme = theme or self.settings.theme
        if self.settings.keys:
            from dimchat.apps.chat.key_bindings import tidy  # noqa: PLC0415 - only for those who remap keys

            self.set_keymap({name: tidy(keys) for name, keys in self.settings.keys.items()})

    def get_default_screen(self) -> ChatScreen:
        """Return the chat."""
        return ChatScreen(self._today, self.settings)

    @property
    def chat(self) -> ChatScreen:
        """Return the chat, also while a page lies over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ChatScreen):
                return screen
        raise LookupError

    def on_load(self) -> None:
        """Keep the loop, for signals."""
        self.loop = asyncio.get_running_loop()

    def on_resize(self, event: events.Resize) -> None:
        """Paint everything anew where a window shrank and grew at once: it lost text, though its size is as before."""
        if event.size == self._sized:
            self.call_after_refresh(self.screen.refresh)
        self._sized = event.size

    def on_ready(self) -> None:
        """Load behind the first paint, and collect garbage from here on: what stood before lives as long as the app."""
        gc.freeze()  # looking through all that would hold the first frame up, which a thread is about to write
        gc.enable()
        self.call_after_refresh(self._load)

    @work(thread=True)
    def _load(self) -> None:
        from dimchat.apps.base.reply_lines import lines_of  # noqa: PLC0415 - not before the first paint
        from dimchat.apps.base.session import Session  # noqa: PLC0415 - not before the first paint

        try:
            pack, assistant = self._open_assistant()
            recorder = None if self._open_recorder is None else self._open_recorder(pack)
            session = Session(pack, assistant, self._clock, recorder)
            told = self._restore(session)
        except DimchatError as error:
            self.call_from_thread(self._cannot_open, error)
            return
        lines_of("")  # imports the parser
        self.call_from_thread(self._begin, session, told)

    def _restore(self, session: Session) -> str:
        """Fill the session with what was saved, where that is wanted, and return what to tell about it."""
        if not self._resume or self.keeper is None:
            return ""
        from dimchat.apps.chat.resume import read_saved  # noqa: PLC0415 - not before the first paint

        saved = read_saved(self.keeper.path, session.pack)
        session.restore(saved)
        told = words.RESUMED if saved.digest == session.pack.digest else words.RESUMED_CHANGED
        return told.format(count=words.turns(len(saved.turns)))

    def _begin(self, session: Session, told: str) -> None:
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

    def _cannot_open(self, error: DimchatError) -> None:
        self.failure = error
        self.exit(return_code=2)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Take the colours of a theme; before there is a screen, without reading the sheets, which it does itself."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme; those of Textual lack the names that only ours have."""
        variables = super().get_css_variables()
        known = {"quiet": variables["foreground"], "rule": variables["primary"], "lit": variables["panel"]}
        return {**known, **variables}

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is written on keyboards and in the help: F1, esc, ctrl+q."""
        keys = [SHORT_KEYS.get(key, key) for key in binding.key.split(",")]
        return ", ".join(key.upper() if key[0] == "f" and key[1:].isdecimal() else key for key in keys)

    def action_theme(self) -> None:
        """Change between dark, light and high contrast."""
        names = [each.name for each in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

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

    def action_copy_or_leave(self) -> None:
        """Copy what is selected, on the screen or in the prompt; else ask whether to leave."""
        focused = self.screen.focused
        selected = self.screen.get_selected_text() or (focused.selected_text if isinstance(focused, TextArea) else "")
        if selected:
            self.copy_to_clipboard(selected)
        else:
            from dimchat.apps.chat.dialogs import LeaveScreen  # noqa: PLC0415 - not before the first paint

            self.push_screen(LeaveScreen(saved=self.keeper is not None, notice=self.chat.notice), self._left)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the system's clipboard, or through the terminal, and say which it was."""
        self._clipboard = text
        if is_remote():
            self._copy_through_terminal(text, words.COPIED_REMOTE)
        else:
            self._copy(text)

    @work(thread=True, exclusive=True, group="copy")
    def _copy(self, text: str) -> None:
        if copy_to_system(text):
            self.call_from_thread(self.notify, words.COPIED, timeout=4)
        else:
            self.call_from_thread(self._copy_through_terminal, text, words.COPIED_TERMINAL)

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

        told = words.LINK_OPENED if desktop.open_address(address) else words.LINK_FAILED
        self.call_from_thread(self.notify, told, timeout=4)

    def _copy_through_terminal(self, text: str, told: str) -> None:
        super().copy_to_clipboard(text)
        self.notify(told, timeout=4)

    def _left(self, leave: bool | None) -> None:  # noqa: FBT001 - the screen's result
        if leave:
            self.exit(return_code=0)

    def leave_with(self, return_code: int) -> None:
        """End from a signal handler."""
        if self.loop is None:
            raise SystemExit(return_code)
        self.loop.call_soon_threadsafe(lambda: self.exit(return_code=return_code))

    def panic(self, *_: object) -> None:
        """End after a fault, without what Textual would print of it."""
        self._fatal_error()

    def _handle_exception(self, error: Exception) -> None:
        """End after a fault: Textual's own report prints local variables, the visitor's words among them."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        self._return_code = CRASHED
        if not self._exit_renderables:
            self._exit_renderables.append(words.CHAT_CRASHED.format(fault=fault(self._exception)))
        self._close_messages_no_wait()


def fault(error: BaseException | None) -> str:
    """Name a fault by its type and by the line of ours that it came through, never by its message."""
    while error is not None and (error.__cause__ or getattr(error, "error", None)):
        error = error.__cause__ or getattr(error, "error", None)
    if error is None:
        return words.CHAT_FAULT_UNKNOWN
    ours = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(f.filename).parents]
    place = f", {Path(ours[-1].filename).relative_to(PACKAGE)}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"


def make_chat(
    open_assistant: OpenAssistant,
    *,
    today: Callable[[], date] = date.today,
    clock: Callable[[], float] = time.monotonic,
    theme: str | None = None,
    settings: Settings | None = None,
    keeper: Keeper | None = None,
    resume: bool = False,
    open_recorder: OpenRecorder | None = None,
) -> ChatApp:
    """Return the chat, ready to run: the same for users and for tests; the arguments are those of `ChatApp`."""
    return ChatApp(
        open_assistant,
        today=today,
        clock=clock,
        theme=theme,
        settings=settings,
        keeper=keeper,
        resume=resume,
        open_recorder=open_recorder,
    )
