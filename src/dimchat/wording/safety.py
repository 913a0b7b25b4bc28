"""The words that the safety starter's texts are filled with."""

from __future__ import annotations

ANY_NUMBERS = (
    "your local emergency number (112 or 911 in many countries)",
    "the same number, or a crisis line near you",
)
"""Where the pack names no country: the emergency number, and that for a crisis."""
SAME_NUMBER = "the same number"
OR = " or "
NUMBERS_OF = "These are the numbers of {country}; elsewhere, call your local emergency number."
NUMBERS_HERE = "Elsewhere, call your local emergency number."
