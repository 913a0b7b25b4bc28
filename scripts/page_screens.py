"""Draws the pictures of the page in docs/pictures, and writes what a screen reader and a voice get of an answer.

    python scripts/page_screens.py

It serves the bundled pack on loopback, as a stand and as a page, and needs the system's Chromium.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import sync_playwright

from dimchat.files import python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LANDSCAPE, PORTRAIT = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
PHONE = {"width": 360, "height": 740}
COLOURS = 64
"""Of a picture: flat pages need no more."""
SETTLED = 900
"""Milliseconds after which nothing moves any more."""


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Serve, and yield the address."""
    command = python.command("dimchat", "serve", "--port", "0", *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        try:
            found = re.search(r"http://[^ ]+/", server.stdout.readline() if server.stdout else "")
            if found is None:
                raise SystemExit("the server did not start")
            yield found[0]
        finally:
            server.terminate()


def visited(browser: Browser, url: str, size: Any, scale: float) -> Page:  # noqa: ANN401 - playwright's
    """Open the first page."""
    page = browser.new_context(viewport=size, device_scale_factor=scale, has_touch=True).new_page()
    page.goto(url)
    return page


def ask(page: Page, text: str) -> None:
    """Ask, and wait for the reply."""
    page.fill("#text", text)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".question:has-text('{text}')", timeout=60_000)
    page.evaluate("document.activeElement.blur()")


def draw(page: Page, name: str) -> None:
    """Write a picture with few colours."""
    page.wait_for_timeout(SETTLED)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    picture.save(FOLDER / f"{name}.png", optimize=True)


def of_stand(browser: Browser, url: str) -> None:
    """Draw the stand, wide and upright."""
    page = visited(browser, url, LANDSCAPE, 0.5)
    draw(page, "stand-first")
    page.click("#begin")
    draw(page, "stand-topics")
    ask(page, "how much does a manager earn")
    draw(page, "stand-answer")
    page.click("#size")
    draw(page, "stand-larger")
    page = visited(browser, url, LANDSCAPE, 0.5)
    page.click(".languages button")
    ask(page, "¿cuánto gana un gerente?")
    draw(page, "stand-spanish")
    page = visited(browser, url, PORTRAIT, 0.4)
    page.click("#begin")
    draw(page, "upright-topics")
    ask(page, "what degree do I need")
    page.click("text=take along")
    page.wait_for_selector(".codes svg", timeout=60_000)
    draw(page, "upright-take")


def of_page(browser: Browser, url: str) -> None:
    """Draw a telephone, and write what is read of an answer."""
    page = visited(browser, url, PHONE, 1)
    draw(page, "phone-first")
    ask(page, "how much does a manager earn")
    draw(page, "phone-answer")
    step = page.locator(".step.said")
    (FOLDER / "answer-tree.txt").write_text(step.aria_snapshot() + "\n", "utf-8")
    (FOLDER / "answer-aloud.txt").write_text(f"{step.get_attribute('data-aloud')}\n", "utf-8")


def main() -> int:
    """Draw everything."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving("--kiosk") as url:
            of_stand(browser, url)
        with serving() as url:
            of_page(browser, url)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
