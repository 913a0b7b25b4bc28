"""Where somebody types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from dimchat.apps.base.text_widget import visible
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events


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


LONGEST_PASTE = 10_000
OWN_KEYS = frozenset({"copy", "cursor_up", "cursor_down", "cursor_page_up", "cursor_page_down"})
"""Actions that the prompt or the screen bind themselves."""
OTHER_KEYS = {
    "select_all": "alt+a",  # the chat needs Textual's F7 itself
    "cursor_word_left": "ctrl+left,alt+left",
    "cursor_word_right": "ctrl+right,alt+right",
}
"""Keys in place of Textual's; those with alt are what people are used to on a Mac."""


def _edit_id(action: str) -> str:
    """Return a name for an editing action that needs no quotes in a settings file."""
    bare = action.removesuffix("(True)")
    return f"edit.{bare}" if bare == action else f"edit.{bare.replace('cursor', 'select')}"


def editing_keys() -> list[BindingType]:
    """Return Textual's editing keys, each with an id so that it can be remapped."""
    return [
        replace(
            binding,
            key=OTHER_KEYS.get(binding.action, binding.key),
            id=_edit_id(binding.action),
            tooltip=binding.description,
            show=False,
        )
        for binding in TextArea.BINDINGS
        if isinstance(binding, Binding) and binding.action not in OWN_KEYS
    ]


class Prompt(TextArea, inherit_bindings=False):
    """A few lines to type in; up and down bring back what was asked before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", words.KEY_ASK, id="prompt.ask", tooltip=words.TIP_ASK),
        Binding(
            "ctrl+j,alt+enter,shift+enter", "new_line", show=False, id="prompt.new_line", tooltip=words.TIP_NEW_LINE
        ),
        Binding("up", "earlier", show=False, id="prompt.earlier", tooltip=words.TIP_EARLIER),
        Binding("down", "later", show=False, id="prompt.later", tooltip=words.TIP_LATER),
        Binding("ctrl+r", "search", show=False, id="prompt.search", tooltip=words.TIP_SEARCH),
        Binding("escape", "end_search", show=False, id="prompt.end_search", tooltip=words.TIP_END_SEARCH),
        *editing_keys(),
    ]

    @dataclass
    class Submitted(Message):
        """The message is ready to be asked."""

        text: str

    @dataclass
    class TooLong(Message):
        """A paste was cut."""

        limit: int

    @dataclass
    class Searched(Message):
        """The search in what was asked has these results; None when it is over."""

        found: list[str] | None
        at: int = 0

    def __init__(self) -> None:
        """Start empty, with a cursor that stands still."""
        super().__init__(highlight_cursor_line=False, placeholder=words.CHAT_PLACEHOLDER)
        self.cursor_blink = False
        self.rest: Callable[[str], str] | None = None
        """How what is typed may go on."""
        self._history = History()
        self._found: list[str] | None = None
        self._at = 0
        self._draft = ""

    @property
    def value(self) -> str:
        """Return what is typed."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.text = text
        self.move_cursor(self.document.end)

    @property
    def searching(self) -> bool:
        """Tell whether what is typed is looked for in what was asked."""
        return self._found is not None

    def take(self) -> str:
        """Return what was typed, remember it, and begin a new line."""
        text = self.value
        self._history.add(text)
        self.value = ""
        return text

    def action_submit(self) -> None:
        """Ask what is typed; while searching, take what was found instead."""
        if self._found is None:
            self.post_message(self.Submitted(self.take()))
        else:
            self._leave_search(self._found[self._at] if self._found else self._draft)

    def action_new_line(self) -> None:
        """Begin another line."""
        self.replace("\n", *self.selection)

    def action_earlier(self) -> None:
        """Go up a line, from the first one to the message before."""
        if self._found is not None:
            self._light(self._at + 1)
        elif self.cursor_at_first_line:
            self._recall(-1)
        else:
            self.action_cursor_up()

    def action_later(self) -> None:
        """Go down a line, from the last one forward again, at last to what was being typed."""
        if self._found is not None:
            self._light(self._at - 1)
        elif self.cursor_at_last_line:
            self._recall(1)
        else:
            self.action_cursor_down()

    def action_delete_to_start_of_line(self) -> None:
        """Delete back to the start of the line as it was typed, however many rows it takes on the screen."""
        row, column = self.cursor_location
        self.delete((row, 0), (row, column))

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        """Delete on to the end of the line as it was typed; at its end, the whole line."""
        row, column = self.cursor_location
        end = len(self.document[row])
        if column == end:
            self.action_delete_line()
        else:
            self.delete((row, column), (row, end))

    def action_search(self) -> None:
        """Search in what was asked: what is typed filters it; again, go to the one before."""
        if self._found is not None:
            self._light(self._at + 1)
            return
        self._draft = self.value
        self._search()

    def action_end_search(self) -> None:
        """Give back what was typed before the search."""
        if self._found is not None:
            self._leave_search(self._draft)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Leave escape to others while nothing is searched for."""
        return action != "end_search" or self.searching

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

    def _recall(self, step: int) -> None:
        text = self._history.move(step, self.value)
        if text is not None:
            self.value = text

    def on_text_area_changed(self) -> None:
        """Filter anew while searching."""
        if self._found is not None:
            self._search()

    async def _on_key(self, event: events.Key) -> None:
        """Do at once what a key is bound to: Textual would do it only after what was typed right behind it."""
        if event.is_printable:
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.enabled:
            event.stop()
            event.prevent_default()
            await self.app.run_action(bound.binding.action, bound.node)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste as one line, without what a terminal would obey."""
        event.prevent_default()
        event.stop()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Take what was copied in the chat as one line."""
        self._insert(self.app.clipboard)

    def _insert(self, pasted: str) -> None:
        text = visible(" ".join(pasted[: 2 * LONGEST_PASTE].splitlines()))
        if len(text) > LONGEST_PASTE:
            text = text[:LONGEST_PASTE]
            self.post_message(self.TooLong(LONGEST_PASTE))
        self.replace(text, *self.selection)
        self.move_cursor(self.selection.end)
