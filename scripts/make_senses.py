"""Makes src/dimchat/language/senses.bin from WordNet's files: `python scripts/make_senses.py FOLDER`.

FOLDER holds `index.noun`, `data.noun` and so on, of WordNet 3.0 (Debian: /usr/share/wordnet of the package
wordnet-base). What comes out is the same on every machine. Each word gets the meanings that it shares with other words:
those of its commonest senses, what is above them, derived from them and near them, and the field that they belong to,
with a weight from 1 to 255 each; inflected forms that follow no rule are words of their own.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from dimchat.files import container  # noqa: E402 - it is found only now
from dimchat.language.senses import FILE, KIND  # noqa: E402

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
NUMBERS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
SENSES = 3
"""How many senses of a word count."""
ABOVE, HIGHER, DERIVED, NEAR, FIELD = 0.7, 0.25, 0.5, 0.3, 1.0
"""What related meanings weigh beside a sense's own: cross-fitted on few-shot samples of two training sets."""
UNSEEN = 0.5
"""How often a sense counts as seen beyond its tags, before it is divided by its rank."""
LIVING = frozenset({5, 20})
"""The fields of animals and plants: thousands of names that nobody asks an assistant about."""
SHORTEST, LONGEST = 3, 20
Id = tuple[str, str]


class Sense(NamedTuple):
    """A line of a data file."""

    field: int
    related: list[tuple[str, Id]]


def senses(folder: Path) -> dict[Id, Sense]:
    """Return all senses by part of speech and offset."""
    found = {}
    for part, name in PARTS.items():
        for line in lines(folder / f"data.{name}"):
            words = line.split("|")[0].split()
            at = 4 + 2 * int(words[3], 16)
            related = [
                (words[start], ("a" if words[start + 2] == "s" else words[start + 2], words[start + 1]))
                for start in range(at + 1, at + 1 + 4 * int(words[at]), 4)
            ]
            found[part, words[0]] = Sense(int(words[1]), related)
    return found


def lines(path: Path) -> list[str]:
    """Return the lines of a file without its licence."""
    return [line for line in path.read_text(encoding="ascii").splitlines() if not line.startswith("  ")]


def weighed(folder: Path) -> dict[str, dict[str, float]]:
    """Return the meanings of each word, by name, with their weights."""
    known = senses(folder)
    result = {}
    for word, own in counted(folder).items():
        if not (word.isalpha() and SHORTEST <= len(word) <= LONGEST):
            continue
        own.sort(reverse=True)
        if own[0][0] <= UNSEEN and known[own[0][1]].field in LIVING:
            continue
        result[word] = meanings(own[:SENSES], known)
    for name in PARTS.values():
        for line in lines(folder / f"{name}.exc"):
            form, *words = line.split()
            if form not in result and form.isalpha() and words and words[0] in result:
                result[form] = result[words[0]]
    return result


def counted(folder: Path) -> dict[str, list[tuple[float, Id]]]:
    """Return the senses of each word, each with how often it was seen."""
    seen: Counter[tuple[str, str, int]] = Counter()
    for line in lines(folder / "cntlist.rev"):
        key, place, count = line.split()
        word, rest = key.split("%")
        seen[word, NUMBERS[rest[0]], int(place)] += int(count)
    every: dict[str, list[tuple[float, Id]]] = {}
    for part, name in PARTS.items():
        for line in lines(folder / f"index.{name}"):
            columns = line.split()
            for number, offset in enumerate(columns[-int(columns[2]) :], 1):
                often = seen[columns[0], part, number] + UNSEEN / number
                every.setdefault(columns[0], []).append((often, (part, offset)))
    return every


def meanings(own: list[tuple[float, Id]], known: dict[Id, Sense]) -> dict[str, float]:
    """Return the meanings of one word."""
    total = sum(often for often, _ in own)
    found: defaultdict[str, float] = defaultdict(float)
    for often, one in own:
        share = often / total
        found["".join(one)] += share
        found[f"field {known[one].field}"] += share * FIELD
        for how, other in known[one].related:
            if how in ("@", "@i"):
                found["".join(other)] += share * ABOVE
                for further, above in known[other].related:
                    if further == "@":
                        found["".join(above)] += share * HIGHER
            elif how in ("+", "&"):
                found["".join(other)] += share * (DERIVED if how == "+" else NEAR)
    return dict(found)


def main() -> None:
    """Write the file."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the folder
        raise SystemExit(__doc__)
    words = weighed(Path(sys.argv[1]))
    shared = Counter(name for own in words.values() for name in own)
    number = {name: at for at, name in enumerate(sorted(name for name, often in shared.items() if often > 1))}
    rows = {}
    for word in sorted(words):
        own = {number[name]: weight for name, weight in words[word].items() if name in number}
        length = sum(weight * weight for weight in own.values()) ** 0.5
        if own:
            rows[word] = sorted((name, max(1, round(255 * weight / length))) for name, weight in own.items())
    text = [word.encode("ascii") for word in rows]
    flat = [pair for own in rows.values() for pair in own]
    data = container.write(
        KIND,
        {"source": "WordNet 3.0, Princeton University; see senses.LICENSE", "meanings": len(number)},
        {
            "letters": np.frombuffer(b"".join(text), np.uint8),
            "ends": np.cumsum([0, *map(len, text)]).astype(np.int32),
            "starts": np.cumsum([0, *map(len, rows.values())]).astype(np.int32),
            "meanings": np.array([name for name, _ in flat], np.uint16 if len(number) < 1 << 16 else np.int32),
            "weights": np.array([weight for _, weight in flat], np.uint8),
        },
    )
    FILE.write_bytes(data)
    print(f"{FILE}: {len(rows)} words, {len(number)} meanings, {len(flat)} in all, {len(data)} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
