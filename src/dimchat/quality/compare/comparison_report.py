"""The report of a comparison: in lines, in tables, as notes beside the lines of the pack, and as data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dimchat.quality.compare.comparison import CLASSES, Change, Class
from dimchat.quality.compare.edits import described
from dimchat.quality.report.case_report import quoted, replay, row
from dimchat.quality.report.ci import LEVELS, Note
from dimchat.quality.report.document import Bars, Document, Paragraph, Section, Table
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dimchat.quality.compare.causes import Cause
    from dimchat.quality.compare.comparison import Change, Class, Comparison
    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.compare.snapshot import Recorded
    from dimchat.quality.report.ci import Level

SHOWN = 20
"""So many of a class are shown unless all are wanted."""
_CAUSES = 3
_DECIDED = frozenset({"regression", "newly-declined", "newly-answered", "improvement"})


def to_text(comparison: Comparison, *, everything: bool = False) -> str:
    """Return a comparison in lines: each change with what was, what is and what led to it, then the edits, then counts.

    Args:
        comparison: What differs.
        everything: Whether to show every change; otherwise the first of each class.
    """
    blocks = list(_blocks(comparison, SHOWN if not everything else len(comparison.changes)))
    return "\n\n".join([*blocks, *_edits(comparison, everything=everything), summary(comparison)])


def summary(comparison: Comparison) -> str:
    """Return the closing line of a comparison."""
    counts = counted(comparison.counts)
    asked = len(comparison.old.replies.keys() & comparison.new.replies.keys())
    line = wording.COMPARED.format(old=comparison.old.label, new=comparison.new.label, asked=asked, counts=counts)
    edits = len(comparison.edits)
    return f"{line}; {wording.ONE_EDIT if edits == 1 else wording.EDITS.format(count=edits)}"


def counted(counts: dict[Class, int]) -> str:
    """Return how many changes there are of each class, in words."""
    return ", ".join(f"{count} {wording.CLASS_TITLES[name]}" for name, count in counts.items()) or wording.NO_CHANGES


def grouped(comparison: Comparison, sort: Class) -> list[list[Change]]:
    """Return the changes of a class, those together that one line can tell."""
    groups: dict[object, list[Change]] = {}
    for change in comparison.changes:
        if change.sort == sort:
            groups.setdefault(_likeness(change), []).append(change)
    return list(groups.values())


def _blocks(comparison: Comparison, most: int) -> Iterator[str]:
    for sort in CLASSES:
        groups = grouped(comparison, sort)
        shown = groups[:most]
        yield from (_block(group) for group in shown)
        left = sum(map(len, groups)) - sum(map(len, shown))
        if left:
            yield f"{wording.CLASS_TITLES[sort]}: {wording.MORE_LIKE_IT.format(count=left)}"


def _likeness(change: Change) -> object:
    """Return what changes share that one block can tell: an edited text differs in every reply that holds it."""
    cause = change.causes[0].edit if change.causes else None
    if change.sort == "closer-call" and cause is not None:
        return change.sort, cause
    if change.sort in _DECIDED or change.old.decision != change.new.decision or cause is None:
        return id(change)
    return change.sort, change.new.decision, change.detail, cause


def _block(group: list[Change]) -> str:
    change = group[0]
    item = change.question.item
    where = f"{item.place.file}:{item.place.line}"
    after = "".join(f"   {wording.AFTER} {quoted(text)}" for text in item.after[-1:])
    lines = [f"{wording.CLASS_TITLES[change.sort]}  {where}  {item.ask}{after}"]
    if change.also:
        lines.append(row(wording.ALSO, ", ".join(wording.CLASS_TITLES[name] for name in change.also)))
    if change.detail:
        lines.append(row(wording.ASIDE, wording.DETAILS[change.detail]))
    lines += [row(wording.WAS, told(change.old)), row(wording.NOW, told(change.new))]
    lines += [row(wording.CAUSE, told_cause(cause)) for cause in change.causes[:_CAUSES]]
    if len(group) > 1:
        lines.append(row(wording.ALSO, wording.MORE_ALIKE.format(count=len(group) - 1)))
    if change.old.decision != change.new.decision:
        lines.append(row(wording.SEE, replay(item)))
    return "\n".join(lines)


def told(reply: Recorded) -> str:
    """Return what came, in a line."""
    ids = " and ".join(reply.intents)
    text = ids or reply.kind
    if reply.options:
        text += f" of {', '.join(reply.options)}"
    if reply.about:
        text += f" about {reply.about}"
    if reply.outside:
        text += f" ({reply.outside})"
    if reply.margin is not None and ids:
        text += f"   margin {reply.margin:.2f}"
    return text


def told_cause(cause: Cause) -> str:
    """Return an edit in a line: where, what, and what speaks for it."""
    why = wording.REASONS.get(cause.why, "")
    return f"{whereabouts(cause.edit)}  {described(cause.edit)}" + (f"  ({why})" if why else "")


def whereabouts(edit: Edit) -> str:
    """Return `file:line` of an edit, and whether that is where something stood before."""
    where = f"{edit.place.file}:{edit.place.line}"
    return f"{wording.STOOD} {where}" if edit.gone else where


def _edits(comparison: Comparison, *, everything: bool) -> Iterator[str]:
    """Yield the edits that no change names."""
    named = {cause.edit for change in comparison.changes for cause in change.causes}
    idle = [edit for edit in comparison.edits if edit not in named]
    if idle:
        shown = idle if everything else idle[:SHOWN]
        rows = [f"  {whereabouts(edit)}  {described(edit)}" for edit in shown]
        rows += [f"  {wording.MORE_LIKE_IT.format(count=len(idle) - len(shown))}"] * (len(idle) > len(shown))
        yield "\n".join([wording.IDLE_EDITS, *rows])


def to_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as `dimchat.diff/1`, for JSON."""
    return {
        "schema": "dimchat.diff/1",
        "old": _side(comparison, "old"),
        "new": _side(comparison, "new"),
        "counts": comparison.counts,
        "changes": [_change_data(change) for change in comparison.changes],
        "edits": [_edit_data(edit) for edit in comparison.edits],
    }


