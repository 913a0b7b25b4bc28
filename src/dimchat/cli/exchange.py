"""`import` and `export`: from other programs into a pack, and out of it again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import Reports, report_options, say, warn, write_reports
from dimchat.exchange.readers import FORMATS

if TYPE_CHECKING:
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
    from dimchat.wording import exchange as wording

    base = read(format_, file)
    if synonyms is not None:
        from dimchat.exchange.readers.qna_maker import add_synonyms

        add_synonyms(base, synonyms)
    base.language = language or base.language
    about = head(folder, title or base.title or None, date.today())  # noqa: DTZ011 - the local calendar counts
    status = finish(base, folder, about, reports, lossy=lossy, dry_run=dry_run)
    if status == 0 and not dry_run:
        say(wording.NEXT_STEPS.format(folder=folder), err=True)
    return status


def finish(base: KnowledgeBase, folder: Path, about: Head, reports: Reports, *, lossy: bool, dry_run: bool) -> int:
    """Write what a file says into a pack, report on it, and return the status."""
    from dimchat.exchange.import_report import document, summary
    from dimchat.exchange.importing import NothingPlacedError, plan, write
    from dimchat.exchange.own_cases import add_cases
    from dimchat.wording import exchange as wording

    try:
        planned = plan(base, folder, about)
    except NothingPlacedError:
        for loss in base.losses:
            say(f"{loss.where}: {wording.DROPPED if loss.dropped else wording.TOLD}: {loss.text}")
        raise
    refused = bool(base.dropped) and not lossy
    written = not (dry_run or refused)
    tried = None
    if written:
        write(planned)
        tried = add_cases(planned)
    write_reports(document(planned, tried, written=written), reports, folder)
    if refused:
        warn(wording.WOULD_DROP.format(losses=summary(base.losses)))
    return 1 if refused else 0
