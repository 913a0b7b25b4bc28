"""Every text of both themes reads well on every ground it stands on: WCAG AA."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from dimchat.tui.themes import THEMES

if TYPE_CHECKING:
    from textual.theme import Theme

AA = 4.5
AA_LARGE = 3.0


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(getattr(theme, name, None) or theme.variables[name])


def luminance(of: Color) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in of.rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "lit", "panel"])
@pytest.mark.parametrize("text", ["foreground", "quiet", "accent", "warning", "error"])
def test_text_reads_well(theme: Theme, text: str, ground: str) -> None:
    assert contrast(colour(theme, text), colour(theme, ground)) >= AA


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["screen-selection-background", "input-selection-background"])
def test_selected_text_reads_well(theme: Theme, ground: str) -> None:
    assert contrast(colour(theme, "foreground"), colour(theme, ground)) >= AA


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_stands_out(theme: Theme) -> None:
    assert contrast(colour(theme, "input-cursor-background"), colour(theme, "background")) >= AA_LARGE
