"""A reply, and why it came, as plain text: no drawing, no colour, for pipes, logs and screen readers."""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dimchat.commonmark import Marks, Row, Table, rows_of
from dimchat.files.text import harmless
from dimchat.render.languages import words_for
from dimchat.render.markdown import read_as, sections
from dimchat.wording import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dimchat.commonmark import Run
    from dimchat.model import Category, Citation, Pack, Reply
    from dimchat.render.json_reply import Explained
    from dimchat.wording import Catalogue

WIDTH = 76
_MARKS = Marks(bullet="- ", quote="> ", indent="  ")
_GAP = "  "
"""Between the columns of a table."""


def to_plain(
    reply: Reply,
    pack: Pack,
    today: date | None = None,
    *,
    full: bool = True,
    cite: bool = True,
    numbered: bool = False,
    words: Catalogue | None = None,
) -> str:
    """Return the reply as lines of at most 76 columns: how it was read, each answer under its title, what is offered.

    Args:
        reply: What to print.
        pack: The answer set that the reply came from.
        today: With it, an answer whose review is overdue says so.
        full: False prints only the short form where there is one; True prints it first.
        cite: Whether the numbers of sources stand in the text, and the sources below it.
        numbered: Whether categories have numbers, for a face where these can be typed.
        words: What dimchat says of its own; None for the language of the pack.

    >>> from dimchat import open_assistant
    >>> assistant = open_assistant()
    >>> print(to_plain(assistant.ask("what is the CRA")[0], assistant.pack, full=False, cite=False).splitlines()[0])
    What is the CRA?
    """
    said = words_for(reply, pack, words)
    texts = [_under(title, plain_markdown(text, cite=cite)) for title, text in sections(reply, whole=full)]
    parts = [_under(read_as(reply, said), "\n\n".join(texts))]
    near = bool(reply.suggestions) and (reply.kind == "decline" or reply.unsure)
    if reply.options:
        parts.append(_rows([*(f"{one.number} {one.title}" for one in reply.options), f"0 {said('reply.none')}"]))
    elif near or reply.categories:
        rows = [f"{number} {one.title}" for number, one in enumerate(reply.suggestions, 1)]
        for number, category in enumerate(reply.categories, len(rows) + 1):
            rows.append(f"{number if numbered else '-'} {named(category)}")
        parts.append(_under(said("reply.unsure") if reply.unsure else "", _rows(rows)))
    notes: list[str] = []
    sources = reply.citations if cite else ()
    if sources:
        notes.append(f"{said('reply.sources')}:")
        notes += [_source(source_line(citation)) for citation in sources]
    if reply.review_by is not None and reply.expired(today):
        notes.append(_line(said("reply.overdue", date=reply.review_by.isoformat())))
    if reply.suggestions and not (reply.options or near):
        listed = "  ".join(f"{number} {item.title}" for number, item in enumerate(reply.suggestions, start=1))
        notes.append(_line(f"{said('reply.next')}: {listed}"))
    if notes:
        parts.append("\n".join(notes))
    return harmless("\n\n".join(part for part in parts if part) if sources else "\n".join(parts))


def named(category: Category) -> str:
    """Return a category with a few words about it."""
    return f"{category.title}: {category.about}" if category.about else category.title


def _under(head: str, text: str) -> str:
    return "\n".join(filter(None, (_line(head) if head else "", text)))


def _rows(rows: Iterable[str]) -> str:
    return "\n".join(_line(row, "  ") for row in rows)


def source_line(citation: Citation) -> str:
    """Return one entry of a list of sources: number, title, publisher, place in it, address."""
    named = ", ".join(part for part in (citation.title, citation.publisher, citation.locator) if part)
    return f"[{citation.number}] {named}." + (f" {citation.url}" if citation.url else "")


def _source(text: str) -> str:
    return _line(text, "  ", "      ")


def plain_markdown(text: str, *, cite: bool = True) -> str:
    """Return Markdown as lines without its marks: a link keeps its address, code and tables keep their lines.

    Args:
        text: The Markdown.
        cite: Whether the numbers of sources stay.
    """
    lines: list[str] = []
    for row in rows_of(text, _MARKS):
        lines += _table(row, cite=cite) if isinstance(row, Table) else _row(row, cite=cite)
    return "\n".join(lines)


def _row(row: Row, *, cite: bool) -> list[str]:
    if row.kind == "rule":
        return [f"{row.lead}---"]
    text = _said(row.runs, cite=cite)
    if row.kind == "code":
        return [f"{row.lead}{text}" if text else row.lead.rstrip()]
    wrapped = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=row.lead,
        subsequent_indent=row.rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return wrapped or [row.lead.rstrip()]


