"""The Markdown of answers, read once for every face: which words, in what style, on which lines.

The screen and the plain text are drawn from the same rows, so that neither says what the other does not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CITATION = re.compile(r"\[(\d{1,3})\]")
BREAK = re.compile(r"\n(?:[^\S\n]*\n)+")
"""What parts two paragraphs; the indent of the second stays, since it may be code."""
_NUMBER = re.compile(r"\[\d{1,3}\]:")
_STAR_IN_WORD = re.compile(r"(?<=\w)\*(?=\w)")


class Run(NamedTuple):
    """Some characters of one style."""

    text: str
    styles: tuple[str, ...] = ()
    """Of `strong`, `em`, `link` and `code`."""
    address: str = ""
    """Where a link leads."""
    cites: int | None = None
    """The source that these characters are the number of."""


class Row(NamedTuple):
    """A line as it was written; a face wraps it."""

    kind: str
    """`text`, `heading`, `code`, `rule` or `blank`."""
    runs: tuple[Run, ...]
    lead: str
    """What stands before it: indents, the mark of an item, the bars of quotes."""
    rest: str
    """What stands before the further rows that it wraps into."""

    @property
    def text(self) -> str:
        """Return its characters."""
        return "".join(run.text for run in self.runs)


class Table(NamedTuple):
    """A table; each of its rows has as many cells as its head."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    """The head first."""
    right: frozenset[int]
    """The columns that are set to the right."""
    lead: str
    rest: str


class Marks(NamedTuple):
    """The marks that a face puts before the lines of lists and quotes."""

    bullet: str
    quote: str
    indent: str = ""
    """Before each item of an outermost list."""


@cache
def parser(*, html: bool = False) -> MarkdownIt:
    """Return the one parser of answers; a first call imports it, which takes as long as answering does.

    Args:
        html: Whether HTML is told apart; otherwise it is text like any other, as each face shows it.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see above

    made = MarkdownIt("commonmark", {"html": html}).enable("table")
    # Escaped brackets are no citation: what was escaped stays a token of its own.
    made.disable("text_join")
    made.block.ruler.at("reference", _reference)
    made.inline.ruler.before("emphasis", "star_in_word", _star_in_word)
    return made


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Read `[label]: address`; with a number for a label it is a citation that a sentence begins with."""
    from markdown_it.rules_block import reference  # noqa: PLC0415 - the parser has imported it

    if _NUMBER.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return reference(state, start, end, silent)


def _star_in_word(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Read one asterisk inside a word as itself: two O*NETs in a paragraph are no emphasis, nor is 2*3*4."""
    if not _STAR_IN_WORD.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def leaves_of(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text with their kind: `text`, `code_inline`, `fence`, `html_inline`, `image` and so on.

    HTML is told apart here, as it is not where a text is shown.
    """
    for token in parser(html=True).parse(markdown):
        if token.type != "inline":
            yield token.type, token.content
            continue
        children = token.children or []
        yield "text", "".join(child.content for child in children if child.type in ("text", "text_special"))
        yield from ((child.type, child.content) for child in children if not child.type.startswith("text"))


def rows_of(markdown: str, marks: Marks) -> list[Row | Table]:
    """Return a text in rows: paragraphs, headings, lists, quotes, code and tables, with blank rows between them.

    Args:
        markdown: The text.
        marks: How the face marks lists and quotes.
    """
    return _Walk(marks).over(parser().parse(markdown))


class _Lead:
    """The prefix of the lines of a list item or a quote."""

    def __init__(self, first: str, rest: str) -> None:
        self.first, self.rest = first, rest
        self.fresh = True


class _Walk:
    """Goes through the tokens of one text and keeps where it stands in lists and quotes."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._rows: list[Row | Table] = []
        self._leads: list[_Lead] = []
        self._counters: list[int | None] = []
        self._tight = False
        self._kind = "text"
        self._cells: list[list[tuple[Run, ...]]] = []
        self._right: set[int] = set()
        self._in_table = False

    def over(self, tokens: Iterable[Token]) -> list[Row | Table]:
        for token in tokens:
            handler = getattr(self, f"on_{token.type}", None)
            if handler is not None:
                handler(token)
        return self._rows

    def _before(self) -> tuple[str, str]:
        """Return what stands before a row that comes now, and before those that it wraps into."""
        first = "".join(lead.first if lead.fresh else lead.rest for lead in self._leads)
        for lead in self._leads:
            lead.fresh = False
        return first, "".join(lead.rest for lead in self._leads)

    def _put(self, kind: str, runs: Sequence[Run]) -> None:
        self._rows.append(Row(kind, tuple(runs), *self._before()))

    def _space(self) -> None:
        """Keep one blank row between blocks, none between the items of a tight list."""
        last = self._rows[-1] if self._rows else None
        blank = isinstance(last, Row) and last.kind == "blank"
        if last is not None and not blank and not (self._tight and self._counters):
            lead = "".join(lead.rest for lead in self._leads if not lead.fresh).rstrip()
            self._rows.append(Row("blank", (), lead, lead))

    def on_paragraph_open(self, token: Token) -> None:
        self._tight = token.hidden
        if not token.hidden:
            self._space()

    def on_heading_open(self, _: Token) -> None:
        self._tight, self._kind = False, "heading"
        self._space()

    def on_heading_close(self, _: Token) -> None:
        self._kind = "text"

    def on_inline(self, token: Token) -> None:
        if self._in_table:
            self._cells[-1].append(next(lines_of(token)))
            return
        for line in lines_of(token):
            self._put(self._kind, line)

    def on_bullet_list_open(self, _: Token) -> None:
        self._list_open(None)

    def on_ordered_list_open(self, token: Token) -> None:
        self._list_open(int(token.attrs.get("start", 1)))

    def _list_open(self, start: int | None) -> None:
        if not self._counters:
            self._tight = False
            self._space()
        self._counters.append(start)

    def on_list_item_open(self, token: Token) -> None:
        number = self._counters[-1]
        mark = self._marks.bullet if number is None else f"{number}{token.markup} "
        if number is not None:
            self._counters[-1] = number + 1
        indent = self._marks.indent if len(self._counters) == 1 else ""
        self._leads.append(_Lead(indent + mark, " " * len(indent + mark)))

    def on_list_item_close(self, _: Token) -> None:
        if self._leads[-1].fresh:
            self._put("text", ())
        self._leads.pop()

    def _list_close(self, _: Token) -> None:
        self._counters.pop()
        self._tight = bool(self._counters)

    on_bullet_list_close = on_ordered_list_close = _list_close

    def on_blockquote_open(self, _: Token) -> None:
        self._space()
        self._leads.append(_Lead(self._marks.quote, self._marks.quote))

    def on_blockquote_close(self, _: Token) -> None:
        self._leads.pop()

    def on_fence(self, token: Token) -> None:
        self._space()
        for line in token.content.removesuffix("\n").split("\n"):
            self._put("code", [Run(line, ("code",))])

    on_code_block = on_fence

    def on_hr(self, _: Token) -> None:
        self._space()
        self._put("rule", ())

    def on_table_open(self, _: Token) -> None:
        self._tight = False
        self._space()
        self._in_table, self._cells, self._right = True, [], set()

    def on_tr_open(self, _: Token) -> None:
        self._cells.append([])

    def on_th_open(self, token: Token) -> None:
        if "right" in str(token.attrs.get("style", "")):
            self._right.add(len(self._cells[-1]))

    def on_table_close(self, _: Token) -> None:
        self._in_table = False
        self._rows.append(Table(tuple(map(tuple, self._cells)), frozenset(self._right), *self._before()))


def lines_of(token: Token) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of one inline token, a tuple for each line that it was asked to break into."""
    line: list[Run] = []
    styles: list[str] = []
    address = ""
    for child in token.children or ():
        name = child.type.removesuffix("_open").removesuffix("_close")
        if child.type.endswith("_open"):
            styles.append(name)
            address = str(child.attrs.get("href", "")) if name == "link" else address
        elif child.type.endswith("_close"):
            styles.remove(name)
            address = "" if name == "link" else address
        elif child.type == "hardbreak":
            yield tuple(line)
            line = []
        elif child.type == "softbreak":
            line.append(Run(" ", tuple(styles), address))
        elif child.type == "image":
            line += [run for part in lines_of(child) for run in part]
        elif child.type == "code_inline":
            line.append(Run(child.content, (*styles, "code"), address))
        elif child.type == "text":
            line += _cited(child.content, tuple(styles), address)
        else:
            line.append(Run(child.content, tuple(styles), address))
    yield tuple(line)


def _cited(text: str, styles: tuple[str, ...], address: str) -> Iterator[Run]:
    """Yield a text in runs, the numbers of its sources apart."""
    done = 0
    for match in CITATION.finditer(text):
        if match.start() > done:
            yield Run(text[done : match.start()], styles, address)
        yield Run(match[0], styles, address, int(match[1]))
        done = match.end()
    if done < len(text):
        yield Run(text[done:], styles, address)
