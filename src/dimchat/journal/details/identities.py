"""Numbers by which a country knows a person: of its register, its taxes, its health service."""

from __future__ import annotations

import re

from dimchat.journal.details.rule import COUNTED, Rule, counts, either, figures, is_list, rule

_SURE = either(
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
_LOOSE = either(
    r"""nhs ni nie pan bsn cpr pps medicare medicaid insurance(?:\smember)? health(?:\sinsurance)? sin sss umid tin fin
    nir nik nhi chi rg ci ahcip msp hcn ihi rfc egn cnp cedula national\sinsurance social\sinsurance care\scard
    personal identity national"""
)
"""Names that mean other things as well: they need "number" or "card" behind them, or a long number."""
_MARK = (
    r"(?:[\s-]?(?:card|id|ids|identifier|numbers?|n[u\u00fa]mero|nummer|num|no|nr|nbr|code|kod|ref)"
    r"(?![^\W\d_])\.?|\s?#)"
)
_LINK = r"(?:\s?(?:is|was|says|reads|es|ist|est|\u00e9|\u00e8|\u00e4r|er|on|=|:|-|#)(?=[\s#:(\d]))"
_GROUP = (
    r"(?:\s?[-./]\s?[a-z]{0,4}\d[\da-z]*|[-./][a-z]{1,2}\b|\s\d{2,}[a-z]{0,2}\b|\s(?-i:[A-Z]{0,4}\d[\dA-Z]*)\b"
    rf"(?!\s{either(' '.join(sorted(COUNTED)))}(?!\w))|\s(?-i:[A-Z])\b|\(\w\))"
)
_VALUE = rf"(?P<value>(?:(?-i:[A-Z]{{1,4}})\s){{0,2}}[a-z]{{0,6}}-?\d[\da-z]*{_GROUP}*)"
LEAST = 4
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

RULES: tuple[Rule, ...] = (
    rule(
        "number",
        rf"(?P<cue>\b(?:(?P<sure>{_SURE})|{_LOOSE})(?P<mark>{_MARK}{{1,2}})?{_LINK}{{0,2}}\s?){_VALUE}",
        _is_identity,
    ),
    rule("number", rf"(?<![\w.-])(?-i:{_SHAPES})(?![\w-])"),
)
