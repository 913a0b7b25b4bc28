"""`suggest`: what a pack could hold, found in its own phrases and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dimchat.cli.output import Reports, report_options, say, warn, write_reports, writing
from dimchat.cli.own_pack import own_pack, own_pack_option, pack_to_write, pasted
from dimchat.cli.progress import ASKING, busy
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.quality.suggest.proposals import Proposal


@click.group()
def suggest() -> None:
    """Propose what a pack could hold, from its own phrases and titles."""


@suggest.command()
@click.option("--accept", "ids", multiple=True, metavar="ID", help="Write this one, or all that begin so; repeatable.")
@click.option("--accept-all", "everything", is_flag=True, help="Write all but what harms.")
@click.option("--dry-run", is_flag=True, help="Report and write nothing.")
@report_options()
@own_pack_option
def vocabulary(
    *, ids: tuple[str, ...], everything: bool, dry_run: bool, reports: Reports, pack_dir: Path | None
) -> int:
    """Propose names, kinds, titles and cues for intents/vocabulary.yaml, each with the phrases that speak for it.

    A name or a cue that turns a reply to one of the pack's own phrases or cases from right to wrong is told, whether it
    is proposed or stands there. What is accepted is added to the file, whose other bytes stay, and a pack of up to 600
    lines is tuned. An ID is SORT:TOPIC or SORT:ASPECT as listed, for all of its line, with :WORDS behind it for one.
    """
    from dimchat.files import disk
    from dimchat.index import tune_if_small
    from dimchat.match.meaning import vectors_kept
    from dimchat.pack import load_pack
    from dimchat.quality import load_items
    from dimchat.quality.suggest import VOCABULARY, accepted, harmed, proposed, standing_harm
    from dimchat.quality.suggest.proposals_report import document
    from dimchat.wording import suggest as wording

    if ids and everything:
        raise UsageError(wording.NOT_BOTH)
    writes = bool(ids or everything) and not dry_run
    root = pack_to_write(pack_dir, VOCABULARY) if writes else own_pack(pack_dir)
    pack = load_pack(root)
    items = load_items((), root, pack)
    with busy(ASKING), vectors_kept():
        proposals = proposed(pack)
        harms = harmed(pack, proposals, items)
        standing = standing_harm(pack, items)
    harmful = {one for harm in harms for one in harm.by}
    chosen = [one for one in proposals if one not in harmful] if everything else _chosen(proposals, ids)
    if writes and chosen:
        file = root / VOCABULARY
        with writing(file):
            disk.write(file.resolve(), accepted(file.read_bytes(), chosen))
            tuned = tune_if_small(root)
    taken = chosen if writes else ()
    write_reports(document(pack, proposals, harms, standing, taken=taken, file=VOCABULARY), reports)
    if everything and harmful:
        warn(wording.LEFT_OUT.format(ids=", ".join(sorted(one.id for one in harmful))))
    if writes and chosen:
        say((wording.THEN_TEST if tuned else wording.TUNE).format(folder=pasted(root)), err=True)
    elif proposals and not writes:
        say(wording.TAKE.format(folder=pasted(root)), err=True)
    return 0


def _chosen(proposals: list[Proposal], ids: tuple[str, ...]) -> list[Proposal]:
    """Return the proposals with some ids, or beginnings of ids.

    Raises:
        UsageError: There is none.
    """
    from dimchat.files.text import did_you_mean
    from dimchat.wording import suggest as wording

    known = {one.id for one in proposals} | {f"{one.sort}:{one.of}" for one in proposals}
    for name in ids:
        if name not in known:
            raise UsageError(wording.NO_SUCH.format(id=name, hint=did_you_mean(name, known)))
    return [one for one in proposals if one.id in ids or f"{one.sort}:{one.of}" in ids]
