"""Draws the pictures in docs/screens/ anew: python scripts/screens.py [NAME]."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from datetime import date
from pathlib import Path

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in; Textual reads it once

from dimchat.apps.chat import ChatApp
from dimchat.index import open_assistant

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
SIZES = [(80, 24), (120, 40)]
THEMES = ["dark", "light"]
TODAY = date(2026, 11, 24)
FONT = re.compile(r"@font-face \{[^}]*\}\s*")
ASKED = "what degree do I need"
KEY = "key:"
SCREENS = {
    "welcome": [],
    "answer": [ASKED],
    "clarify": ["renew"],
    "decline": ["how much do nurses make"],
    "palette": [ASKED, f"{KEY}ctrl+p"],
    "why": [ASKED, "/why"],
    "sources": [ASKED, "/sources"],
    "earlier": [ASKED, "how much does it pay", f"{KEY}ctrl+g", f"{KEY}up"],
    "help": [ASKED, f"{KEY}ctrl+g", f"{KEY}f1"],
    "settings": [ASKED, "/settings"],
}


async def picture(theme: str, size: tuple[int, int], steps: list[str]) -> str:
    """Return the screen after some messages and keys, without addresses of fonts, which a viewer would fetch."""
    assistant = open_assistant()
    app = ChatApp(lambda: (assistant.pack, assistant), today=lambda: TODAY, theme=f"dimchat-{theme}")
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        while app.chat.session is None:
            await pilot.pause()
        for step in steps:
            if step.startswith(KEY):
                await pilot.press(step.removeprefix(KEY))
            else:
                await app.chat.submit(step)
            await pilot.pause()
        await pilot.pause()
        svg = app.export_screenshot(title="dimchat")
    return "\n".join(row.rstrip() for row in FONT.sub("", svg).splitlines()) + "\n"


def main(only: str | None = None) -> None:
    """Write every picture, or those of one screen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, steps in SCREENS.items():
        for size in SIZES if only in {None, name} else []:
            for theme in THEMES:
                file = FOLDER / f"{name}-{size[0]}x{size[1]}-{theme}.svg"
                file.write_text(asyncio.run(picture(theme, size, steps)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
