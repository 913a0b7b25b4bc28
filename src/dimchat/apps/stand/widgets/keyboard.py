"""A keyboard to touch, drawn as one widget: fifty small ones would be slow to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

DELETE, CLEAR, ASK = "\b", "\x15", "\r"
"""What the keys that write nothing stand for."""
LOWEST = 2


class Cap(NamedTuple):
    """One key."""

    label: str
    means: str
    share: int = 1
    """Its width, in widths of a letter."""


ROWS: tuple[tuple[Cap, ...], ...] = (
    *(tuple(Cap(letter, letter) for letter in row) for row in words.KEY_ROWS),
    (
        Cap(words.KEY_CLEAR, CLEAR, 2),
        Cap(words.KEY_SPACE, " ", 4),
        Cap(words.KEY_DELETE, DELETE, 2),
        Cap(words.KEY_ASK, ASK, 2),
    ),
)
COLUMNS = 10


class Keyboard(Widget, inherit_bindings=False):
    """Posts what was touched; as tall as its keys allow."""

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False
    key_rows = reactive(LOWEST, layout=True)
    """How many rows of the terminal each row of keys takes."""
    _lit: reactive[tuple[int, int] | None] = reactive(None)

    @dataclass
    class Touched(Message):
        """A key was touched."""

        means: str

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """Return the number of rows."""
        return self.key_rows * len(ROWS)

    def places(self, width: int) -> list[list[tuple[int, int, Cap]]]:
        """Return, for each row, where its keys begin, how wide they are, and which they are."""
        rows: list[list[tuple[int, int, Cap]]] = []
        for row in ROWS:
            share, placed = 0, []
            for cap in row:
                start = share * width // COLUMNS
                share += cap.share
                placed.append((start, share * width // COLUMNS - start, cap))
            rows.append(placed)
        return rows

    def key_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return the row and the place in it of the key at a cell."""
        row = y // self.key_rows
        if not 0 <= row < len(ROWS):
            return None
        for place, (start, width, _) in enumerate(self.places(self.content_size.width)[row]):
            if start <= x < start + width:
                return row, place
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Light a key while it is held."""
        place = event.get_content_offset(self)
        self._lit = self.key_at(place.x, place.y) if place is not None else None

    def on_mouse_up(self) -> None:
        """Let it go dark."""
        self._lit = None

    def on_leave(self) -> None:
        """Let it go dark."""
        self._lit = None

    def on_click(self, event: events.Click) -> None:
        """Say which key it was."""
        event.stop()
        place = event.get_content_offset(self)
        found = self.key_at(place.x, place.y) if place is not None else None
        if found is not None:
            self.post_message(self.Touched(ROWS[found[0]][found[1]].means))

    def render(self) -> Content:
        """Draw the keys: each a lit block, half a row between two."""
        lines: list[Content] = []
        for row, placed in enumerate(self.places(self.content_size.width)):
            lines += [
                Content("").join(self._cell(row, n, line, *each) for n, each in enumerate(placed))
                for line in range(self.key_rows)
            ]
        return Content("\n").join(lines)

    def _cell(self, row: int, place: int, line: int, _start: int, width: int, cap: Cap) -> Content:
        ground = "$accent" if self._lit == (row, place) else "$lit"
        if line == self.key_rows - 1:
            return Content("▄" * (width - 1)).stylize(f"$background on {ground}") + Content(" ")
        label = cap.label if line == (self.key_rows - 1) // 2 else ""
        return Content(f"{label:^{width - 1}}").stylize(f"bold $foreground on {ground}") + Content(" ")
