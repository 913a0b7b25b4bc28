"""Numbers that belong to one person: phone, card, account, record, licence, and those by which a country knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.journal.record.redact.rule import COUNTED, Rule, counts, either, figures, is_list, rule, word_before, words

_GAP = r"(?:\s?[-./_~|*\\]{1,2}\s?|\s)"
_DIGIT_WORD = either("zero oh one two three four five six seven eight nine double triple")
_EXTENSION = r"(?:[\s,;]*(?:x|ext\.?|extn\.?|extension|#)\s*\d{1,6})?"

if TYPE_CHECKING:
    from collections.abc import Callable

# ----------------------------------------------------------------------------------------------- accounts and cards
_IBAN_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_IBAN = (15, 34)
"""The characters that an account number has, at least and at most."""
_MOSTLY = 10
"""The figures without which it is rather a sentence."""


def _iban(match: re.Match[str]) -> bool:
    """Return whether it is an account number: by its check digits, or by its shape where a digit was mistyped."""
    plain = re.sub(r"[^0-9A-Z]", "", match[0].upper())
    if not _IBAN[0] <= len(plain) <= _IBAN[1]:
        return False
    whole = int("".join(str(_IBAN_LETTERS.index(each)) for each in plain[4:] + plain[:4]))
    return whole % 97 == 1 or sum(each.isdigit() for each in plain) >= _MOSTLY


def _luhn(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    doubled = [sum(divmod(2 * digit, 10)) for digit in numbers[-2::-2]]
    return (sum(numbers[-1::-2]) + sum(doubled)) % 10 == 0


def _card(match: re.Match[str]) -> bool:
    """Return whether digits are a card's; what is no list and no card is a number all the same, by a later rule."""
    groups = figures(match[0])
    return _luhn("".join(groups)) or (len(groups) > 2 and not is_list(groups))  # noqa: PLR2004 - grouped as on a card


# ------------------------------------------------------------------------------------------------ records, licences
_FIRM = either(
    r"""mrn m\.r\.n\.? a\.r\.r\.t\.? rdms rdcs rvt cnmt npi dea ssn arrt ardms nmtcb crt passport acct accession icn
    hicn mbi vin dl cdl iban aba driv(?:er|ing)'?s?\slicen[sc]e sort\scode medicare\sid medicaid\sid tax\sid ein
    itin"""
)
"""What a number that follows at once belongs to, if it is long enough."""
_LOOSE = either(
    r"""medical\srecord record chart account patient member subscriber group policy claim case encounter visit insurance
    licen[sc]e licen[sc]ure lic employee emp badge staff certificate certification cert registry membership conf acc
    registration registrant reg student order confirmation ticket id identification reference ref file serial plate
    tag routing invoice prescription rx cra crt rt loan pin access payroll personnel tracking"""
)
"""What also stands before numbers that count: "staff 1500 people", "record 1200 scans"."""
_KIND = rf"(?:{_FIRM}|{_LOOSE})"
_MARK = r"(?:\s?(?:id|number|numbers|num|nbr|no|nr|code|identifier)\b\.?|\s?#)"
_LINK = r"(?:\s?(?:is|was|says|reads|'s|=|:|-|#|ends in|ending in)(?=[\s#(\d\w])\s?)"
_VALUE = (
    r"\(?(?P<value>(?:[a-z]{0,5}(?:\([a-z]\))?[-_./]?|(?-i:[A-Z]{1,4})\s)\d[\da-z]*"
    r"(?:[-_./][\da-z]+|\s\d{2,}[a-z]?\b)*)"
)
_OWNER = r"(?:my|his|her|their|the patient'?s?|patient'?s?|your|\w+'s)"


def _long(least: int, *, sums: bool = False) -> Callable[[re.Match[str]], bool]:
    """Return a test of whether a value has a given number of digits and is no year.

    Args:
        least: The digits.
        sums: Whether it may also be a round number, which counts something.
    """

    def holds(match: re.Match[str]) -> bool:
        value = match["value"]
        if re.fullmatch(_YEARS, value) or counts(match) or _is_paper(match):
            return False
        return sum(each.isdigit() for each in value) >= least and not (sums and _is_round(value))

    return holds


_YEARS = r"(?:19|20)\d\d(?:-\d\d(?:\d\d)?)?"
_PAPER = re.compile(r"[a-z]{2,5}[-.]?\d{1,5}(?:[-.](?:\d{1,3}|[a-z]))?", re.IGNORECASE)


