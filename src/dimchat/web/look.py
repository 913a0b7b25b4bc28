"""How large a stand's text is, from its panel and from how far away people stand; and the colours that a pack chose.

EN 301 549, 5.1.4: a capital H is as tall as 0.7 degrees of what one sees. On a panel of 24 inches that shows 1920 by
1080 pixels, at 60 centimetres, that is text of 37 pixels; at two metres, from where a first screen invites, 123.
"""

from __future__ import annotations

from math import radians, tan
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ANGLE: Final = radians(0.7)
CAPITAL: Final = 0.716
"""The height of a capital as a part of the size of its type: that of Arial and of its like."""
FAR: Final = 200.0
"""Centimetres from which the first screen and the topics are read."""
LEAST_FAR: Final = 1.5
"""How many times larger than other text they are at least."""
_INCH: Final = 2.54
_WIDE: Final = 1.1474
"""The diagonal of a panel of 16 by 9, by its longer side."""


def share(panel_inches: float, distance_cm: float) -> float:
    """Return the size of text as a part of the panel's diagonal."""
    return 2 * distance_cm * tan(ANGLE / 2) / CAPITAL / (panel_inches * _INCH)


def stand_css(panel_inches: float, distance_cm: float) -> str:
    """Return the sheet that sets what one rem is, and how many of them what is read from afar has.

    Args:
        panel_inches: The diagonal of the panel, which the page fills.
        distance_cm: Between the panel and the eyes of who touches it.
    """
    part, far = share(panel_inches, distance_cm), max(FAR / distance_cm, LEAST_FAR)
    return (
        f":root {{\n  --body: calc({part * _WIDE:.5f} * max(100vw, 100vh));\n  --far: {far:.3f}rem;\n}}\n\n"
        "@supports (width: hypot(1px, 1px)) {\n"
        f"  :root {{\n    --body: calc({part:.5f} * hypot(100vw, 100vh));\n  }}\n}}\n"
    )


def colours_css(palettes: Mapping[str, Mapping[str, str]]) -> str:
    """Return the sheet that puts colours in the place of those of talk.css.

    Args:
        palettes: Of `light` and of `dark`, where they were chosen: the names of colours with what they are.
    """
    blocks = {
        theme: "".join(f"  --{name}: {colour};\n" for name, colour in colours.items())
        for theme, colours in palettes.items()
    }
    light = f":root {{\n{blocks['light']}}}\n" if "light" in blocks else ""
    dark = f":root.page {{\n{blocks['dark']}}}\n" if "dark" in blocks else ""
    return light + (f"@media (prefers-color-scheme: dark) {{\n{dark}}}\n" if dark else "")
