"""The answer of a row as the short form and the text of an answer, cited, with nothing of it left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.commonmark import parser
from dimchat.files.text import suggest
from dimchat.language.citations import bare
from dimchat.language.sentences import first_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from markdown_it.token import Token


def escaped(text: str, sources: Collection[str]) -> str:
    r"""Return a text in which nothing is a citation of one of the sources: `\@` is what it was, and cites nothing."""
    text = text.replace("[@", "[\\@")
    names = [(at, name) for at, name in bare(text) if name in sources or suggest(name, sources)]
    for at, _ in reversed(names):
        text = f"{text[:at]}\\{text[at:]}"
    return text


def short_of(text: str) -> str:
    """Return the first sentence of the first paragraph, list item or heading; else what comes first in one line."""
    table = False
    for token in parser().parse(text):
        table = token.type == "table_open" or (table and token.type != "table_close")
        plain = " ".join(token.content.split()) if token.type == "inline" and not table else ""
        if plain:
            return first_sentence(plain)
    lines = [line.strip() for line in text.split("\n")]
    return next((line for line in lines if any(c.isalnum() for c in line)), " ".join(text.split()))


def cited_paragraphs(text: str, citation: str) -> str:
    """Return a text with a citation behind each paragraph and list.

    Code, tables, headings and rules stay as they are; where there is nothing else, the citation stands below.
    """
    lines = text.split("\n")
    fitting = set(_in_paragraphs(parser().parse(text)))
    cited = False
    for at in fitting:
        following = at + 1
        if following == len(lines) or not lines[following].strip() or following not in fitting:
            lines[at] = f"{lines[at].rstrip()} {citation}"
            cited = True
    return "\n".join(lines if cited else [*lines, "", citation])


def _in_paragraphs(tokens: list[Token]) -> Iterator[int]:
    """Yield the numbers of the lines that end a paragraph, also one of a list or a quote, or stand within it."""
    for token in tokens:
        if token.map and token.type == "paragraph_open":
            yield from range(*token.map)
