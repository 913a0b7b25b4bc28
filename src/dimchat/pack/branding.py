"""How a pack looks on a page: its logo, and its colours in each theme, with what follows from them."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING, Final, Literal

from dimchat.files.yaml import MapNode
from dimchat.model import Look, Place
from dimchat.pack.draft import line
from dimchat.pack.folder import LOGO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.pack.rules import Report

LARGEST: Final = 256 * 1024
"""Bytes that a logo may have."""
SIDES: Final = range(16, 2049)
"""Pixels that a logo may be wide, and tall."""
COLOURS: Final = ("ground", "text", "accent", "warning")
"""What a pack may choose; the other colours follow."""
Theme = Literal["light", "dark"]
THEMES: Final[Mapping[Theme, Mapping[str, str]]] = {
    "light": {
        "ground": "#ffffff",
        "raised": "#f3f5f7",
        "touched": "#e3ebef",
        "text": "#1b2228",
        "quiet": "#55606b",
        "edge": "#75808b",
        "rule": "#d5dbe0",
        "accent": "#0b6683",
        "warning": "#8a4600",
    },
    "dark": {
        "ground": "#14181d",
        "raised": "#1d232a",
        "touched": "#2a343d",
        "text": "#dde2e7",
        "quiet": "#9aa6b2",
        "edge": "#75828f",
        "rule": "#37414c",
        "accent": "#63b3cf",
        "warning": "#e3ab62",
    },
}
"""The colours of a page whose pack chooses none."""
WRITTEN: Final = (("text", "quiet", "accent", "warning"), ("ground", "raised", "touched"), 4.5)
DRAWN: Final = (("edge", "accent"), ("ground", "raised"), 3.0)
"""What is seen on what, and with which contrast: text at AA (WCAG 1.4.3), edges and focus (1.4.11)."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_DARK = 0.04045
"""Below it a part of a colour counts linearly."""
_END = b"IEND\xaeB`\x82"


def look_of(head: MapNode, contents: Mapping[str, bytes], report: Report) -> Look:
    """Return how a pack looks, and report what is wrong with its logo.

    Args:
        head: Its pack.yaml.
        contents: The bytes of its files.
        report: Where to.
    """
    node = head.get("look")
    look, data = node if isinstance(node, MapNode) else MapNode({}, head.place), contents.get(LOGO)
    told = look.text("logo")
    if told is None and data is not None:
        message = f"{LOGO} is shown where 'look: logo:' says what it shows, for who does not see it"
        report.add("bad-logo", Place(LOGO), message)
    elif told is not None and data is None:
        report.add("bad-logo", told.place, f"there is no {LOGO} beside pack.yaml")
    elif data is not None and (fault := _fault(data)):
        report.add("bad-logo", Place(LOGO), fault)
    image = base64.b64encode(data).decode() if told is not None and data is not None else ""
    return Look(line(told), image, *(_chosen(look, theme) for theme in THEMES))


def palettes(look: Look) -> dict[Theme, dict[str, str]]:
    """Return the colours of the themes for which a pack chose some."""
    return {theme: palette(look, theme) for theme in THEMES if (look.light if theme == "light" else look.dark)}


def palette(look: Look, theme: Theme) -> dict[str, str]:
    """Return the colours of a page in a theme: those that the pack chose, and what follows from them."""
    chosen = dict(look.light if theme == "light" else look.dark)
    colours = {**THEMES[theme], **chosen}
    if not {"ground", "text"} & chosen.keys():
        return colours
    ground, text = colours["ground"], colours["text"]
    for name, part in (("raised", 0.05), ("touched", 0.1), ("rule", 0.16)):
        colours[name] = mixed(ground, text, part)
    for name, least, on in (("quiet", WRITTEN[2], "touched"), ("edge", DRAWN[2], "raised")):
        steps = (mixed(ground, text, step / 100) for step in range(30, 100, 2))
        colours[name] = next((one for one in steps if contrast(one, colours[on]) >= least), text)
    return colours


def faint(look: Look, theme: Theme) -> list[tuple[str, str, float, float]]:
    """Return which colours do not stand out: the one, that on which it is seen, their contrast, and the least."""
    colours, found = palette(look, theme), []
    for names, grounds, least in (WRITTEN, DRAWN):
        for name in names:
            worst = min(grounds, key=lambda ground: contrast(colours[name], colours[ground]))
            if (ratio := contrast(colours[name], colours[worst])) < least:
                found.append((name, worst, ratio, least))
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """Return a colour that has a part of another, 0 to 1."""
    mixture = (round(a + (b - a) * part) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixture)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    shares = (value / 255 for value in _parts(colour))
    red, green, blue = (part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _chosen(look: MapNode, theme: Theme) -> tuple[tuple[str, str], ...]:
    node = look.get(theme)
    named = {name: node.text(name) for name in COLOURS} if isinstance(node, MapNode) else {}
    return tuple((name, found.text.strip().lower()) for name, found in named.items() if found is not None)


def _fault(data: bytes) -> str:
    """Return what keeps bytes from being shown as a logo, or nothing."""
    if len(data) > LARGEST:
        return f"a logo has {LARGEST // 1024} KiB at most, and this one {-(-len(data) // 1024)}"
    if not data.startswith(_SIGNATURE) or not data.endswith(_END):
        return "this is no whole PNG"
    width, height = struct.unpack(">II", data[len(_SIGNATURE) : len(_SIGNATURE) + 8])
    if width not in SIDES or height not in SIDES:
        return f"a logo has {SIDES.start} to {SIDES.stop - 1} pixels a side, and this one {width} by {height}"
    return ""
