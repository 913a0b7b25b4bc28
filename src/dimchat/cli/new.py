"""`new` and `upgrade`: a pack of one's own, and one of an older format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dimchat.cli.output import Reports, say, writing
from dimchat.cli.own_pack import file_in, own_pack, own_pack_option, pack_to_write, pasted
from dimchat.cli.progress import LEARNING, busy


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", metavar="TEXT", help="What the pack is about; default: the name of DIR.")
@click.option(
    "--from-csv",
    "table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make it from a table with the columns question and answer, and perhaps id, category, source.",
)
def new(*, folder: Path, title: str | None, table: Path | None) -> int:
    """Start a pack in DIR, which must not be there or be empty.

    Without --from-csv it is an example of three intents with sources, cases and a workflow that passes `check --strict`
    and `test`. With it, it is made as `dimchat import --lossy csv FILE DIR` makes it; rows that cannot be placed are
    listed with their line, and the status is 1 where there are any.
    """
    from dimchat.pack import load_pack
    from dimchat.quality import load_items
    from dimchat.quality.start import check_free, example, head, write_pack
    from dimchat.wording import start as wording
    from dimchat.wording.quality import numbered

    check_free(folder)
    about = head(folder, title, date.today())  # noqa: DTZ011 - a review is due by the local calendar
    status = 0
    if table is None:
        with busy(LEARNING):
            write_pack(folder, example(about))
    else:
        from dimchat.cli.exchange import finish
        from dimchat.exchange.place import refuse_malformed
        from dimchat.exchange.readers import read

        base = read("csv", table)
        refuse_malformed(base)
        finish(base, folder, about, Reports(), lossy=True, dry_run=False)
        status = 1 if base.dropped else 0
    pack = load_pack(folder)
    items = load_items((), folder, pack)
    phrases = sum(len(one.phrases) for one in pack.browsable)
    if table is not None:
        say(numbered(wording.PLACED, len(base.entries), file=table))
    counts = {
        "intents": numbered(wording.INTENTS, len(pack.browsable)),
        "phrases": numbered(wording.PHRASES, phrases),
        "cases": numbered(wording.CASES, len(items)),
    }
    say(wording.MADE.format(folder=folder, **counts))
    if table is None:
        say(wording.NEXT_STEPS.format(folder=pasted(folder)), err=True)
    return status


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@own_pack_option
def upgrade(*, dry_run: bool, pack_dir: Path | None) -> int:
    """Bring the pack up to the newest format; whatever need not change keeps every byte.

    A pack that would have errors in it stays as it is, and they are listed. A second upgrade changes nothing. Older
    formats are read for ever: nobody has to upgrade who wants nothing of the newer one.
    """
    from dimchat.files import disk
    from dimchat.pack.folder import PACK_FILE
    from dimchat.pack.upgrade import upgraded
    from dimchat.wording import start as wording

    root = own_pack(pack_dir) if dry_run else pack_to_write(pack_dir, PACK_FILE)
    file = file_in(root, PACK_FILE)
    found = upgraded(root)
    for line in found.done:
        say(f"{PACK_FILE}: {line}")
    if not found.done:
        say(wording.NEWEST.format(folder=root), err=True)
    elif not dry_run:
        with writing(file):
            disk.write(file.resolve(), found.data)
    return 0
