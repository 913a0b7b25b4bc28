from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack
from dimchat.quality.report.watch_report import moved_lines, problem_lines, results_line
from dimchat.quality.watch import TITLE, Watched, touched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.quality.watch import Moved

    Edit = Callable[[str, str, str], None]

TODAY = date(2026, 11, 30)


@pytest.fixture
def edit(toy: Path) -> Edit:
    def editing(name: str, old: str, new: str) -> None:
        file = toy / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return editing


@pytest.fixture
def watched(toy: Path) -> Watched:
    """The toy pack, watched, and all of it asked once."""
    one = Watched(toy, TODAY)
    assert one.read() == ()
    one.take()
    one.warn()
    assert one.ask(60) == []
    assert one.waiting == 0
    return one


def moved(watched: Watched, *, first: bool = False) -> list[Moved]:
    assert watched.read() == ()
    watched.take()
    return watched.ask(60, first=first)


def text(watched: Watched, some: list[Moved]) -> str:
    return "\n".join(moved_lines(some, watched.assistant))


def test_the_edit_of_an_answer_asks_what_it_has_to_do_with_and_shows_the_words(watched: Watched, edit: Edit) -> None:
    edit("answers/shop.yaml", "nine", "ten")
    found = moved(watched)
    assert {one.after.reply.intents for one in found} == {("shop.hours",)}
    assert not any(one.verdict or one.decision for one in found)
    said = text(watched, found)
    assert said.startswith(f"other words  shop.hours ({len(found)} replies)")
    assert "- " in said
    assert "ten" in said


def test_an_edit_that_fails_a_case_says_so_with_what_a_curator_needs(watched: Watched, edit: Edit) -> None:
    cases = watched.root / "tests/cases/shop.yaml"
    old = cases.read_text(encoding="utf-8")
    edit("tests/cases/shop.yaml", "- intent: shop.hours\n", "- intent: shop.hours\n  contains: at midnight\n")
    found = moved(watched, first=True)
    assert [one.verdict for one in found] == [True] * len(found) != []
    said = text(watched, found)
    assert "expected   a text that contains 'at midnight'" in said
    assert f"dimchat explain --pack {watched.root}" in said
    assert "failed" in results_line(watched.cases)
    cases.write_text(old, encoding="utf-8")
    assert text(watched, moved(watched)).startswith("passes now  tests/cases/shop.yaml:")


def test_a_case_that_is_new_and_fails_is_told_and_one_that_passes_is_not(watched: Watched, edit: Edit) -> None:
    new = "- intent: shop.returns\n  ask:\n    - opening hours\n- intent: shop.hours\n  ask:\n    - when do you open\n"
    edit("tests/cases/shop.yaml", "- intent", f"{new}- intent")
    (one,) = moved(watched)
    assert (one.before, one.after.item.ask) == (None, "opening hours")


def test_what_only_stands_elsewhere_is_not_asked_again(watched: Watched, edit: Edit) -> None:
    edit("tests/cases/shop.yaml", "- intent", "# a comment\n\n- intent")
    edit("answers/shop.yaml", "- id", "# a comment\n- id")
    assert watched.read() == ()
    assert watched.take() == watched.waiting == 0


def test_a_broken_edit_keeps_what_is_in_force_and_a_mended_one_is_taken(watched: Watched, edit: Edit) -> None:
    before = watched.pack
    edit("answers/shop.yaml", "short:", "shrt:")
    assert any("answers/shop.yaml:2:3: unknown key 'shrt'" in line for line in problem_lines(watched.read()))
    assert watched.take() == 0
    assert watched.pack is before
    edit("answers/shop.yaml", "shrt:", "short:")
    assert moved(watched) == []


def test_an_error_in_a_case_keeps_the_edit_out_as_well(watched: Watched, edit: Edit) -> None:
    edit("tests/cases/shop.yaml", "intent: shop.hours", "intent: shop.hour")
    assert "unknown intent 'shop.hour'" in str(watched.read()[0])


def test_a_phrase_is_learnt_and_all_is_asked_again_what_it_is_near_to_first(watched: Watched, edit: Edit) -> None:
    edit("intents/shop.yaml", "    - return policy\n", "    - return policy\n    - what time do you close the shop\n")
    assert watched.read() == ()
    assert watched.learns
    first = watched.take()
    assert 0 < first <= watched.waiting == len(watched.outcomes)
    watched.ask(60)
    assert watched.waiting == 0


def test_what_was_never_asked_before_an_edit_is_asked_of_the_pack_as_it_was(toy: Path, edit: Edit) -> None:
    watched = Watched(toy, TODAY)
    watched.read()
    watched.take()
    assert watched.outcomes == {}
    edit("answers/shop.yaml", "nine", "ten")
    found = moved(watched, first=True)
    assert found
    assert all(one.before is not None for one in found)


def test_an_edit_while_others_wait_loses_none_of_them(watched: Watched, edit: Edit) -> None:
    edit("intents/shop.yaml", "    - return policy\n", "    - return policies\n")
    watched.read()
    watched.take()
    watched.ask(0)
    left = watched.waiting
    edit("answers/shop.yaml", "nine", "ten")
    watched.read()
    watched.take()
    assert watched.waiting >= left


def test_warnings_are_new_or_gone_wherever_they_stand(watched: Watched, edit: Edit) -> None:
    edit("answers/shop.yaml", "- id", "\n\n- id")
    watched.read()
    assert watched.warn() == ([], [])
    edit("answers/shop.yaml", "nine", "20")
    watched.read()
    new, gone = watched.warn()
    assert [problem.rule for problem in new] == ["uncited-figure"] or not gone
    edit("answers/shop.yaml", "20", "nine")
    watched.read()
    assert [problem.rule for problem in watched.warn()[1]] == [problem.rule for problem in new]


def test_titles_are_asked_as_well(watched: Watched) -> None:
    assert {key[1] for key in watched.outcomes if key[0] == TITLE} == {"shop.hours", "shop.returns"}


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("answers/shop.yaml", ("nine", "ten"), (frozenset({"shop.hours"}), False)),
        ("answers/shop.yaml", ("- id", "# nothing\n- id"), (frozenset(), False)),
        ("intents/shop.yaml", ("return policy", "return policies"), (frozenset({"shop.returns"}), True)),
        ("pack.yaml", ("title: ", "title: The "), (frozenset(), True)),
    ],
)
def test_what_an_edit_touches(
    toy: Path, edit: Edit, name: str, change: tuple[str, str], found: tuple[frozenset[str], bool]
) -> None:
    before = load_pack(toy)
    edit(name, *change)
    assert touched(before, load_pack(toy)) == found


def test_the_command_shows_an_edit_and_ends_when_it_is_interrupted(toy: Path, edit: Edit, tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "dimchat", "watch", "--pack", str(toy)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "DIMCHAT_CACHE": str(tmp_path / "cache")},
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any("Ctrl+C ends" in line for line in lines)
        edit("answers/shop.yaml", "nine", "ten")
        assert any("answers/shop.yaml" in line for line in lines)
        assert any(" asked, " in line and "differ" in line for line in lines)
        edit("answers/shop.yaml", "short:", "shrt:")
        assert any("answers/shop.yaml:2:3: unknown key 'shrt'" in line for line in lines)
        assert any("stays as it was" in line for line in lines)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


def test_a_pack_that_is_none_is_told_before_anything_is_watched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["watch", "--pack", str(tmp_path)]) == 2
    assert "no pack here" in capsys.readouterr().err
