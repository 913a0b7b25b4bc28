from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.text import code_point, invisible, without_invisible

NEEDED = {
    "Persian plural": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Hindi, a half letter": "\u0915\u094d\u200d\u0937",
    "Malayalam, at a word's end": "\u0d28\u0d4d\u200d ",
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a health worker with a skin": "\U0001f9d1\U0001f3fd\u200d\u2695\ufe0f",
    "a heart in colour": "\u2764\ufe0f",
    "a key": "1\ufe0f\u20e3",
    "the flag of Scotland": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "an ideograph's variant": "\u908a\U000e0100",
    "blanks that are seen": "a\xa0b\u2003c\u202fd\u3000e\tf\ng",
    "accents": "e\u0301 \u0e01\u0e33",
}
HIDDEN = {
    "override": ("Fee \u202e05", 0x202E),
    "isolate": ("a\u2066b", 0x2066),
    "mark": ("a\u200fb", 0x200F),
    "zero width space": ("opening\u200bhours", 0x200B),
    "word joiner": ("a\u2060b", 0x2060),
    "mark inside": ("a\ufeffb", 0xFEFF),
    "soft hyphen": ("hos\xadpital", 0xAD),
    "tag": ("pay\U000e0041", 0xE0041),
    "tags behind a flag that is none": ("\U0001f3f4\U000e0067x", 0xE0067),
    "selector behind a letter": ("a\ufe0fb", 0xFE0F),
    "selector behind a digit": ("1\ufe0f", 0xFE0F),
    "two selectors": ("\u2764\ufe0f\ufe0f", 0xFE0F),
    "supplementary selector": ("a\U000e0101", 0xE0101),
    "joiner in Latin": ("ex\u200dam", 0x200D),
    "two joiners": ("\u06cc\u200c\u200c", 0x200C),
    "no character": ("a\ufdd0", 0xFDD0),
    "the last of a plane": ("a\U0001ffff", 0x1FFFF),
    "Hangul filler": ("a\u3164", 0x3164),
    "CSI": ("a\x9b31m", 0x9B),
    "line separator": ("a\u2028b", 0x2028),
    "half a pair": ("a\ud800", 0xD800),
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=list(NEEDED))
def test_what_a_script_or_a_picture_needs_passes(text: str) -> None:
    assert list(invisible(text)) == []
    assert without_invisible(text, "?") == text


@pytest.mark.parametrize(("text", "code"), HIDDEN.values(), ids=list(HIDDEN))
def test_what_nobody_sees_is_found(text: str, code: int) -> None:
    assert list(invisible(text)) == [(text.rindex(chr(code)), chr(code))]
    assert chr(code) not in without_invisible(text) or text.count(chr(code)) > 1


def test_a_character_is_called_by_its_number() -> None:
    assert (code_point("\x07"), code_point("\u202e"), code_point("\U000e0041")) == ("U+0007", "U+202E", "U+E0041")


@given(st.text(st.sampled_from("ab\u06cc\u200c\u200d\ufe0f\u2764\u202e\U0001f3f4\U000e0067\U000e007f\U0001f468")))
def test_the_rest_is_as_it_was(text: str) -> None:
    gone = {offset for offset, _ in invisible(text)}
    assert without_invisible(text) == "".join(character for at, character in enumerate(text) if at not in gone)
