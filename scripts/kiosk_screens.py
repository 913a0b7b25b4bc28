"""Draws the pictures of docs/kiosk.md anew: python scripts/kiosk_screens.py. Those of the browser need Chromium."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in; Textual reads it once

from playwright.sync_api import sync_playwright

from dimchat.apps.stand import KioskApp
from dimchat.apps.stand.attract import WarningScreen
from dimchat.apps.stand.staff import StaffScreen
from dimchat.files import python
from dimchat.index import open_assistant
from dimchat.kiosk.pin import PinStore
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit.signals import DayCounts
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

WORDS = catalogue_of("en")


FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
SIZE = (100, 30)
TODAY = date(2026, 11, 24)
FONT = re.compile(r"@font-face \{[^}]*\}\s*")
ASKED = "what degree do I need"
PIN = "47114"


class Clock:
    """Stands until it is told to go."""

    now = 0.0


async def step(name: str, app: KioskApp, pilot: Pilot[None], clock: Clock) -> None:
    """Go on to the next picture from the one before."""
    if name == "tiles":
        await pilot.press("enter")
    elif name == "answer":
        await app.home.ask(ASKED)
    elif name == "source":
        await app.home.do(("source", "1"))
    elif name == "warning":
        await pilot.press("escape")
        clock.now += app.stand.idle
        while not isinstance(app.screen, WarningScreen):
            app.tick()
            await pilot.pause()
    elif name == "staff":
        await pilot.press("escape")
        staff = StaffScreen(app.stand, app)
        await app.push_screen(staff)
        staff.hear(DayCounts(visitors=41, answered=118, clarified=12, declined=9))


async def in_terminal() -> None:
    """Write the pictures of the terminal."""
    assistant = open_assistant()
    clock = Clock()
    app = KioskApp(
        lambda: (assistant.pack, assistant), settings=Settings(), today=lambda: TODAY, clock=lambda: clock.now
    )
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        while not app.home.stage.body.children:
            await pilot.pause()
        for name in ("attract", "tiles", "answer", "source", "warning", "staff"):
            await step(name, app, pilot, clock)
            await pilot.pause()
            await pilot.pause()
            svg = FONT.sub("", app.export_screenshot(title=WORDS("stand.terminal_title")))
            rows = "\n".join(row.rstrip() for row in svg.splitlines()) + "\n"
            (FOLDER / f"kiosk-{name}.svg").write_text(rows, encoding="utf-8")


def in_browser() -> None:
    """Write the pictures of the browser."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        PinStore(Path(folder) / "dimchat" / "kiosk" / "pin.json").set(PIN)
        command = python.command("dimchat", "serve", "--terminal", "--kiosk", "--port", "0", "--idle", "10")
        environment = {**os.environ, "XDG_STATE_HOME": folder, "HOME": folder}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:  # noqa: S603 - ours
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 960, "height": 600})
            page.goto(found[0] if found else "")
            page.wait_for_selector("#starting", state="hidden", timeout=60_000)

            def shot(name: str, wait: float = 4) -> None:
                page.wait_for_timeout(wait * 1000)
                page.screenshot(path=FOLDER / f"kiosk-browser-{name}.png")

            shot("attract")
            page.keyboard.press("Enter")
            shot("tiles")
            shot("warning", 30)  # silence, and the time to read the tiles
            page.keyboard.press("Escape")
            page.keyboard.type(ASKED)
            page.keyboard.press("Enter")
            shot("answer")
            for _ in range(2):
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            shot("source")
            page.keyboard.press("Escape")
            for _ in range(5):
                page.keyboard.press("F9")
            page.wait_for_timeout(1500)
            page.keyboard.type(PIN)
            page.keyboard.press("Enter")
            page.wait_for_timeout(1500)
            shot("staff", 1)
            server.terminate()
            browser.close()


if __name__ == "__main__":
    asyncio.run(in_terminal())
    in_browser()
