"""What the page of `dimchat serve` says, as text, as it was looked at and found right.

After a change that is meant: DIMCHAT_GOLDENS=write python -m pytest tests/web/test_goldens.py, and look at the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import jinja2
import pytest

from dimchat.web.messages import endings
from dimchat.web.server import OWN
from dimchat.wording import catalogue_of

FOLDER = Path(__file__).parent / "goldens"
REWRITE = os.environ.get("DIMCHAT_GOLDENS") == "write"
WORDS = catalogue_of("en")
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": ("page.html", {"kiosk": False, "endings": endings(WORDS, "off")}),
    "chat-counted": ("page.html", {"kiosk": False, "endings": endings(WORDS, "counts")}),
    "chat-kept": ("page.html", {"kiosk": False, "endings": endings(WORDS, "full")}),
    "stand": ("page.html", {"kiosk": True, "endings": endings(WORDS, "off")}),
    "full": ("full.html", {"heading": "Every place is taken", "text": "Later.", "seconds": 15}),
}
SAID = re.compile(r'>([^<>]+)<|(?:data-label|data-text|lang)="([^"]*)"')


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_was_found_right(name: str) -> None:
    golden = FOLDER / f"{name}.txt"
    template, context = PAGES[name]
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(OWN / "templates"), autoescape=True)
    title = WORDS("page.title", title="How to park")
    page = pages.get_template(template).render(words=WORDS, title=title, language="en", **context)
    said = [" ".join("".join(found).split()) for found in SAID.findall(page)]
    text = "".join(f"{line}\n" for line in said if line)
    if REWRITE:
        golden.write_text(text, encoding="utf-8")
    assert text.split("\n") == golden.read_text(encoding="utf-8").split("\n")
