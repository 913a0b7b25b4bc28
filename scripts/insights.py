"""Draws the pictures of docs/journal.md anew: python scripts/insights.py [URL]; the page needs Chromium.

Without the address of a journal that scripts/week.py filled, that is done first; it takes some minutes.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dimchat.apps.curator.insights import InsightsApp
from dimchat.apps.curator.review import ReviewApp
from dimchat.index import open_pack
from dimchat.journal.address import url_of
from dimchat.journal.learn.insights import Insights, insights
from dimchat.journal.learn.insights_report import document
from dimchat.journal.learn.scope import Scope
from dimchat.journal.store import Store
from dimchat.quality.report.html_page import to_html

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screens"
FONT = re.compile(r"@font-face \{[^}]*\}\s*")
SIZE = (100, 34)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def svg_of(app: InsightsApp | ReviewApp, title: str) -> str:
    """Return what is on the screen, without the addresses of fonts, which a viewer would fetch."""
    svg = app.export_screenshot(title=title)
    return "\n".join(row.rstrip() for row in FONT.sub("", svg).splitlines()) + "\n"


async def screens(found: Insights, store: Store) -> None:
    """Write the pictures of both screens."""
    app = InsightsApp(found)
    async with app.run_test(size=SIZE) as pilot:
        for key, name in (("1", "insights-days"), ("3", "insights-unanswered")):
            await pilot.press(key)
            for _ in range(10):
                await pilot.pause()
            (FOLDER / f"{name}.svg").write_text(svg_of(app, "dimchat insights"), encoding="utf-8")
    review = ReviewApp(store, Scope(), ROOT)
    async with review.run_test(size=SIZE) as pilot:
        for _ in range(10):
            await pilot.pause()
        (FOLDER / "review.svg").write_text(svg_of(review, "dimchat review"), encoding="utf-8")


def page(found: Insights, folder: Path) -> None:
    """Write the page and, where there is a browser, its picture."""
    file = folder / "insights.html"
    file.write_text(to_html(document(found)), encoding="utf-8")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("no Chromium here: the picture of the page stays as it was")  # noqa: T201 - a script
        return
    shot = f"--screenshot={FOLDER / 'insights-page.png'}"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1500")
    subprocess.run([browser, *flags, shot, file.as_uri()], check=True, capture_output=True)  # noqa: S603 - found above


def main() -> None:
    """Fill a journal with the week of scripts/week.py, and draw it."""
    pack, _ = open_pack(None)
    titles = {intent.id: intent.title for intent in pack.intents} | {group.id: group.title for group in pack.outside}
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else url_of(Path(folder) / "week.db")
        if len(sys.argv) == 1:
            subprocess.run([sys.executable, Path(__file__).with_name("week.py"), url], check=True)  # noqa: S603 - our own
        with Store(url) as store:
            found = insights(store, Scope(), titles)
            asyncio.run(screens(found, store))
        page(found, Path(folder))


if __name__ == "__main__":
    main()
