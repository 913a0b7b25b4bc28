"""Addresses of the net: links, e-mail, handles, and those of machines."""

from __future__ import annotations

import re

from dimchat.journal.record.redact.rule import Rule, either, rule, word_before, words

_TLD = either(
    "com org net edu gov mil int io us co uk ca info biz me de fr es it nl au nz in eu health med ai app dev ch at be"
    " se no dk fi pl pt ie mx br jp kr hk sg ph za ar cl pe ru cz gr hu ro tr pk ng ke tv xyz example test invalid"
    " health hospital clinic care online site social page"
)
_SURE_TLD = either(
    """com org net edu gov mil io co uk ca biz de fr es nl au nz eu br mx jp kr hk sg za cl ru cz ch dk fi pl pt se
    example"""
)
"""Those that are no words, even of an English sentence that goes on behind a full stop."""
_FREE = either(
    """gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud aol protonmail proton pm gmx mail zoho
    fastmail comcast verizon att sbcglobal bellsouth cox charter earthlink yandex qq web tutanota hey duck mac me"""
)
"""Whose addresses are persons'."""
_OPEN, _SHUT = r"\s?[\[({<|\"]\s?", r"\s?[\])}>|\"]\s?"
_DOT = (
    rf"(?:\.|{_OPEN}(?:\.|dot|d0t|punto|punkt){_SHUT}|\s+(?:dot|d0t)\s+|[_-]dot[_-]"
    rf"|\s\.\s?(?={_TLD}\b)|\.\s(?={_SURE_TLD}\b))"
)
_POINT_WORD = "(?:punto|punkt|ponto|punt|kropka|period|point)"
_SPELT_DOT = (
    rf"(?:{_DOT}|\s(?:punto|punkt|ponto)\s|\s(?:punt|kropka|period|point)\s(?={_SURE_TLD}\b)"
    rf"|{_OPEN}{_POINT_WORD}{_SHUT})"
)
_JOIN = (
    rf"(?:{_OPEN}(?:\.|dot|d0t|{_POINT_WORD}|_|underscore|-|dash){_SHUT}|\s\.\s|\s?_\s?"
    r"|\s+(?:dot|d0t|underscore|under score|dash|hyphen|minus|plus|period|point|punto|punkt|ponto|punt|gui\u00f3n bajo"
    r"|guion bajo|unterstrich|bindestrich|tiret|underline)\s+)"
)
_LABEL = r"[\w-]{1,63}"
_PART = r"[\w+%'.-]{1,64}"
_LOCAL = rf"(?<![\w.+%'-]){_PART}(?:{_JOIN}{_PART}){{0,4}}"
_DOMAIN = rf"(?:{_LABEL}(?:{_SPELT_DOT}{_LABEL}){{0,4}}|\[[\d.]+\])"
_FULL_DOMAIN = rf"(?:{_LABEL}{_SPELT_DOT}){{1,4}}{_TLD}\b"
_AT_WORD = (
    r"(?:at[\s_-]?sign|at[\s_-]symbol|arroba|arobase?|arobas|\u00e4t|aet|chiocciola|ape(?:n)?staartje|snabel-?a|kukac|ma[l\u0142]pa"
    r"|klammeraffe|zavin\u00e1\u010d)"
)
"""How people call the sign, here and abroad."""
_AT = rf"(?:{_OPEN}(?:@|at|a|\u00e4t|arroba){_SHUT}|\s?[_-](?:at|@)[_-]\s?)"

