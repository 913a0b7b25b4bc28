"""One curator over many stands."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.errors import JournalError
from dimchat.journal.address import url_of
from dimchat.journal.contents import every_row, latest, summary
from dimchat.journal.fleet.fleet_store import FleetJournal
from dimchat.journal.fleet.outbox import Outbox
from dimchat.journal.fleet.sender import Sender
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.review import decide, open_groups
from dimchat.journal.learn.scope import Scope
from dimchat.journal.rows import Visit, new_key, tally
from dimchat.journal.store import Store

from .conftest import NOW, made_fleet, make_entry, make_feedback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dimchat.journal.rows import Row, Signal

    from .postgres import Fleet, Server

STANDS = {"lobby": "north", "ward": "north", "clinic": "south"}
LATER = date(2027, 1, 31)
SIGNALS: tuple[Signal, ...] = ("yes", "no", "again")


def some_weeks(rng: random.Random) -> Iterator[Row]:
    """What is asked at one stand from September to November: everything that a journal knows."""
    for _ in range(60):
        now = NOW - timedelta(days=rng.randrange(80), hours=rng.randrange(6))
        kind = rng.choice(["answer", "answer", "clarify", "decline", "smalltalk"])
        intents = {"answer": ("a.b", "c.d")[: rng.randrange(1, 3)], "clarify": ("a.b", "c.d")}.get(kind, ())
        version = rng.choice(["1", "2"])
        entry = make_entry(
            rng.choice(["zebra crossing", "crossing zebra", "union dues", "what degree"]),
            kind,
            key=new_key(now),
            day=now.date(),
            hour=now.hour,
            face=rng.choice(["kiosk", "web"]),
            intents=intents,
            typed=rng.random() < 0.8,
            reason="reply.unknown" if kind == "decline" else None,
            margin=rng.choice([None, 0.25, 0.5]),
            pack_version=version,
            language=rng.choice(["en", "es"]),
        )
        yield entry
        yield Visit(new_key(now), now.date(), "d", 4, kind == "decline", version, entry.language)
        if kind == "answer":
            yield make_feedback(
                entry, rng.choice(SIGNALS), about=intents[0], pack_version=version, language=entry.language
            )
        if kind == "clarify":
            yield make_feedback(entry, "picked", "a.b", text=entry.text, pack_version=version, language=entry.language)
    yield tally(NOW, "safety", 2)


def filled(fleet: Fleet, folder: Path) -> dict[str, list[Row]]:
    """The rows of three stands, each sent to the fleet by its own outbox."""
    rng = random.Random(21)  # noqa: S311 - the same weeks each time
    rows: dict[str, list[Row]] = {}
    for stand, building in STANDS.items():
        rows[stand] = list(some_weeks(rng))
        with Outbox(url_of(folder / f"{stand}.db")) as outbox:
            outbox.write(rows[stand])
            sender = Sender(outbox, fleet.database("stand"), stand=stand, building=building)
            sender.send(LATER)
            sender.close()
            assert outbox.waiting() == 0
    return rows


@pytest.fixture(scope="module")
def three(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fleet, dict[str, list[Row]]]]:
    """A fleet of three stands that no test changes, and its rows."""
    with made_fleet(server, "three") as fleet:
        yield fleet, filled(fleet, tmp_path_factory.mktemp("three"))


@pytest.fixture
def curator(three: tuple[Fleet, object]) -> Iterator[FleetJournal]:
    with FleetJournal(three[0].database("curator")) as journal:
        yield journal


PLACES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({}, tuple(STANDS)),
    ({"stands": ("ward", "clinic")}, ("ward", "clinic")),
    ({"buildings": ("north",)}, ("lobby", "ward")),
)
EDITIONS: tuple[dict[str, Any], ...] = ({}, {"languages": ("es",)}, {"versions": ("2",), "languages": ("en",)})
SAME = (
    *("since", "until", "days", "hours", "picked", "smalltalk", "safety", "lost", "yes", "no", "intents"),
    *("reasons", "declined", "unanswered", "ungrouped", "again", "versions"),
)


@pytest.mark.parametrize("since", [None, date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 24)])
@pytest.mark.parametrize("place", PLACES)
def test_a_fleet_tells_what_one_journal_with_the_same_rows_tells(
    three: tuple[object, dict[str, list[Row]]], curator: FleetJournal, url: str, since: date | None, place: Any
) -> None:
    named, stands = place
    with Store(url) as one:
        one.write([row for stand in stands for row in three[1][stand]])
        for edition in EDITIONS:
            expected, found = (
                insights(one, Scope(since, **edition), {}),
                insights(curator, Scope(since, **named, **edition), {}),
            )
            for name in SAME:
                assert getattr(found, name) == getattr(expected, name), name
            assert dict(found.faces) == dict(expected.faces)
            assert [(row.margin, row.intent) for row in found.closest] == [
                (row.margin, row.intent) for row in expected.closest
            ]
            assert open_groups(curator, Scope(since, **named, **edition)) == open_groups(one, Scope(since, **edition))


def test_a_fleet_is_shown_and_exported(three: tuple[object, dict[str, list[Row]]], curator: FleetJournal) -> None:
    assert summary(curator).questions == 180
    assert {row["stand"] for row in latest(curator, 200)} == set(STANDS)
    assert sum(row["row"] == "entry" for row in every_row(curator)) == 180
    assert sum(map(len, three[1].values())) < sum(1 for _ in every_row(curator))


def test_a_decision_of_a_curator_stays(fleet: Fleet, tmp_path: Path) -> None:
    filled(fleet, tmp_path)
    with FleetJournal(fleet.database("curator")) as curator:
        first, *others = open_groups(curator, Scope()).groups
        decide(curator, first, "aside", None, NOW)
        assert [each.asked.form for each in open_groups(curator, Scope()).groups] == [
            each.asked.form for each in others
        ]


def test_what_is_older_goes_with_its_months_and_its_counts(fleet: Fleet, tmp_path: Path) -> None:
    filled(fleet, tmp_path)
    before = date(2026, 10, 20)
    with FleetJournal(fleet.database()) as owner:
        expected = insights(owner, Scope(before), {})
        assert owner.purge(before) > 60
        assert owner.purge(before) == 0
        assert insights(owner, Scope(), {}) == expected
        assert fleet.rows("SELECT sum(count) FROM asked") == fleet.rows("SELECT count(*) FROM entry")
        months = "SELECT to_regclass('entry_2026_09') IS NULL, to_regclass('entry_2026_11') IS NULL"
        assert fleet.rows(months) == [(True, False)]
        owner.purge(None)
        assert fleet.rows("SELECT count(*) FROM asked") == [(0,)]


def test_a_journal_of_one_place_knows_no_stands(store: Store) -> None:
    with pytest.raises(JournalError, match="--stand and --building are for the journal of a fleet"):
        insights(store, Scope(stands=("lobby",)), {})


def test_a_newer_fleet_and_one_that_is_none_are_refused(fleet: Fleet) -> None:
    with fleet.database().connect() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '99'")
    with pytest.raises(JournalError, match=r"version 99.*newer dimchat"):
        FleetJournal(fleet.database("curator"))
    with fleet.database().connect() as connection:
        connection.execute("DROP SCHEMA dimchat CASCADE")
    with pytest.raises(JournalError, match=r"version 0.*fleet init"):
        FleetJournal(fleet.database())
