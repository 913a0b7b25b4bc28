"""What a change does, before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from dimchat.apps.base.text_widget import literal
from dimchat.journal.learn.try_changes import effect_text
from dimchat.wording import chat as chat_words
from dimchat.wording import review as words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from dimchat.journal.learn.try_changes import Effect


class EffectScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether the change is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "decide(True)", words.KEY_KEEP, id="effect.keep", tooltip=words.TIP_KEEP),
        Binding("escape", "decide(False)", words.KEY_BACK, id="effect.back", tooltip=words.TIP_BACK),
        Binding("up", "scroll('up')", show=False, id="effect.up", tooltip=chat_words.TIP_LINE_UP),
        Binding("down", "scroll('down')", show=False, id="effect.down", tooltip=chat_words.TIP_LINE_DOWN),
        Binding("pageup", "scroll('page_up')", show=False, id="effect.page_up", tooltip=chat_words.TIP_PAGE_UP),
        Binding(
            "pagedown,space", "scroll('page_down')", show=False, id="effect.page_down", tooltip=chat_words.TIP_PAGE_DOWN
        ),
    ]

    def __init__(self, effect: Effect) -> None:
        """Take what to show."""
        super().__init__()
        self.effect = effect

    def compose(self) -> ComposeResult:
        """Put the effect in a part that scrolls."""
        with Vertical(id="effect"):
            yield Static(literal(words.EFFECT_TITLE).stylize("bold"))
            with VerticalScroll(id="effect-body", can_focus=False):
                rows = effect_text(self.effect).split("\n")
                yield Static(Content("\n").join(_coloured(row) for row in rows), id="effect-text")
            yield Footer(show_command_palette=False)

    def action_decide(self, kept: bool) -> None:  # noqa: FBT001 - an action's argument
        """Keep the change, or leave the pack as it was."""
        self.dismiss(kept)

    def action_scroll(self, where: str) -> None:
        """Move through the text."""
        getattr(self.query_one("#effect-body"), f"scroll_{where}")(animate=False)


def _coloured(row: str) -> Content:
    text = literal(row)
    if row.startswith("  +"):
        return text.stylize("$success")
    if row.startswith("  -"):
        return text.stylize("$error")
    return text if row.startswith("  ") else text.stylize("bold")