_NOT_LOCAL = words(
    """a about access account accounts accredited address after all am an and any app application applications applied
    apply appointments are around arrive arrived as ask asked available away back based be been begin best better
    bonus book booked buy by call cases ce check checked class classes clinic come contact coming course courses
    credential credits day director done down email employed everyone exam exams found free from get good great
    guidelines hard have he hello help her here him hired his home hours how i info information interview is it job
    jobs just learn list listed listing live log login logo look looked looking lot made manager managers me meet
    meeting membership more my nights nurse off office on one online open opening openings or out page pages paid
    part parking party pay people per place position positions posted posting print program programs question read
    register registered registration renew residency resources role roles rules salaries salary saw schedule school
    search see seen shift shifts show sign site some someone something staff standards start started stay stuff
    supervisor team tech techs test that the them then there they things this those time to today training
    transcript typed up us view volunteer volunteers was we website week weekends were what where which who with work
    worked working works you your"""
)
"""What stands before "at" where a place or a site follows."""
_SITES = words(
    """ad ads advert answers apps article articles audience benefits blog blogs booth bought brochure but calendar
    career careers certificate certified chapter charts cheap cheaper choose code codes compare conference
    copies copy cost costs data dates deadline deal deals defined described details directly discount document
    documents download downloads easier enroll enrolled event events expensive experience faq faqs faster fee
    fees file files follow form forms forum group guidance guide guides handbook head host hosted join learned
    lecture lesson lessons letter library link linked links manual map members mentioned merch module modules
    money news not number numbers nurses offered only orders outline papers pdf photos plan plans podcast
    policies policy portal poster price prices printed process product products profile published quiz quizzes
    recording reference reg regs release report reports requirements research resource review reviewed reviews
    right rule sale sample samples saved section sell sells service services sessions sheet sheets shop shown
    signed so sold sponsor standard stated statement statistics stats steps store stored summary support survey
    syllabus table tables teach teaches template templates terms tests text thing toolkit tools topics tutorial
    updates uploaded users vacancies vacancy version versions video videos visit webinar webinars wiki wording
    workshop workshops"""
)
"""What stands there, more rarely, and is no name either."""
_ENDED = re.compile(r".*(?:.{3}ing|[ts]ions?|ments?|it(?:y|ies)|ness|ships?)")
"""How words end that are nobody's name."""
_BODIES = re.compile(
    r"(?:www\.)?(?:arrt|acr|ahra|rsna|asrt|aapm|fda|cms|jrcert|nrc|osha|bls|ecfr|ardms|nmtcb|sdms|aium|snmmi|hps|crcpd"
    r"|ncrp|jointcommission|indeed|linkedin|glassdoor|amazon|google|youtube|reddit|onetonline|ebay|udemy|coursera)\."
    r"|.*\.(?:gov|mil)",
    re.IGNORECASE,
)
"""Whose sites are read; an address there has more than a bare name in front."""
_BEFORE_VERBS = words(
    "who that which what where when how they we you i he she it people anyone nobody not be been was were are"
)
_THAT = words("a any each every it my no one some such that the this what which your its our work home school")
"""What stands before "point" or "period" that is no sign."""
_POINTS = either(
    "is to at me us for the my his her their our address please it at: a copy of results list info and or ="
)


def _written(match: re.Match[str]) -> bool:
    """Return whether "at" stands in an address: the part before looks like one, or the one after is a mail service."""
    local = match["local"].casefold()
    if local in _NOT_LOCAL:
        return False
    spelt = re.search(rf"\b(?:d[o0]t|{_POINT_WORD})\b", match["domain"], re.IGNORECASE)
    if spelt and match["domain"].split()[0].casefold() in _THAT:
        return False
    free = re.match(rf"{_FREE}\b", match["domain"], re.IGNORECASE)
    shouted = " AT " in match[0] and not match[0].isupper()
    return bool(
        free or spelt or shouted or re.search(r"[\d._+%-]|\b(?:dot|underscore|dash|hyphen)\b", local) or _alone(match)
    )


def _alone(match: re.Match[str]) -> bool:
    """Return whether one word before "at" can be somebody's: none that stands before a site, no page of one behind."""
    local, domain = match["local"].casefold(), match["domain"]
    if local in _SITES or _ENDED.fullmatch(local):
        return False
    cued = word_before(match) in {"to", "is", "cc", "email"}
    return cued or (
        local.replace("'", "").isalpha()
        and len(local) > 1
        and word_before(match) not in _BEFORE_VERBS
        and not _BODIES.match(domain)
        and not re.search(r"\s", domain)
        and not re.match(r"/\w", match.string[match.end() :])
    )


