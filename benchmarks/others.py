"""Scores questions by other authors: `python benchmarks/others.py FILE.jsonl [--pack DIR]`.

FILE holds an object a line: `id`, `ask`, `expect` (ids, any of which is right; none where it must be declined) and
`group`. Answers written since then may serve as well: fair_siblings.json lists them by question, as a judge found them
from what each answer covers, without seeing a reply. What they save from being wrong is counted apart, as `fair`.
Prints totals by group and how often a confidence keeps its word; single questions are never printed, so that nobody
learns from them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.index import open_assistant
from dimchat.match.calibration import calibration_error, reliability
from dimchat.quality.grading import GRADES, grade_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Reply

FAIR = "fair"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pack", type=Path)
    options = parser.parse_args()
    assistant = open_assistant(options.pack)
    fair: dict[str, list[str]] = json.loads(Path(__file__).with_name("fair_siblings.json").read_text("utf-8"))
    table: dict[str, Counter[str]] = defaultdict(Counter)
    sure, right = [], []
    for line in options.file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        reply, _ = assistant.ask(question["ask"])
        result = _grade(question["expect"], fair.get(question.get("id"), ()), reply)
        table[question["group"]][result] += 1
        if question["expect"] and reply.kind == "answer":
            sure.append(reply.confidence)
            right.append(result in ("right", FAIR))
    columns = (*GRADES, FAIR)
    print(f"{'group':<12} {'n':>5} " + " ".join(f"{name:>8}" for name in columns))
    for group, counts in table.items():
        total = counts.total()
        print(f"{group:<12} {total:>5} " + " ".join(f"{100 * counts[name] / total:>7.1f}%" for name in columns))
    print(f"\nanswers: calibration error {calibration_error(sure, right):.3f}")
    for row in reliability(sure, right):
        print(f"{row.low:.1f} to {row.high:.1f}  {row.size:>5}  said {row.confidence:.3f}  right {row.right:.3f}")


def _grade(expected: list[str], siblings: Iterable[str], reply: Reply) -> str:
    """Return the grade, or `FAIR` where an answer written later serves what was expected to be something else."""
    result = grade_ids(expected, reply)
    return FAIR if result != "right" and grade_ids([*expected, *siblings], reply) == "right" else result


if __name__ == "__main__":
    main()