def _side(comparison: Comparison, name: str) -> dict[str, Any]:
    side = comparison.old if name == "old" else comparison.new
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
    }


def uncalibrated(comparison: Comparison) -> Iterable[str]:
    """Yield the label of each side whose calibration is not in force though it has one."""
    for side in (comparison.old, comparison.new):
        if any((part.key, part.text) == ("in force", "no") for part in side.parts):
            yield side.label


_GRAVE = frozenset({"regression", "newly-declined"})
_EXAMPLES = 5


def document(comparison: Comparison, title: str, *, everything: bool = False) -> Document:
    """Return the report of a comparison.

    Args:
        comparison: What differs.
        title: Of the pack.
        everything: Whether to show every change and edit; otherwise the first of each class.
    """
    asked = len(comparison.old.replies.keys() & comparison.new.replies.keys())
    facts = (
        (wording.SIDES, f"{comparison.old.label} → {comparison.new.label}"),
        (wording.ASKED, str(asked)),
        (wording.CAME_OUT, counted(comparison.counts)),
        (wording.EDITED, str(len(comparison.edits))),
    )
    sections = [Section(wording.OVERVIEW, _overview(comparison))]
    for sort in CLASSES:
        groups = grouped(comparison, sort)
        if groups:
            shown = groups if everything else groups[:SHOWN]
            left = sum(map(len, groups)) - sum(map(len, shown))
            note = wording.MORE_LIKE_IT.format(count=left) if left else ""
            rows = tuple(_row(group) for group in shown)
            title_of = wording.CLASS_TITLES[sort]
            sections.append(
                Section(title_of[0].upper() + title_of[1:], (Table("", wording.CHANGE_HEAD, rows, note=note),))
            )
    if comparison.edits:
        sections.append(Section(wording.ALL_EDITS, (_edits_table(comparison, everything=everything),)))
    return Document(wording.CHANGES_OF.format(title=title), facts, tuple(sections))


