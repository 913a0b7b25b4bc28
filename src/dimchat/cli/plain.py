"""The line-by-line chat: no drawing, no colour, no cursor tricks; for screen readers, pipes and dumb terminals."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from dimchat import render
from dimchat.cli.output import read_lines, say
from dimchat.journal import NoRecorder
from dimchat.model import Context
from dimchat.render.readers import chosen
from dimchat.render.why import why
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dimchat.dialogue import Assistant
    from dimchat.journal import Recorder
    from dimchat.model import Category, Pack
    from dimchat.wording import Catalogue

FOR = "/for"
QUIT = frozenset({"/quit", "/exit", "/q"})
RATINGS = {"/yes": True, "/no": False}


def chat(
    pack: Pack,
    assistant: Assistant,
    today: Callable[[], date] = date.today,
    recorder: Recorder | None = None,
) -> int:
    """Hold one conversation until /quit or the end of the input; return the exit status 0.

    Args:
        pack: The answer set.
        assistant: What answers from it.
        today: The day as of which reviews are overdue.
        recorder: Takes note of the replies; None keeps no journal.
    """
    words = catalogue_of(pack.language)
    talk = Talk(pack, assistant, today, recorder or NoRecorder())
    welcome = pack.words.welcome or words("chat.welcome", title=pack.title)
    say(f"dimchat: {welcome} {words('chat.plain.hint')}")
    if talk.recorder.mode != "off":
        say(f"dimchat: {words(f'chat.notice.{talk.recorder.mode}')} {words('chat.plain.rate')}")
    for message in messages(words):
        if message.strip().casefold() in QUIT:
            break
        say(f"dimchat: {talk.respond(message)}")
        say()
        sys.stdout.flush()
    say(f"dimchat: {words('chat.plain.goodbye')}")
    return 0


class Talk:
    """One conversation, message by message."""

    def __init__(self, pack: Pack, assistant: Assistant, today: Callable[[], date], recorder: Recorder) -> None:
        """Begin an empty conversation; the arguments are those of `chat`."""
        self.recorder = recorder
        self._pack = pack
        self._words = catalogue_of(pack.language)
        self._assistant = assistant
        self._today = today
        self._context = Context()
        self._asked: tuple[str, Context] | None = None
        self._rows: dict[str, Callable[[], str]] = {}
        """What the numbers stand for that only this face knows: topics, and the questions of one."""
        self._commands: dict[str, Callable[[], str]] = {
            "/help": f"{pack.words.help} {self._words('chat.plain.help')}".lstrip,
            "/topics": lambda: "\n" + topics(pack),
            "/why": self._why,
            f"/why {self._words('chat.why_figures')}": self._figures,
            "/again": self._again,
            "/clear": self._clear,
        }
        if recorder.mode != "off":
            self._commands |= {each: partial(self._rate, meant=meant) for each, meant in RATINGS.items()}

    def respond(self, message: str) -> str:
        """Return what to say to a message."""
        command = message.strip()
        does = self._rows.get(command.rstrip(".)")) or self._commands.get(" ".join(command.casefold().split()))
        if does is not None:
            return does()
        first, _, rest = command.partition(" ")
        if first.casefold() == FOR:
            reader, said = chosen(self._pack, rest, self._context.reader, self._words)
            self._context = self._context._replace(reader=reader)
            return said
        if command.startswith("/") and " " not in command:
            return self._words("chat.plain.no_command", command=command)
        return self._ask(message, self._context)

    def _ask(self, message: str, context: Context) -> str:
        self._asked = message, context
        reply, self._context = self._assistant.ask(message, context)
        self.recorder.record(reply, context)
        numbered = enumerate(reply.categories, len(reply.suggestions) + 1)
        self._rows = {str(number): partial(self._browse, category) for number, category in numbered}
        return render.to_plain(reply, self._pack, self._today(), numbered=True)

    def _browse(self, category: Category) -> str:
        """List the questions of a topic, each to be picked by its number."""
        questions = [intent for intent in self._pack.browsable if intent.category == category.id]
        self._rows = {str(number): partial(self._pick, intent.id) for number, intent in enumerate(questions, 1)}
        rows = (f"  {number} {intent.title}" for number, intent in enumerate(questions, 1))
        return "\n".join((category.title, *rows))

    def _pick(self, intent: str) -> str:
        only = self._context._replace(options=(intent,), option_slots=(), suggestions=(), pending=None)
        return self._ask("1", only)

    def _again(self) -> str:
        return self._ask(*self._asked) if self._asked else self._words("chat.plain.not_asked")

    def _why(self) -> str:
        if self._asked is None:
            return self._words("chat.plain.not_asked")
        said = why(self._assistant.explain(*self._asked), self._pack, words=self._words)
        return f"{said} {self._words('chat.plain.why_more')}"

    def _figures(self) -> str:
        if self._asked is None:
            return self._words("chat.plain.not_asked")
        return "\n" + render.explanation_to_plain(self._assistant.explain(*self._asked), self._pack)

    def _clear(self) -> str:
        self._context, self._asked, self._rows = Context(), None, {}
        self.recorder.forget()
        return self._words("chat.plain.cleared")

    def _rate(self, *, meant: bool) -> str:
        return self._words("chat.rate_thanks" if self.recorder.rate(meant=meant) else "chat.rate_nothing")


def messages(words: Catalogue) -> Iterator[str]:
    """Yield what the person says, blank lines left out; where it comes through a pipe, show it as well."""
    if sys.stdin.isatty():
        while True:
            try:
                line = input(f"{words('chat.plain.you')}: ")
            except EOFError:
                say()
                return
            if line.strip():
                yield line
    for line in read_lines(sys.stdin):
        if line.strip():
            message = line.rstrip("\r\n")
            say(f"{words('chat.plain.you')}: {message}")
            yield message


def topics(pack: Pack) -> str:
    """Return the titles that can be asked, by category."""
    lines = []
    for category in pack.categories:
        lines.append(category.title)
        lines += [f"  {intent.title}" for intent in pack.browsable if intent.category == category.id]
    return "\n".join(lines)
