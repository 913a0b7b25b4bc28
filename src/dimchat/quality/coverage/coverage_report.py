"""The report of coverage: in lines, in tables, as notes beside what no case touches, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.quality.report.case_report import quoted, row
from dimchat.quality.report.ci import Note
from dimchat.quality.report.document import Bars, Document, Section, Table
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.model import Pack, Place
    from dimchat.quality.coverage.confusions import Pair
    from dimchat.quality.coverage.reached import Coverage, Kind, Target

SHOWN = 10
"""So much of a kind is listed unless all is wanted."""


def to_text(coverage: Coverage, *, everything: bool = False) -> str:
    """Return coverage in lines: what is untouched, by kind, the pairs, then a table.

    Args:
        coverage: What the cases touch.
        everything: Whether to list all that is untouched; otherwise the first of each kind.
    """
    return "\n\n".join([*_untouched(coverage, everything=everything), *map(_pair, coverage.pairs), _table(coverage)])


def _untouched(coverage: Coverage, *, everything: bool) -> Iterator[str]:
    for kind in coverage.shares:
        own = [target for target in coverage.untouched if target.kind == kind]
        shown = own if everything else own[:SHOWN]
        rows = [f"  {where(target.place)}  {target.text}" for target in shown]
        if len(own) > len(shown):
            rows.append(f"  {wording.MORE_UNTOUCHED.format(count=len(own) - len(shown))}")
        if rows and kind != "pairs":
            yield "\n".join([wording.UNTOUCHED[kind], *rows])


def _pair(pair: Pair) -> str:
    lines = [
        wording.PAIR.format(one=pair.one, other=pair.other, astray=pair.astray, phrases=pair.phrases),
        row(wording.PAIR_WORST, f"{where(pair.worst_place)}  {quoted(pair.worst)} of {pair.worst_of}"),
    ]
    for one, other, case in ((pair.one, pair.other, pair.case_one), (pair.other, pair.one, pair.case_other)):
        if case is not None:
            lines.append(row(wording.PAIR_TOLD, f"{where(case)}  {one}"))
        else:
            lines.append(row(wording.PAIR_MISSING, wording.PAIR_WANTED.format(one=one, other=other)))
    return "\n".join(lines)


def _table(coverage: Coverage) -> str:
    width = max((len(wording.COVERED[kind]) for kind in coverage.shares), default=0)
    return "\n".join(
        f"{wording.COVERED[kind]:<{width}}  {share.touched:>5} of {share.all:>5}  {floored(share.percent):>5} %"
        for kind, share in coverage.shares.items()
    )


def floored(percent: float) -> str:
    """Return a share that never looks fuller than it is."""
    return f"{int(percent * 10) / 10:.1f}"


def where(place: Place) -> str:
    """Return `file:line`."""
    return f"{place.file}:{place.line}"


def to_data(coverage: Coverage) -> dict[str, Any]:
    """Return coverage as `dimchat.coverage/1`, for JSON."""
    return {
        "schema": "dimchat.coverage/1",
        "kinds": {
            kind: {"touched": share.touched, "all": share.all, "percent": round(share.percent, 2)}
            for kind, share in coverage.shares.items()
        },
        "untouched": [
            {"kind": one.kind, "id": one.id, "file": one.place.file, "line": one.place.line, "text": one.text}
            for one in coverage.untouched
        ],
        "pairs": [
            {
                "ids": [pair.one, pair.other],
                "nearness": pair.nearness,
                "astray": pair.astray,
                "phrases": pair.phrases,
                "worst": {"text": pair.worst, "of": pair.worst_of, **_place_data(pair.worst_place)},
                "cases": [case and _place_data(case) for case in (pair.case_one, pair.case_other)],
            }
            for pair in coverage.pairs
        ],
    }


def _place_data(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}


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
        pairs = Table("", wording.PAIR_HEAD, tuple(map(_pair_row, coverage.pairs)), frozenset({2}))
        sections.append(Section(wording.CONFUSABLE, (pairs,)))
    facts = ((wording.PACK, f"{pack.name} {pack.version}"),)
    return Document(wording.COVERAGE_OF.format(title=pack.title), facts, tuple(sections))


def _of(coverage: Coverage, kind: Kind) -> list[Target]:
    return [target for target in coverage.untouched if target.kind == kind]


def _pair_row(pair: Pair) -> tuple[str, ...]:
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
