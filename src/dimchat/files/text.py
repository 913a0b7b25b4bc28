"""Text in files that people and other programs wrote."""

from __future__ import annotations

import codecs


def decode(data: bytes) -> str:
    """Return the text in a file's bytes: UTF-8, past the byte order mark that some editors put before it.

    Raises:
        UnicodeDecodeError: It is something else; `start` counts from the first byte after the mark.
    """
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
