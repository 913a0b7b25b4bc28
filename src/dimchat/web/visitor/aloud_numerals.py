"""Numbers as they are written in a language, and the words for them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from num2words import num2words

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.wording import Catalogue

    Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
    """What is found in a line, and what returns the words for it."""

NUMBER: Final = r"\d+(?:[.,'\u2019]\d+)*"
"""A number with the signs that group its figures and part its decimals."""
_SIGN: Final = re.compile(r"[.,'\u2019]")
WHOLE: Final = rf"(?<!\d)(?<!\d[.,'\u2019]){NUMBER}"
"""The same from its first figure on."""
YEARS: Final = range(1100, 2100)
"""What is read as a year where four figures stand without a sign."""
_GROUPS: Final = {"en": ",", "es": ".", "de": "."}
"""By language, the sign between groups of three figures, as CLDR has it."""
_COMMA_IN_SPANISH: Final = frozenset(
    ("419", "BR", "BZ", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US")
)
"""Regions whose Spanish groups by a comma."""
_ALWAYS: Final = frozenset("'\u2019")
"""What groups figures wherever it stands between them, as in Switzerland."""
_GROUP: Final = 3
"""Figures of a group."""
_YEAR: Final = re.compile(r"\d{4}")
_LONGEST: Final = 15
"""Figures that are put into words as one number; longer ones are said one by one."""
_LONGEST_BARE: Final = 6
"""Figures without a sign between them that are one number, unless they end in thousands; longer ones name something."""
_UN: Final = re.compile(r"(?:(veinti)|\b)uno(?= (?:mil|mill|bill)\w*\b)")
_NO_NOUN: Final = re.compile(r"(?:a|al|con|del?|desde|en?|el|entre|es|las?|los?|o|para|por|pero|que|se|sin|una?|u|y)$")
_FEMININE: Final = re.compile(r"(?:as?|ci[oó]n|ciones|siones|dad|dades|tudes)$")
_MASCULINE: Final = re.compile(r"^(?:d[ií]as?|\w+[eo]mas?|\w*gramas?|\w+istas?|mapas?|m[aá]s)$")
_UNAS: Final = re.compile(r"\b[Uu]nas\s$")
_NOUN: Final = " cosas"
"""What is counted where only its gender is known."""
_EINE: Final = re.compile(r"^[A-ZÄÖÜ]\w*(?:e|ung|heit|keit|schaft|ion|tät)$")


def region_of(tag: str) -> str:
    """Return the region of a BCP 47 tag in capitals, empty where it names none.

    >>> region_of("es-mx"), region_of("zh-Hans-CN"), region_of("de")
    ('MX', 'CN', '')
    """
    found = re.search(r"-([a-z]{2}|\d{3})(?=-|$)", tag, re.IGNORECASE)
    return found[1].upper() if found else ""


class Numerals:
    """What puts the numbers of one language into words."""

    def __init__(self, tag: str, words: Catalogue) -> None:
        """Take the language.

        Args:
            tag: A BCP 47 tag; its region decides which sign groups figures.
            words: What a voice says in that language.
        """
        self.language = words.language
        self._words = words
        self._groups = _signs(self.language, region_of(tag))

    def value(self, figures: str) -> Decimal | None:
        """Return a number as it is meant; None where it is none, such as 1.2.3, or has too many figures.

        Three figures behind a sign that groups are thousands: 85.000 in German; 0.125 are decimals in any language.
        """
        whole, *rest = _SIGN.split(figures)
        signs = _SIGN.findall(figures)
        if sum(map(len, (whole, *rest))) > _LONGEST:
            return None
        if not signs:
            return Decimal(whole)
        if self._is_grouped(whole, rest, signs):
            return Decimal(whole + "".join(rest))
        *before, last = signs
        if last in _ALWAYS or last in before or not (not before or _in_threes(whole, rest[:-1], before)):
            return None
        return Decimal(f"{whole}{''.join(rest[:-1])}.{rest[-1]}")

    def _is_grouped(self, whole: str, rest: list[str], signs: list[str]) -> bool:
        """Return whether all signs of a number group: in threes, or as in India, 1,23,456."""
        indian = (
            signs[1:] and set(signs) == {","} and {len(one) for one in rest[:-1]} == {2} and len(rest[-1]) == _GROUP
        )
        return bool(indian) or (_in_threes(whole, rest, signs) and (len(signs) > 1 or signs[0] in self._groups))

    def told(self, figures: str, after: str = "", before: str = "") -> str:
        """Return what is said for a number: a year, an amount, or its figures one by one.

        Args:
            figures: As it is written.
            after: What follows it, whose first word may be what is counted.
            before: What stands before it, whose last word may agree with that: unas.
        """
        if _YEAR.fullmatch(figures) and int(figures) in YEARS:
            return self.year(int(figures))
        return self.amount(figures, _NOUN if self.language == "es" and _UNAS.search(before) else after)

    def amount(self, figures: str, after: str = "") -> str:
        """Return what is said for a number that is no year.

        Args:
            figures: As it is written.
            after: What follows it, whose first word may be what is counted.
        """
        padded = len(figures) > 1 and figures[0] == "0"
        named = padded or (len(figures) > _LONGEST_BARE and not figures.endswith("000"))
        if figures.isdecimal() and (named or len(figures) > _LONGEST):
            return self.digits(figures)
        value = self.value(figures)
        if value is None:
            return f" {self._words('aloud.point')} ".join(map(self.amount, _SIGN.split(figures)))
        return self.number(value, after, comma="," in figures)

    def number(self, value: Decimal, after: str = "", *, comma: bool = False) -> str:
        """Return the words for a number: decimals one by one, as many as it has.

        Args:
            value: The number, not negative.
            after: What follows it, whose first word may be what is counted.
            comma: Whether a comma was written, where a language may say either sign.
        """
        whole, _, decimals = f"{value:f}".partition(".")
        said = self._cardinal(int(whole))
        if decimals:
            return f"{said} {self._words('aloud.comma' if comma else 'aloud.point')} {self.digits(decimals)}"
        return self._agreeing(said, after)

    def year(self, year: int) -> str:
        """Return the words for a year: twenty twenty-six."""
        return self._plain(num2words(year, lang=self.language, to="year"))

    def ordinal(self, number: int) -> str:
        """Return the word for a place in a row: third, tercero, dritte."""
        return self._plain(num2words(number, lang=self.language, to="ordinal"))

    def digits(self, figures: str) -> str:
        """Return the words for figures one by one; what else stands between them parts them."""
        return " ".join(self._cardinal(int(one)) for one in figures if one.isdecimal())

    def _cardinal(self, number: int) -> str:
        said = self._plain(num2words(number, lang=self.language))
        return _UN.sub(lambda match: "veintiún" if match[1] else "un", said) if self.language == "es" else said

    def _plain(self, said: str) -> str:
        return said.replace(" and ", " ").replace(",", "") if self.language == "en" else said

    def _agreeing(self, said: str, after: str) -> str:
        """Return a number in the form that it has before what is counted: un día, una hora, doscientas horas."""
        counted = re.match(r"\s([^\W\d_]+)", after)
        if counted is None:
            return said
        noun = counted[1]
        if self.language == "de":
            return said[:-1] + ("e" if _EINE.search(noun) else "") if said == "eins" and noun[0].isupper() else said
        if self.language != "es" or _NO_NOUN.match(noun.lower()):
            return said
        if _FEMININE.search(noun.lower()) and not _MASCULINE.search(noun.lower()):
            millions, apart, rest = said.rpartition("mill")
            return f"{millions}{apart}{re.sub(r'uno$', 'una', re.sub(r'ientos', 'ientas', rest))}"
        return re.sub(r"uno$", "un", said).replace("veintiun", "veintiún")


def _in_threes(whole: str, rest: list[str], signs: list[str]) -> bool:
    """Return whether figures stand in groups of three with one sign between them."""
    return whole[0] != "0" and len(whole) <= _GROUP and {len(one) for one in rest} == {_GROUP} and len(set(signs)) == 1


def _signs(language: str, region: str) -> frozenset[str]:
    """Return the signs that group figures; in Spanish of no region, or of one that mixes them, both."""
    comma = language == "es" and (not region or region in _COMMA_IN_SPANISH)
    return frozenset({_GROUPS[language], *("," if comma else ""), *_ALWAYS})
