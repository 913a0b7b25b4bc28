"""The report of a comparison: changes with what led to them, as notes beside the lines of the pack too, and edits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dimchat.quality.compare.comparison import CLASSES
from dimchat.quality.compare.edits import described
from dimchat.quality.report.case_report import explain_command, quoted, row
from dimchat.quality.report.document import (
    LEVELS,
    Bars,
    Document,
    Note,
    Paragraph,
    Section,
    Table,
    capital,
    where,
)
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from dimchat.quality.compare.causes import Cause
    from dimchat.quality.compare.comparison import Change, Class, Comparison
    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.compare.snapshot import Recorded, Snapshot
    from dimchat.quality.report.document import Level

SHOWN = 20
"""So many of a class are shown unless all are wanted."""
_CAUSES = 3
_EXAMPLES = 5
_DECIDED = frozenset({"regression", "newly-declined", "newly-answered", "improvement"})
_GRAVE = frozenset({"regression", "newly-declined"})


def document(
    comparison: Comparison,
    title: str,
    *,
    failing: Collection[str] = (),
    everything: bool = False,
    root: Path | None = None,
) -> Document:
    """Return the report of a comparison.

    Args:
        comparison: What differs.
        title: Of the pack.
        failing: Classes whose notes are errors; those on other regressions and newly declined replies are warnings.
        everything: Whether to show every change and edit; otherwise the first of each class.
        root: The folder of the pack, for the commands that are shown; see `explain_command`.
    """
    sections = [Section(wording.OVERVIEW, _overview(comparison.counts))]
    for sort in CLASSES:
        shown, left = _shown(comparison, sort, everything=everything)
        if shown:
            note = wording.MORE_LIKE_IT.format(count=left) if left else ""
            table = Table("", wording.CHANGE_HEAD, tuple(map(_row, shown)), note=note)
            sections.append(Section(capital(wording.CLASS_TITLES[sort]), (table,)))
    if comparison.raised:
        rows = tuple((_place_of(edit), described(edit)) for edit in comparison.raised)
        sections.append(Section(capital(wording.RAISED), (Table("", wording.EDIT_HEAD[:2], rows),)))
    if comparison.edits:
        sections.append(Section(wording.ALL_EDITS, (_edits_table(comparison, everything=everything),)))
    facts = (
        (wording.SIDES, f"{comparison.old.label} → {comparison.new.label}"),
        (wording.ASKED, str(comparison.asked)),
        (wording.CAME_OUT, counted(comparison.counts)),
        (wording.EDITED, str(len(comparison.edits))),
    )
    return Document(
        wording.CHANGES_OF.format(title=title),
        facts,
        tuple(sections),
        lines=tuple(_lines(comparison, everything=everything, root=root)),
        notes=tuple(_notes(comparison, failing)),
        data=_data(comparison),
    )


def to_text(comparison: Comparison, *, everything: bool = False) -> str:
    """Return a comparison in lines: each change with what was, what is and what led to it, then edits, then counts."""
    return "\n\n".join(_lines(comparison, everything=everything, root=None))


def counted(counts: dict[Class, int]) -> str:
    """Return how many changes there are of each class, in words."""
    return ", ".join(f"{count} {wording.CLASS_TITLES[name]}" for name, count in counts.items()) or wording.NO_CHANGES


def uncalibrated(comparison: Comparison) -> Iterable[str]:
    """Yield the label of each side whose calibration is not in force though it has one."""
    for side in (comparison.old, comparison.new):
        if any((part.key, part.text) == ("in force", "no") for part in side.parts):
            yield side.label


def _shown(comparison: Comparison, sort: Class, *, everything: bool) -> tuple[list[list[Change]], int]:
    """Return the changes of a class, those together that one line can tell, and how many are left out."""
    groups: dict[object, list[Change]] = {}
    for change in comparison.changes:
        if change.sort == sort:
            groups.setdefault(_likeness(change), []).append(change)
    found = list(groups.values())
    shown = found if everything else found[:SHOWN]
    return shown, sum(map(len, found)) - sum(map(len, shown))


def _likeness(change: Change) -> object:
    """Return what changes share that one block can tell: an edited text differs in every reply that holds it."""
    cause = change.causes[0].edit if change.causes else None
    if change.sort == "closer-call" and cause is not None:
        return change.sort, cause
    if change.sort in _DECIDED or change.old.decision != change.new.decision or cause is None:
        return id(change)
    return change.sort, change.new.decision, change.detail, cause


def _lines(comparison: Comparison, *, everything: bool, root: Path | None) -> Iterator[str]:
    """Yield a block for each change, or for several that are alike, the edits that no change names, and the counts."""
    for sort in CLASSES:
        shown, left = _shown(comparison, sort, everything=everything)
        yield from (_block(group, root) for group in shown)
        if left:
            yield f"{wording.CLASS_TITLES[sort]}: {wording.MORE_LIKE_IT.format(count=left)}"
    if comparison.raised:
        yield "\n".join([wording.RAISED, *(f"  {_place_of(edit)}  {described(edit)}" for edit in comparison.raised)])
    named = {cause.edit for change in comparison.changes for cause in change.causes}
    idle = [edit for edit in comparison.edits if edit not in named]
    if idle:
        first = idle if everything else idle[:SHOWN]
        rows = [f"  {_place_of(edit)}  {described(edit)}" for edit in first]
        rows += [f"  {wording.MORE_LIKE_IT.format(count=len(idle) - len(first))}"] * (len(idle) > len(first))
        yield "\n".join([wording.IDLE_EDITS, *rows])
    counts, labels = counted(comparison.counts), {"old": comparison.old.label, "new": comparison.new.label}
    said = wording.numbered(wording.EDITS, len(comparison.edits))
    yield f"{wording.COMPARED.format(**labels, asked=comparison.asked, counts=counts)}; {said}"


def _block(group: list[Change], root: Path | None) -> str:
    change = group[0]
    item = change.question.item
    after = "".join(f"   {wording.AFTER} {quoted(text)}" for text in item.after[-1:])
    lines = [f"{wording.CLASS_TITLES[change.sort]}  {where(item.place)}  {item.ask}{after}"]
    if change.also:
        lines.append(row(wording.ALSO, ", ".join(wording.CLASS_TITLES[name] for name in change.also)))
    if change.detail:
        lines.append(row(wording.ASIDE, wording.DETAILS[change.detail]))
    lines += [row(wording.WAS, _reply_line(change.old)), row(wording.NOW, _reply_line(change.new))]
    lines += [row(wording.CAUSE, _cause_line(cause)) for cause in change.causes[:_CAUSES]]
    if len(group) > 1:
        lines.append(row(wording.ALSO, wording.MORE_ALIKE.format(count=len(group) - 1)))
    if change.old.decision != change.new.decision:
        lines.append(row(wording.SEE, explain_command(item, root)))
    return "\n".join(lines)


def _reply_line(reply: Recorded) -> str:
    ids = " and ".join(reply.intents)
    text = ids or reply.kind
    if reply.options:
        text += f" of {', '.join(reply.options)}"
    if reply.about:
        text += f" about {reply.about}"
    if reply.outside:
        text += f" ({reply.outside})"
    return f"{text}   margin {reply.margin:.2f}" if reply.margin is not None and ids else text


def _cause_line(cause: Cause) -> str:
    """Return an edit in a line: where, what, and what speaks for it."""
    why = wording.REASONS.get(cause.why, "")
    return f"{_place_of(cause.edit)}  {described(cause.edit)}" + (f"  ({why})" if why else "")


def _place_of(edit: Edit) -> str:
    """Return `file:line` of an edit, and whether that is where something stood before."""
    return f"{wording.STOOD} {where(edit.place)}" if edit.gone else where(edit.place)


def _overview(counts: dict[Class, int]) -> tuple[Paragraph] | tuple[Table, Bars]:
    if not counts:
        return (Paragraph(f"{capital(wording.NO_CHANGES)}."),)
    titles = tuple(wording.CLASS_TITLES[name] for name in counts)
    rows = tuple((wording.CLASS_TITLES[name], str(count), wording.CLASS_ABOUT[name]) for name, count in counts.items())
    numbers = tuple(map(float, counts.values()))
    return (
        Table("", wording.CLASS_HEAD, rows, frozenset({1}), wording.SEVERAL_CLASSES),
        Bars(wording.CLASS_PLOT, titles, (("", numbers),), wording.CLASS, wording.REPLIES, beside=True),
    )


def _row(group: list[Change]) -> tuple[str, ...]:
    change = group[0]
    item = change.question.item
    after = "".join(f" ({wording.AFTER} “{text}”)" for text in item.after[-1:])
    more = f"; {wording.MORE_ALIKE.format(count=len(group) - 1)}" if len(group) > 1 else ""
    beside = [wording.CLASS_TITLES[name] for name in change.also]
    beside += [wording.DETAILS[change.detail]] if change.detail else []
    now = _reply_line(change.new) + (f" ({'; '.join(beside)})" if beside else "")
    cause = _cause_line(change.causes[0]) if change.causes else ""
    return where(item.place), item.ask + after, _reply_line(change.old), now, cause + more


def _edits_table(comparison: Comparison, *, everything: bool) -> Table:
    led = Counter(change.causes[0].edit for change in comparison.changes if change.causes)
    edits = sorted(comparison.edits, key=lambda edit: -led[edit])
    shown = edits if everything else edits[: 2 * SHOWN]
    rows = tuple((_place_of(edit), described(edit), str(led[edit])) for edit in shown)
    left = len(edits) - len(shown)
    return Table("", wording.EDIT_HEAD, rows, frozenset({2}), wording.MORE_EDITS.format(count=left) if left else "")


def _notes(comparison: Comparison, failing: Collection[str]) -> Iterator[Note]:
    """Yield a note for each edit that is the likeliest cause of a change, beside its line."""
    for edit in comparison.raised:
        yield Note("error" if failing else "warning", edit.place, wording.RAISED, described(edit))
    led: dict[Edit, list[Change]] = {}
    for change in comparison.changes:
        if change.causes:
            led.setdefault(change.causes[0].edit, []).append(change)
    for edit, changes in led.items():
        level = min((_level(change, failing) for change in changes), key=LEVELS.index)
        counts: Counter[Class] = Counter(change.sort for change in changes)
        said = counted({name: counts[name] for name in CLASSES if counts[name]})
        rows = [f"{wording.CLASS_TITLES[one.sort]}: {one.question.item.ask}: {_reply_line(one.new)}" for one in changes]
        more = [wording.AND_MORE.format(count=len(rows) - _EXAMPLES)] * (len(rows) > _EXAMPLES)
        stood = f"{wording.STOOD} {edit.place.line}: " if edit.gone else ""
        yield Note(level, edit.place, said, "\n".join([stood + described(edit), *rows[:_EXAMPLES], *more]))


def _level(change: Change, failing: Collection[str]) -> Level:
    if change.classes & set(failing):
        return "error"
    return "warning" if change.classes & _GRAVE else "notice"


def _data(comparison: Comparison) -> dict[str, Any]:
    return {
        "schema": "dimchat.diff/1",
        "old": _side_data(comparison.old),
        "new": _side_data(comparison.new),
        "counts": comparison.counts,
        "changes": [_change_data(change) for change in comparison.changes],
        "raised": [_edit_data(edit) for edit in comparison.raised],
        "edits": [_edit_data(edit) for edit in comparison.edits],
    }


def _side_data(side: Snapshot) -> dict[str, Any]:
    return {
        "label": side.label,
        "name": side.name,
        "version": side.version,
        "digest": side.digest,
        "asked": dict(Counter(key.origin for key in side.questions)),
    }


def _change_data(change: Change) -> dict[str, Any]:
    item = change.question.item
    return {
        "class": change.sort,
        "also": list(change.also),
        "detail": change.detail or None,
        "origin": change.question.key.origin,
        "id": change.question.owner or None,
        "file": item.place.file,
        "line": item.place.line,
        "after": list(item.after),
        "ask": item.ask,
        "was": _reply_data(change.old),
        "now": _reply_data(change.new),
        "causes": [{**_edit_data(one.edit), "weight": one.weight, "why": one.why} for one in change.causes],
    }


def _reply_data(reply: Recorded) -> dict[str, Any]:
    return {
        "kind": reply.kind,
        "intents": list(reply.intents),
        "about": reply.about,
        "outside": reply.outside,
        "options": list(reply.options),
        "suggestions": list(reply.suggestions),
        "margin": reply.margin,
        "met": reply.met,
    }


def _edit_data(edit: Edit) -> dict[str, Any]:
    return {
        "act": edit.act,
        "kind": edit.kind,
        "file": edit.place.file,
        "line": edit.place.line,
        "gone": edit.gone,
        "ids": list(edit.owners),
        "text": described(edit),
        "answers": list(edit.answers),
    }
