"""Tags of languages (BCP 47) and codes of countries (ISO 3166), as far as a pack names them."""

from __future__ import annotations

import re

from dimchat.files.text import suggest

_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
_NAMES = {
    "English": "en", "Spanish": "es", "Español": "es", "French": "fr", "Français": "fr", "German": "de",
    "Deutsch": "de", "Italian": "it", "Italiano": "it", "Portuguese": "pt", "Português": "pt", "Dutch": "nl",
    "Nederlands": "nl", "Polish": "pl", "Russian": "ru", "Ukrainian": "uk", "Greek": "el", "Turkish": "tr",
    "Arabic": "ar", "Hebrew": "he", "Hindi": "hi", "Bengali": "bn", "Urdu": "ur", "Persian": "fa", "Chinese": "zh",
    "Japanese": "ja", "Korean": "ko", "Vietnamese": "vi", "Thai": "th", "Indonesian": "id", "Swedish": "sv",
    "Norwegian": "no", "Danish": "da", "Finnish": "fi", "Czech": "cs", "Hungarian": "hu", "Romanian": "ro",
    "Tagalog": "tl", "Swahili": "sw", "Catalan": "ca",
    # Codes of three letters where BCP 47 wants the shorter one, and codes that are not there.
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "por": "pt", "nld": "nl",
    "dut": "nl", "pol": "pl", "rus": "ru", "ell": "el", "gre": "el", "tur": "tr", "ara": "ar", "heb": "he", "hin": "hi",
    "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "vie": "vi", "swe": "sv", "cz": "cs", "jp": "ja", "gr": "el",
    "se": "sv", "dk": "da", "cn": "zh", "kp": "ko", "iw": "he", "in": "id",
}  # fmt: skip
_COUNTRY_NAMES = {
    "UK": "GB", "England": "GB", "Britain": "GB", "United Kingdom": "GB", "USA": "US", "United States": "US",
    "America": "US", "Canada": "CA", "Ireland": "IE", "Australia": "AU", "New Zealand": "NZ", "Germany": "DE",
    "Austria": "AT", "Switzerland": "CH", "France": "FR", "Spain": "ES", "Netherlands": "NL", "India": "IN",
}  # fmt: skip
LANGUAGES = frozenset(_LANGUAGES.split())
"""Codes of two letters (ISO 639-1)."""
COUNTRIES = frozenset(_COUNTRIES.split())
"""Codes of two letters (ISO 3166-1)."""
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?"
)


def language_fault(tag: str) -> tuple[bool, str | None]:
    """Return whether something is wrong with a tag of a language, and what was probably meant.

    Args:
        tag: As the pack writes it. Language, script and region are written as BCP 47 recommends: en, zh-Hant, pt-BR.
    """
    match = _TAG.fullmatch(tag)
    short = match is not None and match["language"] in _NAMES and match["language"] not in LANGUAGES
    if match and not short and (len(match["language"]) == 3 or match["language"] in LANGUAGES):  # noqa: PLR2004
        region = match["region"]
        if region is None or region.isdigit() or region in COUNTRIES:
            return False, None
        meant = _COUNTRY_NAMES.get(region) or suggest(region, sorted(COUNTRIES))
        return True, tag.replace(f"-{region}", f"-{meant}" if meant else "")
    return True, _meant(tag)


def _meant(tag: str) -> str | None:
    first, *rest = re.split(r"[-_. ]", tag.strip()) or [""]
    named = {name.casefold(): code for name, code in _NAMES.items()}
    found = first.lower() if first.lower() in LANGUAGES else named.get(first.casefold())
    if found is None:
        near = suggest(first, list(_NAMES))
        return _NAMES[near] if near else None
    region = next((part.upper() for part in rest if part.upper() in COUNTRIES), None)
    return f"{found}-{region}" if region else found


def country_meant(text: str) -> str | None:
    """Return the code of a country that was probably meant by what is none."""
    if text.upper() in COUNTRIES:
        return text.upper()
    near = suggest(text, list(_COUNTRY_NAMES))
    return _COUNTRY_NAMES[near] if near else None
