"""What the staff can do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import Flow, Line
from dimchat.apps.chat.text import literal
from dimchat.apps.stand.widgets.pad import Pad
from dimchat.kiosk.counts import Counts
from dimchat.kiosk.selfcheck import BAD, OK, Finding, findings
from dimchat.kiosk.signs import Sign
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from dimchat.apps.stand.app import KioskApp
    from dimchat.kiosk.settings import Settings

ANSWERS = {
    Sign.PACK_TAKEN: words.STAFF_PACK_TAKEN,
    Sign.PACK_SAME: words.STAFF_PACK_SAME,
    Sign.PACK_BAD: words.STAFF_PACK_BAD,
}
ROWS = (
    (words.STAFF_COUNTS, "counts"),
    (words.STAFF_RELOAD, "reload"),
    (words.STAFF_TEST, "test"),
    (words.STAFF_LEAVE, "leave"),
    (words.STAFF_BACK, "back"),
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
            yield Flow([Line(Content(words.STAFF_HEAD).stylize("bold"))])
            for label, act in ROWS:
                yield Pad(label, act)
            with VerticalScroll(id="staff-body", can_focus=False):
                yield self._told

    def on_mount(self) -> None:
        """Hear what the parent says, first of all whether something is wrong with the pack."""
        self._kiosk.counts = self.hear
        self._kiosk.tell(Sign.STAFF)

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
        self._kiosk.tell(Sign.LEAVE)
        self._kiosk.reset()

    def action_counts(self) -> None:
        """Ask the parent for the counts."""
        self._ask_parent(Sign.COUNTS, "")

    def action_reload(self) -> None:
        """Ask the parent to look at the pack."""
        self._ask_parent(Sign.RELOAD, words.STAFF_LOOKING)

    def action_test(self) -> None:
        """Look at everything that can be looked at from here."""
        self.say(words.STAFF_TESTING)
        self._test()

    def hear(self, message: Counts | Sign) -> None:
        """Show what the parent said."""
        if isinstance(message, Counts):
            lost = words.STAFF_LOST if message.lost else ""
            self.say((words.STAFF_COUNTED + lost).format(**asdict(message)))
        elif message in ANSWERS:
            self.say(ANSWERS[message])

    def say(self, text: str) -> None:
        """Show one line."""
        self._told.show([Line(Content(text))])

    def _ask_parent(self, sign: Sign, told: str) -> None:
        if self._kiosk.link is None:
            self.say(words.STAFF_NO_PARENT)
        else:
            self.say(told)
            self._kiosk.tell(sign)

    @work(thread=True, exclusive=True)
    def _test(self) -> None:
        found = findings(self._settings)
        self.app.call_from_thread(self._show_findings, found)

    def _show_findings(self, found: Sequence[Finding]) -> None:
        self._told.show([line for finding in found for line in _lines(finding)])


def _lines(finding: Finding) -> list[Line]:
    style = {OK: "$success", BAD: "$error"}.get(finding.level, "$warning")
    lead = Content(f"{finding.level:<5}").stylize(style) + Content(f"{finding.name:<10}")
    lines = [Line(literal(finding.text), lead)]
    if finding.todo:
        lines.append(Line(literal(finding.todo).stylize("$quiet"), Content(" " * lead.cell_length)))
    return lines
