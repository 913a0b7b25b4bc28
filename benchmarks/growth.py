"""How time and memory grow with the answer set: `python benchmarks/growth.py`.

The sets are made up: pseudo-words drawn like words are (a few very often, most of them rarely), a few of its own for
each intent, one typing error in ten words. Each size is learnt in a process of its own; a second one loads the saved
matcher and answers.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

import pages
from worker import peak

SIZES = ((150, 10), (500, 20), (1000, 20), (2000, 20))
QUESTIONS = 500
COMMON = 3000
"""The words that all intents share."""
OWN = 8
"""The words that an intent draws on beside them, from twice as many as there are intents."""
SHARE_OWN, SHARE_EDITED = 0.4, 0.1
SHORTEST, LONGEST = 4, 12
AIM_FIT, AIM_ASK, AIM_PEAK = 40, 8, 1024


def made_up(n_intents: int, n_phrases: int, n_questions: int) -> tuple[list[str], list[str], list[str]]:
    """Return phrases, their intents, and questions; the same ones every time.

    Args:
        n_intents: How many intents.
        n_phrases: How many phrases each has.
        n_questions: How many questions.
    """
    rng = random.Random(f"{n_intents} {n_phrases}")  # noqa: S311 - a reproducible set, no secret
    syllables = [first + second for first in "bcdfghklmnprstvwz" for second in "aeiou"]
    pool = sorted(
        {"".join(rng.choices(syllables, k=rng.choice((2, 2, 3, 3, 4)))) for _ in range(3 * COMMON + 4 * n_intents)}
    )
    rng.shuffle(pool)
    common, rare = pool[:COMMON], pool[COMMON : COMMON + 2 * n_intents]
    often = list(accumulate(1 / (place + 3) for place in range(COMMON)))
    own = [rng.sample(rare, OWN) for _ in range(n_intents)]

    def phrase(intent: int) -> str:
        words = [
            rng.choice(own[intent]) if rng.random() < SHARE_OWN else rng.choices(common, cum_weights=often)[0]
            for _ in range(rng.randint(SHORTEST, LONGEST))
        ]
        return " ".join(words)

    def edited(word: str) -> str:
        if rng.random() >= SHARE_EDITED:
            return word
        at = rng.randrange(len(word))
        return word[:at] + rng.choice(["", rng.choice("aeiourstln")]) + word[at + 1 :]

    pairs = [(phrase(intent), f"intent{intent:04}") for intent in range(n_intents) for _ in range(n_phrases)]
    asked = [" ".join(map(edited, phrase(rng.randrange(n_intents)).split())) for _ in range(n_questions)]
    return [text for text, _ in pairs], [intent for _, intent in pairs], asked


def learn(n_intents: int, n_phrases: int, file: Path) -> dict[str, float]:
    """Learn a set, save the matcher, and return what it took."""
    from dimchat.match import Matcher, Options  # noqa: PLC0415 - only the children that are measured need it

    phrases, intents, _ = made_up(n_intents, n_phrases, 0)
    before = time.process_time()
    matcher = Matcher.fit(phrases, intents, options=Options(encoder=False))
    fit = time.process_time() - before
    most = peak()
    matcher.save(file)
    return {"fit": fit, "peak": most, "size": file.stat().st_size / 2**20}


def ask(n_intents: int, n_phrases: int, file: Path) -> dict[str, float]:
    """Load the matcher, ask it, and return what that took."""
    from dimchat.match import Matcher  # noqa: PLC0415

    _, _, asked = made_up(n_intents, n_phrases, QUESTIONS)
    before = time.perf_counter()
    matcher = Matcher.load(file)
    load = time.perf_counter() - before
    times = []
    for text in asked:
        before = time.process_time()
        matcher.rank(text)
        times.append(time.process_time() - before)
    times.sort()
    return {
        "load": load * 1000,
        "median": times[len(times) // 2] * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
        "answering": peak(),
    }


def measured(n_intents: int, n_phrases: int) -> dict[str, float]:
    """Return what a size takes, each step in a process of its own."""
    print(f"growth: {n_intents} intents of {n_phrases} phrases", file=sys.stderr, flush=True)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for step in ("learn", "ask"):
            command = [sys.executable, __file__, step, str(n_intents), str(n_phrases), str(Path(folder, "matcher"))]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - this very file
            found |= json.loads(done.stdout)
    return found


def section() -> str:
    """Measure all sizes and return the table."""
    found = {size: measured(*size) for size in SIZES}
    first, last = found[SIZES[0]], found[SIZES[-1]]

    def cell(one: dict[str, float], key: str, digits: int) -> str:
        return f"{one[key]:.{digits}f} (x {one[key] / first[key]:.1f})"

    rows = [
        (
            f"{n_intents} x {n_phrases} = {n_intents * n_phrases:,}",
            cell(one, "fit", 2),
            cell(one, "median", 2),
            cell(one, "p99", 2),
            cell(one, "peak", 0),
            cell(one, "answering", 0),
            cell(one, "size", 1),
            f"{one['load']:.0f}",
        )
        for (n_intents, n_phrases), one in found.items()
    ]
    head = (
        "intents x phrases",
        "fit s",
        "median ms",
        "p99 ms",
        "peak MB, fit",
        "peak MB, answering",
        "file MB",
        "load ms",
    )
    fit, asking = last["fit"] / first["fit"], last["median"] / first["median"]
    aims = [
        ("fit in at most 40 times the time", f"x {fit:.1f}", pages.verdict(reached=fit <= AIM_FIT)),
        ("answer in at most 8 times the time", f"x {asking:.1f}", pages.verdict(reached=asking <= AIM_ASK)),
        ("fit in 1 GB", f"{last['peak']:.0f} MB", pages.verdict(reached=last["peak"] <= AIM_PEAK)),
    ]
    return f"{pages.table(head, rows)}\n\n{pages.table(('aim, from the first row to the last', 'measured', ''), aims)}"


def main() -> None:
    """Print the table, or measure one step for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", nargs="*", help=argparse.SUPPRESS)
    step = parser.parse_args().step
    if not step:
        print(section())
        return
    steps: dict[str, Any] = {"learn": learn, "ask": ask}
    print(json.dumps(steps[step[0]](int(step[1]), int(step[2]), Path(step[3]))))


if __name__ == "__main__":
    main()
