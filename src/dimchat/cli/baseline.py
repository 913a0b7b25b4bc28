"""`baseline` and `diff`: what an edit did to the replies."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import Reports, jobs_option, report_options, say, warn, write_reports, writing
from dimchat.cli.own_pack import file_in, must_be_writable, named, own_pack, own_pack_option, pack_to_write, shown
from dimchat.cli.progress import ASKING, OPENING, busy
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from dimchat.quality.compare import Baseline, Comparison, Opened, Snapshot

_PREFIX = "git:"
file_option = click.option(
    "--file", "file", type=click.Path(path_type=Path), metavar="FILE", help="Another file than tests/baseline.jsonl."
)


@click.group()
def baseline() -> None:
    """Record what the pack replies to all its cases and phrases, to compare with later."""


@baseline.command()
@file_option
@jobs_option
@own_pack_option
def record(*, file: Path | None, jobs: int, pack_dir: Path | None) -> int:
    """Write the first baseline of a pack; one that exists is replaced by `bless` alone."""
    from dimchat.quality import compare as room
    from dimchat.wording import quality as wording

    root = own_pack(pack_dir) if file else pack_to_write(pack_dir)
    target = file or file_in(root, room.BASELINE)
    if target.exists():
        raise UsageError(wording.BASELINE_EXISTS.format(file=shown(target), pack=named(root)))
    must_be_writable(target)
    with busy(OPENING):
        side = room.opened(root)
    if side.vain:
        from dimchat.errors import CaseError

        raise CaseError(side.vain)
    with busy(ASKING):
        snapshot = room.snapshot(side, jobs=jobs)
    with writing(target):
        room.write_baseline(target, room.baseline_text(snapshot))
    say(wording.RECORDED.format(file=shown(target), replies=len(snapshot.replies)))
    return 0


@baseline.command()
@click.option("--reason", metavar="WHY", help="Why the replies are right as they are now; kept in the baseline.")
@file_option
@jobs_option
@own_pack_option
def bless(*, reason: str | None, file: Path | None, jobs: int, pack_dir: Path | None) -> int:
    """Make what the pack replies now the baseline.

    All of it is asked first: what was interrupted changes nothing.
    """
    from dimchat.errors import CaseError
    from dimchat.files.text import decode
    from dimchat.quality import compare as room
    from dimchat.wording import quality as wording

    if not (reason or "").strip():
        raise UsageError(wording.NO_REASON)
    root = own_pack(pack_dir) if file else pack_to_write(pack_dir)
    target = file or file_in(root, room.BASELINE)
    before = existing(target, root)
    must_be_writable(target)
    with busy(OPENING):
        side = room.opened(root)
    if side.vain:
        raise CaseError(side.vain)
    with busy(ASKING):
        comparison = room.compared(before.snapshot, side, jobs=jobs)
    # The side's own questions alone: what it no longer has was asked for the comparison only.
    text = room.baseline_text(comparison.new, before.blessings, before.snapshot)
    if text == decode(target.read_bytes()).replace("\r\n", "\n"):
        say(wording.NOTHING_TO_BLESS.format(file=shown(target)))
        return 0
    blessing = room.Blessing(
        " ".join((reason or "").split()),
        comparison.new.digest[:12],
        {str(name): count for name, count in comparison.counts.items()},
    )
    text = room.baseline_text(comparison.new, [*before.blessings, blessing], before.snapshot)
    with writing(target):
        room.write_baseline(target, text)
    counts = room.counted(comparison.counts)
    say(wording.BLESSED.format(file=shown(target), replies=len(comparison.new.questions), counts=counts))
    return 0


@baseline.command()
@file_option
@own_pack_option
def status(*, file: Path | None, pack_dir: Path | None) -> int:
    """Say whether the pack has changed since its baseline was written; no question is asked, so it is quick.

    The status is 0 either way: a pack is edited more often than its baseline is blessed.
    """
    from dimchat.pack import load_pack
    from dimchat.quality import compare as room
    from dimchat.wording import quality as wording

    root = own_pack(pack_dir)
    target = file or file_in(root, room.BASELINE)
    if not target.is_file():
        raise UsageError(wording.NO_BASELINE.format(file=shown(target), pack=named(root)))
    head = room.read_head(target, shown(target))
    pack = load_pack(root)
    if head.name != pack.name:
        raise UsageError(wording.OTHER_PACK.format(file=shown(target), was=head.name, now=pack.name))
    text = wording.UP_TO_DATE if head.digest == pack.digest else wording.EDITED_SINCE
    say(text.format(file=shown(target), version=head.version, pack=named(root)))
    return 0


@click.command()
@click.argument("sides", nargs=-1, metavar="[A] [B]")
@click.option(
    "--fail-on",
    "fail_on",
    default="regression",
    metavar="CLASSES",
    help="Classes, separated by commas, that make the exit status 1; default: regression; none for never.",
)
@click.option("--all", "everything", is_flag=True, help="Show every change, not the first twenty of each class.")
@report_options(github=True)
@jobs_option
@own_pack_option
def diff(
    *,
    sides: tuple[str, ...],
    fail_on: str,
    everything: bool,
    reports: Reports,
    jobs: int,
    pack_dir: Path | None,
) -> int:
    """Show which replies differ between A and B, each with its class and the edit that led to it.

    A and B are folders of packs, baselines, or git revisions of the pack (HEAD~1; git:NAME where a folder has the
    same name). Without B, the pack as it is now; without A, its baseline.
    """
    from dimchat.quality import compare as room

    if len(sides) > 2:  # noqa: PLR2004 - A and B
        raise UsageError("name at most two: dimchat diff A B")
    classes = classes_in(fail_on)
    root = own_pack(pack_dir)
    with ExitStack() as stack, busy(ASKING):
        old = side_of(sides[0], root, stack) if sides else existing(file_in(root, room.BASELINE), root).snapshot
        new = side_of(sides[1], root, stack) if len(sides) > 1 else room.opened(root, "now")
        if not isinstance(new, room.Opened):
            raise UsageError(f"{sides[1]!r} is a baseline: it can be compared with, and stands first")
        comparison = room.compared(old, new, jobs=jobs)
    tell(comparison, root)
    document = room.document(comparison, new.pack.title, failing=classes, everything=everything, root=root)
    write_reports(document, reports, root)
    return 1 if comparison.fails(classes) else 0


def side_of(name: str, root: Path, stack: ExitStack) -> Opened | Snapshot:
    """Return one side: a pack in a folder, a baseline, or the pack as it was in a revision.

    Args:
        name: What the user typed.
        root: The folder of the pack.
        stack: What removes the files of a revision when they are no longer needed.

    Raises:
        UsageError: It is none of these.
    """
    from dimchat.quality import compare as room

    if not name.strip():
        raise UsageError("a side is named by a folder, a baseline or a git revision, and '' is none")
    path = Path(name)
    if not name.startswith(_PREFIX):
        if (path / "pack.yaml").is_file() or path.name == "pack.yaml":
            return room.opened(path, name)
        if path.is_file():
            return existing(path, root).snapshot
    revision = name.removeprefix(_PREFIX)
    return room.opened(stack.enter_context(room.checked_out(root, revision)), revision)


def existing(file: Path, root: Path) -> Baseline:
    """Return the baseline in a file; the folder of the pack is for the command that makes one.

    Raises:
        UsageError: There is none.
    """
    from dimchat.quality import compare as room
    from dimchat.wording import quality as wording

    if not file.is_file():
        raise UsageError(wording.NO_BASELINE.format(file=shown(file), pack=named(root)))
    return room.read_baseline(file, shown(file))


def classes_in(names: str) -> frozenset[str]:
    """Return the classes in a list that is separated by commas.

    Raises:
        UsageError: One of them is none.
    """
    from dimchat.files.text import did_you_mean
    from dimchat.quality.compare import CLASSES
    from dimchat.wording import quality as wording

    found = [name.strip().replace(" ", "-").replace("_", "-") for name in names.split(",") if name.strip()]
    if found == ["none"]:
        return frozenset()
    for name in found:
        if name not in CLASSES:
            hint = did_you_mean(name, CLASSES)
            raise UsageError(wording.UNKNOWN_CLASS.format(name=name, hint=hint, names=", ".join(CLASSES)))
    return frozenset(found)


def tell(comparison: Comparison, root: Path) -> None:
    """Say on stderr what makes a comparison of the pack in a folder less than it could be."""
    from dimchat.quality import compare as room
    from dimchat.wording import quality as wording

    for label in room.uncalibrated(comparison):
        warn(wording.OLD_CALIBRATION.format(side=label, pack=named(root)))
    for problem in comparison.new.vain:
        place = f"{problem.place.file}:{problem.place.line}"
        warn(wording.VAIN.format(place=place, message=problem.message))
