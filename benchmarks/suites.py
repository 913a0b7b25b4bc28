"""How long the regression tools take as an answer set grows: `python benchmarks/suites.py`.

Packs of made-up words (see `growth.py`), ten phrases and ten cases for each intent, are written to disk and run through
the commands themselves, in processes of their own: reading and learning the pack, the cases, a baseline, the comparison
with it after an edit, and coverage. What is told is the time of the processors, of all processes that a command
starts, because it hardly depends on what else the machine does; half of it is what two idle cores take.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pages
from growth import made_up

from dimchat.files import python

SIZES = (200, 500, 1000, 2000)
PHRASES = CASES = 10
"""Of each intent."""
STEM = 100
"""So many intents stand in a file."""
ASPECTS = 10
CORES = 2
AIM = 30 * 60
"""Minutes, not hours: the seconds that everything together may take at the largest size, on two cores."""
COMMANDS = {
    "learn": ["ask", "anything"],
    "test": ["test", "-j", "2"],
    "baseline": ["baseline", "record", "-j", "2"],
    "diff": ["diff", "-j", "2"],
    "coverage": ["coverage", "-j", "2"],
}


def write(root: Path, n_intents: int) -> None:
    """Write a pack with its cases.

    Args:
        root: An empty folder.
        n_intents: How many intents.
    """
    texts, _, _ = made_up(n_intents, PHRASES, 0)
    files: dict[str, list[str]] = defaultdict(list)
    for number in range(n_intents):
        own = texts[number * PHRASES : (number + 1) * PHRASES]
        # A case begins like one phrase and ends like another, as questions do that people take for the same.
        mixed = [_half(one, 0) + _half(other, 1) for one, other in zip(own, own[1:] + own[:1], strict=True)]
        stem, name = f"part{number // STEM}", f"t{number // ASPECTS}.a{number % ASPECTS}"
        phrases, asks = ("".join(f"    - {text}\n" for text in part) for part in (own, map(" ".join, mixed)))
        files[f"intents/{stem}.yaml"].append(f"- id: {name}\n  title: About number {number}\n  phrases:\n{phrases}")
        files[f"answers/{stem}.yaml"].append(
            f"- id: {name}\n  short: Short {number}.\n  text: Text {number} [@book].\n"
        )
        files[f"tests/cases/{stem}.yaml"].append(f"- intent: {name}\n  ask:\n{asks}")
    topics = "".join(
        f"  - id: t{topic}\n    kind: subject\n    names:\n      - subject number {topic}\n"
        for topic in range(-(-n_intents // ASPECTS))
    )
    aspects = "".join(
        f"  - id: a{aspect}\n    title: part {aspect}\n    cues:\n      - part number {aspect}\n"
        for aspect in range(ASPECTS)
    )
    stems = "".join(f"  part{part}: Part {part}\n" for part in range(-(-n_intents // STEM)))
    files["pack.yaml"] = ['name: made-up\ntitle: Made up\nversion: "1"\nlanguage: en\ncategories:\n' + stems]
    files["intents/vocabulary.yaml"] = [f"topics:\n{topics}aspects:\n{aspects}"]
    files["intents/outside.yaml"] = ["- id: outside.rest\n  title: the rest\n  phrases:\n    - who won the match\n"]
    files["answers/sources.yaml"] = ["- id: book\n  type: book\n  title: The book\n"]
    for name, parts in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(parts), encoding="utf-8")


def _half(text: str, which: int) -> list[str]:
    words = text.split()
    return words[len(words) // 2 :] if which else words[: len(words) // 2]


def spent() -> float:
    """Return the seconds that processors spent on processes which this one started and which have ended."""
    found = os.times()
    return found.children_user + found.children_system


def measured(n_intents: int) -> tuple[dict[str, float], str]:
    """Return the processors' seconds that each command takes, and what `test` said."""
    print(f"suites: {n_intents} intents", file=sys.stderr, flush=True)
    took: dict[str, float] = {}
    said = ""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "pack")
        root.mkdir()
        write(root, n_intents)
        environment = {**os.environ, "DIMCHAT_CACHE": str(Path(folder, "cache"))}
        for name, command in COMMANDS.items():
            if name == "diff":
                # An edit of an answer; the digest of the pack changes with it, so that its index is made anew.
                file = root / "answers/part0.yaml"
                file.write_text(file.read_text(encoding="utf-8").replace("Text 7 ", "Text seven "), encoding="utf-8")
            whole = python.command("dimchat", *command, "--pack", str(root))
            before = spent()
            done = subprocess.run(whole, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 - ours
            took[name] = spent() - before
            if done.returncode not in (0, 1):
                raise RuntimeError(f"{name}: {done.stderr}")
            if name == "test":
                said = done.stdout.splitlines()[-1]
            print(f"  {name} {took[name]:.1f} s", file=sys.stderr, flush=True)
    return took, said


def section(sizes: tuple[int, ...] = SIZES) -> str:
    """Measure all sizes and return the table."""
    found = {size: measured(size) for size in sizes}
    first = found[sizes[0]][0]
    rows = []
    for size, (took, said) in found.items():
        cells = [f"{seconds:.1f} (x {seconds / first[name]:.1f})" for name, seconds in took.items()]
        rows.append((f"{size:,} / {size * CASES:,}", *cells, f"{sum(took.values()) / 60 / CORES:.1f}", said))
    head = (
        "intents / cases",
        "read and learn, s",
        "`test`, s",
        "`baseline record`, s",
        "`diff`, s",
        "`coverage`, s",
        "together, min on two cores",
        "the cases",
    )
    whole = sum(found[sizes[-1]][0].values()) / CORES
    aims = [
        (
            f"{sizes[-1]:,} intents and {sizes[-1] * CASES:,} cases in minutes",
            f"{whole / 60:.1f} min",
            pages.verdict(reached=whole <= AIM),
        )
    ]
    return f"{pages.table(head, rows)}\n\n{pages.table(('aim, on two cores', 'measured', ''), aims)}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", help=f"numbers of intents; default: {SIZES}")
    sizes = tuple(parser.parse_args().sizes) or SIZES
    print(section(sizes))


if __name__ == "__main__":
    main()
