"""The report of an evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.dialogue.interpret.thresholds import Thresholds
from dimchat.match.calibration import calibration_error, reliability
from dimchat.pack.folder import named
from dimchat.quality.evaluation.cross_validation import averages, confusions, histogram, scores, sweep
from dimchat.quality.grading import GRADES, says_one_thing
from dimchat.quality.report.document import (
    Bars,
    Curve,
    Document,
    Heat,
    Listing,
    Paragraph,
    Section,
    Table,
    pack_data,
    percent,
    where,
)
from dimchat.wording import measures as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Pack
    from dimchat.quality.evaluation.cross_validation import Answered, Cut
    from dimchat.quality.evaluation.evaluate import Blind, Evaluation, Group

_STEPS = tuple(round(0.05 * at, 2) for at in range(21))
_BINS = tuple(f"{at / 10:.1f}" for at in range(10))


def document(result: Evaluation, pack: Pack, *, most: int, reveal: bool = False) -> Document:
    """Return the report, with a number of intents and confusions; revealing blind questions retires their set."""
    answered = result.answered
    single = {one.id for one in pack.own if says_one_thing(one)}
    sections = [_overall(answered, single), _intents(answered, pack, most, single), _confused(answered, most)]
    sections += [_confidence(answered), _sweep(answered, pack)]
    sections += [_blind(one, result.way.seed, reveal=reveal) for one in result.blind]
    if result.paired:
        sections.append(_paired(result))
    return Document(
        wording.EVALUATION.format(title=pack.title), _facts(result, pack), tuple(sections), data=_data(result, pack)
    )


def _facts(result: Evaluation, pack: Pack) -> tuple[tuple[str, str], ...]:
    inside = [one.line for one in result.answered if one.line.inside]
    outside = [one.line for one in result.answered if not one.line.inside]
    bar = Thresholds.of(pack.calibration)
    calibrated = (
        f"{bar.floor:g}, {bar.margin:g}"
        if pack.calibration
        else wording.NO_CALIBRATION.format(**bar._asdict(), pack=named(Path(pack.root)))
    )
    facts = [
        (wording.PACK, f"{pack.name} {pack.version}"),
        (wording.METHOD, wording.METHODS[result.way.method].format(parts=result.parts)),
        (
            wording.LINES,
            wording.LINES_OF.format(
                inside=len(inside),
                intents=len({line.owner for line in inside}),
                outside=len(outside),
                groups=len({line.owner for line in outside}),
            ),
        ),
        (wording.FLOOR_MARGIN, calibrated),
        (wording.SEED, str(result.way.seed)),
    ]
    return tuple(facts + ([(wording.COMPARED_WITH, result.other)] if result.other else []))


def _overall(answered: Sequence[Answered], single: Collection[str]) -> Section:
    """Return how the lines were answered, apart for intents of one line, of which holding out leaves nothing."""
    inside = [one for one in answered if one.line.inside]
    lonely = [one for one in inside if one.line.owner in single]
    groups = [(wording.INSIDE, inside)]
    if lonely:
        groups = [(wording.OF_SEVERAL, [one for one in inside if one not in lonely]), (wording.OF_ONE, lonely)]
    rows = []
    for name, lines in (*groups, (wording.OUTSIDE, [one for one in answered if not one.line.inside])):
        part = [one.verdict for one in lines]
        shares = [percent(part.count(result) / len(part)) if part else "" for result in GRADES]
        rows.append((name, str(len(part)), *shares))
    means = [
        (wording.AVERAGE_NAMES[name], *(f"{value:.3f}" for value in values))
        for name, values in averages([one for one in scores(answered) if one.intent not in single]).items()
    ]
    one_line = numbered(wording.ONE_LINE, len({one.line.owner for one in lonely}))
    return Section(
        wording.OVERALL,
        (
            Paragraph(wording.HARD),
            *([Paragraph(one_line)] if lonely else ()),
            Table("", wording.OVERALL_HEAD, tuple(rows), frozenset(range(1, 6)), wording.OVERALL_NOTE),
            Table(wording.AVERAGES, wording.AVERAGE_HEAD, tuple(means), frozenset(range(1, 4))),
        ),
    )


def _intents(answered: Sequence[Answered], pack: Pack, most: int, single: Collection[str]) -> Section:
    judged = [one for one in scores(answered) if one.intent not in single]
    weakest = sorted(judged, key=lambda one: (one.f1, one.recall, one.intent))[:most]
    rows = []
    for one in weakest:
        intent = pack.intent.get(one.intent)
        numbers = (f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}", str(one.taken))
        rows.append((one.intent, str(one.lines), *numbers, where(intent.place) if intent else ""))
    table = Table("", wording.BY_INTENT_HEAD, tuple(rows), frozenset(range(1, 6)), wording.BY_INTENT_NOTE)
    return Section(wording.BY_INTENT, (table,))


def _confused(answered: Sequence[Answered], most: int) -> Section:
    rows = tuple(
        (
            one.owner,
            one.taken_for,
            str(one.size),
            str(one.answered),
            one.example.text,
            where(one.example.place),
        )
        for one in confusions(answered)[:most]
    )
    table = Table("", wording.CONFUSION_HEAD, rows, frozenset((2, 3)), wording.CONFUSION_NOTE)
    return Section(wording.CONFUSIONS, (table,))


def _confidence(answered: Sequence[Answered]) -> Section:
    counts = histogram(answered)
    series = tuple((wording.HISTOGRAM_NAMES[name], tuple(map(float, values))) for name, values in counts.items())
    open_ = [one for one in answered if one.best and not one.outside]
    sure, right = [one.confidence for one in open_], [one.ranked_rightly for one in open_]
    bins = reliability(sure, right)
    return Section(
        wording.CONFIDENCE,
        (
            Bars(wording.HISTOGRAM, _BINS, series, wording.ACROSS_CONFIDENCE, wording.LINES_UP),
            Curve(
                wording.RELIABILITY,
                tuple((one.confidence, one.right) for one in bins),
                tuple(one.size for one in bins),
                wording.MEAN_CONFIDENCE,
                wording.SHARE_RIGHT,
            ),
            Paragraph(wording.CALIBRATION_ERROR.format(error=calibration_error(sure, right))),
        ),
    )


def _cuts(answered: Sequence[Answered], pack: Pack) -> tuple[list[Cut], Cut, Cut]:
    """Return all cuts, the chosen one and the cheapest of them."""
    bar = Thresholds.of(pack.calibration)
    cuts = sweep(answered, pack.wrong_cost, _STEPS)
    # The chosen point lies between the steps: measured by itself.
    chosen = next(
        cut
        for cut in sweep(answered, pack.wrong_cost, (bar.floor, bar.margin))
        if (cut.floor, cut.margin) == (bar.floor, bar.margin)
    )
    return cuts, chosen, min(cuts, key=lambda cut: (cut.cost, cut.margin, cut.floor))


def _sweep(answered: Sequence[Answered], pack: Pack) -> Section:
    cuts, chosen, cheapest = _cuts(answered, pack)
    cost = {(cut.floor, cut.margin): cut.cost for cut in cuts}
    beside = min(_STEPS, key=lambda step: abs(step - chosen.margin))
    shown = [(cut, "") for cut in cuts if cut.margin == beside and round(cut.floor * 100) % 10 == 0]
    shown += [(chosen, wording.CHOSEN), (cheapest, wording.CHEAPEST)]
    rows = tuple(
        (
            f"{cut.floor:.2f}",
            f"{cut.margin:.2f}",
            percent(cut.right),
            percent(cut.wrong),
            percent(cut.outside),
            f"{cut.cost:.3f}",
            name,
        )
        for cut, name in sorted(shown, key=lambda row: (row[0].floor, row[0].margin))
    )
    heat = Heat(
        wording.SWEEP_COST,
        _STEPS,
        _STEPS,
        tuple(tuple(cost[floor, margin] for floor in _STEPS) for margin in _STEPS),
        wording.FLOOR,
        wording.MARGIN,
        (
            (wording.CHOSEN, chosen.floor, chosen.margin),
            (wording.CHEAPEST, cheapest.floor, cheapest.margin),
        ),
    )
    note = wording.SWEEP_NOTE.format(cost=pack.wrong_cost)
    table = Table(wording.SWEEP_TABLE, wording.SWEEP_HEAD, rows, frozenset(range(6)), note)
    return Section(wording.SWEEP, (heat, table))


def _blind(blind: Blind, seed: int, *, reveal: bool) -> Section:
    blocks: list[Paragraph | Table | Listing] = [
        Paragraph(wording.BLIND_LEFT_OUT.format(number=blind.left_out)),
        _groups(wording.BLIND_WRITTEN, blind.written),
        _groups(wording.BLIND_MISSPELT.format(seed=seed), blind.misspelt),
    ]
    if reveal:
        texts = tuple(
            f"{where(item.place)}  {item.ask}  ->  {result}: {reply.kind} {' '.join(reply.intents)}"
            for item, reply, result in blind.judged
            if result != "right"
        )
        blocks.append(Listing(wording.BLIND_REVEALED, texts))
    return Section(wording.BLIND.format(name=blind.name), tuple(blocks))


def _groups(title: str, groups: Sequence[Group]) -> Table:
    rows = [(group.name, group.counts) for group in groups]
    rows.append((wording.ALL_GROUPS, tuple(map(sum, zip(*(group.counts for group in groups), strict=True)))))
    cells = tuple(
        (name, str(sum(counts)), *(percent(count / sum(counts)) if sum(counts) else "" for count in counts))
        for name, counts in rows
        if counts
    )
    return Table(title, wording.BLIND_HEAD, cells, frozenset(range(1, 6)))


def _paired(result: Evaluation) -> Section:
    rows = tuple(
        (
            one.name,
            str(one.size),
            percent(one.first / one.size) if one.size else "",
            percent(one.second / one.size) if one.size else "",
            str(one.only_first),
            str(one.only_second),
            f"{100 * (one.second - one.first) / max(one.size, 1):+.1f}",
            f"{100 * one.low:+.1f} to {100 * one.high:+.1f}",
            f"{one.p:.2g}",
        )
        for one in result.paired
    )
    table = Table("", wording.COMPARED_HEAD, rows, frozenset(range(1, 9)), wording.COMPARED_NOTE)
    return Section(wording.COMPARED, (table,))


def _data(result: Evaluation, pack: Pack) -> dict[str, Any]:
    """Return the result for programs; of blind sets the totals alone."""
    answered = result.answered
    cuts, chosen, cheapest = _cuts(answered, pack)
    open_ = [one for one in answered if one.best and not one.outside]
    sure, right = [one.confidence for one in open_], [one.ranked_rightly for one in open_]
    single = {one.id for one in pack.own if says_one_thing(one)}
    return {
        "schema": "dimchat.evaluation/1",
        "pack": pack_data(pack),
        "held_out": {"method": result.way.method, "parts": result.parts, "seed": result.way.seed},
        "replies": {
            name: {verdict: sum(one.verdict == verdict for one in part) for verdict in GRADES}
            for name, part in (
                ("inside", [one for one in answered if one.line.inside]),
                ("outside", [one for one in answered if not one.line.inside]),
            )
        },
        "of_one_line": sum(one.line.inside and one.line.owner in single for one in answered),
        "averages": {
            name: dict(zip(("precision", "recall", "f1"), (round(value, 4) for value in values), strict=True))
            for name, values in averages(scores(answered)).items()
        },
        "intents": [
            {
                **one._asdict(),
                "precision": round(one.precision, 4),
                "recall": round(one.recall, 4),
                "f1": round(one.f1, 4),
            }
            for one in scores(answered)
        ],
        "confusions": [
            {
                "lines_of": one.owner,
                "ranked_as": one.taken_for,
                "size": one.size,
                "answered": one.answered,
                "example": one.example.text,
                "file": one.example.place.file,
                "line": one.example.place.line,
            }
            for one in confusions(answered)
        ],
        "histogram": histogram(answered),
        "reliability": [one._asdict() for one in reliability(sure, right)],
        "calibration_error": round(calibration_error(sure, right), 4),
        "sweep": [cut._asdict() for cut in cuts],
        "chosen": chosen._asdict(),
        "cheapest": cheapest._asdict(),
        "blind": [
            {
                "name": one.name,
                "left_out": one.left_out,
                "written": {group.name: dict(zip(GRADES, group.counts, strict=True)) for group in one.written},
                "misspelt": {group.name: dict(zip(GRADES, group.counts, strict=True)) for group in one.misspelt},
            }
            for one in result.blind
        ],
        "compared": {"with": result.other, "tests": [one._asdict() for one in result.paired]} if result.other else None,
    }
