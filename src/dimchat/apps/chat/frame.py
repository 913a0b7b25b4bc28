"""The frame of the conversation: the title above, hints and keys below, the sources of an answer beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style

from dimchat.apps.base import NAME
from dimchat.apps.base.text_widget import BLANK, PROMPT, Flow, Line, key_name, link, literal, words_of
from dimchat.apps.chat.commands import is_command, starting_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from dimchat.apps.base.session import Turn
    from dimchat.model import Pack, Suggestion


FOUND_SHOWN = 6
ROWS_FOR_A_HINT = 3
"""Rows of the screen for each row of hints, so that most of the conversation stays in sight."""
LEAST_HINTS = 5


class Title(Flow, inherit_bindings=False):
    """The name of the program and of the pack, and the way to the help."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        """Show the program's name until a pack is there."""
        super().__init__()

    def on_mount(self) -> None:
        """Name the key of the help, which is known only now."""
        self.name_pack("")

    def name_pack(self, title: str) -> None:
        """Show the pack's title as well."""
        body = Content(NAME).stylize("bold")
        if title:
            body += Content(" · ").stylize("$quiet") + literal(title)
        way = f"{key_name(self.screen, 'chat.help')} {words_of(self)('chat.key.help')}".strip()
        self.show([Line(body, tail=link(way, "screen.help"), clip=True)])


