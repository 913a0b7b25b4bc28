"""The answer of a row as the short form and the text of an answer, cited, with nothing of it left out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dimchat.pack.citations import bare
from dimchat.pack.report import suggest
from dimchat.regress.scaffold.sentence import first_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_AS_IT_IS = frozenset({"fence", "code_block", "table_open", "heading_open", "hr", "html_block"})
"""Blocks of Markdown in which a citation at the end would say something else."""


def escaped(text: str, sources: Collection[str]) -> str:
    r"""Return a text in which nothing is a citation: `\@` is what it was, and cites nothing.

    Args:
        text: As it stands in the table.
        sources: The ids of the sources of the pack.
    """
    text = text.replace("[@", "[\\@")
    names = [(at, name) for at, name in bare(text) if name in sources or suggest(name, sources)]
    for at, _ in reversed(names):
        text = f"{text[:at]}\\{text[at:]}"
    return text


def short_of(text: str) -> str:
    """Return the first sentence of the first paragraph, list item or heading; else what comes first in one line."""
    table = False
    for token in _parser().parse(text):
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
    kept = set(_kept(_parser().parse(text)))
    cited = False
    for at, line in enumerate(lines):
        last = at + 1 == len(lines) or not lines[at + 1].strip() or at + 1 in kept
        if line.strip() and last and at not in kept:
            lines[at] = f"{line.rstrip()} {citation}"
            cited = True
    return "\n".join(lines if cited else [*lines, "", citation])


def _kept(tokens: list[Token]) -> Iterator[int]:
    """Yield the numbers of the lines to which nothing is added."""
    for token in tokens:
        if token.map and token.type in _AS_IT_IS:
            yield from range(*token.map)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to import, and only a table needs it

    return MarkdownIt("commonmark", {"html": False}).disable("reference").enable("table")
