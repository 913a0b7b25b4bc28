"""An answer past its review says so wherever it is read, and nowhere that must tell the same on every day."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
DUE = "due for review on 2021-01-01"


@pytest.fixture
def overdue(toy: Path) -> Path:
    file = toy / "answers" / "shop.yaml"
    text = file.read_text(encoding="utf-8")
    dates = "  reviewed: 2020-01-01\n  review_by: 2021-01-01\n"
    file.write_text(text.replace("  short: From", f"{dates}  short: From"), encoding="utf-8")
    return toy


def told(capsys: Capture, *arguments: str) -> str:
    assert run([*arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", [("ask", "opening hours"), ("show", "shop.hours")], ids=["ask", "show"])
def test_an_overdue_answer_says_so_to_people_and_programs(
    overdue: Path, capsys: Capture, command: tuple[str, str]
) -> None:
    assert DUE in told(capsys, *command, "--pack", str(overdue))
    record: dict[str, Any] = json.loads(told(capsys, *command, "--json", "--pack", str(overdue)))
    assert record["expired"] is True
    assert record["as_of"] == datetime.now(UTC).astimezone().date().isoformat()


def test_an_answer_that_is_not_due_says_nothing(overdue: Path, capsys: Capture) -> None:
    assert "due for review" not in told(capsys, "ask", "return policy", "--pack", str(overdue))
    assert json.loads(told(capsys, "ask", "--json", "return policy", "--pack", str(overdue)))["expired"] is False


def test_what_is_replayed_does_not_depend_on_the_day(overdue: Path, capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text('{"id": 1, "turns": ["opening hours"]}\n', encoding="utf-8")
    (reply,) = json.loads(told(capsys, "replay", str(file), "--pack", str(overdue)))["replies"]
    assert (reply["review_by"], reply["as_of"], reply["expired"]) == ("2021-01-01", None, False)


def test_what_is_due_is_listed_with_its_owner(overdue: Path, capsys: Capture) -> None:
    pack = overdue / "pack.yaml"
    pack.write_text("format: 2\n" + pack.read_text("utf-8"), "utf-8")
    sources = overdue / "answers" / "sources.yaml"
    sources.write_text(
        sources.read_text("utf-8").replace("  type:", "  review_by: 2021-03-01\n  owner: Ann\n  type:", 1), "utf-8"
    )
    options = ("due", "--pack", str(overdue), "--as-of", "2021-01-31")
    assert run([*options]) == 1
    assert capsys.readouterr().out == "2021-01-01  30 days ago    answer  shop.hours  answers/shop.yaml:1\n"
    assert run([*options, "--within", "29", "--json"]) == 1
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["shop.hours", "sign"]
    assert run([*options, "--within", "90", "--owner", "Ann"]) == 1
    assert capsys.readouterr().out == "2021-03-01  in 29 days     source  sign  Ann  answers/sources.yaml:1\n"
    assert run([*options, "--owner", "Bob"]) == 0
    assert "nothing is due" in capsys.readouterr().err
