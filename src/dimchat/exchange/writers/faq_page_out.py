"""schema.org's FAQPage as JSON-LD: answers as HTML for search engines, and beside that as the Markdown that they are.

The Markdown is an `encoding` of the answer: a MediaObject whose `encodingFormat` is `text/markdown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.commonmark import parser
from dimchat.exchange.naming import title_of
from dimchat.exchange.readers.faq_page import MARKDOWN
from dimchat.files.json_text import dumps
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.exchange.knowledge import Entry, KnowledgeBase


def to_page(base: KnowledgeBase) -> dict[str, bytes]:
    """Return the JSON-LD of a pack."""
    entries = []
    for entry in base.entries:
        if entry.role == "answer":
            entries.append(entry)
            if entry.prompts:
                base.lose(entry.key, wording.COUNTED.format(what=wording.FOLLOW_UPS, count=len(entry.prompts)))
            if entry.metadata:
                base.lose(entry.key, wording.COUNTED.format(what=wording.METADATA, count=len(entry.metadata)))
        else:
            base.lose(entry.key, wording.OUTSIDE_OUT if entry.role == "outside" else wording.TALK_OUT)
    if base.synonyms:
        base.lose(base.file, wording.COUNTED.format(what=wording.SYNONYMS, count=len(base.synonyms)))
    return {f"{base.file}.jsonld": f"{dumps(page_of(entries, base.title, base.language), indent=1)}\n".encode()}


def page_of(entries: Iterable[Entry], title: str, language: str, address: str = "") -> dict[str, Any]:
    """Return a FAQPage.

    Args:
        entries: Its questions.
        title: Its name.
        language: Its language, as a BCP 47 tag.
        address: Of the page that it stands in, relative; "" where it stands alone.
    """
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": title,
        "inLanguage": language,
        "mainEntity": [_question(entry, address) for entry in entries],
    }


def _question(entry: Entry, address: str) -> dict[str, Any]:
    first, *others = entry.questions or [entry.title]
    made: dict[str, Any] = {"@type": "Question", "@id": f"{address}#{entry.id}", "identifier": entry.id, "name": first}
    if entry.title and entry.title != title_of(first):
        made["headline"] = entry.title
    if others:
        made["alternateName"] = others
    if entry.category:
        made["about"] = {"@type": "Thing", "name": entry.category}
    if entry.sources:
        made["citation"] = list(entry.sources)
    answers = [_answer(text, html=entry.markup == "html") for text in entry.answers]
    made["acceptedAnswer"] = answers[0]
    if answers[1:]:
        made["suggestedAnswer"] = answers[1:]
    return made


def _answer(text: str, *, html: bool) -> dict[str, Any]:
    if html:
        return {"@type": "Answer", "text": text}
    encoding = {"@type": "MediaObject", "encodingFormat": MARKDOWN, "text": text}
    return {"@type": "Answer", "text": parser().render(text).strip(), "encoding": encoding}
