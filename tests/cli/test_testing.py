"""The options of `dimchat test` that say how it runs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from dimchat import quality
from dimchat.cli import check, run
from dimchat.quality import runner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

TWO_FAIL = """\
- intent: shop.hours
  ask:
    - until when are you open today
    - can i bring a toy back please
- intent: shop.returns
  ask:
    - how do i get a refund here
    - what are the hours
"""


@pytest.fixture
def pack(toy: Path) -> str:
    (toy / "tests" / "cases" / "shop.yaml").write_text(TWO_FAIL, encoding="utf-8")
    return str(toy)


def first_lines(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("tests/")]


def test_failures_of_the_last_run_come_first(pack: str, capsys: Capture) -> None:
    run(["test", "--pack", pack])
    assert [line.split()[0] for line in first_lines(capsys.readouterr().out)] == [
        "tests/cases/shop.yaml:4",
        "tests/cases/shop.yaml:8",
    ]
    # Only one of the two is run again: what was left out is still known to fail.
    run(["test", "--pack", pack, "-k", "bring"])
    capsys.readouterr()
    run(["test", "--pack", pack, "--failed-first", "-x"])
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"
    run(["test", "--pack", pack, "-x"])
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 1 failed"


def test_what_passes_again_is_forgotten(toy: Path, pack: str, capsys: Capture) -> None:
    run(["test", "--pack", pack])
    mended = TWO_FAIL.replace("can i bring a toy back please", "what time do you close tonight")
    (toy / "tests" / "cases" / "shop.yaml").write_text(mended, encoding="utf-8")
    run(["test", "--pack", pack, "-k", "until when"])
    run(["test", "--pack", pack, "-k", "the hours"])
    capsys.readouterr()
    run(["test", "--pack", pack, "--failed-first", "-x"])
    assert capsys.readouterr().out.splitlines()[0].startswith("tests/cases/shop.yaml:8")


def test_a_damaged_memory_is_none(toy: Path, pack: str, capsys: Capture) -> None:
    run(["test", "--pack", pack])
    file = runner.state_file(toy)
    assert file is not None
    assert file.is_file()
    file.write_bytes(b'{"failed": [[[1]], 3')
    capsys.readouterr()
    assert run(["test", "--pack", pack, "--failed-first"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 2 failed"


def test_a_memory_that_cannot_be_kept_is_said(
    pack: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DIMCHAT_CACHE", str(tmp_path / "file"))
    assert run(["test", "--pack", pack, "--failed-first"]) == 1
    assert "--failed-first" in capsys.readouterr().err
    assert run(["test", "--pack", pack]) == 1
    assert capsys.readouterr().err == ""


def test_the_outcome_does_not_depend_on_the_number_of_processes(toy: Path, capsys: Capture) -> None:
    turns = (
        "- turns:\n    - ask: return policy\n      intent: shop.returns\n    - ask: and the hours\n      intent: {}\n"
    )
    many = "".join(turns.format(right) for right in ["shop.hours"] * 20 + ["shop.returns"] + ["shop.hours"] * 20)
    (toy / "tests" / "cases" / "shop.yaml").write_text(many, encoding="utf-8")
    outputs = set()
    for options in ([], ["-j", "2"], ["-j", "3"]):
        assert run(["test", "--pack", str(toy), *options]) == 1
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1
    assert outputs.pop().splitlines()[-1] == "81 passed, 1 failed"


def test_the_slowest_are_named(pack: str, capsys: Capture) -> None:
    run(["test", "--pack", pack, "--durations", "2"])
    lines = capsys.readouterr().out.splitlines()
    named = lines[lines.index("slowest") + 1 : -1]
    assert len(named) == 2
    assert all(" ms  tests/cases/shop.yaml:" in line for line in named)


def test_an_interrupted_run_says_how_far_it_came(pack: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: Any, **options: Any) -> Iterator[quality.Outcome]:
        yield from itertools.islice(runner.running(*arguments, **options), 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(quality, "running", stopped)
    assert run(["test", "--pack", pack]) == 130
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "1 passed, 1 failed"
    assert "interrupted after 2 of 4" in captured.err


def test_a_long_run_shows_how_far_it_is(pack: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LONG", 1)
    run(["test", "--pack", pack])
    assert capsys.readouterr().err == "", "no bar where there is no terminal"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(["test", "--pack", pack])
    captured = capsys.readouterr()
    assert "4/4" in captured.err or "100%" in captured.err
    assert captured.out.splitlines()[-1] == "2 passed, 2 failed"


def test_a_calibration_that_is_not_in_force_is_told(toy: Path, pack: str, capsys: Capture) -> None:
    run(["tune", "--pack", pack])
    capsys.readouterr()
    run(["test", "--pack", pack])
    assert "run dimchat tune" not in capsys.readouterr().err
    intents = toy / "intents" / "shop.yaml"
    intents.write_text(
        intents.read_text(encoding="utf-8").replace("closing time today", "closing time"), encoding="utf-8"
    )
    run(["test", "--pack", pack])
    assert "run dimchat tune" in capsys.readouterr().err
