from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path

TALK = """what degree do i need
/yes
/yes
my name is Zebulon, how much do managers earn
renewal
my chest hurts
"""


@pytest.fixture
def kept(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The address of a journal that a chat line by line has kept."""
    monkeypatch.setattr("sys.stdin", io.StringIO(TALK))
    assert run(["--plain", "--journal", "full", "--journal-url", url]) == 0
    said = capsys.readouterr()
    assert "keeps questions, without names" in said.out
    assert said.out.count("Noted, thank you.") == 1
    assert said.err == ""
    return url


def test_what_was_kept_can_be_looked_at(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["journal", "show", "--journal-url", kept]) == 0
    shown = capsys.readouterr().out
    assert "manager.education  what degree do i need" in shown
    assert "feedback   1" in shown
    assert "safety     1 messages" in shown
    assert "my name is [name], how much" in shown


def test_what_was_kept_can_be_exported(kept: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["journal", "export", "--journal-url", kept]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(row["row"] for row in rows) == ["entry", "entry", "entry", "feedback", "tally", "visit"]
    assert "Zebulon" not in repr(rows)
    assert "chest" not in repr(rows)
    file = tmp_path / "out.csv"
    assert run(["journal", "export", "--format", "csv", "--journal-url", kept, str(file)]) == 0
    assert file.read_text().count("\n") == 4


def test_everything_can_be_purged(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["journal", "purge", "--all", "--yes", "--journal-url", kept]) == 0
    assert run(["journal", "show", "--json", "--journal-url", kept]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["journal", "show", "--journal-url", "/srv/x.db"], "sqlite:////srv/x.db"),
        (["journal", "purge"], "--days N keeps"),
        (["journal", "purge", "--all", "--days", "3"], "--days N keeps"),
        (["--journal-url", "sqlite:///x"], "a journal that is off"),
        (["--journal", "full", "ask", "x"], "belongs to the chat"),
        (["insights", "--since", "yesterday"], "%Y-%m-%d"),
        (["insights", "--json", "--csv"], "one form"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


def test_where_there_is_no_journal_it_is_said(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["journal", "show"], ["insights"], ["review"]):
        assert run([*command, "--journal-url", url]) == 2
        assert "there is no journal at" in capsys.readouterr().err


def test_an_address_has_one_name_and_the_earlier_one_still_works(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["journal", "show"], ["insights"]):
        said = []
        for name in ("--url", "--journal-url"):
            assert run([*command, name, kept]) == 0
            said.append(capsys.readouterr().out)
        assert said[0] == said[1]
        assert run([*command, "--help"]) == 0
        told = capsys.readouterr().out.split()
        assert "--journal-url" in told
        assert "--url" not in told


def test_insights_as_text_json_and_csv(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["insights", "--journal-url", kept]) == 0
    text = capsys.readouterr().out
    assert "renewal" in text
    assert run(["insights", "--json", "--journal-url", kept]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dimchat.insights/1"
    assert data["questions"]["total"] == 3
    assert data["safety"] == 1
    assert run(["insights", "--csv", "--journal-url", kept]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "what,name,title,count,of"
    assert any(row.startswith("unanswered,renewal") for row in rows)


def test_insights_as_a_page_that_loads_nothing(kept: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "insights.html"
    assert run(["insights", "--html", str(page), "--journal-url", kept]) == 0
    text = page.read_text()
    assert "renewal" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "<script" not in text
    assert "renewal" in capsys.readouterr().out


def test_groups_to_review_as_text_and_json(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--journal-url", kept]) == 0
    assert "renewal" in capsys.readouterr().out
    assert run(["review", "--json", "--journal-url", kept]) == 0
    (group,) = [g for g in json.loads(capsys.readouterr().out)["groups"] if "renewal" in g["text"]]
    assert group["times"] == 1
    assert len(group["nearest"]) == 3
