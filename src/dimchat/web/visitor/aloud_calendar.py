"""Dates and times as they are said."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from dimchat.web.visitor.aloud_numerals import YEARS, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.web.visitor.aloud_numerals import Numerals, Rule
    from dimchat.wording import Catalogue

_DASH: Final = r"\s?[-\u2013\u2014]\s?"
_ISO: Final = re.compile(r"(?<![\w-])(\d{4})-(\d\d)(?:-(\d\d))?(?![\w-])")
_NUMERIC: Final = re.compile(r"(?<![\w./-])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\w/]|[.]\d)")
_PAIR: Final = re.compile(rf"(?<![\w-])(\d{{4}}){_DASH}(\d\d)(?![\w-])")
_DECADE: Final = re.compile(r"(?<![\w,.])['\u2019]?(\d{2}|\d{4})['\u2019]?s\b")
_TIME: Final = re.compile(
    r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?|\s?(?:(?P<clock>Uhr)|hrs?|h)\b)?(?!:?\d|[.,]\d)"
)
_YEAR: Final = re.compile(r"\d{4}")
_LEAP: Final = 2000
"""A year that has every day."""
_DATE_YEAR: Final = r"(?:(?:\sde|\sdel|,)?\s(?P<year>\d{4})(?!\d|,\d))?"
_MONTH_DAY: Final = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2,8})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-\u2013]\s?(?P<until>\d{1,2}))?"
    rf"(?![\w%]|[.,:/-]\d|-\w){_DATE_YEAR}"
)
_DAY_MONTH: Final = re.compile(
    r"(?<![\w.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th|\.?[\u00ba\u00b0]|\.)?(?:\s(?:de|of))?\s"
    rf"(?P<month>[A-Za-z\u00e4]{{3,10}})\b\.?{_DATE_YEAR}"
)
_SHORT_MONTH: Final = re.compile(r"\b(?P<month>[A-Za-z\u00e4]{3,4})\.\s(?:de\s)?(?P<year>\d{4})(?!\w|[.,]\d)")
_UNTIL_TIME: Final = re.compile(
    rf"(?:(?<=\d)|(?<=[ap]\.m\.)|(?<=[ap]m)){_DASH}(?=\d{{1,2}}:\d\d)|(?<=[ap]\.m\.){_DASH}(?=\d)"
)
_MONTH_FIRST: Final = frozenset({"", "AS", "CA", "GU", "MP", "PH", "PR", "UM", "US", "VI"})
"""Regions whose English writes the month before the day."""
_PAIRED_YEARS: Final = range(1900, 2100)
"""What two figures behind a dash may go on from."""
_SHORTEST: Final = 3
"""Letters that are enough for a month."""
_NOON: Final = 12
_COUNTED_HOURS: Final = {"de": " Uhr", "es": " horas"}
"""What a number of hours agrees with: ein Uhr, la una."""
_NIGHT: Final = range(8, 12)
"""Hours of the night, of twelve."""


def calendar_rules(tag: str, words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what puts dates and times into words, in their order.

    Args:
        tag: A BCP 47 tag; its region decides whether 3/4/2026 is in March.
        words: What a voice says in that language.
        numerals: Its numbers.
    """
    dates = _Dates(tag, words, numerals)
    english, to = words.language == "en", f" {words('aloud.to')} "
    yield _ISO, dates.iso
    yield _NUMERIC, dates.numeric
    if english:
        yield _MONTH_DAY, dates.named
    yield _DAY_MONTH, dates.named
    yield _SHORT_MONTH, dates.short
    yield _PAIR, dates.years
    if english:
        yield _DECADE, dates.decade
    yield _UNTIL_TIME, lambda _: to
    yield _TIME, lambda match: _time(match, words, numerals)


