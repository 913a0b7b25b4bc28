"""The data: a folder for each set, `SPLIT.jsonl` in it, a `{"text", "intent"}` a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WHERE = """\
CLINC150 is clinc/oos-eval on GitHub (CC BY 3.0), HWU64 is xliuhw/NLU-Evaluation-Data (CC BY 4.0), BANKING77 is
PolyAI-LDN/task-specific-datasets (CC BY 4.0). The few-shot splits that everybody compares on, train_5 and train_10,
come with jianguoz/Few-Shot-Intent-Detection, which has all three sets; benchmarks/prepare.py turns a clone of that
into such a folder."""

FEW, FULL = "train_10", "train"
CLEAN, MISSPELT = "test", "test_typo"
LANGUAGE = "language.txt"
"""The file of a set that says which language it is in; without one it is English."""


class Line(NamedTuple):
    """A text and what it asks for."""

    text: str
    intent: str


def read(path: Path) -> list[Line]:
    """Return the lines of a split.

    Args:
        path: The file.
    """
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Line(row["text"], row["intent"]) for row in rows]


def write(path: Path, lines: Iterable[Line]) -> None:
    """Write a split.

    Args:
        path: The file; its folder is made where it is missing.
        lines: What goes into it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line._asdict(), ensure_ascii=False) + "\n" for line in lines)


def sets(folder: Path) -> list[str]:
    """Return the names of the sets in a folder that have few-shot and test splits."""
    return sorted(one.parent.name for one in folder.glob(f"*/{FEW}.jsonl") if (one.parent / f"{CLEAN}.jsonl").exists())


def language(folder: Path) -> str:
    """Return the language of a set."""
    file = folder / LANGUAGE
    return file.read_text(encoding="utf-8").strip() if file.exists() else "en"


def questions(folder: Path) -> list[str]:
    """Return the splits of a set that are asked: the test questions, the misspelt ones, those out of scope."""
    outside = sorted(one.stem for one in folder.glob("*oos*test.jsonl"))
    return [split for split in (CLEAN, MISSPELT, *outside) if (folder / f"{split}.jsonl").exists()]
