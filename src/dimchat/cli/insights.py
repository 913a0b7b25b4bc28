"""`insights` and `review`: what a curator learns from the journal."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING

import click

from dimchat.cli.journal import opened, opened_to_write, url_option
from dimchat.cli.output import Reports, report_options, say_json, use_utf8, write_reports
from dimchat.cli.own_pack import own_pack, own_pack_option, pack_to_write
from dimchat.cli.progress import COUNTING, busy
from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from typing import Any

    from dimchat.journal.learn.scope import Scope
    from dimchat.match import Matcher
    from dimchat.model import Pack


def scope_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add what names the rows that are looked at, by day, place, language and pack; passed on as `scope`."""

    @click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day that counts.")
    @click.option("--days", type=click.IntRange(1, 3650), help="So many days, today among them.")
    @click.option("--stand", "stands", multiple=True, metavar="NAME", help="Of a fleet, this stand; may be repeated.")
    @click.option(
        "--building", "buildings", multiple=True, metavar="NAME", help="Of a fleet, the stands of a building."
    )
    @click.option("--language", "languages", multiple=True, metavar="CODE", help="Replies in this language.")
    @click.option("--pack-version", "versions", multiple=True, metavar="VERSION", help="Replies of this version.")
    @wraps(command)
    def with_scope(
        *,
        since: datetime | None,
        days: int | None,
        stands: tuple[str, ...],
        buildings: tuple[str, ...],
        languages: tuple[str, ...],
        versions: tuple[str, ...],
        **given: Any,  # noqa: ANN401 - the other options
    ) -> int:
        need("sqlalchemy")
        from dimchat.journal.learn.scope import Scope

        return command(scope=Scope(start_of(since, days), stands, buildings, languages, versions), **given)

    return with_scope


def start_of(since: datetime | None, days: int | None) -> date | None:
    """Return the first day that counts, None for all.

    Raises:
        UsageError: Two starts were named.
    """
    from dimchat.journal.recording import first_day
    from dimchat.wording import insights as words

    if since is not None and days is not None:
        raise UsageError(words.ONE_START)
    if days is not None:
        return first_day(datetime.now().astimezone().date(), days)
    return since.date() if since else None


@click.command()
@scope_options
@click.option("--csv", "as_csv", is_flag=True, help="Print one long table, for a spreadsheet.")
@report_options()
@url_option
@own_pack_option
def insights(
    *,
    scope: Scope,
    as_csv: bool,
    reports: Reports,
    url: str | None,
    password_file: Path | None,
    pack_dir: Path | None,
) -> int:
    """Show what people asked: how much, what went unanswered, what was close, what was asked again.

    In a terminal this is a screen with plots; otherwise, and with one of the options, it is a report.
    """
    from dimchat.wording import insights as words

    if as_csv and any(reports):
        raise UsageError(words.ONE_FORM)
    on_screen = not as_csv and not any(reports) and sys.stdin.isatty() and sys.stdout.isatty()
    need("sqlalchemy", *(["textual_plotext"] if on_screen else []))
    from dimchat.index import open_pack
    from dimchat.journal.learn.insights import insights as learnt
    from dimchat.journal.learn.insights_report import document, to_csv

    root = own_pack(pack_dir)
    with opened(url, password_file) as store, busy(COUNTING):
        found = learnt(store, scope, titles(open_pack(root)[0]))
    if on_screen:
        from dimchat.apps.curator import run_insights

        return run_insights(found)
    if as_csv:
        use_utf8(sys.stdout)
        click.echo(to_csv(found), nl=False)
    else:
        write_reports(document(found), reports)
    return 0


def titles(pack: Pack) -> dict[str, str]:
    """Return the titles of intents and outside groups."""
    return {intent.id: intent.title for intent in pack.intents} | {
        group.id: group.title for group in pack.outside_group.values()
    }


@click.command()
@scope_options
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON, with the nearest intents.")
@url_option
@own_pack_option
def review(*, scope: Scope, as_json: bool, url: str | None, password_file: Path | None, pack_dir: Path | None) -> int:
    """Work through questions that had no answer, and turn them into phrases and cases of the pack.

    In a terminal this is a screen; otherwise, and with --json, the groups are printed.
    """
    need("sqlalchemy")
    from dimchat.index import open_pack
    from dimchat.journal.learn.review import open_groups

    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from dimchat.apps.curator import run_review

        with opened_to_write(url, password_file) as journal:
            return run_review(journal, scope, pack_to_write(pack_dir))
    root = own_pack(pack_dir)
    with opened(url, password_file) as store, busy(COUNTING):
        found = open_groups(store, scope)
        pack, matcher = open_pack(root)
        groups = [group_data(group, pack, matcher) for group in found.groups]
    if as_json:
        say_json({"groups": groups, "more": found.more, "left_out": found.left_out}, default=str)
        return 0
    from dimchat.files.text import harmless
    from dimchat.journal.learn.unanswered import reasons_text
    from dimchat.wording import review as words

    for group, asked in zip(groups, (one.asked for one in found.groups), strict=True):
        click.echo(harmless(words.GROUP_LINE.format(**group)))
        if asked.reasons:
            click.echo(words.REASONS_LINE.format(reasons=reasons_text(asked.reasons, titles(pack))))
        click.echo(words.NEAREST_LINE.format(ids=", ".join(group["nearest"])))
    click.echo(words.GROUPS_LEFT.format(count=len(groups) + found.more, left_out=found.left_out), err=True)
    return 0


def group_data(group: Any, pack: Pack, matcher: Matcher) -> dict[str, Any]:  # noqa: ANN401 - imported when run
    """Return a group as plain data."""
    from dimchat.journal.learn.review import nearest

    return {
        "text": group.asked.text,
        "times": group.asked.times,
        "offered": group.asked.offered,
        "wordings": dict(group.asked.wordings),
        "reasons": dict(group.asked.reasons),
        "picked": dict(group.picked),
        "nearest": [candidate.intent for candidate in nearest(group, pack, matcher)],
    }
