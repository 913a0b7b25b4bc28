"""Measures the pack with sealed questions: `python scripts/sealed.py --reason WHY`, or `--seal FILE...` for new ones.

The questions are by people who saw only the list of topics. Nobody who builds reads them: they lie packed in
`tests/sealed.bin`, which only this script opens; it prints totals by group and never a question. Each run says why it
was made, and its day, commit, reason and totals go into docs/benchmarks.md by themselves, so that a set which is asked
too often is seen to be. A question whose answer is not written yet must not be answered with another one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zlib
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from dimchat import Context, open_assistant  # noqa: E402 - it is found only now
from dimchat.quality.grading import GRADES, grade_ids  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat import Assistant, Reply
    from dimchat.quality.grading import Grade

FILE = ROOT / "tests" / "sealed.bin"
TABLE = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- sealed: written by scripts/sealed.py -->\n"


def seal(files: list[Path]) -> None:
    """Pack questions, YAML lists, into the file; the files themselves are to be deleted."""
    import yaml  # noqa: PLC0415 - only sealing reads YAML

    entries = [entry for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]
    FILE.write_bytes(zlib.compress(json.dumps(entries).encode(), 9))
    sys.stdout.write(f"{len(entries)} entries sealed\n")


def graded(reply: Reply, entry: dict[str, Any], written: frozenset[str]) -> Grade:
    """Return what a reply is worth."""
    expected = {one for one in entry.get("expect") or [] if one in written}
    fair = expected | set(entry.get("also") or [])
    if not expected:
        # A hello, or a signpost for who asks as a patient, is no answer to something else.
        spared = reply.kind == "smalltalk" or (entry.get("kind") == "safety" and reply.kind == "safety")
        return "right" if spared or fair.intersection(reply.intents) else grade_ids((), reply)
    if entry["group"] == "two" and reply.kind == "answer":
        # One of the two answered leaves the other open.
        given = expected.intersection(reply.intents)
        return "right" if given == expected else "offered" if given else "wrong"
    return grade_ids(fair, reply)


def results(entries: list[dict[str, Any]], assistant: Assistant) -> Iterator[tuple[str, Grade]]:
    """Yield the group and the grade of each question, and of each turn of a conversation."""
    written = frozenset(assistant.pack.intent)
    for entry in entries:
        if "turns" not in entry:
            missing = bool(entry.get("expect")) and not written.intersection(entry["expect"])
            group = "not written yet" if missing else entry["group"]
            yield group, graded(assistant.ask(str(entry["ask"]))[0], entry, written)
            continue
        context = Context()
        for turn in entry["turns"]:
            reply, context = assistant.ask(str(turn["ask"]), context)
            missing = bool(turn.get("expect")) and not written.intersection(turn["expect"])
            leans = "turn that needs context" if turn.get("needs_context") else "turn that stands alone"
            yield "not written yet" if missing else leans, graded(reply, {**turn, "group": leans}, written)


def main() -> int:
    """Print the totals, and write them down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reason", help="why the questions are asked now; without one they are not")
    parser.add_argument(
        "--seal", nargs="+", type=Path, metavar="FILE", help="seal questions, YAML, in place of those here"
    )
    options = parser.parse_args()
    if options.seal:
        seal(options.seal)
        return 0
    if not (options.reason or "").strip():
        parser.error("say why with --reason: each run wears the questions out a little")
    entries = json.loads(zlib.decompress(FILE.read_bytes()))
    table: dict[str, Counter[Grade]] = defaultdict(Counter)
    for group, grade in results(entries, open_assistant(ROOT)):
        table[group][grade] += 1
    lines = [f"| group | n | {' | '.join(GRADES)} |", f"| --- | --: |{' --: |' * len(GRADES)}"]
    for group in sorted(table):
        total = table[group].total()
        shares = " | ".join(f"{100 * table[group][grade] / total:.1f} %" for grade in GRADES)
        lines.append(f"| {group} | {total} | {shares} |")
    sys.stdout.write("\n".join(lines) + "\n")
    commit = subprocess.run(  # noqa: S603 - fixed words
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"],  # noqa: S607 - whichever git the developer has
        capture_output=True,
        text=True,
        check=False,
    )
    head = f"### {datetime.now().astimezone().date()}, {commit.stdout.strip()}: {options.reason.strip()}\n\n"
    text = TABLE.read_text(encoding="utf-8")
    if MARK not in text:
        text += (
            f"\n## Sealed questions\n\nQuestions by people who saw only the topics, see scripts/sealed.py.\n\n{MARK}"
        )
    TABLE.write_text(text.replace(MARK, f"{MARK}\n{head}" + "\n".join(lines) + "\n"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
