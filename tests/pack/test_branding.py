"""The logo and the colours that a pack chooses."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import PackError
from dimchat.index.packdata import lines_to_data, pack_from_data, pack_to_data
from dimchat.model import Look
from dimchat.pack import inspect_pack, load_pack
from dimchat.pack.branding import COLOURS, DRAWN, LARGEST, THEMES, WRITTEN, contrast, faint, palette, palettes
from dimchat.pack.folder import fingerprint

if TYPE_CHECKING:
    from pathlib import Path


def png(width: int = 40, height: int = 40) -> bytes:
    """Return a white picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_look(root: Path, look: str, logo: bytes | None = None) -> Path:
    file = root / "pack.yaml"
    file.write_text(f"format: 2\n{file.read_text('utf-8')}look:\n{look}", "utf-8")
    if logo is not None:
        (root / "logo.png").write_bytes(logo)
    return root


def test_a_pack_without_a_look_has_the_colours_of_dimchat(root: Path) -> None:
    assert load_pack(root).look == Look()
    assert palette(Look(), "light") == THEMES["light"]
    assert palettes(Look()) == {}


def test_logo_and_colours_are_read_and_kept_in_the_index(root: Path) -> None:
    before = fingerprint(root)
    look = "  logo: The house\n  light:\n    accent: '#7A0010'\n  dark: {ground: '#101018', text: '#eeeeee'}\n"
    pack = load_pack(with_look(root, look, png()))
    assert pack.look.told == "The house"
    assert base64.b64decode(pack.look.logo) == png()
    assert pack.look.light == (("accent", "#7a0010"),)
    assert dict(pack.look.dark) == {"ground": "#101018", "text": "#eeeeee"}
    assert fingerprint(root) != before
    again = pack_from_data(pack_to_data(pack), lambda: lines_to_data(pack), pack.root)
    assert again.look == pack.look


@pytest.mark.parametrize(
    ("look", "logo", "part"),
    [
        ("  logo: The house\n", None, "there is no logo.png"),
        ("  light: {accent: '#7a0010'}\n", png(), "says what it shows"),
        ("  logo: The house\n", b"<svg/>", "no whole PNG"),
        ("  logo: The house\n", png()[:-5], "no whole PNG"),
        ("  logo: The house\n", png(8, 40), "8 by 40"),
        ("  logo: The house\n", png() + bytes(LARGEST), "256 KiB at most"),
        ("  light: {accent: red}\n", None, "#0b6683"),
        ("  light: {edge: '#ffffff'}\n", None, "edge"),
    ],
)
def test_what_cannot_be_shown_is_an_error(root: Path, look: str, logo: bytes | None, part: str) -> None:
    with pytest.raises(PackError, match=re.escape(part)):
        load_pack(with_look(root, look, logo))


def test_a_colour_that_does_not_stand_out_is_named_with_its_place(root: Path) -> None:
    _, found = inspect_pack(with_look(root, "  light:\n    accent: '#ffcc00'\n  dark:\n    text: '#222222'\n"), None)
    told = [str(problem) for problem in found if problem.rule == "faint-colour"]
    assert any("in the light theme accent on touched has a contrast of 1." in line for line in told)
    assert any("in the dark theme text on" in line for line in told)
    assert all(line.startswith("pack.yaml:") for line in told)


@pytest.mark.parametrize("theme", THEMES)
def test_the_colours_of_dimchat_stand_out(theme: str) -> None:
    assert faint(Look(), "light" if theme == "light" else "dark") == []


COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(st.dictionaries(st.sampled_from(COLOURS), COLOUR))
def test_what_follows_from_colours_stands_out_where_text_can(chosen: dict[str, str]) -> None:
    colours = palette(Look(light=tuple(chosen.items())), "light")
    assert colours.keys() == THEMES["light"].keys()
    assert chosen.items() <= colours.items()
    if {"ground", "text"} & chosen.keys():
        for (names, _, least), on in ((WRITTEN, "touched"), (DRAWN, "raised")):
            name = names[0] if names is DRAWN[0] else "quiet"
            possible = contrast(colours["text"], colours[on]) >= least
            assert not possible or contrast(colours[name], colours[on]) >= least


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
