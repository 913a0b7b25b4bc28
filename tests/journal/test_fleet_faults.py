"""A week of a few stands in which everything goes wrong; `benchmarks/fleet.py faults` has two hundred of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.journal.fleet.database import database_at
from dimchat.journal.fleet.roles import make_roles, migrate_fleet

from .postgres import missing, served, week

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_week_of_faults_loses_doubles_and_misnames_no_row(tmp_path: Path) -> None:
    if reason := missing():
        pytest.skip(reason)
    with served() as server:  # as it comes: what is committed is on the disk
        server.execute("CREATE DATABASE week")
        database = database_at(server.address("week"))
        make_roles(database)
        migrate_fleet(database)
        outcome = week(server, database, tmp_path, 8, 21)
    assert outcome.is_good, outcome
    assert outcome.acknowledged > 500
    assert outcome.failures > 100
    assert outcome.refused > 0
