"""The three themes: one accent on a quiet ground, every text at WCAG AA on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="dimchat-dark",
    dark=True,
    primary="#63b3cf",
    secondary="#63b3cf",
    accent="#63b3cf",
    warning="#e0b265",
    error="#e58a82",
    success="#8fbf8a",
    foreground="#d9dee4",
    background="#14181d",
    surface="#14181d",
    panel="#1d232a",
    boost="#1d232a",
    variables={
        "quiet": "#94a0ad",
        "rule": "#37414c",
        "lit": "#243039",
        "border": "#37414c",
        "block-cursor-background": "#243039",
        "block-cursor-foreground": "#d9dee4",
        "input-cursor-background": "#d9dee4",
        "input-cursor-foreground": "#14181d",
        "input-selection-background": "#2f5361",
        "screen-selection-background": "#2f5361",
        "scrollbar": "#37414c",
        "scrollbar-hover": "#4a5763",
        "scrollbar-active": "#63b3cf",
        "scrollbar-background": "#14181d",
        "scrollbar-background-hover": "#14181d",
        "scrollbar-background-active": "#14181d",
        "scrollbar-corner-color": "#14181d",
    },
)

LIGHT = Theme(
    name="dimchat-light",
    dark=False,
    primary="#0a6580",
    secondary="#0a6580",
    accent="#0a6580",
    warning="#7d5300",
    error="#a32a20",
    success="#2c6b2f",
    foreground="#22282e",
    background="#faf9f6",
    surface="#faf9f6",
    panel="#efede7",
    boost="#efede7",
    variables={
        "quiet": "#59636d",
        "rule": "#cfccc3",
        "lit": "#e4ecee",
        "border": "#cfccc3",
        "block-cursor-background": "#e4ecee",
        "block-cursor-foreground": "#22282e",
        "input-cursor-background": "#22282e",
        "input-cursor-foreground": "#faf9f6",
        "input-selection-background": "#bcd9e2",
        "screen-selection-background": "#bcd9e2",
        "scrollbar": "#cfccc3",
        "scrollbar-hover": "#b3afa4",
        "scrollbar-active": "#0a6580",
        "scrollbar-background": "#faf9f6",
        "scrollbar-background-hover": "#faf9f6",
        "scrollbar-background-active": "#faf9f6",
        "scrollbar-corner-color": "#faf9f6",
    },
)

CONTRAST = Theme(
    name="dimchat-high-contrast",
    dark=True,
    primary="#5fd7ff",
    secondary="#5fd7ff",
    accent="#5fd7ff",
    warning="#ffd75f",
    error="#ff9f95",
    success="#87ff87",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#121212",
    boost="#121212",
    variables={
        "quiet": "#d0d0d0",
        "rule": "#a8a8a8",
        "lit": "#002f40",
        "border": "#ffffff",
        "block-cursor-background": "#002f40",
        "block-cursor-foreground": "#ffffff",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#00507a",
        "screen-selection-background": "#00507a",
        "scrollbar": "#a8a8a8",
        "scrollbar-hover": "#ffffff",
        "scrollbar-active": "#5fd7ff",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
        "scrollbar-corner-color": "#000000",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)

BLACK, WHITE, GREY, DIM = "#000000", "#ffffff", "#aaaaaa", "#555555"
BLUE, CYAN, YELLOW, RED = "#0000aa", "#55ffff", "#ffff55", "#ff5555"
GREEN, DARK_RED, DARK_CYAN, DARK_GREEN = "#55ff55", "#aa0000", "#00aaaa", "#00aa00"


def in_sixteen(theme: Theme) -> Theme:
    """Return one of our themes in the colours that a terminal of sixteen has.

    The nearest of sixteen is no choice: accent, warning and quiet text would all become the same grey.
    """
    if theme.dark:
        paper, ink, accent, warning, error, success = BLACK, WHITE, CYAN, YELLOW, RED, GREEN
        quiet, rule, lit, chosen = GREY, GREY if theme is CONTRAST else DIM, BLUE, BLUE
    else:
        paper, ink, accent, warning, error, success = WHITE, BLACK, BLUE, DARK_RED, DARK_RED, DARK_GREEN
        quiet, rule, lit, chosen = DIM, GREY, CYAN, DARK_CYAN
    return replace(
        theme,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=warning,
        error=error,
        success=success,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=paper,
        boost=paper,
        variables={
            "quiet": quiet,
            "rule": rule,
            "lit": lit,
            "border": rule,
            "block-cursor-background": lit,
            "block-cursor-foreground": ink,
            "input-cursor-background": ink,
            "input-cursor-foreground": paper,
            "input-selection-background": chosen,
            "screen-selection-background": chosen,
            "scrollbar": rule,
            "scrollbar-hover": quiet,
            "scrollbar-active": accent,
            "scrollbar-background": paper,
            "scrollbar-background-hover": paper,
            "scrollbar-background-active": paper,
            "scrollbar-corner-color": paper,
        },
    )


EDGE = 3.0
"""The least contrast between what has the focus and what lies around it: WCAG 2.2, 1.4.11."""


DARKEST = 10
"""Up to here, of 255, light grows in proportion to the number."""


def focus_of(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the ground of what has the focus, and the colour of text on it, by their names in the sheets.

    The accent, where it stands out from all that may lie around it, else the colour of text; on it, whichever of the
    theme's own reads best, or black or white.

    Args:
        colours: Those of a theme, by name.
    """
    accent, ink, paper = (colours[name] for name in ("accent", "foreground", "background"))
    if paper.startswith("ansi"):  # the terminal's own colours, which nobody can measure
        return {"focus": accent, "on-focus": "ansi_black"}
    around = [paper, *(colours[name] for name in ("panel", "surface"))]
    ground = accent if all(contrast(accent, each) >= EDGE for each in around) else ink
    return {"focus": ground, "on-focus": max((paper, ink, BLACK, WHITE), key=lambda each: contrast(each, ground))}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG has it, 1 to 21."""
    light, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 255 / 12.92 if c <= DARKEST else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in Color.parse(colour).rgb
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
