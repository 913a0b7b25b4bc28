"""Makes the data folder: `python benchmarks/prepare.py CLONE/Datasets FOLDER`, from jianguoz/Few-Shot-Intent-Detection.

Each set there is a folder of splits, each split a folder with `seq.in` (texts) and `label` (intents), line by line.
The misspelt copies are made here: each word of three letters or more gets one edit on neighbouring keys with
probability 0.15, the same ones every time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import data

from dimchat.quality.robustness.variants import misspelt

SETS = {"CLINC150": "clinc150", "HWU64": "hwu64", "BANKING77": "banking77"}
SPLITS = {"train": "train", "train_10": "train_10", "train_5": "train_5", "valid": "valid", "test": "test"}
OUTSIDE = {
    "CLINC150/oos": ("clinc150", "oos"),
    "BANKING77-OOS/id-oos": ("banking77", "near_oos"),
    "BANKING77-OOS/ood-oos": ("banking77", "oos"),
}
SEED = 0


def lines(folder: Path, intent: str | None = None) -> list[data.Line]:
    """Return the lines of a split; none where it is missing.

    Args:
        folder: With `seq.in` and `label`.
        intent: What all of them are labelled with, else what `label` says.
    """
    if not (folder / "seq.in").exists():
        return []
    texts = (folder / "seq.in").read_text(encoding="utf-8").splitlines()
    labels = [intent] * len(texts) if intent else (folder / "label").read_text(encoding="utf-8").splitlines()
    return [data.Line(text, label) for text, label in zip(texts, labels, strict=True)]


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the folder Datasets of the clone")
    parser.add_argument("target", type=Path, help="the folder to write")
    options = parser.parse_args()
    splits = {
        (own, split): lines(options.source / name / folder)
        for name, own in SETS.items()
        for folder, split in SPLITS.items()
    }
    for name, (own, prefix) in OUTSIDE.items():
        for split in ("train", "valid", "test"):
            splits[own, f"{prefix}_{split}"] = lines(options.source / name / split, "oos")
    for (own, split), found in splits.items():
        if not found:
            continue
        data.write(options.target / own / f"{split}.jsonl", found)
        if split in ("valid", "test"):
            copies = [data.Line(misspelt(line.text, SEED), line.intent) for line in found]
            data.write(options.target / own / f"{split}_typo.jsonl", copies)
        print(f"{own}/{split}.jsonl: {len(found)}")


if __name__ == "__main__":
    main()