def _overview(comparison: Comparison) -> tuple[Paragraph] | tuple[Table, Bars]:
    counts = comparison.counts
    if not counts:
        return (Paragraph(f"{wording.NO_CHANGES[0].upper()}{wording.NO_CHANGES[1:]}."),)
    names = tuple(wording.CLASS_TITLES[name] for name in counts)
    table = Table(
        "",
        wording.CLASS_HEAD,
        tuple((wording.CLASS_TITLES[name], str(count), wording.CLASS_ABOUT[name]) for name, count in counts.items()),
        frozenset({1}),
        wording.SEVERAL_CLASSES,
    )
    bars = Bars(
        wording.CLASS_PLOT,
        names,
        (("", tuple(float(count) for count in counts.values())),),
        wording.CLASS,
        wording.REPLIES,
        beside=True,
    )
    return table, bars


def _row(group: list[Change]) -> tuple[str, ...]:
    change = group[0]
    place = change.question.item.place
    after = "".join(f" ({wording.AFTER} “{text}”)" for text in change.question.item.after[-1:])
    more = f"; {wording.MORE_ALIKE.format(count=len(group) - 1)}" if len(group) > 1 else ""
    beside = [wording.CLASS_TITLES[name] for name in change.also]
    beside += [wording.DETAILS[change.detail]] if change.detail else []
    now = told(change.new) + (f" ({'; '.join(beside)})" if beside else "")
    cause = told_cause(change.causes[0]) if change.causes else ""
    return f"{place.file}:{place.line}", change.question.item.ask + after, told(change.old), now, cause + more


def _edits_table(comparison: Comparison, *, everything: bool) -> Table:
    led = Counter(change.causes[0].edit for change in comparison.changes if change.causes)
    edits = sorted(comparison.edits, key=lambda edit: -led[edit])
    shown = edits if everything else edits[: 2 * SHOWN]
    rows = tuple((whereabouts(edit), described(edit), str(led[edit])) for edit in shown)
    left = len(edits) - len(shown)
    note = wording.MORE_EDITS.format(count=left) if left else ""
    return Table("", wording.EDIT_HEAD, rows, frozenset({2}), note)


def notes(comparison: Comparison, failing: Collection[str]) -> Iterator[Note]:
    """Yield a note for each edit that is the likeliest cause of a change, beside its line.

    Args:
        comparison: What differs.
        failing: The classes that are errors; of the others, regressions and newly declined replies are warnings.
    """
    led: dict[Edit, list[Change]] = {}
    for change in comparison.changes:
        if change.causes:
            led.setdefault(change.causes[0].edit, []).append(change)
    for edit, changes in led.items():
        level = min((_level(change, failing) for change in changes), key=LEVELS.index)
        counts: Counter[Class] = Counter(change.sort for change in changes)
        said = counted({name: counts[name] for name in CLASSES if counts[name]})
        rows = [f"{wording.CLASS_TITLES[one.sort]}: {one.question.item.ask}: {told(one.new)}" for one in changes]
        more = [wording.AND_MORE.format(count=len(rows) - _EXAMPLES)] * (len(rows) > _EXAMPLES)
        stood = f"{wording.STOOD} {edit.place.line}: " if edit.gone else ""
        yield Note(level, edit.place, said, "\n".join([stood + described(edit), *rows[:_EXAMPLES], *more]))


def _level(change: Change, failing: Collection[str]) -> Level:
    if change.classes & set(failing):
        return "error"
    return "warning" if change.classes & _GRAVE else "notice"
