"""What stands around a street: the flat in front, the floor behind, the postal code and the town."""

from __future__ import annotations

import re

from dimchat.journal.details.names import NOT_NAMES
from dimchat.journal.details.places import IN_THEIR_STATES
from dimchat.journal.details.rule import COUNTED, Rule, either, rule

_OTHERS = """regards cheers hope great good yes ok okay best does where's what's how's that's there it's i'm
    can't need want asap pls please thx ty sent send call text mail email deliver there here then
    now today but near close off street"""
_NO_TOWN = rf"(?!{either(' '.join(sorted(NOT_NAMES | COUNTED)) + ' ' + _OTHERS)}(?!\w))"
_CAPITAL = r"(?-i:[A-Z\u00c0-\u00de\u0141\u015a\u017b][^\W\d_]+(?:['-][^\W\d_]+)*)"
_BETWEEN = r"(?:am|an der|a\.\s?M\.|im|de|del|di|la|le|les|sur|upon|on|of|den)"
_TOWN = rf"{_NO_TOWN}{_CAPITAL}(?:[\s-](?:{_BETWEEN}[\s-])?{_NO_TOWN}{_CAPITAL}){{0,2}}"
_SMALL_TOWN = rf"{_NO_TOWN}[^\W\d_][^\W\d_'.-]+(?:\s{_NO_TOWN}[^\W\d_][^\W\d_'.-]+)?"
_CODE = (
    r"(?:(?-i:[A-Z]{1,2})-)?(?:\d{4}\s?(?-i:[A-Z]{2})\b|\d{3}\s\d{2}\b|\d{2}-\d{3}\b|\d{4}-\d{3}\b|\d{4,6}\b)"
    rf"(?!\s{either(' '.join(sorted(COUNTED)))}(?!\w))"
)
_BRITISH = r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b"
_IRISH = r"[a-z]\d[\dw]\s[a-z\d]{4}\b"
_AUSTRALIAN = r"(?:nsw|vic|qld|wa|sa|tas|act|nt)\s\d{4}\b"
_UNIT = (
    either(
        """flat apartment apt unit suite ste lot trailer trlr space spc room rm floor fl bldg building block door
        staircase level ph penthouse tower piso planta puerta escalera portal bloque esc wohnung whg etage top bte bus
        app appt apto int interno scala lgh st\u00e6j"""
    )
    + r"\b\.?\s?(?:#|no\.?\s?)?"
)
_FLOOR = (
    r"\d{1,2}[oa](?:[\s.,]{0,2}(?:[a-z]\b|izq\w*|dch?a?|der\w*|centro|piso|planta|\d{1,2}[oa]\b))?\.?"
    r"|\d{1,2}\.?\s?(?:og|stock|etage|\u00e9tage|floor|sal|tv|th|mf)\b\.?(?:\s(?:tv|th|mf|links|rechts)\b)?"
    r"|(?:b\u00e2t|bat|bldg|building|block|tower|entrance|esc)\.?\s[a-z]\b"
    r"|\d{1,2}(?:st|nd|rd|th|er|e|eme|\u00e8me)\s(?:floor|\u00e9tage|etage)"
)
_HEAD = (
    rf"(?:\b{_UNIT}(?:\d+[a-z]?\s?,?|[a-z]\d*\s?,)\s"
    r"|\b(?:ground|first|second|third|fourth|top|\d{1,2}(?:st|nd|rd|th))[\s-]floor(?:\s(?:flat|apartment))?\s?,?\s"
    rf"|\b\d{{1,4}}[a-z]?/|\bul\.\s|{_CODE}\s{_TOWN}\s?,\s)"
)
_TAIL = (
    rf"(?:,?\s{_UNIT}\d+[a-z]?\b|,\s?(?:{_FLOOR})|\s\d{{1,3}}(?=,\s{_CODE})"
    rf"|[,;]?\s(?:in\s|at\s)?{_CODE}\s{_TOWN}|,\s?{_CODE}(?:\s{_SMALL_TOWN})?"
    rf"|,?\s(?:{_TOWN},?\s)?(?:{_AUSTRALIAN}|{_BRITISH}|{_IRISH}|\[address\])"
    rf"|,\s?{_SMALL_TOWN},?\s(?:{_AUSTRALIAN}|{_BRITISH}|{_IRISH}|\[address\])"
    rf"|,?\s(?:{_SMALL_TOWN},?\s)?{IN_THEIR_STATES}"
    rf"|,\s?{_TOWN}(?=\s?(?:[,.;!?)/]|$)))"
)
_DWELL = either("wohne wohnhaft habite vivo abito moro resido woon bor live living reside based mieszkam")

_AROUND = re.compile(rf"{_HEAD}*\[address\]{_TAIL}*", re.IGNORECASE)
RULES: tuple[Rule, ...] = (
    Rule("address", re.compile(r"\A.*\[address\].*"), lambda match: _AROUND.sub("[address]", match[0])),
    rule("address", rf"(?P<cue>\b(?:{_DWELL}\s(?:in|\u00e0|a|en|em|i|w)|plz|postcode|c\.?p\.?)\s)\d{{4,6}}\s{_TOWN}"),
)
