"""Insights from a journal: how much is asked, what goes unanswered, what is close, what is asked again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from dimchat.journal.learn.unanswered import unanswered
from dimchat.journal.rows import LOST, SAFETY
from dimchat.journal.schema import ANSWERED, ENTRY, FEEDBACK
from dimchat.journal.similarity import Grouping, grouped
from dimchat.journal.store import tallies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dimchat.journal.learn.unanswered import Unanswered
    from dimchat.journal.similarity import Asked
    from dimchat.journal.store import Reader

TOP = 15
"""How many rows a list has."""
_REPEATS = 20
"""How many times as many close calls are looked at, for the same question may come often."""


class Counts(NamedTuple):
    """How many typed questions were answered, offered choices, or declined."""

    answered: int = 0
    offered: int = 0
    declined: int = 0
    """Without an answer: nothing came near, or it lies outside of the pack."""

    @property
    def total(self) -> int:
        """Return all of them."""
        return self.answered + self.offered + self.declined

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        """Return the sums."""
        return Counts(self.answered + other.answered, self.offered + other.offered, self.declined + other.declined)


class Asks(NamedTuple):
    """How often an intent was answered, and what came after."""

    intent: str
    typed: int
    """In the visitor's own words."""
    picked: int
    """By a number, a tile, a suggestion."""


class Again(NamedTuple):
    """An intent whose answer missed the point."""

    intent: str
    answered: int
    again: int
    """How often the question came again at once, or the visitor said that this was not meant."""
    no: int
    """How often a visitor said so with the key for it."""
    yes: int


class Close(NamedTuple):
    """An answer that another one nearly won."""

    text: str | None
    intent: str
    confidence: float
    margin: float
    day: date


