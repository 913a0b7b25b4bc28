"""A reply as it is read aloud: amounts and years in words, letters that are said one by one, no numbers of sources."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from num2words import num2words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dimchat.wording import Catalogue

SAID_AS_WORDS: Final = frozenset({"AIDS", "COVID", "HIPAA", "NASA", "NATO", "OSHA", "PACS", "PET", "STEM", "US"})
"""Of capitals alone, and yet no one spells them."""
_YEARS = range(1900, 2100)
_LONGEST = 15
"""Figures that are put into words at most."""
_ADDRESS = re.compile(r"\(?\bhttps?://\S+|\bwww\.\S+")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?: (?P<scale>thousand|million|billion|trillion)\b)?"
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_RANGE = re.compile(rf"(?<=\d)(?:%| percent)?\s?[\u2013\u2014]\s?(?=\$?(?:{_NUMBER}))|(?<=\d)-(?=\$|\d{{1,3}}\b(?!-))")
_MONEY = re.compile(rf"\$(?P<number>{_NUMBER}){_SCALE}")
_PERCENT = re.compile(rf"(?P<number>{_NUMBER})\s?%")
_PLAIN = re.compile(rf"(?<![\w.,-])(?P<number>{_NUMBER})(?![\w-]|[.,]\d)")
_LETTERS = re.compile(r"\b([A-Z]{2,6})(s?)\b")


def aloud(lines: Iterable[str], words: Catalogue) -> list[str]:
    """Return lines as they are said.

    Args:
        lines: Without the numbers of sources.
        words: What dimchat says of its own, in whose language they are.
    """
    said = (_said(line, words) for line in lines)
    return [line for line in said if line]


def _said(line: str, words: Catalogue) -> str:
    number = _speller(words.language)
    months = words.texts("reply.months")

    def day(match: re.Match[str]) -> str:
        try:
            found = date(*map(int, match.groups()))
        except ValueError:
            return match[0]
        return words("reply.day", month=months[found.month - 1], day=found.day, year=found.year)

    def money(match: re.Match[str]) -> str:
        told = number(match["number"], year=False) + (f" {match['scale']}" if match["scale"] else "")
        return words("page.aloud.dollars", count=1 if told == number("1", year=False) else 2, number=told)

    def percent(match: re.Match[str]) -> str:
        return words("page.aloud.percent", number=number(match["number"], year=False))

    def letters(match: re.Match[str]) -> str:
        return match[0] if match[1] in SAID_AS_WORDS else " ".join(match[1]) + match[2]

    line = _ADDRESS.sub("", line.removeprefix("- "))
    line = _DAY.sub(day, line)
    line = _RANGE.sub(f" {words('page.aloud.to')} ", line)
    line = _MONEY.sub(money, line)
    line = _PERCENT.sub(percent, line)
    line = _PLAIN.sub(lambda match: number(match["number"], year=True), line)
    return " ".join(_LETTERS.sub(letters, line).split())


def _speller(language: str) -> Callable[..., str]:
    """Return what puts a number into words of a language."""

    def spelled(figures: str, *, year: bool) -> str:
        plain = figures.replace(",", "")
        value = float(plain) if "." in plain else int(plain)
        as_year = year and figures == plain and value in _YEARS
        if len(plain) > _LONGEST:
            return figures
        told: str = num2words(value, lang=language, to="year" if as_year else "cardinal")
        return told.replace(" and ", " ").replace(",", "") if language == "en" else told

    return spelled
