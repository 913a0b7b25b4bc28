"""The two themes: one accent on a quiet ground, every text at WCAG AA on it."""

from __future__ import annotations

from textual.theme import Theme

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

THEMES = (DARK, LIGHT)
