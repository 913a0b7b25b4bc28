"""A comparison for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dimchat.quality.compare.changes import CLASSES, Change, Class
from dimchat.quality.compare.edits import described
from dimchat.quality.failures import quoted, replay, row
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.quality.compare.changes import Cause
    from dimchat.quality.compare.comparison import Comparison
    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.compare.snapshot import Recorded

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
