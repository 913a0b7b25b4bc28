"""Redacting addresses: streets, boxes, places with postal codes."""

from __future__ import annotations

import re

from dimchat.journal.record.redact.names import NOT_NAMES
from dimchat.journal.record.redact.rule import COUNTED, Rule, either, rule, word_before, words

_SURE = either(
    """avenue ave boulevard blvd lane ln parkway pkwy road rd street str terrace crescent cres turnpike tpke expressway
    expy freeway fwy highway hwy causeway stravenue trafficway throughway"""
)
"""What names a street wherever it stands after a number and a name."""
_MAYBE = either(
    """alley aly bend bypass circle cir close court ct cove crossing drive dr gardens grove heights hill lp loop park
    place pl plaza point ridge route row square sq st trail trl trce way walk groves knoll prairie flat run"""
)
"""What does so only after a name of a street, or where somebody says that an address follows."""
_TITLED = either(
    """alley avenue av bend branch bridge bypass canyon causeway circle circles club close common corner corners course
    court courts cove coves creek crescent crest cross crossing crossroad dale dam drive drives estate estates
    extension falls ferry field fields flat flats ford forest forge fork forks fort freeway garden gardens gateway
    glen glens green greens grove groves harbor haven heights highway hill hills hollow inlet island islands isle
    junction key keys knoll knolls lake lakes landing lane light loaf lodge loop mall manor meadow meadows mews mill
    mills mission motorway mount mountain neck orchard oval overpass park parks parkway pass passage path pike pine
    pines place plain plains plaza point points port prairie radial ramp ranch rapid rapids rest ridge ridges river
    road roads route row run shoal shore shores skyway spring springs spur square squares station stravenue stream
    street streets summit terrace throughway trace track trafficway trail trailer tunnel turnpike underpass union
    valley viaduct view views village ville vista walk walks wall way ways well wells st ave blvd rd dr ln ct pl
    pkwy hwy ter cir sq trl aly cv xing"""
)
_NAMES = either(
    """maple oak elm pine cedar birch walnut willow spruce chestnut ash hickory magnolia dogwood main park lake hill
    washington lincoln jefferson madison jackson franklin adams monroe church mill spring river ridge sunset meadow
    highland forest broadway broad center central market high water union prospect liberty college school cherry
    poplar sycamore laurel rose holly ivy orchard valley view king queen first second third fourth fifth sixth
    seventh eighth ninth tenth george victoria london mulberry juniper cypress aspen locust vine"""
)
"""What streets are named everywhere."""
_SECOND = either(
    "valley shore pond creek glen bend hill ridge view park mill wood woods field lake spring springs grove"
)
"""What stands as well in such a name: Spring Valley Drive."""
_COUNTED = words(
    """year years yr yrs month months week weeks day days hour hours hr hrs minute minutes min mins mile miles credit
    credits way ways more less ce bed beds slice slices ct mri mr pet or and a an the of in on to for from per is
    are at with by it we my your our their staff tech techs technologist technologists manager managers patient
    patients scan scans scanner scanners exam exams room rooms unit units percent k dollar dollars time times step
    steps point points part parts foot feet ft km person phase year-old hospitals clinics sites jobs schools
    programs class classes down up out off over his her that this which who what shift shifts leads nurse nurses one
    two three all any some every each hour-long minute-long path track test"""
)
"""What follows a number that counts, and is no name of a street."""
_ORDINARY = _COUNTED | words(
    """dr new different car lane lanes long big short full half square hospital center centers site clinic major other
    good bad best top common career job school program lead extra small large open busy slow fast outpatient
    inpatient weekend call quick easy hard"""
)
"""The same where nothing is capitalised."""
_NO_STREET = rf"(?!{either(' '.join(_ORDINARY))}\b)"
_PLAIN_WORD = rf"{_NO_STREET}(?:[a-z][\w'.-]*|\d{{1,3}}(?:st|nd|rd|th))"
_WIND = r"(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?\s+)?"
_AFTER_WIND = r"(?:,?\s(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b)?"
_FLAT = r"(?:,?\s+(?:apt|apartment|unit|suite|ste|no|flat|fl|floor|bldg|room|rm)\b\.?\s*#?\s*\w+|,?\s*#\s*\w+)?"
_HOUSE = r"\b\d{1,6}(?:-?[a-z]|-\d+|\s?1/2)?"
_HERE = (
    r"\b(?:i live (?:at|on|in)|lives? (?:at|on)|living (?:at|on)|(?:my|his|her|home|mailing|our) address(?: is|:)?"
    r"|address\s?[:=]|home is(?: at)?|house is(?: at)?|moved to|mail(?: it)? to|send (?:it |them |mail |that )?to"
    r"|ship(?: it)? to"
    r"|deliver(?: it)? to|located at|staying at|reside (?:at|on)|stay at|i'm at|i am at|from|near|at)\s+"
)

