"""How follow-ups fare in packs that a table made: python benchmarks/vocabulary.py [NAME...] [--verbose].

Each NAME of `benchmarks/vocabulary/` is a table of questions and answers, conversations that were written before any
result was looked at, and a vocabulary written by hand. The follow-ups of the conversations are asked three times: with
the vocabulary that `dimchat new --from-csv` writes, with all that `dimchat suggest vocabulary` proposes accepted, and
with the one by hand.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dimchat.cli import run as dimchat
from dimchat.index import calibrate_pack, open_assistant, write_calibration
from dimchat.model import Context
from dimchat.quality.grading import GRADES, grade_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.model import Reply

FOLDER = Path(__file__).with_name("vocabulary")
VOCABULARY = "intents/vocabulary.yaml"
SIDES = ("new", "suggested", "by hand")


def run(*arguments: str) -> None:
    """Run a command of dimchat without a word; a status other than 0 and 1 ends the benchmark."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = dimchat(list(arguments))
    if status not in (0, 1):
        raise SystemExit(said.getvalue())


def made(name: str, side: str, root: Path) -> None:
    """Make the pack of a table with the vocabulary of a side."""
    run("new", str(root), "--from-csv", str(FOLDER / f"{name}.csv"))
    if side == "suggested":
        run("suggest", "vocabulary", "--pack", str(root), "--accept-all")
    if side == "by hand":
        shutil.copy(FOLDER / f"{name}-hand.yaml", root / VOCABULARY)
        write_calibration(root, calibrate_pack(root))


def replies(name: str, root: Path) -> Iterator[tuple[str, str, Reply, set[str]]]:
    """Yield the follow-ups with what was asked first, the reply and the ids that answer them."""
    assistant = open_assistant(root)
    ids = {intent.title: intent.id for intent in assistant.pack.browsable}
    for talk in yaml.safe_load((FOLDER / f"{name}-turns.yaml").read_text(encoding="utf-8")):
        _, context = assistant.ask(talk["ask"], Context())
        for turn in talk["then"]:
            reply, context = assistant.ask(turn["ask"], context)
            yield talk["ask"], turn["ask"], reply, {ids[turn["want"]]} if turn["want"] else set()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each table and side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in FOLDER.glob("*.csv")))
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--verbose", action="store_true", help="print what was not right")
    options = parser.parse_args(arguments)
    for name in options.names:
        for side in options.sides:
            if side == "by hand" and not (FOLDER / f"{name}-hand.yaml").exists():
                continue
            with tempfile.TemporaryDirectory() as scratch:
                root = Path(scratch) / name
                made(name, side, root)
                counts: Counter[str] = Counter()
                for first, ask, reply, wanted in replies(name, root):
                    grade = grade_ids(wanted, reply)
                    counts[grade] += 1
                    if options.verbose and grade != "right":
                        print(f"  {grade:8}{first!r} ... {ask!r}: {reply.kind} {reply.intents}, not {wanted}")
            print(f"{name:12}{side:10}", *(f"{counts[grade]:3} {grade}" for grade in GRADES), flush=True)


if __name__ == "__main__":
    main()
