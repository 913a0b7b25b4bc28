"""Money, percents, units, fractions, ordinals, ranges and signs as they are said."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from dimchat.web.visitor.aloud_numerals import NUMBER, WHOLE, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.web.visitor.aloud_numerals import Numerals, Rule
    from dimchat.wording import Catalogue

_DASH: Final = r"\s?[-\u2013\u2014]\s?"
_SIGNS: Final = {
    "\u00b1": "plus_minus",
    "+": "plus",
    "~": "about",
    "\u2248": "about",
    "<": "below",
    ">": "above",
    "<=": "at_most",
    "\u2264": "at_most",
    ">=": "at_least",
    "\u2265": "at_least",
    "#": "number",
    "\u00a7": "section",
    "\u00a7\u00a7": "sections",
}
"""What stands before a number, by the message that says it."""
_MONEY: Final = {
    "$": "dollars",
    "US$": "dollars",
    "USD": "dollars",
    "\u20ac": "euros",
    "EUR": "euros",
    "\u00a3": "pounds",
    "GBP": "pounds",
}
"""Signs and codes of money, by the message that names it."""
_SMALL: Final = {"dollars": "cents", "euros": "cents", "pounds": "pence"}
"""What a hundred of make one."""
_SCALES: Final = {"k": 3, "m": 6, "mm": 6, "bn": 9, "b": 9}
"""By the letters behind an amount of money, the noughts that they stand for."""
_UNITS: Final = {
    "kV": "kilovolts",
    "kVp": "kilovolts_peak",
    "V": "volts",
    "mA": "milliamperes",
    "mAs": "milliampere_seconds",
    "keV": "kiloelectronvolts",
    "MeV": "megaelectronvolts",
    "W": "watts",
    "kW": "kilowatts",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz",
    "T": "tesla",
    "mT": "millitesla",
    "Sv": "sieverts",
    "mSv": "millisieverts",
    "\u00b5Sv": "microsieverts",
    "\u03bcSv": "microsieverts",
    "rem": "rem",
    "rems": "rem",
    "mrem": "millirem",
    "Gy": "gray",
    "mGy": "milligray",
    "cGy": "centigray",
    "\u00b5Gy": "microgray",
    "\u03bcGy": "microgray",
    "Bq": "becquerels",
    "MBq": "megabecquerels",
    "GBq": "gigabecquerels",
    "Ci": "curies",
    "mCi": "millicuries",
    "kg": "kilograms",
    "g": "grams",
    "mg": "milligrams",
    "\u00b5g": "micrograms",
    "\u03bcg": "micrograms",
    "mcg": "micrograms",
    "lb": "pounds",
    "lbs": "pounds",
    "oz": "ounces",
    "m": "meters",
    "cm": "centimeters",
    "mm": "millimeters",
    "km": "kilometers",
    "ft": "feet",
    "ft2": "square_feet",
    "m2": "square_meters",
    "L": "liters",
    "l": "liters",
    "mL": "milliliters",
    "ml": "milliliters",
    "MB": "megabytes",
    "GB": "gigabytes",
    "TB": "terabytes",
    "\u00b0C": "celsius",
    "\u00b0F": "fahrenheit",
    "\u00b0": "degrees",
    "h": "hours",
    "hr": "hours",
    "hrs": "hours",
    "min": "minutes",
    "sec": "seconds",
    "wk": "weeks",
    "wks": "weeks",
    "mo": "months",
    "yr": "years",
    "yrs": "years",
}
"""By what is written behind a number, the message that says it; micro has two signs."""
_ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TITLES: Final = (
    r"[Zz]on[ea]n?|[Ll]evel|[Tt]itle|[Cc]lass|[Tt]ype|[Pp]hase|[Pp]art|[Gg]rade|[Ss]tage|[Nn]ivel|[Tt]ítulo|[Cc]lase"
    r"|[Tt]ipo|[Ff]ase|[Pp]arte|[Ss]tufe|[Kk]lasse|[Tt]yp|[Tt]eil"
)
"""What a Roman number stands behind."""
_PER: Final = r"(?:hour|hr|h|day|week|month|year|yr|hora|día|semana|mes|año|Stunde|Tag|Woche|Monat|Jahr)\b"
"""What follows a stroke that says per."""
_LARGEST_PART: Final = 10
_CODE: Final = 4
"""Figures behind a dash that may be of a code: 11-9111."""


def sign_rules(words: Catalogue) -> Iterator[Rule]:
    """Yield what puts the signs before numbers into words: what is below zero, about, at least."""
    money = r"(?:US\$|[$\u20ac\u00a3])?"

    def minus(match: re.Match[str]) -> str:
        apart = " " if match.string[: match.start()][-1:].isalnum() else ""
        return f"{apart}{words('aloud.minus')} "

    def before(match: re.Match[str]) -> str:
        return f" {words(f'aloud.sign.{_SIGNS[match[1]]}')} "

    yield re.compile(rf"(?<![\w.,)%])[-\u2013](?={money}[.,]?\d)|\u2212\s?(?={money}\.?\d)"), minus
    yield re.compile(r"(?<![\w.,])[.](?=\d)"), lambda _: "0."
    longest = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    yield re.compile(rf"({longest})\s?(?={money}\d)"), before
    yield re.compile(r"(?<=\d)\s?\u00d7\s?(?=\d)|(?<=\d)\sx\s(?=\d)|(?<=\d)x(?=\d)"), lambda _: f" {words('aloud.by')} "
    yield re.compile(r"\bNo\.\s(?=\d)|\b[nN][.\u00ba\u00b0]+\s?(?=\d)"), lambda _: f"{words('aloud.sign.number')} "


def range_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what says a dash between two numbers: "to"; what reads like a code is said figure by figure."""
    to = f" {words('aloud.to')} "

    def told(match: re.Match[str]) -> str:
        low, high = match[1], match[2]
        values = numerals.value(low), numerals.value(high)
        if None not in values and low[0] != "0":
            years = all(one.isdecimal() and int(one) in YEARS for one in (low, high))
            near = years or len(high) < _CODE or len(high) - len(low) <= 1 or not high.isdecimal()
            if near and float(values[0] or 0) <= float(values[1] or 0):
                return f"{low}{to}{high}"
        return f"{numerals.digits(low)}, {numerals.digits(high)}"

    yield re.compile(rf"(?<=\d%){_DASH}(?=\d)"), lambda _: to
    yield re.compile(rf"(?<![\w.,/$\u20ac\u00a3-])({NUMBER}){_DASH}({NUMBER})(?![\d/]|-\d)"), told


