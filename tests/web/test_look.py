"""How large a stand is written."""

from __future__ import annotations

import math
import re

import pytest

from dimchat.web.look import share, stand_css


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
