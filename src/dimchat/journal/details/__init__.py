"""What personal details look like: one rule for each, in the order in which they are taken out.

A rule is a pattern and what stands in place of what it finds. The patterns are written for the text as
`reading` gives it: rules know one dash, one dot and one blank.
"""

from __future__ import annotations

import re

from dimchat.journal.details import dates, names, numbers, online, places
from dimchat.journal.details.reading import reading
from dimchat.journal.details.rule import Rule, words

__all__ = ["RULES", "Rule", "may_hold_details", "reading", "rules_for"]

RULES: tuple[Rule, ...] = (
    *online.RULES,
    *numbers.FIRST,
    *dates.RULES,
    *numbers.RULES,
    *places.RULES,
    *names.RULES,
    *numbers.LAST,
)
_WITHOUT_FIGURES = tuple(each for each in RULES if each not in {*numbers.FIRST, *numbers.RULES})
_HINTS = words(
    """name names named call calls called go regards sincerely truly signed attn address live lives home mr mrs ms dr
    miss doctor prof professor nurse patient co coworker colleague dot d0t http https www ssn social card record mrn
    born birth dob bday birthday my his her their our username handle login alias nickname one two three zero oh
    instagram insta ig snap snapchat discord skype telegram twitter tiktok venmo reddit linkedin facebook fb cashapp
    com org net edu arroba punkt punto nineteen mac via piazza strasse calle rue"""
)
"""Words without which no rule fits a text that holds no figure and no sign of an address."""
_NEAR_NAMES = words("i im me my this")
_TO_SPACES = str.maketrans(dict.fromkeys(".,;:!?()[]{}'\"\u2019/\\-_#*&=+<>|~", " "))
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    r"[\d@$]|://|::|\w\.\w|[\[({<|\"_-]\s?at\s?[\])}>|\"_-]|[0-9a-f]{2}[:-][0-9a-f]{2}[:-]", re.IGNORECASE
)


def may_hold_details(text: str) -> bool:
    """Return whether any rule can fit a text: most questions hold no figure, cue or name, and are done at once."""
    if _FIGURE.search(text):
        return True
    spoken = text.casefold().translate(_TO_SPACES).split()
    if not _HINTS.isdisjoint(spoken):
        return True
    return not text[1:].islower() and not _NEAR_NAMES.isdisjoint(spoken)


def rules_for(text: str) -> tuple[Rule, ...]:
    """Return the rules that can fit a text: those for numbers only where there is a figure."""
    return RULES if _DIGIT.search(text) else _WITHOUT_FIGURES
