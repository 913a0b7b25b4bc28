"""Runs the regression cases of the bundled pack, one test for each phrasing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.index import open_assistant
from dimchat.pack import find_pack, load_pack
from dimchat.quality import CASES_FOLDER, Item, failure_text, load_items, run_item

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

ROOT = find_pack(None)
ITEMS = load_items((ROOT / CASES_FOLDER,), ROOT, load_pack(ROOT))


@pytest.fixture(scope="module")
def opened() -> tuple[Pack, Assistant]:
    assistant = open_assistant()
    return assistant.pack, assistant


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.place.file}:{item.place.line}")
def test_case(item: Item, opened: tuple[Pack, Assistant]) -> None:
    pack, assistant = opened
    outcome = run_item(item, assistant)
    if not outcome.ok:
        pytest.fail(failure_text(outcome, pack, assistant.explain(item.ask, outcome.context)), pytrace=False)
