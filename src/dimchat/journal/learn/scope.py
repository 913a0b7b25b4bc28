"""Which rows of a journal a curator asks about, and how they are found in the journal of one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dimchat.errors import JournalError
from dimchat.journal.schema import ANSWERED, DECISION, ENTRY, FEEDBACK, TALLY, UNANSWERED, VISIT

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at; what is not named is not looked at in particular."""

    since: date | None = None
    """The first day that counts; None for all."""
    stands: tuple[str, ...] = ()
    """These stands; () for all. Only the journal of a fleet knows stands and buildings."""
    buildings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    """Of the pack."""

    @property
    def is_of_places(self) -> bool:
        """Return whether it names stands or buildings."""
        return bool(self.stands or self.buildings)


class Queries:
    """What is asked of the journal of one place; `dimchat.journal.fleet.queries` asks the same of a fleet's.

    The columns of each statement are named by its method.
    """

    def __init__(self, scope: Scope) -> None:
        """Take what is looked at.

        Raises:
            JournalError: It names stands or buildings.
        """
        if scope.is_of_places:
            raise JournalError("this journal is of one place: --stand and --building are for the journal of a fleet")
        self._scope = scope

    def _within(self, select: sa.Select[Any], table: sa.Table) -> sa.Select[Any]:
        scope = self._scope
        if scope.since is not None:
            select = select.where(table.c.day >= scope.since)
        if scope.languages:
            select = select.where(table.c.language.in_(scope.languages))
        if scope.versions:
            select = select.where(table.c.pack_version.in_(scope.versions))
        return select

    def flow(self) -> sa.Select[Any]:
        """Day, hour, kind, typed, face, count: of all entries."""
        columns = (ENTRY.c.day, ENTRY.c.hour, ENTRY.c.kind, ENTRY.c.typed, ENTRY.c.face)
        return self._within(sa.select(*columns, sa.func.count()).group_by(*columns), ENTRY)

    def tallies(self) -> sa.Select[Any]:
        """What, count: of all that was only counted, which tells neither language nor version."""
        select = sa.select(TALLY.c.what, sa.func.sum(TALLY.c.count)).group_by(TALLY.c.what)
        return select if self._scope.since is None else select.where(TALLY.c.day >= self._scope.since)

    def answered(self) -> sa.Select[Any]:
        """Intents, typed, count: of answers."""
        columns = (ENTRY.c.intents, ENTRY.c.typed)
        return self._within(sa.select(*columns, sa.func.count()).where(ANSWERED).group_by(*columns), ENTRY)

    def declines(self) -> sa.Select[Any]:
        """Intents, reason, typed, count: of what was declined."""
        columns = (ENTRY.c.intents, ENTRY.c.reason, ENTRY.c.typed)
        declined = ENTRY.c.kind == sa.literal_column("'decline'")
        return self._within(sa.select(*columns, sa.func.count()).where(declined).group_by(*columns), ENTRY)

    def signals(self) -> sa.Select[Any]:
        """Intents, signal, count: of what was said about answers."""
        columns = (ENTRY.c.intents, FEEDBACK.c.signal)
        select = sa.select(*columns, sa.func.count()).join(ENTRY, ENTRY.c.key == FEEDBACK.c.entry)
        return self._within(select.where(ANSWERED).group_by(*columns), FEEDBACK)

    def unanswered(self) -> sa.Select[Any]:
        """Text, kind, intents, reason, count: of what was typed and declined, or offered choices."""
        columns = (ENTRY.c.text, ENTRY.c.kind, ENTRY.c.intents, ENTRY.c.reason)
        select = sa.select(*columns, sa.func.count()).where(UNANSWERED, ENTRY.c.typed).group_by(*columns)
        return self._within(select, ENTRY)

    def closest(self, limit: int) -> sa.Select[Any]:
        """Text, intents, confidence, margin, day: of the answers that another one nearly won."""
        select = (
            sa.select(ENTRY.c.text, ENTRY.c.intents, ENTRY.c.confidence, ENTRY.c.margin, ENTRY.c.day)
            .where(ANSWERED, ENTRY.c.typed, ENTRY.c.margin.is_not(None))
            .order_by(ENTRY.c.margin)
            .limit(limit)
        )
        return self._within(select, ENTRY)

    def picks(self) -> sa.Select[Any]:
        """Text, intent, count: of what was picked where choices were offered."""
        columns = (ENTRY.c.text, FEEDBACK.c.intent)
        select = (
            sa.select(*columns, sa.func.count())
            .join(ENTRY, ENTRY.c.key == FEEDBACK.c.entry)
            .where(FEEDBACK.c.signal == "picked", ENTRY.c.text.is_not(None))
            .group_by(*columns)
        )
        return self._within(select, FEEDBACK)

    def visits(self) -> sa.Select[Any]:
        """Pack version, first day, visits, and sums over them: of q, d, q q, q d, d d, asked q and declined d."""
        return self._within(sums_of_visits(VISIT), VISIT).group_by(VISIT.c.pack_version)

    def decided(self) -> sa.Select[Any]:
        """The forms of groups that a curator decided on."""
        return sa.select(DECISION.c.form)


def sums_of_visits(visit: sa.Table) -> sa.Select[Any]:
    """Return what `Queries.visits` selects, of a table of visits, to be grouped by version."""
    asked, declined = visit.c.asked, visit.c.declined
    sums = (asked, declined, asked * asked, asked * declined, declined * declined)
    return sa.select(visit.c.pack_version, sa.func.min(visit.c.day), sa.func.count(), *map(sa.func.sum, sums))
