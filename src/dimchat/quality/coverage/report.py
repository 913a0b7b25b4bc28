"""Coverage for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.quality.failures import quoted, row
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Place
    from dimchat.quality.coverage.confusions import Pair
    from dimchat.quality.coverage.coverage import Coverage

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