def _is_paper(match: re.Match[str]) -> bool:
    """Return whether a policy is a paper of the department, and no contract with an insurer."""
    return (
        match["cue"].casefold().startswith("policy")
        and bool(_PAPER.fullmatch(match["value"]))
        and not re.search(r"\b(?:my|his|her|their|insur\w+|coverage|premium)\b", match.string, re.IGNORECASE)
    )


def _is_round(value: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d*000|[1-9]\d?00", value))


# --------------------------------------------------------------------------------------------------------- telephone
_PHONE_CUE = (
    r"\b(?!number of\b)(?:call(?:ing|ed)?|text(?:ing|ed)?|(?:tele)?phone|tel|cell(?:ular)?|mobile|fax|reach|ring"
    r"|whats\s?app|sms|dial|voice\s?mail|pager|beeper|landline|contact|number|no\.|digits|ph|mob|hotline|home|work|office)\b"
)
_LEAST, _MOST = 7, 15
"""The digits of a phone number."""
_ALONE = 9
"""Those of one that is known by its groups alone, not by what stands before."""


_THIRDS = re.compile(r"\d{3}(?:/\d{3}){2}")
"""Three values with slashes between them, such as percentiles: nobody groups a phone number so."""


def _digits(text: str) -> int:
    return len("".join(figures(text)))


def _phone(match: re.Match[str]) -> bool:
    groups = figures(match["number"] if "number" in match.groupdict() else match[0])
    digits = len("".join(groups))
    return _LEAST <= digits <= _MOST and not is_list(groups) and not counts(match)


def _cued_phone(match: re.Match[str]) -> bool:
    """Return whether digits after a cue are a phone number; after "my number" also two groups of five."""
    two = len(figures(match["number"])) == 2  # noqa: PLR2004 - groups
    return _phone(match) or (two and match["cue"].casefold().startswith("my "))


def _local(match: re.Match[str]) -> bool:
    """Return whether three and four digits are a phone number rather than a range such as 500-1000."""
    first, last = figures(match[0])[:2]
    is_range = int(first) < int(last) and (first.endswith("0") and last.endswith("0"))
    return not is_range and not counts(match)


def _no_sum(match: re.Match[str]) -> bool:
    return not _is_round("".join(figures(match[0]))) and not counts(match)


_CLEARED = re.compile(r"k(?:7[6-9]|[89]\d|[012]\d)\d{4}|[ph]\d{6}|bk\d{6}", re.IGNORECASE)
_DEVICES = re.compile(
    r"\b(?:fda|510|pma|hde|de novo|den\d{6}|clear\w*|predicates?|devices?|submissions?|vendors?|approv\w+|ai)\b",
    re.IGNORECASE,
)


def _no_device(match: re.Match[str]) -> bool:
    """Return whether letters and digits are not those under which the FDA cleared or approved a device."""
    cleared = bool(_CLEARED.fullmatch(match[0])) and bool(_DEVICES.search(match.string))
    return _no_sum(match) and not cleared and not re.fullmatch(r"den\d{6}", match[0], re.IGNORECASE)


def _no_list(match: re.Match[str]) -> bool:
    groups = figures(match[0])
    ranges = len(groups) == 2 and len(groups[0]) == len(groups[1])  # noqa: PLR2004 - from, to
    return len("".join(groups)) >= 9 and not ranges and not is_list(groups) and not counts(match)  # noqa: PLR2004


_PLACES = words("room suite unit question item step page form rev version floor bed bay door pod")
"""What is counted with a sign of number as well."""
_DIGITS_SPOKEN = 7


def _spoken(match: re.Match[str]) -> bool:
    found = re.findall(rf"\d|\b{_DIGIT_WORD}\b", match[0], re.IGNORECASE)
    said = sum(not each.isdigit() for each in found)
    return len(found) >= _DIGITS_SPOKEN and said > 2  # noqa: PLR2004 - else it is a list


FIRST: tuple[Rule, ...] = (
    rule(
        "account", rf"(?<!\w)[a-z]{{2}}\s?\d{{2}}(?:{_GAP}?[\da-z]{{4}}){{2,7}}(?:{_GAP}?[\da-z]{{1,3}})?(?!\w)", _iban
    ),
    rule("number", r"(?<!\w)[1-9][a-z][a-z\d]\d[\s-]?[a-z][a-z\d]\d[\s-]?[a-z]{2}\d{2}(?!\w)"),
    rule(
        "social security number",
        r"(?<!\w)(?:(?-i:[A-Z]{2})[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?(?-i:[A-D])|[a-z]{2}\d{6}[a-d])(?!\w)",
    ),
)
"""What would otherwise be taken for several things."""
RULES: tuple[Rule, ...] = (
    rule("social security number", rf"(?<![\d.-])\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?![\d-])"),
    rule(
        "social security number",
        r"(?P<cue>\b(?:ssn|s\.s\.n\.?|social(?: security| insurance)?(?: (?:number|no|num|card))?|soc sec"
        r"|national insurance(?: (?:number|no))?)\b[^\d\n]{0,25}?)(?<!\d)\d[\d\s./_-]{2,14}\d(?!\d)",
        lambda match: not counts(match) and not re.search(rf"\b{_YEARS}$", match[0]),
    ),
    rule(
        "card",
        rf"(?<![\d.-])(?:\d{{4}}{_GAP}){{3}}\d{{1,7}}(?!\d)|(?<![\d.-])\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}(?!\d)",
        _card,
    ),
    rule("card", r"(?<![\d.])\d{13,19}(?!\d)", _card),
    rule(
        "card",
        r"(?P<cue>\b(?:(?:credit|debit|bank|visa|master\s?card|amex|american express|discover)(?: card)?"
        r"(?: ?(?:number|no\.?|num|#|:)(?: is)?| (?:is|ends? in|ending(?: in| with)?))[:\s#]*"
        r"|card(?: (?:number|no\.?|num)| ?#)(?: is)?[:\s#]*"
        r"|card (?:is|ends?(?: in| with)?|ending(?: in| with)?)[:\s]*"
        r"|(?:cvv2?|cvc|security code)(?: is| code)?[:\s]*"
        r"|last (?:four|4)(?: digits)?(?: (?:are|is|of [\w\s]{1,20}?))*[:\s]*"
        r"|(?:ends|ending) (?:in|with) ))(?P<value>\d{3,}(?:[\s./-]\d{2,})*)(?!\d)",
        _long(3),
    ),
    rule("number", rf"(?P<cue>\b{_KIND}{_MARK}{{1,2}}\)?{_LINK}{{0,2}}\s?){_VALUE}", _long(3)),
    rule(
        "number",
        r"(?P<cue>\b[a-z]\.?[a-z]\.?\s?(?:\([a-z.]{1,4}\)\s?)+(?:#|no\.?|number|id|:|\s)*)(?P<value>\d{5,})",
        _long(5),
    ),
    rule("number", rf"(?P<cue>#\s?){_VALUE}", lambda match: _long(4)(match) and word_before(match) not in _PLACES),
    rule(
        "number",
        rf"(?P<cue>\b{_OWNER}\s(?:\w+\s){{0,2}}{_KIND}(?:\s(?:card|tag|sticker))?{_LINK}{{1,2}}){_VALUE}",
        _long(4, sums=True),
    ),
    rule("number", rf"(?P<cue>\b{_FIRM}{_LINK}{{0,2}}\s?){_VALUE}", _long(5)),
    rule("number", rf"(?P<cue>\b{_KIND}(?:\s?[:#=]\s?|\s(?:is|was)\s)#?){_VALUE}", _long(5, sums=True)),
    rule(
        "number",
        rf"(?P<cue>\b{_LOOSE}\s)"
        r"(?P<value>(?:[a-z]{1,4}-?)\d{4,}(?:-\w+)*|\d[a-z]{3}\d{3}|0\d{4,}|\d{6,})\b",
        _long(4, sums=True),
    ),
    rule(
        "phone",
        rf"(?<![\w.])\(?\+\s?\(?\d{{1,3}}\)?(?:[\s./()_~|*-]{{0,3}}\d){{6,12}}\)?{_EXTENSION}",
    ),
    rule(
        "phone",
        rf"(?<![\w.,-])(?P<number>(?:(?:00|011)\s?\d{{1,3}}{_GAP}|\(?1\)?{_GAP}?)?(?:\(\s?\d{{3}}\s?\)|\d{{3}}){_GAP}?"
        rf"\d{{3}}{_GAP}?(?:\d{{4}}|\d{{2}}{_GAP}\d{{2}})){_EXTENSION}(?![\d-])",
        lambda match: _phone(match) and not _is_round(match["number"]),
    ),
    rule(
        "phone",
        rf"(?<![\w.,-])(?P<number>(?:\(\d{{2,5}}\)|\(?0\d{{1,4}}\)?|00\d{{1,3}})"
        rf"{_GAP}?\d{{2,4}}(?:{_GAP}?\d{{2,4}}){{0,4}}"
        rf"|\d{{2,3}}{_GAP}\d{{4}}{_GAP}\d{{4}}|\d{{3}}(?:{_GAP}\d{{2}}){{3}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}})"
        rf"{_EXTENSION}(?![\d-])",
        lambda match: _phone(match) and _digits(match["number"]) >= _ALONE and not _THIRDS.fullmatch(match["number"]),
    ),
    rule("phone", rf"(?<![\w.,/-])(?:\d{{3}}\s?-{{1,2}}\s?|555{_GAP})\d{{4}}{_EXTENSION}(?![\w-])", _local),
    rule(
        "phone",
        rf"(?<![\w.,$-])(?P<number>\d{{2,5}}(?:{_GAP}?\d{{2,5}}){{1,5}})"
        r"(?=\s(?:is|was|\W)\s?(?:my|the|her|his|our)\s(?:\w+\s)?"
        r"(?:number|cell|phone|mobile|fax|tel|line|#))",
        lambda match: _LEAST <= _digits(match["number"]) <= _MOST,
    ),
    rule(
        "phone",
        rf"(?P<cue>(?:\bmy\s)?{_PHONE_CUE}[^\d+\[]{{0,25}}?)"
        rf"(?<![\d.$-])(?P<number>\(?\d{{2,5}}\)?(?:{_GAP}?\(?\d{{2,5}}\)?){{1,5}}){_EXTENSION}(?![\d-])",
        _cued_phone,
    ),
    rule(
        "phone",
        r"(?P<cue>\b(?:ext|extn|extension)\b\.?\s?(?:is\s|'s\s|:\s?|#\s?|number\s)?)(?P<value>\d{3,6})\b",
        _long(3),
    ),
)
LAST: tuple[Rule, ...] = (
    rule("number", r"(?<![\w.,$€£])\d{7,}(?![\w%])|(?<!\w)\d{2}-\d{7}\b", _no_sum),
    rule(
        "number",
        r"(?<![\w.])[a-z]{1,4}-?\d{6,}\b|(?<![\w.])(?-i:(?!(?:PN|GE|SKU|NDC|ISO|IEC)\b)[A-Z]{1,4}) \d{6,8}\b"
        r"|(?<!\w)\d{6,}[a-z]{1,2}\b",
        _no_device,
    ),
    rule("number", r"(?<![\w.])\d(?:[\s.-]\d){6,}(?!\w)", lambda match: not is_list(figures(match[0]))),
    rule("number", r"(?<![\w.,])[a-z]?\d{2,7}(?:-\d{2,7}){1,4}(?![\w-])", _no_list),
    rule(
        "number",
        rf"(?<![\w-])(?:{_DIGIT_WORD}|\d{{1,4}})(?:[\s,.-]{{1,2}}(?:{_DIGIT_WORD}|\d{{1,4}})\b){{3,}}(?!\w)",
        _spoken,
    ),
)
"""What is left, whatever it may be."""

# ----------------------------------------------------------- by which a country knows a person: register, taxes, health
_ID_SURE = either(
    r"""aadh?aa?r ad+haa?r nino cpf cnpj dni nif curp bsn-nummer burgerservicenummer personnummer person-?nr
    samordningsnummer pesel codice\sfiscale partita\siva steuer-?id(?:entifikations)?-?(?:nummer|nr)?
    steuer-?(?:nummer|nr) (?:sozial|renten|kranken)?versicherten?-?(?:nummer|nr) svnr
    (?:sozial|renten|kranken)?versicherungs-?(?:nummer|nr) (?:avs|ahv)-?(?:nummer|nr)?
    num[e\u00e9]ro\sde\ss[e\u00e9]cu(?:rit[e\u00e9](?:\ssociale)?)? s[e\u00e9]curit[e\u00e9]\ssociale carte\svitale
    insee seguridad\ssocial nuss f[o\u00f8]dselsnummer cpr-?(?:nummer|nr) henkil[o\u00f6]tunnus hetu kennitala hkid nric
    mykad ohip emirates\sid cnic tfn tax\sfile ppsn c[e\u00e9]dula rut cuil cuit
    philhealth voter\sid epic\sno national\sid(?:entity|entification)? identity\scard id\scard
    oib jmbg amka tc\skimlik teudat\szehut isikukood rodn[e\u00e9]\s\u010d[i\u00ed]slo green\scard alien\sregistration
    residence\spermit passport pasaporte reisepass personalausweis"""
)
"""Names that say at once whose number follows."""
_ID_LOOSE = either(
    r"""nhs ni nie pan bsn cpr pps medicare medicaid insurance(?:\smember)? health(?:\sinsurance)? sin sss umid tin fin
    nir nik nhi chi rg ci ahcip msp hcn ihi rfc egn cnp cedula national\sinsurance social\sinsurance care\scard
    personal identity national"""
)
"""Names that mean other things as well: they need "number" or "card" behind them, or a long number."""
_ID_MARK = (
    r"(?:[\s-]?(?:card|id|ids|identifier|numbers?|n[u\u00fa]mero|nummer|num|no|nr|nbr|code|kod|ref)"
    r"(?![^\W\d_])\.?|\s?#)"
)
_ID_LINK = r"(?:\s?(?:is|was|says|reads|es|ist|est|\u00e9|\u00e8|\u00e4r|er|on|=|:|-|#)(?=[\s#:(\d]))"
_ID_GROUP = (
    r"(?:\s?[-./]\s?[a-z]{0,4}\d[\da-z]*|[-./][a-z]{1,2}\b|\s\d{2,}[a-z]{0,2}\b|\s(?-i:[A-Z]{0,4}\d[\dA-Z]*)\b"
    rf"(?!\s{either(' '.join(sorted(COUNTED)))}(?!\w))|\s(?-i:[A-Z])\b|\(\w\))"
)
_ID_VALUE = rf"(?P<value>(?:(?-i:[A-Z]{{1,4}})\s){{0,2}}[a-z]{{0,6}}-?\d[\da-z]*{_ID_GROUP}*)"
ID_DIGITS = 4
"""The digits without which nothing here is found."""
_SHORT, _LONG = 5, 8
"""Those of such a number, and those by which a name of several meanings makes it one."""
_TAX_CARD = re.compile(r"[a-z]{5}\d{4}[a-z]", re.IGNORECASE)


def _is_identity(match: re.Match[str]) -> bool:
    """Return whether a value is somebody's, and no share, no list of numbers, nothing that is counted."""
    value, named = match["value"], bool(match["sure"] or match["mark"])
    groups = figures(value)
    years = all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups)
    if years or re.fullmatch(r"\d+\.\d+", value) or (is_list(groups) and not named):
        return False
    digits = len("".join(groups))
    if digits >= _LONG:
        return named or not counts(match)
    return named and bool(_TAX_CARD.fullmatch(value) or (digits >= _SHORT and not counts(match)))


