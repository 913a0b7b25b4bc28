"""A reply as it is read aloud: figures, signs and addresses in words, letters that are said one by one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from dimchat.web.visitor.aloud_amounts import amount_rules, money_rules, range_rules, sign_rules
from dimchat.web.visitor.aloud_calendar import calendar_rules
from dimchat.web.visitor.aloud_codes import call_rules, code_rules, letter_rules, site_rules
from dimchat.web.visitor.aloud_numerals import NUMBER, Numerals
from dimchat.wording import BASE_LANGUAGES, base_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.web.visitor.aloud_numerals import Rule
    from dimchat.wording import Catalogue

_PLAIN: Final = re.compile(rf"(?<![\w.,])({NUMBER})(?!\w)")
_GAP: Final = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_RAISED: Final = {"\u00b2": "2", "\u00b3": "3"}


def aloud(lines: Iterable[str], tag: str) -> list[str]:
    """Return lines as they are said.

    In a language that no voice has words for here, they stay as they are written: its own voice reads them.

    Args:
        lines: Without the numbers of sources.
        tag: Their language, as a BCP 47 tag.
    """
    said = (line.removeprefix("- ") for line in lines)
    if tag.partition("-")[0].lower() in BASE_LANGUAGES:
        said = (_said(line, _rules(tag)) for line in said)
    return [line for line in said if line.strip()]


def _said(line: str, rules: Iterable[Rule]) -> str:
    line = "".join(_figure(one) for one in _GAP.sub("", line))
    for pattern, told in rules:
        line = pattern.sub(told, line)
    return re.sub(r"\s+(?=[.,;:!?)](?:\s|$))", "", " ".join(line.split()))


def _figure(one: str) -> str:
    """Return a figure of any script as one of 0 to 9, a fraction as it is written on a line, the rest as it is."""
    if one.isdecimal():
        return str(int(one))
    if one.isnumeric() and "\u2044" in (fraction := unicodedata.normalize("NFKC", one)):
        return f" {fraction.replace(chr(0x2044), '/')}"
    return _RAISED.get(one, one)


@cache
def _rules(tag: str) -> tuple[Rule, ...]:
    """Return what puts a line of a language into words, in the order in which it is done."""
    words = base_catalogue(tag)
    return tuple(_in_order(tag, words, Numerals(tag, words)))


def _in_order(tag: str, words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    yield from site_rules(words, numerals)
    yield from _short_rules(words)
    yield from call_rules(words, numerals)
    yield from sign_rules(words)
    yield from calendar_rules(tag, words, numerals)
    yield from code_rules(words, numerals)
    yield from money_rules(words, numerals)
    yield from range_rules(words, numerals)
    yield from amount_rules(words, numerals)
    yield _PLAIN, lambda match: numerals.told(match[1], match.string[match.end() :], match.string[: match.start()])
    yield re.compile(r"\d+"), lambda match: f" {numerals.digits(match[0])} "
    yield from letter_rules(words)


def _short_rules(words: Catalogue) -> Iterator[Rule]:
    """Yield what says whole what is short for it."""
    whole = dict(pair.split(" = ") for pair in words.texts("aloud.short"))
    longest = "|".join(re.escape(short) for short in sorted(whole, key=len, reverse=True))
    yield re.compile(rf"(?<!\w)(?:{longest})(?!\w)"), lambda match: whole[match[0]]