def _both(match: re.Match[str]) -> bool:
    return _NOT_LOCAL.isdisjoint(match["local"].casefold().split())


def _cued(match: re.Match[str]) -> bool:
    return not _NOT_LOCAL.issuperset(match["local"].casefold().split())


_SOCIAL = either(
    """instagram insta ig snap snapchat discord skype telegram twitter tiktok venmo reddit kik viber wechat gamertag
    psn github gitlab xbox twitch threads bluesky bsky mastodon cashapp"""
)
_NETWORK = either("linkedin facebook fb youtube doximity whatsapp messenger zelle paypal pinterest")
_NOT_HANDLES = words(
    """a about active also always and another at bad banned banner because better big blank blocked broken but by
    closed confidential dead deleted down dull else empty enough even fine for from full gone good great hacked hard
    helpful how if in inactive is it just kind linked locked lost mine missing more my needed needs new nice no none
    not now of off ok okay old on open or our out outdated personal private public really ready right safe set so
    something strong suspended that the there they this to too under up updated useful very weak what where who why
    with wrong you your name number id"""
)
_TOKEN = r"(?P<rest>@?[\w.#-]{2,}\w)"  # noqa: S105 - no secret


def _handle(match: re.Match[str]) -> bool:
    return match["rest"].casefold().strip("@.") not in _NOT_HANDLES


def _ipv6(match: re.Match[str]) -> bool:
    from ipaddress import AddressValueError, IPv6Address  # noqa: PLC0415 - wanted by few texts

    try:
        IPv6Address(match["address"])
    except AddressValueError:
        return False
    return True


def _ipv4(match: re.Match[str]) -> bool:
    numbers = [int(each) for each in re.findall(r"\d+", match["address"])]
    if word_before(match) in _VERSIONS or max(numbers) > 255:  # noqa: PLR2004 - of a byte
        return False
    said = words(match.string.casefold())
    return _UPGRADES.isdisjoint(said) or "ip" in said


_VERSIONS = words("version versions v ver release firmware software build section chapter rev revision hl7 dicom table")
_UPGRADES = words("version versions firmware software patch patched upgrade upgraded upgrades downgrade release build")
"""Where one of these is spoken of, four numbers with points are one as well, wherever they stand."""
_HEX = "[0-9a-f]"
_POINT = r"(?:\s?[\[(]\s?(?:\.|dot)\s?[\])]\s?|\s+dot\s+|\.)"

