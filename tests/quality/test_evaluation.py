from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.index.prebuilt import lessons
from dimchat.language.tokens import normalise
from dimchat.match import Matcher
from dimchat.model import Place
from dimchat.pack import load_pack
from dimchat.quality.evaluation import (
    Answered,
    Line,
    averages,
    compare,
    confusions,
    held_out,
    histogram,
    lines_of,
    mcnemar,
    parts,
    scores,
    sweep,
)
from dimchat.quality.evaluation.cross_validation import without

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.quality.evaluation.cross_validation import Method

    Capture = pytest.CaptureFixture[str]

PLACE = Place("intents/a.yaml", 3, 7)


def answered(owner: str, best: str, confidence: float, replied: str = "", margin: float = 0.5) -> Answered:
    inside = not owner.startswith("outside.")
    line = Line(f"{owner} {best} {confidence}", owner, PLACE, inside)
    outside = best.startswith("outside.")
    kind = "answer" if replied else "decline"
    return Answered(line, best, confidence, margin, outside, kind, (replied,) if replied else (), ())  # type: ignore[arg-type]


SOME = [
    answered("a.x", "a.x", 0.95, "a.x"),
    answered("a.x", "a.y", 0.8, "a.y"),
    answered("a.x", "a.x", 0.3),
    answered("a.y", "a.y", 0.9, "a.y"),
    answered("outside.z", "a.y", 0.6, "a.y"),
    answered("outside.z", "outside.w", 0.7),
    answered("outside.z", "", 0.0),
]


def test_scores_count_what_an_intent_took_from_others() -> None:
    x, y = scores(SOME)
    assert (x.intent, x.lines, x.right, x.taken) == ("a.x", 3, 1, 0)
    assert (y.intent, y.lines, y.right, y.taken) == ("a.y", 1, 1, 2)
    assert x.precision == 1.0
    assert isclose(x.recall, 1 / 3)
    assert isclose(y.precision, 1 / 3)
    assert isclose(y.f1, 0.5)


def test_averages_weigh_intents_or_lines() -> None:
    found = averages(scores(SOME))
    assert isclose(found["macro"][0], (1 + 1 / 3) / 2)
    assert isclose(found["micro"][1], 2 / 4)
    assert averages([])["macro"] == (1.0, 1.0, 1.0)


def test_confusions_name_the_surest_line() -> None:
    found = confusions(SOME)
    assert [(one.owner, one.taken_for, one.size, one.answered) for one in found] == [
        ("a.x", "a.y", 1, 1),
        ("outside.z", "a.y", 1, 1),
    ]
    assert found[0].example.place == PLACE


def test_an_outside_line_is_right_under_any_group_and_under_none() -> None:
    assert [one.ranked_rightly for one in SOME] == [True, False, True, True, False, True, True]
    assert [one.verdict for one in SOME] == ["right", "wrong", "silent", "right", "wrong", "right", "right"]


def test_the_histogram_leaves_out_what_no_intent_led() -> None:
    found = histogram(SOME)
    assert sum(found["right"]) == 3
    assert found["wrong"][8] == 1
    assert found["outside"][6] == 1


def test_the_sweep_trades_silence_for_wrong_answers() -> None:
    cuts = {(cut.floor, cut.margin): cut for cut in sweep(SOME, 5.0, (0.0, 0.85, 1.0))}
    assert (cuts[0.0, 0.0].right, cuts[0.0, 0.0].wrong, cuts[0.0, 0.0].outside) == (3 / 4, 1 / 4, 1 / 3)
    assert (cuts[0.85, 0.0].right, cuts[0.85, 0.0].wrong, cuts[0.85, 0.0].outside) == (2 / 4, 0.0, 0.0)
    assert cuts[0.85, 0.0].cost < cuts[0.0, 0.0].cost
    # Silence about everything costs one for each line of an intent.
    assert isclose(cuts[1.0, 1.0].cost, 4 / 7)


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    # Twice the tail of a binomial with one half: 2 * (1 + 10) / 2 ** 10, and so on.
    [(0, 0, 1.0), (5, 5, 1.0), (1, 9, 22 / 1024), (9, 1, 22 / 1024), (0, 5, 2 / 32), (0, 1, 1.0)],
)
def test_mcnemar_is_the_exact_sign_test(only_first: int, only_second: int, p: float) -> None:
    assert isclose(mcnemar(only_first, only_second), p)


@settings(deadline=None)
@given(st.integers(0, 3000), st.integers(0, 3000))
def test_mcnemar_is_a_probability_either_way_round(first: int, second: int) -> None:
    assert 0 <= mcnemar(first, second) <= 1
    assert mcnemar(first, second) == mcnemar(second, first)


