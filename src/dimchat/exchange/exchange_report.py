"""The reports of an import and an export: what was added, changed and kept, and what could not be carried, by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dimchat.quality.report.document import Document, Section, Table, pack_data
from dimchat.wording import exchange as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.exchange.importing import Import
    from dimchat.exchange.knowledge import KnowledgeBase, Loss
    from dimchat.exchange.merge import Change
    from dimchat.exchange.own_cases import Tried
    from dimchat.model import Pack

_TOLD = ("changed", "kept", "gone")
"""The changes that are listed; what was added or stayed the same is counted."""
_ALIKE = 3
"""More rows than these of which the same is told share a line."""


def import_document(planned: Import, tried: Tried | None, *, written: bool) -> Document:
    """Return the report.

    Args:
        planned: The import.
        tried: How its cases did; None where none were tried.
        written: Whether it was written.
    """
    base, changes = planned.base, planned.merged.changes
    lines = [*loss_lines(base.losses), *(_change_line(one) for one in changes if one.kind in _TOLD)]
    counts = Counter(change.kind for change in changes)
    facts = [
        (wording.FILE, base.file),
        (wording.ENTRIES, ", ".join(f"{counts[kind]} {said}" for kind, said in wording.KINDS.items() if counts[kind])),
        (wording.LOSSES, _summed_up(base.losses)),
    ]
    if tried is not None and tried.asked:
        said = wording.TRIED if tried.failing else wording.ALL_ANSWERED
        facts.append((wording.CASES, said.format(asked=tried.asked, failing=tried.failing)))
    facts.append((wording.STATE, wording.WRITTEN if written else wording.NOT_WRITTEN))
    sections = []
    if base.losses:
        sections.append(_lost(base.losses))
    listed = [one for one in changes if one.kind != "same"]
    if listed:
        done = tuple((wording.KINDS[one.kind], one.id, one.where, one.text) for one in listed)
        sections.append(Section(wording.CHANGES, (Table("", wording.CHANGE_HEAD, done),)))
    return Document(
        wording.IMPORT_OF.format(file=base.file),
        tuple(facts),
        tuple(sections),
        lines=("\n".join([*lines, *(f"{name}: {value}" for name, value in facts)]),),
        data={
            "schema": "dimchat.import/1",
            "format": base.format,
            "file": base.file,
            "language": base.language or None,
            "written": written,
            "counts": {kind: counts[kind] for kind in wording.KINDS},
            "losses": [loss._asdict() for loss in base.losses],
            "changes": [change._asdict() for change in listed],
            "cases": None if tried is None else tried._asdict(),
        },
    )


def export_document(base: KnowledgeBase, pack: Pack, format_: str) -> Document:
    """Return the report of an export.

    Args:
        base: What the pack says, with what is lost of it.
        pack: The answer set.
        format_: What it was written as.
    """
    counts = Counter(entry.role for entry in base.entries)
    facts = (
        (wording.ENTRIES, ", ".join(f"{wording.ROLES[role]}: {count}" for role, count in counts.items())),
        (wording.LOSSES, _summed_up(base.losses)),
    )
    return Document(
        wording.EXPORT_OF.format(name=pack.name, format=format_),
        facts,
        (_lost(base.losses),) if base.losses else (),
        lines=("\n".join([*loss_lines(base.losses), *(f"{name}: {value}" for name, value in facts)]),),
        data={
            "schema": "dimchat.export/1",
            "pack": pack_data(pack),
            "format": format_,
            "counts": dict(counts),
            "losses": [loss._asdict() for loss in base.losses],
        },
    )


def _lost(losses: Sequence[Loss]) -> Section:
    rows = tuple((one.where, wording.DROPPED if one.dropped else wording.TOLD, one.text) for one in losses)
    return Section(wording.LOSSES, (Table("", wording.LOSS_HEAD, rows),))


def summary(losses: Sequence[Loss]) -> str:
    """Return how much is dropped, and how much is told.

    >>> summary([])
    'nothing'
    """
    dropped = sum(loss.dropped for loss in losses)
    parts = (numbered(wording.DROPPED_COUNT, dropped), numbered(wording.TOLD_COUNT, len(losses) - dropped))
    counts = (dropped, len(losses) - dropped)
    return ", ".join(part for part, count in zip(parts, counts, strict=True) if count) or wording.NOTHING


def loss_lines(losses: Sequence[Loss]) -> list[str]:
    """Return a line for each loss; what is dropped of no row is told once for all rows of which the same is said.

    >>> from dimchat.exchange.knowledge import Loss
    >>> told = [Loss(f"a.csv:{line}", "so", dropped=False) for line in range(3, 9)]
    >>> print(*loss_lines([Loss("a.csv:2", "no answer"), *told]))
    a.csv:2: dropped: no answer a.csv:3 and 5 more: carried, but: so
    """
    same = Counter((loss.dropped, loss.text) for loss in losses)
    lines: dict[object, str] = {}
    for at, loss in enumerate(losses):
        summed = _is_summed(loss, same)
        more = same[loss.dropped, loss.text] - 1
        where = numbered(wording.AND_MORE, more, where=loss.where) if summed else loss.where
        said = f"{where}: {wording.DROPPED if loss.dropped else wording.TOLD}: {loss.text}"
        lines.setdefault((loss.dropped, loss.text) if summed else at, said)
    return list(lines.values())


def _is_summed(loss: Loss, same: Counter[tuple[bool, str]]) -> bool:
    return not loss.dropped and same[loss.dropped, loss.text] > _ALIKE


def _summed_up(losses: Sequence[Loss]) -> str:
    same = Counter((loss.dropped, loss.text) for loss in losses)
    whole = summary(losses)
    return wording.EACH.format(summary=whole) if any(_is_summed(loss, same) for loss in losses) else whole


def _change_line(change: Change) -> str:
    text = f" ({change.text})" if change.text else ""
    return f"{change.where}: {wording.KINDS[change.kind]}: {change.id}{text}"
