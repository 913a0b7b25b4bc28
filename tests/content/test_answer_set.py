from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dimchat.pack import find_pack, load_pack

if TYPE_CHECKING:
    from dimchat.model import Pack

IDS = Path(__file__).with_name("intent_ids.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(find_pack(None))


def test_the_ids_are_those_that_were_agreed(pack: Pack) -> None:
    assert [intent.id for intent in pack.browsable if intent.id not in IDS] == []
    assert [name for name in IDS if name not in pack.answer] == []


def test_no_answer_leans_on_a_page_that_gathers_what_others_say(pack: Pack) -> None:
    # Issuer first, then statute, then a body's magazine, then press; the rest proves nothing.
    farms = {"torchora-sup", "torchora-mgr", "torchora-dir", "interviewace", "careertrend-dir", "bi-mr-zones"}
    assert farms.isdisjoint(source.id for source in pack.sources)


def test_the_outside_groups_are_many_and_large(pack: Pack) -> None:
    assert len(pack.outside) >= 4
    assert sum(len(group.phrases) for group in pack.outside) >= 500


@pytest.mark.parametrize("name", ["emergency", "medical_advice", "patient_services"])
def test_safety_has_wordings_and_cues(pack: Pack, name: str) -> None:
    assert pack.wordings[f"safety.{name}"]
    assert pack.intent[f"safety.{name}"].cues


def test_topics_are_named_in_words_that_a_newcomer_knows(pack: Pack) -> None:
    known = {"MRI"}
    said = [word for category in pack.categories for word in f"{category.title} {category.about}".split()]
    assert [word for word in said if word.strip(",").isupper() and word.strip(",") not in known] == []
