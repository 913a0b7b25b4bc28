from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.exchange.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase

    ReadText = Callable[[str, str | bytes, str], KnowledgeBase]
    Import = Callable[..., int]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Return what reads a text as a file of a format."""

    def reading(format_: str, text: str | bytes, name: str) -> KnowledgeBase:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(format_, path)

    return reading


@pytest.fixture
def bring_in(tmp_path: Path) -> Import:
    """Return what imports a text into the pack `x`, and tells the status."""

    def bringing(format_: str, text: str | bytes, name: str, *options: str) -> int:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run(["import", format_, str(path), str(tmp_path / "x"), *options])

    return bringing
