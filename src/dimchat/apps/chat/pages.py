"""Pages of text over the conversation: how it works, where an answer comes from, why a reply came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal

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
Topic = Literal["typing", "commands", "choices", "answer"]
"""What a help can be about: what has the focus."""
EVERYWHERE = ("chat.palette", "chat.help", "app.copy", "app.quit")
KEYS_FOR: dict[Topic, tuple[str, ...]] = {
    "typing": ("prompt.", "chat.next_choice", "chat.answers", "app.theme", *EVERYWHERE),
    "commands": (),
    "choices": ("choice.", "chat.next_choice", *EVERYWHERE),
    "answer": ("answer.", "chat.answers", "chat.page_", "chat.line_", *EVERYWHERE),
}
"""The beginnings of the ids of the bindings that a help names."""


class HelpScreen(PageScreen):
    """Says what can be done with what has the focus; a key leads from there to everything.

    It names the keys as they are bound now, so that a remapped one is right here too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "everything", "chat.key.everything", id="page.everything", tooltip="chat.tip.everything"),
    ]

    def __init__(
        self, bindings: Iterable[ActiveBinding], topic: Topic | None = None, notice: str = "", own: str = ""
    ) -> None:
        """Take what to help with.

        Args:
            bindings: Those of the screen that asked for help.
            topic: What has the focus; None for everything at once.
            notice: What the journal keeps.
            own: The pack's own words.
        """
        self._own = own
        self._notice = notice
        self._topic = topic
        self._keys_bound = tuple(bindings)
        words = words_of(self)
        hint = f"a {words('chat.key.everything')}" if topic else ""
        super().__init__(Content(words(f"chat.help_title.{topic}" if topic else "chat.help_title")), [], hint)

    def on_mount(self) -> None:
        """Fill the page; how a key is shown is known only by a running app."""
        self._fill()

    def action_everything(self) -> None:
        """Show everything, or again what has the focus."""
        if self._topic is not None:
            self._whole = not self._whole
            self._fill()
            self.query_one("#page-body").scroll_home(animate=False)

    _whole = False

    def _fill(self) -> None:
        words = words_of(self)
        topic = None if self._whole else self._topic
        parts: list[list[Line]] = [[Line(literal(self._own))]] if self._own and topic in (None, "typing") else []
        commands = _table(words("chat.help_commands"), [(each.usage(words), each.help(words)) for each in COMMANDS])
        if topic is None:
            *paragraphs, kept = words.texts("chat.help_paragraphs", **self._named())
            parts += [[Line(Content(text))] for text in (*paragraphs, self._notice or kept)]
            parts += [commands, _table(words("chat.help_keys"), self._keys(("",)))]
        elif topic == "commands":
            parts.append(commands[1:])
        else:
            said = words(f"chat.help.{topic}", take=self._first_key(NAMED["take"]))
            keys = [(names.partition(",")[0], does) for names, does in self._keys(KEYS_FOR[topic])]
            parts += [[Line(Content(said))], _rows(keys)]
        shown = [line for part in parts for line in (*part, BLANK)]
        self.query_one("#page-text", Flow).show(shown[:-1])

    def _named(self) -> dict[str, str]:
        return {place: self._first_key(name) for place, name in NAMED.items()}

    def _first_key(self, binding_id: str) -> str:
        found = (active.binding for active in self._keys_bound if active.binding.id == binding_id)
        return next((self.app.get_key_display(binding) for binding in found), binding_id)

    def _keys(self, beginnings: tuple[str, ...]) -> list[tuple[str, str]]:
        """Return the keys whose bindings have ids that begin so, with what they do."""
        keys: dict[str, tuple[list[str], str]] = {}
        for active in self._keys_bound:
            binding = active.binding
            if not binding.id or not binding.id.startswith(beginnings) or not binding.tooltip:
                continue
            if binding.id.startswith(EDITING):
                continue
            names, _ = keys.setdefault(binding.id, ([], words_of(self)(binding.tooltip)))
            names.append(self.app.get_key_display(binding))
        return [(", ".join(names), tooltip) for names, tooltip in keys.values()]


def _table(title: str, rows: list[tuple[str, str]]) -> list[Line]:
    return [Line(Content(title).stylize("bold")), *_rows(rows)]


def _rows(rows: list[tuple[str, str]]) -> list[Line]:
    width = max((len(name) for name, _ in rows), default=0) + 2
    return [Line(Content(text), Content(f"{name:<{width}}").stylize("$accent")) for name, text in rows]


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
