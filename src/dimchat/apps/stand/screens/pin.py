"""Asks the staff for the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import Flow, Line
from dimchat.apps.stand.widgets.pad import Pad
from dimchat.kiosk.pin import PinError, PinStore, pin_file
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from dimchat.kiosk.settings import Settings

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
            yield Flow([Line(Content(words.PIN_HEAD).stylize("bold"))])
            yield self._told
            if self._store.is_set:
                yield self._dots
                with Grid(id="pin-digits"):
                    for digit in "123456789":
                        yield Pad(digit, "digit", digit)
                    yield Pad(words.PIN_DELETE, "delete")
                    yield Pad("0", "digit", "0")
                    yield Pad(words.PIN_OK, "check")
            yield Pad(words.PIN_CANCEL, "cancel", id="pin-cancel")

    def on_mount(self) -> None:
        """Say what is wanted."""
        self._say(words.PIN_ASK if self._store.is_set else words.PIN_NONE)

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
            self._say(words.PIN_CHECKING)
            self._check(self._typed)
            self._typed = ""
            self._show()

    @work(thread=True, exclusive=True)
    def _check(self, pin: str) -> None:
        try:
            right = self._store.check(pin)
            told = words.PIN_WRONG
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