class Hints(Flow, inherit_bindings=False):
    """The commands that fit what is being typed after a slash."""

    ALLOW_SELECT = False

    def match(self, text: str) -> None:
        """Show the commands that begin so, or nothing."""
        fitting = starting_with(text.strip()[1:]) if is_command(text) else []
        self.display = bool(fitting)
        words = words_of(self)
        names = {command: command.usage(words) for command in fitting}
        width = max((len(name) for name in names.values()), default=0)
        rows = [
            Line(
                Content(command.help(words)).stylize("$quiet"),
                Content(f"{name:<{width}}").stylize("$accent") + Content("  "),
                clip=True,
            )
            for command, name in names.items()
        ]
        room = max(self.app.size.height // ROWS_FOR_A_HINT, LEAST_HINTS)
        if len(rows) > room:
            rest = words("chat.hints_rest", count=len(rows) - room + 1, key=key_name(self.screen, "chat.palette"))
            rows = [*rows[: room - 1], Line(Content(rest).stylize("$quiet"), clip=True)]
        self.show(rows)

    def search(self, found: list[str] | None, at: int) -> None:
        """Show what was found among the messages before, the lit one marked, or nothing when that is over."""
        self.display = found is not None
        if found is None:
            return
        first = max(0, min(at - FOUND_SHOWN // 2, len(found) - FOUND_SHOWN))
        rows = [
            Line(
                literal(text).stylize("bold" if index == at else ""),
                Content(f"{PROMPT} " if index == at else "  ").stylize("$accent"),
                clip=True,
            )
            for index, text in list(enumerate(found))[first : first + FOUND_SHOWN]
        ]
        take, leave = (key_name(self.screen, name) for name in ("prompt.ask", "prompt.end_search"))
        hint = words_of(self)("chat.search_hint" if found else "chat.search_none", take=take, leave=leave)
        self.show([*reversed(rows), Line(Content(hint).stylize("$quiet"))])


class Near(Flow, inherit_bindings=False):
    """The questions nearest to what is being typed, below it; one is lit by the prompt's own keys, or clicked."""

    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """A question was clicked, or taken while it was lit."""

        question: Suggestion

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._found: tuple[Suggestion, ...] = ()
        self._lit = -1

    @property
    def lit(self) -> bool:
        """Return whether one is lit."""
        return self._lit >= 0

    @property
    def found(self) -> tuple[Suggestion, ...]:
        """Return what is shown."""
        return self._found

    def offer(self, found: tuple[Suggestion, ...]) -> None:
        """Show questions in place of those before, none lit; nothing where there are none."""
        if found != self._found or self.lit:
            self._found, self._lit = found, -1
            self._draw()

    def light(self, step: int) -> bool:
        """Light the next question or the one before; above the first none is lit. Return whether that did anything."""
        now = max(-1, min(self._lit + step, len(self._found) - 1))
        moved, self._lit = now != self._lit, now
        if moved:
            self._draw()
        return moved

    def dim(self) -> None:
        """Light none."""
        self.light(-len(self._found))

    def action_take(self, at: int) -> None:
        """Take a question."""
        if 0 <= at < len(self._found):
            self.post_message(self.Picked(self._found[at]))

    def take_lit(self) -> None:
        """Take the one that is lit."""
        self.action_take(self._lit)

    def _draw(self) -> None:
        self.display = bool(self._found)
        self.show(
            Line(
                literal(one.title).stylize("bold" if at == self._lit else "$quiet").stylize(_takes(at)),
                Content(f"{PROMPT} " if at == self._lit else "  ").stylize("$accent"),
                clip=True,
            )
            for at, one in enumerate(self._found)
        )


def _takes(at: int) -> Style:
    return Style.from_meta({"@click": f"take({at})"})


SPARED = "answers"
"""The action whose key is named only where all have room; the help names it."""


class Keys(Flow, inherit_bindings=False):
    """The keys that work now; a click presses one.

    Textual's own footer makes a widget for each key anew at every change, and keeps the old ones.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        """Show nothing until the screen knows its keys."""
        super().__init__([Line()])
        self._shown: list[tuple[str, str, str]] = []
        self._width = 0

    def on_mount(self) -> None:
        """Hear of every change."""
        self.screen.bindings_updated_signal.subscribe(self, self._on_bindings)

    def _on_bindings(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self._update)

    def _update(self) -> None:
        actions: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                key = self.app.get_key_display(binding)
                actions.setdefault(binding.action, (key, words_of(self)(binding.description), binding.key))
        if (now := list(actions.values())) != self._shown or self.size.width != self._width:
            self._shown, self._width = now, self.size.width
            line = _row(now)
            if line.cell_length > self.size.width:
                line = _row([shown for action, shown in actions.items() if action != SPARED])
            self.show([Line(line, clip=True)])

    def action_press(self, key: str) -> None:
        """Press a key."""
        self.app.simulate_key(key)


def _row(keys: Iterable[tuple[str, str, str]]) -> Content:
    return Content("   ").join(_key(*each) for each in keys)


def _key(shown: str, description: str, key: str) -> Content:
    said = Content(shown) + Content(f" {description}").stylize("$quiet")
    return said.stylize(Style.from_meta({"@click": f"press({key.split(',', maxsplit=1)[0]!r})"}))


ROOM = 100
"""Columns above which there is room for it."""


class SourcePanel(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows all the sources of a turn, or one of them; nothing until it is opened."""

    def __init__(self) -> None:
        """Start closed."""
        super().__init__()
        self.turn: Turn | None = None
        """Whose sources are shown; None while it is closed."""
        self._text = Flow()
        self.display = False

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield self._text

    def open(self, turn: Turn, pack: Pack, only: int | None = None) -> None:
        """Show the sources of a turn, or the one with this number."""
        from dimchat.apps.base.reply_lines import source_lines  # noqa: PLC0415 - not before the first paint

        self.turn = turn
        self.fit()
        closing = Content(key_name(self.screen, "chat.close_panel") + " ").stylize("$quiet")
        words = words_of(self)
        closing += link(words("chat.page_close"), "screen.close_panel")
        title = Line(Content(words("chat.sources_title")).stylize("bold"), tail=closing, clip=True)
        self._text.show([title, BLANK, *source_lines(turn.reply, pack, words, only)])
        self.scroll_home(animate=False)

    def close(self) -> None:
        """Show nothing."""
        self.turn = None
        self.fit()

    def fit(self) -> None:
        """Be there only while it is open and there is room."""
        self.display = self.turn is not None and self.screen.size.width > ROOM
