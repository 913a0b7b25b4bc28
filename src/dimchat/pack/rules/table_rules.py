"""Tables, slots and the answers that read them: whatever is named exists, and every row can be shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dimchat.files.text import suggest
from dimchat.files.yaml import MapNode
from dimchat.language.citations import citations
from dimchat.language.markup import references
from dimchat.model import Place
from dimchat.pack.folder import TABLES
from dimchat.pack.table_files import node_texts
from dimchat.tables import AS_OF, ROW, ROWS, SLOT
from dimchat.wording import catalogue_of
from dimchat.wording.cells import cell_shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from dimchat.files.yaml import TextNode
    from dimchat.pack.draft import AnswerDraft, Draft
    from dimchat.pack.rules import Report
    from dimchat.pack.table_files import TableDraft
    from dimchat.tables import Table, TableUse

WIDEST = 60
"""So many characters in a row fit on the narrowest face."""
LONGEST = 240
"""A cell of more characters is a text, and belongs into an answer."""


def check_tables(draft: Draft, report: Report) -> None:
    """Report everything about slots, tables and their answers that does not go together: the errors."""
    _files(draft, report)
    _slots(draft, report)
    values = _values(draft)
    for entry in draft.tables:
        _table(entry, draft, values, report)
    tables = {entry.table.name: entry for entry in draft.tables}
    for answer in draft.answers:
        _answer(answer, tables, draft, report)


def advise_tables(draft: Draft, report: Report) -> None:
    """Report what a pack with tables should not be published with: the warnings."""
    tables = {entry.table.name: entry for entry in draft.tables}
    used = {entry.answer.table.name for entry in draft.answers if entry.answer.table}
    values = _values(draft)
    for entry in draft.tables:
        table = entry.table
        if table.name not in used:
            report.add("unused-table", Place(f"{TABLES}/{table.name}.yaml"), f"no answer reads the table {table.name}")
        for name in table.key:
            lacking = values.get(name, frozenset()) - {row[name] for row in table.rows if name in row}
            if lacking:
                message = f"no row is for {', '.join(sorted(lacking)[:5])}"
                report.add("missing-row", entry.node.place_of("key"), f"{message} of the slot {name!r}")
        _wide(entry, draft.head.string("language") if draft.head else "", report)
    for answer in draft.answers:
        use = answer.answer.table
        if use is not None and use.name in tables:
            _told(answer, tables[use.name].table, use, report)


def _values(draft: Draft) -> dict[str, frozenset[str]]:
    return {slot.id: frozenset(value.id for value in slot.values) for slot in draft.vocabulary.slots}


def _files(draft: Draft, report: Report) -> None:
    if draft.format == 1:
        return  # what lay there before there were tables is none
    for name in sorted(name for name in draft.names if name.startswith(f"{TABLES}/")):
        stem, _, ending = name.rpartition(".")
        other = f"{stem}.{'csv' if ending == 'yaml' else 'yaml'}"
        if other not in draft.names:
            report.add("missing-file", Place(other), f"{name} has no {other} beside it")


def _slots(draft: Draft, report: Report) -> None:
    if draft.slots is None:
        return
    for _, slot in draft.slots.entries.values():
        if not isinstance(slot, MapNode):
            continue
        seen: set[str] = set()
        for value in slot.maps("values"):
            if value.string("id") in seen:
                report.add(
                    "duplicate-id", value.place_of("id"), f"the value {value.string('id')!r} stands already here"
                )
            seen.add(value.string("id"))
        for group in slot.maps("groups"):
            for node in group.texts("values"):
                if node.text not in seen:
                    report.add(
                        "unknown-slot-value", node.place, f"unknown value {node.text!r}", suggest(node.text, seen)
                    )


def _table(entry: TableDraft, draft: Draft, values: dict[str, frozenset[str]], report: Report) -> None:
    table = entry.table
    source = entry.node.text("source")
    if source is not None and draft.source_ids.lacks(source.text):
        meant = suggest(source.text, draft.source_ids.places)
        report.add("unknown-source", source.place, f"unknown source {source.text!r}", meant)
    if not (table.as_of or AS_OF in table.column):
        report.add("undated-table", entry.node.place, "the table has neither `as_of` nor a column as_of")
    elif not table.as_of and not table.undated and any(not row[AS_OF] for row in table.rows):
        report.add("undated-table", entry.node.place, "a row has no date, and no `undated` says so")
    _cells(entry, values, report)
    _fields((entry.node.text("missing"),), {f"{SLOT}.{name}" for name in table.key}, report)
    for note in entry.node.maps("notes"):
        where = note.get("where")
        for name, (key, _) in where.entries.items() if isinstance(where, MapNode) else ():
            if name not in table.column:
                report.add("unknown-column", key.place, f"no column {name!r}", suggest(name, table.column))
                continue
            known = {row[name] for row in table.rows}
            for node in node_texts(where, name):
                if node.text not in known:
                    report.add("bad-value", node.place, f"no row has {node.text!r} there", suggest(node.text, known))


def _cells(entry: TableDraft, values: dict[str, frozenset[str]], report: Report) -> None:
    table = entry.table
    seen: Counter[tuple[str, ...]] = Counter()
    key = [name for name in table.key if name in table.column]
    for at, row in enumerate(table.rows):
        for name in key:
            if name in values and row[name] not in values[name]:
                message = f"{row[name]!r} is no value of the slot {name!r}"
                report.add("unknown-slot-value", entry.place_of(at, name), message, suggest(row[name], values[name]))
        for column in table.columns:
            if not column.fits(row[column.name]):
                message = f"{row[column.name]!r} in {column.name!r} is no {column.type}"
                report.add("bad-cell", entry.place_of(at, column.name), message)
        own = tuple(row[name] for name in key)
        seen[own] += 1
        if seen[own] == 2:  # noqa: PLR2004 - once for each key
            report.add("duplicate-id", entry.places[at], f"a row for {', '.join(own)} stands already above")


def _answer(entry: AnswerDraft, tables: dict[str, TableDraft], draft: Draft, report: Report) -> None:
    use, node = entry.answer.table, entry.table
    if use is None or node is None:
        _reads_none(entry, report)
    elif use.name in tables:
        table = tables[use.name].table
        if _named(node, table, use, draft, report):
            _shown(entry, table, use, draft, report)
    elif use.name not in draft.table_ids.places:
        meant = suggest(use.name, draft.table_ids.places)
        report.add("unknown-table", node.place_of("name"), f"unknown table {use.name!r}", meant)


def _reads_none(entry: AnswerDraft, report: Report) -> None:
    _fields(entry.texts, set(), report)
    for text in entry.texts:
        for cited in citations(text.text):
            if cited.source == ROW:
                message = "[@row] cites the table of an answer, and this one reads none"
                report.add("unknown-source", text.place_of(f"@{ROW}", cited.start), message)


def _named(node: MapNode, table: Table, use: TableUse, draft: Draft, report: Report) -> bool:
    """Report what an answer names of its table and is not there; tell whether its columns are."""
    where = node.get("where")
    fixed = [(name, key.place) for name, (key, _) in where.entries.items()] if isinstance(where, MapNode) else []
    unknown = [pair for pair in ((use.column, node.place_of("column")), *fixed) if pair[0] not in table.column]
    for name, place in unknown:
        message = f"the table {table.name} has no column {name!r}"
        report.add("unknown-column", place, message, suggest(name, table.column))
    if not unknown and not any(table.where(dict(use.where))):
        report.add("bad-value", node.place, f"no row of the table {table.name} is as `where` says")
    for text in node.texts("instead_of"):
        if draft.intent_ids.lacks(text.text):
            meant = suggest(text.text, draft.intent_ids.places)
            report.add("unknown-intent", text.place, f"unknown id {text.text!r}", meant)
    slots = [slot.id for slot in draft.vocabulary.slots]
    for name in table.open_keys(use) if not unknown else ():
        if name not in slots:
            message = f"{name!r} of the key is neither a slot nor in `where`"
            report.add("unknown-slot", node.place, message, suggest(name, slots))
    return not unknown


def _shown(entry: AnswerDraft, table: Table, use: TableUse, draft: Draft, report: Report) -> None:
    """Report what an answer shows of its table and cannot be shown for every row."""
    rows = list(table.where(dict(use.where)))
    open_keys = [name for name in table.open_keys(use) if name in {slot.id for slot in draft.vocabulary.slots}]
    known = {f"{ROWS}.{name}" for name in table.column} if not open_keys else {f"{SLOT}.{name}" for name in open_keys}
    if open_keys or len(rows) == 1:
        known |= {f"{ROW}.{name}" for name in (*table.column, AS_OF)}
    _fields(entry.of_rows, known, report)
    listed = {
        f"{ROWS}.{name}.{column.name}.{row[column.name]}"
        for name in open_keys
        for column in table.columns
        for row in table.rows
    }
    _fields(entry.texts[len(entry.of_rows) :], listed, report)
    if open_keys and entry.answer.overview is None:
        report.add("missing-overview", entry.answer.place, f"{entry.answer.id} says nothing where no row is named")
    for name in _names_in(*(node.text for node in entry.of_rows)):
        column = table.column.get(name.removeprefix(f"{ROW}."))
        if column is None or column.name == use.column or column.missing:
            continue
        empty = next((row for row in rows if not row[column.name]), None)
        if empty is not None:
            whose = ", ".join(empty.get(key, "") for key in table.key)
            report.add(
                "empty-cell", entry.answer.place, f"{name} is empty for {whose}, and its column has no `missing`"
            )


def _fields(texts: Collection[TextNode | None] | tuple[TextNode, ...], known: Collection[str], report: Report) -> None:
    """Report places to fill in of which no row has the name; others are for others to judge."""
    for node in texts:
        for name in _names_in(node.text) if node is not None else ():
            if name.partition(".")[0] in (ROW, ROWS, SLOT) and name not in known and node is not None:
                place = node.place_of(f"{{{{{name}}}}}", node.text.find(f"{{{{{name}"))
                report.add("unknown-field", place, f"nothing fills in {name!r} here", suggest(name, known))


def _told(entry: AnswerDraft, table: Table, use: TableUse, report: Report) -> None:
    open_keys = table.open_keys(use)
    for node in entry.texts[len(entry.of_rows) :]:
        _cited(entry, node, report)
    dated = {name for name in table.column if table.column[name].type == "date"} | {AS_OF}
    for node in entry.of_rows:
        shown = _cited(entry, node, report)
        for name in open_keys:
            if f"{SLOT}.{name}" not in shown:
                report.add("unnamed-slot", node.place, f"nothing says whose row it is; write {{{{{SLOT}.{name}}}}}")
    if not any(name.partition(".")[2] in dated for name in _names_in(entry.text.text)):
        report.add("undated-row", entry.text.place, f"{entry.answer.id} does not say how old its cells are")


def _cited(entry: AnswerDraft, node: TextNode, report: Report) -> tuple[str, ...]:
    """Report cells that are shown and not cited, and return the names of all that is filled in."""
    shown = _names_in(node.text)
    cited = any(one.source == ROW for one in citations(node.text))
    if any(name.partition(".")[0] in (ROW, ROWS) for name in shown) and not cited:
        report.add("uncited-row", node.place, f"{entry.answer.id} shows cells and does not cite them as [@row]")
    return shown


def _wide(entry: TableDraft, language: str, report: Report) -> None:
    table, words = entry.table, catalogue_of(language)
    for at, row in enumerate(table.rows):
        for column in (column for column in table.columns if column.fits(row[column.name])):
            shown = cell_shown(column, row[column.name], words)
            word = max(shown.split(), key=len, default="")
            if len(word) > WIDEST or len(shown) > LONGEST:
                most = f"{len(word)} characters in a row" if len(word) > WIDEST else f"{len(shown)} characters"
                report.add(
                    "wide-cell", entry.place_of(at, column.name), f"{word[:40]!r}: {most} are too wide for a face"
                )


def _names_in(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for text in texts for one in references(text)))
