"""The screens as text, as they were looked at and found right.

After a change that is meant: DIMCHAT_GOLDENS=write python -m pytest tests/apps/test_goldens.py, and look at the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "goldens"
REWRITE = os.environ.get("DIMCHAT_GOLDENS") == "write"
SIZES = [(60, 20), (80, 24), (120, 40)]
ASKED = "what degree do i need"
SCREENS: dict[str, list[str]] = {
    "welcome": [],
    "answer": [ASKED],
    "clarify": ["renew"],
    "decline": ["bake a cake"],
    "palette": [ASKED, "key:ctrl+p"],
    "why": [ASKED, "/why"],
    "help": ["key:f1"],
    "sources": [ASKED, "/sources"],
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_as_it_was_found_right(chat: Any, name: str, size: tuple[int, int]) -> None:
    golden = FOLDER / f"{name}-{size[0]}x{size[1]}.txt"
    async with chat(size) as talk:
        for step in SCREENS[name]:
            if step.startswith("key:"):
                await talk.press(step.removeprefix("key:"))
            else:
                await talk.say(step)
        await talk.settle()
        shown = "".join(f"{row.rstrip()}\n" for row in talk.shown.split("\n"))
    if REWRITE:
        FOLDER.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown.split("\n") == golden.read_text(encoding="utf-8").split("\n")


def test_there_is_a_golden_for_every_screen_and_no_other() -> None:
    wanted = {f"{name}-{width}x{height}.txt" for name in SCREENS for width, height in SIZES}
    assert {file.name for file in FOLDER.iterdir()} == wanted