def _said(runs: Iterable[Run], *, cite: bool) -> str:
    """Return the characters of runs, each link with its address behind it."""
    text = ""
    for address, linked in groupby(runs, lambda run: run.address):
        said = ""
        for run in linked:
            if cite or run.cites is None:
                said += run.text
            else:  # the number goes, and the blank before it
                text, said = (text, said.rstrip()) if said else (text.rstrip(), said)
        text += said
        if address and address not in (said, f"mailto:{said}"):
            text += f" ({address})"
    return text


def _table(table: Table, *, cite: bool) -> list[str]:
    """Return the rows of a table in columns; where they are too wide, each row with its heads, one below the other."""
    cells = [[_said(cell, cite=cite).strip() for cell in row] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    leads = [table.lead, *[table.rest] * len(cells)]
    if len(leads[0]) + sum(widths) + len(_GAP) * (len(widths) - 1) <= WIDTH:
        rows = [cells[0], ["-" * width for width in widths], *cells[1:]]
        return [
            (lead + _GAP.join(_padded(row, widths, table.right))).rstrip()
            for lead, row in zip(leads, rows, strict=True)
        ]
    lines: list[str] = []
    for lead, row in zip(leads, cells[1:] or cells, strict=False):
        named = [
            f"{name}: {cell}" if name and cells[1:] else cell for name, cell in zip(cells[0], row, strict=True) if cell
        ]
        lines.append(_line("; ".join(named), lead, table.rest + _GAP))
    return lines


def _padded(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> list[str]:
    gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    return [gap + cell if at in right else cell + gap for at, (cell, gap) in enumerate(zip(row, gaps, strict=True))]


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "FW") for char in text)


def _line(text: str, indent: str = "", hanging: str | None = None) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=2 * indent if hanging is None else hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


def explanation_to_plain(explanation: Explained, pack: Pack | None = None, *, words: Catalogue | None = None) -> str:
    """Return the explanation as lines to read.

    Args:
        explanation: What `Assistant.explain` gave.
        pack: With it, ids come with their titles.
        words: What dimchat says of its own; None for the language of the pack.
    """
    said = words or catalogue_of(pack.language if pack else ENGLISH)
    data = explanation.to_dict()
    labels = said.below("reply.why")
    lines = [_labelled(labels["asked"], data["question"]), _labelled(labels["read"], data["normalised"])]
    lines += [_labelled(labels["words"], ", ".join(_word(word, said) for word in data["words"]))]
    for name in ("frames", "pronouns", "topics", "aspects", "slots"):
        lines += [_labelled(labels[name], ", ".join(data[name]))] if data[name] else []
    lines += [_labelled(labels["safety"], data["safety"])] if data["safety"] else []
    leans = [f"{name} {data['context'][name]}" for name in ("topic", "aspect", "reader") if data["context"].get(name)]
    leans += [f"{name} {', '.join(values)}" for name, values in data["context"]["slots"]]
    leaning = ", ".join(leans)
    lines.append(_labelled(labels["context"], leaning or said("reply.why_nothing")))
    for reading in data["readings"]:
        name = said("reply.why_won", reading=reading["name"]) if reading["won"] else reading["name"]
        lines += ["", f"{name}: {reading['text']} ({reading['why']})", f"  {reading['verdict']}"]
        lines += [_candidate(candidate, pack) for candidate in reading["candidates"]]
    lines += ["", _labelled(labels["bar"], said("reply.why_needs", floor=data["floor"], margin=data["margin"]))]
    lines.append(_labelled(labels["decision"], data["decision"]))
    outcome = ", ".join(data["intents"] or data["options"])
    lines.append(_labelled(labels["reply"], f"{data['kind']} {outcome}".rstrip()))
    lines += [_labelled(labels["rows"], "; ".join(data["rows"]))] if data["rows"] else []
    return harmless("\n".join(lines))


def _labelled(label: str, value: str) -> str:
    return f"{label:<9} {' '.join(value.split())}"


def _word(word: dict[str, Any], words: Catalogue) -> str:
    read = word["text"]
    if word["read_as"] != read:
        read = words("reply.why_word", word=read, read_as=word["read_as"])
    return f"{read} ({word['how']} {word['weight']:.2f})"


def _candidate(candidate: dict[str, Any], pack: Pack | None) -> str:
    known = pack.intent.get(candidate["intent"]) if pack else None
    title = f"  {known.title}" if known else ""
    line = f"  {candidate['confidence']:.2f} {candidate['margin']:+.2f}  {candidate['intent']}{title}"
    return f'{line}\n               "{candidate["phrase"]}"' if candidate["phrase"] else line
