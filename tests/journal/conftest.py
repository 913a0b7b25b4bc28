from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from dimchat.journal.address import url_of
from dimchat.journal.fleet.roles import make_roles, migrate_fleet
from dimchat.journal.rows import Entry, Feedback, Signal, new_key
from dimchat.journal.store import Store

from .postgres import FAST, Fleet, Server, missing, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    MakeEntry = Callable[..., Entry]

NOW = datetime(2026, 11, 24, 14, 37, 5, 123456, tzinfo=UTC)


def make_entry(text: str | None = None, kind: str = "answer", **fields: object) -> Entry:
    """An entry of which only what matters is given."""
    values: dict[str, object] = {
        "key": new_key(NOW),
        "day": NOW.date(),
        "hour": NOW.hour,
        "pack": "d",
        "face": "chat",
        "kind": kind,
        "intents": ("manager.pay",) if kind == "answer" else (),
        "confidence": 0.9,
        "margin": 0.5,
        "typed": True,
        "text": text,
    }
    return Entry(**{**values, **fields})  # type: ignore[arg-type]


def make_feedback(
    entry: Entry, signal: Signal, intent: str | None = None, day: date | None = None, **of: str | None
) -> Feedback:
    return Feedback(new_key(NOW), entry.key, day or entry.day, entry.hour, signal, intent, **of)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return url_of(tmp_path / "j" / "journal.db")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server; skipped, with the reason, where there can be none."""
    if reason := missing():
        pytest.skip(reason)
    with served(*FAST) as made:
        made.execute("CREATE ROLE stand LOGIN; CREATE ROLE curator LOGIN")
        yield made


@contextmanager
def made_fleet(server: Server, name: str) -> Iterator[Fleet]:
    """A database of a fleet, with a user for stands and one for curators."""
    server.execute(f"CREATE DATABASE {name}")
    found = Fleet(server, name)
    make_roles(found.database())
    migrate_fleet(found.database())
    server.execute("GRANT dimchat_stand TO stand; GRANT dimchat_curator TO curator")
    yield found
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fleet(server: Server, request: pytest.FixtureRequest) -> Iterator[Fleet]:
    with made_fleet(server, f"f{abs(hash(request.node.nodeid)):x}") as made:
        yield made
