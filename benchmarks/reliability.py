"""How often dimchat is right when it is so sure: `python benchmarks/reliability.py [--pack DIR]`.

Twice held out: each phrase of the pack is asked of a matcher that has not learnt it, and the curve that turns scores
into confidences is fitted on other phrases than those it is then judged on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pages

from dimchat.index.prebuilt import lessons
from dimchat.match.calibration import calibration_error, confidences, reliability
from dimchat.match.held_out import cross_fit
from dimchat.match.logistic import curve
from dimchat.pack import find_pack, load_pack

FOLDS = 5
AIM = 0.05


def section(root: Path | None = None) -> str:
    """Measure a pack and return the table.

    Args:
        root: The folder of the pack; None for the bundled one.
    """
    pack = load_pack(find_pack(root))
    asked = cross_fit(**lessons(pack), folds=FOLDS)
    part = np.random.default_rng(0).permutation(len(asked.right)) % FOLDS
    sure = np.zeros(len(part))
    for fold in range(FOLDS):
        own = part == fold
        weights = curve(asked.measures[~own], asked.right[~own].astype(float))
        sure[own] = confidences(asked.measures[own], weights.tolist()) * asked.share[own]
    rows = [
        (f"{one.low:.1f} to {one.high:.1f}", str(one.size), f"{one.confidence:.3f}", f"{one.right:.3f}")
        for one in reliability(sure, asked.right)
    ]
    error = calibration_error(sure, asked.right)
    head = ("confidence", "questions", "mean confidence", "share right")
    return (
        f"{len(part)} phrases of the bundled pack and its outside lines, {FOLDS} folds. Expected calibration error "
        f"{error:.3f} (aim: at most {AIM}, {pages.verdict(reached=error <= AIM)}).\n\n{pages.table(head, rows)}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, help="the folder of the pack; the bundled one by default")
    print(section(parser.parse_args().pack))


if __name__ == "__main__":
    main()
