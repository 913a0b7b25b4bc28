"""What both screens of a curator share: the themes, the keys that leave, the look."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from dimchat.apps.base.themes import DARK, THEMES
from dimchat.apps.chat.driver import driver_class
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from pathlib import PurePath


class CuratorApp(App[None], inherit_bindings=False):
    """A screen for people who look after an answer set."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["curator.tcss"]
    ENABLE_COMMAND_PALETTE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "theme", show=False, id="curator.theme", tooltip=words.TIP_THEME),
        Binding("ctrl+q,ctrl+c", "quit", words.KEY_QUIT, id="curator.quit", tooltip=words.TIP_QUIT, priority=True),
    ]

    def __init__(self) -> None:
        """Take the themes of the chat."""
        super().__init__(driver_class=driver_class(), ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        for each in THEMES:
            self.register_theme(each)
        self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, our own names among them."""
        variables = super().get_css_variables()
        known = {"quiet": variables["foreground"], "rule": variables["primary"], "lit": variables["panel"]}
        return {**known, **variables}

    def action_theme(self) -> None:
        """Change between dark, light and high contrast."""
        names = [each.name for each in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
