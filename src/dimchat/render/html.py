"""The Markdown of answers as HTML: nothing in it runs, and nothing is styled in place."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Literal

from dimchat.commonmark import CITATION, parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

Links = Literal["here", "apart", "read"]
_LOWEST = 6
_ALIGNED = re.compile(r"text-align:(\w+)")


def to_html(markdown: str, *, lowered: int = 1, cite: Callable[[int], str] | None = None, links: Links = "here") -> str:
    """Return Markdown as HTML; HTML in it is text, and no address runs a script.

    Args:
        markdown: The text of an answer.
        lowered: By how many levels its headings stand below those of the page.
        cite: Returns the HTML of the number of a source; None leaves the numbers text.
        links: Where they open: here, in a window apart, or not at all, when the address is read behind its words.
    """
    made = parser()
    tokens = made.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + lowered, _LOWEST)}"
        elif token.type in ("th_open", "td_open") and (aligned := _ALIGNED.match(str(token.attrs.pop("style", "")))):
            token.attrs["class"] = aligned[1]
        elif token.type == "inline":
            token.children = list(_inline(token.children or [], cite, links))
    html: str = made.renderer.render(tokens, made.options, {})
    return html


def _inline(children: list[Token], cite: Callable[[int], str] | None, links: Links) -> Iterator[Token]:
    """Yield what stands in one block: the numbers of sources apart, links as they are wanted."""
    address = ""
    for child in children:
        if child.type == "text":
            yield from _cited(child, cite)
        elif child.type == "text_special":  # was escaped: it has no renderer of its own
            yield _made(child, "text", child.content)
        elif child.type == "link_open" and links == "read":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close" and links == "read":
            yield _made(child, "html_inline", f' <span class="address">{escape(address)}</span>')
        else:
            if child.type == "link_open" and links == "apart":
                child.attrs.update(target="_blank", rel="noopener noreferrer")
            yield child


def _cited(text: Token, cite: Callable[[int], str] | None) -> Iterator[Token]:
    done = 0
    for match in CITATION.finditer(text.content) if cite is not None else ():
        yield _made(text, "text", text.content[done : match.start()])
        yield _made(text, "html_inline", cite(int(match[1])) if cite is not None else "")
        done = match.end()
    yield _made(text, "text", text.content[done:])


def _made(like: Token, kind: str, content: str) -> Token:
    """Return a token of a kind; the library's class is that of a token that is there."""
    return type(like)(kind, "", 0, content=content)
