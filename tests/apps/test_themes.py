"""Every text of our themes reads well on every ground it stands on: WCAG AA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from dimchat.apps.base.themes import THEMES, in_sixteen
from dimchat.apps.chat import ChatApp
from dimchat.apps.stand import KioskApp
from dimchat.kiosk.stand_settings import Settings as StandSettings

if TYPE_CHECKING:
    from textual.theme import Theme

    from dimchat.apps.base.app import BaseApp
    from dimchat.model import Pack

OURS = [*THEMES, *map(in_sixteen, THEMES)]
NAMES = [*(theme.name for theme in THEMES), *(f"{theme.name}, sixteen colours" for theme in THEMES)]
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


@pytest.mark.parametrize("theme", OURS, ids=NAMES)
@pytest.mark.parametrize("ground", ["background", "lit", "panel"])
@pytest.mark.parametrize("text", ["foreground", "quiet", "accent", "warning"])
def test_text_reads_well(theme: Theme, text: str, ground: str) -> None:
    assert contrast(colour(theme, text), colour(theme, ground)) >= AA


@pytest.mark.parametrize("theme", OURS, ids=NAMES)
@pytest.mark.parametrize("ground", ["background", "panel"])
def test_errors_read_well(theme: Theme, ground: str) -> None:
    assert contrast(colour(theme, "error"), colour(theme, ground)) >= AA


@pytest.mark.parametrize("theme", OURS[len(THEMES) :], ids=NAMES[len(THEMES) :])
def test_sixteen_colours_are_used_as_they_are(theme: Theme) -> None:
    names = ("foreground", "background", "accent", "warning", "error", *theme.variables)
    for each in names:
        exact = colour(theme, each).hex.casefold()
        number = RichColor.parse(exact).downgrade(ColorSystem.STANDARD).number
        assert number is not None
        assert STANDARD_PALETTE[number].hex == exact
    assert len({colour(theme, each).hex for each in ("foreground", "background", "accent", "quiet", "lit")}) == 5


@pytest.mark.parametrize("theme", OURS, ids=NAMES)
@pytest.mark.parametrize("ground", ["screen-selection-background", "input-selection-background"])
def test_selected_text_reads_well(theme: Theme, ground: str) -> None:
    assert contrast(colour(theme, "foreground"), colour(theme, ground)) >= AA


@pytest.mark.parametrize("theme", OURS, ids=NAMES)
def test_the_cursor_stands_out(theme: Theme) -> None:
    assert contrast(colour(theme, "input-cursor-background"), colour(theme, "background")) >= AA_LARGE


FACES = {"chat": ("ChoiceRow", ["tab"]), "stand": ("Pad", ["enter", "tab"])}
OTHERS = [name for name in BUILTIN_THEMES if not name.startswith("ansi")]


@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), *OTHERS])
@pytest.mark.parametrize("face", FACES)
async def test_what_has_the_focus_stands_out_and_reads_well(face: str, theme: str, pack: Pack, assistant: Any) -> None:
    app: BaseApp
    if face == "chat":
        app = ChatApp(lambda: (pack, assistant), theme=theme)
    else:
        app = KioskApp(lambda: (pack, assistant), settings=StandSettings())
        app.theme = theme
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        while not app.query(FACES[face][0]) and not app.screen_stack[0].query(FACES[face][0]):
            await pilot.pause()
        await pilot.press(*FACES[face][1])
        await pilot.pause()
        lit = app.focused
        assert type(lit).__name__ in (FACES[face][0], "Tile")
        assert lit is not None
        others = [row for row in app.screen.query(type(lit)) if row is not lit]
        around = {row.background_colors[1].rgb for row in others} | {app.screen.background_colors[1].rgb}
        ground = lit.background_colors[1]
        for each in around:
            assert contrast(ground, Color(*each)) >= AA_LARGE
        written = {
            (segment.style.color, segment.style.bgcolor)
            for strip in lit.render_lines(lit.size.region)
            for segment in strip
            if segment.style and segment.text.strip(" ▌")
        }
        for ink, paper in written:
            assert ink is not None
            assert paper is not None
            assert contrast(Color.from_rich_color(ink), Color.from_rich_color(paper)) >= AA
