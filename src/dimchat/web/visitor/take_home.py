"""An answer to take home: QR codes that hold its own words and its sources, and one of the address it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import segno
from markupsafe import Markup
from segno import DataOverflowError

from dimchat.apps.base.offered import body_of, cited
from dimchat.commonmark import Marks, Table, rows_of
from dimchat.language.sentences import first_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.commonmark import Run
    from dimchat.model import Citation, Reply
    from dimchat.wording import Catalogue

LARGEST: Final = 20
"""The version of the largest code that a telephone's camera reads from a screen, at level M: 97 modules a side."""
MOST: Final = 2
"""Codes that an answer may take."""
QUIET: Final = 4
"""Modules of light around a code, as ISO/IEC 18004 asks for."""
_MARKS = Marks(bullet="- ", quote="")


class Code(NamedTuple):
    """One code, and what stands below it."""

    caption: str
    text: str
    """What a camera reads; empty where there is no code."""
    image: Markup
    address: str = ""
    """What stands below it to be noted."""


def codes_of(reply: Reply, title: str, words: Catalogue, *, whole: bool) -> list[Code]:
    """Return the codes of an answer: first that of a source's address, then those of its words, if they fit.

    Args:
        reply: An answer.
        title: What it answers.
        words: What dimchat says of its own.
        whole: Whether the whole text is shown; the short form is taken where that is too long.
    """
    source = next((one for one in reply.citations if one.url and image_of(one.url)), None)
    found = [code_of(source, words)._replace(address="")] if source is not None else []
    for wanted in (True, False) if whole else (False,):
        texts = parted(pieces(reply, title, words, whole=wanted))
        images = [image_of(text) for text in texts]
        if texts and all(images):
            caption = "page.code_answer" if len(texts) == 1 else "page.code_part"
            return found + [
                Code(words(caption, place=number, of=len(texts)), text, image or Markup())
                for number, (text, image) in enumerate(zip(texts, images, strict=True), 1)
            ]
    return found


def code_of(source: Citation, words: Catalogue) -> Code:
    """Return the address of a source as a code and to be noted, and where there is none, what says so."""
    url = source.url
    image = image_of(url) if url else None
    if url is None or image is None:
        return Code(words("stand.source_note_only" if url else "stand.source_no_address"), "", Markup(), url or "")
    return Code(words("page.code_source", number=source.number, title=source.title), url, image, url)


def pieces(reply: Reply, title: str, words: Catalogue, *, whole: bool) -> list[str]:
    """Return what is told of an answer, in pieces that stay in one code: title, sentences, sources."""
    lines = plain_lines(body_of(reply, whole=whole))
    told = [sentence for line in lines for sentence in sentences(line)]
    sources = [_source(one, words) for one in cited(reply, whole=whole)]
    return [title, *told, *sources]


def plain_lines(markdown: str, *, cite: bool = True) -> list[str]:
    """Return Markdown as lines without marks, each as long as it is; a row of a table has its cells one by one.

    Args:
        markdown: The text.
        cite: Whether the numbers of sources stay.
    """

    def said(runs: Iterable[Run]) -> str:
        text = ""
        for run in runs:
            text = text.rstrip() if run.cites is not None and not cite else text + run.text
        return text

    lines = []
    for row in rows_of(markdown, _MARKS):
        if isinstance(row, Table):
            lines += ["; ".join(said(cell) for cell in cells) + "." for cells in row.rows[1:] or row.rows]
        elif row.kind not in ("blank", "rule"):
            lines.append(row.lead + said(row.runs))
    return lines


def sentences(line: str) -> Iterator[str]:
    """Yield the sentences of a line."""
    rest = line.strip()
    while rest:
        first = first_sentence(rest)
        yield first
        rest = rest[len(first) :].strip()


def parted(told: Sequence[str]) -> list[str]:
    """Return pieces as the text of one code, or of two, marked 1/2 and 2/2; empty where they do not fit."""
    text = "\n".join(told)
    if fits(text):
        return [text]
    taken = len(told)
    while taken and not fits(first := "\n".join([_place(1), *told[:taken]])):
        taken -= 1
    second = "\n".join([_place(MOST), *told[taken:]])
    return [first, second] if taken and fits(second) else []


def fits(text: str) -> bool:
    """Return whether a text fits into a code that a telephone reads from a screen."""
    try:
        return int(_made(text).version) <= LARGEST
    except DataOverflowError:
        return False


def image_of(text: str) -> Markup | None:
    """Return a code as an image in a page, dark on light in every theme; None where the text is too long for one."""
    if not fits(text):
        return None
    return Markup(_made(text).svg_inline(dark="#000", light="#fff", border=QUIET, omitsize=True, svgclass=None))  # noqa: S704 - of squares


def _made(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False)


def _place(number: int) -> str:
    return f"{number}/{MOST}"


def _source(citation: Citation, words: Catalogue) -> str:
    told = ", ".join(part for part in (citation.title, citation.publisher, citation.locator) if part)
    return words("page.code_from", number=citation.number, told=told)
