"""Names of people, where something in front says that a name follows."""

from __future__ import annotations

import re

from dimchat.journal.record.redact.rule import Rule, words

NOT_NAMES = words(
    """a about after again all also back am an and any are as asking at because been before being but by can could did
    do does for from get got had has have he her here hers him his how i if in interested into is it its just like
    looking me my new nice no not of on or our really says said she so some still sure that the their them there
    these they this to told trying up us very was we were what when where which who why will with wondering working
    would you your applying considering currently curious going hey hello hi hoping planning please thank thanks
    thinking unknown manager director supervisor assistant imaging radiology medical technologist tech radiographer
    sonographer nurse"""
)
"""What follows "my name is" or "I'm" and yet is no name."""
_PROPER = words(
    """American Australian British Canadian Certified Chinese Diagnostic English French German Health Imaging Indian
    Joint Magnetic Medicaid Medical Medicare Mexican New Nuclear Radiologic Radiology Registered Spanish Texas
    Florida California Ohio Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
    May June July August September October November December"""
)
"""Capitalised words that are no one's name."""
_OF_PATIENTS = words(
    """care safety first experience access portal services service advocate advocates transport transporter financial
    satisfaction flow throughput privacy rights dose positioning protection centered education engagement health
    shield relations registration scheduling outcomes volume volumes census navigator navigators identification id"""
)
"""What follows "patient" in the titles of departments and jobs."""
_MR = words(
    """accreditation advanced angiography breast board certification coil coils contrast credential credentials
    department elastography environment exam exams imaging image images lead level only personnel physics physicist
    policy program programs registry registrations room safe safety scan scans scanner scanners screening site
    spectroscopy suite system systems tech technologists techs training unit units zone zones manual mri ct and
    machine machines magnet magnets job jobs role roles class classes room rooms suites panel panels detector
    detectors plate plates equipment x-ray ce cert certs course courses credits experience"""
)
"""What follows MR where that is the modality."""

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
    return match[0] if first in _PROPER or first.casefold() in NOT_NAMES | _OF_PATIENTS else f"{match['cue']}[name]"


def _is_exam(word: str) -> bool:
    return word in _MR or word.endswith(("graphy", "gram", "grams", "graphic", "scopy", "metry"))


def _titled(match: re.Match[str]) -> str:
    title, word = match["cue"].strip().casefold(), match["rest"].split()[0].casefold().rstrip(".,")
    modality = (title == "mr" and match["cue"].strip() == "MR") or (title in {"mr", "dr"} and _is_exam(word))
    return match[0] if modality or word in NOT_NAMES or word in _TITLE_ONLY else f"{match['cue']}[name]"


_TITLE_ONLY = words(
    "appointment appointments office orders order note notes recommended referral at who's visit visits"
)

_IGNORE = re.IGNORECASE
RULES: tuple[Rule, ...] = (
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
)
