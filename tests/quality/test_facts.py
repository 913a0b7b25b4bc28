from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.index import open_assistant
from dimchat.model import Answer
from dimchat.quality.coverage.reached import limits
from dimchat.quality.facts import FACTS, facts_of, head_of

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

ANSWER = """\
- id: shop.hours
  short: From nine to six, 52 weeks a year. [@sign]
  text: |
    1. The shop has 3 floors. In 2019 it moved.
    2. Toys cost **$40 or more** at the desk [@sign, back; @sign, front], and 12 percent
       less in May [@sign, back].

    No source says how many toys the shop sold in its best week so far.
- id: shop.returns
"""


@pytest.fixture
def shop(toy: Path) -> Path:
    """The toy pack, with figures and a limit in one of its answers."""
    answers = toy / "answers/shop.yaml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(ANSWER + text.split("- id: shop.returns\n")[1], encoding="utf-8")
    return toy


def test_names_and_turns_of_speech_are_no_figures_and_places_in_a_law_are_held(shop: Path) -> None:
    said = "COVID-19, H1N1, MRI3, CT64, 24/7 and ISO 9001 are none; read 42 CFR 482.26 on it."
    edit(shop, "1. The shop has 3 floors. In 2019 it moved.", f"1. {said}")
    wanted = facts_of(open_assistant(shop).pack, open_assistant(shop)).text.partition("  tags:")[0]
    lines = [line.strip() for line in wanted.partition("contains:")[2].splitlines()]
    assert "- read 42 CFR 482.26" in lines
    assert not any(name in wanted for name in ("COVID", "H1N1", "MRI3", "CT64", "24/7", "9001"))


def edit(pack: Path, old: str, new: str) -> None:
    answers = pack / "answers/shop.yaml"
    text = answers.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    answers.write_text(text.replace(old, new), encoding="utf-8")


def test_facts_are_figures_with_their_proofs_and_limits(shop: Path) -> None:
    assistant = open_assistant(shop)
    pack = assistant.pack
    text = facts_of(pack, assistant).text
    wanted = text.partition("- intent: shop.hours\n")[2].partition("  tags:")[0].splitlines()
    assert [line.strip() for line in wanted] == [
        "cites:",
        "- sign",
        "- sign, back",
        "- sign, front",
        "contains:",
        "- six, 52 weeks a",
        "- has 3 floors",
        "- In 2019 it moved",
        "- cost **$40 or more** at the desk [@sign, back; @sign, front]",
        "- and 12 percent less in May [@sign, back]",
        "- No source says how many toys the shop",
    ]


def test_they_pass_as_they_are_written(shop: Path, capsys: Capture) -> None:
    assert run(["facts", "--pack", str(shop)]) == 1
    assert not (shop / FACTS).exists()
    assert run(["facts", "--write", "--pack", str(shop)]) == 0
    assert run(["facts", "--pack", str(shop)]) == 0
    capsys.readouterr()
    assert run(["test", str(shop / FACTS), "--pack", str(shop)]) == 0
    assert "2 passed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("52 weeks", "51 weeks"),
        ("$40 or", "$41 or"),
        ("12 percent", "21 percent"),
        (" [@sign, back; @sign, front]", ""),
        ("; @sign, front]", "]"),
        ("No source says how many", "Nobody knows how many"),
    ],
)
def test_an_answer_that_loses_one_fails_and_is_shown(shop: Path, capsys: Capture, old: str, new: str) -> None:
    run(["facts", "--write", "--pack", str(shop)])
    edit(shop, old, new)
    assert run(["test", str(shop / FACTS), "--pack", str(shop)]) == 1
    capsys.readouterr()
    assert run(["facts", "--pack", str(shop)]) == 1
    assert "\n-    - " in capsys.readouterr().out


def test_other_words_and_other_numbers_of_citations_fail_nothing(shop: Path) -> None:
    run(["facts", "--write", "--pack", str(shop)])
    edit(shop, "The shop has 3 floors.", "The shop [@sign, side]\n       has   3 floors.")
    edit(shop, "the shop sold in its best week so far.", "the shop sold, ever.")
    assert run(["test", str(shop / FACTS), "--pack", str(shop)]) == 0


def test_the_comment_at_the_beginning_stays(shop: Path) -> None:
    file = shop / FACTS
    file.write_text("# ours\n\n- intent: shop.hours\n  ask:\n    - hours\n", encoding="utf-8")
    assert run(["facts", "--write", "--pack", str(shop)]) == 0
    assert file.read_text(encoding="utf-8").startswith("# ours\n\n- intent: shop.hours\n  cites:\n")
    assert head_of("# a\n") == "# a\n"


def test_a_title_that_leads_elsewhere_is_told(shop: Path, capsys: Capture) -> None:
    intents = shop / "intents/shop.yaml"
    text = intents.read_text(encoding="utf-8")
    intents.write_text(text.replace("title: When are you open?", "title: '???'"), encoding="utf-8")
    assert run(["facts", "--pack", str(shop)]) == 1
    assert "shop.hours: its title does not lead to it" in capsys.readouterr().err


def test_limits_begin_where_they_are_said() -> None:
    answer = Answer("a.b", "s", "One. Beyond that, no source gives a figure [@x]. Two.")
    assert [(target.text, rest.split()) for target, rest in limits(answer)] == [
        ("Beyond that, no source gives a figure .", ["no", "source", "gives", "a", "figure", "."])
    ]
