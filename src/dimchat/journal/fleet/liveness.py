"""Which stands are alive, by the last sign of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.journal.fleet.heartbeats import Heartbeat, heartbeats, stands_known

if TYPE_CHECKING:
    from dimchat.journal.fleet.database import Database

State = Literal["alive", "refusing", "late", "dead", "never"]
_DEAD = 3
"""A stand is dead after so many times the silence after which it is late."""


class Alive(NamedTuple):
    """A stand and how it goes."""

    stand: str
    state: State
    last: Heartbeat | None
    """Its last sign; None where there never was one."""


def alive(database: Database, late: int) -> list[Alive]:
    """Return all stands that were ever heard of, by name.

    Args:
        database: The fleet's.
        late: Seconds of silence after which a stand is late.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    last = {one.stand: one for one in heartbeats(database)}
    return [Alive(stand, state_of(last.get(stand), late), last.get(stand)) for stand in stands_known(database)]


def state_of(last: Heartbeat | None, late: int) -> State:
    """Return how a stand goes.

    Args:
        last: Its last sign.
        late: Seconds of silence after which it is late: of what sends its journal, or of the stand itself.
    """
    if last is None:
        return "never"
    silent = max(last.age, last.silent + last.age if last.silent >= 0 else _DEAD * late + 1)
    if silent > _DEAD * late:
        return "dead"
    if silent > late:
        return "late"
    return "refusing" if last.error else "alive"
