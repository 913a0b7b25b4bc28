"""Text on the screen: untrusted text made safe, paragraphs with hanging indents, and one widget that shows them.

A reply is one `Flow`: Textual's own Markdown widget mounts a widget a paragraph and is slow where many replies stand
one above the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from dimchat.files.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.events import Event
    from textual.geometry import Size
    from textual.screen import Screen

    from dimchat.apps.base.app import BaseApp
    from dimchat.wording import Catalogue


PROMPT = "›"  # noqa: RUF001
"""Stands before the line that one types in, and before what is lit."""

LONGEST = 2000
"""How many characters of one message are shown; the whole of it is asked."""

SPACES = str.maketrans(dict.fromkeys("\t\r\n\v\f\x85\u2028\u2029", " "))


def visible(text: str, *, keep_lines: bool = False) -> str:
    """Return text in which nothing is left that a terminal would obey; one line unless lines are kept."""
    if keep_lines:
        return "\n".join(visible(line) for line in text.splitlines())
    return harmless(text.translate(SPACES))


def literal(text: str) -> Content:
    """Return untrusted text as content that is never read as markup."""
    return Content(visible(text))


def words_of(node: DOMNode) -> Catalogue:
    """Return what dimchat says in the language of the app that shows something."""
    return cast("BaseApp", node.app).words


def key_name(screen: Screen[Any], binding_id: str) -> str:
    """Return the first key of a binding as the footer and the help write it; nothing while it does not work."""
    for active in screen.active_bindings.values():
        if active.binding.id == binding_id:
            return screen.app.get_key_display(active.binding)
    return ""


NOTHING = Content("")
LEAST_ROOM = 8
GAP = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; it wraps beside its lead, never below it."""

    body: Content = NOTHING
    lead: Content = NOTHING
    """Stands before the first row; further rows are indented by its width."""
    tail: Content = NOTHING
    """Stands at the right edge of the first row."""
    clip: bool = False
    """Whether it keeps to one row, cut behind a word, instead of wrapping."""


BLANK = Line()


def link(label: str, action: str) -> Content:
    """Return a word that runs an action of its widget when it is clicked."""
    return Content(label).stylize("$accent underline").stylize(Style.from_meta({"@click": action}))


def lay(lines: Iterable[Line], width: int) -> Content:
    """Set lines for a width in cells; each row of the result fits it."""
    rows: list[Content] = []
    for line in lines:
        indent = line.lead.cell_length
        tail = line.tail.cell_length
        gap = GAP if tail and not (line.clip and width - indent - tail - GAP < line.body.cell_length) else bool(tail)
        room = max(width - indent - tail - gap, LEAST_ROOM)
        wrapped = [cut(line.body, room)] if line.clip else line.body.wrap(room)
        first, *rest = wrapped or [NOTHING]
        if tail:
            first = first.pad_right(max(room - first.cell_length, 0) + gap) + line.tail
        rows.append(line.lead + first)
        rows += [row.pad_left(indent) for row in rest]
    return Content("\n").join(rows)


def cut(text: Content, room: int) -> Content:
    """Return text that fits a row; where it does not, it ends with an ellipsis behind its last whole word."""
    if text.cell_length <= room:
        return text
    head = text.truncate(room - 1)
    words = head.plain.rfind(" ") + 1 if text.plain[len(head.plain)].strip() else len(head.plain)
    if words > len(head.plain) // 2:
        head = head[:words].rstrip()
    return text.truncate(head.rstrip(",").cell_length + 1, ellipsis=True)


class Flow(Widget, inherit_bindings=False):
    """Shows lines, set anew whenever the width changes."""

    DEFAULT_CSS = "Flow { height: auto; width: 100%; }"

    def __init__(self, lines: Iterable[Line] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Take the first lines to show."""
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # what can be clicked has its style already
        self._lines = tuple(lines)
        self._laid: tuple[int, Content] | None = None

    @property
    def plain(self) -> str:
        """Return what is shown, as text without styles, as it is set now."""
        return self._set_for(self.content_size.width).plain

    def show(self, lines: Iterable[Line]) -> None:
        """Show other lines in place of those before."""
        self._lines = tuple(lines)
        self._laid = None
        self.clear_cached_dimensions()
        self.refresh(layout=True)

    async def broker_event(self, event_name: str, event: Event) -> bool:
        """Run what was clicked, but not where a selection ends on it."""
        return not self.screen.selections and await super().broker_event(event_name, event)

    def _set_for(self, width: int) -> Content:
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, lay(self._lines, width))
        return self._laid[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the number of rows at a width."""
        return self._set_for(width).plain.count("\n") + 1 if width else 0

    def render(self) -> Content:
        """Return the rows for the width at hand."""
        return self._set_for(self.content_size.width)


class Row(Flow, can_focus=True, inherit_bindings=False):
    """Lines that can be picked; with the focus they are of one colour, as theirs would not read on its ground."""

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False

    def render(self) -> Content:
        """Return the rows for the width at hand."""
        rows = super().render()
        return Content(rows.plain) if self.has_focus else rows


class Question(Flow, inherit_bindings=False):
    """The visitor's words, plain and indented, with "you" at the right."""

    def __init__(self, text: str, words: Catalogue) -> None:
        """Take the words, and those of dimchat around them; a very long message is cut, and says so."""
        body = Content(visible(text[:LONGEST], keep_lines=True))
        if len(text) > LONGEST:
            body += Content(" " + words("chat.cut", count=len(text) - LONGEST)).stylize("$quiet")
        super().__init__([Line(body, tail=Content(words("chat.you")).stylize("$quiet"))])
        self.text = visible(text)


class Note(Flow, inherit_bindings=False):
    """Words of the program's own, with the accent bar."""
