"""The base of every app: themes, a driver that survives bad input, a clean exit, faults without visitors' words."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import constants, work
from textual.app import App

from dimchat.apps.base.themes import DARK, THEMES, focus_of, in_sixteen
from dimchat.errors import DimchatError
from dimchat.wording import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.driver import Driver
    from textual.geometry import Size

    from dimchat.apps.base.session import Asks, Session
    from dimchat.journal import Recorder
    from dimchat.model import Pack
    from dimchat.wording import Catalogue

    OpenAssistant = Callable[[], tuple[Pack, Asks]]
    OpenRecorder = Callable[[Pack], Recorder]

CRASHED = 1
SIXTEEN = "standard"
"""What Rich calls a terminal of sixteen colours."""
PACKAGE = Path(__file__).resolve().parents[2]
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))


def driver_class(*, locked: bool = False) -> type[Driver] | None:
    """Return the driver for this platform, one that cannot be suspended if locked; None where Textual's own is right.

    Textual's own is right on Windows, and where the environment names one: a browser's.
    """
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    from dimchat.apps.base.terminal import LockedDriver, SturdyDriver  # noqa: PLC0415 - needs what Windows lacks

    return LockedDriver if locked else SturdyDriver


class BaseApp(App[None], inherit_bindings=False):
    """An app without keys of its own; what it shows and what leads out is up to each."""

    ENABLE_COMMAND_PALETTE = False
    FAREWELL = "chat.crashed"
    """The message that is printed after a fault; none where it is empty."""

    def __init__(
        self, theme: str | None = None, driver: type[Driver] | None = None, words: Catalogue | None = None
    ) -> None:
        """Take the name of a theme, a driver in place of the usual one, and what dimchat says; None for English."""
        self.words = words or catalogue_of(ENGLISH)
        if os.environ.get("NO_COLOR") == "":
            del os.environ["NO_COLOR"]  # set but empty means colour; Textual takes it for a no
        # Told to use the terminal's own colours, Textual takes NO_COLOR as no colour at all; else as greys.
        super().__init__(driver_class=driver or driver_class(), ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.loop: asyncio.AbstractEventLoop | None = None
        self._sized: Size | None = None
        self._copied = ""
        for each in THEMES:
            self.register_theme(in_sixteen(each) if self.console.color_system == SIXTEEN else each)
        self.theme = theme or DARK.name

    def hold(self) -> int:
        """Run until it ends, and return the exit status: 0, 1 after a fault, or what the app ended with."""
        self.run()
        return CRASHED if self.return_code is None else self.return_code

    def on_load(self) -> None:
        """Keep the loop, for signals."""
        self.loop = asyncio.get_running_loop()

    def on_resize(self, event: events.Resize) -> None:
        """Paint everything anew where a window shrank and grew at once: it lost text, though its size is as before."""
        if event.size == self._sized:
            self.call_after_refresh(self.screen.refresh)
        self._sized = event.size

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
        return {**known, **focus_of(variables), **variables}

    def action_theme(self) -> None:
        """Change between dark, light and high contrast."""
        names = [each.name for each in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    @property
    def clipboard(self) -> str:
        """Return what was copied here last."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a copy in this process only: a terminal's clipboard outlives it."""
        self._copied = text

    def leave_with(self, return_code: int) -> None:
        """End from a signal handler."""
        if self.loop is None:
            raise SystemExit(return_code)
        self.loop.call_soon_threadsafe(lambda: self.exit(return_code=return_code))

    def panic(self, *_: object) -> None:
        """End after a fault, without what Textual would print of it."""
        self._fatal_error()

    # Textual's one hook for a fault: its own report prints local variables, a visitor's words among them.
    def _fatal_error(self) -> None:
        self._return_code = CRASHED  # a panic alone leaves it at 0, and `exit` needs a loop that still runs
        told, self.FAREWELL = self.FAREWELL, ""
        name = fault(self._exception) or self.words("chat.fault_unknown")
        super().panic(*([Text(self.words(told, fault=name))] if told else []))


class ConversationApp(BaseApp):
    """Opens the pack behind the first paint, and begins a session with it."""

    CANNOT_OPEN: ClassVar[int] = 2
    """The exit status where the pack cannot be opened."""

    def __init__(
        self,
        open_assistant: OpenAssistant,
        *,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
        theme: str | None = None,
        driver: type[Driver] | None = None,
        open_recorder: OpenRecorder | None = None,
        words: Catalogue | None = None,
        language: str | None = None,
    ) -> None:
        """Take what opens the pack and the assistant.

        Args:
            open_assistant: Called in a thread, once the first frame is painted.
            today: The day as of which reviews are overdue.
            clock: Seconds; a long silence forgets the context.
            theme: The name of a theme.
            driver: In place of the usual one.
            open_recorder: Returns what takes note of the replies; None keeps no journal.
            words: What dimchat says; None for the language that is spoken, and English until the pack is there.
            language: One of the pack's, to begin in; None for its own.
        """
        super().__init__(theme, driver, words or (catalogue_of(language) if language else None))
        self._spoken, self._language = words, language
        self.today = today
        self.clock = clock
        self.failure: DimchatError | None = None
        self._open_assistant = open_assistant
        self._open_recorder = open_recorder

    def begin(self, session: Session, told: str) -> None:
        """Show the session, and tell what `prepare` returned."""
        raise NotImplementedError

    def prepare(self, session: Session) -> str:  # noqa: ARG002 - for those who go on with something
        """Fill a new session in the thread that opened the pack, and return what to tell about it."""
        return ""

    def speak(self, session: Session, language: str) -> bool:
        """Let a session and the app speak another language of the pack; return whether it has that."""
        spoken = session.speak(language)
        if spoken:
            self.words = session.words
        return spoken

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
            session = Session(pack, assistant, self.clock, recorder, words=self._spoken, language=self._language)
            self.words = session.words
            told = self.prepare(session)
        except DimchatError as error:
            self.failure = error
            self.call_from_thread(self.exit, return_code=self.CANNOT_OPEN)
            return
        lines_of("")  # imports the parser
        self.call_from_thread(self.begin, session, told)


@contextmanager
def ending_on_signals(app: BaseApp) -> Iterator[None]:
    """Let signals end the app with 128+n in good order, which gives the terminal back as it was."""
    before = {number: signal.signal(number, lambda n, _: app.leave_with(128 + n)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def fault(error: BaseException | None) -> str:
    """Name a fault by its type and by the line of ours that it came through, never by its message; no fault is ""."""
    while error is not None and (error.__cause__ or getattr(error, "error", None)):
        error = error.__cause__ or getattr(error, "error", None)
    if error is None:
        return ""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(f.filename).parents]
    place = f", {Path(ours[-1].filename).relative_to(PACKAGE)}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
