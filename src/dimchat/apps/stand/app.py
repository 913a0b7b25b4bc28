"""One visitor's process at the stand: the app from the attract screen to the reset, and how it is started."""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events

from dimchat.apps.base.app import CRASHED, ConversationApp, driver_class
from dimchat.apps.base.reply_lines import lines_of
from dimchat.apps.stand.attract import AttractScreen, WarningScreen
from dimchat.apps.stand.home import HomeScreen
from dimchat.journal import Opener, load_early
from dimchat.kiosk.check_pack import unpack
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit import limits
from dimchat.visit.idle import Idle
from dimchat.visit.signals import OF_KIND, Link, Signal
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from dimchat.apps.base.app import OpenAssistant, OpenRecorder
    from dimchat.apps.base.session import Asks, Session
    from dimchat.model import Pack
    from dimchat.visit.signals import DayCounts
    from dimchat.wording import Catalogue

TICK = 0.5
"""Seconds between looks at the clock."""
BEAT = 5.0
"""Seconds between two signs of life."""
RESET = 0
"""The exit status when a visit has ended."""
LIFE = (events.Key, events.Paste, events.MouseEvent)
ENDING = ("SIGTERM", "SIGHUP")
FACE = "kiosk"
CLOSING = 0.5
"""Seconds in which the journal is written once a visit is over; the next visitor does not wait longer."""
TIMES, WITHIN = 5, 5.0
"""How often, and in how many seconds, the gesture that calls the staff's screen has to be made."""
STAFF_KEY = "f9"
CORNER = (8, 2)
"""Columns and rows of the corner at the top left."""


class Gesture:
    """Five touches of the corner at the top left, or F9 five times, with nothing else between: never made by chance."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take what counts the seconds."""
        self._clock = clock
        self._times: deque[float] = deque(maxlen=TIMES)

    def made(self, event: events.Key | events.MouseDown) -> bool:
        """Take one more key or touch, and tell whether that makes the gesture."""
        right = event.key == STAFF_KEY if isinstance(event, events.Key) else event.x < CORNER[0] and event.y < CORNER[1]
        if not right:
            self._times.clear()
            return False
        now = self._clock()
        self._times.append(now)
        if len(self._times) < TIMES or now - self._times[0] > WITHIN:
            return False
        self._times.clear()
        return True


