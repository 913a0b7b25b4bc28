"""The operator's switch: off, or on with a mode, an address and the days that are kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dimchat.errors import JournalError
from dimchat.extras import need
from dimchat.journal.address import FILE, OUTBOX_FILE, default_url, file_of, make_file, url_of
from dimchat.journal.protocol import Loss, NoRecorder

if TYPE_CHECKING:
    from dimchat.journal.protocol import Recorder
    from dimchat.journal.record.worker import Keeps
    from dimchat.journal.rows import Mode
    from dimchat.model import Pack

KEEP_DAYS = 90
PATIENCE = 0.25
"""Seconds that a write waits for another process before it fails and is tried again later."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Where the rows of a stand go from its outbox; no password is in it, for it is handed on in command lines."""

    address: str
    """Of the database, as `dimchat.journal.fleet.database` takes it."""
    stand: str
    building: str | None = None
    password_file: str | None = None
    megabytes: int = 200
    """What the outbox may hold."""


@dataclass(frozen=True, slots=True)
class Switch:
    """An operator's choice; it can be passed to another process as it is."""

    mode: Mode = "off"
    url: str | None = None
    """The address; None for the platform's place."""
    days: int = KEEP_DAYS
    """How many days are kept, today among them."""
    fleet: Fleet | None = None
    """Where the rows go from here; None where this journal keeps them itself."""

    @property
    def address(self) -> str:
        """Return the address of the journal, or of the outbox, in the platform's place where none was named.

        Raises:
            JournalError: The system names no such place.
        """
        return self.url or default_url(FILE if self.fleet is None else OUTBOX_FILE)

    def to_json(self) -> str:
        """Return the switch for `from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Switch:
        """Return the switch that `to_json` wrote."""
        return cls.from_values(json.loads(text))

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> Switch:
        """Return the switch of what `dataclasses.asdict` made of one."""
        fleet = values.get("fleet")
        return cls(**{**values, "fleet": None if fleet is None else Fleet(**fleet)})

    def first_day(self, today: date) -> date:
        """Return the first day that is kept."""
        return first_day(today, self.days)


def first_day(today: date, days: int) -> date:
    """Return the first of a number of days that end today."""
    return today - timedelta(days=max(days, 1) - 1)


def ready(switch: Switch) -> Switch:
    """Return the switch with the full address of a journal that can be written, fit for other processes.

    What fails later is counted and never disturbs an answer; so this is said before the first question.

    Raises:
        JournalError: The extra is not installed, or what the address names cannot be written or is no journal.
    """
    if switch.mode == "off":
        return switch
    need_extra()
    file = file_of(switch.address)
    make_file(file)
    from dimchat.journal.connection import try_to_write  # noqa: PLC0415 - loads SQLite

    try_to_write(file, PATIENCE)
    return replace(switch, url=url_of(file))


def open_recorder(switch: Switch, *, face: str, pack: Pack, lost: int = 0) -> Recorder:
    """Return what a face records with; nothing is recorded where the switch is off.

    Args:
        switch: What the operator chose, as `ready` returned it.
        face: `chat`, `plain`, `kiosk`, `web` or `api`.
        pack: What replies.
        lost: How many rows other processes could not keep, and could not tell the journal of.
    """
    if switch.mode == "off":
        return NoRecorder()
    url, fleet = switch.address, switch.fleet
    from dimchat.journal.record.recorder import start_recorder  # noqa: PLC0415 - reads questions, which loads the matcher

    def open_store() -> Keeps:
        if fleet is not None:
            from dimchat.journal.fleet.outbox import Outbox  # noqa: PLC0415 - as below

            return Outbox(url, megabytes=fleet.megabytes)
        from dimchat.journal.store import Store  # noqa: PLC0415 - the worker's thread pays for SQLAlchemy

        return Store(url)

    return start_recorder(
        open_store,
        mode=switch.mode,
        face=face,
        pack=pack.digest,
        first_day=switch.first_day,
        lost=lost,
        version=pack.version,
        language=pack.language,
    )


class Opener:
    """Opens the recorder of a face once there is a pack, and closes it however the face ends."""

    def __init__(self, switch: Switch, face: str, lost: int = 0) -> None:
        """Take what `open_recorder` wants beside the pack."""
        self._switch = switch
        self._face = face
        self._lost = lost
        self._recorder: Recorder | None = None

    def __call__(self, pack: Pack) -> Recorder:
        """Return the recorder for a pack."""
        self._recorder = open_recorder(self._switch, face=self._face, pack=pack, lost=self._lost)
        return self._recorder

    def close(self, timeout: float, stall: float = 0.0) -> Loss:
        """Keep what waits, and return what was lost; the seconds are those of `Recorder.close`."""
        return Loss(self._lost, untold=self._lost) if self._recorder is None else self._recorder.close(timeout, stall)


def load_early(switch: Switch) -> None:
    """Load what a recorder needs, in a process that waits for its visitor anyway; nothing where the switch is off."""
    if switch.mode != "off":
        from dimchat.journal import store  # noqa: F401, PLC0415 - to have it loaded
        from dimchat.journal.record import recorder  # noqa: F401, PLC0415 - the same
    if switch.fleet is not None:
        from dimchat.journal.fleet import outbox  # noqa: F401, PLC0415 - the same
    if switch.mode == "full":
        from dimchat.journal.record import redact  # noqa: F401, PLC0415 - the same


def need_extra() -> None:
    """Say which extra is missing.

    Raises:
        JournalError: SQLAlchemy is not installed.
    """
    need("sqlalchemy", error=JournalError, message="the journal needs SQLAlchemy: pip install 'dimchat[journal]'")
