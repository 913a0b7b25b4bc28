from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.index import open_assistant
from dimchat.pack import load_pack
from dimchat.quality import load_items
from dimchat.quality.robustness import kinds, robustness, variants
from dimchat.quality.robustness.trials import variants_of
from dimchat.wording import measures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.quality.robustness import Robustness

    Capture = pytest.CaptureFixture[str]
    Change = Callable[[str, random.Random], str | None]


def rng(seed: int = 0) -> random.Random:
    return random.Random(seed)  # noqa: S311 - reproducible, no secret


def every(change: Change, text: str) -> set[str | None]:
    return {change(text, rng(seed)) for seed in range(60)}


def tried(toy: Path, **options: int) -> Robustness:
    assistant = open_assistant(toy)
    pack = assistant.pack
    return robustness(load_items((toy / "tests" / "cases",), toy, pack), pack, assistant, **options)  # type: ignore[arg-type]


def test_case_and_marks_leave_the_letters_alone() -> None:
    text = "What's the CRA, anyway"
    for change in (variants.letter_case, variants.punctuation):
        for made in every(change, text):
            assert made is not None
            assert made != text
            assert [c for c in made.lower() if c.isalnum()] == [c for c in text.lower() if c.isalnum()]


@pytest.mark.parametrize(
    ("change", "length"),
    [(variants.typo, 0), (variants.doubled, 1), (variants.dropped, -1), (variants.swapped, 0)],
)
def test_a_slip_changes_one_longer_word_behind_its_first_letter(change: Change, length: int) -> None:
    text = "how do i renew my certification"
    for made in every(change, text):
        assert made is not None
        changed = [(a, b) for a, b in zip(text.split(), made.split(), strict=True) if a != b]
        assert len(changed) == 1
        before, after = changed[0]
        assert before in ("renew", "certification")
        assert after[0] == before[0]
        assert len(after) == len(before) + length


def test_a_slip_needs_a_longer_word() -> None:
    assert every(variants.typo, "how do i pay") == {None}


def test_a_typo_is_beside_the_right_key() -> None:
    assert set(variants.neighbours("g")) == set("fhtb")
    assert variants.neighbours("3") == "3"


def test_politeness_keeps_the_question_whole() -> None:
    for made in every(variants.politeness, "renew my card?"):
        assert made is not None
        assert "renew my card" in made
        # "please tell me renew my card" is no sentence.
        assert "tell me" not in made
    assert any("tell me" in (made or "") for made in every(variants.politeness, "how do i renew"))


def test_word_order_moves_a_part_with_a_preposition_to_the_front() -> None:
    assert every(variants.word_order, "what is the pay for a manager?") == {"for a manager what is the pay"}
    assert every(variants.word_order, "what is the pay") == {None}


def test_spelling_goes_both_ways() -> None:
    assert variants.spelling("a Program for color", rng()) == "a programme for colour"
    assert variants.spelling("a programme for colour", rng()) == "a program for color"
    assert variants.spelling("nothing of that", rng()) is None


def test_every_pair_of_spellings_differs_and_leads_back() -> None:
    assert len(variants.TO_AMERICAN) == len(variants.TO_BRITISH)
    assert all(variants.respelt(other) == word != other for word, other in variants.TO_BRITISH.items())


def test_dictation_has_no_marks_and_no_capitals() -> None:
    for made in every(variants.dictation, "What's MRI, exactly?"):
        assert made is not None
        assert made.endswith("what's mri exactly")


def test_negation_refuses_the_question_or_denies_its_verb() -> None:
    made = every(variants.negation, "how do i become a manager?")
    assert "how do i not become a manager" in made
    assert "i do not want to know how do i become a manager" in made
    assert every(variants.negation, "why did it not work") == {None}
    # A yes-or-no question has the same answer when its verb is denied.
    assert not any((text or "").startswith("do i not") for text in every(variants.negation, "do i need a degree"))


def test_topics_change_places_only_where_their_order_means_something(toy: Path) -> None:
    vocabulary = toy / "intents" / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    more = "  - id: market\n    kind: place\n    names:\n      - market\naspects:"
    vocabulary.write_text(text.replace("aspects:", more), encoding="utf-8")
    names = variants.Names(load_pack(toy))
    assert names.exchanged("from the shop to the Market", rng()) == "from the Market to the shop"
    assert names.exchanged("the difference between shop and market", rng()) is None
    assert names.exchanged("is the shop open", rng()) is None
    assert names.replaced("is the store open", rng()) == "is the market open"
    assert names.replaced("from the shop to the market", rng()) is None


