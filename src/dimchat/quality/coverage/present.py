"""Coverage as a report, and as notes beside what no case touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.quality.coverage.report import SHOWN, floored, where
from dimchat.quality.report.annotations import Note
from dimchat.quality.report.document import Bars, Document, Section, Table
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.model import Pack
    from dimchat.quality.coverage.confusions import Pair
    from dimchat.quality.coverage.coverage import Coverage, Kind, Target


def document(coverage: Coverage, pack: Pack, *, everything: bool = False) -> Document:
    """Return the report.

    Args:
        coverage: What the cases touch.
        pack: Whose cases they are.
        everything: Whether to list all that is untouched; otherwise the first of each kind.
    """
    rows = tuple(
        (wording.COVERED[kind], str(share.touched), str(share.all), f"{floored(share.percent)}%")
        for kind, share in coverage.shares.items()
    )
    bars = Bars(
        wording.COVER_PLOT,
        tuple(coverage.shares),
        (("", tuple(share.percent / 100 for share in coverage.shares.values())),),
        wording.KIND,
        wording.SHARE_TOUCHED,
        percent=True,
        beside=True,
    )
    sections = [Section(wording.OVERVIEW, (Table("", wording.COVER_HEAD, rows, frozenset({1, 2, 3})), bars))]
    for kind in coverage.shares:
        own = _of(coverage, kind)
        if own and kind != "pairs":
            shown = own if everything else own[:SHOWN]
            note = wording.MORE_UNTOUCHED.format(count=len(own) - len(shown)) if len(own) > len(shown) else ""
            table = Table("", wording.TARGET_HEAD, tuple((where(one.place), one.text) for one in shown), note=note)
            title = wording.UNTOUCHED[kind]
            sections.append(Section(title[0].upper() + title[1:], (table,)))
    if coverage.pairs:
        pairs = Table("", wording.PAIR_HEAD, tuple(map(_pair, coverage.pairs)), frozenset({2}))
        sections.append(Section(wording.CONFUSABLE, (pairs,)))
    facts = ((wording.PACK, f"{pack.name} {pack.version}"),)
    return Document(wording.COVERAGE_OF.format(title=pack.title), facts, tuple(sections))


def _of(coverage: Coverage, kind: Kind) -> list[Target]:
    return [target for target in coverage.untouched if target.kind == kind]


def _pair(pair: Pair) -> tuple[str, ...]:
    told = [
        f"{one}: {where(case)}" if case is not None else wording.PAIR_WANTED.format(one=one, other=other)
        for one, other, case in ((pair.one, pair.other, pair.case_one), (pair.other, pair.one, pair.case_other))
    ]
    worst = f"{where(pair.worst_place)} {pair.worst}"
    return f"{pair.one} / {pair.other}", worst, f"{pair.astray} of {pair.phrases}", "; ".join(told)


def notes(coverage: Coverage, low: Iterable[Kind], *, everything: bool = False) -> Iterator[Note]:
    """Yield a note for each thing that no case touches, beside its line.

    Args:
        coverage: What the cases touch.
        low: Kinds of which too little is touched: warnings.
        everything: Whether to name all; otherwise the first of each kind.
    """
    few = set(low)
    for kind in coverage.shares:
        own = _of(coverage, kind)
        for target in own if everything else own[:SHOWN]:
            yield Note("warning" if kind in few else "notice", target.place, wording.UNTOUCHED[kind], target.text)
