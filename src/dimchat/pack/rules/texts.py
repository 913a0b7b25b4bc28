"""Rules for texts that no face can show as they were meant."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from dimchat.commonmark import leaves_of
from dimchat.files.text import code_point
from dimchat.files.yaml import ListNode, MapNode, TextNode
from dimchat.files.yaml.read import unseen
from dimchat.pack.rules.references import cited_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.files.yaml import Node
    from dimchat.model import Place
    from dimchat.pack.draft import Draft
    from dimchat.pack.rules import Report

_ENTITY = re.compile(r"&#?\w+;")
_PLACEHOLDER = re.compile(
    r"""
    \{\{[^{}]*\}\}
    | \$?\{[A-Za-z]\w*\} | %\(\w+\)[sd]
    | \[\[[^\[\]]*\]\](?![(\[])                                        # no link, whose words may be in brackets
    | \[(?i:your|insert|enter|fill\sin|name\sof)\b[^\]]*\](?![(\[{])  # nor a mark
    | \[(?i:(?:\w+\s)?(?:name|date|phone|telephone|number|address|e-?mail|amount))\](?![(\[{])
    | \b(?:TODO|FIXME|TBD|XXX+|CHANGEME|PLACEHOLDER)\b
    | (?i:\blorem\s+ipsum\b)
    | _{3,}
    """,
    re.VERBOSE,
)


def check_entities(draft: Draft, report: Report) -> None:
    """Report every entity of HTML, which Markdown reads, that stands for a character that nobody sees."""
    for node in cited_texts(draft):
        for match in _ENTITY.finditer(node.text) if "&" in node.text else ():
            for _, character in unseen(unescape(match[0])):
                message = f"{match[0]} stands for an invisible character, {code_point(character)}; take it out"
                report.add("control-character", node.place_of(match[0], match.start()), message)


def check_shown(draft: Draft, report: Report) -> None:
    """Report images, HTML and placeholders that were never filled in."""
    for entry in draft.answers:
        for node in entry.texts:
            _shown(node, report, filled=draft.format > 1)
    for wordings in draft.wordings:
        for node in wordings.texts:
            _shown(node, report)
    for text, place in _others(draft):
        if found := _PLACEHOLDER.search(text):
            _placeholder(found[0], place, report)
    for text, place in _titles(draft):
        _title(text, place, report)


def _shown(node: TextNode, report: Report, *, filled: bool = False) -> None:
    """Report on a text of Markdown; where names in two braces are filled in, another rule looks at them."""
    if not ("<" in node.text or "![" in node.text or _PLACEHOLDER.search(node.text)):
        return  # most answers; a parser takes its time
    for kind, content in leaves_of(node.text):
        if kind == "image":
            message = f"an image; of it, faces show the description alone, {content!r}"
            report.add("image", node.place_of("![", node.text.find("![")), message)
        elif kind.startswith("html_"):
            first = content.strip().partition("\n")[0]
            _html(first, node.place_of(first, node.text.find(first)), report)
        elif kind == "text":
            for found in _PLACEHOLDER.finditer(content):
                if not (filled and found[0].startswith("{{")):
                    _placeholder(found[0], node.place_of(found[0], node.text.find(found[0])), report)


def _title(text: str, place: Place, report: Report) -> None:
    """Report what a text that a person reads, and that is no Markdown, shows as it is written."""
    for kind, content in leaves_of(text) if "<" in text or "![" in text else ():
        if kind == "image":
            report.add("image", place, f"an image, {content!r}, is shown as it is written: Markdown is for answers")
        elif kind.startswith("html_"):
            _html(content.strip(), place, report)


def _html(found: str, place: Place, report: Report) -> None:
    message = f"{found!r} is shown as it is written: HTML is not read, and a placeholder is to be filled in"
    report.add("raw-html", place, message)


def _placeholder(found: str, place: Place, report: Report) -> None:
    report.add("placeholder", place, f"{found!r} is a placeholder that nobody filled in")


def _others(draft: Draft) -> Iterator[tuple[str, Place]]:
    """Yield the texts that are no Markdown, each with its place."""
    yield from _titles(draft)
    for entry in draft.intents:
        yield from ((node.text, node.place) for node in _texts(entry.node) if node.text != entry.intent.title)
    for group in draft.outside:
        yield from ((phrase.text, phrase.place) for phrase in group.phrases)


def _titles(draft: Draft) -> Iterator[tuple[str, Place]]:
    """Yield those of them that a person reads, and nobody types."""
    for root in (draft.head, *(entry.node.get("title") for entry in draft.intents)):
        if root is not None:
            yield from ((node.text, node.place) for node in _texts(root))
    for source in draft.sources:
        yield " ".join(filter(None, (source.title, source.publisher, source.url, source.note))), source.place
    for group in draft.outside:
        yield group.title, group.place
    for topic in draft.vocabulary.topics:
        yield " ".join(topic.names), topic.place
    for aspect in draft.vocabulary.aspects:
        yield aspect.title, aspect.place


def _texts(node: Node) -> Iterator[TextNode]:
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, MapNode):
        for _, value in node.entries.values():
            yield from _texts(value)
