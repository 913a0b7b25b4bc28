"""What only reads a journal changes nothing, and reads it where nothing can be written."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from dimchat.cli import run
from dimchat.errors import JournalError
from dimchat.journal import Switch, ready
from dimchat.journal.address import file_of, url_of
from dimchat.journal.connection import VERSION
from dimchat.journal.contents import every_row, summary
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.scope import Scope
from dimchat.journal.record.worker import Worker
from dimchat.journal.store import Reader, Store, open_journal, read_journal

from .conftest import NOW, make_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOBODY = 65534
OLD = """
CREATE TABLE entry ("key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, hour SMALLINT NOT NULL,
  pack VARCHAR(64) NOT NULL, face VARCHAR(16) NOT NULL, kind VARCHAR(16) NOT NULL, intents TEXT NOT NULL,
  confidence FLOAT NOT NULL, margin FLOAT, typed BOOLEAN NOT NULL, text TEXT);
CREATE TABLE feedback ("key" VARCHAR(32) NOT NULL PRIMARY KEY, entry VARCHAR(32) NOT NULL, day DATE NOT NULL,
  hour SMALLINT NOT NULL, signal VARCHAR(16) NOT NULL, intent VARCHAR(120));
CREATE TABLE tally ("key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, what VARCHAR(16) NOT NULL,
  count INTEGER NOT NULL);
CREATE TABLE decision ("key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, form TEXT NOT NULL,
  verdict VARCHAR(16) NOT NULL, target VARCHAR(120));
