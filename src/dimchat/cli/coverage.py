"""`coverage`: what the cases of a pack leave untested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dimchat.cli.output import Reports, jobs_option, report_options, warn, write_reports
from dimchat.cli.own_pack import own_pack, own_pack_option
from dimchat.cli.progress import ASKING, OPENING, busy

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("intents", "phrases", "follow-ups", "topics", "sources", "options", "rows", "limits", "pairs")


@click.command()
@click.option("--min", "least", type=click.FloatRange(0, 100), metavar="PERCENT", help="Fail where a kind has less.")
@click.option(
    "--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="Tell of this kind only; can be repeated."
)
@click.option(
    "--pairs", type=click.IntRange(0), default=20, metavar="N", help="How many pairs of intents; default: 20."
)
@click.option("--all", "everything", is_flag=True, help="List all that is untouched, not the first ten of each kind.")
@report_options(github=True)
@jobs_option
@own_pack_option
def coverage(
    *,
    least: float | None,
    kinds: tuple[str, ...],
    pairs: int,
    everything: bool,
    reports: Reports,
    jobs: int,
    pack_dir: Path | None,
) -> int:
    """Show what no case touches, with file and line, and which intents are most easily taken for each other.

    Only cases that pass count. A pair is told apart by a case for each of the two in which the other is near. The
    exit status is 1 where one of the kinds shown has less than --min.
    """
    from dimchat.cli.check import no_case
    from dimchat.index import open_assistant
    from dimchat.quality import coverage, load_items
    from dimchat.quality.compare.parts import parts_of
    from dimchat.wording import quality as wording

    root = own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    chosen = [kind for kind in coverage.KINDS if not kinds or kind in kinds]
    items = load_items((), root, pack)
    if not items:
        warn(no_case(root))
        return 1
    with busy(ASKING):
        seen = coverage.seen_by(items, assistant, jobs=jobs)
        near = coverage.confusable(pack, pairs) if "pairs" in chosen and pairs else []
    parts = parts_of(pack)
    found = coverage.coverage_of(pack, parts, seen, coverage.with_cases(near, seen), chosen)
    few = {kind: share for kind, share in found.shares.items() if least is not None and share.percent < least}
    write_reports(coverage.document(found, pack, low=few, everything=everything), reports, root)
    for kind, share in few.items():
        name = wording.COVERED[kind]
        warn(wording.TOO_LITTLE.format(kind=name, percent=share.percent, least=least))
    return 1 if few else 0