class KioskApp(ConversationApp):
    """Binds no key of its own: nothing leads out but the end of the visit, with status 0, or 1 after a fault."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "home.tcss"]  # no sheet of a default screen is read
    TITLE = ""
    CANNOT_OPEN = CRASHED
    FAREWELL = ""  # the parent shows the calm screen

    def __init__(
        self,
        open_assistant: OpenAssistant,
        *,
        settings: Settings | None = None,
        link: Link | None = None,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
        open_recorder: OpenRecorder | None = None,
        words: Catalogue | None = None,
    ) -> None:
        """Take what opens the assistant, what the operator chose, and the way to the parent, if there is one.

        Visitors are told of a journal as the settings have it; `open_recorder` returns what keeps it. The words are
        those of the pack's language, unless others are given.
        """
        self.stand = stand = settings or Settings()
        driver = driver_class(locked=True)
        super().__init__(
            open_assistant,
            today=today,
            clock=clock,
            theme=stand.theme,
            driver=driver,
            open_recorder=open_recorder,
            words=words,
        )
        self.animation_level = "none"
        self.link = link
        self.idle = Idle(stand.idle, stand.warning, clock)
        self.visited = False
        self.at_beat: Callable[[], object] = lambda: None
        """Called with each sign of life; no turn is under way then."""
        self.counts: Callable[[DayCounts | Signal], None] | None = None
        """Who waits for an answer of the parent."""
        self.home = HomeScreen(today, stand.layout, stand.journal.mode)
        self.attract = AttractScreen(motion=stand.motion, mode=stand.journal.mode)
        self._gesture = Gesture(clock)
        self._ticks = 0

    def get_default_screen(self) -> HomeScreen:
        """Return the visit, which lies ready below the attract screen."""
        return self.home

    def on_mount(self) -> None:
        """Show the attract screen, and begin to look at the clock."""
        self.push_screen(self.attract, self._started)
        self.set_interval(TICK, self.tick)
        if self.link is not None and self.loop is not None:
            self.link.attend(self.loop, self._hear)

    def begin(self, session: Session, told: str) -> None:  # noqa: ARG002 - no conversation is ever taken up again
        """Show what the pack is about, and have the visit ready below."""
        self.attract.know(session.pack)
        self.home.call_later(self.home.begin, session)
        self.home.call_after_refresh(self.tell, Signal.SHOWN)

    def _started(self, language: str | None) -> None:
        session = self.home.session
        if language is not None and session is not None and self.speak(session, language):
            self.home.call_later(self.home.begin, session)
        self.visited = True
        self.idle.touch()
        self.tell(Signal.VISITOR)

    def tell(self, sign: Signal) -> None:
        """Send a sign to the parent, if there is one."""
        if self.link is not None:
            self.link.send(sign)

    def reset(self) -> None:
        """End this process, and everything with it."""
        self.exit(return_code=RESET)

    def on_home_screen_start_over(self) -> None:
        """End the visit."""
        self.reset()

    def on_home_screen_showed(self, event: HomeScreen.Showed) -> None:
        """Give time to read."""
        self.idle.reading(event.count)

    def on_home_screen_asked(self, event: HomeScreen.Asked) -> None:
        """Let the parent count."""
        if event.kind in OF_KIND:
            self.tell(OF_KIND[event.kind])

    def tick(self) -> None:
        """Look at the clock, whatever screen is shown."""
        self._ticks += 1
        if self._ticks % round(BEAT / TICK) == 0:
            self.tell(Signal.BEAT)
            self.at_beat()
        if not self.visited or not self.screen_stack:
            return
        state = self.idle.state()
        warning = self.screen if isinstance(self.screen, WarningScreen) else None
        if state.phase == "over":
            self.reset()
        elif state.phase == "warned":
            if warning is None:
                self.push_screen(WarningScreen(state.left))
            else:
                warning.count(state.left)
        elif warning is not None:
            self.pop_screen()

    async def on_event(self, event: events.Event) -> None:
        """Notice every sign of life before any screen does; under the warning it does nothing else."""
        if isinstance(event, LIFE) and not event.is_forwarded and self.visited:
            self.idle.touch()
            if isinstance(self.screen, WarningScreen):
                self.pop_screen()
                return
        if isinstance(event, (events.Key, events.MouseDown)) and not event.is_forwarded and self._gesture.made(event):
            self.open_staff()
            return
        await super().on_event(event)

    def open_staff(self) -> None:
        """Ask for the PIN."""
        from dimchat.apps.stand.staff import PinScreen  # noqa: PLC0415 - hardly ever needed

        if not isinstance(self.screen, PinScreen):
            self.push_screen(PinScreen(self.stand), self._staff_known)

    def _staff_known(self, known: bool | None) -> None:  # noqa: FBT001 - the screen's result
        from dimchat.apps.stand.staff import StaffScreen  # noqa: PLC0415 - hardly ever needed

        if known:
            self.push_screen(StaffScreen(self.stand, self))

    def _hear(self, message: Signal | DayCounts | None) -> None:
        if message is None or message is Signal.END or (message is Signal.RENEW and not self.visited):
            self.reset()
        elif self.counts is not None and not (isinstance(message, Signal) and message is Signal.RENEW):
            self.counts(message)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""

    def deliver_text(self, *_: object, **__: object) -> str | None:
        """Write no file."""
        return None

    def deliver_binary(self, *_: object, **__: object) -> str | None:
        """Write no file."""
        return None

    def deliver_screenshot(self, *_: object, **__: object) -> str | None:
        """Write no file."""
        return None

    def action_suspend_process(self) -> None:
        """Stay."""


class MakesApp(Protocol):
    """What makes the app of a visit."""

    def __call__(
        self,
        open_assistant: OpenAssistant,
        *,
        settings: Settings,
        link: Link,
        open_recorder: OpenRecorder,
        words: Catalogue,
    ) -> KioskApp:
        """Return it."""
        ...


def run_visitor(arguments: Sequence[str], make: MakesApp = KioskApp) -> int:
    """Load the pack, wait for the terminal, hold one visit, and return the exit status.

    Args:
        arguments: The settings, the descriptor of the pack, its digest, its folder, the descriptor of the link.
        make: What makes the app.
    """
    settings, fd, digest, root, link_fd = arguments
    link = Link.from_descriptor(int(link_fd))
    _harden()
    pack, assistant = unpack(int(fd), digest, root)
    lines_of("")  # imports the parser
    stand = Settings.from_json(settings)
    load_early(stand.journal)
    limits.limit_visit()
    link.send(Signal.READY)
    lost = 0
    while (sign := link.wait()) is Signal.LOST:
        lost += 1
    if sign is not Signal.GO:
        return RESET
    opener = Opener(stand.journal, FACE, lost)
    try:
        app = make(
            lambda: (pack, limits.Limited(assistant)),
            settings=stand,
            link=link,
            open_recorder=opener,
            words=catalogue_of(pack.language),
        )
        app.at_beat = limits.limit_processor
        return _run(app)
    finally:
        link.send(Signal.LOST, opener.close(CLOSING).untold)


def run_once(open_assistant: OpenAssistant, settings: Settings, open_recorder: OpenRecorder | None = None) -> int:
    """Hold one visit without a parent, and return the exit status: 0 when it ended, 1 after a fault.

    Args:
        open_assistant: Returns the pack and the assistant.
        settings: How the stand behaves.
        open_recorder: Returns what takes note of the replies; closing it is the caller's.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    limited = sys.platform != "win32"
    if limited:
        _harden()

    def open_limited() -> tuple[Pack, Asks]:
        pack, assistant = open_assistant()
        limits.limit_visit()
        return pack, limits.Limited(assistant)

    app = KioskApp(open_limited if limited else open_assistant, settings=settings, open_recorder=open_recorder)
    if limited:
        app.at_beat = limits.limit_processor
    status = _run(app)
    if app.failure is not None:
        raise app.failure
    return status


def _harden() -> None:
    limits.forbid_core_dumps()
    limits.forbid_reading()
    limits.deaden_signals()


def _run(app: KioskApp) -> int:
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: app.leave_with(RESET))
    return app.hold()
