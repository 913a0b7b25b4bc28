"""Who is alive, as operators and their monitoring see it; and the visits that a rollout is judged by."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from dimchat.cli import run
from dimchat.errors import JournalError
from dimchat.journal.fleet.database import database_at
from dimchat.journal.fleet.heartbeats import Sign, heartbeats, leave, stands_known, stands_with, visit_sums
from dimchat.journal.fleet.liveness import state_of
from dimchat.journal.fleet.metrics import GAUGES, serve_metrics
from dimchat.release import rollout
from dimchat.release.publishing import publication, publish
from dimchat.release.signing import make_key

if TYPE_CHECKING:
    from pathlib import Path

    from .postgres import Fleet

SIGN = Sign(
    silent=3,
    up=7200,
    dimchat="0.2.0",
    answers=7,
    digest="ab" * 32,
    visits=12,
    questions=40,
    declined=4,
    crashes=0,
    waiting=9,
    dropped=0,
    error="",
)


def test_a_stand_leaves_its_sign_and_reads_nobodys(fleet: Fleet) -> None:
    stand, curator = fleet.database("stand"), fleet.database("curator")
    leave(stand, "lobby", "north", SIGN)
    leave(stand, "lobby", None, replace(SIGN, visits=13))
    leave(stand, "annex", None, replace(SIGN, error="signature"))
    annex, lobby = heartbeats(curator)
    assert (annex.stand, annex.error, annex.building) == ("annex", "signature", None)
    assert (lobby.visits, lobby.building) == (13, "north")
    assert 0 <= lobby.age < 60
    assert stands_known(curator) == ["annex", "lobby"]
    with pytest.raises(JournalError, match="permission denied"):
        heartbeats(stand)
    for statement in ("INSERT INTO heartbeats SELECT * FROM heartbeats", "DELETE FROM heartbeats"):
        with stand.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        {"error": "what somebody typed"},
        {"digest": "how do I renew"},
        {"dimchat": "my number is 555"},
        {"error": "x" * 21},
    ],
)
def test_no_sign_carries_a_word(fleet: Fleet, change: dict[str, str]) -> None:
    with pytest.raises(JournalError, match="heartbeats_"):
        leave(fleet.database("stand"), "lobby", None, replace(SIGN, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("stand", ["Lobby", "a b", "", "1a", "x" * 41, "ask@me"])
def test_no_name_of_a_stand_is_a_text(fleet: Fleet, stand: str) -> None:
    with pytest.raises(JournalError, match="heartbeats_stand_check"):
        leave(fleet.database("stand"), stand, None, SIGN)


def test_a_stand_is_late_then_dead_by_its_own_silence_or_that_of_what_sends_it(fleet: Fleet) -> None:
    leave(fleet.database("stand"), "lobby", None, SIGN)
    last = replace(heartbeats(fleet.database("curator"))[0], age=0, silent=0)
    for age, silent, state in (
        (0, 0, "alive"),
        (300, 0, "alive"),
        (301, 0, "late"),
        (0, 301, "late"),
        (200, 200, "late"),
        (901, 0, "dead"),
        (0, 901, "dead"),
        (0, -1, "dead"),
    ):
        assert state_of(replace(last, age=age, silent=silent), 300) == state
    assert state_of(replace(last, error="expired"), 300) == "refusing"
    assert state_of(None, 300) == "never"


def test_the_status_is_a_table_or_json_and_an_exit_status(fleet: Fleet, capsys: pytest.CaptureFixture[str]) -> None:
    at = fleet.at("curator")
    assert run(["fleet", "status", at]) == 1
    assert "no stand was heard of yet" in capsys.readouterr().err
    leave(fleet.database("stand"), "lobby", "north", SIGN)
    assert run(["fleet", "status", at]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0].split()[:3] == ["stand", "building", "state"]
    assert told.out.splitlines()[1].split()[:3] == ["lobby", "north", "alive"]
    assert "1 of 1 stands are alive and take newer answers" in told.err
    leave(fleet.database("stand"), "annex", None, replace(SIGN, error="expired", dropped=5))
    fleet.rows("INSERT INTO stands VALUES ('attic') RETURNING 1")
    assert run(["fleet", "status", at]) == 1
    told = capsys.readouterr()
    assert "refuses newer answers" in told.out
    assert "9 (-5)" in told.out
    assert "never heard of" in told.out
    assert run(["fleet", "status", "--json", at]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert [(one["stand"], one["state"]) for one in listed] == [
        ("annex", "refusing"),
        ("attic", "never"),
        ("lobby", "alive"),
    ]
    assert run(["fleet", "status", "postgresql://nobody@127.0.0.1:1/none"]) == 2
    assert run(["fleet", "status", "sqlite:///x"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_prometheus_gets_numbers_by_names_of_stands_alone(fleet: Fleet) -> None:
    leave(fleet.database("stand"), "lobby", "north wing", SIGN)
    leave(fleet.database("stand"), "annex", None, replace(SIGN, error="signature"))
    fleet.rows("INSERT INTO stands VALUES ('what degree do I need') RETURNING 1")
    with serve_metrics(fleet.database("curator"), "127.0.0.1", 0, 300) as port:
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    assert 'dimchat_stand_alive{stand="lobby"} 1.0' in text
    assert 'dimchat_stand_refuses{kind="signature",stand="annex"} 1.0' in text
    assert 'dimchat_stand_answers_version{stand="lobby"} 7.0' in text
    assert "dimchat_fleet_reachable 1.0" in text
    assert "degree" not in text
    assert "north" not in text
    assert all(name in text for name, _ in GAUGES.values())


def test_prometheus_is_told_that_the_database_is_away() -> None:
    away = database_at("postgresql://nobody@127.0.0.1:1/none")
    with serve_metrics(away, "127.0.0.1", 0, 300) as port:
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    assert "dimchat_fleet_reachable 0.0" in text
    assert "dimchat_stand" not in text


VISIT = "INSERT INTO visit (key, day, stand, pack, asked, declined) VALUES (gen_random_uuid(), %s, %s, %s, %s, %s)"
STANDS = "INSERT INTO stands SELECT 'stand-' || number FROM generate_series(0, 11) AS number RETURNING 1"


def visits(fleet: Fleet, stand: str, pack: str, pairs: list[tuple[int, int]], day: datetime) -> None:
    with fleet.database().connect() as connection:
        for asked, declined in pairs:
            connection.execute(VISIT, [day.date(), stand, pack, asked, declined])


def test_visits_are_summed_by_pack_and_day_and_stand(fleet: Fleet) -> None:
    day = datetime(2026, 11, 30, tzinfo=UTC)
    visits(fleet, "lobby", "new", [(3, 1), (2, 0)], day)
    visits(fleet, "annex", "new", [(5, 5)], day - timedelta(days=9))
    visits(fleet, "annex", "old", [(6, 6)], day)
    curator, first = fleet.database("curator"), day.date()
    assert visit_sums(curator, "new", first, first) == (2, 5, 1, 13, 3, 1)
    assert visit_sums(curator, "new", first - timedelta(days=9), first) == (3, 10, 6, 38, 28, 26)
    assert visit_sums(curator, "new", first - timedelta(days=9), first, ["annex"]) == (1, 5, 5, 25, 25, 25)
    assert visit_sums(curator, "none", first, first) == (0, 0, 0, 0, 0, 0)
    assert visit_sums(curator, "new", first, first, []) == (0, 0, 0, 0, 0, 0)
    assert stands_with(curator, "new", first) == ["lobby"]


@pytest.mark.parametrize(
    "looked",
    [
        ([(4, 2)] * 40, 1, "declined questions rises; version 2 is halted"),
        ([(4, 0)] * 80, 0, "the wave has passed; version 2: wave 2 of 3, 2 of 12 stands"),
        ([(4, 0)] * 20, 0, "80 of 300 questions; declined 0.0%, before 16.7%"),
    ],
)
def test_a_rollout_is_watched_by_the_visits_of_the_fleet(
    fleet: Fleet,
    toy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    looked: tuple[list[tuple[int, int]], int, str],
) -> None:
    after, status, said = looked
    make_key(tmp_path / "key")
    to, now = publication(tmp_path / "out", [tmp_path / "key"]), datetime.now(UTC)
    old = publish(toy, to, now).manifest.digest
    file = toy / "answers" / "shop.yaml"
    file.write_text(file.read_text().replace("nine to six", "ten to seven"))
    new = publish(toy, to, now, hold=True).manifest.digest
    fleet.rows(STANDS)
    signing = ["--to", str(tmp_path / "out"), "--key", str(tmp_path / "key")]
    database = ["--database", fleet.at("curator")]
    assert run(["fleet", "rollout", "watch", *signing, *database, "--once"]) == 2
    assert run(["fleet", "rollout", "start", *signing, *database]) == 0
    assert "version 2: wave 1 of 3, 1 of 12 stands" in capsys.readouterr().out
    assert run(["fleet", "rollout", "watch", *signing, *database, "--once"]) == 0
    assert "0 questions from before are too few" in capsys.readouterr().err
    visits(fleet, "stand-1", old, [(4, 0), (4, 1), (4, 0), (4, 1), (2, 1)] * 30, now - timedelta(days=3))
    visits(fleet, "stand-1", new, after, now)
    assert run(["fleet", "rollout", "watch", *signing, *database, "--once"]) == status
    told = capsys.readouterr().out
    assert said in told
    shown = ["fleet", "rollout", "status", "--to", str(tmp_path / "out"), "--answers-key", str(tmp_path / "key.pub")]
    assert run([*shown, *database]) == 0
    assert "rolling out: version 2" in capsys.readouterr().out
    assert run([*shown, *database, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rollout"]["version"] == 2
    assert run(["fleet", "rollout", "rollback", *signing]) == 0
    assert "version 3 brings back the files of version 1" in capsys.readouterr().out
    assert rollout.current(to).rollout is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "--to", "none", "--answers-key", "key.pub"], "nothing was published in none yet"),
        (["halt", "--to", "none", "--key", "key"], "nothing was published"),
        (["start", "--to", "none", "--key", "key", "--stand", "A b"], "no name of a stand"),
        (["watch", "--to", "none", "--key", "key"], "--database says where the visits are"),
        (["rollback", "--to", "none", "--key", "key.pub"], "that others may read"),
    ],
)
def test_wrong_use_of_a_rollout_is_said_in_a_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    make_key(tmp_path / "key")
    monkeypatch.chdir(tmp_path)
    assert run(["fleet", "rollout", *arguments]) == 2
    assert said in capsys.readouterr().err
