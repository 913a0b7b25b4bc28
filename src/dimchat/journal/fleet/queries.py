"""What a curator asks of a fleet's journal, in a way that stays fast over ten million rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dimchat.journal.fleet.fleet_tables import ASKED, DECISION, ENTRY, FEEDBACK, HOURLY, STANDS, TALLY, VISIT
from dimchat.journal.learn.scope import Queries, sums_of_visits

if TYPE_CHECKING:
    from datetime import date

    from dimchat.journal.learn.scope import Scope

MOST_TEXTS = 8000
"""Texts without an answer that leave the database, the most frequent ones."""
# Written out, not bound: an index over a part of the rows is only taken where the statement says that part.
_ANSWERED = ENTRY.c.kind == sa.literal_column("'answer'")
_UNANSWERED = ENTRY.c.kind.in_([sa.literal_column("'decline'"), sa.literal_column("'clarify'")])
_LONGEST_MONTH = 31


class FleetQueries(Queries):
    """As its parent, of many stands."""

    def __init__(self, scope: Scope) -> None:  # noqa: D107 - as its parent, which knows no stands
        self._scope = scope

    def _within(self, select: sa.Select[Any], table: sa.Table) -> sa.Select[Any]:
        scope = self._scope
        if scope.since is not None:
            first = table.c.month >= _whole_month(scope.since) if table is ASKED else table.c.day >= scope.since
            select = select.where(first)
        if scope.languages and table is not TALLY:
            select = select.where(table.c.language.in_(scope.languages))
        if scope.versions and table is not TALLY:
            select = select.where(table.c.pack_version.in_(scope.versions))
        if scope.stands:
            select = select.where(table.c.stand.in_(scope.stands))
        if scope.buildings:
            there = sa.select(STANDS.c.stand).where(STANDS.c.building.in_(scope.buildings))
            select = select.where(table.c.stand.in_(there))
        return select

    def _counted(self, kind: str, *names: str) -> sa.Select[Any]:
        """Count entries by the rollup; those of a month of which not all days are asked for, by themselves."""
        since = self._scope.since
        whole = sa.select(*(ASKED.c[name] for name in names), ASKED.c.count).where(ASKED.c.kind == kind)
        parts = [self._within(whole, ASKED)]
        if since is not None and since.day > 1:
            days = sa.select(*(ENTRY.c[name] for name in names), sa.literal(1).label("count"))
            parts.append(self._within(days, ENTRY).where(ENTRY.c.kind == kind, ENTRY.c.day < _whole_month(since)))
        found = sa.union_all(*parts).subquery()
        columns = [found.c[name] for name in names]
        return sa.select(*columns, sa.func.sum(found.c.count)).group_by(*columns)

    def flow(self) -> sa.Select[Any]:
        """Day, hour, kind, typed, face, count: of all entries."""
        columns = (HOURLY.c.day, HOURLY.c.hour, HOURLY.c.kind, HOURLY.c.typed, HOURLY.c.face)
        return self._within(sa.select(*columns, sa.func.sum(HOURLY.c.count)).group_by(*columns), HOURLY)

    def tallies(self) -> sa.Select[Any]:
        """What, count: of all that was only counted, which tells neither language nor version."""
        return self._within(sa.select(TALLY.c.what, sa.func.sum(TALLY.c.count)).group_by(TALLY.c.what), TALLY)

    def answered(self) -> sa.Select[Any]:
        """Intents, typed, count: of answers."""
        return self._counted("answer", "intents", "typed")

    def declines(self) -> sa.Select[Any]:
        """Intents, reason, typed, count: of what was declined."""
        return self._counted("decline", "intents", "reason", "typed")

    def signals(self) -> sa.Select[Any]:
        """Intent, signal, count: of what was said about answers."""
        columns = (FEEDBACK.c.about, FEEDBACK.c.signal)
        select = sa.select(*columns, sa.func.count()).where(FEEDBACK.c.about.is_not(None)).group_by(*columns)
        return self._within(select, FEEDBACK)

    def unanswered(self) -> sa.Select[Any]:
        """Text, kind, intents, reason, count: of what was typed and declined, or offered choices."""
        columns = (ENTRY.c.text, ENTRY.c.kind, ENTRY.c.intents, ENTRY.c.reason)
        select = sa.select(*columns).where(_UNANSWERED, ENTRY.c.typed)
        # In the order of their index, so that they are counted as they come: a hash of them would not fit in memory.
        found = self._within(select, ENTRY).order_by(*columns).subquery()
        counted = sa.select(*found.c, sa.func.count()).group_by(*found.c)
        return counted.order_by(sa.func.count().desc()).limit(MOST_TEXTS)

    def closest(self, limit: int) -> sa.Select[Any]:
        """Text, intents, confidence, margin, day: of the answers that another one nearly won."""
        select = (
            sa.select(ENTRY.c.text, ENTRY.c.intents, ENTRY.c.confidence, ENTRY.c.margin, ENTRY.c.day)
            .where(_ANSWERED, ENTRY.c.typed, ENTRY.c.margin.is_not(None))
            .order_by(ENTRY.c.margin)
            .limit(limit)
        )
        return self._within(select, ENTRY)

    def picks(self) -> sa.Select[Any]:
        """Text, intent, count: of what was picked where choices were offered."""
        columns = (FEEDBACK.c.text, FEEDBACK.c.intent)
        picked = (FEEDBACK.c.signal == sa.literal_column("'picked'"), FEEDBACK.c.text.is_not(None))
        return self._within(sa.select(*columns, sa.func.count()).where(*picked).group_by(*columns), FEEDBACK)

    def decided(self) -> sa.Select[Any]:
        """The forms of groups that a curator decided on."""
        return sa.select(DECISION.c.form)

    def visits(self) -> sa.Select[Any]:
        """Pack version, first day, visits, and sums over them: of q, d, q q, q d, d d, asked q and declined d."""
        return self._within(sums_of_visits(VISIT), VISIT).group_by(VISIT.c.pack_version)


def _whole_month(since: date) -> date:
    """Return the first day of the first month of which all days count."""
    return since if since.day == 1 else (since.replace(day=1) + timedelta(_LONGEST_MONTH)).replace(day=1)
