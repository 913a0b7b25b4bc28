from __future__ import annotations

from pathlib import Path

import pytest

from dimchat import index
from dimchat.cli import run
from dimchat.match.encoder import encoder
from dimchat.match.held_out import cross_fit
from dimchat.match.linear import line_key
from dimchat.pack import load_pack

ROOT = Path(__file__).parents[2]


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often lines are held out and learnt."""
    calls: list[int] = []

    def counting(*arguments: object, **named: object) -> object:
        calls.append(1)
        return cross_fit(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("dimchat.match.calibration.cross_fit", counting)
    return calls


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("answers/role.yaml", "A lot. [@guide]", "Plenty. [@guide]"),
        ("intents/role.yaml", "# a comment that stays", "# another comment"),
        ("pack.yaml", "version: 1.0.0", "version: 2.0.0"),
    ],
)
def test_what_did_not_change_is_not_learnt_again(
    root: Path, learning: list[int], name: str, before: str, after: str
) -> None:
    first = index.tune(root)
    assert (first.before, first.kept) == (None, False)
    edit(root / name, before, after)
    index.write_calibration(root, first.after)
    assert index.tune(root) == (first.after, first.after, True)
    assert len(learning) == 1


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pack.yaml", "wrong_cost: 3", "wrong_cost: 4"),
        ("intents/role.yaml", "manager wages per year", "the stipend"),
        ("intents/vocabulary.yaml", "paycheck", "pay slip"),
        ("intents/outside.yaml", "will it rain", "will it snow"),
    ],
)
def test_what_a_calibration_hangs_on_is_learnt_again(
    root: Path, learning: list[int], name: str, before: str, after: str
) -> None:
    index.tune(root)
    edit(root / name, before, after)
    assert not index.tune(root).kept
    assert len(learning) == 2


@pytest.mark.parametrize("damage", [b"", b"[]", b"null", b"{}", b"\xff", b'{"digest": "0"}'])
def test_a_damaged_calibration_in_the_cache_is_computed_again(root: Path, cache: Path, damage: bytes) -> None:
    first = index.tune(root)
    (file,) = cache.glob("*.calibration")
    file.write_bytes(damage)
    assert index.tune(root) == first


def test_the_cache_holds_few_calibrations_and_no_index_goes_for_one(root: Path, cache: Path) -> None:
    index.open_pack(root)
    for number in range(9):
        (cache / f"{number}.calibration").write_text("{}")
    index.tune(root)
    assert (len([*cache.glob("*.calibration")]), len([*cache.glob("*.index")])) == (4, 1)


def test_tune_works_where_nothing_can_be_kept(root: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert index.tune(root) == index.tune(root)


def test_tune_says_that_it_learnt_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _ in range(2):
        assert run(["tune", "--pack", str(root)]) == 0
        said.append(capsys.readouterr())
    assert "not learnt again" not in said[0].err
    assert "not learnt again" in said[1].err
    assert said[1].out.splitlines()[0].startswith("floor")


def test_the_encoder_keeps_which_lines_it_was_tuned_on() -> None:
    pack = load_pack(ROOT)
    known = set(encoder().met.tolist())
    taught = [one for one in pack.own if one.category not in ("safety", "conversation") and not one.follows]
    lines = [(one.id, line.text, line.by) for one in taught for line in one.phrases]
    met = [by for name, text, by in lines if line_key(name, text) in known]
    unmet = {by for name, text, by in lines if by and line_key(name, text) not in known}
    assert len(met) > 0.9 * len(known)
    # Every fourth author is left for calibrating, and whoever came later; outside groups are left whole.
    assert len(unmet) >= 11
    assert unmet.isdisjoint(met)
    groups = [(group.id, line.text) for group in pack.outside for line in group.phrases]
    assert not [line for line in groups if line_key(*line) in known]
