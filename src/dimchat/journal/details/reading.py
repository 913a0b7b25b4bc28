"""How a text is read before it is searched: every dash, dot, blank and digit of Unicode as the one of ASCII."""

from __future__ import annotations

import unicodedata

_DOTS = (
    "\u3002\u2024\u00b7\u2022\u2219\u22c5\u30fb\u2027\ua78f\u2e31\u2e33\u16eb\u0387\u06d4\u0701\u0702\u2e3c\u25cf\u26ab"
)
_DASHES = "\u2212\u2043\u02d7\u30fc\u2500\u2501\u23af\u2796\u02c9\u00af\u203e\u2c3a\u3161"
_SLASHES = "\u2044\u2215\u29f8\u2571\uff0f"
_QUOTES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4"
_COLONS = "\u2236\ua789\u02d0\ufe55\u05c3"
_BLANKS = "\u2800\u3164\u115f\u1160\u180e\u2422\u2423"
_KNOWN = {
    ord(each): plain
    for many, plain in ((_DOTS, "."), (_DASHES, "-"), (_SLASHES, "/"), (_QUOTES, "'"), (_COLONS, ":"), (_BLANKS, " "))
    for each in many
} | {0x2795: "+"}
_LATIN_MARKS = range(0x300, 0x370)


class _Plain(dict[int, str]):
    """What stands for a character, found out when it first comes."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if kind in {"Cf", "Me", "Cc"} or ord(character) in _LATIN_MARKS or "VARIATION SELECTOR" in _name(character):
        return "" if kind != "Cc" else " "  # what is not seen, or strikes a figure out, parts nothing
    return {"Pd": "-", "Zs": " ", "Zl": " ", "Zp": " "}.get(kind, character)


def _name(character: str) -> str:
    return unicodedata.name(character, "")


_PLAIN = _Plain(_KNOWN)


def reading(text: str) -> str:
    """Return a text as the rules read it, on one line: in compatibility form, without what is not seen."""
    if text.isascii() and text.isprintable():
        return text
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())
