"""`robustness` and `evaluate`: how well a pack does on what it was not made for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.cli.output import Reports, report_options, warn, write_reports
from dimchat.cli.own_pack import own_pack, own_pack_option
from dimchat.cli.progress import ASKING, OPENING, busy
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack
    from dimchat.quality.cases import Item
    from dimchat.quality.evaluation.evaluate import Evaluation


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
@click.option("--kind", "only", multiple=True, metavar="KIND", help="Only variants of this kind; can be repeated.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which variants are made.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Vary N cases, drawn by the seed.")
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="The worst to show of a kind.")
@click.option(
    "--min",
    "least",
    multiple=True,
    metavar="PERCENT|KIND=PERCENT",
    help="Fail where fewer of the variants hold: of KIND, or of each kind that must keep the answer.",
)
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Share the work among N processes.")
@report_options()
@own_pack_option
def robustness(
    *,
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    seed: int,
    sample: int | None,
    examples: int,
    least: tuple[str, ...],
    jobs: int,
    reports: Reports,
    pack_dir: Path | None,
) -> int:
    """Vary the cases of the pack and see whether the answers hold.

    Case, marks, slips of the finger, politeness, word order, spelling and dictation must not change an answer; a
    negation, two topics that change places, and another topic must. Cases that fail by themselves are left out.
    """
    from dimchat.cli.check import no_case
    from dimchat.index import open_assistant
    from dimchat.quality import load_items
    from dimchat.quality.robustness import kinds
    from dimchat.quality.robustness import robustness as tried
    from dimchat.quality.robustness.robustness_report import document
    from dimchat.wording import measures as wording

    root = own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    known = [kind.name for kind in kinds(pack)]
    floors = shares(least, known)
    for name in only:
        if name not in known:
            raise UsageError(wording.UNKNOWN_KIND.format(name=name, known=", ".join(known)))
    items = load_items(paths, root, pack)
    if not items:
        warn(no_case(root))
        return 1
    with busy(ASKING):
        result = tried(items, pack, assistant, seed=seed, only=only, at_most=sample, jobs=jobs)
    if not any(one.size for one in result.figures):
        warn(wording.NONE_TRIED)
        return 1
    write_reports(document(result, pack, examples), reports)
    low = [
        (one.kind, one.share, floor)
        for one in result.figures
        if (floor := floors.get(one.kind, floors.get("", 0.0) if one.keeps else 0.0)) > one.share
    ]
    for kind, share, floor in low:
        warn(wording.TOO_LOW.format(kind=kind, share=100 * share, least=100 * floor))
    return 1 if low else 0


def shares(given: Sequence[str], known: Sequence[str]) -> dict[str, float]:
    """Return the least share for each kind that `--min` names; "" stands for all that must keep the answer."""
    from dimchat.wording import measures as wording

    result: dict[str, float] = {}
    for text in given:
        name, equals, number = text.rpartition("=")
        try:
            percent = float(number)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= 100 or (equals and not name):  # noqa: PLR2004 - per cent
            raise UsageError(wording.BAD_LEAST.format(given=text))
        if name and name not in known:
            raise UsageError(wording.UNKNOWN_KIND.format(name=name, known=", ".join(known)))
        result[name] = percent / 100
    return result


@click.command()
@click.option("--folds", type=int, metavar="N", help="Hold out in N parts; 5 without any of these.")
@click.option("--leave-one-out", "each", is_flag=True, help="Hold out one line of every intent at a time.")
@click.option("--exact", is_flag=True, help="Hold out one line at a time: as many rounds as there are lines.")
@click.option("--by-author", "author", is_flag=True, help="Hold out all lines of one author at a time; ask no others.")
@click.option(
    "--blind",
    "blind",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="FOLDER",
    help="Score the case files in FOLDER as well; totals only. Can be repeated.",
)
@click.option("--reveal", is_flag=True, help="Show the single questions of blind sets, which retires them.")
@click.option(
    "--against",
    "other_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Compare with the pack in DIR.",
)
@click.option("--rival", metavar="MODULE:FUNCTION", help="Compare with another matcher, made as Matcher.fit is called.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which line goes into which part.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Share the rounds among N processes."
)
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many rows of the long lists.")
@report_options()
@own_pack_option
def evaluate(
    *,
    folds: int | None,
    each: bool,
    exact: bool,
    author: bool,
    blind: tuple[Path, ...],
    reveal: bool,
    other_dir: Path | None,
    rival: str | None,
    seed: int,
    jobs: int,
    most: int,
    reports: Reports,
    pack_dir: Path | None,
) -> int:
    """Ask the pack's own phrases of a matcher that has not learnt them, and say where it is weak.

    Nothing is written into the pack. The status is 0 when it ran.
    """
    from dimchat.index import open_assistant
    from dimchat.quality.evaluation import evaluate as run
    from dimchat.quality.evaluation import lines_of
    from dimchat.quality.evaluation.cross_validation import maker
    from dimchat.quality.evaluation.evaluation_report import document
    from dimchat.wording import measures as wording

    if sum((folds is not None, each, exact, author)) > 1:
        raise UsageError(wording.ONE_WAY)
    if folds is not None and folds < 2:  # noqa: PLR2004 - one part would hold out everything
        raise UsageError(wording.TOO_FEW)
    if reveal and not blind:
        raise UsageError(wording.REVEAL_WHAT)
    if rival:
        # As `python -m` does: a matcher of one's own stands where one works.
        sys.path.insert(0, "")
        maker(rival)
    way = run.Way("each" if each else "exact" if exact else "author" if author else "folds", folds or 5, seed, jobs)
    root = own_pack(pack_dir)
    with busy(OPENING):
        assistant = open_assistant(root)
    pack = assistant.pack
    sets = [blind_set(folder, root, pack, assistant, seed) for folder in blind]
    other = open_assistant(other_dir) if other_dir else None
    lines = lines_of(pack)
    if author:
        lines = [line for line in lines if line.by]
    if not lines:
        raise UsageError(wording.NO_AUTHORS if author else wording.NOTHING_LEARNT)
    if sys.stderr.isatty():
        with click.progressbar(length=len(lines), label=wording.PROGRESS, file=sys.stderr) as bar:
            parts, answered = run.hold_out(pack, way, progress=bar.update)
    else:
        parts, answered = run.hold_out(pack, way)
    paired = run.against_matcher(answered, pack, way, rival) if rival else []
    if other:
        asked = cases_of(root, pack)
        asked += [(one.name, [item for item, _, _ in one.judged]) for one in sets]
        paired += run.against_pack(answered, (assistant, other), other.pack, way, asked)
    named = [rival] if rival else []
    named += [f"{other.pack.name} {other.pack.version} ({other_dir})"] if other else []
    result: Evaluation = run.Evaluation(way, parts, answered, tuple(sets), tuple(paired), ", ".join(named))
    write_reports(document(result, pack, most=most, reveal=reveal), reports)
    return 0


def blind_set(folder: Path, root: Path, pack: Pack, assistant: Assistant, seed: int) -> Any:  # noqa: ANN401 - a Blind
    """Return the score of the questions in a folder."""
    from dimchat.quality import load_items
    from dimchat.quality.evaluation import score

    return score(folder.name, load_items((folder,), root, pack), pack, assistant, seed=seed)


def cases_of(root: Path, pack: Pack) -> list[tuple[str, Sequence[Item]]]:
    """Return the cases of a pack with their name; nothing where it has none."""
    from dimchat.quality import load_items
    from dimchat.wording import measures as wording

    items = load_items((), root, pack)
    return [(wording.CASES_REPLY, items)] if items else []
