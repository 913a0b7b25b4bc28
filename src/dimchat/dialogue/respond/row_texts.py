"""The text of an answer that reads a table: for one row, for several, or for none."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.citations import cited_as
from dimchat.language.markup import filled, references
from dimchat.tables import AS_OF, ORDERED, ROW, ROWS, SLOT, RowKey
from dimchat.wording import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimchat.dialogue.interpret.asked import Asked
    from dimchat.model import Answer, Pack
    from dimchat.tables import Slots, Table, TableUse
    from dimchat.wording import Catalogue

_MOST_EACH = 2
"""Of so many rows each is told in full; of more only the cell that is asked about."""
_AT_EITHER_END, _AT_ONE_END = 3, 5
"""How many rows are named of an order."""

Row = dict[str, str]


class Told(NamedTuple):
    """The short form and the text of an answer, filled in."""

    answer: Answer
    """With the texts as they are said, citations as `[@source, locator]`."""
    rows: tuple[RowKey, ...] = ()
    choices: tuple[Slots, ...] = ()
    """The values that its rows are for, where the question named none."""


def told(pack: Pack, answer: Answer, asked: Asked | None, words: Catalogue) -> Told:
    """Return what an answer says.

    Args:
        pack: The answer set.
        answer: As it is written.
        asked: What the message asks of tables; None for nothing.
        words: What dimchat says of its own.
    """
    if answer.table is None:
        return Told(answer)
    return _Teller(pack, answer, answer.table, asked, words).told()


class _Teller:
    """Puts the cells of a table into one answer."""

    def __init__(self, pack: Pack, answer: Answer, use: TableUse, asked: Asked | None, words: Catalogue) -> None:
        self._words = words
        self._pack, self._answer, self._use, self._asked = pack, answer, use, asked
        self._table: Table = pack.table[use.name]
        self._fixed = dict(use.where)
        self._open = self._table.open_keys(use)
        self._values = dict(asked.values) if asked else {}
        self._column = self._table.column[use.column]

    def told(self) -> Told:
        """Return what is said."""
        if not self._open:
            rows = list(self._table.where(self._fixed))
            return self._with(self._fill(self._answer.short, rows), self._fill(self._answer.text, rows), rows)
        if any(not self._values.get(name) for name in self._open):
            return self._overview()
        wanted = [
            dict(zip(self._open, values, strict=True)) for values in product(*(self._values[n] for n in self._open))
        ]
        found = [(key, self._table.row({**self._fixed, **key})) for key in wanted]
        if len(found) == 1:
            return self._one(*found[0])
        return self._several(found)

    def _one(self, key: Mapping[str, str], row: Row | None) -> Told:
        if row is None or not row[self._use.column]:
            lead = self._lacking(key)
            short, text = map(self._general, self._answer.overview or ("", ""))
            return self._with(f"{lead} {short}", f"{lead}\n\n{text}", [])
        short, text = self._fill(self._answer.short, [row], key), self._fill(self._answer.text, [row], key)
        notes = self._table.notes_of(row)
        if notes:
            said = " ".join(notes)
            short, text = f"{short} {said}", f"{text}\n\n{said}"
        if self._table.is_undated(row) and self._answer.overview:
            # What nobody knows the age of is never the whole answer.
            text = f"{text}\n\n{self._general(self._answer.overview[0])}"
        return self._with(short, text, [row])

    def _several(self, found: Iterable[tuple[dict[str, str], Row | None]]) -> Told:
        """Tell rows below each other: each in its own words, or of many the cell that is asked about."""
        found = list(found)
        shown, rows = [], []
        for key, row in found:
            name = self._named(key)
            if row is None or not row[self._use.column]:
                shown.append(self._lacking(key))
                continue
            rows.append(row)
            said = self._fill(self._answer.short, [row], key)
            if len(found) > _MOST_EACH:
                said = f"{name}: {self._cell(row)}"
            shown.append(" ".join([said, *self._table.notes_of(row)]))
        lead = ""
        if self._asked and self._asked.group:
            names = cells.listed([self._named(key) for key, _ in found], self._words)
            lead = self._words("reply.group", group=self._asked.group, values=names)
        if len(found) <= _MOST_EACH:
            body = "\n\n".join(shown)
            return self._with(" ".join(filter(None, (lead, *shown))), "\n\n".join(filter(None, (lead, body))), rows)
        head = self._words("reply.rows", title=self._title(), as_of=self._as_of(rows))
        body = "\n".join(f"- {line}" for line in shown)
        cited = self._cite(f"{head} [@{ROW}]")
        whole = "\n\n".join(filter(None, (lead, cited, body)))
        return self._with(whole, whole, rows)

    def _overview(self) -> Told:
        """Tell what holds for no row alone, with the ends of the order, and offer the rows."""
        written = self._answer.overview or (self._answer.short, self._answer.text)
        short, text = map(self._general, written)
        order = self._asked.order if self._asked else ""
        ends, rows = self._ends(order)
        listed = [row for one in references(" ".join(written)) for row in (self._table.named(one.name) or ("", []))[1]]
        rows += [row for row in listed if row not in rows]
        if ends:
            text = f"{text}\n\n{ends}"
            short = ends if order else short
        missing = [name for name in self._open if not self._values.get(name)]
        text = f"{text}\n\n{self._words('reply.name_one', slot=self._pack.slot[missing[0]].title)}"
        choices: tuple[Slots, ...] = ()
        if len(missing) == 1:
            have = {name: self._values[name][:1] for name in self._open if self._values.get(name)}
            slot = self._pack.slot[missing[0]]
            there = {row[slot.id] for row in self._table.where({**self._fixed, **{n: v[0] for n, v in have.items()}})}
            choices = tuple(((slot.id, (v.id,)), *have.items()) for v in slot.values if v.id in there)
        return self._with(short, text, rows)._replace(choices=choices)

    def _ends(self, order: str) -> tuple[str, list[Row]]:
        """Return sentences that name the rows at the ends of the order, and these; nothing where there is no order."""
        if self._column.type not in ORDERED or len(self._open) > 1:
            return "", []
        count = _AT_ONE_END if order else _AT_EITHER_END
        sentences, rows = [], []
        for end, highest in (("most", True), ("least", False)):
            if order not in ("", end):
                continue
            found = self._table.ordered(self._fixed, self._use.column, highest=highest)[:count]
            slot = self._open[0]
            names = [f"{self._shown(slot, row[slot])} ({self._cell(row)})" for row in found]
            named = cells.listed(names, self._words)
            order_id = "reply.highest" if highest else "reply.lowest"
            sentences.append(self._words(order_id, title=self._title(), as_of=self._as_of(found), rows=named))
            rows += [row for row in found if row not in rows]
        # A citation stands before the full stop.
        return self._cite(" ".join(f"{sentence[:-1]} [@{ROW}]." for sentence in sentences)), rows

    def _general(self, text: str) -> str:
        """Return a text that is about no row alone, with the rows that it lists."""

        def said(name: str) -> str | None:
            column, rows = self._table.named(name) or ("", [])
            shown = dict.fromkeys(self._shown(column, row[column]) for row in rows)
            return cells.listed(list(shown), self._words) if rows else None

        return self._cite(filled(text, said))

    def _fill(self, text: str, rows: list[Row], key: Mapping[str, str] | None = None) -> str:
        fields = {f"{SLOT}.{name}": self._shown(name, value) for name, value in (key or {}).items()}
        if len(rows) == 1:
            names = (*self._table.column, AS_OF)
            fields |= {f"{ROW}.{name}": cells.shown(self._table, rows[0], name, self._words) for name in names}
        for name in self._table.column:
            shown = [self._shown(name, row[name]) for row in rows]
            fields[f"{ROWS}.{name}"] = cells.listed(list(dict.fromkeys(shown)), self._words)
        return self._cite(filled(text, fields.get))

    def _cite(self, text: str) -> str:
        return text.replace(f"@{ROW}", f"@{cited_as(self._table.source, self._table.locator)}")

    def _shown(self, name: str, value: str) -> str:
        slot = self._pack.slot.get(name)
        return slot.shown(value) if slot else cells.cell_shown(self._table.column[name], value, self._words)

    def _cell(self, row: Row) -> str:
        """Return the cell that the question is about."""
        return cells.shown(self._table, row, self._use.column, self._words)

    def _named(self, key: Mapping[str, str]) -> str:
        return ", ".join(self._shown(name, value) for name, value in key.items())

    def _lacking(self, key: Mapping[str, str]) -> str:
        fields = {f"{SLOT}.{name}": self._shown(name, value) for name, value in key.items()}
        return filled(self._table.missing, fields.get) or self._words("reply.no_figure", value=self._named(key))

    def _title(self) -> str:
        return self._column.title or self._pack.intent[self._answer.id].title.rstrip("?")

    def _as_of(self, rows: Iterable[Row]) -> str:
        """Return how old rows are, as it goes into a heading; nothing where they differ."""
        dates = {cells.shown(self._table, row, AS_OF, self._words) for row in rows}
        date = dates.pop() if len(dates) == 1 else ""
        return self._words("reply.since", as_of=date) if date else ""

    def _with(self, short: str, text: str, rows: Iterable[Row]) -> Told:
        keys = tuple(RowKey(self._table.name, tuple((n, row[n]) for n in self._table.key)) for row in rows)
        return Told(self._answer._replace(short=short, text=text), keys)
