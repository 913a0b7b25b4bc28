"""An address as a QR code of half blocks, dark on light whatever the theme."""

from __future__ import annotations

import segno
from segno import DataOverflowError
from textual.content import Content

from dimchat.apps.chat.flow import Line

QUIET = 4
"""Modules of light around a code, as ISO/IEC 18004 asks for."""
LEAST_QUIET = 2
"""With how many cameras still do, where a small screen has no room for more."""
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_rows(address: str, quiet: int = QUIET) -> list[str]:
    """Return a code as rows of text, two modules a character, a full block being dark; empty where it is too long."""
    try:
        code = segno.make(address, error="l", micro=False)
    except DataOverflowError:
        return []
    modules = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    if len(modules) % 2:
        modules.append([False] * len(modules[0]))
    return [
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(modules[::2], modules[1::2], strict=True)
    ]


def fitting_rows(address: str, width: int, height: int) -> list[str]:
    """Return a code with as much light around it as fits, up to what is due; empty where it does not fit."""
    for quiet in range(QUIET, LEAST_QUIET - 1, -1):
        rows = qr_rows(address, quiet)
        if rows and len(rows) <= height and len(rows[0]) <= width:
            return rows
    return []


def qr_lines(rows: list[str], *, colour: bool = True) -> list[Line]:
    """Return a code as lines; without colour it is drawn in reverse, for a terminal that writes light on dark."""
    swap = str.maketrans(" ▀▄█", "█▄▀ ")
    style = "#000000 on #ffffff"
    return [Line(Content(row).stylize(style) if colour else Content(row.translate(swap)), clip=True) for row in rows]
