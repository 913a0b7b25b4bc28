"""What `diff` looks at in a pack that speaks a further language."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from dimchat.pack import load_pack
from dimchat.quality.compare.parts import parts_of


def test_an_answer_in_a_further_language_is_a_part_of_its_own() -> None:
    parts = [part for part in parts_of(load_pack(Path(__file__).parents[2])) if part.kind == "answer"]
    assert max(Counter((part.owner, part.key) for part in parts).values()) == 1
    assert {part.place.file for part in parts if (part.owner, part.key) == ("manager.pay", "short in es")} == {
        "answers/es/pay.yaml"
    }
