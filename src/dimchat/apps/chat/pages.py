"""Pages of text over the conversation: how it works, where an answer comes from, why a reply came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.base.offered import address_of
from dimchat.apps.base.reply_lines import source_lines
from dimchat.apps.base.text_widget import BLANK, Flow, Line, key_name, link, literal, words_of
from dimchat.apps.chat.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding

    from dimchat.model import Pack, Reply


class PageScreen(ModalScreen[None], inherit_bindings=False):
    """Shows lines under a title."""

    CSS_PATH = "page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "close", "chat.key.close", id="page.close", tooltip="chat.tip.close"),
        Binding("up,k", "scroll('up')", show=False, id="page.up", tooltip="chat.tip.line_up"),
        Binding("down,j", "scroll('down')", show=False, id="page.down", tooltip="chat.tip.line_down"),
        Binding("pageup", "scroll('page_up')", show=False, id="page.page_up", tooltip="chat.tip.page_up"),
        Binding("pagedown,space", "scroll('page_down')", show=False, id="page.page_down", tooltip="chat.tip.page_down"),
        Binding("home", "scroll('home')", show=False, id="page.first", tooltip="chat.tip.first"),
        Binding("end", "scroll('end')", show=False, id="page.last", tooltip="chat.tip.latest"),
        # A screen that lies over another hides the app's own keys.
        Binding("ctrl+c,super+c", "app.copy_or_leave", show=False, id="app.copy", tooltip="chat.tip.copy"),
    ]

    def __init__(self, title: Content, lines: Iterable[Line], hint: str = "") -> None:
        """Take what to show; the hint stands beside the key that closes."""
        super().__init__()
        self._hint = hint
        self._title = title
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Put the title above and the text in a part that scrolls."""
        with Vertical(id="page"):
            hint = f"{self._hint}   " if self._hint else ""
            key = Content(f"{hint}{key_name(self, 'page.close')} ").stylize("$quiet")
            closing = key + link(words_of(self)("chat.page_close"), "screen.close")
            yield Flow([Line(self._title.stylize_before("bold"), tail=closing, clip=True)], id="page-title")
            with VerticalScroll(id="page-body", can_focus=False):
                yield Flow(self._lines, id="page-text")

    def action_close(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    def action_scroll(self, where: str) -> None:
        """Move through the text."""
        getattr(self.query_one("#page-body"), f"scroll_{where}")(animate=self.app.animation_level != "none")

    def on_click(self, event: events.Click) -> None:
        """Close where the click falls beside the page."""
        if event.widget is self:
            self.dismiss()


EDITING = "edit."
NAMED = {"take": "edit.cursor_right", "ask": "prompt.ask", "choices": "chat.next_choice", "copy": "app.copy"}
"""Keys that the paragraphs speak of, by the ids of their bindings."""


class HelpScreen(PageScreen):
    """Names the keys as they are bound now, so that a remapped one is right here too."""

    def __init__(self, bindings: Iterable[ActiveBinding], notice: str = "", own: str = "") -> None:
        """Take the bindings of the screen that asked for help, what the journal keeps, and the pack's own words."""
        self._own = own
        self._notice = notice
        self._keys_bound = tuple(bindings)
        super().__init__(Content(words_of(self)("chat.help_title")), [])

    def on_mount(self) -> None:
        """Fill the page; how a key is shown is known only by a running app."""
        named = {hole: self._first_key(name) for hole, name in NAMED.items()}
        lines = [Line(literal(self._own))] if self._own else []
        words = words_of(self)
        *paragraphs, kept = words.texts("chat.help_paragraphs", **named)
        lines += [Line(Content(paragraph)) for paragraph in (*paragraphs, self._notice or kept)]
        spaced = [part for line in lines for part in (line, BLANK)]
        commands = [(command.usage(words), command.help(words)) for command in COMMANDS]
        tables = (("chat.help_commands", commands), ("chat.help_keys", self._keys()))
        spaced += [part for title, rows in tables for part in (*_table(words(title), rows), BLANK)]
        self.query_one("#page-text", Flow).show(spaced[:-1])

    def _first_key(self, binding_id: str) -> str:
        found = (active.binding for active in self._keys_bound if active.binding.id == binding_id)
        return next((self.app.get_key_display(binding) for binding in found), binding_id)

    def _keys(self) -> list[tuple[str, str]]:
        keys: dict[str, tuple[list[str], str]] = {}
        for active in self._keys_bound:
            binding = active.binding
            if binding.id is None or binding.id.startswith(EDITING) or not binding.tooltip:
                continue
            names, _ = keys.setdefault(binding.id, ([], words_of(self)(binding.tooltip)))
            names.append(self.app.get_key_display(binding))
        return [(", ".join(names), tooltip) for names, tooltip in keys.values()]


def _table(title: str, rows: list[tuple[str, str]]) -> list[Line]:
    width = max(len(name) for name, _ in rows) + 2
    return [
        Line(Content(title).stylize("bold")),
        *(Line(Content(text), Content(f"{name:<{width}}").stylize("$accent")) for name, text in rows),
    ]


class SourcesScreen(PageScreen):
    """Shows all the sources of a reply, or the one whose number was clicked."""

    def __init__(self, reply: Reply, pack: Pack, only: int | None = None) -> None:
        """Take the reply."""
        self._reply = reply
        words = words_of(self)
        lines = source_lines(reply, pack, words, only) or [Line(Content(words("chat.no_sources")))]
        hint = words("chat.sources_hint") if reply.citations else ""
        super().__init__(Content(words("chat.sources_title")), lines, hint)

    def on_key(self, event: events.Key) -> None:
        """Show the address of the source whose number is typed."""
        if event.character and event.character.isdecimal():
            event.stop()
            self.action_link(int(event.character))

    def action_link(self, number: int) -> None:
        """Show the address of a source."""
        if address := address_of(self._reply, number):
            self.app.open_url(address)

    def action_copy_link(self, number: int) -> None:
        """Copy the address of a source."""
        if address := address_of(self._reply, number):
            self.app.copy_to_clipboard(address)


LABEL = 10
"""Cells that the label of a row takes."""
FIGURES = re.compile(r" +\d\.\d\d [+-]\d\.\d\d +")


class WhyScreen(PageScreen):
    """Says why a reply came; the figures that `dimchat explain` shows stand behind a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "figures", "chat.key.figures", id="page.figures", tooltip="chat.tip.figures"),
    ]

    def __init__(self, said: str, reason: str, figures: str) -> None:
        """Take the visitor's words, the reason in words, and the figures as plain text."""
        words = words_of(self)
        labels = frozenset(words.below("reply.why").values())
        title = Content(words("chat.why_title") + " ") + literal(said)
        self._figures = [_indented(row, labels) for row in figures.split("\n")]
        self._reason = [Line(literal(reason)), BLANK, Line(link(words("chat.why_figures"), "screen.figures"))]
        self._in_words = True
        super().__init__(title, self._reason, f"f {words('chat.why_figures')}")

    def action_figures(self) -> None:
        """Show the figures, or the reason in words again."""
        self._in_words = not self._in_words
        self.query_one("#page-text", Flow).show(self._reason if self._in_words else self._figures)


def _indented(row: str, labels: frozenset[str]) -> Line:
    """Return a row that wraps beside its label, or beside the figures of a candidate."""
    lead, text = row[:LABEL], row[LABEL:]
    if lead.rstrip() in labels:
        return Line(literal(text), Content(lead).stylize("$quiet"))
    figures = FIGURES.match(row)
    if figures:
        return Line(literal(row[figures.end() :]), Content(figures[0]).stylize("$quiet"))
    text = row.lstrip(" ")
    return Line(literal(text), Content(" " * (len(row) - len(text))))
