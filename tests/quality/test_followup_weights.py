from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dimchat.dialogue import Assistant
from dimchat.errors import PackError
from dimchat.index import open_pack
from dimchat.model import Calibration
from dimchat.quality import load_items
from dimchat.quality.followup_weights import NAMES, SHIPPED, Turn, fitted, turns, with_followups

ROOT = Path(__file__).parents[2]


def asked(name: str, n: int = 40) -> list[Turn]:
    """Return turns in which the intent that a fact speaks for is right, and the ones that ship say nothing."""
    facts = np.zeros((3, len(NAMES)))
    facts[1, NAMES.index(name)] = 1.0
    return [Turn(f"conversation {at}", facts, np.array([False, True, False]), declines=False) for at in range(n)]


def test_without_conversations_the_weights_that_ship_stay() -> None:
    assert np.allclose(fitted([]), SHIPPED)


def test_what_speaks_for_the_right_intents_weighs_more() -> None:
    moved = fitted(asked("aspect kept"), ridge=5.0) - SHIPPED
    assert NAMES[int(moved.argmax())] == "aspect kept"
    assert moved.max() > 1
    assert np.allclose(np.delete(moved, moved.argmax()), 0)


def test_few_turns_move_the_weights_that_ship_little() -> None:
    assert 0 < (fitted(asked("aspect kept")) - SHIPPED).max() < 0.1


def test_pack_with_few_conversations_keeps_what_ships(toy: Path) -> None:
    calibration = Calibration(0.5, 0.1)
    assert with_followups(toy, calibration) == calibration


def test_turns_are_those_of_conversations_that_want_an_intent() -> None:
    pack, matcher = open_pack(ROOT)
    items = load_items((ROOT / "tests/cases/followups.yaml",), ROOT, pack)
    found = turns(items[:40], Assistant(pack, matcher))
    assert 0 < len(found) < 40
    assert all(turn.right.any() and turn.facts.shape[1] == len(NAMES) for turn in found)


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            Calibration(0.5, 0.1, followups=(("aspect kep", 1.0),)),
            "unknown follow-up weight 'aspect kep', did you mean",
        ),
        (Calibration(0.5, 0.1, thresholds=(("shure", 1.0),)), "unknown threshold 'shure', did you mean 'sure'?"),
    ],
)
def test_calibration_that_names_what_there_is_not_is_refused(own: Calibration, message: str) -> None:
    pack, matcher = open_pack(ROOT)
    with pytest.raises(PackError, match=message.replace("?", r"\?")):
        Assistant(replace(pack, calibration=own), matcher)


def test_thresholds_of_a_calibration_count() -> None:
    pack, matcher = open_pack(ROOT)
    own = Calibration(0.6, 0.2, thresholds=(("sure", 0.9), ("standings", 3.0)))
    thresholds = Assistant(replace(pack, calibration=own), matcher).thresholds
    assert (thresholds.floor, thresholds.margin, thresholds.sure, thresholds.standings) == (0.6, 0.2, 0.9, 3)
    assert thresholds.offered == 0.12
