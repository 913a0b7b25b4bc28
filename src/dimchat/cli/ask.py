"""`ask`, `replay` and `explain`: faces on `Assistant.ask` for the command line and for programs."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

import click

from dimchat.cli.chat import spoken
from dimchat.cli.main import language_option, pack_option
from dimchat.cli.output import read_lines, say, say_json, use_utf8, warn
from dimchat.cli.own_pack import own_pack, own_pack_option
from dimchat.cli.progress import OPENING, busy
from dimchat.errors import UsageError
from dimchat.files.json_text import loads
from dimchat.model import Context, Reply
from dimchat.reply import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

reader_option = click.option(
    "--for", "reader", metavar="READER", help="Give the answers for this reader, where the pack has some."
)


@click.command()
@click.argument("questions", nargs=-1, metavar="[QUESTION]...")
@click.option("--json", "as_json", is_flag=True, help="Print each reply as one line of JSON (dimchat.reply/1).")
@click.option("--conversation", is_flag=True, help="Let each question follow the one before.")
@reader_option
@language_option
@pack_option
def ask(
    *,
    questions: tuple[str, ...],
    as_json: bool,
    conversation: bool,
    reader: str | None,
    language: str | None,
    pack_dir: Path | None,
) -> int:
    """Answer QUESTIONs; with none, or with -, one from each line of stdin.

    Where no argument holds a space, all of them are one question. The exit status is 0 if every
    question got an answer, smalltalk or a safety notice, else 1.
    """
    from dimchat import render
    from dimchat.index import open_assistant
    from dimchat.wording import catalogue_of

    if as_json:
        use_utf8(sys.stdout)
    with busy(OPENING):
        assistant = open_assistant(pack_dir)
    whole = assistant.pack
    language = spoken(whole, language)
    pack = whole.in_language(language or whole.language)
    context, today = first_context(whole, reader, language), date.today()  # noqa: DTZ011 - a review is due by the local calendar
    alone = bool(questions) and questions != ("-",) and (len(questions) == 1 or not any(" " in q for q in questions))
    replies = 0
    answered = True
    talk = None
    if conversation and not as_json:
        from dimchat.cli.plain import Talk

        talk = Talk(whole, assistant, lambda: today, reader=context.reader, whole=True, language=language)
    for question in asked(questions):
        if not as_json:
            if replies:
                say()
            if not alone:
                say(f"{catalogue_of(pack.language)('chat.plain.you')}: {question}")
        if talk is not None:  # numbers go on from what was offered, topics among it
            say(talk.reply_to(question))
            answered = answered and talk.answered
        else:
            reply, after = assistant.ask(question, context)
            context = after if conversation else context
            say(render.to_json(reply, pack, today, after.reader) if as_json else render.to_plain(reply, pack, today))
            answered = answered and reply.kind in ANSWERED
        sys.stdout.flush()
        replies += 1
    if not replies:
        warn("there was no question on stdin")
    return 0 if answered and replies else 1


def first_context(pack: Pack, reader: str | None, language: str | None) -> Context:
    """Return the context that a conversation begins with.

    Args:
        pack: The answer set.
        reader: What `--for` names.
        language: One of the pack's; None for its own.

    Raises:
        UsageError: The pack has no answers for this reader.
    """
    return Context(reader=reader_of(pack, reader), language=language if language in pack.also_in else None)


def reader_of(pack: Pack, named: str | None) -> str | None:
    """Return the reader that `--for` names.

    Raises:
        UsageError: The pack has no answers for one of this name.
    """
    from dimchat.files.text import suggest
    from dimchat.render.readers import EVERYONE, named_reader

    if named is None or named == EVERYONE:
        return None
    reader = named_reader(pack, named)
    if reader is None:
        meant = suggest(named, pack.reader)
        hint = f", did you mean {meant!r}?" if meant else f"; there are answers for {', '.join(pack.reader) or 'all'}"
        raise UsageError(f"there are no answers for {named!r}{hint}")
    return reader


def asked(arguments: tuple[str, ...]) -> Iterator[str]:
    """Yield the questions: from the arguments, or from the lines of stdin."""
    if arguments and arguments != ("-",):
        yield from arguments if any(" " in argument for argument in arguments) else [" ".join(arguments)]
        return
    for line in read_lines(sys.stdin):
        if line.strip():
            yield line.rstrip("\r\n")


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@reader_option
@language_option
@pack_option
def replay(*, file: TextIO, reader: str | None, language: str | None, pack_dir: Path | None) -> int:
    """Run the conversations in FILE (- for stdin) and print their replies.

    Each line in is {"id": .., "turns": ["..", ..]}, each line out {"id": .., "replies": [reply, ..]}.
    A line that cannot be read is named on stderr and left out; the exit status is then 2.
    """
    from dimchat import render
    from dimchat.index import open_assistant

    with busy(OPENING):
        assistant = open_assistant(pack_dir)
    pack = assistant.pack
    fresh = first_context(pack, reader, spoken(pack, language))
    bad = False
    for number, line in enumerate(read_lines(file), 1):
        if not line.strip():
            continue
        try:
            name, turns = conversation_of(line)
        except ValueError as error:
            warn(f"{file.name}:{number}: {error}")
            bad = True
            continue
        replies = [render.to_dict(reply, pack, reader=fresh.reader) for reply in held(assistant, turns, fresh)]
        say_json({"id": name, "replies": replies})
    return 2 if bad else 0


def conversation_of(line: str) -> tuple[Any, list[str]]:
    """Read one line of `replay`'s input.

    Raises:
        ValueError: what is wrong with it, fit for a person.
    """
    try:
        record = loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this line is not JSON: {error}") from error
    if not isinstance(record, dict) or "turns" not in record or "id" not in record:
        raise ValueError('a conversation is {"id": .., "turns": ["..", ..]}')
    turns = record["turns"]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError('"turns" must be a list of texts')
    return record["id"], turns


def held(assistant: Assistant, turns: Iterable[str], context: Context) -> Iterator[Reply]:
    """Yield the reply to each turn of one conversation that begins with a context."""
    for turn in turns:
        reply, context = assistant.ask(turn, context)
        yield reply


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--after", "earlier", multiple=True, metavar="Q", help="A question that came before; can be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@reader_option
@language_option
@own_pack_option
def explain(
    *,
    question: tuple[str, ...],
    earlier: tuple[str, ...],
    as_json: bool,
    reader: str | None,
    language: str | None,
    pack_dir: Path | None,
) -> int:
    """Say why QUESTION gets its reply: the words that counted, the candidates, what the context did."""
    from dimchat import render
    from dimchat.index import open_assistant
    from dimchat.render.why import why

    root = own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    context = first_context(pack, reader, spoken(pack, language))
    for text in earlier:
        _, context = assistant.ask(text, context)
    text = " ".join(question)
    explanation, pack = assistant.explain(text, context), pack.in_language(assistant.language_of(text, context))
    if as_json:
        use_utf8(sys.stdout)
        say(render.explanation_to_json(explanation))
    else:
        say(f"{why(explanation, pack)}\n\n{render.explanation_to_plain(explanation, pack)}")
    return 0
