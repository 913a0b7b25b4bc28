"""`new` and `upgrade`: a pack of one's own, and one of an older format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dimchat.cli.output import Reports, say, writing
from dimchat.cli.own_pack import file_in, named, own_pack, own_pack_option, pack_to_write, pasted
from dimchat.cli.progress import LEARNING, busy
from dimchat.errors import UsageError


@click.command()
@click.argument("names", metavar="DIR|ID...", nargs=-1, required=True)
@click.option("--title", metavar="TEXT", help="What the pack is about; default: the name of DIR.")
@click.option(
    "--from-csv",
    "table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make it from a table with the columns question and answer, and perhaps id, category, source.",
)
@click.option("--language", metavar="CODE", help="Start these questions of a pack that is there in a further language.")
@own_pack_option
def new(
    *, names: tuple[str, ...], title: str | None, table: Path | None, language: str | None, pack_dir: Path | None
) -> int:
    """Start a pack in DIR, which must not be there or be empty; with --language, questions of one in that language.

    Without --from-csv it is an example of three intents with sources, cases and a workflow that passes `check --strict`
    and `test`. With it, it is made as `dimchat import --lossy csv FILE DIR` makes it; rows that cannot be placed are
    listed with their line, and the status is 1 where there are any.

    With --language each ID gets a draft in intents/CODE/ and answers/CODE/: title and answer to be translated, with
    their citations and values. Nothing of a draft is learnt or shown until its `draft: true` is taken out.
    """
    from dimchat.wording import start as wording

    if language is not None:
        if title is not None or table is not None:
            raise UsageError(wording.NOT_WITH_LANGUAGE)
        return _in_language(names, language, pack_dir)
    if len(names) > 1 or pack_dir is not None:
        raise UsageError(wording.ONE_FOLDER)
    return _pack(Path(names[0]), title, table)


def _in_language(ids: tuple[str, ...], language: str, pack_dir: Path | None) -> int:
    from dimchat.files import disk
    from dimchat.pack import load_pack
    from dimchat.quality.start import skeletons
    from dimchat.wording import start as wording
    from dimchat.wording.quality import numbered

    root = pack_to_write(pack_dir)
    files = skeletons(root, load_pack(root), ids, language)
    for name, data in files.items():
        file = file_in(root, name)
        with writing(file):
            file.parent.mkdir(exist_ok=True)
            disk.write(file, data)
    say(numbered(wording.DRAFTED, len(set(ids)), language=language, files=", ".join(files)))
    say(wording.DRAFT_STEPS.format(pack=named(root), language=language), err=True)
    return 0


def _pack(folder: Path, title: str | None, table: Path | None) -> int:
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
