"""The operator's switch: off, or on with a mode, an address and the days that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dimchat.errors import JournalError
from dimchat.journal.address import default_url, file_of, make_file
from dimchat.journal.faces import NoRecorder

if TYPE_CHECKING:
    from dimchat.journal.faces import Recorder
    from dimchat.journal.rows import Mode
    from dimchat.journal.worker import Keeps

KEEP_DAYS = 90


@dataclass(frozen=True, slots=True)
class Switch:
    """What an operator chose; it can be handed to another process as it is."""

    mode: Mode = "off"
    url: str | None = None
    """The address; None for the platform's place."""
    days: int = KEEP_DAYS
    """How many days are kept, today among them."""

    def first_day(self, today: date) -> date:
        """Return the first day that is kept."""
        return first_day(today, self.days)


def first_day(today: date, days: int) -> date:
    """Return the first of so many days that end today."""
    return today - timedelta(days=max(days, 1) - 1)


def open_recorder(switch: Switch, *, face: str, pack: str) -> Recorder:
    """Return what a face records with; nothing is recorded where the switch is off.

    An address that cannot be written is said here, before the first question. What fails later is
    counted and never disturbs an answer.

    Args:
        switch: What the operator chose.
        face: `chat`, `plain`, `kiosk` or `web`.
        pack: The digest of the pack that replies.

    Raises:
        JournalError: The extra is not installed, or the address cannot be written.
    """
    if switch.mode == "off":
        return NoRecorder()
    need_extra()
    from dimchat.journal.recorder import start_recorder  # noqa: PLC0415 - reads questions, which loads the matcher

    url = switch.url or default_url()
    make_file(file_of(url))

    def open_store() -> Keeps:
        from dimchat.journal.store import Store  # noqa: PLC0415 - the worker's thread pays for SQLAlchemy

        return Store(url)

    return start_recorder(open_store, mode=switch.mode, face=face, pack=pack, first_day=switch.first_day)


def need_extra() -> None:
    """Say which extra is missing.

    Raises:
        JournalError: SQLAlchemy is not installed.
    """
    if find_spec("sqlalchemy") is None:
        raise JournalError("the journal needs SQLAlchemy: pip install 'dimchat[journal]'")
