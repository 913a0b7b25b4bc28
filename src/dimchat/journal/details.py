"""What personal details look like: one rule for each, in the order in which they are taken out.

A rule is a pattern and what stands in place of what it finds. Patterns that need a cue in front,
such as "my name is", keep the cue, so that a curator still reads what was asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Replace = Callable[[re.Match[str]], str]


class Rule(NamedTuple):
    """One kind of detail."""

    name: str
    pattern: re.Pattern[str]
    replace: Replace


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(text: str) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "(?:" + "|".join(sorted(text.split(), key=len, reverse=True)) + ")"


NOT_NAMES = _words(
    """a about after all also am an and any are as asking at because been before being but by can could did do does
    for from get got had has have he her here hers him his how i if in interested into is it its just like looking me
    my new nice no not of on or our really says said she so some still sure that the their them there these they this
    to told trying up us very was we were what when where which who why will with wondering working would you your
    applying considering currently curious going hey hello hi hoping planning please thank thanks thinking unknown
    manager director supervisor assistant imaging radiology medical technologist tech radiographer sonographer nurse"""
)
"""What follows "my name is" or "I'm" and yet is no name."""
_PROPER = _words(
    """American Australian British Canadian Certified Chinese Diagnostic English French German Health Imaging Indian
    Joint Magnetic Medicaid Medical Medicare Mexican New Nuclear Radiologic Radiology Registered Spanish Texas Florida
    California Ohio Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December"""
)
"""Capitalised words that are no one's name."""
_MR = _words(
    """accreditation advanced angiography breast board certification coil coils contrast credential credentials
    department elastography environment exam exams imaging image images lead level only personnel physics physicist
    policy program programs registry registrations room safe safety scan scans scanner scanners screening site
    spectroscopy suite system systems tech technologists techs training unit units zone zones manual mri ct and"""
)
"""What follows MR where that is the modality."""

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = (
    r"\b(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}"
    rf"|{_MONTH}\s+(?:the\s+)?{_DAY},?\s*(?:of\s+)?{_YEAR}"
    rf"|{_DAY}[\s-]+(?:of\s+)?{_MONTH}[,\s-]+{_YEAR})\b"
)
_BIRTH = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bbirth\s?(?:date|day)\b|\bdate of birth\b|\bbday\b"
    r"|\bborn\b(?:\s+(?:on|in))?(?:\s+the)?)"
)

_STREETS = _any(
    """alley aly avenue ave av bend boulevard blvd branch bridge bypass canyon causeway circle circles cir club close
    common corner corners course court courts ct cove coves creek crescent crest cross crossing crossroad dale dam drive
    drives dr estate estates expressway extension falls ferry field fields flat flats ford forest forge fork forks fort
    freeway garden gardens gateway glen glens green greens grove groves harbor haven heights highway hwy hill hills
    hollow inlet island islands isle junction key keys knoll knolls lake lakes landing lane ln light loaf lodge loop
    mall manor meadow meadows mews mill mills mission motorway mount mountain neck orchard oval overpass park parks
    parkway pkwy pass passage path pike pine pines place pl plain plains plaza point points port prairie radial ramp
    ranch rapid rapids rest ridge ridges river road roads rd route row run shoal shore shores skyway spring springs spur
    square squares sq station stravenue stream street streets str st summit terrace ter throughway trace track
    trafficway trail trailer trl tunnel turnpike underpass union valley via viaduct view views village ville vista walk
    walks wall way ways well wells"""
)
_PLAIN_STREETS = _any(
    """avenue ave boulevard blvd circle court ct drive dr highway hwy lane ln parkway pkwy place plaza road rd route
    square street st terrace trail way crescent"""
)
"""What is a street's name also where nothing is capitalised."""
_STATE = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    "|W[AIVY]|AS|FM|GU|MH|MP|PR|PW|VI)"
)
_WIND = r"(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s+)?"
_FLAT = r"(?:,?\s+(?:apt|apartment|unit|suite|ste|no)\b\.?\s*#?\s*\w+|,?\s+#\s*\w+)?"

