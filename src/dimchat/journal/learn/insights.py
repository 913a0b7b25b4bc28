"""Insights from a journal: how much is asked, what goes unanswered, what is close, what is asked again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dimchat.journal.contents import tallies
from dimchat.journal.learn.unanswered import reason_of, unanswered
from dimchat.journal.learn.versions import versions
from dimchat.journal.rows import LOST, SAFETY
from dimchat.journal.similarity import Grouping, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import sqlalchemy as sa

    from dimchat.journal.learn.scope import Queries, Scope
    from dimchat.journal.learn.unanswered import Unanswered
    from dimchat.journal.learn.versions import Share
    from dimchat.journal.similarity import Asked
    from dimchat.journal.store import Journal

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
    versions: tuple[Share, ...] = ()
    """Versions of the pack, in the order in which they came, with what each of them declined."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of intents, outside groups and categories, as far as they are known."""

    @property
    def counts(self) -> Counts:
        """Return the counts of all typed questions."""
        return sum((counts for _, counts in self.days), Counts())

    def title(self, name: str) -> str:
        """Return the title of an intent or a group, or its id."""
        return self.titles.get(name, name)


def insights(store: Journal, scope: Scope, titles: Mapping[str, str], *, top: int = TOP) -> Insights:
    """Return what a journal says.

    Args:
        store: The journal.
        scope: What is looked at.
        titles: Of intents and outside groups.
        top: How many rows a list has at most.

    Raises:
        JournalError: The journal cannot be read, or knows nothing of what the scope names.
    """
    queries = store.queries(scope)
    with store.reading() as connection:
        flow = _flow(connection, queries)
        counted = tallies(connection, store, scope)
        signals = _signals(connection, queries)
        answered = _answered(connection, queries)
        reasons = _reasons(connection, queries)
        without = unanswered(connection, queries)
        closest = _closest(connection, queries, top)
        compared = versions(connection, queries)
    groups: Grouping = grouped(row.asked for row in without if row.text)
    declined = [row for row in without if row.kind == "decline"]
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
        versions=compared,
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


def _flow(connection: sa.Connection, queries: Queries) -> _Flow:
    flow = _Flow()
    for day, hour, kind, typed, face, count in connection.execute(queries.flow()):
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


def _answered(connection: sa.Connection, queries: Queries) -> dict[str, Asks]:
    found: dict[str, Asks] = {}
    for ids, typed, count in connection.execute(queries.answered()):
        for intent in ids.split():
            asks = found.get(intent, Asks(intent, 0, 0))
            found[intent] = (
                asks._replace(typed=asks.typed + count) if typed else asks._replace(picked=asks.picked + count)
            )
    return found


def _reasons(connection: sa.Connection, queries: Queries) -> Counter[str]:
    """Return how often each reason was given for declining what was typed."""
    found: Counter[str] = Counter()
    for ids, reason, typed, count in connection.execute(queries.declines()):
        if typed:
            found[reason_of(ids, reason)] += count
    return found


def _signals(connection: sa.Connection, queries: Queries) -> dict[str, Counter[str]]:
    """Return how often each signal followed the answers of an intent."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ids, signal, count in connection.execute(queries.signals()):
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


def _closest(connection: sa.Connection, queries: Queries, top: int) -> tuple[Close, ...]:
    first: dict[object, Close] = {}
    for text, ids, confidence, margin, day in connection.execute(queries.closest(top * _REPEATS)):
        intent = ids.partition(" ")[0]
        # The same question comes close every time; once is enough, unless there is no text to tell by.
        first.setdefault((text, intent) if text else len(first), Close(text, intent, confidence, margin, day))
    return tuple(first.values())[:top]
