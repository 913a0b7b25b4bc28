"""The tables of a fleet's journal as they are asked; what makes them is `migrations/postgresql`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

META = sa.MetaData()
VERSION = 2
"""To which `migrations/postgresql` leads; readers take the one before as well."""


def _table(name: str, *columns: str) -> sa.Table:
    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        "key": sa.Uuid(as_uuid=False),
        "entry": sa.Uuid(as_uuid=False),
        "day": sa.Date(),
        "month": sa.Date(),
    }
    kinds |= {"typed": sa.Boolean(), "confidence": sa.Float(), "margin": sa.Float()}
    kinds |= {each: sa.Integer() for each in ("hour", "count", "asked", "declined")}
    return sa.Table(name, META, *(sa.Column(column, kinds.get(column, sa.Text())) for column in columns))


_NAMED = ("key", "day", "stand")
_EDITION = ("pack_version", "language")
ENTRY = _table(
    "entry",
    *(*_NAMED, "pack", "face", "kind", "intents", "confidence", "margin", "typed", "text", "reason"),
    *_EDITION,
)
FEEDBACK = _table("feedback", *_NAMED, "entry", "signal", "intent", "text", "about", *_EDITION)
VISIT = _table("visit", *_NAMED, "pack", "asked", "declined", *_EDITION)
HOURLY = _table("hourly", *_NAMED, "hour", "face", "kind", "typed", "count", *_EDITION)
TALLY = _table("tally", *_NAMED, "what", "count")
DECISION = _table("decision", "key", "day", "form", "verdict", "target")
STANDS = _table("stands", "stand", "building")
ASKED = _table("asked", "month", "stand", *_EDITION, "kind", "intents", "reason", "typed", "count")
"""The rollup that the database keeps of `entry`; a missing text is an empty one here."""

ROWS = (ENTRY, FEEDBACK, VISIT, HOURLY, TALLY, DECISION)
BY_MONTH = (ENTRY, FEEDBACK, VISIT, HOURLY)
"""Those that have a partition for each month."""
