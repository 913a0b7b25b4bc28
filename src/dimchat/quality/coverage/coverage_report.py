"""The report of coverage: what no case touches, with notes beside it, and the pairs that are easily confused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.quality.report.case_report import quoted, row
from dimchat.quality.report.document import Bars, Document, Note, Paragraph, Section, Table, capital, where
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.model import Pack, Place
    from dimchat.quality.coverage.confusions import Pair
    from dimchat.quality.coverage.reached import Coverage, Kind, Target
    from dimchat.quality.coverage.translated import Lack, Translated
    from dimchat.quality.report.document import Level

SHOWN = 10
"""So much of a kind is listed unless all is wanted."""


def document(coverage: Coverage, pack: Pack, *, low: Iterable[Kind] = (), everything: bool = False) -> Document:
    """Return the report.

    Args:
        coverage: What the cases touch.
        pack: Whose cases they are.
        low: Kinds of which too little is touched: their notes are warnings.
        everything: Whether to list all that is untouched; otherwise the first of each kind.
    """
    few = set(low)
    sections = [Section(wording.OVERVIEW, _overview(coverage))]
    blocks: list[str] = []
    notes: list[Note] = []
    for kind in coverage.shares:
        own = [target for target in coverage.untouched if target.kind == kind]
        shown = own if everything else own[:SHOWN]
        level: Level = "warning" if kind in few else "notice"
        notes += [Note(level, target.place, wording.UNTOUCHED[kind], target.text) for target in shown]
        if own and kind != "pairs":
            more = wording.MORE_UNTOUCHED.format(count=len(own) - len(shown)) if len(own) > len(shown) else ""
            sections.append(Section(capital(wording.UNTOUCHED[kind]), (_untouched(shown, more),)))
            rows = [f"  {where(target.place)}  {target.text}" for target in shown]
            blocks.append("\n".join([wording.UNTOUCHED[kind], *rows, *([f"  {more}"] if more else [])]))
    if coverage.pairs:
        pairs = Table("", wording.PAIR_HEAD, tuple(map(_pair_row, coverage.pairs)), frozenset({2}))
        sections.append(Section(wording.CONFUSABLE, (pairs,)))
    for one in coverage.languages:
        section, block = _translated(one, everything=everything)
        sections.append(section)
        blocks.append(block)
    said = wording.numbered(wording.VERBATIM, coverage.verbatim.touched, all=coverage.verbatim.all)
    verbatim = (said,) if coverage.verbatim.touched else ()
    sections[0] = sections[0]._replace(blocks=(*sections[0].blocks, *map(Paragraph, verbatim)))
    return Document(
        wording.COVERAGE_OF.format(title=pack.title),
        ((wording.PACK, f"{pack.name} {pack.version}"),),
        tuple(sections),
        lines=(*blocks, *map(_pair_lines, coverage.pairs), *verbatim, _shares(coverage)),
        notes=tuple(notes),
        data=_data(coverage),
    )


def _translated(said: Translated, *, everything: bool) -> tuple[Section, str]:
    """Return what is said in a further language, as a section of a report and as lines of a terminal."""
    counts = (
        (wording.SAID_ASKED, said.asked, said.all),
        (wording.SAID_ANSWERED, said.answered, said.all),
        (wording.SAID_REACHED, said.reached, said.asked),
    )
    shown = said.lacks if everything else said.lacks[:SHOWN]
    left = len(said.lacks) - len(shown)
    more = wording.MORE_UNTOUCHED.format(count=left) if left else ""
    names = tuple(
        text.format(count=len(ids), ids=", ".join(ids if everything else ids[:SHOWN]))
        for text, ids in ((wording.SAID_TOPICS, said.topics), (wording.SAID_ASPECTS, said.aspects))
        if ids
    )
    groups = wording.numbered(wording.SAID_OUTSIDE, said.outside)
    title = wording.SAID_IN.format(language=said.language)
    table = Table("", wording.COVER_HEAD[:3], tuple((n, str(one), str(of)) for n, one, of in counts), frozenset({1, 2}))
    rows = tuple((where(one.intent.place), one.intent.id, _lacking(one)) for one in shown)
    lacks = (Table("", wording.SAID_HEAD, rows, note=more),) if rows else ()
    width = max(len(name) for name, _, _ in counts)
    lines = [
        title,
        *(f"  {name:<{width}}  {one:>5} of {of:>5}" for name, one, of in counts),
        *(f"  {text}" for text in (groups, *names)),
        *([f"  {wording.SAID_LACKS}"] if rows else []),
        *(f"    {place}  {name}: {what}" for place, name, what in rows),
        *([f"    {more}"] if more else []),
    ]
    return Section(title, (table, *map(Paragraph, (groups, *names)), *lacks)), "\n".join(lines)


def _lacking(lack: Lack) -> str:
    wants = ((lack.phrases, wording.SAID_NO_PHRASES), (lack.answer, wording.SAID_NO_ANSWER))
    return ", ".join(text for wanting, text in wants if wanting)


def _overview(coverage: Coverage) -> tuple[Table, Bars]:
    rows = tuple(
        (wording.COVERED[kind], str(share.touched), str(share.all), f"{_floored(share.percent)}%")
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
    return Table("", wording.COVER_HEAD, rows, frozenset({1, 2, 3})), bars


def _untouched(shown: Iterable[Target], note: str) -> Table:
    return Table("", wording.TARGET_HEAD, tuple((where(one.place), one.text) for one in shown), note=note)


def _told_apart(pair: Pair) -> Iterator[tuple[str, Place | None, str]]:
    """Yield for each of the two its id, the case that expects it with the other near, and what is wanted else."""
    for one, other, case in ((pair.one, pair.other, pair.case_one), (pair.other, pair.one, pair.case_other)):
        yield one, case, wording.PAIR_WANTED.format(one=one, other=other)


def _pair_row(pair: Pair) -> tuple[str, ...]:
    told = [f"{one}: {where(case)}" if case is not None else wanted for one, case, wanted in _told_apart(pair)]
    worst = f"{where(pair.worst_place)} {pair.worst}"
    return f"{pair.one} / {pair.other}", worst, f"{pair.astray} of {pair.phrases}", "; ".join(told)


def _pair_lines(pair: Pair) -> str:
    said = wording.PAIR.format(one=pair.one, other=pair.other, astray=pair.astray, phrases=pair.phrases)
    lines = [
        wording.PAIR_SINGLE.format(pair=said, kept=pair.kept) if pair.kept else said,
        row(wording.PAIR_WORST, f"{where(pair.worst_place)}  {quoted(pair.worst)} of {pair.worst_of}"),
    ]
    for one, case, wanted in _told_apart(pair):
        found = case and row(wording.PAIR_TOLD, f"{where(case)}  {one}")
        lines.append(found or row(wording.PAIR_MISSING, wanted))
    return "\n".join(lines)


def _shares(coverage: Coverage) -> str:
    width = max((len(wording.COVERED[kind]) for kind in coverage.shares), default=0)
    return "\n".join(
        f"{wording.COVERED[kind]:<{width}}  {share.touched:>5} of {share.all:>5}  {_floored(share.percent):>5} %"
        for kind, share in coverage.shares.items()
    )


def _floored(percent: float) -> str:
    """Return a share that never looks fuller than it is."""
    return f"{int(percent * 10) / 10:.1f}"


def _data(coverage: Coverage) -> dict[str, Any]:
    return {
        "schema": "dimchat.coverage/1",
        "kinds": {
            kind: {"touched": share.touched, "all": share.all, "percent": round(share.percent, 2)}
            for kind, share in coverage.shares.items()
        },
        "word_for_word": coverage.verbatim._asdict(),
        "untouched": [
            {"kind": one.kind, "id": one.id, **_at(one.place), "text": one.text} for one in coverage.untouched
        ],
        "languages": [
            {
                **{
                    name: getattr(said, name) for name in ("language", "all", "asked", "answered", "reached", "outside")
                },
                "topics_without_names": list(said.topics),
                "aspects_without_cues": list(said.aspects),
                "lacks": [
                    {"id": one.intent.id, **_at(one.intent.place), "phrases": one.phrases, "answer": one.answer}
                    for one in said.lacks
                ],
            }
            for said in coverage.languages
        ],
        "pairs": [
            {
                "ids": [pair.one, pair.other],
                "nearness": pair.nearness,
                "astray": pair.astray,
                "phrases": pair.phrases,
                "not_held_out": pair.kept,
                "worst": {"text": pair.worst, "of": pair.worst_of, **_at(pair.worst_place)},
                "cases": [case and _at(case) for case in (pair.case_one, pair.case_other)],
            }
            for pair in coverage.pairs
        ],
    }


def _at(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}
