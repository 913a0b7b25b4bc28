from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dimchat.index.vectors import FILE, ship, vectors_of
from dimchat.match import encoder as room

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LINES = ["how much does a manager make", "salary of the boss", "do managers work at night"]


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is embedded from now on."""
    found: list[str] = []
    encode = room.Encoder.encode

    def watched(
        self: room.Encoder, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.int8]:
        found.extend(texts)
        return encode(self, texts, done)

    monkeypatch.setattr(room.Encoder, "encode", watched)
    return found


def test_lines_are_embedded_once_and_after_an_edit_only_the_new_ones(embedded: list[str]) -> None:
    first, made_by = vectors_of(LINES, None)
    assert made_by == room.digest()
    assert embedded == LINES
    embedded.clear()
    again, _ = vectors_of([*LINES, "how long is a shift"], None)
    assert embedded == ["how long is a shift"]
    assert np.array_equal(again[:3], first)


def test_what_a_pack_ships_is_not_embedded(root: Path, cache: Path, embedded: list[str]) -> None:
    assert ship([*LINES, LINES[0].upper()], root) == len(LINES), "what reads alike is one line"
    for file in cache.glob("*"):
        file.unlink()
    embedded.clear()
    vectors_of(LINES[::-1], root)
    assert embedded == []


@pytest.mark.parametrize("spoilt", [b"", b"x" * 500])
def test_a_damaged_file_is_made_anew(root: Path, cache: Path, spoilt: bytes, embedded: list[str]) -> None:
    (root / FILE).write_bytes(spoilt)
    vectors_of(LINES, root)
    assert embedded == LINES
    next(cache.glob("*.vectors")).write_bytes(spoilt)
    embedded.clear()
    vectors_of(LINES, root)
    assert embedded == LINES


def test_those_of_another_encoder_count_for_nothing(
    root: Path, cache: Path, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(LINES, root)
    for file in cache.glob("*"):
        file.unlink()
    embedded.clear()
    monkeypatch.setattr(room, "digest", lambda: "another")
    vectors_of(LINES, root)
    assert embedded == LINES
