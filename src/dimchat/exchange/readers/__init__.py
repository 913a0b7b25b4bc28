"""From the files of other programs to a knowledge base, a module for each format."""

from __future__ import annotations

from dimchat.exchange.readers.formats_read import FORMATS, read

__all__ = ["FORMATS", "read"]
