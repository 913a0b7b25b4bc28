r"""Answers of other programs as the Markdown of a pack, and back.

What a pack would read as its own (a citation, a reference in two braces, a mark) is escaped; what no pack can hold
(tabs, other line ends, characters that nobody sees) becomes what looks the same; a picture becomes a link to it.

>>> from_pack(to_pack("Mail me@here.org, not [@me], {{name}} or [this]{.x}"))
'Mail me@here.org, not [@me], {{name}} or [this]{.x}'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.commonmark import parser
from dimchat.extras import load
from dimchat.files.text import without_invisible

if TYPE_CHECKING:
    from collections.abc import Callable

_TAB = 4
"""The columns from one tab stop to the next, in an answer that is indented with tabs."""
_BREAK = re.compile(r"(?<=\S) {2,}$(?=\n.*\S)", re.MULTILINE)
"""Blanks at the end of a line, which break it there."""
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table"
    r"|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_INLINE = (
    (re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?(?=.*\S)", re.IGNORECASE), r"\\\n"),
    (re.compile(r"<(b|strong)>\s*(\S(?:[^<>]*\S)?)\s*</\1>", re.IGNORECASE), r"**\2**"),
    (re.compile(r"<(i|em)>\s*(\S(?:[^<>]*\S)?)\s*</\1>", re.IGNORECASE), r"*\2*"),
    (re.compile(r"<code>([^<>`]+)</code>", re.IGNORECASE), r"`\1`"),
    (re.compile(r"<a\s[^<>]*?href=[\"']([^\"'<>\s]+)[\"'][^<>]*>([^<>]+)</a>", re.IGNORECASE), r"[\2](\1)"),
    (re.compile(r"</?(?:br|font|small|span|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
)
"""Tags within a line of Markdown, and what stands for them."""
_NESTED = ("li", "p", "tr", "td", "th", "dt", "dd")
"""What ends where the next of its kind begins, whether that is said or not."""
_ENTITY = re.compile(r"&(?:nbsp|#160|#xA0);", re.IGNORECASE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!(\[(?:[^\[\]\\]|\\.)*\]\((?:[^()\s]|\([^()\s]*\))+(?:\s+\"[^\"]*\")?\))")
_ESCAPED = (
    (re.compile(r"\[@"), r"[\\@", re.compile(r"\[\\@"), "[@"),
    (re.compile(r"\{(?=\{[^{}\n]*\}\})"), r"{\\", re.compile(r"\{\\(?=\{[^{}\n]*\}\})"), "{"),
    (re.compile(r"\{(?=\.[^{}\n]*\})"), r"{\\", re.compile(r"\{\\(?=\.[^{}\n]*\})"), "{"),
)
"""Pairs of what a pack would read as its own with what stands for it, and the way back."""


def to_pack(answer: str, *, html: bool = False) -> str:
    """Return an answer as a pack holds it.

    Args:
        answer: As it stands in the file.
        html: Whether it is HTML; in Markdown, HTML is read as well where it has tags that are known.

    Raises:
        UsageError: It has HTML, and the library that reads it is not installed.
    """
    text = "\n".join(answer.splitlines()).expandtabs(_TAB)
    if html:
        text = _read_html(text)
    elif has_html(text):
        text = _without_html(text)
    text = _ENTITY.sub(" ", _seen(text))
    text = _outside_code(text, lambda part: _BREAK.sub(r"\\", _IMAGE.sub(r"\1", part)))
    for pattern, stand_in, _, _ in _ESCAPED:
        text = pattern.sub(stand_in, text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def from_pack(text: str) -> str:
    """Return the text of a pack, citations left out before, as other programs read Markdown."""
    for _, _, pattern, was in _ESCAPED:
        text = pattern.sub(was, text)
    return text


def images(text: str) -> int:
    """Return how many pictures a text shows in Markdown or in HTML."""
    plain = _CODE.sub("", text)
    return len(_IMAGE.findall(plain)) + len(re.findall(r"<img\b", plain, re.IGNORECASE))


def has_html(text: str) -> bool:
    """Return whether a text in Markdown has tags of HTML outside its code."""
    return bool(_TAG.search(_CODE.sub("", text)))


def one_line(text: str) -> str:
    """Return a question or a title on one line, without what nobody sees."""
    return " ".join(_seen(text).split())


def _seen(text: str) -> str:
    """Return a text without the characters that nobody sees; what is needed beside one of them may need it no more."""
    while (less := without_invisible(text)) != text:
        text = less
    return text


def _read_html(text: str) -> str:
    """Return HTML as Markdown: lists, tables, code, links, headings and emphasis."""
    soup = load("bs4").BeautifulSoup(text, "html.parser")
    for tag in soup.find_all(_NESTED):
        if tag.parent is not None and tag.parent.name == tag.name:
            tag.parent.insert_after(tag)
    for tag in soup.find_all(("td", "th")):
        for piece in tag.find_all(string=lambda text: "|" in text):
            piece.replace_with(piece.replace("|", "\\|"))
    for tag in soup.find_all("img"):
        tag.replace_with(f"[{tag.get('alt') or tag.get('src') or ''}]({tag.get('src') or ''})")
    made: str = (
        load("markdownify")
        .MarkdownConverter(
            heading_style="ATX", bullets="-", newline_style="backslash", escape_underscores=False, code_language=""
        )
        .convert_soup(soup)
    )
    return re.sub(r"\n{3,}", "\n\n", made).strip()


def _without_html(text: str) -> str:
    """Return Markdown with HTML in it as Markdown alone: block by block, so that the rest keeps its lines."""
    lines = text.split("\n")
    for token in reversed(parser(html=True).parse(text)):
        if token.type == "html_block" and token.level == 0 and token.map:
            start, end = token.map
            lines[start:end] = [*_read_html("\n".join(lines[start:end])).split("\n"), ""]

    def plain(part: str) -> str:
        for pattern, instead in _INLINE:
            part = pattern.sub(instead, part)
        return part

    return _outside_code("\n".join(lines).strip("\n"), plain)


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    parts, at = [], 0
    for code in _CODE.finditer(text):
        parts += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, change(text[at:])])
