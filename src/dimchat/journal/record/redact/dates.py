"""Days of birth, and other days in full."""

from __future__ import annotations

import re

from dimchat.journal.record.redact.rule import COUNTED, Rule, either, figures, rule, word_after

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TENS = either("twenty thirty forty fifty sixty seventy eighty ninety oh hundred")
_ONES = either("one two three four five six seven eight nine")
_TEENS = either("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_SPOKEN_YEAR = (
    rf"(?:nineteen[\s-](?:{_TENS}(?:[\s-]{_ONES})?|{_TEENS})|two thousand(?:\sand)?(?:\s(?:{_ONES}|{_TEENS}))?"
    rf"|twenty[\s-](?:{_TEENS}|twenty(?:[\s-]{_ONES})?))"
)
_YEAR = rf"(?:(?:19|20)\d\d|'\d\d|{_SPOKEN_YEAR})"
_SPOKEN_DAY = (
    "(?:(?:twenty|thirty)[\\s-])?"
    + either("first second third fourth fifth sixth seventh eighth ninth")
    + "|"
    + either(
        """tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    thirtieth"""
    )
)
_DAY = rf"(?:(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_FULL_YEAR = r"(?:19|20)\d\d"
_DATE = (
    r"(?<![\w./])(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})(?!\s?[/.-]\s?\d)"
    rf"|\d{{1,2}}[\s_]\d{{1,2}}[\s_]{_FULL_YEAR}"
    rf"|{_FULL_YEAR}\s?[-/._]\s?\d{{1,2}}\s?[-/._]\s?\d{{1,2}}"
    rf"|{_FULL_YEAR}[\s-]{_MONTH}[\s-]{_DAY}"
    rf"|{_MONTH}[\s/-]+(?:the\s+)?{_DAY}(?:\s?,|\s?/|\s?-)?\s*(?:of\s+|in\s+)?{_YEAR}"
    rf"|{_DAY}[\s/.-]+(?:of\s+)?{_MONTH}[,\s/-]+(?:of\s+)?(?:{_YEAR}|\d\d\b)"
    r"|\d{1,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\d{2,4}"
    rf"|{_DAY}\sde\s\w+\s(?:de|del)\s{_FULL_YEAR})\b"
)
_FOREIGN = either(
    """januari januar janvier enero gennaio janeiro stycznia februari februar f\u00e9vrier febrero febbraio fevereiro
    lutego m\u00e4rz maart mars marzo mar\u00e7o marts marca avril abril aprile april kwietnia mai mei mayo maggio maio
    maj maja juni juin junio giugno junho czerwca juli juillet julio luglio julho lipca augustus august ao\u00fbt agosto
    augusti sierpnia september septembre septiembre settembre setembro wrze\u015bnia oktober octobre octubre ottobre
    outubro november novembre noviembre novembro listopada dezember december d\u00e9cembre diciembre dicembre dezembro
    desember grudnia"""
)
"""Months after which the year is left out or short; before a year in full any word is taken for one."""
_ABROAD = (
    r"(?:\d{1,2}(?:\.|er|[a-z]{2}|o)?[\s-]?(?:de\s|of\s)?)?"
    rf"(?:[^\W\d_]{{3,12}}\.?,?[\s-](?:del?\s)?{_FULL_YEAR}\b|(?<=\d\W){_FOREIGN}\b\.?(?:\s(?:de\s)?'?\d\d\b)?)"
    rf"|{_FULL_YEAR}\.?\s[^\W\d_]{{3,12}}\.?\s\d{{1,2}}\b"
)
_BIRTH = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bbirth\s?(?:date|day|year)\b|\b(?:date|year|day) of birth\b|\bb-?day\b"
    r"|\bborn\b(?:\s(?:on|in|back))*(?:\s(?:the|a|year|of))*"
    r"|\b(?:geboren|geb(?=\.|\sam)|geboorte(?:datum|dag)|geburts(?:datum|tag)|n\u00e9e?|nee?(?=\s(?:le|en)\b)"
    r"|(?:date|jour|ann\u00e9e) de naissance|nacid[oa]|nac[\u00edi]|(?:fecha|d\u00eda) de nacimiento"
    r"|nat[oa](?=\s(?:il|nel|a)\b)|data di nascita|nascid[oa]|nasci|data de nascimento|f\u00f6dd|f\u00f8dt"
    r"|f\u00f6delse\w*|f\u00f8dsels\w*|urodzon[ya]|data urodzenia|narozen\w?|sz\u00fclet\w+|syntyn\w+)\b\.?"
    r"(?:\s(?:am|im|op|in|le|en|el|il|em|a|den|d\.|i|dne|w|ben|my|ist|est|es))*"
    r"(?:\s(?-i:[A-Z\u00c0-\u00de][^\W\d_]+),?(?:\s(?:am|le|el|il|em|op|den))+)?)"
)

