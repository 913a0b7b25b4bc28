"""`check`, `test`, `tune` and `schema`: what the curator of an answer set needs."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import (
    Reports,
    report_options,
    say,
    say_json,
    warn,
    write_reports,
    writing,
)
from dimchat.cli.own_pack import named, own_pack, own_pack_option, pack_to_write
from dimchat.cli.progress import CHECKING, OPENING, TUNING, busy
from dimchat.errors import PackError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack, Problem
    from dimchat.quality import Outcome

INTERRUPTED = 130
LONG = 500
"""So many items are worth a progress bar."""


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail the check as well.")
@click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which reviews may have expired; default: today.",
)
@report_options(github=True)
@own_pack_option
def check(*, path: Path | None, strict: bool, as_of: datetime | None, reports: Reports, pack_dir: Path | None) -> int:
    """List every problem of the pack in PATH, each with its file, line, column and the rule that it breaks."""
    from dimchat.quality.report.check_report import document, next_step, summary

    if path is not None and pack_dir is not None:
        raise UsageError("name the pack once: as an argument or with --pack")
    given = path or pack_dir
    root = Path()
    try:
        root = own_pack(given)
        day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - a review expires by the local calendar
        with busy(CHECKING):
            problems = problems_of(root, day)
    except PackError as error:
        problems = error.problems
    name = root.name or str(given or root)
    write_reports(document(problems, name), reports, root)
    say(f"{name}: {summary(problems)}", err=True)
    if step := next_step(problems, root):
        say(step, err=True)
    failing = ("error", "warning") if strict else ("error",)
    return 1 if any(problem.severity in failing for problem in problems) else 0


def problems_of(root: Path, as_of: date) -> tuple[Problem, ...]:
    """Return all that is wrong with a pack, its cases and its phrases.

    Args:
        root: The folder of the pack.
        as_of: The day on which reviews may have expired.
    """
    from dimchat.extras import missing
    from dimchat.pack import inspect_pack
    from dimchat.pack.load import rulings_in
    from dimchat.pack.rules.writing import SYLLABLES
    from dimchat.quality import inspect_cases, inspect_phrases
    from dimchat.wording import quality as wording

    pack, problems = inspect_pack(root, as_of)
    if pack is None:
        return problems
    rulings = rulings_in(root)
    if rulings.on("grade") and find_spec(SYLLABLES) is None:
        warn(wording.NO_GRADE.format(why=missing(SYLLABLES)))
    return (
        *problems,
        *rulings.applied((*inspect_cases(root, pack, rulings.limits["few-cases"]), *inspect_phrases(pack))),
    )


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
@click.option("-k", "keyword", metavar="TEXT", help="Only the items whose question, intent or file holds TEXT.")
@click.option("--tag", "tags", multiple=True, help="Only the items with this tag; can be repeated.")
@click.option("-x", "stop", is_flag=True, help="Stop at the first failure.")
@click.option("--failed-first", "failed_first", is_flag=True, help="Begin with the items that failed last time.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Share the work among N processes.")
@click.option("--durations", type=click.IntRange(1), metavar="N", help="Name the N slowest items.")
@report_options(github=True, junit=True)
@own_pack_option
def test(
    *,
    paths: tuple[Path, ...],
    keyword: str | None,
    tags: tuple[str, ...],
    stop: bool,
    failed_first: bool,
    jobs: int,
    durations: int | None,
    reports: Reports,
    pack_dir: Path | None,
) -> int:
    """Run the regression cases of the pack: all of tests/cases/, or those in PATH.

    Each phrasing is an item of its own. The exit status is 1 where one fails or where there is none.
    """
    from dimchat.index import open_assistant
    from dimchat.quality import failed_to_front, load_failed, load_items, running, save_failed, selected
    from dimchat.quality.report.case_report import Result, document
    from dimchat.wording import quality as wording

    root = own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    if pack.calibration is not None and pack.calibration.digest != pack.learning_digest:
        warn(wording.OLD_CALIBRATION.format(side=root.name or root, pack=named(root)))
    items = selected(load_items(paths, root, pack), keyword, tags)
    if not items:
        warn(no_case(root))
        return 1
    if failed_first:
        items = failed_to_front(items, load_failed(root))
    outcomes: list[Outcome] = []
    whole = finished(running(items, assistant, jobs=jobs), len(items), outcomes, stop=stop)
    results = [Result(one, "" if one.ok else explained(one, pack, assistant)) for one in outcomes]
    write_reports(document(results, pack, slowest=durations or 0), reports, root)
    if not save_failed(root, outcomes) and failed_first:
        warn(wording.NOT_REMEMBERED)
    if not whole:
        warn(wording.INTERRUPTED.format(done=len(outcomes), all=len(items)))
        return INTERRUPTED
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def no_case(root: Path) -> str:
    """Return why no case of a pack was run."""
    from dimchat.quality import CASES_FOLDER
    from dimchat.wording import quality as wording

    folder = root / CASES_FOLDER
    return wording.NO_CASE_RUN if folder.is_dir() else wording.NO_CASES_FOLDER.format(folder=folder)


def finished(source: Iterator[Outcome], length: int, outcomes: list[Outcome], *, stop: bool) -> bool:
    """Take outcomes as they come, a bar on the terminal where it takes long; tell whether nobody interrupted.

    Args:
        source: What is to be taken.
        length: How many there will be.
        outcomes: Where they go.
        stop: Whether to end with the first failure.
    """
    from dimchat.wording import quality as wording

    shown = sys.stderr.isatty() and length >= LONG
    try:
        with (
            click.progressbar(source, length, wording.RUNNING, file=sys.stderr) if shown else nullcontext(source) as bar
        ):
            for outcome in bar:
                outcomes.append(outcome)
                if stop and not outcome.ok:
                    break
    except KeyboardInterrupt:
        return False
    return True


def explained(outcome: Outcome, pack: Pack, assistant: Assistant) -> str:
    """Return the report of a failed item, with the candidates that decided."""
    from dimchat.quality import failure_text

    return failure_text(outcome, pack, assistant.explain(outcome.item.ask, outcome.context))


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@click.option("--language", metavar="CODE", help="Tune this further language of the pack, such as es, and no other.")
@report_options()
@own_pack_option
def tune(*, dry_run: bool, language: str | None, reports: Reports, pack_dir: Path | None) -> int:
    """Compute intents/calibration.json from the pack's own phrases, and from its conversations where it has many.

    Each further language of a pack has a calibration of its own, in intents/LANGUAGE/, computed as well.
    """
    from dimchat import index
    from dimchat.index.tuning import calibration_file
    from dimchat.pack import CALIBRATION
    from dimchat.quality.followup_weights import with_followups
    from dimchat.quality.report.tune_report import document
    from dimchat.wording import measures as wording

    root = own_pack(pack_dir) if dry_run else pack_to_write(pack_dir, CALIBRATION)
    others = index.open_pack(root)[0].also_in
    if language is not None and language not in others:
        raise UsageError(f"the pack says nothing in {language!r} beside its own language")
    reported = None
    for code in (None, *others) if language is None else (language,):
        with busy(TUNING):
            found = index.tune(root, code)
            if code is None:
                found = found._replace(after=with_followups(root, found.after))
        if not dry_run:
            file = root / calibration_file(code)
            with writing(file):
                # First, so that a reader who closes the pipe early does not undo it.
                index.write_calibration(root, found.after, code)
            warn(wording.WRITTEN.format(file=file))
        reported = reported or found
        if found.kept:
            warn(wording.NOT_LEARNT_AGAIN)
    if reported is not None:
        write_reports(document(reported.before, reported.after, root.name or str(root)), reports)
    return 0


@click.command()
@click.argument("name", required=False)
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write NAME.json for each into this folder.",
)
def schema(*, name: str | None, folder: Path | None) -> int:
    """Print the JSON Schemas of a pack's files and of replies, and the API's OpenAPI; or the one called NAME."""
    from dimchat.files import disk
    from dimchat.files.json_text import dumps
    from dimchat.files.text import did_you_mean
    from dimchat.pack import schemas
    from dimchat.web.api.description import openapi
    from dimchat.web.api.reply_schema import reply_schema

    known = {**schemas(), "reply": reply_schema(), "openapi": openapi()}
    if name is not None and name not in known:
        raise UsageError(f"there is no schema {name!r}{did_you_mean(name, known)}; there are {', '.join(known)}")
    chosen = {name: known[name]} if name is not None else known
    if folder is not None:
        for key, value in chosen.items():
            file = folder / f"{key}.json"
            with writing(file):
                folder.mkdir(parents=True, exist_ok=True)
                disk.write(file, f"{dumps(value, indent=2)}\n".encode())
        return 0
    say_json(chosen[name] if name is not None else chosen, indent=2)
    return 0
