"""What can be typed after a slash."""

from __future__ import annotations

from dataclasses import dataclass

from dimchat.wording import chat as words


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; the screen has an action of the same name."""

    name: str
    help: str
    argument: str = ""
    """What may follow the name; in brackets where it may be left out."""

    @property
    def needs_argument(self) -> bool:
        """Tell whether it does nothing by itself."""
        return bool(self.argument) and not self.argument.startswith("[")


COMMANDS = tuple(Command(name, text, words.CHAT_ARGUMENTS.get(name, "")) for name, text in words.CHAT_COMMANDS)
OTHER_NAMES = {"exit": "quit", "q": "quit", "?": "help", "": "help"}


def is_command(text: str) -> bool:
    """Tell whether a message begins as a command does; a path such as /etc/hosts does not."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first.startswith("/") and "/" not in first[1:]


def find(text: str) -> Command | None:
    """Return the command that a message names, if there is one; a beginning that fits only one is enough."""
    name = text.split(maxsplit=1)[0].removeprefix("/").casefold()
    name = OTHER_NAMES.get(name, name)
    exact = [command for command in COMMANDS if command.name == name]
    begun = exact or starting_with(name)
    return begun[0] if len(begun) == 1 else None


def starting_with(prefix: str) -> list[Command]:
    """Return the commands whose names begin so."""
    return [command for command in COMMANDS if command.name.startswith(prefix.casefold())]


def rest_of(typed: str) -> str:
    """Return how the only command goes on that begins as what is typed, or nothing.

    >>> rest_of("/exp")
    'ort'
    """
    fitting = starting_with(typed[1:])
    return fitting[0].name[len(typed) - 1 :] if len(fitting) == 1 else ""
