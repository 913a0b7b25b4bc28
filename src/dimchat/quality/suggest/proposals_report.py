"""The report of what a vocabulary could hold: proposals with their evidence, and what harms."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dimchat.quality.report.document import Document, Section, Table, pack_data
from dimchat.wording import suggest as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Pack
    from dimchat.quality.suggest.harm import Harm
    from dimchat.quality.suggest.proposals import Proposal


def document(
    pack: Pack,
    proposals: Sequence[Proposal],
    harms: Sequence[Harm],
    standing: Sequence[Harm],
    *,
    taken: Collection[Proposal],
    file: str,
) -> Document:
    """Return the report.

    Args:
        pack: The pack as it was.
        proposals: What its vocabulary could hold.
        harms: What proposals turn from right to wrong.
        standing: The same of names and cues that stand there.
        taken: Those that were written.
        file: The name of the file.
    """
    harmful = {one for harm in harms for one in harm.by}
    parts = (numbered(wording.PROPOSED, len(proposals)), numbered(wording.HARMFUL, len(harmful)) if harmful else "")
    facts = [(wording.STATE, ", ".join(filter(None, parts)) if proposals else wording.NOTHING)]
    if taken:
        facts.append((wording.DONE, numbered(wording.WRITTEN, len(taken), file=file)))
    groups = [(key, list(each)) for key, each in groupby(proposals, key=lambda one: (one.sort, one.of, one.usual))]
    rows = [
        (of, wording.SORTS[sort], ", ".join(one.text for one in each), _why(each[0])) for (sort, of, _), each in groups
    ]
    sections = [Section("", (Table("", wording.HEAD, tuple(rows)),))] if rows else []
    for title, found in ((wording.HARM, harms), (wording.STANDING, standing)):
        if found:
            told = tuple((one.ask, one.was, one.now, _ids(one)) for one in found)
            sections.append(Section(title, (Table("", wording.HARM_HEAD, told),)))
    lines = [
        *(f"{sort}:{of}\n  {', '.join(one.text for one in each)}\n  {_why(each[0])}" for (sort, of, _), each in groups),
        *(_line(one, wording.HARM, wording.HARM_LINE) for one in harms),
        *(_line(one, wording.STANDING, wording.STANDING_LINE) for one in standing),
        *(f"{name}: {value}" for name, value in facts),
    ]
    return Document(
        wording.VOCABULARY_OF.format(name=pack.name),
        tuple(facts),
        tuple(sections),
        lines=("\n".join(lines),),
        data={
            "schema": "dimchat.suggest/1",
            "pack": pack_data(pack),
            "proposals": [
                {"id": one.id, **one._asdict(), "harms": one in harmful, "written": one in taken} for one in proposals
            ],
            "harms": [{**one._asdict(), "by": [each.id for each in one.by]} for one in harms],
            "standing": [{**one._asdict(), "by": [each.id for each in one.by]} for one in standing],
        },
    )


def _why(one: Proposal) -> str:
    """Return the evidence for a proposal."""
    if one.sort == "kind":
        return wording.KIND
    if not one.lines:
        return wording.NAMED
    if one.sort == "name":
        return wording.NAMES.format(count=len(one.lines), all=one.others, text=one.text)
    lines = f'"{one.lines[0]}"'
    if len(one.lines) > 1:
        lines = wording.AND_MORE.format(first=lines, more=len(one.lines) - 1)
    if one.usual:
        return wording.USUAL.format(usual=one.usual, lines=lines)
    return wording.TELLS.format(lines=lines, others=one.others)


def _ids(harm: Harm) -> str:
    return ", ".join(one.id for one in harm.by)


def _line(harm: Harm, title: str, text: str) -> str:
    after = wording.AFTER.format(before=harm.after[-1]) if harm.after else ""
    return text.format(title=title, ask=harm.ask, after=after, was=harm.was, now=harm.now, by=_ids(harm))
