"""Widgets for touch: pads, the on-screen keyboard, and the line that it types into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dimchat.apps.base.prompt import Prompt, editing_keys
from dimchat.apps.base.text_widget import Line, Row, lay, literal, visible, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.geometry import Size

    from dimchat.apps.base.offered import Choice
    from dimchat.wording import Catalogue


ASIDE = 3
"""How much farther a row counts than a column: cells are twice as tall as wide, and rows are what people see."""


def nearest(start: Widget, others: Iterable[Widget], across: int, along: int) -> Widget | None:
    """Return the nearest other widget in a direction, if one lies there.

    Args:
        start: Where to begin.
        others: What can be reached.
        across: -1 for left, 1 for right, else 0.
        along: -1 for up, 1 for down, else 0.
    """
    here = start.region
    best: tuple[float, Widget] | None = None
    for other in others:
        there = other.region
        ahead = _gap(here.x, here.right, there.x, there.right) * across
        below = _gap(here.y, here.bottom, there.y, there.bottom) * along
        if other is start or (across and ahead <= 0) or (along and below <= 0):
            continue
        beside = abs(here.x + here.width / 2 - there.x - there.width / 2)
        over = abs(here.y + here.height / 2 - there.y - there.height / 2)
        distance = ahead + ASIDE * over * 4 if across else below * ASIDE * 4 + beside
        if best is None or distance < best[0]:
            best = (distance, other)
    return best[1] if best else None


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Return how far the other lies after (positive) or before (negative); 0 where they overlap."""
    if other_start >= end:
        return other_start - end + 1
    if other_end <= start:
        return other_end - start - 1
    return 0


Act = tuple[str, ...]
"""What a pad does: a name, and what the name needs."""


class Pad(Row, inherit_bindings=False):
    """A place to touch; with a keyboard, reached with tab or arrows and pressed with enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False, id="pad.press"),
        Binding("up", "screen.go(0, -1)", show=False, id="pad.up"),
        Binding("down", "screen.go(0, 1)", show=False, id="pad.down"),
        Binding("left", "screen.go(-1, 0)", show=False, id="pad.left"),
        Binding("right", "screen.go(1, 0)", show=False, id="pad.right"),
    ]

    @dataclass
    class Pressed(Message):
        """It was touched, or entered."""

        act: Act

    @dataclass
    class Typed(Message):
        """Somebody typed while it was lit."""

        character: str

    def __init__(
        self,
        label: str | Iterable[Line],
        *act: str,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Take what stands on it and what it does."""
        lines = [Line(literal(label))] if isinstance(label, str) else label
        super().__init__(lines, id=id, classes=classes)
        self.act = act

    def name_anew(self, label: str) -> None:
        """Put other words on it."""
        self.show([Line(literal(label))])

    def action_press(self) -> None:
        """Do what it does."""
        self.post_message(self.Pressed(self.act))

    def on_click(self, event: events.Click) -> None:
        """Do what it does."""
        event.stop()
        self.action_press()

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed on; space and enter are bound."""
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Typed(event.character))


class Tile(Pad):
    """A pad as tall as its neighbours: where all its words have room they wrap, else each line ends in an ellipsis."""

    def _set_for(self, width: int) -> Content:
        whole = lay((replace(line, clip=False) for line in self._lines), width)
        return whole if whole.plain.count("\n") < self.content_size.height else super()._set_for(width)


def category_row(choice: Choice) -> list[Line]:
    """Return a category with a few words about it on one row."""
    about = Content(f"  {visible(choice.about)}").stylize("$quiet") if choice.about else Content()
    return [Line(literal(choice.label).stylize("bold") + about)]


def tile_lines(title: str, about: str) -> list[Line]:
    """Return a title with a few words below it."""
    lines = [Line(literal(title).stylize("bold"), clip=True)]
    if about:
        lines.append(Line(literal(about).stylize("$quiet"), clip=True))
    return lines


def source_line(number: int, title: str, publisher: str | None) -> list[Line]:
    """Return a source as it stands under an answer."""
    text = literal(" · ".join(part for part in (title, publisher) if part))
    return [Line(text, Content(f"[{number}] ").stylize("$accent"), Content("QR").stylize("$accent"), clip=True)]


DELETE, CLEAR, ASK = "\b", "\x15", "\r"
"""What the keys that write nothing stand for."""
LOWEST = 2


class Cap(NamedTuple):
    """One key."""

    label: str
    means: str
    share: int = 1
    """Its width, in widths of a letter."""


COLUMNS = 10


def keys_of(words: Catalogue) -> tuple[tuple[Cap, ...], ...]:
    """Return the rows of the keyboard that a language writes with."""
    return (
        *(tuple(Cap(letter, letter) for letter in row) for row in words.texts("stand.key.rows")),
        (
            Cap(words("stand.key.clear"), CLEAR, 2),
            Cap(words("stand.key.space"), " ", 4),
            Cap(words("stand.key.delete"), DELETE, 2),
            Cap(words("stand.key.ask"), ASK, 2),
        ),
    )


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
        return self.key_rows * len(self.keys)

    @property
    def keys(self) -> tuple[tuple[Cap, ...], ...]:
        """Return its rows, in the language of the app."""
        return keys_of(words_of(self))

    def places(self, width: int) -> list[list[tuple[int, int, Cap]]]:
        """Return, for each row, where its keys begin, how wide they are, and which they are."""
        rows: list[list[tuple[int, int, Cap]]] = []
        for row in self.keys:
            share, placed = 0, []
            for cap in row:
                start = share * width // COLUMNS
                share += cap.share
                placed.append((start, share * width // COLUMNS - start, cap))
            rows.append(placed)
        return rows

    def key_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return the row and the place in it of the key at a cell."""
        row, rows = y // self.key_rows, self.places(self.content_size.width)
        if not 0 <= row < len(rows):
            return None
        for place, (start, width, _) in enumerate(rows[row]):
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
            self.post_message(self.Touched(self.keys[found[0]][found[1]].means))

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


class KioskPrompt(Prompt, inherit_bindings=False):
    """One line that grows; up and down go to what can be touched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False, id="prompt.ask"),
        Binding("up", "screen.go(0, -1)", show=False, id="prompt.up"),
        Binding("down", "screen.go(0, 1)", show=False, id="prompt.down"),
        *editing_keys(),
    ]

    def touch(self, means: str) -> None:
        """Do what a key of the screen's keyboard does."""
        if means == ASK:
            self.action_submit()
        elif means == DELETE:
            self.action_delete_left()
        elif means == CLEAR:
            self.value = ""
        else:
            self.insert(means)
