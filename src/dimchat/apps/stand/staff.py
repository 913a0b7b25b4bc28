"""The staff's screens: what asks for the PIN, and what the staff can do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.base.text_widget import Flow, Line, literal, words_of
from dimchat.apps.stand.touch import Pad
from dimchat.kiosk.pin import PinError, PinStore, pin_file
from dimchat.kiosk.self_test import BAD, OK, Finding, findings, pack
from dimchat.visit.signals import DayCounts, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from dimchat.apps.stand.app import KioskApp
    from dimchat.kiosk.stand_settings import Settings


MOST = 12
DOT = "●"


class PinScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether the PIN was right."""

    CSS_PATH = "pin.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False, id="pin.cancel"),
        Binding("enter", "check", show=False, id="pin.check"),
        Binding("backspace,delete", "delete", show=False, id="pin.delete"),
    ]

    def __init__(self, settings: Settings) -> None:
        """Take where the PIN is kept."""
        super().__init__()
        self._store = PinStore(pin_file(settings.pin_file))
        self._typed = ""
        self._checking = False
        self._told = Flow(id="pin-told")
        self._dots = Flow(id="pin-dots")

    def compose(self) -> ComposeResult:
        """Put the digits as on a telephone."""
        with Vertical(id="pin"):
            yield Flow([Line(Content(words_of(self)("stand.pin.head")).stylize("bold"))])
            yield self._told
            if self._store.is_set:
                yield self._dots
                with Grid(id="pin-digits"):
                    for digit in "123456789":
                        yield Pad(digit, "digit", digit)
                    yield Pad(words_of(self)("stand.pin.delete"), "delete")
                    yield Pad("0", "digit", "0")
                    yield Pad(words_of(self)("stand.pin.ok"), "check")
            yield Pad(words_of(self)("stand.pin.cancel"), "cancel", id="pin-cancel")

    def on_mount(self) -> None:
        """Say what is wanted."""
        self._say(words_of(self)("stand.pin.ask" if self._store.is_set else "stand.pin.none"))

    def on_key(self, event: events.Key) -> None:
        """Take digits; nothing else is taken."""
        if event.character and event.character.isascii() and event.character.isdigit():
            event.stop()
            self._digit(event.character)

    def on_pad_typed(self, event: Pad.Typed) -> None:
        """Take digits that were typed while a pad was lit."""
        event.stop()
        if event.character.isascii() and event.character.isdigit():
            self._digit(event.character)

    def on_pad_pressed(self, event: Pad.Pressed) -> None:
        """Do what was touched."""
        event.stop()
        if event.act[0] == "digit":
            self._digit(event.act[1])
        else:
            getattr(self, f"action_{event.act[0]}")()

    def action_cancel(self) -> None:
        """Go back to the visit."""
        self.dismiss(result=False)

    def action_delete(self) -> None:
        """Take the last digit back."""
        self._typed = self._typed[:-1]
        self._show()

    def action_check(self) -> None:
        """Look whether it is right."""
        if self._typed and not self._checking:
            self._checking = True
            self._say(words_of(self)("stand.pin.checking"))
            self._check(self._typed)
            self._typed = ""
            self._show()

    @work(thread=True, exclusive=True)
    def _check(self, pin: str) -> None:
        try:
            right = self._store.check(pin)
            told = words_of(self)("stand.pin.wrong")
        except PinError as error:
            right, told = False, str(error)
        self.app.call_from_thread(self._checked, told, right=right)

    def _checked(self, told: str, *, right: bool) -> None:
        self._checking = False
        if right:
            self.dismiss(result=True)
        else:
            self._say(told)

    def _digit(self, digit: str) -> None:
        if len(self._typed) < MOST:
            self._typed += digit
        self._show()

    def _show(self) -> None:
        self._dots.show([Line(Content(DOT * len(self._typed)))])

    def _say(self, text: str) -> None:
        self._told.show([Line(Content(text))])


ANSWERS = {
    Signal.PACK_TAKEN: "stand.staff.pack_taken",
    Signal.PACK_SAME: "stand.staff.pack_same",
    Signal.PACK_BAD: "stand.staff.pack_bad",
}
ROWS = (
    ("stand.staff.counts", "counts"),
    ("stand.staff.reload", "reload"),
    ("stand.staff.test", "test"),
    ("stand.staff.leave", "leave"),
    ("stand.staff.back", "back"),
)


