"""Finding the first sentence of a text; where its end is unsure, the whole text is taken.

A full stop ends a sentence, an abbreviation, an initial, a list number or none of these; a cut in the wrong place makes
a short answer that says something else, a missing one makes it long. So whatever is unsure is not cut.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LONGEST = 1000
"""Nothing beyond so many characters is looked at: what has no end by then is no short answer."""
_STOPS = re.compile(
    r"(?P<latin>[.!?\u2026]+)|(?P<wide>[\u3002\uff01\uff1f\uff61]+)"
    # Arabic, Urdu, Devanagari, Armenian, Ethiopic, Burmese, Khmer, Tibetan: no abbreviation is written with these.
    r"|(?P<other>[\u061f\u06d4\u0964\u0965\u0589\u1362\u1367\u104b\u17d4\u0f0d\u0f0e]+)"
)
_CLOSING = "\"'\u2019\u201d\u00bb\u203a)]}*_`~\u300d\u300f\uff09\u3011\u3015\u300b\u3009"
_OPENING = "\"'\u2018\u201c\u201e\u00ab\u2039([{*_`~\u00bf\u00a1\u300c\u300e\uff08\u3010\u3014\u300a\u3008"
_PAIRS = ("()", "[]", "{}", "\u201c\u201d", "\u00ab\u00bb", "\u300c\u300d", "\u300e\u300f", "\uff08\uff09")
_TWINS = ('"', "`", "**", "__", "~~")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_VOWEL = re.compile("[aeiouy]")

_NEVER_LAST = _set(
    "eg ie cf vs viz approx ca incl excl esp resp attn aka bzw ggf evtl mr mrs ms mx dr prof rev hon messrs mme mlle "
    "sra srta sig dott capt cmdr sgt lt col gov sen supt"
)
"""After these something always follows in the same sentence."""
_BEFORE_NUMBER = _set("no nos nr num p pp fig figs vol vols ch sec sect art para eq ref tel ext v pg pag")
"""Words of their own unless a number follows."""
_BEFORE_NAME = _set("gen rep pres adm maj fr mt st ste jan feb mar apr aug sept oct nov dec mon tue wed fri")
"""Words of their own, or none, unless they begin with a capital letter."""
_MAYBE_LAST = _set(
    "etc usw inc ltd co corp llc plc gmbh bros assn dept univ jr sr ave blvd rd st ln hwy pkwy sq apt bldg str "
    "lb lbs oz ft yd mi gal hr hrs min mins sec secs yr yrs mo wk ud uds thu thur thurs tues sept est max temp avg "
    "misc govt intl natl mgr asst al"
)
"""These may end a sentence as well."""
_UNITS = _set("mm cm km kg mg ml cl dl kb mb gb tb hz khz mhz ghz kwh kw mw")
"""Without a vowel, and written without a full stop."""
_STARTERS = _set(
    "the this that these those it its if you your we our they their there then when where while what how please at on "
    "in for from after before all an and but or as with bring ask call see he she his her"
)
"""With a capital letter these begin a sentence; in the middle of one they have none."""


def first_sentence(text: str) -> str:
    """Return the first sentence of a text of one line, the whole text where no end of it is sure.

    Args:
        text: Plain text or one paragraph of Markdown.

    >>> first_sentence("Ask Dr. Osei at 5 p.m. on weekdays. She is there.")
    'Ask Dr. Osei at 5 p.m. on weekdays.'
    """
    head = text[:_LONGEST]
    end = _end_of_first(head)
    return text if end == len(head) else head[:end]


def _end_of_first(text: str) -> int:
    for stop in _STOPS.finditer(text):
        end = stop.end()
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        rest = text[end:].lstrip()
        if not rest:
            break
        if not (text[end].isspace() or stop["wide"]):
            continue
        if stop["latin"] and not (_begins(rest) and _ends(text, stop.start(), stop[0], rest)):
            continue
        if not any(_open(text, end)):
            return end
    return len(text)


def _begins(rest: str) -> bool:
    """Return whether a sentence may begin so: not with a small letter, nor with a sign that goes on."""
    first = rest.lstrip(_OPENING)[:1]
    return bool(first) and not first.islower() and not unicodedata.category(first).startswith("P")


def _ends(text: str, at: int, stop: str, rest: str) -> bool:
    """Return whether Latin stops end the sentence that is before them."""
    if stop.endswith(("..", "\N{HORIZONTAL ELLIPSIS}")):
        return False
    if stop != ".":
        return True
    before = text[:at].split()
    word = before[-1].lstrip(_OPENING) if before else ""
    if not any(c.isalnum() for c in word):
        return not word or word[-1] in _CLOSING
    following = next(iter(rest.lstrip(_OPENING).split()), "")
    if _counts(word, before, text):
        return False
    kind = _abbreviates(word, following)
    return kind is None or (kind == "maybe" and _surely_begins(following))


def _surely_begins(following: str) -> bool:
    return following[:1].isupper() and following.rstrip(",:;").lower() in _STARTERS


def _counts(word: str, before: list[str], text: str) -> bool:
    """Return whether a number or a letter before a full stop is that of a list: "1. Go to the desk. 2. Ask."."""
    if len(before) == 1 and re.fullmatch(r"\d{1,3}|[^\W\d_]|[ivxIVX]{1,4}", word):
        return True
    if not re.fullmatch(r"\d{1,2}|[a-z]", word):
        return False
    beside = {int(word) - 1, int(word) + 1} if word.isdigit() else {chr(ord(word) - 1), chr(ord(word) + 1)}
    listed = any(re.search(rf"(?<!\S){mark}\.(?=\s)", text) for mark in beside if str(mark).isalnum())
    return listed or before[-2].endswith((":", ";", ","))


def _abbreviates(word: str, following: str) -> str | None:
    """Return "always" or "maybe" where a full stop may belong to the word before it; None where it does not."""
    small = word.casefold()
    number = following[:1].isdigit() or bool(re.fullmatch(r"[IVX]+[.,;]?", following))
    if small in _NEVER_LAST or (small in _BEFORE_NUMBER and number):
        return "always"
    if _DOTTED.fullmatch(word):
        return "maybe"
    letters = word.isalpha()
    initial = letters and len(word) == 1 and word.lower() != word.upper()
    name = small in _BEFORE_NAME and word[:1].isupper()
    if initial or name or small in _MAYBE_LAST:
        return "maybe"
    # What is short and not English, or short and without a vowel, may be short for something.
    foreign = not small.isascii() and len(word) <= 3  # noqa: PLR2004
    odd = letters and len(word) <= 4 and not word.isupper() and not _VOWEL.search(small) and small not in _UNITS  # noqa: PLR2004
    return "maybe" if foreign or (odd and small.isascii()) else None


def _open(text: str, end: int) -> Iterator[bool]:
    """Yield whether a place is between two brackets, quotation marks or marks of Markdown, for each kind of them."""
    for pair in _PAIRS:
        opening, closing = pair[0], pair[1]
        depth = 0
        for sign in text[:end]:
            depth = max(0, depth + (sign == opening) - (sign == closing))
        yield depth > 0 and closing in text[end:]
    for twin in _TWINS:
        yield text.count(twin, 0, end) % 2 == 1 and twin in text[end:]
