"""The line-by-line chat: no drawing, no colour, no cursor tricks; for screen readers, pipes and dumb terminals."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from dimchat import render
from dimchat.apps.base.offered import (
    ASK,
    COMMAND,
    FOR,
    NONE,
    OPEN,
    by_key,
    category_choices,
    choices_of,
    cited,
    has_more,
    question_choices,
    reader_choices,
    source_facts,
)
from dimchat.apps.base.session import Session
from dimchat.apps.chat.commands import COMMANDS, find, is_command
from dimchat.cli.output import read_lines, say
from dimchat.errors import DimchatError
from dimchat.render.languages import languages_told, named_language
from dimchat.render.why import why
from dimchat.reply import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Asks, Turn
    from dimchat.journal import Recorder
    from dimchat.model import Pack
    from dimchat.wording import Catalogue

RATINGS = {"/yes": True, "/no": False}
ON_THE_SCREEN = frozenset({"open", "settings", "theme"})
"""Commands for what is not there line by line: /sources prints addresses."""
PLAIN = tuple(command for command in COMMANDS if command.name not in ON_THE_SCREEN)


def chat(
    pack: Pack,
    assistant: Asks,
    today: Callable[[], date] = date.today,
    recorder: Recorder | None = None,
    language: str | None = None,
) -> int:
    """Hold one conversation until /quit or the end of the input; return the exit status 0.

    Args:
        pack: The answer set.
        assistant: What answers from it.
        today: The day as of which reviews are overdue.
        recorder: Takes note of the replies; None keeps no journal.
        language: One of the pack's, to begin in; None for its own.
    """
    talk = Talk(pack, assistant, today, recorder, language=language)
    words, pack = talk.session.words, talk.session.pack
    welcome = pack.words.welcome or words("chat.welcome", title=pack.title)
    say(f"dimchat: {welcome} {words('chat.plain.hint')}")
    if talk.session.recorder.mode != "off":
        say(f"dimchat: {words(f'chat.notice.{talk.session.recorder.mode}')} {words('chat.plain.rate')}")
    for message in messages(words):
        said = talk.respond(message)
        if talk.session.told:
            say(f"dimchat: {talk.session.told}")
            talk.session.told = ""
        if talk.over:
            break
        say(f"dimchat: {said}")
        say()
        sys.stdout.flush()
    say(f"dimchat: {words('chat.plain.goodbye')}")
    return 0


class Talk:
    """One conversation, message by message, with the choices and commands that the screen has."""

    def __init__(
        self,
        pack: Pack,
        assistant: Asks,
        today: Callable[[], date],
        recorder: Recorder | None = None,
        *,
        reader: str | None = None,
        whole: bool = False,
        language: str | None = None,
    ) -> None:
        """Begin an empty conversation.

        Args:
            pack: The answer set.
            assistant: What answers from it.
            today: The day as of which reviews are overdue.
            recorder: Takes note of the replies; None keeps no journal.
            reader: Whom answers are for; None for everyone.
            whole: Whether an answer is told whole at once, not only its short form.
            language: One of the pack's, to begin in; None for its own.
        """
        self.session = Session(pack, assistant, time.monotonic, recorder, language=language)
        if reader is not None:
            self.session.read_as(reader)
        self._today = today
        self._whole = whole
        self.over = False
        """Whether the person has left."""
        self.answered = False
        """Whether the last message got what it asked for."""
        self._choices: Sequence[Choice] = ()
        """What numbers pick now."""

    @property
    def _pack(self) -> Pack:
        return self.session.pack

    @property
    def _words(self) -> Catalogue:
        return self.session.words

    def respond(self, message: str) -> str:
        """Return what to say to a message: to a command, the number of a choice, or a question."""
        if is_command(message):
            return self._command(message.strip())
        return self.reply_to(message)

    def reply_to(self, message: str) -> str:
        """Return what to say to a message that is no command: the number of a choice, or a question."""
        choice = by_key(self._choices, message)
        told = "" if choice else self.session.out_of_range(message, self._choices)
        self.answered = not told
        if told:
            return told
        return self._shown(self.session.say(message)) if choice is None else self._picked(choice)

    def _picked(self, choice: Choice) -> str:
        if choice.what == ASK:
            return self._shown(self.session.pick(choice.target, choice.label))
        if choice.what == NONE:
            return self._shown(self.session.none(choice.label))
        if choice.what == OPEN:
            return self._questions(choice.target)
        return self.session.read_as(choice.target) if choice.what == FOR else self._topics()

    def _shown(self, turn: Turn) -> str:
        self.answered = turn.reply.kind in ANSWERED
        self._choices = choices_of(turn.reply, self._pack, self._words)
        rows = [_row(choice) for choice in self._choices if choice.what == COMMAND]
        return "\n".join((self._told(turn, whole=self._whole), *rows))

    def _told(self, turn: Turn, *, whole: bool) -> str:
        reply, words = turn.reply, self._words
        short = has_more(reply) and not whole
        if short:
            reply = reply._replace(citations=tuple(cited(reply, whole=False)))
        text = render.to_plain(reply, self._pack, self._today(), full=not short, numbered=True, words=words)
        return f"{text}\n{words('chat.plain.more')}" if short else text

    def _command(self, typed: str) -> str:
        name, _, argument = typed.partition(" ")
        if name.casefold() in RATINGS and self.session.recorder.mode != "off":
            return self._rate(meant=RATINGS[name.casefold()])
        command = find(typed, PLAIN)
        if command is None:
            names = ", ".join(f"/{each.name}" for each in PLAIN)
            return self._words("chat.plain.no_command", command=name, names=names)
        does: Callable[[str], str] = getattr(self, f"_do_{command.name.replace('-', '_')}")
        try:
            return does(argument.strip())
        except DimchatError as error:  # a file that cannot be written ends no conversation
            return str(error)

    def _do_quit(self, _: str) -> str:
        self.over = True
        return ""

    def _do_help(self, _: str) -> str:
        rows = [(command.usage(self._words), command.help(self._words)) for command in PLAIN]
        width = max(len(usage) for usage, _ in rows)
        listed = "\n".join(f"  {usage:<{width}}  {told}" for usage, told in rows)
        return f"{self._pack.words.help} {self._words('chat.plain.help')}\n{listed}".lstrip()

    def _do_topics(self, _: str) -> str:
        return self._topics()

    def _topics(self) -> str:
        topics = category_choices(self._pack)
        readers = reader_choices(self._pack, self.session.context.reader, len(topics) + 1, self._words)
        self._choices = (*topics, *readers)
        return "\n".join((self._words("chat.plain.topics"), *map(_row, self._choices)))

    def _questions(self, category_id: str) -> str:
        """List the questions of a topic, each to be picked by its number."""
        category = next(each for each in self._pack.categories if each.id == category_id)
        self._choices = question_choices(self.session.questions(category), self._words)
        return "\n".join((category.title, *map(_row, self._choices)))

    def _do_for(self, reader: str) -> str:
        return self.session.read_as(reader)

    def _do_language(self, named: str) -> str:
        language = named_language(self.session.languages, named)
        if language is None or not self.session.speak(language):
            return languages_told(self.session.languages, self._words)
        return self._words("chat.language_now")

    def _do_sources(self, number: str) -> str:
        turn = self.session.last_answer
        if turn is None:
            return self._words("chat.no_sources")
        found = [each for each in turn.reply.citations if number.strip("[]") in ("", str(each.number))]
        if not found:
            return self._words("chat.sources_number", number=number)
        rows: list[str] = []
        for citation in found:
            rows.append(f"[{citation.number}] {citation.title}")
            rows += [f"  {name}: {value}" for name, value in source_facts(citation, self._pack, self._words)]
            rows += [f"  {citation.url}"] if citation.url else []
        return "\n".join(rows)

    def _do_more(self, _: str) -> str:
        turn = self.session.last
        if turn is None or not has_more(turn.reply):
            return self._words("chat.no_more")
        return self._told(turn, whole=True)

    def _do_again(self, _: str) -> str:
        turn = self.session.last
        return self._shown(self.session.again(turn)) if turn else self._words("chat.no_reply")

    def _do_why(self, what: str) -> str:
        turn = self.session.last
        if turn is None:
            return self._words("chat.no_reply")
        found = self.session.why(turn)
        if what.casefold() == self._words("chat.why_figures"):
            return "\n" + render.explanation_to_plain(found, self._pack, words=self._words)
        return f"{why(found, self._pack, words=self._words)} {self._words('chat.plain.why_more')}"

    def _do_copy(self, what: str) -> str:
        from dimchat.apps.chat.desktop import copy_to_system, is_remote
        from dimchat.apps.chat.export import copied

        turn, only = self.session.last, self._words("chat.copy_text_only")
        if what.casefold() not in ("", only):
            return self._words("chat.copy_usage")
        if turn is None:
            return self._words("chat.no_reply")
        text = copied(turn, self._pack, self._today(), self._words, sources=not what)
        # The escape sequence that the screen falls back on would be a trick; a remote machine's clipboard is nobody's.
        return self._words("chat.copied" if not is_remote() and copy_to_system(text) else "chat.plain.no_clipboard")

    def _do_export(self, argument: str) -> str:
        from dimchat.apps.chat.export import exported

        return exported(argument, self.session.turns, self._pack, self._today(), self._words)

    def _do_save_test(self, argument: str) -> str:
        from dimchat.apps.chat.export import case_saved

        return case_saved(argument, self.session.turns, self._words)

    def _do_clear(self, _: str) -> str:
        self.session.forget()
        self._choices = ()
        return self._words("chat.plain.cleared")

    def _rate(self, *, meant: bool) -> str:
        return self._words("chat.rate_thanks" if self.session.recorder.rate(meant=meant) else "chat.rate_nothing")


def _row(choice: Choice) -> str:
    return f"  {choice.key} {choice.label}" + (f": {choice.about}" if choice.about else "")


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
