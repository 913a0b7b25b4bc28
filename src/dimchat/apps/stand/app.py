"""One visitor's process: the app from the attract screen to the reset."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events

from dimchat.apps.chat.app import CRASHED, ChatApp
from dimchat.apps.stand.attract import AttractScreen, WarningScreen
from dimchat.apps.stand.driver import driver_class
from dimchat.apps.stand.gesture import Gesture
from dimchat.apps.stand.home import HomeScreen
from dimchat.apps.stand.idle import Idle
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit.signals import Signal
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from textual.binding import BindingType

    from dimchat.apps.base.session import Session
    from dimchat.apps.chat.app import OpenAssistant, OpenRecorder
    from dimchat.errors import DimchatError
    from dimchat.visit.signals import DayCounts, Link

TICK = 0.5
"""Seconds between looks at the clock."""
BEAT = 5
"""Seconds between two signs of life."""
RESET = 0
"""The exit status when a visit has ended."""
COUNTED = {"answer": Signal.ANSWERED, "clarify": Signal.CLARIFIED, "decline": Signal.DECLINED}
LIFE = (events.Key, events.Paste, events.MouseEvent)


class KioskApp(ChatApp, inherit_bindings=False):
    """Binds no key of its own: nothing leads out but the end of the visit."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "home.tcss"]  # no sheet of a default screen is read
    TITLE = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        open_assistant: OpenAssistant,
        *,
        settings: Settings,
        link: Link | None,
        today: Callable[[], date],
        clock: Callable[[], float],
        open_recorder: OpenRecorder | None = None,
    ) -> None:
        """Take what opens the assistant, what the operator chose, and the way to the parent, if there is one.

        Visitors are told of a journal as the settings have it; `open_recorder` returns what keeps it.
        """
        super().__init__(open_assistant, today=today, clock=clock, theme=settings.theme, open_recorder=open_recorder)
        self.driver_class = driver_class() or self.driver_class
        self.stand = settings
        self.link = link
        self.idle = Idle(settings.idle, settings.warning, clock)
        self.visited = False
        self.at_beat: Callable[[], object] = lambda: None
        """Called with each sign of life; no turn is under way then."""
        self.counts: Callable[[DayCounts | Signal], None] | None = None
        """Who waits for an answer of the parent."""
        self.home = HomeScreen(today, settings.layout, words.RECORDED_SHORT[settings.journal.mode])
        self.attract = AttractScreen(motion=settings.motion, notice=words.RECORDED[settings.journal.mode])
        self._gesture = Gesture(clock)
        self._ticks = 0

    def get_default_screen(self) -> HomeScreen:  # type: ignore[override] # the kiosk has no chat
        """Return the visit, which lies ready below the attract screen."""
        return self.home

    def on_mount(self) -> None:
        """Show the attract screen, and begin to look at the clock."""
        self.push_screen(self.attract, self._started)
        self.set_interval(TICK, self.tick)
        if self.link is not None and self.loop is not None:
            self.link.attend(self.loop, self._hear)

    def _begin(self, session: Session, told: str) -> None:  # noqa: ARG002 - no conversation is ever taken up again
        self.attract.know(session.pack)
        self.home.call_later(self.home.begin, session)
        self.home.call_after_refresh(self._shown)

    def _shown(self) -> None:
        self.tell(Signal.SHOWN)

    def _cannot_open(self, error: DimchatError) -> None:
        self.failure = error
        self.exit(return_code=CRASHED)

    def _started(self, _: None) -> None:
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
        if event.kind in COUNTED:
            self.tell(COUNTED[event.kind])

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

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a copy in this process only: a terminal's clipboard outlives it."""
        self._clipboard = text

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

    def _fatal_error(self) -> None:
        """End without a word: the parent shows the calm screen."""
        self._return_code = CRASHED
        self._close_messages_no_wait()


def make_kiosk(
    open_assistant: OpenAssistant,
    *,
    settings: Settings | None = None,
    link: Link | None = None,
    today: Callable[[], date] = date.today,
    clock: Callable[[], float] = time.monotonic,
    open_recorder: OpenRecorder | None = None,
) -> KioskApp:
    """Return one visitor's kiosk, ready to run: it ends with status 0 when the visit ends, 1 after a fault."""
    return KioskApp(
        open_assistant,
        settings=settings or Settings(),
        link=link,
        today=today,
        clock=clock,
        open_recorder=open_recorder,
    )
