"""A comparison as a report, and as notes beside the lines that led to its changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dimchat.quality.compare.changes import CLASSES
from dimchat.quality.compare.edits import described
from dimchat.quality.compare.report import SHOWN, counted, grouped, told, told_cause, whereabouts
from dimchat.quality.report.annotations import LEVELS, Note
from dimchat.quality.report.document import Bars, Document, Paragraph, Section, Table
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dimchat.quality.compare.changes import Change, Class
    from dimchat.quality.compare.comparison import Comparison
    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.report.annotations import Level

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
        sections.append(Section(wording.ALL_EDITS, (_edits(comparison, everything=everything),)))
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


def _edits(comparison: Comparison, *, everything: bool) -> Table:
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