@dataclass(frozen=True, slots=True)
class Insights:
    """The insights from a journal over some days."""

    since: date | None
    """The first day with a question; None where there is none."""
    until: date | None
    days: tuple[tuple[date, Counts], ...]
    hours: tuple[Counts, ...]
    """24 of them, by the hour of the day."""
    faces: tuple[tuple[str, int], ...]
    picked: int
    """Choices that were taken, with no question typed."""
    smalltalk: int
    safety: int
    lost: int
    yes: int
    no: int
    intents: tuple[Asks, ...]
    reasons: tuple[tuple[str, int], ...]
    """Why questions were declined: outside groups, and messages that gave another reason, with how often."""
    declined: tuple[Unanswered, ...]
    """Every text that was declined, the most frequent first; none where the journal only counts."""
    unanswered: tuple[Asked, ...]
    """Questions without an answer, grouped by likeness, the most frequent first."""
    ungrouped: int
    """Rare questions that were left out of the grouping."""
    closest: tuple[Close, ...]
    again: tuple[Again, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of intents, outside groups and categories, as far as they are known."""

    @property
    def counts(self) -> Counts:
        """Return the counts of all typed questions."""
        return sum((counts for _, counts in self.days), Counts())

    def title(self, name: str) -> str:
        """Return the title of an intent or a group, or its id."""
        return self.titles.get(name, name)


def insights(store: Reader, since: date | None, titles: Mapping[str, str], *, top: int = TOP) -> Insights:
    """Return what a journal says.

    Args:
        store: The journal.
        since: The first day that counts; None for all.
        titles: Of intents and outside groups.
        top: How many rows a list has at most.

    Raises:
        JournalError: The journal cannot be read.
    """
    with store.reading() as connection:
        flow = _flow(connection, since)
        counted = tallies(connection, since)
        signals = _signals(connection, since)
        answered = _answered(connection, since)
        without = unanswered(connection, since)
        closest = _closest(connection, since, top)
    groups: Grouping = grouped(row.asked for row in without if row.text)
    declined = [row for row in without if row.kind == "decline"]
    reasons: Counter[str] = Counter()
    for row in declined:
        reasons[row.reason] += row.times
    days = sorted(flow.days.items())
    return Insights(
        since=days[0][0] if days else None,
        until=days[-1][0] if days else None,
        days=tuple(days),
        hours=tuple(flow.hours[hour] for hour in range(24)),
        faces=tuple(flow.faces.most_common()),
        picked=flow.picked,
        smalltalk=flow.smalltalk,
        safety=counted.get(SAFETY, 0),
        lost=counted.get(LOST, 0),
        yes=sum(count["yes"] for count in signals.values()),
        no=sum(count["no"] for count in signals.values()),
        intents=tuple(sorted(answered.values(), key=lambda asks: (-asks.typed - asks.picked, asks.intent))[:top]),
        reasons=tuple(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        declined=tuple(row for row in declined if row.text),
        unanswered=groups.groups[:top],
        ungrouped=groups.left_out,
        closest=closest,
        again=_again(signals, answered)[:top],
        titles=titles,
    )


@dataclass(slots=True)
class _Flow:
    days: dict[date, Counts] = field(default_factory=lambda: defaultdict(Counts))
    hours: dict[int, Counts] = field(default_factory=lambda: defaultdict(Counts))
    faces: Counter[str] = field(default_factory=Counter)
    picked: int = 0
    smalltalk: int = 0


_BECAME = {
    "answer": lambda count: Counts(answered=count),
    "clarify": lambda count: Counts(offered=count),
    "decline": lambda count: Counts(declined=count),
}


def _from(select: sa.Select[Any], column: sa.Column[date], since: date | None) -> sa.Select[Any]:
    return select if since is None else select.where(column >= since)


def _flow(connection: sa.Connection, since: date | None) -> _Flow:
    columns = (ENTRY.c.day, ENTRY.c.hour, ENTRY.c.kind, ENTRY.c.typed, ENTRY.c.face)
    select = _from(sa.select(*columns, sa.func.count()).group_by(*columns), ENTRY.c.day, since)
    flow = _Flow()
    for day, hour, kind, typed, face, count in connection.execute(select):
        if not typed:
            flow.picked += count
        elif kind in _BECAME:
            counts = _BECAME[kind](count)
            flow.days[day] += counts
            flow.hours[hour] += counts
            flow.faces[face] += count
        else:
            flow.smalltalk += count
    return flow


def _answered(connection: sa.Connection, since: date | None) -> dict[str, Asks]:
    columns = (ENTRY.c.intents, ENTRY.c.typed)
    select = sa.select(*columns, sa.func.count()).where(ANSWERED).group_by(*columns)
    found: dict[str, Asks] = {}
    for ids, typed, count in connection.execute(_from(select, ENTRY.c.day, since)):
        for intent in ids.split():
            asks = found.get(intent, Asks(intent, 0, 0))
            found[intent] = (
                asks._replace(typed=asks.typed + count) if typed else asks._replace(picked=asks.picked + count)
            )
    return found


def _signals(connection: sa.Connection, since: date | None) -> dict[str, Counter[str]]:
    """Return how often each signal followed the answers of an intent."""
    columns = (ENTRY.c.intents, FEEDBACK.c.signal)
    select = (
        sa.select(*columns, sa.func.count())
        .join(ENTRY, ENTRY.c.key == FEEDBACK.c.entry)
        .where(ANSWERED)
        .group_by(*columns)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ids, signal, count in connection.execute(_from(select, FEEDBACK.c.day, since)):
        # Of two answers in one reply, nobody knows which one was not meant: the first stands for both.
        found[ids.partition(" ")[0]][signal] += count
    return found


def _again(signals: dict[str, Counter[str]], answered: dict[str, Asks]) -> tuple[Again, ...]:
    rows = [
        Again(intent, answered[intent].typed if intent in answered else 0, count["again"], count["no"], count["yes"])
        for intent, count in signals.items()
        if count["again"] or count["no"]
    ]
    return tuple(sorted(rows, key=lambda row: (-row.again - row.no, row.intent)))


def _closest(connection: sa.Connection, since: date | None, top: int) -> tuple[Close, ...]:
    select = (
        sa.select(ENTRY.c.text, ENTRY.c.intents, ENTRY.c.confidence, ENTRY.c.margin, ENTRY.c.day)
        .where(ANSWERED, ENTRY.c.typed, ENTRY.c.margin.is_not(None))
        .order_by(ENTRY.c.margin)
        .limit(top * _REPEATS)
    )
    rows = connection.execute(_from(select, ENTRY.c.day, since))
    first: dict[object, Close] = {}
    for text, ids, confidence, margin, day in rows:
        intent = ids.partition(" ")[0]
        # The same question comes close every time; once is enough, unless there is no text to tell by.
        first.setdefault((text, intent) if text else len(first), Close(text, intent, confidence, margin, day))
    return tuple(first.values())[:top]