_STATE = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    "|W[AIVY]|AS|FM|GU|MH|MP|PR|PW|VI)"
)
_ZIPS = {
    "0": "CT MA ME NH NJ PR RI VT VI connecticut massachusetts maine hampshire jersey island vermont",
    "1": "DE NY PA delaware york pennsylvania",
    "2": "DC MD NC SC VA WV maryland carolina virginia",
    "3": "AL FL GA MS TN alabama florida georgia mississippi tennessee",
    "4": "IN KY MI OH indiana kentucky michigan ohio",
    "5": "IA MN MT ND SD WI iowa minnesota montana dakota wisconsin",
    "6": "IL KS MO NE illinois kansas missouri nebraska",
    "7": "AR LA OK TX arkansas louisiana oklahoma texas",
    "8": "AZ CO ID NM NV UT WY arizona colorado idaho mexico nevada utah wyoming",
    "9": "AK CA HI OR WA AS GU FM MH MP PW alaska california hawaii oregon washington",
}
"""The first digit of the postal codes of each state, by its letters and by the last word of its name."""
_NUMBERED = words(
    "lane lanes court courts bay room pod zone phase step tier track door dock line table booth row gate step"
)
"""What is told apart by a number that follows it."""
_NOT_STREETS = words(
    "CFR NCRP NFPA ACR FDA OSHA MQSA ARRT CT MRI MR PET GE FTE FTES RN RNS RT RTS CE CEU CEUS US IR NM DR XR HR IT"
)


def _states(digit: str) -> str:
    return "|".join(state for state in _ZIPS[digit].split() if state.isupper())


IN_THEIR_STATES = "(?:" + "|".join(rf"(?:{_states(digit)}),?\s{digit}\d{{4}}(?:-\d{{4}})?\b" for digit in _ZIPS) + ")"
"""The letters of a state and a postal code that lies in it."""


def _is_house(match: re.Match[str]) -> bool:
    """Return whether a number is that of a house, and not that of a lane, a room, a step in front of it."""
    return word_before(match) not in _NUMBERED


def _named(match: re.Match[str]) -> bool:
    """Return whether the words after a number are a name: none of a device or a body, and none that is counted."""
    names = match["street"].split()
    return (
        _is_house(match) and _NOT_STREETS.isdisjoint(names) and _COUNTED.isdisjoint(name.casefold() for name in names)
    )


def _zip(match: re.Match[str]) -> bool:
    """Return whether five digits after a state can be its postal code, rather than a code of a procedure."""
    state, first = match["state"], match["code"][0]
    comma = "," in match[0] and state != "CT"
    return comma or _in_state(state, first)


def _in_state(state: str, digit: str) -> bool:
    return not {state.upper(), state.casefold()}.isdisjoint(_ZIPS[digit].split())


def _in_its_state(match: re.Match[str]) -> bool:
    return _in_state(match["state"], match["code"][0])


def _lives(match: re.Match[str]) -> bool:
    """Return whether an address follows: after "live on", "lives at" only what has a number as a house has one."""
    surely = re.match(r"i live at|my address is|address|home", match["cue"], re.IGNORECASE)
    if not surely and not re.search(r"\b\d+[a-z]{0,2}\s[a-z]", match["rest"], re.IGNORECASE):
        return False
    return not re.match(
        r"(?:a|an|the|my|home|work|all|this|that|it|campus|night|least|most|first|once|\d+k)\b",
        match["rest"],
        re.IGNORECASE,
    )


