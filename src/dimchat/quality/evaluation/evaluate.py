"""The whole of an evaluation, from its options to what the reports show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dimchat.language.tokens import normalise
from dimchat.quality.evaluation.held_out import OWN, held_out, lines_of
from dimchat.quality.evaluation.paired import compare
from dimchat.quality.grading import grade, reply_to
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dimchat.model import Pack
    from dimchat.quality.cases import Item
    from dimchat.quality.evaluation.blind import Blind
    from dimchat.quality.evaluation.held_out import Answered, Line, Method
    from dimchat.quality.evaluation.paired import Paired
    from dimchat.quality.runner import Asks

    Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Way:
    """How lines are held out."""

    method: Method = "folds"
    folds: int = 5
    seed: int = 0
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found."""

    way: Way
    parts: int
    """How many times a matcher was taught."""
    answered: tuple[Answered, ...]
    """Every line, in file order."""
    blind: tuple[Blind, ...] = ()
    paired: tuple[Paired, ...] = ()
    other: str = ""
    """What was compared with."""


def hold_out(
    pack: Pack, way: Way, *, matcher: str = OWN, only: Sequence[Line] | None = None, progress: Progress | None = None
) -> tuple[int, tuple[Answered, ...]]:
    """Return in how many parts the lines were held out, and what was made of each, in file order.

    Args:
        pack: The answer set.
        way: How lines are held out.
        matcher: As `fitted` takes it.
        only: The lines to ask; all by default.
        progress: Called after each part with the number of its lines.
    """
    found: dict[Line, Answered] = {}
    number = 0
    batches = held_out(
        pack, method=way.method, folds=way.folds, seed=way.seed, jobs=way.jobs, matcher=matcher, only=only
    )
    for batch in batches:
        number += 1
        found.update((one.line, one) for one in batch)
        if progress:
            progress(len(batch))
    return number, tuple(found[line] for line in lines_of(pack) if line in found)


def against_matcher(answered: Sequence[Answered], pack: Pack, way: Way, matcher: str) -> list[Paired]:
    """Compare dimchat's matcher with another one, by whether the right intent is ranked first.

    Args:
        answered: What dimchat's own made of the lines.
        pack: The answer set.
        way: How lines are held out, the same for both.
        matcher: `module:function`, as `fitted` takes it.
    """
    _, others = hold_out(pack, way, matcher=matcher)
    by_line = {one.line: one.ranked_rightly for one in others}
    first = [one.ranked_rightly for one in answered]
    second = [by_line[one.line] for one in answered]
    owners = [one.line.owner for one in answered]
    return [compare(wording.HELD_OUT_RANKING, first, second, owners, seed=way.seed)]


def against_pack(
    answered: Sequence[Answered],
    assistants: tuple[Asks, Asks],
    other: Pack,
    way: Way,
    sets: Iterable[tuple[str, Sequence[Item]]],
) -> list[Paired]:
    """Compare two packs, by whether the reply is right.

    Args:
        answered: What was made of the lines of the first.
        assistants: Of the first and of the second.
        other: The second.
        way: How lines are held out.
        sets: Names and items of what both are asked besides.
    """
    theirs = {(line.owner, normalise(line.text)): line for line in lines_of(other)}
    common = [one for one in answered if (one.line.owner, normalise(one.line.text)) in theirs]
    rows = []
    if common:
        wanted = [theirs[one.line.owner, normalise(one.line.text)] for one in common]
        _, others = hold_out(other, way, only=list(dict.fromkeys(wanted)))
        right = {one.line: one.verdict == "right" for one in others}
        rows.append(
            compare(
                wording.HELD_OUT_REPLY,
                [one.verdict == "right" for one in common],
                [right[line] for line in wanted],
                [one.line.owner for one in common],
                seed=way.seed,
            )
        )
    for name, items in sets:
        first, second = ([grade(item, reply_to(item, one)) == "right" for item in items] for one in assistants)
        clusters = [item.expect.intent or item.expect.outside or item.expect.kind or "" for item in items]
        rows.append(compare(name, first, second, clusters, seed=way.seed))
    return rows
