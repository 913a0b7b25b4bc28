"""From a knowledge base to the files of other programs, a module for each format."""

from __future__ import annotations

from dimchat.exchange.writers.formats_written import FORMATS, Files, written

__all__ = ["FORMATS", "Files", "written"]
