"""`import` and `export`: from other programs into a pack, and out of it again."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import Reports, report_options, say, warn, write_reports, writing
from dimchat.cli.own_pack import own_pack, own_pack_option, pasted
from dimchat.cli.progress import LEARNING, READING, WRITING, busy
from dimchat.errors import UsageError
from dimchat.exchange.readers import FORMATS
from dimchat.exchange.writers import FORMATS as WRITTEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.exchange.knowledge import KnowledgeBase
    from dimchat.quality.start import Head


@click.command("import", epilog="\b\n" + "\n".join(f"{name:<11} {about}" for name, (_, _, about) in FORMATS.items()))
@click.argument("format_", type=click.Choice(list(FORMATS)), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--title", metavar="TEXT", help="What a new pack is about; default: what the file says, or the name of DIR."
)
@click.option("--language", metavar="TAG", help="The language of the file, such as de; default: what the file says.")
@click.option(
    "--synonyms", type=click.Path(path_type=Path), metavar="FILE", help="Synonyms of QnA Maker (TSV) as well."
)
@click.option("--lossy", is_flag=True, help="Write although something is dropped.")
@click.option("--dry-run", is_flag=True, help="Report and write nothing.")
@report_options()
def import_(
    *,
    format_: str,
    file: Path,
    folder: Path,
    title: str | None,
    language: str | None,
    synonyms: Path | None,
    lossy: bool,
    dry_run: bool,
    reports: Reports,
) -> int:
    """Bring an answer set of another program into the pack in DIR, which is made if it is not there.

    It can be repeated with a newer FILE: what is new is added, what changed is changed, what was edited in the pack
    stays. Whatever cannot be carried is listed by row; where something would be dropped, nothing is written and the
    status is 1, unless --lossy is given. The formats:
    """
    from dimchat.exchange.readers import read
    from dimchat.quality.start import head

    with busy(READING):
        base = read(format_, file)
    if synonyms is not None:
        from dimchat.exchange.readers.qna_maker import add_synonyms

        add_synonyms(base, synonyms)
    base.language = language or base.language
    about = head(folder, title or base.title or None, date.today())  # noqa: DTZ011 - the local calendar counts
    return finish(base, folder, about, reports, lossy=lossy, dry_run=dry_run)


def finish(base: KnowledgeBase, folder: Path, about: Head, reports: Reports, *, lossy: bool, dry_run: bool) -> int:
    """Write what a file says into a pack, report on it, and return the status."""
    from dimchat.exchange.exchange_report import import_document, loss_lines, summary
    from dimchat.exchange.importing import NothingPlacedError, plan, write
    from dimchat.exchange.own_cases import add_cases
    from dimchat.wording import exchange as wording

    try:
        with busy(READING):
            planned = plan(base, folder, about)
    except NothingPlacedError:
        for line in loss_lines(base.losses):
            say(line)
        raise
    refused = bool(base.dropped) and not lossy
    written = not (dry_run or refused)
    tried = None
    tuned = False
    if written:
        with busy(LEARNING):
            tuned = write(planned)
            tried = add_cases(planned)
    write_reports(import_document(planned, tried, written=written), reports, folder)
    if written:
        steps = (wording.NEXT, *([] if tuned else [wording.NEXT_TUNE]), wording.NEXT_STEPS)
        say("\n".join(steps).format(folder=pasted(folder)), err=True)
    if refused:
        warn(wording.WOULD_DROP.format(losses=summary(base.losses)))
    return 1 if refused else 0


@click.command(epilog="\b\n" + "\n".join(f"{name:<9} {about}" for name, (_, _, about) in WRITTEN.items()))
@click.argument("format_", type=click.Choice(list(WRITTEN)), metavar="FORMAT")
@click.argument("place", type=click.Path(path_type=Path, allow_dash=True), metavar="[FILE|DIR]", required=False)
@report_options()
@own_pack_option
def export(*, format_: str, place: Path | None, reports: Reports, pack_dir: Path | None) -> int:
    """Write the pack in the format of another program, or as a site that needs none.

    Without FILE it goes to stdout, but for workbooks and folders. What the format has no place for is listed; answers
    that were imported and not edited since go out byte by byte as they came. The formats:
    """
    from dimchat.exchange.exchange_report import export_document
    from dimchat.exchange.writers import written
    from dimchat.exchange.writers.formats_written import FOLDERS
    from dimchat.files import disk
    from dimchat.pack import load_pack
    from dimchat.wording import exchange as wording
    from dimchat.wording.quality import numbered

    several = format_ in FOLDERS
    to_stdout = place is None or str(place) == "-"
    if to_stdout and (several or format_ == "xlsx"):
        raise UsageError(wording.NEEDS_PLACE.format(format=format_, example="DIR" if several else "FILE"))
    if to_stdout and reports.takes_stdout:
        raise UsageError(wording.STDOUT_TWICE)
    root = own_pack(pack_dir)
    pack = load_pack(root)
    with busy(WRITING):
        files, base = written(format_, pack, root)
        document = export_document(base, pack, format_)
    if place is None or to_stdout:
        sys.stdout.buffer.write(next(iter(files.values())))
        say("\n".join(document.lines or ()), err=True)
        return 0
    for path, data in _targets(place, files, several=several):
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.write(path, data)
    say(numbered(wording.EXPORTED, len(files), folder=place), err=True)
    write_reports(document, reports, root)
    return 0


def _targets(place: Path, files: Mapping[str, bytes], *, several: bool) -> list[tuple[Path, bytes]]:
    """Return the paths that an export writes, each with its bytes; a folder must hold nothing else.

    Raises:
        UsageError: It does.
    """
    from dimchat.wording import exchange as wording

    if not several:
        return [(place, data) for data in files.values()]
    there = [path.relative_to(place).as_posix() for path in sorted(place.rglob("*")) if not path.is_dir()]
    other = next((name for name in there if name not in files and not name.startswith(".")), None)
    if other is not None or (place.exists() and not place.is_dir()):
        raise UsageError(wording.HOLDS_OTHERS.format(folder=place, file=other or place.name))
    return [(place / name, data) for name, data in files.items()]
