"""The settings on the screen: what is changed there holds at once, and stands in the file from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen

from dimchat.apps.base.text_widget import Flow, Line, Row, key_name, link, words_of
from dimchat.apps.chat.settings import OURS, SWITCHES, theme_names

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from dimchat.apps.chat.settings import Settings

Value = str | bool
THEME = "theme"


class SettingRow(Row, inherit_bindings=False):
    """One setting: its name, and at the right what it is now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,right", "change(1)", "chat.key.change", id="setting.change", tooltip="chat.tip.change"),
        Binding("left", "change(-1)", show=False, id="setting.change_back", tooltip="chat.tip.change_back"),
    ]

    @dataclass
    class Changed(Message):
        """It has another value."""

        name: str
        value: Value

    def __init__(self, name: str, value: Value) -> None:
        """Show what a setting is now."""
        super().__init__()
        self.name_of = name
        self.value = value

    def on_mount(self) -> None:
        """Show it in the language of the app."""
        self._show()

    def _show(self) -> None:
        words = words_of(self)
        shown = (
            self.value
            if isinstance(self.value, str)
            else words("chat.setting.on" if self.value else "chat.setting.off")
        )
        self.show([Line(Content(words(f"chat.setting.{self.name_of}")), tail=Content(shown).stylize("$accent"))])

    def action_change(self, step: int) -> None:
        """Take the next value, or the one before."""
        if isinstance(self.value, bool):
            self.value = not self.value
        else:
            names = list(theme_names())
            at = names.index(self.value) + step if self.value in names else 0
            self.value = names[at % len(names)]
        self._show()
        self.post_message(self.Changed(self.name_of, self.value))

    def on_click(self) -> None:
        """Take the next value."""
        self.focus()
        self.action_change(1)


class SettingsScreen(ModalScreen[None], inherit_bindings=False):
    """Shows every setting but the keys, which stand in the file alone."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "SettingRow"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "close", "chat.key.close", id="settings.close", tooltip="chat.tip.close"),
        Binding("down,tab", "move(1)", show=False, id="settings.next", tooltip="chat.tip.next"),
        Binding("up,shift+tab", "move(-1)", show=False, id="settings.previous", tooltip="chat.tip.previous"),
    ]

    def __init__(self, settings: Settings, theme: str, file: Path | None) -> None:
        """Take what holds now, the name of the theme that is shown, and the file; None where nothing is written."""
        super().__init__()
        self._values: dict[str, Value] = {THEME: theme.removeprefix(OURS)}
        self._values |= {name: getattr(settings, name) for name in SWITCHES}
        self._file = file

    def compose(self) -> ComposeResult:
        """Put a row for each setting between the title and where they are kept."""
        words = words_of(self)
        closing = Content(key_name(self, "settings.close") + " ").stylize("$quiet")
        closing += link(words("chat.page_close"), "screen.close")
        kept = words("chat.setting.kept", file=self._file) if self._file else words("chat.setting.not_kept")
        keys = words("chat.setting.keys", change=self.app.get_key_display(_first(SettingRow)))
        with Vertical(id="settings"):
            yield Flow([Line(Content(words("chat.setting.title")).stylize("bold"), tail=closing, clip=True)])
            with Vertical(id="settings-rows"):
                for name, value in self._values.items():
                    yield SettingRow(name, value)
            yield Flow([Line(Content(text).stylize("$quiet")) for text in (keys, kept)])

    def action_close(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    def action_move(self, step: int) -> None:
        """Light another one."""
        (self.focus_next if step > 0 else self.focus_previous)(SettingRow)


def _first(owner: type[SettingRow]) -> Binding:
    return next(binding for binding in owner.BINDINGS if isinstance(binding, Binding))
