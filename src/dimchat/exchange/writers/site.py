"""A static site: a page for each category, search in the browser, JSON-LD; nothing comes from another host.

It needs no server: the pages work from a folder, and from any place of a web server.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.dialogue.respond.telling import as_told, cited
from dimchat.exchange.writers.faq_page_out import page_of
from dimchat.extras import load
from dimchat.language.tokens import words
from dimchat.render.html import to_html
from dimchat.wording import catalogue_of
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.exchange.knowledge import KnowledgeBase
    from dimchat.model import Citation, Intent, Pack

_PAGES = Path(__file__).with_name("site_pages")
_AS_THEY_ARE = ("site.css", "search.js")
_SHIFT = 3
"""A heading in an answer stands below those of the page."""
_MOST_WORDS = 400
"""Of an answer, for the search."""


class _Shown(NamedTuple):
    """One question as a page shows it."""

    id: str
    title: str
    html: str
    notes: tuple[Citation, ...]
    also: tuple[tuple[str, str], ...]
    """Pairs of an address within the site and a title."""
    reviewed: str


def to_site(base: KnowledgeBase, pack: Pack) -> dict[str, bytes]:
    """Return the files of a site by name.

    Args:
        base: What the pages say to search engines, and what tells what is left out.
        pack: The answer set.

    Raises:
        UsageError: The library that fills in pages is not installed.
    """
    jinja2 = load("jinja2")
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    entries = {entry.id: entry for entry in base.entries if entry.role == "answer"}
    lose_for_readers(base, pack)
    files = {name: (_PAGES / name).read_bytes() for name in _AS_THEY_ARE}
    groups = {one.id: [i for i in pack.browsable if i.category == one.id] for one in pack.categories}
    about = {"pack": pack, "words": wording.SITE}
    for category in pack.categories:
        address = f"{category.id}.html"
        own = [entries[intent.id] for intent in groups[category.id]]
        page = page_of(own, f"{pack.title}: {category.title}", pack.language, address)
        shown = [_shown(pack, intent) for intent in groups[category.id]]
        text = pages.get_template("category.html").render(
            about, category=category, questions=shown, data=_in_script(page)
        )
        files[address] = text.encode()
    files["index.html"] = pages.get_template("index.html").render(about, groups=groups).encode()
    found = [_searched(pack, intent) for intent in pack.browsable]
    files["questions.js"] = f"const QUESTIONS = {_in_script(found)};\n".encode()
    return files


def lose_for_readers(base: KnowledgeBase, pack: Pack) -> None:
    """Note what pages that people read leave out; what only a matcher needs is nothing to them."""
    base.losses.clear()
    left = {
        wording.TALK_AND_OUTSIDE: sum(entry.role != "answer" for entry in base.entries),
        wording.VARIANTS: sum(len(answer.variants) for answer in pack.answers),
        wording.OTHER_ANSWERS: sum(len(answer.wordings) for answer in pack.answers),
        wording.DRAFTS: len(pack.drafts),
        wording.CONTEXT_ONLY: sum(bool(intent.follows) for intent in pack.own),
    }
    for what, count in left.items():
        if count:
            base.lose(pack.name, wording.COUNTED.format(what=what, count=count))
    for answer in pack.answers:
        if answer.table:
            base.lose(answer.id, wording.ROWS)


def _shown(pack: Pack, intent: Intent) -> _Shown:
    text, notes = read_out(pack, intent)
    also = [pack.intent[name] for name in intent.next if name in pack.answer and not pack.intent[name].follows]
    links = tuple((f"{one.category}.html#{one.id}", one.title) for one in also)
    day = pack.answer[intent.id].reviewed
    reviewed = day.isoformat() if day else ""
    return _Shown(intent.id, intent.title, to_html(text, lowered=_SHIFT), notes, links, reviewed)


def read_out(pack: Pack, intent: Intent) -> tuple[str, tuple[Citation, ...]]:
    """Return the text of an answer with numbers for its sources, and those; of one that reads rows, its overview."""
    answer = as_told(pack, pack.answer[intent.id], None, catalogue_of(pack.language))
    text = answer.text if answer.overview is None else answer.overview[1]
    _, numbered, notes = cited(pack, (answer._replace(short="", text=text),))
    return numbered, notes


def _searched(pack: Pack, intent: Intent) -> dict[str, Any]:
    """Return what the search knows of a question: where it stands, and the words of title, phrases and answer."""
    answer = pack.answer[intent.id]
    asked = _distinct(phrase.text for phrase in intent.phrases)
    said = _distinct(part for part in (answer.short, *answer.text.split("\n")))
    return {"at": f"{intent.category}.html#{intent.id}", "title": intent.title, "asked": asked, "said": said}


def _distinct(texts: Iterable[str]) -> str:
    found = dict.fromkeys(word for text in texts for word in words(text))
    return " ".join(list(found)[:_MOST_WORDS])


def _in_script(value: object) -> str:
    """Return data as JSON that can stand in a script of a page: nothing in it ends that."""
    text = json.dumps(value, ensure_ascii=False)
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
