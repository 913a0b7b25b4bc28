"""Slips of the finger on a QWERTY keyboard, reproducible by a random generator."""

from __future__ import annotations

import random

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 3
"""Words of fewer letters are left alone."""
SHARE = 0.15
"""The share of words that get one edit in a misspelt copy, as in the public sets of typos."""


def neighbours(letter: str) -> str:
    """Return the letters beside and above or below this one on a keyboard; what is no letter has only itself."""
    for row, keys in enumerate(ROWS):
        at = keys.find(letter)
        if at >= 0:
            near = [keys[i] for i in (at - 1, at + 1) if 0 <= i < len(keys)]
            near += [ROWS[r][at] for r in (row - 1, row + 1) if 0 <= r < len(ROWS) and at < len(ROWS[r])]
            return "".join(near)
    return letter


def misspelt(text: str, seed: int) -> str:
    """Return the text with some words misspelt; the same text and seed give the same copy."""
    rng = random.Random(f"{seed}:{text}")  # noqa: S311 - a reproducible copy, no secret
    return " ".join(edited(word, rng) if rng.random() < SHARE else word for word in text.split(" "))


def edited(word: str, rng: random.Random) -> str:
    """Return the word with one substitution, insertion, deletion or transposition on neighbouring keys."""
    if sum(letter.isalpha() for letter in word) < SHORTEST:
        return word
    at = rng.randrange(len(word))
    near = rng.choice(neighbours(word[at].lower()))
    match rng.randrange(4):
        case 0:
            return word[:at] + near + word[at + 1 :]
        case 1:
            return word[:at] + near + word[at:]
        case 2:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
