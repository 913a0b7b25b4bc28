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
from dimchat.render.languages import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from dimchat.apps.chat.settings import Settings

Value = str | bool
THEME, LANGUAGE = "theme", "language"


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

    def __init__(self, name: str, value: Value, choices: Mapping[str, str] | None = None) -> None:
        """Show what a setting is now.

        Args:
            name: The setting.
            value: What it is.
            choices: What a text may be, with what is shown for it; None for what is on or off.
        """
        super().__init__()
        self.name_of = name
        self.value = value
        self._choices = choices or {}

    def on_mount(self) -> None:
        """Show it in the language of the app."""
        self._show()

    def _show(self) -> None:
        words = words_of(self)
        shown = (
            self._choices.get(self.value, self.value)
            if isinstance(self.value, str)
            else words("chat.setting.on" if self.value else "chat.setting.off")
        )
        self.show([Line(Content(words(f"chat.setting.{self.name_of}")), tail=Content(shown).stylize("$accent"))])

    def action_change(self, step: int) -> None:
        """Take the next value, or the one before."""
        if isinstance(self.value, bool):
            self.value = not self.value
        else:
            names = list(self._choices)
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

    def __init__(
        self, settings: Settings, theme: str, file: Path | None, languages: Sequence[str] = (), spoken: str = ""
    ) -> None:
        """Take what holds now.

        Args:
            settings: What was read or changed so far.
            theme: The name of the theme that is shown.
            file: Where changes are written; None where nothing is written.
            languages: Those of the pack, its own first; there is something to choose where they are several.
            spoken: The one that the chat speaks.
        """
        super().__init__()
        self._values: dict[str, Value] = {THEME: theme.removeprefix(OURS)}
        self._choices = {THEME: {name: name for name in theme_names()}}
        if len(languages) > 1:
            # The pack's own is the empty text, so that the file suits other packs as well.
            self._values[LANGUAGE] = "" if spoken == languages[0] else spoken
            self._choices[LANGUAGE] = {code if at else "": name_of(code) for at, code in enumerate(languages)}
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
                    yield SettingRow(name, value, self._choices.get(name))
            yield Flow([Line(Content(text).stylize("$quiet")) for text in (keys, kept)])

    def on_setting_row_changed(self, event: SettingRow.Changed) -> None:
        """Remember it, for when the rows are made anew."""
        self._values[event.name] = event.value

    async def say_again(self) -> None:
        """Show all of it in the language that the app speaks now, with the same row lit."""
        lit = self.focused.name_of if isinstance(self.focused, SettingRow) else THEME
        await self.recompose()
        next(row for row in self.query(SettingRow) if row.name_of == lit).focus()

    def action_close(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    def action_move(self, step: int) -> None:
        """Light another one."""
        (self.focus_next if step > 0 else self.focus_previous)(SettingRow)


def _first(owner: type[SettingRow]) -> Binding:
    return next(binding for binding in owner.BINDINGS if isinstance(binding, Binding))
