"""How large a stand is written."""

from __future__ import annotations

import math
import re

import pytest

from dimchat.pack.branding import THEMES
from dimchat.web.look import colours_css, share, stand_css
from dimchat.web.server import OWN


@pytest.mark.parametrize(
    ("inches", "distance", "pixels"), [(24, 60, 37), (24, 200, 123), (32, 60, 28), (24, 120, 74), (55, 150, 40)]
)
def test_text_is_as_large_as_the_standard_asks_for(inches: float, distance: float, pixels: float) -> None:
    assert share(inches, distance) * math.hypot(1920, 1080) == pytest.approx(pixels, abs=0.5)


def test_what_is_read_from_afar_is_larger_even_where_people_stand_far_away() -> None:
    assert "--far: 3.333rem" in stand_css(24, 60)
    assert "--far: 1.500rem" in stand_css(24, 190)


def test_a_browser_without_hypot_gets_nearly_the_same() -> None:
    by_side, by_diagonal = (float(number) for number in re.findall(r"calc\(([\d.]+)", stand_css(24, 60)))
    assert by_side * 1920 == pytest.approx(by_diagonal * math.hypot(1920, 1080), rel=0.001)


def test_the_sheet_has_the_colours_that_packs_are_measured_by() -> None:
    sheet = (OWN / "static" / "talk.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root[^{]*\{([^}]*#[^}]*)\}", sheet)[:2]
    )
    assert (light, dark) == (THEMES["light"], THEMES["dark"])


def test_chosen_colours_replace_those_of_their_theme_alone() -> None:
    assert colours_css({}) == ""
    dark = colours_css({"dark": {"accent": "#ffffff"}})
    assert dark.startswith("@media (prefers-color-scheme: dark) {\n:root.page {")
    assert "--accent: #ffffff;" in dark
    assert "@media" not in colours_css({"light": {"accent": "#000000"}})
