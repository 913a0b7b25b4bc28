"""How it works: what to type, the commands, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from dimchat.apps.chat.commands import COMMANDS
from dimchat.apps.chat.flow import BLANK, Flow, Line
from dimchat.apps.chat.screens.page import PageScreen
from dimchat.apps.chat.text import literal
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import ActiveBinding

EDITING = "edit."
NAMED = {"take": "edit.cursor_right", "ask": "prompt.ask", "choices": "chat.next_choice", "copy": "app.copy"}
"""Keys that the paragraphs speak of, by the ids of their bindings."""


class HelpScreen(PageScreen):
    """Names the keys as they are bound now, so that a remapped one is right here too."""

    def __init__(self, bindings: Iterable[ActiveBinding], notice: str = "", own: str = "") -> None:
        """Take the bindings of the screen that asked for help, what the journal keeps, and the pack's own words."""
        self._own = own
        *self._paragraphs, kept = words.HELP_PARAGRAPHS
        self._paragraphs.append(notice or kept)
        self._keys_bound = tuple(bindings)
        super().__init__(Content(words.HELP_TITLE), [])

    def on_mount(self) -> None:
        """Fill the page; how a key is shown is known only by a running app."""
        named = {hole: self._first_key(name) for hole, name in NAMED.items()}
        lines = [Line(literal(self._own))] if self._own else []
        lines += [Line(Content(paragraph.format_map(named))) for paragraph in self._paragraphs]
        spaced = [part for line in lines for part in (line, BLANK)]
        commands = [(f"/{command.name} {command.argument}".rstrip(), command.help) for command in COMMANDS]
        rows = [*spaced, *_table(words.HELP_COMMANDS, commands), BLANK, *_table(words.HELP_KEYS, self._keys())]
        self.query_one("#page-text", Flow).show(rows)

    def _first_key(self, binding_id: str) -> str:
        found = (active.binding for active in self._keys_bound if active.binding.id == binding_id)
        return next((self.app.get_key_display(binding) for binding in found), binding_id)

    def _keys(self) -> list[tuple[str, str]]:
        keys: dict[str, tuple[list[str], str]] = {}
        for active in self._keys_bound:
            binding = active.binding
            if binding.id is None or binding.id.startswith(EDITING) or not binding.tooltip:
                continue
            names, _ = keys.setdefault(binding.id, ([], binding.tooltip))
            names.append(self.app.get_key_display(binding))
        return [(", ".join(names), tooltip) for names, tooltip in keys.values()]


def _table(title: str, rows: list[tuple[str, str]]) -> list[Line]:
    width = max(len(name) for name, _ in rows) + 2
    return [
        Line(Content(title).stylize("bold")),
        *(Line(Content(text), Content(f"{name:<{width}}").stylize("$accent")) for name, text in rows),
    ]
