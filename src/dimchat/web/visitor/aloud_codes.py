"""Sections of law, telephone numbers, codes and addresses of sites as they are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dimchat.web.visitor.aloud_numerals import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.web.visitor.aloud_numerals import Numerals, Rule
    from dimchat.wording import Catalogue

SAID_AS_WORDS: Final = frozenset(
    {
        *("AIDS", "ALARA", "CAAHEP", "CHIP", "COVID", "DICOM", "EMTALA", "EQUIP", "FEMA", "HIPAA", "MIPPA"),
        *("NASA", "NATO", "NET", "NIOSH", "NIST", "OSHA", "PACS", "PET", "PIN", "RIS", "ROOT", "SPECT", "STEM"),
        *("VUE", "ZIP"),
    }
)
"""Of capitals alone, and yet no one spells them."""
_ENDINGS: Final = "com|org|net|gov|edu|mil|int|info|eu|us|uk|ca|au|de|at|ch|es|mx|fr|io|app|health|museum"
"""What the name of a site ends in where nothing before it tells that it is one."""
_SITE: Final = re.compile(
    rf"(?<![\w.+-])(?:https?://|mailto:)?(?:(?P<user>[\w.+-]+)@)?(?:www\.)?"
    rf"(?P<host>(?:[^\W_][\w-]*\.)+(?:(?:{_ENDINGS})\b|(?<=\.)[a-z]{{2,}}(?=/)))(?::\d+)?(?P<path>/[^\s<>\"]*)?"
)
_BARE_SITE: Final = re.compile(r"\(?(?:\bhttps?://|\bwww\.)\S*")
_SHORT_PATH: Final = re.compile(r"/([a-z]{2,12})/?")
_LAW: Final = (
    r"C\.?F\.?R\.?|U\.?S\.?C\.?|\u00a7\u00a7?|[Ss]ecciones|[Ss]ección|[Ss]ections?|[Ss]ec\.|[Pp]arts?"
    r"|[Aa]rt(?:ículo|icle)?s?\.?"
)
_SECTION: Final = r"(\d+(?:\.\d+)?)((?:\([A-Za-z0-9]{1,4}\))*)(?![\w/]|[.,]\d)"
_SECTIONS: Final = re.compile(
    rf"(?P<law>(?:{_LAW}))(?P<part>\s?(?:[Pp]arts?|\u00a7\u00a7?|[Ss]ections?)?\s?)(?P<first>{_SECTION})"
)
_LETTERED: Final = re.compile(r"(?<![\w.,$])(\d+(?:\.\d+)?)((?:\([a-z0-9]{1,4}\))+)")
_PHONE: Final = re.compile(
    r"(?<![\w.,-])(?:\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,6}|(?:1[\s.-])?\(\d{3}\)\s?\d{3}[\s.-]\d{4}"
    r"|(?:1[\s.-])?\d{3}[.-]\d{3}[.-]\d{4}|0\d{2,4}(?:[\s/-]\d{1,8}){1,4})(?![\w-]|[.,]\d)"
)
_CALLED: Final = re.compile(
    r"\b(?P<verb>[Cc]all|[Dd]ial|[Tt]ext|[Pp]hone|[Ll]l[aá]m\w+|[Mm]ar(?:c|qu)\w+|[Tt]exto|[Rr]uf\w*|[Ww]ähl\w*|[Aa]nruf\w*|[Nn]otruf\w*)\b"
    r"[^.!?\d]{0,40}\b\d{3}(?![\w-]|[.,]\d|%|\s[a-zà-ü]{3,}s\b|\s(?:people|patients|times)\b)(?:\s(?:or|o|u|oder)\s\d{3}\b)?"
)
_CALLS: Final = re.compile(r"(?<![\w.,$-])(?:911|988)(?![\w-]|[.,]\d|%|\s[a-zà-ü]{3,}s\b)")
_CODE: Final = re.compile(r"(?<![\w.,$-])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*(?![\w-])")
_NO_CODE: Final = re.compile(
    r"\d+(?:[a-z]{1,3}|[KMBTVWL]|MM|[A-Z][a-z]{1,2}|[a-zµμ][A-Z][a-z]?|[A-Z]{1,2}[a-z]|[GMT]B)$|\d+[AP]M$"
)
_CHAIN: Final = re.compile(r"(?<![\w.,-])\d+(?:-\d+){2,}(?![\w-])")
_DOTTED: Final = re.compile(r"\b((?:[A-Z]\.){2,})(s?)(?!\w|\.\w)")
_LETTERS: Final = re.compile(r"\b([A-ZÄÖÜÑ]{2,6})(s?)\b")
_YEAR: Final = re.compile(r"\d{4}")
_SPELLED: Final = 2
"""Figures of a code that are said as a number; more are said one by one."""


def site_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what says the name of a site, with a short path, in place of its address."""
    dot, slash, at = (f" {one} " for one in (words("aloud.dot"), words("aloud.slash"), words("aloud.at")))

    def site(match: re.Match[str]) -> str:
        host = match["host"].replace(".", dot)
        path = match["path"] or ""
        end = path[len(path.rstrip(".,;:!?)'\"\u201d")) :]
        short = _SHORT_PATH.fullmatch(path.removesuffix(end) if end else path)
        said = f"{match['user'].replace('.', dot)}{at}{host}" if match["user"] else host
        said += f"{slash}{short[1]}" if short else ""
        return re.sub(r"\d+", lambda found: f" {numerals.digits(found[0])} ", said) + end

    yield _SITE, site
    yield _BARE_SITE, lambda _: ""


