"""The line-by-line chat: no drawing, no colour, no cursor tricks; for screen readers, pipes and dumb terminals."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from dimchat import render, wording
from dimchat.journal import NoRecorder
from dimchat.model import Context
from dimchat.wording import journal as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dimchat.dialogue import Assistant
    from dimchat.journal import Recorder
    from dimchat.model import Pack


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
    recorder = recorder or NoRecorder()
    click.echo(f"dimchat: {wording.PLAIN_WELCOME.format(title=pack.title)}")
    if recorder.mode != "off":
        click.echo(f"dimchat: {words.NOTICE[recorder.mode]} {words.PLAIN_RATE}")
    context = Context()
    for message in messages():
        command = message.strip().casefold()
        if command in wording.PLAIN_QUIT:
            break
        if command == "/help":
            click.echo(f"dimchat: {wording.PLAIN_HELP}")
        elif command == "/topics":
            click.echo(f"dimchat:\n{topics(pack)}")
        elif command in words.PLAIN_RATINGS and recorder.mode != "off":
            noted = recorder.rate(meant=words.PLAIN_RATINGS[command])
            click.echo(f"dimchat: {words.RATE_THANKS if noted else words.RATE_NOTHING}")
        elif command.startswith("/") and " " not in command:
            click.echo(f"dimchat: {wording.PLAIN_NO_COMMAND.format(command=render.harmless(message.strip()))}")
        else:
            reply, after = assistant.ask(message, context)
            recorder.record(reply, context)
            context = after
            click.echo(f"dimchat: {render.to_plain(reply, pack, today())}")
        click.echo()
        sys.stdout.flush()
    click.echo(f"dimchat: {wording.PLAIN_GOODBYE}")
    return 0


def messages() -> Iterator[str]:
    """Yield what the person says, blank lines left out; where it comes through a pipe, show it as well."""
    if sys.stdin.isatty():
        while True:
            try:
                line = input(f"{wording.YOU}: ")
            except EOFError:
                click.echo()
                return
            if line.strip():
                yield line
    for line in sys.stdin:
        if line.strip():
            message = line.rstrip("\r\n")
            click.echo(f"{wording.YOU}: {render.harmless(message)}")
            yield message


def topics(pack: Pack) -> str:
    """Return the titles that can be asked, by category."""
    lines = []
    for category in pack.categories:
        lines.append(category.title)
        lines += [f"  {intent.title}" for intent in pack.browsable if intent.category == category.id]
    return "\n".join(lines)
