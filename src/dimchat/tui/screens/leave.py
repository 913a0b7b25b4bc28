"""Asks before the conversation is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat import wording
from dimchat.tui.flow import BLANK, Flow, Line
from dimchat.tui.replies import link

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LeaveScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether to leave."""

    CSS_PATH = "leave.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,ctrl+c", "leave", wording.KEY_LEAVE, id="leave.leave", tooltip=wording.TIP_LEAVE),
        Binding("escape,n", "stay", wording.KEY_STAY, id="leave.stay", tooltip=wording.TIP_STAY),
    ]

    def compose(self) -> ComposeResult:
        """Ask, and name both keys."""
        leave = Content(wording.LEAVE_KEY + " ").stylize("$quiet") + link(wording.KEY_LEAVE, "screen.leave")
        stay = Content(wording.STAY_KEY + " ").stylize("$quiet") + link(wording.KEY_STAY, "screen.stay")
        with Vertical(id="leave"):
            yield Flow(
                [
                    Line(Content(wording.LEAVE_QUESTION).stylize("bold")),
                    Line(Content(wording.LEAVE_NOTE).stylize("$quiet")),
                    BLANK,
                    Line(leave + Content("     ") + stay),
                ]
            )

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(result=True)

    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(result=False)