def call_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what says numbers to be called figure by figure."""

    def phone(match: re.Match[str]) -> str:
        plus = f"{words('aloud.sign.plus')} " if match[0][0] == "+" else ""
        return plus + ", ".join(numerals.digits(group) for group in re.findall(r"\d+", match[0]))

    def called(match: re.Match[str]) -> str:
        return re.sub(r"\d{3}", lambda found: numerals.digits(found[0]), match[0])

    yield _PHONE, phone
    yield _CALLED, called
    yield _CALLS, called


def code_rules(words: Catalogue, numerals: Numerals) -> Iterator[Rule]:
    """Yield what says sections of law, and codes of letters and figures."""

    def section(number: str, letters: str, after: str) -> str:
        parts = [
            numerals.year(int(part)) if re.fullmatch(r"[1-9]\d{3}", part) else numerals.amount(part)
            for part in number.split(".")
        ]
        told = f" {words('aloud.point')} ".join(parts)
        marks = (numerals.amount(one) if one.isdecimal() else one.upper() for one in re.findall(r"\((\w+)\)", letters))
        said = ", ".join([f"{told} {next(marks)}", *marks]) if letters else told
        return f"{said}," if said.endswith(" A") and after[:1] == " " else said  # no article

    def of_law(match: re.Match[str]) -> str:
        law = re.sub(r"\u00a7\u00a7", words("aloud.sign.sections"), match["law"] + match["part"].rstrip())
        law = re.sub(r"\u00a7", f" {words('aloud.sign.section')}", law)
        law = re.sub(r"\bC\.?F\.?R\.?", "C F R", re.sub(r"\bU\.?S\.?C\.?", "U S C", law))
        return f"{law.strip()} {section(match[4], match[5], match.string[match.end() :])}"

    def code(match: re.Match[str]) -> str:
        if _NO_CODE.match(match[0]):
            return match[0]
        return " ".join(
            _chunk(chunk, numerals) for chunk in re.findall(r"\d+|[A-Z]+(?![a-z])|[A-Za-z][a-z]*", match[0])
        )

    yield re.compile(r"(?<=[a-zà-ü]{2})[-\u2010\u2011](?=\d)|(?<=\d)[-\u2010\u2011](?=[A-Za-zÀ-ü]{2})"), lambda _: " "
    yield _SECTIONS, of_law
    yield _LETTERED, lambda match: section(match[1], match[2], match.string[match.end() :])
    yield _CODE, code
    yield _CHAIN, lambda match: ", ".join(map(numerals.digits, match[0].split("-")))


def letter_rules(words: Catalogue) -> Iterator[Rule]:
    """Yield what says letters one by one, and signs between words."""

    def dotted(match: re.Match[str]) -> str:
        if words.language == "en":
            return match[0]
        end = "." if match.end() == len(match.string) else ""
        return spelled(match[1].replace(".", ""), words.language, plural=bool(match[2])) + end

    def letters(match: re.Match[str]) -> str:
        return match[0] if match[1] in SAID_AS_WORDS else spelled(match[1], words.language, plural=bool(match[2]))

    yield re.compile(r"(?<=\w)\s?&\s?(?=\w)"), lambda _: f" {words('aloud.and')} "
    yield re.compile(r"(?<=[^\W\d])[*/](?=[^\W\d])"), lambda _: " "
    yield _DOTTED, dotted
    yield re.compile(r"(?<=[A-Z])\((?=[A-Z]+\))"), lambda _: " ("
    yield _LETTERS, letters
    yield re.compile(r"(?<=[A-Z]\.)\.(?!\.)"), lambda _: ""


def spelled(letters: str, language: str, *, plural: bool = False) -> str:
    """Return letters so that a voice says them one by one.

    In English a lone A is an article: eSpeak NG says "uh R R T". Points between make it a letter.

    >>> spelled("CT", "en"), spelled("MRI", "en", plural=True), spelled("ARRT", "en"), spelled("ARRT", "es")
    ('C T', "M R I's", 'A.R.R.T.', 'A R R T')
    """
    if plural:
        return " ".join(letters) + ("'s" if language == "en" else "s")
    return "".join(f"{one}." for one in letters) if language == "en" and "A" in letters else " ".join(letters)


def _chunk(chunk: str, numerals: Numerals) -> str:
    """Return a run of letters, or of figures, of a code."""
    if not chunk.isdecimal():
        apart = len(chunk) > 1 and chunk.isupper() and chunk not in SAID_AS_WORDS
        return spelled(chunk, numerals.language) if apart else chunk
    year = _YEAR.fullmatch(chunk) and int(chunk) in YEARS
    return numerals.told(chunk) if year or (len(chunk) <= _SPELLED and chunk[0] != "0") else numerals.digits(chunk)