class StaffScreen(ModalScreen[None], inherit_bindings=False):
    """Leads out of the kiosk; only the PIN leads here."""

    CSS_PATH = "staff.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, id="staff.back"),
        Binding("tab", "app.focus_next", show=False, id="staff.next"),
        Binding("shift+tab", "app.focus_previous", show=False, id="staff.previous"),
    ]

    def __init__(self, settings: Settings, kiosk: KioskApp) -> None:
        """Take the settings that the self-test looks at, and the app that talks with the parent."""
        super().__init__()
        self._settings = settings
        self._kiosk = kiosk
        self._told = Flow(id="staff-told")

    def compose(self) -> ComposeResult:
        """Put the choices above what they said."""
        with Vertical(id="staff"):
            yield Flow([Line(Content(words_of(self)("stand.staff.head")).stylize("bold"))])
            for label, act in ROWS:
                yield Pad(words_of(self)(label), act)
            with VerticalScroll(id="staff-body", can_focus=False):
                yield self._told

    def on_mount(self) -> None:
        """Hear what the parent says, first of all whether something is wrong with the pack."""
        self._kiosk.counts = self.hear
        self._kiosk.tell(Signal.STAFF)

    def on_unmount(self) -> None:
        """Hear it no more."""
        self._kiosk.counts = None

    def action_go(self, across: int, along: int) -> None:
        """Go up and down with the arrows."""
        if across + along > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_pad_pressed(self, event: Pad.Pressed) -> None:
        """Do what was touched."""
        event.stop()
        getattr(self, f"action_{event.act[0]}")()

    def action_back(self) -> None:
        """Give the stand back to visitors, with nothing of what was before."""
        self._kiosk.reset()

    def action_leave(self) -> None:
        """End the kiosk."""
        self._kiosk.tell(Signal.LEAVE)
        self._kiosk.reset()

    def action_counts(self) -> None:
        """Ask the parent for the counts."""
        self._ask_parent(Signal.COUNTS, "")

    def action_reload(self) -> None:
        """Ask the parent to look at the pack."""
        self._ask_parent(Signal.RELOAD, words_of(self)("stand.staff.looking"))

    def action_test(self) -> None:
        """Look at everything that can be looked at from here."""
        self.say(words_of(self)("stand.staff.testing"))
        self._test()

    def hear(self, message: DayCounts | Signal) -> None:
        """Show what the parent said."""
        if isinstance(message, DayCounts):
            lost = " " + words_of(self)("stand.staff.lost", count=message.lost) if message.lost else ""
            self.say(words_of(self)("stand.staff.counted", **asdict(message)) + lost)
        elif message in ANSWERS:
            self.say(words_of(self)(ANSWERS[message]))
            if message is Signal.PACK_BAD:
                self._say_why()

    def say(self, text: str) -> None:
        """Show one line."""
        self._told.show([Line(Content(text))])

    def _ask_parent(self, sign: Signal, told: str) -> None:
        if self._kiosk.link is None:
            self.say(words_of(self)("stand.staff.no_parent"))
        else:
            self.say(told)
            self._kiosk.tell(sign)

    @work(thread=True, exclusive=True)
    def _say_why(self) -> None:
        found = pack(self._settings)
        self.app.call_from_thread(self._show_findings, [found], words_of(self)(ANSWERS[Signal.PACK_BAD]))

    @work(thread=True, exclusive=True)
    def _test(self) -> None:
        found = findings(self._settings)
        self.app.call_from_thread(self._show_findings, found)

    def _show_findings(self, found: Sequence[Finding], *told: str) -> None:
        above = [Line(Content(text)) for text in told]
        self._told.show([*above, *(line for finding in found for line in _lines(finding))])


def _lines(finding: Finding) -> list[Line]:
    style = {OK: "$success", BAD: "$error"}.get(finding.level, "$warning")
    lead = Content(f"{finding.level:<5}").stylize(style) + Content(f"{finding.name:<10}")
    lines = [Line(literal(finding.text), lead)]
    if finding.todo:
        lines.append(Line(literal(finding.todo).stylize("$quiet"), Content(" " * lead.cell_length)))
    return lines