def test_the_interval_holds_the_difference_and_is_seeded() -> None:
    first = [True] * 40 + [False] * 60
    second = [True] * 70 + [False] * 30
    clusters = [str(at // 5) for at in range(100)]
    found = compare("x", first, second, clusters)
    assert (found.only_first, found.only_second) == (0, 30)
    assert found.low < 0.3 < found.high
    assert found.p < 0.001
    assert found == compare("x", first, second, clusters)
    assert compare("x", [], [], []).p == 1.0


@pytest.mark.parametrize("method", ["folds", "each", "exact"])
def test_every_line_is_held_out_once(toy: Path, method: Method) -> None:
    lines = lines_of(load_pack(toy))
    divided = parts(lines, method, 5, 0)
    assert sorted(at for part in divided for at in part) == list(range(len(lines)))
    if method == "folds":
        assert len(divided) == 5
    if method == "each":
        assert len(divided) == 8
        for part in divided:
            owners = [lines[at].owner for at in part]
            assert len(owners) == len(set(owners))
    if method == "exact":
        assert all(len(part) == 1 for part in divided)


def test_the_same_words_are_held_out_together() -> None:
    lines = [Line(text, "a.x", PLACE, True) for text in ("One two", "three", "one, two!")]  # noqa: FBT003
    for method in ("each", "exact", "folds"):
        assert [0, 2] in parts(lines, method, 2, 0)


def test_lines_of_one_author_are_held_out_together() -> None:
    by = ("", "ann", "bob", "ann", "")
    lines = [Line(f"line {at}", "a.x", PLACE, True, name) for at, name in enumerate(by)]  # noqa: FBT003
    assert parts(lines, "author", 5, 0) == [[1, 3], [2]]
    assert any({1, 3} <= set(part) for part in parts(lines, "folds", 3, 0))


def test_only_a_pack_with_authors_is_evaluated_by_author(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "--by-author", "--pack", str(toy)]) == 2
    assert "names its author" in capsys.readouterr().err


def test_a_title_goes_with_the_phrase_that_says_the_same(toy: Path) -> None:
    pack = load_pack(toy)
    hours = pack.intent["shop.hours"]
    line = Line(hours.title, "shop.hours", PLACE, True)  # noqa: FBT003
    assert hours.title in lessons(pack)["phrases"]
    known = without(pack, [line])
    assert known.intent["shop.hours"].title == ""
    assert known.intent["shop.returns"].title
    kept = without(pack, [lines_of(pack)[0]])
    assert "opening hours" not in {normalise(text) for text in lessons(kept)["phrases"]}


def test_what_was_held_out_was_not_learnt(toy: Path) -> None:
    pack = load_pack(toy)
    # A phrase that shares no word with the others can only be known by having been learnt.
    strange = replace(
        pack,
        intents=tuple(
            one._replace(phrases=(*one.phrases, one.phrases[0]._replace(text="zyxw vuts"))) if not at else one
            for at, one in enumerate(pack.intents)
        ),
    )
    found = [one for part in held_out(strange, folds=3) for one in part if one.line.text == "zyxw vuts"]
    assert [one.verdict for one in found] == ["silent"]


def test_evaluating_prints_what_it_found(toy: Path, capsys: Capture) -> None:
    assert run(["evaluate", "--pack", str(toy), "--folds", "4"]) == 0
    out = capsys.readouterr().out
    assert "16 phrases of 2 intents, 4 outside lines of 1 groups" in out
    assert "4 parts" in out
    assert "intents/shop.yaml:" in out


@pytest.mark.parametrize("way", [[], ["--leave-one-out"], ["--exact"]])
def test_the_data_is_whole_and_consistent(toy: Path, capsys: Capture, way: list[str]) -> None:
    assert run(["evaluate", "--pack", str(toy), "--json", *way]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dimchat.evaluation/1"
    assert sum(data["replies"]["inside"].values()) == 16
    assert sum(data["replies"]["outside"].values()) == 4
    assert sum(one["lines"] for one in data["intents"]) == 16
    assert len(data["sweep"]) == 21 * 21
    assert data["cheapest"]["cost"] <= min(cut["cost"] for cut in data["sweep"])
    assert data["compared"] is None


def test_what_holding_out_the_only_line_cannot_tell_is_said(toy: Path, capsys: Capture) -> None:
    intents = toy / "intents/shop.yaml"
    before, own, after = intents.read_text(encoding="utf-8").partition("    - return policy\n")
    intents.write_text(
        f"{before}    - how do I return a toy\n  next:{(own + after).partition('  next:')[2]}", encoding="utf-8"
    )
    run(["evaluate", "--pack", str(toy)])
    out = capsys.readouterr().out
    assert "1 intent has one line and no other" in out
    assert re.search(r"of intents with no other +1 +0\.0%", out)
    run(["evaluate", "--pack", str(toy), "--json"])
    assert json.loads(capsys.readouterr().out)["of_one_line"] == 1


def test_the_output_is_the_same_for_any_number_of_processes_and_hash_seed(toy: Path) -> None:
    command = [sys.executable, "-m", "dimchat", "evaluate", "--pack", str(toy), "--folds", "2", "--json"]
    outs = {
        subprocess.run(
            [*command, "-j", jobs], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for jobs, seed in (("1", "1"), ("2", "2"))
    }
    assert len(outs) == 1


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--folds", "1"], "at least 2"),
        (["--folds", "3", "--exact"], "exclude"),
        (["--reveal"], "--blind"),
        (["--rival", "nothing"], "module:function"),
        (["--rival", "no_such_module:f"], "cannot be imported"),
        (["--rival", "json:nothing"], "has no function"),
        (["--rival", "builtins:dict"], "no method 'rank'"),
        (["--html", "no/such/folder/x.html"], "cannot be written"),
    ],
)
def test_wrong_usage_is_said(toy: Path, capsys: Capture, arguments: list[str], part: str) -> None:
    pytest.importorskip("matplotlib")
    assert run(["evaluate", "--pack", str(toy), *arguments]) == 2
    assert part in capsys.readouterr().err


def test_a_blind_set_gives_totals_and_single_questions_only_when_revealed(
    toy: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "unseen"
    folder.mkdir()
    (folder / "one.yaml").write_text(
        "- intent: shop.hours\n  group: clerk\n  ask:\n    - opening hours\n    - when may i come on tuesday\n"
        "- intent: shop.hours\n  group: clerk\n  ask:\n    - secretquestion zzz\n",
        encoding="utf-8",
    )
    base = ["evaluate", "--pack", str(toy), "--blind", str(folder)]
    assert run(base) == 0
    out = capsys.readouterr().out
    assert "Blind set unseen" in out
    assert "clerk" in out
    assert "1 questions are learnt lines" in out
    assert "secretquestion" not in out
    assert run([*base, "--json"]) == 0
    assert "secretquestion" not in capsys.readouterr().out
    assert run([*base, "--reveal"]) == 0
    assert "secretquestion zzz" in capsys.readouterr().out


def test_an_empty_blind_set_is_an_error(toy: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["evaluate", "--pack", str(toy), "--blind", str(tmp_path / "toy" / "answers" / "none")]) == 2
    (tmp_path / "none").mkdir()
    assert run(["evaluate", "--pack", str(toy), "--blind", str(tmp_path / "none")]) == 2
    assert "no cases" in capsys.readouterr().err


def test_a_pack_is_compared_with_another(toy: Path, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "other"
    for path in toy.rglob("*.yaml"):
        target = other / path.relative_to(toy)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        # The other pack has the two intents' names exchanged in its cases' eyes.
        if path.parts[-2:] == ("intents", "shop.yaml"):
            text = text.replace("shop.hours", "!").replace("shop.returns", "shop.hours").replace("!", "shop.returns")
        target.write_text(text, encoding="utf-8")
    assert run(["evaluate", "--pack", str(toy), "--against", str(other), "--json"]) == 0
    common, cases = json.loads(capsys.readouterr().out)["compared"]["tests"]
    # Only the outside lines stand under the same name in both.
    assert common["size"] == 4
    assert (cases["size"], cases["first"]) == (5, 5)
    assert cases["only_first"] == cases["first"] - cases["second"]
    assert run(["evaluate", "--pack", str(toy), "--against", str(toy), "--json"]) == 0
    for test in json.loads(capsys.readouterr().out)["compared"]["tests"]:
        assert (test["only_first"], test["only_second"], test["p"], test["low"], test["high"]) == (0, 0, 1, 0, 0)


class Deaf:
    """A matcher that finds nothing."""

    def rank(self, text: str, limit: int = 5) -> list[object]:  # noqa: ARG002
        return []


def deaf(**_: object) -> Deaf:
    return Deaf()


def same(**learnt: object) -> Matcher:
    return Matcher.fit(**learnt)  # type: ignore[arg-type]


def test_the_matcher_is_compared_with_another(toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rivals", sys.modules[__name__])
    assert run(["evaluate", "--pack", str(toy), "--rival", "rivals:deaf", "--json"]) == 0
    (test,) = json.loads(capsys.readouterr().out)["compared"]["tests"]
    # Whoever says nothing is right about what is outside.
    assert test["second"] == 4
    assert run(["evaluate", "--pack", str(toy), "--rival", "rivals:same", "--json"]) == 0
    (test,) = json.loads(capsys.readouterr().out)["compared"]["tests"]
    assert test["first"] == test["second"]
    assert test["p"] == 1.0
