"""German, to a stranger: Sie. What the base under every pack says, and a voice, and nothing else so far."""

from __future__ import annotations


def plural(count: int) -> str:
    """Return the plural form that a number takes, as CLDR names it."""
    return "one" if count == 1 else "other"
