"""The slash commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.wording import Catalogue


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; the screen has an action of the same name."""

    name: str
    argument: str = ""
    """What may follow the name, by the end of its message's id."""
    needs_argument: bool = False
    """Whether it does nothing by itself."""

    def help(self, words: Catalogue) -> str:
        """Return what it does."""
        return words(f"chat.command.{self.name}")

    def usage(self, words: Catalogue) -> str:
        """Return how it is typed: with what may follow it, in brackets where that may be left out."""
        if not self.argument:
            return f"/{self.name}"
        argument = words(f"chat.argument.{self.argument}")
        return f"/{self.name} {argument if self.needs_argument else f'[{argument}]'}"


COMMANDS = (
    Command("help"),
    Command("topics"),
    Command("for", "reader"),
    Command("sources", "number"),
    Command("open", "number"),
    Command("why"),
    Command("more"),
    Command("again"),
    Command("copy", "text"),
    Command("export", "file", needs_argument=True),
    Command("save-test", "file", needs_argument=True),
    Command("clear"),
    Command("theme", "name"),
    Command("language", "name"),
    Command("settings"),
    Command("quit"),
)
OTHER_NAMES = {"exit": "quit", "q": "quit", "?": "help", "": "help"}


def is_command(text: str) -> bool:
    """Return whether a message begins as a command does; a path such as /etc/hosts does not."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first.startswith("/") and "/" not in first[1:]


def find(text: str, among: Sequence[Command] = COMMANDS) -> Command | None:
    """Return the command that a message names, if there is one; a beginning that fits only one is enough."""
    name = text.split(maxsplit=1)[0].removeprefix("/").casefold()
    name = OTHER_NAMES.get(name, name)
    exact = [command for command in among if command.name == name]
    begun = exact or starting_with(name, among)
    return begun[0] if len(begun) == 1 else None


def starting_with(prefix: str, among: Sequence[Command] = COMMANDS) -> list[Command]:
    """Return the commands whose names begin so."""
    return [command for command in among if command.name.startswith(prefix.casefold())]


def rest_of(typed: str) -> str:
    """Return how the only command goes on that begins as what is typed, or nothing.

    >>> rest_of("/exp")
    'ort'
    """
    fitting = starting_with(typed[1:])
    return fitting[0].name[len(typed) - 1 :] if len(fitting) == 1 else ""