_WORD = r"[^\W\d_](?:[\w'\u2019-]*[^\W_])?\.?"
_CAPITAL = r"(?:(?:[DO]['\u2019]|Ma?c|St\. )?[A-Z][^\W\d_A-Z]+(?:['\u2019-][A-Z]?[^\W\d_A-Z]+)*|[A-Z]\.)"
_FULL_NAME = rf"{_CAPITAL}(?:,?\s+{_CAPITAL}){{0,3}}"
_NAME_CUE = (
    r"(?:\b(?:my|his|her|their|the|\w+'s) (?:(?:full|last|first|legal|maiden|own|middle) )?name(?: is|'s| was|\s?[:=])"
    r"|\bnames?(?: is|'s|\s?[:=])|\bnamed\b|\bcall(?:s|ed)? me\b|\bi am called\b|\bi go by\b|\bsigned[,:]?"
    r"|\b(?:kind |best |warm )?regards[,:]?|\bsincerely[,:]?|\byours truly[,:]?|\bpatient\s*[:#]|\battn[:.]?)"
)
_PEOPLE = (
    "(?:friend|boss|manager|supervisor|co-?worker|colleague|wife|husband|partner|son|daughter|mom|mother|dad|father"
    "|brother|sister|aunt|uncle|cousin|niece|nephew|patient|tech|technologist|neighbor|roommate|teacher|director)"
)
_RECORD = (
    r"(?:mrn|m\.r\.n\.?|medical record|record|chart|account|acct|accession|patient(?: id)?|member(?: id)?|policy|claim"
    r"|case|encounter|insurance|licen[sc]e|lic|employee|badge|staff|certificate|registry|arrt|ardms|cra|registration"
    r"|student|passport|npi|dl|order|confirmation|ticket|id)"
)


def _shown(name: str) -> Replace:
    return lambda _: f"[{name}]"


def _kept(name: str) -> Replace:
    """Return what keeps the cue."""
    return lambda match: f"{match['cue']}[{name}]"


def _card(match: re.Match[str]) -> str:
    return "[card]" if _luhn([int(digit) for digit in match[0] if digit.isdecimal()]) else "[number]"


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _record(match: re.Match[str]) -> str:
    number = match[0][len(match["cue"]) :].strip()
    return match[0] if re.fullmatch(r"(?:19|20)\d\d", number) else f"{match['cue']}[number]"


def _given(match: re.Match[str]) -> str:
    """Take the words after a cue that may be a name: three at most, up to the first that is surely none."""
    taken = 0
    for word in re.findall(rf"[\s,]*{_WORD}", match["rest"])[:3]:
        bare = word.strip(" ,.\t").casefold()
        if bare in NOT_NAMES or (taken and word.lstrip().startswith(",") and bare == word.strip(" ,.")):
            break
        taken += len(word)
        if word.endswith(".") and len(bare) > 2:  # noqa: PLR2004 - the end of a sentence, not an initial
            break
    return f"{match['cue']} [name]{match['rest'][taken:]}" if taken else match[0]


def _capitalised(match: re.Match[str]) -> str:
    first = match["rest"].split()[0].rstrip(".,")
    return match[0] if first in _PROPER or first.casefold() in NOT_NAMES else f"{match['cue']}[name]"


def _titled(match: re.Match[str]) -> str:
    title, word = match["cue"].strip().casefold(), match["rest"].split()[0].casefold().rstrip(".,")
    modality = title == "mr" and (word in _MR or match["cue"].strip() == "MR")
    return match[0] if modality or word in NOT_NAMES or word in _TITLE_ONLY else f"{match['cue']}[name]"


_TITLE_ONLY = _words(
    "appointment appointments office orders order note notes recommended referral at who's visit visits"
)