_RULES_BEGIN = re.compile(
    r"\b(?:as of|effective|since|until|till|by|before|after|through|thru|deadline|due|starting|beginning|begins|starts"
    r"|ends|ending|to|rule|law|act|standards?|guidelines?|regulations?|update|expires|published|updated|issued|revised"
    r"|amended|dated|version|edition|from|of)[\s:(,]*(?:on )?$",
    re.IGNORECASE,
)
"""What stands before the day on which a rule begins or ends, or a document came out."""
_SPAN = re.compile(rf"\b{_MONTH}\s$", re.IGNORECASE)
"""What stands before the first day of a span: in "march 1 - april 15" the second figure is no year."""
_PERSON = re.compile(
    r"\b(?:i|i'm|i've|im|me|my|mine|he|his|him|she|her|hers|patients?|appointment|appt|admitted|surgery|mom|dad|wife"
    r"|husband|son|daughter|baby|kid)\b",
    re.IGNORECASE,
)
"""Without one of these a day of the last years is that of a rule, a meeting, a release."""
_LAST_DAYS = frozenset({(12, 31), (6, 30), (9, 30), (3, 31)})
_FIRST_RULE = 2000
_RECENT = 2015
_PAST = 40
"""Years of two figures up to this one are of this century."""


def _is_day(match: re.Match[str]) -> bool:
    """Return whether a date is a person's, and not a list of numbers, a version, or a day on which a rule begins."""
    numbers = [int(each) for each in figures(match[0])]
    if max(numbers, default=0) < 1000 and _SPAN.search(match.string[: match.start()]):  # noqa: PLR2004 - no full year
        return False
    if re.fullmatch(r"[\d\s/._-]+", match[0]) and not _fits(match, numbers):
        return False
    year = next((number for number in numbers if number > 1000), 0)  # noqa: PLR2004 - of four figures
    if not year and len(numbers) == 3:  # noqa: PLR2004 - 1/1/26
        numbers[2] = year = numbers[2] + (2000 if numbers[2] < _PAST else 1900)
    if year < _FIRST_RULE:
        return True
    if year >= _RECENT and (_RULES_BEGIN.search(match.string[: match.start()]) or not _PERSON.search(match.string)):
        return False
    return not _turns(match[0].casefold(), [number for number in numbers if number != year])


def _fits(match: re.Match[str], numbers: list[int]) -> bool:
    """Return whether three numbers can be a date, rather than steps such as 8/10/12 or a version such as 3.2.10."""
    if max(numbers) > 31:  # noqa: PLR2004 - a year, first or last
        year = numbers[0] if numbers[0] > 31 else numbers[2]  # noqa: PLR2004 - the same
        rest = numbers[1:] if year == numbers[0] else numbers[:2]
        # Two figures may be a year as well: 04-12-87; in front, they are not: 87-04-12 could be anything.
        return min(rest) <= 12 and 0 < max(rest) <= 31 and numbers[1] != year and min(rest) > 0  # noqa: PLR2004
    first, second, third = numbers
    if min(first, second) > 12 or max(first, second) > 31 or not first * second:  # noqa: PLR2004 - months and days
        return False
    if second - first == third - second or word_after(match) in COUNTED:
        return False
    return "." not in match[0] or bool(re.fullmatch(r"\d\d\s?\.\s?\d\d\s?\.\s?\d\d", match[0]))


def _turns(text: str, numbers: list[int]) -> bool:
    """Return whether a day is the first of a month, or the last of a quarter."""
    month = re.search(_MONTH, text)
    if month:
        last = {"mar": 31, "jun": 30, "sep": 30, "dec": 31}.get(month[0][:3])
        return numbers[:1] in ([1], [last])
    if len(numbers) != 2:  # noqa: PLR2004 - a month and a day
        return False
    one, two = numbers
    return (one, two) in _LAST_DAYS or (two, one) in _LAST_DAYS or two == 1


RULES: tuple[Rule, ...] = (
    rule(
        "date",
        rf"(?P<cue>{_BIRTH}\W{{0,3}}(?:is |was |on |in |: ?|= ?|the )*)"
        rf"(?:{_DATE}|{_ABROAD}|(?:the )?{_DAY}\s(?:of\s)?{_MONTH}(?:[\s,]+{_YEAR})?|{_MONTH}\s(?:the\s)?{_DAY}\b"
        rf"|{_MONTH}(?:\sof)?\s(?:{_YEAR}|\d\d\b)|\d{{1,2}}/(?:19|20)\d\d\b"
        rf"|(?:19|20)\d\d\b|'?\d\d\b(?![\s-]?\w)|{_SPOKEN_YEAR}|\d{{6,8}}\b"
        r"|\d{1,2}[/.\s-]\d{1,2}[/.\s-]\d{2,4}\b|\d{1,2}[/-]\d{1,2}\b)",
    ),
    rule(
        "date",
        rf"(?:{_DATE}|\b\d{{1,4}}[/.\s-]\d{{1,2}}[/.\s-]\d{{1,4}}|{_MONTH}\s{_DAY}(?:[\s,]+(?:{_YEAR}|\d\d))?"
        rf"|\b\d{{1,2}}\.?\s[^\W\d_]{{3,12}}\s{_FULL_YEAR})"
        r"(?=\W{0,3}(?:(?:is|was)\s)?(?:(?:my|his|her|the)\s)?"
        r"(?:d\.?o\.?b\b|date of birth|birth\s?(?:day|date)|b-?day"
        r"|geb(?:oren|\.|urtstag)|n\u00e9e?\b|f[\u00f6\u00f8]d[dt]\b))",
    ),
    rule("date", _DATE, _is_day),
)
