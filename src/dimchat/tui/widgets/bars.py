"""The line above the conversation, and the hints for slash commands."""

from __future__ import annotations

from textual.content import Content

from dimchat import wording
from dimchat.tui.commands import is_command, starting_with
from dimchat.tui.flow import Flow, Line
from dimchat.tui.replies import link
from dimchat.tui.text import literal


class Title(Flow, inherit_bindings=False):
    """The name of the program and of the pack, and the way to the help."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        """Show the program's name until a pack is there."""
        super().__init__(self._line(""))

    def name_pack(self, title: str) -> None:
        """Show the pack's title as well."""
        self.show(self._line(title))

    @staticmethod
    def _line(title: str) -> list[Line]:
        body = Content(wording.CHAT_NAME).stylize("bold")
        if title:
            body += Content(" · ").stylize("$quiet") + literal(title)
        return [Line(body, tail=link(wording.CHAT_HELP_HINT, "screen.help"), clip=True)]


class Hints(Flow, inherit_bindings=False):
    """The commands that fit what is being typed after a slash."""

    ALLOW_SELECT = False

    def match(self, text: str) -> None:
        """Show the commands that begin so, or nothing."""
        fitting = starting_with(text.strip()[1:]) if is_command(text) else []
        self.display = bool(fitting)
        width = max((len(command.name) for command in fitting), default=0)
        self.show(
            Line(
                Content(command.help).stylize("$quiet"),
                Content(f"/{command.name:<{width}}").stylize("$accent") + Content("  "),
                clip=True,
            )
            for command in fitting
        )
