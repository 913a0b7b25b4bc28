"""Spanish, as people in the United States speak it to a stranger: usted."""

from __future__ import annotations


def plural(count: int) -> str:
    """Return the plural form that a number takes, as CLDR names it; no count here reaches its `many`, a million."""
    return "one" if count == 1 else "other"
