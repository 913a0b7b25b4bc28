"""Draws the pictures in docs/screens/ anew: python scripts/screens.py."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path

from dimchat.store import open_assistant
from dimchat.tui import make_chat

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
SIZE = (80, 24)
TODAY = date(2026, 11, 24)
FONT = re.compile(r"@font-face \{[^}]*\}\s*")
PICTURES = {
    "welcome": ("dimchat-dark", []),
    "answer": ("dimchat-dark", ["what degree do I need"]),
    "answer-light": ("dimchat-light", ["what degree do I need"]),
    "clarify": ("dimchat-dark", ["manager"]),
    "decline": ("dimchat-dark", ["how much do nurses make"]),
}


async def picture(theme: str, messages: list[str]) -> str:
    """Return the screen after some messages, without the addresses of fonts, which a viewer would fetch."""
    app = make_chat(open_assistant, today=lambda: TODAY, theme=theme)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        while app.chat.session is None:
            await pilot.pause()
        for message in messages:
            await app.chat.submit(message)
            await pilot.pause()
        await pilot.pause()
        svg = app.export_screenshot(title="dimchat")
    return "\n".join(row.rstrip() for row in FONT.sub("", svg).splitlines()) + "\n"


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (theme, messages) in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(asyncio.run(picture(theme, messages)), encoding="utf-8")


if __name__ == "__main__":
    main()