_IGNORE = re.IGNORECASE
_TLD = "(?:com|org|net|edu|gov|io|us|co|uk|ca|info)"
RULES = (
    Rule("link", re.compile(r"\b(?:https?://|www\.)\S+", _IGNORE), _shown("link")),
    Rule(
        "e-mail",
        re.compile(
            r"[\w.+%'-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+"
            r"|\b[\w.+-]+(?:\s+(?:dot|underscore|dash)\s+[\w-]+)*\s*[\[(]?\s*\bat\b\s*[\])]?\s*[\w-]+"
            rf"\s*[\[(]?\s*\bdot\b\s*[\])]?\s*{_TLD}\b",
            _IGNORE,
        ),
        _shown("e-mail"),
    ),
    Rule("handle", re.compile(r"(?<![\w.])@[A-Za-z_]\w{2,}"), _shown("handle")),
    Rule(
        "birth date",
        re.compile(
            rf"(?P<cue>{_BIRTH}\W{{0,3}}(?:is |was |: ?)?)"
            rf"(?:{_DATE}|{_MONTH}\s+{_DAY}\b|{_MONTH}\s+{_YEAR}|(?:19|20)\d\d\b|\d{{6,8}}\b)",
            _IGNORE,
        ),
        _kept("date"),
    ),
    Rule("date", re.compile(_DATE, _IGNORE), _shown("date")),
    Rule(
        "social security number",
        re.compile(r"(?<![\d.-])\d{3}[-. \u2013]\d{2}[-. \u2013]\d{4}(?![\d-])"),
        _shown("social security number"),
    ),
    Rule(
        "social security number",
        re.compile(
            r"(?P<cue>\b(?:ssn|s\.s\.n\.?|social(?: security)?(?: (?:number|no|num|card))?|soc sec)\b[^\d\n]{0,25})"
            r"\d[\d -]{2,12}\d",
            _IGNORE,
        ),
        _kept("social security number"),
    ),
    Rule("card", re.compile(r"(?<![\d.])(?:\d[ -]?){11,18}\d(?!\d)"), _card),
    Rule(
        "card",
        re.compile(
            r"(?P<cue>\b(?:card|visa|mastercard|amex|cvv|cvc|ending in|last four)\b[^\d\n]{0,20})"
            r"\d{3,}(?:[ -]\d{3,})*",
            _IGNORE,
        ),
        _kept("card"),
    ),
    Rule(
        "record number",
        re.compile(
            rf"(?P<cue>\b{_RECORD}\b\s*(?:id|numbers?|num|no|nr|#)?\.?\s*(?:is|was|:|=|#|-)?\s*#?\s*)"
            r"(?=[A-Za-z0-9-]*\d{3})(?:[A-Za-z]{0,4}[-_ ]?)?\d[\dA-Za-z]*(?:-[\dA-Za-z]+)*",
            _IGNORE,
        ),
        _record,
    ),
    Rule(
        "phone",
        re.compile(
            r"(?<![\w.])\+\s?\d{1,3}[\s.()/-]*(?:\d[\s.()/-]*){6,12}\d(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?"
            r"|(?<![\w.-])(?:00\d{1,3}[\s.-]|1[\s.-]?)?(?:\(\s?\d{3}\s?\)|\d{3})\s?[-./\u2013]?\s?\d{3}"
            r"\s?[-./\u2013]?\s?\d{4}(?:\s*(?:x|ext\.?|extension|#)\s*\d{1,6})?(?![\d-])"
            r"|(?<![\w./-])\d{3}[-.\u2013]\d{4}(?![\w-])"
            r"|(?<![\w.-])\(?0\d{2,5}\)?[ -]?(?:\d{3,4}[ -]?){1,2}\d{2,4}(?![\d-])",
            _IGNORE,
        ),
        _shown("phone"),
    ),
    Rule(
        "address",
        re.compile(
            rf"\b\d{{1,6}}[A-Za-z]?(?:-\d+)?\s+(?:[NSEW]{{1,2}}\.?\s+|(?:North|South|East|West)\s+)?"
            rf"(?:(?:[A-Z][\w'.-]*|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}?(?i:{_STREETS})\b\.?(?i:{_FLAT})(?!\s+(?:of|to)\b)"
        ),
        _shown("address"),
    ),
    Rule(
        "address",
        re.compile(
            rf"\b\d{{1,6}}[a-z]?\s+{_WIND}(?!(?:years?|months?|weeks?|days?|hours?|credits?|ways?|more|ce)\b)"
            rf"(?:(?:[a-z][\w'.-]*|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,2}}{_PLAIN_STREETS}\b\.?{_FLAT}"
            r"(?!\s+(?:of|to|i|for|is)\b)",
            _IGNORE,
        ),
        _shown("address"),
    ),
    Rule(
        "address",
        re.compile(
            r"\bp\.?\s?o\.?\s?box\s+\d+|\b(?:apt|apartment|unit|suite|ste)\b\.?\s*#?\s*\d+[a-z]?\b"
            r"|\b(?:rural route|rr) \d+ box \d+",
            _IGNORE,
        ),
        _shown("address"),
    ),
    Rule(
        "address",
        re.compile(
            rf"(?:\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s+)?\b{_STATE},?\s+\d{{5}}(?:-\d{{4}})?\b|\b\d{{5}}-\d{{4}}\b"
            r"|\b(?i:zip(?: ?code)?|postal code|postcode)\b\W{0,3}(?:is |of )?\d{5}\b"
        ),
        _shown("address"),
    ),
    Rule(
        "address",
        re.compile(
            r"(?P<cue>\b(?:i live (?:at|on)|my address is|address\s*:|lives (?:at|on)|home is at)\s+)"
            r"(?!\[)[^,;?!\n]+(?:,\s*[^,;?!\n]+){0,2}",
            _IGNORE,
        ),
        _kept("address"),
    ),
    Rule(
        "name",
        re.compile(rf"(?P<cue>{_NAME_CUE})(?P<rest>\s*(?:(?<=\W){_WORD})(?:,?\s+{_WORD}){{0,2}})", _IGNORE),
        _given,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?P<cue>(?i:mr|mrs|ms|dr|miss|doctor|prof|professor|nurse)\.?\s+)(?P<rest>{_FULL_NAME})(?!\w)",
        ),
        _titled,
    ),
    Rule(
        "name",
        re.compile(r"\b(?P<cue>(?:(?:mr|ms|dr|prof)\.|mrs\.?|mr|dr)\s+)(?P<rest>[a-z][\w'-]+)", _IGNORE),
        _titled,
    ),
    Rule(
        "name",
        re.compile(
            rf"(?P<cue>\b(?:(?i:i'?m|i\u2019m|i am|this is|me),?|[Mm]y {_PEOPLE},?"
            r"|(?i:patient|co-?worker|colleague))\s+)"
            rf"(?P<rest>{_FULL_NAME})(?=[\s,.!?;:]|$)"
        ),
        _capitalised,
    ),
    Rule("number", re.compile(r"(?<![\w.])\d{7,}(?!\w)|(?<!\w)[A-Z]{1,3}\d{6,}\b"), _shown("number")),
)
_HINTS = _words(
    """name names named call calls called go regards sincerely truly signed attn address live lives home mr mrs ms dr
    miss doctor prof professor nurse patient co coworker colleague dot http https www ssn social card record mrn"""
)
_NEAR_NAMES = _words("i im me my this")
_TO_SPACES = str.maketrans(dict.fromkeys(".,;:!?()[]{}'\"\u2019/\\-_#*&=+<>|~", " "))
_FIGURE = re.compile(r"[\d@]")


def may_hold_details(text: str) -> bool:
    """Return whether any rule can fit a text: most questions hold no figure, cue or name, and are done at once."""
    if _FIGURE.search(text):
        return True
    words = text.casefold().translate(_TO_SPACES).split()
    if not _HINTS.isdisjoint(words):
        return True
    return not text[1:].islower() and not _NEAR_NAMES.isdisjoint(words)
