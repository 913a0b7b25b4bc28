"""The chat's input line: history, a search in it, and completions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from dimchat.apps.base.prompt import Prompt, editing_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.apps.chat.frame import Near


class History:
    """The messages of one conversation, and where between them the visitor stands."""

    def __init__(self) -> None:
        """Begin empty."""
        self._past: list[str] = []
        self._at = 0
        self._draft = ""

    def add(self, text: str) -> None:
        """Remember a message, and stand behind it; the same one twice in a row counts once."""
        if text.strip() and (not self._past or self._past[-1] != text):
            self._past.append(text)
        self._at = len(self._past)
        self._draft = ""

    def move(self, step: int, now: str) -> str | None:
        """Return the message a step away, at the end the draft again; None where there is none."""
        index = self._at + step
        if not 0 <= index <= len(self._past):
            return None
        if self._at == len(self._past):
            self._draft = now
        self._at = index
        return self._past[index] if index < len(self._past) else self._draft

    def find(self, words: str) -> list[str]:
        """Return the messages that hold all the words, the latest first, each once."""
        wanted = words.casefold().split()
        return [text for text in dict.fromkeys(reversed(self._past)) if all(word in text.casefold() for word in wanted)]


class ChatPrompt(Prompt, inherit_bindings=False):
    """Up and down bring back what was asked before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "chat.key.ask", id="prompt.ask", tooltip="chat.tip.ask"),
        Binding(
            "ctrl+j,alt+enter,shift+enter", "new_line", show=False, id="prompt.new_line", tooltip="chat.tip.new_line"
        ),
        Binding("up", "earlier", show=False, id="prompt.earlier", tooltip="chat.tip.earlier"),
        Binding("down", "later", show=False, id="prompt.later", tooltip="chat.tip.later"),
        Binding("ctrl+r", "search", show=False, id="prompt.search", tooltip="chat.tip.search"),
        Binding("escape", "end_search", show=False, id="prompt.end_search", tooltip="chat.tip.end_search"),
        *editing_keys(),
    ]

    @dataclass
    class Searched(Message):
        """The search in what was asked has these results; None when it is over."""

        found: list[str] | None
        at: int = 0

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rest: Callable[[str], str] | None = None
        """How what is typed may go on."""
        self.near: Near | None = None
        """Questions below it."""
        self._lit_for = ""
        self._history = History()
        self._found: list[str] | None = None
        self._at = 0
        self._draft = ""

    @property
    def searching(self) -> bool:
        """Return whether what is typed is looked for in what was asked."""
        return self._found is not None

    @property
    def _lit(self) -> bool:
        """Return whether a question below is lit, and nothing was typed since."""
        return self.near is not None and self.near.lit and self._lit_for == self.value

    def take(self) -> str:
        """Return what was typed, remember it, and begin a new line."""
        text = super().take()
        self._history.add(text)
        return text

    def action_submit(self) -> None:
        """Ask what is typed; a question that is lit, or what was found while searching, is taken instead."""
        if self.near is not None and self._lit:
            self.near.take_lit()
        elif self._found is None:
            super().action_submit()
        else:
            self._leave_search(self._found[self._at] if self._found else self._draft)

    def action_new_line(self) -> None:
        """Begin another line."""
        self.replace("\n", *self.selection)

    def action_earlier(self) -> None:
        """Go up a line, from the first one to the message before; from the questions below, back up through them."""
        if self._found is not None:
            self._light(self._at + 1)
        elif self.near is not None and self._lit:
            self.near.light(-1)
        elif self.cursor_at_first_line:
            self._recall(-1)
        else:
            self.action_cursor_up()

    def action_later(self) -> None:
        """Go down a line, from the last one forward again, to what was being typed, at last to the questions below."""
        if self._found is not None:
            self._light(self._at - 1)
        elif self.cursor_at_last_line:
            if not self._recall(1) and self.near is not None:
                self.near.light(1)
                self._lit_for = self.value
        else:
            self.action_cursor_down()

    def action_search(self) -> None:
        """Search in what was asked: what is typed filters it; again, go to the one before."""
        if self._found is not None:
            self._light(self._at + 1)
            return
        self._draft = self.value
        self._search()

    def action_end_search(self) -> None:
        """Give back what was typed before the search; light no question."""
        if self.near is not None and self.near.lit:
            self.near.dim()
        elif self._found is not None:
            self._leave_search(self._draft)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Leave escape to others while nothing is searched for or lit."""
        return action != "end_search" or self.searching or self._lit

    def drop(self) -> bool:
        """Clear what is typed, which undo brings back, and end a search; return whether there was either."""
        if self.searching:
            self.action_end_search()
        elif self.text:
            self.clear()
        else:
            return False
        return True

    def take_suggestion(self) -> bool:
        """Take what stands behind the cursor, if something does."""
        if not self.suggestion:
            return False
        self.insert(self.suggestion)
        return True

    def update_suggestion(self) -> None:
        """Offer the rest behind the cursor, only where nothing follows it."""
        at_end = self.cursor_location == self.document.end and self.selection.is_empty
        offers = self.rest is not None and at_end and not self.searching
        self.suggestion = self.rest(self.text) if self.rest is not None and offers else ""

    def watch_selection(self) -> None:
        """Offer nothing inside the words."""
        if self.is_mounted:
            self.update_suggestion()

    def _search(self) -> None:
        self._found, self._at = self._history.find(self.value), 0
        self.suggestion = ""
        self.post_message(self.Searched(self._found))

    def _light(self, index: int) -> None:
        if self._found and 0 <= index < len(self._found):
            self._at = index
            self.post_message(self.Searched(self._found, index))

    def _leave_search(self, text: str) -> None:
        self._found = None
        self.value = text
        self.post_message(self.Searched(None))

    def _recall(self, step: int) -> bool:
        text = self._history.move(step, self.value)
        if text is not None:
            self.value = text
        return text is not None

    def on_text_area_changed(self) -> None:
        """Filter anew while searching; what is typed lets a lit question go."""
        if self.near is not None and self.near.lit and not self._lit:
            self.near.dim()
        if self._found is not None:
            self._search()
