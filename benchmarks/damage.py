"""The edits by which `mutation.py` damages copies of a pack; each tells on which lines it left its mark."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import words
from dimchat.pack import load_pack
from dimchat.pack.folder import copy_pack
from dimchat.quality import CASES_FOLDER

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.model import Pack

Spot = tuple[str, int]


class Copy:
    """A folder with a copy of the pack that is being edited."""

    def __init__(self, source: Path, folder: Path) -> None:
        """Copy what belongs to a pack."""
        self.root = folder
        copy_pack(source, folder, CASES_FOLDER)

    def lines(self, file: str) -> list[str]:
        """Return the lines of a file."""
        return (self.root / file).read_text(encoding="utf-8").split("\n")

    def write(self, file: str, lines: list[str]) -> None:
        """Replace a file."""
        (self.root / file).write_text("\n".join(lines), encoding="utf-8")

    def settle(self) -> None:
        """Keep the calibration in force."""
        path = self.root / "intents" / "calibration.json"
        found = json.loads(path.read_text(encoding="utf-8"))
        digest = load_pack(self.root).learning_digest
        path.write_text(path.read_text(encoding="utf-8").replace(found["digest"], digest), encoding="utf-8")


def block(lines: list[str], name: str) -> tuple[int, int]:
    """Return the first line of an entry and the one after its last."""
    start = lines.index(f"- id: {name}")
    end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith(("- ", "#"))), len(lines))
    return start, end


def phrase_moved(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Move a phrase to another intent."""
    source, target = rng.sample(pack.browsable, 2)
    place = rng.choice(source.phrases).place
    lines = copy.lines(place.file)
    line = lines.pop(place.line - 1)
    copy.write(place.file, lines)
    lines = copy.lines(target.place.file)
    start, end = block(lines, target.id)
    at = lines.index("  phrases:", start, end) + 1
    lines.insert(at, line)
    copy.write(target.place.file, lines)
    return {(target.place.file, at + 1)}


def synonym_swallows(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Let a word that many phrases have be read as another."""
    texts = [words(line.text) for intent in pack.browsable for line in intent.phrases]
    counts: dict[str, int] = {}
    for word in sorted({word for text in texts for word in text} - FUNCTION_WORDS):
        counts[word] = sum(word in text for text in texts)
    known = {word for head, also in pack.vocabulary.synonyms for word in (head, *also)}
    word = rng.choice([word for word, count in counts.items() if count >= 15 and word not in known and word.isalpha()])  # noqa: PLR2004
    head = rng.choice(pack.vocabulary.synonyms)[0]
    file = "intents/vocabulary.yaml"
    lines = copy.lines(file)
    at = lines.index(f"  - word: {head}") + 2
    lines.insert(at, f"      - {word}")
    copy.write(file, lines)
    return {(file, at + 1)}


def answers_swapped(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Give two intents each other's answer."""
    one = rng.choice(pack.answers)
    other = rng.choice([answer for answer in pack.answers if answer.place.file == one.place.file and answer != one])
    lines = copy.lines(one.place.file)
    spans = block(lines, one.id), block(lines, other.id)
    lines[spans[0][0]], lines[spans[1][0]] = f"- id: {other.id}", f"- id: {one.id}"
    copy.write(one.place.file, lines)
    return {(one.place.file, at + 1) for start, end in spans for at in range(start, end)}


def intent_deleted(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Delete an intent, its answer, and what suggests it."""
    intent = rng.choice(pack.browsable)
    lines = copy.lines(intent.place.file)
    start, end = block(lines, intent.id)
    spots = {(intent.place.file, at + 1) for at in range(start, end)}
    answer = pack.answer[intent.id].place.file
    for file in sorted({one.place.file for one in pack.intents}):
        whole = copy.lines(file)
        gone = set(range(start, end)) if file == intent.place.file else set()
        named = {at for at, line in enumerate(whole) if line.strip() == f"- {intent.id}"}
        spots |= {(file, at + 1) for at in named}
        gone |= named
        empty = {
            at
            for at, line in enumerate(whole)
            if line == "  next:" and all(next_ in gone for next_ in _entries(whole, at))
        }
        copy.write(file, [line for at, line in enumerate(whole) if at not in gone | empty])
    whole = copy.lines(answer)
    first, last = block(whole, intent.id)
    copy.write(answer, whole[:first] + whole[last:])
    return spots


def _entries(lines: list[str], at: int) -> list[int]:
    entries = []
    for place in range(at + 1, len(lines)):
        if not lines[place].startswith("    - "):
            break
        entries.append(place)
    return entries


def outside_emptied(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Take all lines but the first, which the format wants, from an outside group."""
    group = rng.choice(pack.outside)
    gone = {line.place.line for line in group.phrases[1:]}
    file = group.place.file
    copy.write(file, [line for at, line in enumerate(copy.lines(file), 1) if at not in gone])
    return {(file, line) for line in gone}


def not_removed(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Remove a near miss of an intent that keeps others."""
    intent = rng.choice([one for one in pack.browsable if len(one.not_) > 1])
    place = rng.choice(intent.not_).place
    lines = copy.lines(place.file)
    del lines[place.line - 1]
    copy.write(place.file, lines)
    return {(place.file, place.line)}


def floor_lowered(copy: Copy, _: Pack, rng: random.Random) -> set[Spot]:
    """Answer what is far less sure."""
    file = "intents/calibration.json"
    lines = copy.lines(file)
    at = next(at for at, line in enumerate(lines) if '"floor"' in line)
    lines[at] = f'  "floor": {rng.uniform(0.1, 0.45):.2f},'
    copy.write(file, lines)
    return {(file, at + 1)}


_FIGURE = re.compile(r"\d+(?![^\[\]]*\])")


def figure_changed(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Change a figure in an answer."""

    def other(line: str) -> str:
        found = rng.choice(list(_FIGURE.finditer(line)))
        return f"{line[: found.start()]}{int(found[0]) + rng.randint(1, 9)}{line[found.end() :]}"

    return _in_an_answer(copy, pack, rng, _FIGURE, other)


_ALONE = re.compile(r" ?\[@[^\[\]]*\]")


def citation_dropped(copy: Copy, pack: Pack, rng: random.Random) -> set[Spot]:
    """Take the proof of a claim away."""
    return _in_an_answer(copy, pack, rng, _ALONE, lambda line: _ALONE.sub("", line, count=1))


def _in_an_answer(
    copy: Copy, pack: Pack, rng: random.Random, pattern: re.Pattern[str], edit: Callable[[str], str]
) -> set[Spot]:
    while True:
        answer = rng.choice(pack.answers)
        file = answer.place.file
        lines = copy.lines(file)
        start = answer.text_place.line - 1
        _, end = block(lines, answer.id)
        fitting = [at for at in range(start, end) if pattern.search(lines[at]) and not lines[at].startswith("  review")]
        if fitting:
            at = rng.choice(fitting)
            lines[at] = edit(lines[at])
            copy.write(file, lines)
            return {(file, at + 1)}


KINDS: dict[str, Callable[[Copy, Pack, random.Random], set[Spot]]] = {
    "a phrase moved to another intent": phrase_moved,
    "a synonym that swallows another word": synonym_swallows,
    "two answers swapped": answers_swapped,
    "an intent deleted": intent_deleted,
    "an outside group emptied": outside_emptied,
    "a `not` line removed": not_removed,
    "the floor lowered": floor_lowered,
    "an answer's figure changed": figure_changed,
    "a citation dropped": citation_dropped,
}