@settings(deadline=None)
@given(text=st.text(max_size=80), seed=st.integers(0, 10))
def test_any_text_can_be_varied_and_the_same_seed_gives_the_same(text: str, seed: int) -> None:
    for change in (
        variants.letter_case,
        variants.punctuation,
        variants.typo,
        variants.doubled,
        variants.dropped,
        variants.swapped,
        variants.politeness,
        variants.word_order,
        variants.spelling,
        variants.dictation,
        variants.negation,
    ):
        assert change(text, rng(seed)) == change(text, rng(seed))


@settings(deadline=None)
@given(text=st.text(max_size=80), seed=st.integers())
def test_a_misspelt_copy_has_as_many_words(text: str, seed: int) -> None:
    assert len(variants.misspelt(text, seed).split(" ")) == len(text.split(" "))


def test_each_kind_is_said_in_words(toy: Path) -> None:
    assert {kind.name for kind in kinds(load_pack(toy))} == set(measures.KIND_ABOUT)


def test_cases_of_small_talk_and_declines_ask_for_nothing_else(toy: Path) -> None:
    pack = open_assistant(toy).pack
    items = load_items((toy / "tests" / "cases",), toy, pack)
    names = variants.Names(pack)
    decline = next(item for item in items if item.expect.kind == "decline")
    assert all(kind.keeps for kind, _ in variants_of(decline, kinds(pack), names, 0))
    asked = next(item for item in items if item.expect.intent)
    assert any(not kind.keeps for kind, _ in variants_of(asked, kinds(pack), names, 0))


def test_conversations_and_failing_cases_are_left_out(toy: Path) -> None:
    with (toy / "tests" / "cases" / "shop.yaml").open("a", encoding="utf-8") as file:
        file.write("- intent: shop.returns\n  ask:\n    - opening hours of the store\n")
    result = tried(toy)
    assert (result.cases, result.left_out) == (3, 3)


def test_what_is_broken_is_told_the_worst_first(toy: Path) -> None:
    result = tried(toy)
    order = ["wrong", "silent", "offered"]
    places = [order.index(one.result) for one in result.broken]
    assert places == sorted(places)
    assert {one.kind for one in result.broken} >= {"doubled"}
    for figure in result.figures:
        assert figure.size == figure.right + figure.offered + figure.silent + figure.wrong


def test_the_same_seed_gives_the_same_and_another_one_another(toy: Path) -> None:
    assert tried(toy, seed=1) == tried(toy, seed=1)
    assert [one.variant for one in tried(toy, seed=1).broken] != [one.variant for one in tried(toy, seed=2).broken]


def test_a_sample_is_as_large_as_asked(toy: Path) -> None:
    assert tried(toy, at_most=2).cases == 2
    assert tried(toy, at_most=200).cases == 3


def test_the_least_share_is_held(toy: Path, capsys: Capture) -> None:
    base = ["robustness", "--pack", str(toy), "--json"]
    assert run([*base, "--min", "case=100", "--min", "punctuation=100"]) == 0
    assert run([*base, "--min", "doubled=100"]) == 1
    assert "doubled: " in capsys.readouterr().err
    # What must change is measured only where it is named.
    assert run([*base, "--kind", "negation", "--min", "100"]) == 0


@pytest.mark.parametrize("given_", ["x", "101", "-1", "=5", "nan", "noise=50"])
def test_a_share_that_is_none_is_refused(toy: Path, capsys: Capture, given_: str) -> None:
    assert run(["robustness", "--pack", str(toy), "--min", given_]) == 2
    assert given_.partition("=")[0] in capsys.readouterr().err


def test_an_unknown_kind_is_refused(toy: Path, capsys: Capture) -> None:
    assert run(["robustness", "--pack", str(toy), "--kind", "typos"]) == 2
    assert "typos" in capsys.readouterr().err


def test_nothing_to_vary_is_an_error(toy: Path, capsys: Capture) -> None:
    (toy / "tests" / "cases" / "shop.yaml").unlink()
    assert run(["robustness", "--pack", str(toy)]) == 1
    (toy / "tests" / "cases").rmdir()
    assert run(["robustness", "--pack", str(toy)]) == 1
    assert "no case" in capsys.readouterr().err


def test_the_data_has_every_broken_variant_with_its_place(toy: Path, capsys: Capture) -> None:
    assert run(["robustness", "--pack", str(toy), "--json", "--examples", "0"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dimchat.robustness/1"
    assert len(data["broken"]) == sum(kind["size"] - kind["right"] for kind in data["kinds"])
    assert data["broken"][0]["file"] == "tests/cases/shop.yaml"


def test_the_output_does_not_depend_on_the_hash_seed(toy: Path) -> None:
    command = [sys.executable, "-m", "dimchat", "robustness", "--pack", str(toy), "--json"]
    outs = {
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1
