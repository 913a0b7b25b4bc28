"""Markdown into lines of text: light enough for a conversation of hundreds of replies."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from textual.content import Content, Span
from textual.style import Style

from dimchat.tui.flow import BLANK, Line
from dimchat.tui.text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CITATION = re.compile(r"\[(\d{1,3})\]")
BULLET = "•"
STAR_IN_WORD = re.compile(r"(?<=\w)\*(?=\w)")
STAR = "\ue02a"
"""Stands for an asterisk inside a word while Markdown is read: two O*NETs in a paragraph are no emphasis."""
STYLES = {"strong": "bold", "em": "italic", "link": "underline", "s": "strike"}


@cache
def parser() -> MarkdownIt:
    """Return the parser; it takes a while to import, so the app asks for it while the pack loads."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    # Reference definitions are off: "[1]: ..." at the start of a line is a citation, not a link.
    return MarkdownIt("commonmark", {"html": False}).disable("reference").enable("table")


def lines_of(markdown: str) -> list[Line]:
    """Return Markdown as lines: paragraphs, headings, lists, quotes, code and tables; citations can be clicked."""
    return _Builder().build(parser().parse(STAR_IN_WORD.sub(STAR, visible(markdown, keep_lines=True))))


class _Builder:
    """Walks the tokens of one text and keeps where it stands in lists and quotes."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.leads: list[Content] = []
        self.fresh: Content | None = None
        self.counters: list[int | None] = []
        self.tight = False
        self.cells: list[Content] = []

    def build(self, tokens: list[Token]) -> list[Line]:
        for token in tokens:
            handler = getattr(self, f"on_{token.type}", None)
            if handler is not None:
                handler(token)
        return self.lines

    def put(self, body: Content) -> None:
        """Add one line at the present indent, with the bullet where an item begins."""
        lead = Content("").join(self.leads)
        if self.fresh is not None:
            lead = Content("").join([*self.leads[:-1], self.fresh])
            self.fresh = None
        self.lines.append(Line(body, lead))

    def space(self) -> None:
        """Keep one blank line between blocks, none between the items of a tight list."""
        if self.lines and self.lines[-1] != BLANK and not (self.counters and self.tight):
            self.lines.append(BLANK)

    def on_paragraph_open(self, token: Token) -> None:
        self.tight = token.hidden
        if self.fresh is None or not self.tight:
            self.space()

    def on_heading_open(self, _: Token) -> None:
        self.tight = False
        self.space()

    def on_heading_close(self, _: Token) -> None:
        last = self.lines.pop()
        self.lines.append(Line(last.body.stylize("bold"), last.lead))

    def on_inline(self, token: Token) -> None:
        content = inline(token)
        if self.in_cell:
            self.cells.append(content)
            return
        for part in content.split("\n", allow_blank=True):
            self.put(part)

    def on_bullet_list_open(self, _: Token) -> None:
        self._list_open(None)

    def on_ordered_list_open(self, token: Token) -> None:
        self._list_open(int(token.attrs.get("start", 1)))

    def _list_open(self, start: int | None) -> None:
        if not self.counters:
            self.tight = False
            self.space()
        self.counters.append(start)

    def on_list_item_open(self, _: Token) -> None:
        number = self.counters[-1]
        mark = f"{BULLET} "
        if number is not None:
            mark = f"{number}. "
            self.counters[-1] = number + 1
        self.fresh = Content(mark).stylize("$quiet")
        self.leads.append(Content(" " * len(mark)))

    def on_list_item_close(self, _: Token) -> None:
        self.leads.pop()
        self.fresh = None

    def _list_close(self, _: Token) -> None:
        self.counters.pop()
        self.tight = bool(self.counters)

    on_bullet_list_close = on_ordered_list_close = _list_close

    def on_blockquote_open(self, _: Token) -> None:
        self.space()
        self.leads.append(Content("│ ").stylize("$quiet"))

    def on_blockquote_close(self, _: Token) -> None:
        self.leads.pop()

    def on_fence(self, token: Token) -> None:
        self.space()
        for row in token.content.rstrip("\n").split("\n"):
            self.put(Content(row.replace(STAR, "*")))

    on_code_block = on_fence

    def on_hr(self, _: Token) -> None:
        self.space()

    in_cell = False

    def on_tr_open(self, _: Token) -> None:
        self.in_cell, self.cells = True, []

    def on_tr_close(self, _: Token) -> None:
        self.in_cell = False
        self.put(Content(" · ").join(self.cells))

    def on_table_open(self, _: Token) -> None:
        self.tight = False
        self.space()


def inline(token: Token) -> Content:
    """Return one run of inline tokens as content; line breaks that were asked for stay."""
    text = ""
    spans: list[Span] = []
    opened: list[tuple[int, str, str]] = []
    for child in token.children or ():
        name = child.type.removesuffix("_open").removesuffix("_close")
        if child.type.endswith("_open"):
            address = str(child.attrs.get("href", "")).replace(quote(STAR), "*") if name == "link" else ""
            opened.append((len(text), STYLES.get(name, ""), address))
        elif child.type.endswith("_close"):
            start, style, address = opened.pop()
            spans.append(Span(start, len(text), style))
            if address:
                spans.append(Span(start, len(text), Style.from_meta({"@click": f"app.open_url({address!r})"})))
        elif child.type == "softbreak":
            text += " "
        elif child.type == "hardbreak":
            text += "\n"
        elif child.type == "code_inline":
            spans.append(Span(len(text), len(text) + len(child.content), "bold"))
            text += child.content
        else:
            text += child.content
    for match in CITATION.finditer(text):
        spans.append(Span(*match.span(), "$accent"))
        spans.append(Span(*match.span(), Style.from_meta({"@click": f"cite({match[1]})"})))
    text = text.replace(STAR, "*")
    return Content(text, [span for span in spans if span.style and span.end > span.start])
