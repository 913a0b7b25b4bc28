"""Takes personal details out of a question before it is written anywhere.

Patterns rather than a model of language: what they take out can be read here, they need no download, and a question
costs microseconds. What they cannot know, such as a name that stands alone, is why `counts` mode keeps no text at all.

A rule is a pattern and what stands in place of what it finds; rules apply in the order of `RULES`. The patterns are
written for the text as `reading` gives it: with one dash, one dot and one blank.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dimchat.journal.record.redact import dates, names, numbers, places
from dimchat.journal.record.redact.online import RULES as ONLINE_RULES
from dimchat.journal.record.redact.rule import Rule, reading, words
from dimchat.journal.rows import LONGEST

__all__ = ["LONGEST", "RULES", "Redacted", "Rule", "may_hold_details", "reading", "redact", "rules_for"]

_ONLINE = words(
    """dot d0t user username screen handle login alias nickname gamertag mac instagram insta ig snap snapchat discord
    skype telegram twitter tiktok venmo reddit kik viber wechat psn github gitlab xbox twitch threads bluesky bsky
    mastodon cashapp linkedin facebook fb youtube doximity whatsapp messenger zelle paypal pinterest gmail googlemail
    yahoo ymail rocketmail hotmail outlook msn icloud aol protonmail proton pm gmx zoho fastmail yandex tutanota
    arroba arobase arobas arob \u00e4t aet chiocciola apenstaartje apestaartje snabel kukac malpa ma\u0142pa klammeraffe
    zavin\u00e1\u010d punto punkt ponto"""
)
_POINTS = words("period point punt kropka")
_DATES = words("born birth birthday birthdate dob bday b-day nineteen twenty thousand")
_PLACES = words("live lives address home")
_NAMES = words(
    """name names named call calls called go regards sincerely truly signed attn mr mrs ms dr miss doctor prof
    professor nurse patient co coworker colleague"""
)
_NEAR_NAMES = words("i im me my this")
_SPOKEN = words("zero oh one two three four five six seven eight nine double triple")
_TO_SPACES = str.maketrans(dict.fromkeys(".,;:!?()[]{}'\"/\\-_#*&=+<>|~", " "))
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(
    r"[@:$]|\w\s?[\[({<|\"]?\s?\.\s?[\])}>|\"]?\s?\w|u/\w|[\[({<|\"_-]\s?at\s?[\])}>|\"_-]|[0-9a-f]{2}[\s-][0-9a-f]{2}[\s-]",
    re.IGNORECASE,
)
"""What an address of the net does not go without."""


def may_hold_details(text: str) -> bool:
    """Return whether any rule can fit a text."""
    return bool(rules_for(text))


def rules_for(text: str) -> tuple[Rule, ...]:
    """Return the rules that can fit a text, in their order; for most questions that is none.

    A quick look, so that no question pays for rules whose words, figures and signs it does not have.
    """
    digits = len(_DIGIT.findall(text))
    figured = digits > 0
    spoken = set(text.casefold().translate(_TO_SPACES).split())
    called = not spoken.isdisjoint(_NAMES) or (not text[1:].islower() and not spoken.isdisjoint(_NEAR_NAMES))
    return _chosen(
        online=bool(_SIGN.search(text))
        or not spoken.isdisjoint(_ONLINE)
        or ("at" in spoken and not spoken.isdisjoint(_POINTS)),
        figured=figured,
        numbered=digits >= numbers.ID_DIGITS,
        dated=figured or not spoken.isdisjoint(_DATES) or {"b", "day"} <= spoken or {"d", "o", "b"} <= spoken,
        placed=figured or not spoken.isdisjoint(_PLACES),
        called=called,
        counted=figured or not spoken.isdisjoint(_SPOKEN),
    )


@cache
def _chosen(
    *, online: bool, figured: bool, numbered: bool, dated: bool, placed: bool, called: bool, counted: bool
) -> tuple[Rule, ...]:
    groups = (
        (online, ONLINE_RULES),
        (numbered, numbers.ID_RULES),
        (figured, numbers.FIRST),
        (dated, dates.RULES),
        (figured, numbers.RULES),
        (placed, places.RULES),
        (placed, places.TOWN_RULES),
        (called, names.RULES),
        (counted, numbers.LAST),
    )
    return tuple(each for wanted, rules in groups if wanted for each in rules)


RULES: tuple[Rule, ...] = _chosen(
    online=True, figured=True, numbered=True, dated=True, placed=True, called=True, counted=True
)


_READ = 2 * LONGEST
"""The characters that are looked at: a detail that the end of the kept part cuts through is still seen whole."""


class Redacted(NamedTuple):
    """A question without its personal details."""

    text: str
    found: tuple[str, ...]
    """What was taken out, by name, in the order of the rules."""


def redact(text: str) -> Redacted:
    """Return a question without personal details, on one line, at most `LONGEST` characters long.

    Args:
        text: What a person typed, whatever it is.
    """
    kept = " ".join(text[:_READ].encode("utf-8", "replace").decode().replace("\x00", " ").split())
    found: list[str] = []
    read = reading(kept)
    for rule in rules_for(read):
        before, read = read, rule.pattern.sub(rule.replace, read)
        if read != before:
            found.append(rule.name)
    if found:  # else it stays as it was typed
        kept = read
    return Redacted(kept if len(kept) <= LONGEST else kept[: LONGEST - 1].rstrip() + "…", tuple(found))
