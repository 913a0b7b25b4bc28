"""`topics` and `show`: read the answer set without asking."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

import click

from dimchat.cli.ask import first_context, reader_option
from dimchat.cli.chat import spoken
from dimchat.cli.main import language_option, pack_option
from dimchat.cli.output import say, say_json
from dimchat.cli.progress import OPENING, busy
from dimchat.errors import DimchatError, UsageError
from dimchat.files.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from dimchat.model import Pack


def complete_category(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the ids of categories, with their titles."""
    pack = _pack_of(ctx)
    return _items([(one.id, one.title) for one in pack.categories] if pack else [], incomplete)


def complete_intent(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the ids of answers, with their titles."""
    pack = _pack_of(ctx)
    return _items([(one, pack.intent[one].title) for one in pack.answer] if pack else [], incomplete)


def _pack_of(ctx: click.Context) -> Pack | None:
    """Return the pack of a command line that is being typed; one that cannot be opened has nothing to offer."""
    from dimchat.index import open_pack

    try:
        return open_pack(ctx.params.get("pack_dir"))[0]
    except DimchatError:
        return None


def _items(names: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=title) for name, title in names if name.startswith(incomplete)]


@click.command()
@click.argument("category", required=False, shell_complete=complete_category)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each intent.")
@language_option
@pack_option
def topics(*, category: str | None, as_json: bool, language: str | None, pack_dir: Path | None) -> int:
    """List what can be asked, by category; with CATEGORY, that one alone."""
    from dimchat.index import open_assistant

    with busy(OPENING):
        pack = open_assistant(pack_dir).pack
    pack = pack.in_language(spoken(pack, language) or pack.language)
    known = [entry.id for entry in pack.categories]
    if category is not None and category not in known:
        raise UsageError(
            f"there is no category {category!r}{did_you_mean(category, known)}; there are {', '.join(known)}"
        )
    for entry in pack.categories:
        if category not in (None, entry.id):
            continue
        intents = [intent for intent in pack.browsable if intent.category == entry.id]
        if as_json:
            for intent in intents:
                say_json({"intent": intent.id, "title": intent.title, "category": entry.id})
            continue
        say(f"{entry.title} ({entry.id})")
        width = max((len(intent.id) for intent in intents), default=0)
        for intent in intents:
            say(f"  {intent.id:<{width}}  {intent.title}")
        say()
    return 0


@click.command()
@click.argument("intent", shell_complete=complete_intent)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON (dimchat.reply/1).")
@reader_option
@language_option
@pack_option
def show(*, intent: str, as_json: bool, reader: str | None, language: str | None, pack_dir: Path | None) -> int:
    """Print the answer to the intent ID with its sources."""
    from dimchat import render
    from dimchat.index import open_assistant

    with busy(OPENING):
        assistant = open_assistant(pack_dir)
    context = first_context(assistant.pack, reader, spoken(assistant.pack, language))
    pack = assistant.pack.in_language(context.language or assistant.pack.language)
    if intent not in pack.answer:
        listing = ["dimchat", "topics", *(("--pack", str(pack_dir)) if pack_dir else ())]
        hint = did_you_mean(intent, pack.answer) or f"; `{shlex.join(listing)}` lists them"
        raise UsageError(f"there is no answer {intent!r}{hint}")
    title = pack.intent[intent].title
    # As a click on it would: the first of the choices that stand.
    reply, _ = assistant.ask("1", context._replace(options=(intent,)))
    reply = reply._replace(question=title)
    today = date.today()  # noqa: DTZ011 - a review is due by the local calendar
    if as_json:
        say_json(render.to_dict(reply, pack, today, context.reader))
    else:
        say(f"{title}\n")
        say(render.to_plain(reply, pack, today))
    return 0