_SHAPES = (
    r"[A-Z]{5}\d{4}[A-Z]|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[A-Z]{4}\d{6}[HMX][A-Z]{5}[\dA-Z]\d|[STFGM]\d{7}[A-Z]"
    r"|[XYZ]-?\d{7}-?[A-Z]|\d{1,2}\.\d{3}\.\d{3}-[\dA-Zk]|\d{8}-[A-Z]|\d{3}\.\d{3}\.\d{3}-\d{2}|756\.\d{4}\.\d{4}\.\d{2}"
    r"|\d{5}-\d{7}-\d|784-\d{4}-\d{7}-\d|\d{2}-\d{8}-\d|\d{6}[-+]\d{3}[A-Z]|(?:19|20)?\d{6}[-+]\d{4}"
    r"|[12]\s\d\d\s\d\d\s\d[\dAB]\s\d{3}\s\d{3}(?:\s\d\d)?|[A-Z]{1,2}\d{6}\([\dA]\)"
)
"""What nothing else is written like: of India, Italy, Mexico, Singapore, Spain, Chile, Brazil, Switzerland, Pakistan,
the Emirates, Argentina, Finland, Sweden and Denmark, France, Hong Kong."""

ID_RULES: tuple[Rule, ...] = (
    rule(
        "number",
        rf"(?P<cue>\b(?:(?P<sure>{_ID_SURE})|{_ID_LOOSE})(?P<mark>{_ID_MARK}{{1,2}})?{_ID_LINK}{{0,2}}\s?){_ID_VALUE}",
        _is_identity,
    ),
    rule("number", rf"(?<![\w.-])(?-i:{_SHAPES})(?![\w-])"),
)