def money_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what puts amounts of money into words; of a range, the money is named once."""
    scales = "|".join(map(re.escape, words.texts("aloud.scales")))
    to = words("aloud.to")
    sign = r"US\$|[$\u20ac\u00a3]|(?:USD|EUR|GBP)\s"
    behind = r"(?:US)?\$(?!\s?\d)|\u20ac|\u00a3|USD|EUR|GBP"
    scale = rf"(?:\s?(?P<letters>[KkMB]|MM|bn)\b|\s(?P<scale>{scales})(?!\w))?"
    until = rf"(?:{_DASH}(?:{sign})?|\s(?:to|{to})\s(?:{sign}))(?P<high>{NUMBER})"

    def told(match: re.Match[str]) -> str:
        kind = _MONEY[match["sign"].strip()]
        amounts = [_Amount(one, match["letters"] or "", "") for one in (match["low"], match["high"]) if one]
        amounts[-1] = amounts[-1]._replace(scale=match["scale"] or "")
        if any(one.cents(numerals) for one in amounts):
            return f" {to} ".join(_priced(one, kind, words, numerals) for one in amounts)
        return _named(f" {to} ".join(one.told(kind, words, numerals) for one in amounts), kind, words, numerals)

    yield re.compile(rf"(?P<sign>{sign})\s?(?P<low>{NUMBER})(?:{until})?{scale}"), told
    yield re.compile(rf"(?P<low>{WHOLE})(?:{_DASH}(?P<high>{NUMBER}))?{scale}\s?(?P<sign>{behind})(?!\w)"), told


class _Amount(NamedTuple):
    """An amount of money as it is written."""

    figures: str
    letters: str
    """Behind it, for noughts: K, M, B."""
    scale: str
    """The word behind it: million."""

    def value(self, numerals: Numerals) -> Decimal | None:
        """Return how much it is, without the word behind it; None where it is no number."""
        value = numerals.value(self.figures)
        return value and value.scaleb(_SCALES[self.letters.lower()]) if self.letters else value

    def cents(self, numerals: Numerals) -> int:
        """Return the hundredths of what is written with two decimals."""
        value = self.value(numerals)
        if value is None or self.letters or self.scale or not re.search(r"[.,]\d\d$", self.figures):
            return 0
        return int(value * 100 % 100)

    def told(self, kind: str, words: Catalogue, numerals: Numerals) -> str:
        """Return it in words, without the name of the money."""
        value = self.value(numerals)
        if value is None or self.scale:
            return f"{numerals.amount(self.figures)} {self.scale}".rstrip()
        whole = Decimal(int(value)) if value == int(value) else value
        return numerals.number(whole, f" {_name(2, kind, words)}", comma="," in self.figures)


def _priced(amount: _Amount, kind: str, words: Catalogue, numerals: Numerals) -> str:
    """Return an amount with its hundredths: fifty-nine dollars and fifty-five cents."""
    cents = amount.cents(numerals)
    if not cents:
        return _named(amount.told(kind, words, numerals), kind, words, numerals)
    whole = int(amount.value(numerals) or 0)
    part = _counted(cents, _SMALL[kind], words, numerals)
    return words("aloud.amount", whole=_counted(whole, kind, words, numerals), part=part) if whole else part


def _named(said: str, kind: str, words: Catalogue, numerals: Numerals) -> str:
    """Return an amount in words with what it is of: un dólar, un millón de dólares."""
    name = _name(2, kind, words)
    if said == numerals.number(Decimal(1), f" {name}"):
        return _counted(1, kind, words, numerals)
    return f"{said} de {name}" if words.language == "es" and re.search(r"ill(?:ón|ones)$", said) else f"{said} {name}"


def _counted(count: int, kind: str, words: Catalogue, numerals: Numerals) -> str:
    name = _name(count, kind, words)
    return f"{numerals.number(Decimal(count), f' {name}')} {name}"


def _name(count: int, kind: str, words: Catalogue) -> str:
    return words(f"aloud.money.{kind}", count=count)


def amount_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what puts percents, fractions, ordinals and what has a unit into words."""

    def percent(match: re.Match[str]) -> str:
        return words("aloud.percent", number=numerals.amount(match[1]))

    def fraction(match: re.Match[str]) -> str:
        whole, above, below = match[1], int(match[2]), int(match[3])
        if not 0 < above < below <= _LARGEST_PART:
            told = f"{numerals.amount(match[2])} {words('aloud.over')} {numerals.amount(match[3])}"
            return f"{numerals.amount(whole)} {told}" if whole else told
        if whole and (above, below) == (1, 2):
            return words("aloud.half", number=numerals.amount(whole, " Halb" if words.language == "de" else ""))
        told = words(f"aloud.part.{below}", count=above, number=numerals.amount(match[2]))
        return f"{numerals.amount(whole)} {words('aloud.and')} {told}" if whole else told

    def unit(match: re.Match[str]) -> str:
        value = numerals.value(match[1])
        said = words(f"aloud.unit.{_UNITS[match[2]]}", count=1 if value == 1 else 2)
        said = f"{numerals.amount(match[1], f' {said}')} {said}"
        return f"{said} {words('aloud.per')} {words(f'aloud.unit.{_UNITS[match[3]]}', count=1)}" if match[3] else said

    def roman(match: re.Match[str]) -> str:
        title, number = match[1] or "", match[2]
        told = number in ("II", "III", "VII", "VIII") or (title and (number != "I" or title[0].isupper()))
        told = told or (number in ("IV", "VI", "IX") and re.search(r"\bIII?\b", match.string))
        return f"{title}{numerals.amount(str(_ROMAN.index(number)))}" if told and number in _ROMAN else match[0]

    def rated(match: re.Match[str]) -> str:
        return f"{numerals.amount(match[1])} {words('aloud.to')} {numerals.amount(match[2])}"

    yield re.compile(rf"({WHOLE})(?:\s?%|\sper\s?cent\b)"), percent
    yield re.compile(r"(?<![\w/.,])24/7(?![\w/])"), lambda _: f"{numerals.amount('24')} {numerals.amount('7')}"
    yield re.compile(r"(?<![\w/.,])(?:(\d{1,4})\s)?(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)"), fraction
    yield from _ordinals(words, numerals)
    units = "|".join(re.escape(one) for one in sorted(_UNITS, key=len, reverse=True))
    yield re.compile(rf"(?<![\w.,])({NUMBER})[\s-]?({units})(?:/({units}))?(?!\w)"), unit
    yield re.compile(rf"\b((?:{_TITLES})\s)?([IVX]{{1,4}})\b"), roman
    yield re.compile(r"(?<![\w:])(\d{1,4}):(\d{1,4})(?![\w:])"), rated
    yield re.compile(rf"(?<=\w)/(?={_PER})"), lambda _: f" {words('aloud.per')} "


def _ordinals(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what says a place in a row, as the language writes it."""
    figures = r"(?<![\w.,])(\d{1,3})"

    def spanish(match: re.Match[str]) -> str:
        said, end = numerals.ordinal(int(match[1])), match[2]
        if end[-1] in "aª":
            return re.sub(r"o\b", "a", said)
        return re.sub(r"(?<=er)o$", "", said) if end == "er" else said

    def german(match: re.Match[str]) -> str:
        ending = "" if match[1].lower().strip() in ("der", "die", "das") else "n"
        return f"{match[1]}{numerals.ordinal(int(match[2]))}{ending}"

    if words.language == "en":
        yield re.compile(rf"{figures}(?:st|nd|rd|th)\b"), lambda match: numerals.ordinal(int(match[1]))
    elif words.language == "es":
        yield re.compile(rf"{figures}(\.?[ºª]|\.°|\.?(?:er[oa]?|r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa])\b)"), spanish
    else:
        before = r"(?:[ai]m|de[rmns]|die|das|zu[mr]|vom|beim|jede[rsnm]?|ihre[rnm]?)\s"
        yield re.compile(rf"\b({before})(\d{{1,3}})\.(?=\s\w)", re.IGNORECASE), german
