"""The screen that attracts visitors, and the one that asks whether the visitor is still there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from dimchat.apps.base.text_widget import Flow, Line, literal, words_of
from dimchat.apps.stand.touch import Pad
from dimchat.render.languages import name_of

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from dimchat.journal import Mode
    from dimchat.model import Pack
    from dimchat.wording import Catalogue


CHANGE = 8.0
"""Seconds that each question stands, where the screen may move."""


SENTENCE_ENDS = (".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")
TOPICS = 4
"""How many are named."""


class AttractScreen(Screen[str | None], inherit_bindings=False):
    """Ends with the first key or click: with the language of the one that was touched, if one was."""

    CSS_PATH = "attract.tcss"
    AUTO_FOCUS = ""  # else enter would press the pause

    def __init__(self, *, motion: bool, mode: Mode) -> None:
        """Stand still unless motion is wanted; the mode is that of the journal."""
        super().__init__()
        self.moving = motion
        self._motion = motion
        self._mode = mode
        self._questions: list[str] = []
        self._at = 0
        self._pack: Pack | None = None
        self._asks = Flow([Line(Content(" "))], id="attract-asks")
        self._about = Flow([Line(Content(" "))], id="attract-about")
        self._languages = Horizontal(id="attract-languages")

    def compose(self) -> ComposeResult:
        """Put few words in the middle, and the notice below."""
        with Vertical(id="attract"):
            yield self._asks
            yield self._about
            yield self._languages
            with Vertical(id="attract-box"):
                yield Flow(id="attract-touch")
        with Horizontal(id="attract-foot"):
            if self._motion:
                yield Pad("", "pause", id="attract-pause")
            yield Flow(id="attract-notice")

    def on_mount(self) -> None:
        """Say what it says, and begin to move, if that is wanted."""
        self._say()
        if self._motion:
            self.set_interval(CHANGE, self.change)

    def know(self, pack: Pack) -> None:
        """Say what the pack is about, and take the questions that a moving screen shows."""
        self._pack = pack
        self._questions = [intent.title for intent in pack.browsable]
        self._say()
        if pack.also_in and not self._languages.children:
            keys = enumerate(pack.languages, 1)
            self._languages.display = True
            self._languages.mount_all(Pad(f"{key}  {name_of(code)}", "language", code) for key, code in keys)

    def _say(self) -> None:
        """Say everything in the language of the app."""
        words = words_of(self)
        if self._pack is not None:
            asks, below = inviting(self._pack, words)
            self._asks.show([Line(asks.stylize("bold"))])
            self._about.show([Line(below)])
        self.query_one("#attract-touch", Flow).show([Line(Content(words("stand.attract.touch")).stylize("bold"))])
        notice = Content(words(f"stand.recorded.{self._mode}")).stylize("$quiet")
        self.query_one("#attract-notice", Flow).show([Line(notice)])
        if self._motion:
            self._name_pause()

    def change(self) -> None:
        """Show another question, unless it was paused."""
        if self.moving and self._questions:
            self._about.show([Line(literal(self._questions[self._at % len(self._questions)]))])
            self._at += 1

    def on_pad_pressed(self, event: Pad.Pressed) -> None:
        """Begin in a language, or pause, or go on."""
        event.stop()
        if event.act[0] == "language":
            self.dismiss(event.act[1])
        else:
            self._pause()

    def on_key(self, event: events.Key) -> None:
        """Begin, in a language by its number; only the key of the pause pauses."""
        event.stop()
        languages = dict(enumerate(self._pack.languages, 1)) if self._pack is not None and self._pack.also_in else {}
        if event.key.isdecimal() and int(event.key) in languages:
            self.dismiss(languages[int(event.key)])
        elif self._motion and event.key == words_of(self)("stand.attract.pause_key"):
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
        self._name_pause()

    def _name_pause(self) -> None:
        words = words_of(self)
        does = words("stand.attract.pause" if self.moving else "stand.attract.resume")
        self.query_one("#attract-pause", Pad).name_anew(f"{words('stand.attract.pause_key')}  {does}")


def inviting(pack: Pack, words: Catalogue) -> tuple[Content, Content]:
    """Return the two lines that invite: in the words of the pack, else made of its titles."""
    topics = ", ".join(category.title for category in pack.categories[:TOPICS])
    given = (words(_asks_of(pack.title), title=pack.title), words("stand.attract.about", topics=topics))
    asks, below = (*pack.words.attract, *given[len(pack.words.attract) :])[:2]
    return literal(asks), literal(below)


def _asks_of(title: str) -> str:
    """Return the message that asks with a title: one that ends as a sentence does takes no colon."""
    return "stand.attract.asks_sentence" if title.endswith(SENTENCE_ENDS) else "stand.attract.asks"


class WarningScreen(ModalScreen[None], inherit_bindings=False):
    """Shows how long is left; the app takes it away at any sign of life."""

    CSS_PATH = "warning.tcss"

    def __init__(self, left: float) -> None:
        """Take the seconds that are left."""
        super().__init__()
        self._left = Flow([_left(left, words_of(self))], id="warning-left")

    def compose(self) -> ComposeResult:
        """Put the three lines into a frame."""
        with Vertical(id="warning"):
            yield Flow([Line(Content(words_of(self)("stand.warning.head")).stylize("bold $warning"))])
            yield Flow([Line(Content(words_of(self)("stand.warning.act")))])
            yield self._left

    def count(self, left: float) -> None:
        """Show how many seconds are left."""
        self._left.show([_left(left, words_of(self))])


def _left(left: float, words: Catalogue) -> Line:
    return Line(Content(words("stand.warning.left", count=max(math.ceil(left), 1))))