_ZIP = r"(?P<code>\d{5})(?:-\d{4})?\b"
_NUMBER = r"\d{1,4}(?:\s?[a-z]\b)?(?:\s?[/-]\s?\d{1,3})?\b"
"""Of a house, where it stands behind the street."""
_GERMAN = "(?:stra\u00dfe|strasse|str\\.|gasse|allee|platz|weg)"
_NORTHERN = "(?:straat|gracht|laan|plein|dijk|kade|singel|gatan|gata|v\u00e4gen|vej|veien|gade|katu|utca)"
_FRENCH = "(?:rue|chemin|impasse|all\u00e9e|quai|avenue|boulevard|place)"
_FRENCH_NUMBER = r"\b\d{1,4}(?:\s?(?:bis|ter))?,?\s"
_ALL_STATES = " ".join(_ZIPS.values()).split()
_STATE_NAMES = either(" ".join(name for name in _ALL_STATES if name.islower()))
_PLAIN_STATES = either(
    "ak az ar ca fl ga ia il ks ky md mn mo ms mt nc nd ne nh nj nm nv ny ri sc sd tn tx ut va vt wa wi wv wy"
)
"""The letters of states that are no words."""
_DOOR = rf"\b\.?{_AFTER_WIND}{_FLAT}"
_MORE = rf"(?:\s+(?:[A-Z][\w'-]+\s+)?(?=[A-Z][a-z])(?i:{_SURE}|{_TITLED})\b\.?){{0,2}}"
"""Of a street whose name holds the name of another: Old Mill Lane, Park Court Road."""
_GRAND = "(?:avenue|ave|boulevard|blvd|parkway|pkwy)"
_OF_THE = r"\s(?:de|du|des|la|le|l')[\s']?[\w'-]+(?:\s[\w'-]+)?"