RULES: tuple[Rule, ...] = (
    rule("link", r"\b(?:h(?:tt|xx)ps?|ftps?)\s?:\s?//\s?\S+|\bwww\s?\.\s?\S+|\bmailto:\S+"),
    rule(
        "link",
        r"(?<![\w@.])(?:[\w-]+\.)*(?:linkedin|facebook|fb|instagram|twitter|x|tiktok|github|gitlab|youtube|youtu|t|wa"
        r"|snapchat|reddit|venmo|linktr|bsky|threads|medium|calendly|about|pinterest|telegram|doximity|researchgate"
        r"|orcid|paypal|cash|twitch|discord)\.(?:com|org|io|me|ee|be|app|net|social|gg|tv)/\S+"
        r"|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}/(?:\S*/)?(?:in|u|user|users|profiles?|people|staff|team|members?|~|@)/?\S+"
        r"|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}/[~@]\S+",
    ),
    rule(
        "link", rf"\b\w+(?:\s+dot\s+\w+)?\s+dot\s+{_TLD}(?:\s+(?:forward\s)?slash\s+[\w-]+(?:\s+(?:dash|dot)\s+\w+)*)+"
    ),
    rule(
        "link",
        r"(?P<cue>\bmy (?:own |personal )?(?:web\s?site|site|portfolio|blog|home\s?page|web\s?page)(?: is|:)? (?:at )?)"
        r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\S*",
    ),
    rule("e-mail", rf"{_LOCAL}(?:{_OPEN}{_AT_WORD}{_SHUT}|[\s_-]{_AT_WORD}[\s_-]){_FULL_DOMAIN}"),
    rule("e-mail", rf"{_LOCAL}(?:\s?{_AT}\s?|@){_DOMAIN}"),
    rule("e-mail", rf"{_LOCAL}\s?@\s?{_LABEL}(?:{_DOT}{_LABEL}){{1,4}}"),
    rule(
        "e-mail",
        rf"(?P<cue>\b(?:e-?mail(?:s|ed)?|mail|addy|address|inbox|write|reach|contact|cc)\b"
        rf"(?:\s+{_POINTS}(?!\S)|\s?[:=])*\s+)"
        rf"(?P<local>(?:{_PART}\s){{0,2}}{_LOCAL})\s+at\s+(?P<domain>{_FULL_DOMAIN})",
        _cued,
    ),
    rule("e-mail", rf"(?P<local>\b[a-z]+\s[a-z]+)\s+at\s+(?P<domain>{_FREE}{_DOT}{_TLD})\b", _both),
    rule("e-mail", rf"(?P<local>{_LOCAL})\s+at\s+(?P<domain>{_FULL_DOMAIN})", _written),
    rule(
        "e-mail",
        rf"(?P<cue>\bmy (?:{_FREE})(?:\s(?:address|account|mail))?(?: is|:) ){_TOKEN}",
        _handle,
    ),
    rule("handle", r"(?<![\w.])@[a-z_][\w.-]+\w|(?<![\w/])u/[\w-]{3,}|\blive:[\w.]{3,}"),
    rule(
        "handle",
        rf"(?P<cue>\b(?:my|his|her|their|our)\s{_SOCIAL}(?:\s(?:handle|name|id|user\s?name|account|profile|tag))?"
        rf"\s?(?:(?:is|:|=|-|,)\s?)?(?:under\s)?){_TOKEN}",
        _handle,
    ),
    rule(
        "handle",
        r"(?P<cue>\b(?:user\s?name|screen\s?name|my handle|handle(?=\s?[:=])|login|user\s?id|gamertag|nickname|alias)"
        rf"(?:\s(?:on|at|for)\s(?:the\s|my\s)?\w+)?\s?(?:is\s|:|=)\s?){_TOKEN}",
        _handle,
    ),
    rule(
        "handle",
        rf"(?P<cue>\b(?:{_SOCIAL}|{_NETWORK}|user\s?name|screen\s?name)\b"
        r"\W{0,3}(?:(?:is|handle|name|id|me|at|as)\s)*)"
        r"(?P<rest>@?(?=[\w.#-]*[a-z])(?=[\w.-]*[\d_#]|\w+\.\w)[\w.#-]{3,}|\$[a-z]\w{2,})",
    ),
    rule(
        "network address",
        rf"(?<![\w:.])\[?(?P<address>{_HEX}{{0,4}}(?::{_HEX}{{0,4}}){{2,8}}(?:(?:\.\d{{1,3}}){{3}})?)"
        r"(?:%[\w.-]+)?\]?(?::\d{2,5}|/\d{1,3})?(?![\w:])",
        _ipv6,
    ),
    rule(
        "network address",
        rf"(?<![\w:.-])(?:{_HEX}{{2}}:(?:{_HEX}{{2}}:){{4}}{_HEX}{{2}}|(?=[\w\s-]{{0,16}}[a-f]){_HEX}{{2}}([\s-])"
        rf"(?:{_HEX}{{2}}\1){{4}}{_HEX}{{2}}|{_HEX}{{4}}\.{_HEX}{{4}}\.{_HEX}{{4}})(?!\.?[\w:-])",
    ),
    rule(
        "network address",
        rf"(?P<cue>\bmac(?: address)?(?: is|:)? ){_HEX}{{12}}\b|\b{_HEX}{{12}}(?= is (?:\w+ ){{0,2}}mac\b)",
    ),
    rule(
        "network address",
        rf"(?<![\w.])(?P<address>\d{{1,3}}(?:{_POINT}\d{{1,3}}){{3}})(?::\d{{2,5}}|/\d{{1,2}})?(?!\.?\d)",
        _ipv4,
    ),
)
