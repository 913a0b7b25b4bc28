"""What the stand shows while nobody is there, and what asks whether somebody still is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from dimchat.apps.base.text_widget import Flow, Line, literal
from dimchat.apps.stand.touch import Pad
from dimchat.wording import about
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from dimchat.model import Pack


CHANGE = 8.0
"""Seconds that each question stands, where the screen may move."""


TOPICS = 4
"""How many are named."""


class AttractScreen(Screen[None], inherit_bindings=False):
    """Ends with the first key or click."""

    CSS_PATH = "attract.tcss"
    AUTO_FOCUS = ""  # else enter would press the pause

    def __init__(self, *, motion: bool, notice: str) -> None:
        """Stand still unless motion is wanted; the notice says what is recorded."""
        super().__init__()
        self.moving = motion
        self._motion = motion
        self._notice = notice
        self._questions: list[str] = []
        self._at = 0
        self._asks = Flow([Line(Content(" "))], id="attract-asks")
        self._about = Flow([Line(Content(" "))], id="attract-about")

    def compose(self) -> ComposeResult:
        """Put few words in the middle, and the notice below."""
        with Vertical(id="attract"):
            yield self._asks
            yield self._about
            with Vertical(id="attract-box"):
                yield Flow([Line(Content(words.ATTRACT_TOUCH).stylize("bold"))], id="attract-touch")
        with Horizontal(id="attract-foot"):
            if self._motion:
                yield Pad(self._pause_label(), "pause", id="attract-pause")
            yield Flow([Line(Content(self._notice).stylize("$quiet"))], id="attract-notice")

    def on_mount(self) -> None:
        """Begin to move, if that is wanted."""
        if self._motion:
            self.set_interval(CHANGE, self.change)

    def know(self, pack: Pack) -> None:
        """Say what the pack is about, and take the questions that a moving screen shows."""
        asks, below = inviting(pack)
        self._asks.show([Line(asks.stylize("bold"))])
        self._about.show([Line(below)])
        self._questions = [intent.title for intent in pack.browsable]

    def change(self) -> None:
        """Show another question, unless it was paused."""
        if self.moving and self._questions:
            self._about.show([Line(literal(self._questions[self._at % len(self._questions)]))])
            self._at += 1

    def on_pad_pressed(self, event: Pad.Pressed) -> None:
        """Pause, or go on."""
        event.stop()
        self._pause()

    def on_key(self, event: events.Key) -> None:
        """Begin; only the key of the pause pauses."""
        event.stop()
        if self._motion and event.key == words.ATTRACT_PAUSE_KEY:
            self._pause()
        else:
            self.dismiss()

    def on_paste(self) -> None:
        """Begin."""
        self.dismiss()

    def on_click(self) -> None:
        """Begin."""
        self.dismiss()

    def _pause(self) -> None:
        self.moving = not self.moving
        self.query_one("#attract-pause", Pad).name_anew(self._pause_label())

    def _pause_label(self) -> str:
        return f"{words.ATTRACT_PAUSE_KEY}  {words.ATTRACT_PAUSE if self.moving else words.ATTRACT_RESUME}"


def inviting(pack: Pack) -> tuple[Content, Content]:
    """Return the two lines that invite: in the words of the pack, else made of its titles."""
    topics = ", ".join(category.title for category in pack.categories[:TOPICS])
    given = (about(words.ATTRACT_ASKS, pack.title), words.ATTRACT_ABOUT.format(topics=topics))
    asks, below = (*pack.words.attract, *given[len(pack.words.attract) :])[:2]
    return literal(asks), literal(below)


class WarningScreen(ModalScreen[None], inherit_bindings=False):
    """Shows how long is left; the app takes it away at any sign of life."""

    CSS_PATH = "warning.tcss"

    def __init__(self, left: float) -> None:
        """Take the seconds that are left."""
        super().__init__()
        self._left = Flow([_left(left)], id="warning-left")

    def compose(self) -> ComposeResult:
        """Put the three lines into a frame."""
        with Vertical(id="warning"):
            yield Flow([Line(Content(words.WARNING_HEAD).stylize("bold $warning"))])
            yield Flow([Line(Content(words.WARNING_ACT))])
            yield self._left

    def count(self, left: float) -> None:
        """Show how many seconds are left."""
        self._left.show([_left(left)])


def _left(left: float) -> Line:
    seconds = max(math.ceil(left), 1)
    text = words.WARNING_LEFT_ONE if seconds == 1 else words.WARNING_LEFT.format(seconds=seconds)
    return Line(Content(text))
