"""The blind set judges the pack, so nothing of it may stand among what the pack learns or is tested with."""

from __future__ import annotations

import pytest

from dimchat.language.tokens import normalise
from dimchat.pack import find_pack, load_pack
from dimchat.quality import load_items

ROOT = find_pack(None)
BLIND = ROOT / "tests" / "blind"


@pytest.mark.skipif(not BLIND.is_dir(), reason="the pack has no blind set beside it")
def test_no_phrase_is_a_question_of_the_blind_set() -> None:
    pack = load_pack(ROOT)
    items = load_items((BLIND,), ROOT, pack)
    blind = {normalise(item.ask) for item in items if item.group == "in_scope"}
    phrases = [phrase.text for intent in pack.browsable for phrase in intent.phrases]
    same = [text for text in phrases if normalise(text) in blind and len(text.split()) > 4]
    # Two people can ask the same question; a tenth of them alike would mean that somebody looked.
    assert len(same) <= 0.08 * len(blind)
