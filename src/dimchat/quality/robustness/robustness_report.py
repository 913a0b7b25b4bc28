"""The report of a test of robustness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.quality.report.case_report import reply_data
from dimchat.quality.report.document import Bars, Document, Listing, Section, Table, pack_data, percent, where
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from dimchat.model import Pack
    from dimchat.quality.robustness.trials import Robustness, Trial


def document(result: Robustness, pack: Pack, examples: int) -> Document:
    """Return the report, with the worst examples of each kind."""
    rows = tuple(
        (
            one.kind,
            wording.KIND_ABOUT[one.kind],
            wording.KEPT if one.keeps else wording.CHANGED,
            str(one.size),
            percent(one.share) if one.size else "",
            str(one.offered) if one.keeps else "",
            str(one.silent) if one.keeps else "",
            str(one.wrong),
        )
        for one in result.figures
    )
    tried = [one for one in result.figures if one.size]
    bars = Bars(
        wording.SHARE_BY_KIND,
        tuple(one.kind for one in tried),
        (("", tuple(one.share for one in tried)),),
        wording.KIND,
        wording.SHARE,
        percent=True,
        beside=True,
    )
    table = Table("", wording.KIND_HEAD, rows, frozenset(range(3, 8)), wording.KIND_NOTE)
    sections = [Section(wording.VARIANTS, (table, *([bars] if tried else [])))]
    listings = tuple(
        Listing(wording.WORST_OF.format(kind=one.kind), tuple(map(_example, worst)))
        for one in result.figures
        if (worst := [trial for trial in result.broken if trial.kind == one.kind][:examples])
    )
    if listings:
        sections.append(Section(wording.WORST, listings))
    facts = (
        (wording.PACK, f"{pack.name} {pack.version}"),
        (wording.SEED, str(result.seed)),
        (wording.CASES, str(result.cases)),
        (wording.LEFT_OUT, wording.LEFT_OUT_WHY.format(number=result.left_out)),
    )
    return Document(wording.ROBUSTNESS.format(title=pack.title), facts, tuple(sections), data=_data(result, pack))


def _data(result: Robustness, pack: Pack) -> dict[str, Any]:
    return {
        "schema": "dimchat.robustness/1",
        "pack": pack_data(pack),
        "seed": result.seed,
        "cases": result.cases,
        "left_out": result.left_out,
        "kinds": [{**one._asdict(), "share": round(one.share, 4)} for one in result.figures],
        "broken": [
            {
                "kind": one.kind,
                "result": one.result,
                "file": one.item.place.file,
                "line": one.item.place.line,
                "question": one.item.ask,
                "variant": one.variant,
                "expected": one.item.expect.intent or one.item.expect.kind,
                "got": reply_data(one.reply),
            }
            for one in result.broken
        ],
    }


def _example(trial: Trial) -> str:
    reply = trial.reply
    got = f"{' and '.join(reply.intents)}  {reply.confidence:.2f}" if reply.intents else reply.kind
    return wording.EXAMPLE.format(place=where(trial.item.place), ask=trial.item.ask, variant=trial.variant, got=got)
