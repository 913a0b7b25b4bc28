"""schema.org's FAQPage: the JSON-LD of a saved web page, or by itself."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import json_of, text_of
from dimchat.exchange.knowledge import Entry, KnowledgeBase
from dimchat.extras import load
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MARKDOWN = "text/markdown"
"""The type of the encoding of an answer in which `dimchat export` writes its Markdown beside its HTML."""


def read_page(path: Path) -> KnowledgeBase:
    """Return what a page says.

    Raises:
        UsageError: It has no FAQPage, or a page is given and the library that reads it is not installed.
    """
    base = KnowledgeBase("faqpage", path.name)
    for where, node in _documents(path, base):
        for page in _pages(node):
            _page(base, page, where)
    if not base.entries and not base.losses:
        raise UsageError(wording.NO_FAQ.format(file=path))
    return base


def _documents(path: Path, base: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """Yield each piece of JSON-LD with what to call it."""
    text = text_of(path)
    if text.lstrip()[:1] in "{[":
        yield path.name, json_of(text, str(path))
        return
    soup = load("bs4").BeautifulSoup(text, "html.parser")
    root = soup.find("html")
    base.language = str(root.get("lang") or "") if root else ""
    scripts = soup.find_all("script", type=_is_linked_data)
    for number, script in enumerate(scripts, start=1):
        where = f"{path.name}:{script.sourceline}" if script.sourceline else f"{path.name}: {number}"
        body = script.get_text().strip().removeprefix("<!--").removeprefix("//<![CDATA[").removesuffix("//]]>")
        body = body.removesuffix("-->").strip().rstrip(";")
        if not body:
            continue
        try:
            yield where, json_of(body, where)
        except UsageError as error:
            base.lose(where, str(error).partition(": ")[2])


def _is_linked_data(kind: str | None) -> bool:
    """Return whether the type of a script is that of JSON-LD, perhaps with parameters."""
    return (kind or "").partition(";")[0].strip().casefold() == "application/ld+json"


def _pages(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - what stands there
    """Yield the nodes of type FAQPage, wherever they stand."""
    if isinstance(node, list):
        for one in node:
            yield from _pages(one)
    elif isinstance(node, dict):
        if "FAQPage" in _types(node):
            yield node
        else:
            for one in node.values():
                yield from _pages(one)


def _types(node: dict[str, Any]) -> list[str]:
    return [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in _list(node.get("@type"))]


def _page(base: KnowledgeBase, page: dict[str, Any], where: str) -> None:
    base.language = base.language or str(page.get("inLanguage") or "")
    base.title = base.title or one_line(_text(page.get("name")) or _text(page.get("headline")))
    address = _text(page.get("url"))
    for number, one in enumerate(_list(page.get("mainEntity")), start=1):
        place = f"{where}: question {number}"
        if not isinstance(one, dict) or "Question" not in _types(one):
            base.lose(place, wording.NO_QUESTION)
            continue
        _question(base, one, place, address)


def _question(base: KnowledgeBase, one: dict[str, Any], where: str, address: str) -> None:
    asked = [_plain(text) for text in _list(one.get("name") or one.get("text"))]
    asked += [_plain(text) for text in _list(one.get("alternateName"))]
    answers = [*_list(one.get("acceptedAnswer")), *_list(one.get("suggestedAnswer"))]
    texts, markup = [], "html"
    for answer in answers:
        written = _markdown(answer)
        text = written or (_text(answer.get("text")) if isinstance(answer, dict) else _text(answer))
        if written:
            markup = "markdown"
        if isinstance(answer, dict) and answer.get("image"):
            image = answer["image"]
            url = _text(image.get("url") or image.get("contentUrl")) if isinstance(image, dict) else _text(image)
            base.lose(where, wording.PICTURE.format(url=url))
        if text.strip() and text not in texts:
            texts.append(text)
    questions = [text for text in dict.fromkeys(asked) if text]
    if not questions:
        base.lose(where, wording.NO_QUESTION)
    elif not texts:
        base.lose(where, wording.NO_ANSWER)
    else:
        key = _text(one.get("identifier")) or _text(one.get("@id")).rpartition("#")[2] or questions[0]
        cited = [
            _text(work.get("url") or work.get("name")) if isinstance(work, dict) else _text(work)
            for work in _list(one.get("citation"))
        ]
        source = _text(one.get("url")) or address
        entry = Entry(key, where, questions, texts, "markdown" if markup == "markdown" else "html")
        entry.id = _text(one.get("identifier"))
        entry.category = one_line(_text(one.get("articleSection")) or _text(one.get("about")))
        entry.title = _text(one.get("headline"))
        entry.sources = cited or ([source] if source.startswith(("https://", "http://")) else [])
        base.entries.append(entry)


def _plain(text: object) -> str:
    """Return a question without tags and entities."""
    return one_line(unescape(_TAG.sub("", _text(text))))


def _markdown(answer: object) -> str:
    """Return the Markdown of an answer that dimchat has exported; "" where there is none."""
    for one in _list(answer.get("encoding") if isinstance(answer, dict) else None):
        if isinstance(one, dict) and one.get("encodingFormat") == MARKDOWN:
            return _text(one.get("text"))
    return ""


def _list(found: Any) -> list[Any]:  # noqa: ANN401 - what stands there
    return found if isinstance(found, list) else [] if found is None else [found]


def _text(found: object) -> str:
    if isinstance(found, dict):
        return _text(found.get("@value") or found.get("name"))
    return str(found) if isinstance(found, str | int) else ""