STREETS: tuple[Rule, ...] = (
    rule(
        "address",
        rf"{_HOUSE}\s+{_WIND}(?:(?:us|state|county|old)\s)*"
        rf"(?:hwy|highway|(?:county|state|farm|ranch) (?:road|rd)|route|rte)\.?\s\d+\b{_AFTER_WIND}",
        _is_house,
    ),
    rule(
        "address",
        rf"{_FRENCH_NUMBER}(?:{_FRENCH}{_OF_THE}|rue\s(?!(?:de|du|des|la|le)\b)[\w'-]+"
        rf"|(?-i:rue|avenue|boulevard|bd|av\.?|quai|cours|place)(?-i:(?:\s[A-Z][\w'-]+){{1,3}}))",
    ),
    Rule(
        "address",
        re.compile(
            rf"{_HOUSE}\s+(?:[NSEW]{{1,2}}\.?\s+|(?:North|South|East|West)\s+)?"
            r"(?P<street>(?:(?:[A-Z][\w'.-]*|\d{1,3}(?:st|nd|rd|th))\s+){1,4}?)"
            rf"(?:(?i:{_SURE})|(?=[A-Z][a-z])(?i:{_TITLED}))\b\.?{_MORE}{_AFTER_WIND}(?i:{_FLAT})(?!\s+(?:of|to)\b)"
        ),
        lambda match: "[address]" if _named(match) else match[0],
    ),
    rule(
        "address",
        rf"{_HOUSE}\s+{_WIND}(?:(?:{_PLAIN_WORD}\s+){{1,2}}{_SURE}|(?:{_PLAIN_WORD}\s+){{3,4}}{_GRAND}){_DOOR}"
        r"(?!\s(?:of|to|map|test|warrior)\b)",
        _is_house,
    ),
    rule(
        "address",
        rf"{_HOUSE}\s+{_WIND}(?:{_PLAIN_WORD}\s+)?(?:{_NAMES}|st\.?\s\w+|\d{{1,3}}(?:st|nd|rd|th))"
        rf"\s+(?:{_SECOND}\s+)?{_MAYBE}{_DOOR}",
        _is_house,
    ),
    rule("address", rf"(?P<cue>{_HERE}){_HOUSE}\s+{_WIND}(?:{_PLAIN_WORD}\s+){{1,3}}(?:{_SURE}|{_MAYBE}){_DOOR}"),
    rule(
        "address",
        rf"{_HOUSE}\s+{_WIND}(?:{_PLAIN_WORD}\s+){{1,2}}{_MAYBE}{_DOOR}"
        r"(?=,?\s(?:is (?:my|our|where|home|the)|apt|apartment)\b|,\s[a-z]+(?:,|\s[a-z]{2}\b|$))",
    ),
    rule("address", rf"\b(?:[a-z\u00e4\u00f6\u00fc\u00df]{{2,}}|(?-i:[A-Z]\w{{2,}}\s)){_GERMAN}\s{_NUMBER}"),
    rule("address", rf"\b(?-i:[A-Z]\w+){_NORTHERN}\s{_NUMBER}|\b(?:ul\.|ulica)\s\w+(?:\s\w+)?\s{_NUMBER}"),
    rule(
        "address",
        rf"\b(?-i:Via|Viale|Piazza|Corso|Plaza|Largo)(?:\s(?:d\w{{0,4}}|la))?(?-i:\s[A-Z]\w+){{1,2}},?\s{_NUMBER}",
    ),
    rule(
        "address",
        r"\b(?:calle|avenida|avda\.?|carrera|rua|c/|paseo|camino|travessa)\s?(?:(?:de|la|los|las|del|das?|dos?)\s)*"
        rf"[\w'-]+(?:\s(?!\d)[\w'-]+)?,?\s{_NUMBER}",
    ),
    rule(
        "address",
        rf"(?-i:\b[A-Z\u00c0-\u00de][\w.'-]+(?:\s[\w.'-]+){{0,3}}?)\s{_NUMBER}(?=,\s\d{{4,5}}\s(?-i:(?:[A-Z]{{2}}\s)?[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]))",
    ),
)
RULES: tuple[Rule, ...] = (
    *STREETS,
    rule(
        "address",
        r"\bp\.?\s?o\.?\s?b(?:ox|\.)?\s*(?:#|no\.?|number)?\s?\d+|\bpost office box \d+"
        r"|\b(?:apt|apartment)\b\.?\s?(?:#|no\.? ?)?\s?\d+[a-z]?\b|\b(?:rural route|rr|hc) \d+,? box \d+",
    ),
    Rule(
        "address",
        re.compile(
            rf"(?:\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s+)?\b(?P<state>{_STATE}),?\s+(?P<code>\d{{5}})(?:-\d{{4}})?\b"
        ),
        lambda match: "[address]" if _zip(match) else match[0],
    ),
    rule("address", rf"\b[a-z]+(?:\s[a-z]+)?,\s?(?P<state>[a-z]{{2}})\s{_ZIP}", _in_its_state),
    rule(
        "address",
        rf"\b(?:[a-z]+,\s?(?:(?:new|north|south|west|rhode)\s)?)?(?P<state>{_STATE_NAMES})\s{_ZIP}",
        _in_its_state,
    ),
    rule("address", rf"\b[a-z]+\s(?P<state>{_PLAIN_STATES})\s{_ZIP}", _in_its_state),
    rule("address", r"\b\d{5}-\d{4}\b(?!-\d)"),
    rule(
        "address",
        r"(?P<cue>\b(?:zip(?: ?code)?|postal code|post\s?code)\b\W{0,3}(?:is |of )?)"
        r"(?:\d{4,6}\b(?:-\d{4})?|[a-z]\d[a-z\d]{0,2}\s?\d[a-z]{1,2}\d?\b|[a-z]{2}\d{1,2}[a-z]?\s?\d[a-z]{2}\b)",
    ),
    rule("address", r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b|\b[abceghj-nprstvxy]\d[a-z]\s?\d[a-z]\d\b"),
    rule(
        "address",
        r"(?P<cue>\b(?:i live (?:at|on)|my address is|address\s*:|lives (?:at|on)|home is at)\s+)"
        r"(?!\[)(?P<rest>[^,;?!\n]+(?:,\s*[^,;?!\n]+){0,2})",
        _lives,
    ),
)

# ---------------------------------------- around a street: the flat in front, the floor behind, postal code and town
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
TOWN_RULES: tuple[Rule, ...] = (
    Rule("address", re.compile(r"\A.*\[address\].*"), lambda match: _AROUND.sub("[address]", match[0])),
    rule("address", rf"(?P<cue>\b(?:{_DWELL}\s(?:in|\u00e0|a|en|em|i|w)|plz|postcode|c\.?p\.?)\s)\d{{4,6}}\s{_TOWN}"),
)