class _Dates:
    """What says the dates of one language."""

    def __init__(self, tag: str, words: Catalogue, numerals: Numerals) -> None:
        self._words = words
        self._numerals = numerals
        self._month_first = words.language == "en" and region_of(tag) in _MONTH_FIRST
        self._months = words.texts("aloud.months")

    def iso(self, match: re.Match[str]) -> str:
        """Say 2026-11-30, and 2026-11; of two years that follow each other, such as 2011-12, the second is no month."""
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        if year not in YEARS or not _is_date(year, month, day) or (not match[3] and month == year % 100 + 1):
            return match[0]
        return self._day_of(match, year, month, day) if match[3] else self._month_of(year, month)

    def numeric(self, match: re.Match[str]) -> str:
        """Say 30.11.2026 and 11/30/2026: where one order makes no date, the other is meant."""
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        orders = [(one, other), (other, one)] if self._month_first else [(other, one), (one, other)]
        found = (order for order in orders if year in YEARS and _is_date(year, *order))
        month, day = next(found, (0, 0))
        return self._day_of(match, year, month, day) if month else match[0]

    def named(self, match: re.Match[str]) -> str:
        """Say Nov. 30, 2026 and 30 de noviembre."""
        month, day, year = self._month(match), int(match["day"]), int(match["year"] or 0)
        until = int(match.groupdict().get("until") or 0)
        if not month or not _is_date(_LEAP, month, day) or (year and year not in YEARS):
            return match[0]
        if not until:
            return self._day_of(match, year, month, day)
        last = _day(until, self._words.language, self._numerals, "")
        said = f"{self._day_of(match, 0, month, day)} {self._words('aloud.to')} {last}"
        return f"{said}, {self._numerals.year(year)}" if year else said

    def short(self, match: re.Match[str]) -> str:
        """Say Nov. 2026."""
        month, year = self._month(match), int(match["year"])
        return self._month_of(year, month) if month and year in YEARS else match[0]

    def years(self, match: re.Match[str]) -> str:
        """Say 2024-25."""
        year, end = int(match[1]), int(match[2])
        if year not in _PAIRED_YEARS or end <= year % 100:
            return match[0]
        return f"{self._numerals.year(year)} {self._words('aloud.to')} {self._numerals.amount(str(end))}"

    def decade(self, match: re.Match[str]) -> str:
        """Say 1990s, and '90s."""
        figures = match[1]
        said = self._numerals.year(int(figures)) if _YEAR.fullmatch(figures) else self._numerals.amount(figures)
        return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"

    def _day_of(self, match: re.Match[str], year: int, month: int, day: int) -> str:
        before = match.string[: match.start()]
        name, said = self._months[month - 1], _day(day, self._words.language, self._numerals, before)
        if not year:
            return self._words("aloud.date", month=name, day=said)
        return self._words("aloud.date_year", month=name, day=said, year=self._numerals.year(year))

    def _month_of(self, year: int, month: int) -> str:
        return self._words("aloud.month_year", month=self._months[month - 1], year=self._numerals.year(year))

    def _month(self, match: re.Match[str]) -> int:
        """Return which month a name is or is short for, from one on; zero where it is none."""
        name = match["month"].casefold()
        if self._words.language != "es" and match["month"][0].islower():
            return 0
        short = f"{match['month']}." in match[0] or len(name) == _SHORTEST
        for number, month in enumerate(map(str.casefold, self._months), 1):
            if name == month or (short and month.startswith(name)):
                return number
        return 0


def _day(day: int, language: str, numerals: Numerals, before: str) -> str:
    """Return a day of a month: fifth; cinco, but primero; fünfter, and am fünften."""
    if language == "es":
        return numerals.ordinal(1) if day == 1 else numerals.amount(str(day))
    said = numerals.ordinal(day)
    if language == "de":
        if re.search(r"\b(?:am|vom|zum|bis|ab|seit|dem|den|des|im)\s$", before):
            return f"{said}n"
        return said if re.search(r"\b(?:der|die|das)\s$", before, re.IGNORECASE) else f"{said}r"
    return said


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _time(match: re.Match[str], words: Catalogue, numerals: Numerals) -> str:
    """Return a time of day; what has neither minutes nor what makes it one is left."""
    hour, minute, half, language = int(match["hour"]), match["minute"], match["half"], words.language
    if minute is None and half is None and match["clock"] is None:
        return match[0]
    if language == "en" and half is None and (hour > _NOON or match["hour"] == "00"):
        half, hour = "p" if hour in range(_NOON, 24) else "a", hour % _NOON or _NOON
    said = numerals.amount(str(hour), _COUNTED_HOURS.get(language, ""))
    if minute not in (None, "00"):
        told = numerals.amount(minute.lstrip("0"))
        said = words(
            "aloud.time", hour=said, minute=words("aloud.few_minutes", number=told) if minute[0] == "0" else told
        )
    elif not half:
        return words("aloud.hour", hour=said)
    if not half:
        return said
    part = "morning" if half in "Aa" else "night" if hour in _NIGHT else "afternoon"
    stop = "." if match[0].endswith(".") and match.end() == len(match.string) else ""
    return f"{said} {words(f'aloud.day.{part}')}".removesuffix(stop) + stop