CREATE TABLE journal_version (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO journal_version VALUES (1), (2);
CREATE INDEX ix_entry_time ON entry (day, hour, kind, typed, face);
INSERT INTO entry VALUES ('0b', '2026-11-24', 14, 'd', 'chat', 'answer', 'manager.pay', 0.9, 9e999, 1, 'first');
INSERT INTO entry VALUES ('0a', '2026-11-24', 14, 'd', 'chat', 'decline', '', 0.1, NULL, 1, 'second');
INSERT INTO feedback VALUES ('0c', '0b', '2026-11-24', 14, 'yes', NULL);
"""
"""A journal of version 2."""
THIRD = OLD.replace(");\nCREATE", ") WITHOUT ROWID;\nCREATE", 4).replace("(1), (2)", "(1), (2), (3)")
OLDER = {
    1: OLD.replace("(1), (2)", "(1)").replace(
        "CREATE INDEX ix_entry_time ON entry (day, hour, kind, typed, face);", ""
    ),
    2: OLD,
    3: THIRD,
    4: THIRD.replace("(3)", "(3), (4)") + "ALTER TABLE entry ADD COLUMN reason VARCHAR(120);",
}
"""Journals by their version; 0.2.0 wrote version 3."""


@pytest.fixture
def powerless() -> Iterator[Callable[[Path], None]]:
    """What makes a folder read-only, and this process one that can do nothing about it; then as it was."""
    root = os.geteuid() == 0

    def take_away(folder: Path) -> None:
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        if root:
            os.seteuid(NOBODY)

    yield take_away
    if root:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others can reach, unlike pytest's."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


def left_by_a_kill(folder: Path) -> str:
    """The address of a journal whose writer was killed: its last row lies in the log alone."""
    with Store(url_of(folder / "was" / "journal.db")) as store:
        store.write([make_entry("kept")])
        with store.writing() as connection:
            columns = "day, hour, pack, face, kind, intents, confidence, margin, typed"
            connection.exec_driver_sql(
                f"INSERT INTO entry SELECT 'z', {columns}, 'in the log', reason, NULL, NULL FROM entry"  # noqa: S608
            )
        for name in ("journal.db", "journal.db-wal", "journal.db-shm"):
            shutil.copy2(store.file.with_name(name), folder / name)
    shutil.rmtree(folder / "was")
    return url_of(folder / "journal.db")


def texts(url: str) -> list[str]:
    with Reader(url) as reader:
        return sorted(row["text"] for row in every_row(reader) if row["row"] == "entry")


def test_a_journal_in_a_folder_that_cannot_be_written_is_read(
    folder: Path, powerless: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    url = url_of(folder / "journal.db")
    with Store(url) as store:
        store.write([make_entry("kept")])
    powerless(folder)
    assert texts(url) == ["kept"]
    for command in (["journal", "show"], ["journal", "export"]):
        assert run([*command, "--journal-url", url]) == 0
        assert "kept" in capsys.readouterr().out
    assert run(["journal", "purge", "--all", "--yes", "--journal-url", url]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(JournalError, match="cannot be written"):
        ready(Switch("full", url))
    assert [path.name for path in folder.iterdir()] == ["journal.db"]


def test_what_a_killed_writer_left_in_its_log_is_read_too(folder: Path, powerless: Callable[[Path], None]) -> None:
    url = left_by_a_kill(folder)
    powerless(folder)
    assert texts(url) == ["in the log", "kept"]


def test_a_log_that_cannot_be_read_here_is_named_and_never_passed_over(
    folder: Path, powerless: Callable[[Path], None]
) -> None:
    url = left_by_a_kill(folder)
    (folder / "journal.db-shm").unlink()
    powerless(folder)
    with pytest.raises(JournalError, match=r"journal\.db-wal.*copy both"):
        texts(url)


def test_an_empty_log_keeps_nobody_from_reading(folder: Path, powerless: Callable[[Path], None]) -> None:
    url = url_of(folder / "journal.db")
    with Store(url) as store:
        store.write([make_entry("kept")])
    (folder / "journal.db-wal").touch()
    powerless(folder)
    assert texts(url) == ["kept"]


def test_who_reads_cannot_write(store: Store, url: str) -> None:
    store.write([make_entry("kept")])
    before = store.file.read_bytes()
    with Reader(url) as reader, pytest.raises(JournalError, match="readonly"), reader.reading() as connection:
        connection.exec_driver_sql("DELETE FROM entry")
    assert store.file.read_bytes() == before


def old_journal(file: Path, version: int = 2) -> Path:
    connection = sqlite3.connect(file)
    connection.executescript(OLDER[version])
    connection.close()
    return file


@pytest.mark.parametrize("version", OLDER)
def test_an_older_journal_is_read_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str], version: int) -> None:
    file = old_journal(tmp_path / "journal.db", version)
    before = file.read_bytes()
    with Reader(url_of(file)) as reader:
        assert (summary(reader).version, summary(reader).questions, summary(reader).feedback) == (version, 2, 1)
        assert [tuple(row) for row in insights(reader, Scope(), {}).declined] == [("second", "decline", "", 1)]
    assert run(["journal", "export", "--journal-url", url_of(file)]) == 0
    assert "Infinity" not in capsys.readouterr().out
    assert file.read_bytes() == before


@pytest.mark.parametrize("version", OLDER)
def test_an_older_journal_is_brought_up_to_date_by_who_writes_and_forgets_its_order(
    tmp_path: Path, version: int
) -> None:
    file = old_journal(tmp_path / "journal.db", version)
    with Reader(url_of(file)) as reader:
        before = list(every_row(reader))
    with Store(url_of(file)) as store:
        assert list(every_row(store)) == before
        assert summary(store).version == VERSION
        with pytest.raises(JournalError, match="rowid"), store.reading() as connection:
            connection.exec_driver_sql("SELECT rowid FROM entry")
        with store.reading() as connection:
            names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_schema")}
    assert {"entry", "visit", "journal_version", "alembic_version"} <= names
    assert not [name for name in names if "before" in name]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_the_steps_lead_to_what_a_new_journal_has(tmp_path: Path, version: int) -> None:
    shapes = []
    for file in (old_journal(tmp_path / "old.db", version), tmp_path / "new.db"):
        with Store(url_of(file)) as store, store.reading() as connection:
            inspector = sa.inspect(connection)
            shapes.append(
                {
                    table: (
                        [(each["name"], str(each["type"]), each["nullable"]) for each in inspector.get_columns(table)],
                        inspector.get_pk_constraint(table)["constrained_columns"],
                        sorted((index["name"], *index["column_names"]) for index in inspector.get_indexes(table)),
                        connection.exec_driver_sql(f"PRAGMA table_list({table})").one().wr,
                    )
                    for table in inspector.get_table_names()
                    if table != "alembic_version"
                }
            )
    assert shapes[0] == shapes[1]


def test_a_journal_in_which_nothing_was_written_yet_is_empty(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    ready(Switch("full", url))
    before = file_of(url).read_bytes()
    assert run(["journal", "show", "--journal-url", url]) == 0
    assert "0 messages" in capsys.readouterr().out
    assert file_of(url).read_bytes() == before


@pytest.mark.parametrize("made", ["CREATE TABLE bookmarks (a)", "CREATE TABLE entry (a)"])
def test_a_database_of_something_else_is_left_alone(made: str, tmp_path: Path) -> None:
    file = tmp_path / "places.db"
    connection = sqlite3.connect(file)
    connection.execute(made)
    connection.close()
    before = file.read_bytes()
    for opens in (Reader, Store, lambda url: ready(Switch("full", url))):
        with pytest.raises(JournalError, match="holds something else"):
            opens(url_of(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("opens", [read_journal, open_journal, lambda url: ready(Switch("full", url))])
def test_what_is_no_journal_is_said_in_one_line(opens: Callable[[str], object], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes").write_text("notes, " * 100)
    os.mkfifo(tmp_path / "pipe")
    for name, said in (("folder", "is a directory"), ("notes", "not a database"), ("pipe", "invalid argument")):
        with pytest.raises(JournalError, match=said) as caught:
            opens(url_of(tmp_path / name))
        assert "\n" not in str(caught.value)
    (tmp_path / "cut").write_bytes(old_journal(tmp_path / "whole").read_bytes()[:5000])
    with pytest.raises(JournalError, match=r"malformed|no journal"):
        opens(url_of(tmp_path / "cut"))


@pytest.mark.parametrize("name", ["a%41", "b?c", "c#d", "e f", "é\N{SNOWMAN}", "g\udcff", "h%3Fi?j=k&l", "m'n\"o"])
def test_the_default_journal_lies_in_the_home_whatever_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / name
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    url = ready(Switch("counts")).url or ""
    worker = Worker(lambda: Store(url), clock=lambda: NOW)
    worker.put(make_entry())
    worker.step()
    worker.close(0)
    assert [path.name for path in home.rglob("journal.db")] == ["journal.db"]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with read_journal(None) as store:
        assert summary(store).questions == 1
    assert run(["journal", "show", "--json"]) == 0
    assert '"questions": 1' in capsys.readouterr().out
    assert run(["journal", "purge", "--all", "--yes"]) == 0


def test_a_path_that_begins_with_two_slashes_is_read_as_it_was_written(tmp_path: Path) -> None:
    url = f"sqlite:////{tmp_path}/journal.db"
    store = Store(url)
    store.write([make_entry()])
    store.close()
    with read_journal(url) as journal:
        assert summary(journal).questions == 1


def test_a_file_is_written_only_once_there_is_a_journal_to_export(url: str, tmp_path: Path) -> None:
    file = tmp_path / "last.jsonl"
    file.write_text("of last week")
    assert run(["journal", "export", "--journal-url", url, str(file)]) == 2
    assert file.read_text() == "of last week"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_said_in_one_line(store: Store, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write([make_entry("kept")])
    assert run(["journal", "export", "/dev/full", "--journal-url", url]) == 2
    assert capsys.readouterr().err == "dimchat: /dev/full cannot be written: No space left on device\n"


def test_an_export_is_json_that_every_reader_takes_line_by_line(
    store: Store, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "one\u2028two\u2029three\x85four \u00e9 \N{SNOWMAN}"
    store.write([make_entry(text, kind="decline", confidence=float("nan"), margin=float("inf"))])
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE entry SET margin = 9e999")
    for command in (["journal", "export"], ["journal", "show", "--json"]):
        assert run([*command, "--journal-url", url]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert "Infinity" not in line
        assert "NaN" not in line
        assert "two" in line
        json.loads(line)
