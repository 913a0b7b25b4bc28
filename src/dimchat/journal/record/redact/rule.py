"""Rules of redaction: their type, the text as they search it, and tests of numbers that several share."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Replace = Callable[[re.Match[str]], str]


class Rule(NamedTuple):
    """One kind of detail."""

    name: str
    pattern: re.Pattern[str]
    replace: Replace


def rule(name: str, pattern: str, holds: Callable[[re.Match[str]], bool] = lambda _: True) -> Rule:
    """Return a rule that puts a name in brackets in place of a detail, whatever the case of its letters.

    Args:
        name: Of the kind.
        pattern: What it looks like; a group `cue` in front, such as "my name is", stays, so that a curator still
            reads what was asked.
        holds: Whether what was found is a detail after all.
    """

    def replace(match: re.Match[str]) -> str:
        return f"{match.groupdict().get('cue') or ''}[{name}]" if holds(match) else match[0]

    return Rule(name, re.compile(pattern, re.IGNORECASE), replace)


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def either(text: str) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "(?:" + "|".join(sorted(text.split(), key=len, reverse=True)) + ")"


COUNTED = words(
    """per each every percent % times scans scan exams exam studies study patients patient people staff employees beds
    bed hours hour hrs hr minutes minute mins days day weeks week months month years year yrs miles mile km feet ft
    sq dollars dollar usd bucks euros k slices slice images image procedures cases visits techs technologists nurses
    radiologists managers credits credit points questions words rvus sites rooms units pages jobs openings hospitals
    centers programs students films orders claims reports views shifts mg ml mm cm kv kvp ma mas msv mgy lb lbs kg
    budget salary vs versus series"""
)
"""What follows a number that counts something."""
_SUMS = words(
    """rvus images exams scans studies procedures volume volumes budget revenue cost costs capital salary salaries ndc
    cpt cpts hcpcs icd icd10 drg soc naics loinc snomed codes modifier modifiers port section chapter title cfr"""
)
"""What stands before a number that counts something, or is a code of the trade."""
_BEFORE = re.compile(r"(\w+)[\s.:#]*$")
_OF_A_THING = re.compile(
    r"\b(?:part|model|catalog(?:ue)?|item|sku|product|p/n|document|doc|form|standard|procedure|sop|protocol|section"
    r"|charge code|cdm|510\(?k\)?|ge|philips|siemens|canon|hologic|fuji(?:film)?|carestream|agfa|konica|bayer|medrad"
    r"|shimadzu|samsung|varian)(?:\s?(?:number|no\.?|num|#))?[\s:]*$",
    re.IGNORECASE,
)
"""What stands before the number of a thing or a paper; makers write those of their parts like telephone numbers."""
_AFTER = re.compile(r"[\s-]*([\w%]+)")


def word_before(match: re.Match[str]) -> str:
    """Return the word in front of what was found, in lower case, or nothing."""
    found = _BEFORE.search(match.string, 0, match.start())
    return found[1].casefold() if found else ""


def word_after(match: re.Match[str]) -> str:
    """Return the word that follows what was found, in lower case, or nothing."""
    found = _AFTER.match(match.string, match.end())
    return found[1].casefold() if found else ""


def counts(match: re.Match[str]) -> bool:
    """Return whether what was found counts something, by the words around it or a sign of money in front."""
    return (
        word_after(match) in COUNTED
        or word_before(match) in _SUMS
        or bool(_OF_A_THING.search(match.string, 0, match.start()))
        or match.string[: match.start()].rstrip().endswith(("$", "€", "£"))
    )


def figures(text: str) -> list[str]:
    """Return the groups of digits in a text."""
    return re.findall(r"\d+", text)


_QUARTERS = (0, 15, 30, 45)


def is_list(groups: Sequence[str]) -> bool:
    """Return whether groups of digits are numbers of their own: years, codes of five digits, round ones, steps, times.

    They are what a question of the trade puts side by side: "2023/2024/2025", "71045 71046", "64/128/256".
    """
    numbers = [int(group) for group in groups]
    if len(numbers) < 2:  # noqa: PLR2004 - one number is no list
        return False
    sized = {len(group) for group in groups}
    plain = not any(group.startswith("0") for group in groups)
    steps = {after - before for before, after in pairwise(numbers)}
    return (
        all(1900 <= number < 2100 for number in numbers)  # noqa: PLR2004 - years
        or (sized == {5} and plain)
        or (plain and all(number % 10 == 0 for number in numbers))
        or (plain and len(numbers) > 2 and (len(steps) == 1 or _doubles(numbers)))  # noqa: PLR2004 - three
        or (sized == {4} and all(number < 2400 and number % 100 in _QUARTERS for number in numbers))  # noqa: PLR2004
    )


def _doubles(numbers: Sequence[int]) -> bool:
    return all(after == 2 * before for before, after in pairwise(numbers))


_DOTS = (
    "\u3002\u2024\u00b7\u2022\u2219\u22c5\u30fb\u2027\ua78f\u2e31\u2e33\u16eb\u0387\u06d4\u0701\u0702\u2e3c\u25cf\u26ab"
)
_DASHES = "\u2212\u2043\u02d7\u30fc\u2500\u2501\u23af\u2796\u02c9\u00af\u203e\u2c3a\u3161"
_SLASHES = "\u2044\u2215\u29f8\u2571\uff0f"
_QUOTES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4"
_COLONS = "\u2236\ua789\u02d0\ufe55\u05c3"
_BLANKS = "\u2800\u3164\u115f\u1160\u180e\u2422\u2423"
_KNOWN = {
    ord(each): plain
    for many, plain in ((_DOTS, "."), (_DASHES, "-"), (_SLASHES, "/"), (_QUOTES, "'"), (_COLONS, ":"), (_BLANKS, " "))
    for each in many
} | {0x2795: "+"}
_LATIN_MARKS = range(0x300, 0x370)


class _Plain(dict[int, str]):
    """A table of plain stand-ins for characters, filled as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if kind in {"Cf", "Me", "Cc"} or ord(character) in _LATIN_MARKS or "VARIATION SELECTOR" in _name(character):
        return "" if kind != "Cc" else " "  # what is not seen, or strikes a figure out, parts nothing
    return {"Pd": "-", "Zs": " ", "Zl": " ", "Zp": " "}.get(kind, character)


def _name(character: str) -> str:
    return unicodedata.name(character, "")


_PLAIN = _Plain(_KNOWN)


def reading(text: str) -> str:
    """Return a text as the rules read it, on one line: in compatibility form, without what is not seen."""
    if text.isascii() and text.isprintable():
        return text
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())
