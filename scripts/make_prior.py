"""Find where the calibration of a pack with few phrases begins: python scripts/make_prior.py --data FOLDER.

FOLDER holds the public sets as `benchmarks/prepare.py` makes them (docs/benchmarks.md). Of CLINC150 and HWU64, 15, 30
or 50 intents are drawn, each with 1, 2, 3, 5 or 10 phrases, twelve lines from outside beside them; a matcher learns
these and is asked validation questions, of its intents and from outside. What came fits the numbers for each count of
phrases, which are written to `src/dimchat/match/prior.json`. No test question is used, and fifty intents of CLINC150
(`ASIDE`) not at all, so that `benchmarks/few.py` can judge a small pack by them.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.language.tokens import normalise
from dimchat.match import Matcher
from dimchat.match.encoder import encoder
from dimchat.match.lessons import in_order
from dimchat.match.logistic import curve, newton
from dimchat.match.meaning import Regression, joined, log_odds, nearest
from dimchat.match.options import DEFAULT
from dimchat.match.prior import FILE
from dimchat.match.scores import Measures

if TYPE_CHECKING:
    from numpy.typing import NDArray

PHRASES = (1, 2, 3, 5, 10)
INTENTS = (15, 30, 50)
ASIDE = 20261130
"""The seed of the fifty intents that are left out."""
QUESTIONS, OUTSIDE_QUESTIONS, OUTSIDE_LINES = 300, 120, 12
OUTSIDE = "outside"
RIVALS = 12
"""Of so many classes what words and meaning weigh is found: sets of other sizes lie side by side."""
_NOTHING = Measures(*[0.0] * len(Measures._fields))


class Lines(NamedTuple):
    """Texts with their intents."""

    texts: list[str]
    intents: list[str]


class Asked(NamedTuple):
    """Questions that a matcher was asked."""

    kinds: list[NDArray[np.float32]]
    """By words, by regression, by the nearest line: questions by classes each."""
    own: NDArray[np.intp]
    """The class of each."""
    inside: NDArray[np.bool_]
    share: NDArray[np.float64]
    measures: NDArray[np.float64]
    best: NDArray[np.intp]
    """The class that words alone find."""


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    rows = {}
    for count in PHRASES:
        found = [ask(*draw(data, name, size, count)) for name in ("clinc150", "hwu64") for size in INTENTS]
        rows[str(count)] = fitted(found)
    FILE.write_text(json.dumps({"made by": "scripts/make_prior.py", "lines": rows}, indent=1) + "\n", encoding="utf-8")


def read(file: Path) -> Lines:
    """Return the lines of a split."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Lines([row["text"] for row in rows], [row["intent"] for row in rows])


def draw(data: Path, name: str, size: int, count: int) -> tuple[Lines, list[str], Lines]:
    """Return what is learnt, the lines from outside, and what is asked."""
    dice = random.Random(f"{name} {size} {count}")  # noqa: S311 - the same each time
    learnt, asked = read(data / name / "train.jsonl"), read(data / name / "valid.jsonl")
    names = sorted(set(learnt.intents))
    if name == "clinc150":
        aside = set(random.Random(ASIDE).sample(names, 50))  # noqa: S311
        chosen = dice.sample([one for one in names if one not in aside], size)
        outside, other = (read(data / name / f"oos_{split}.jsonl").texts for split in ("train", "valid"))
    else:
        chosen = dice.sample(names, size)
        rest = [text for text, own in zip(*asked, strict=True) if own not in chosen]
        dice.shuffle(rest)
        outside, other = rest[::2], rest[1::2]
    phrases = Lines([], [])
    for one in chosen:
        phrases.texts.extend(dice.sample([text for text, own in zip(*learnt, strict=True) if own == one], count))
        phrases.intents.extend([one] * count)
    inside = [pair for pair in zip(*asked, strict=True) if pair[1] in chosen]
    questions = dice.sample(inside, min(QUESTIONS, len(inside)))
    questions += [(text, OUTSIDE) for text in dice.sample(other, min(OUTSIDE_QUESTIONS, len(other)))]
    return phrases, dice.sample(outside, OUTSIDE_LINES), Lines(*map(list, zip(*questions, strict=True)))


def ask(phrases: Lines, outside: list[str], questions: Lines) -> Asked:
    """Return what a matcher that learnt the phrases makes of the questions."""
    groups = {OUTSIDE: outside}
    matcher = Matcher.fit(phrases.texts, phrases.intents, outside=groups)
    classes = {name: place for place, name in enumerate(matcher.intents)}
    lines = in_order(phrases.texts, phrases.intents, groups)
    owners = np.array([classes[name] for name, _ in lines], np.intp)
    vectors = encoder().encode([normalise(text) for _, text in lines])
    asked = encoder().encode([normalise(text) for text in questions.texts])
    found = [matcher.find(text, 2) for text in questions.texts]
    nothing = np.full(len(classes), matcher.options.intercept, np.float32)
    return Asked(
        [
            np.array([nothing if one is None else one.sums.scores for one in found]),
            Regression.learn(vectors, owners, len(classes)).scores(asked),
            nearest(asked, vectors, np.searchsorted(owners, np.arange(len(classes)))),
        ],
        np.array([classes[name] for name in questions.intents], np.intp),
        np.array([name != OUTSIDE for name in questions.intents], bool),
        np.array([0.0 if one is None else one.share for one in found]),
        np.array([_NOTHING if one is None else one.measures[0] for one in found], float),
        np.array([-1 if one is None else one.order[0] for one in found], np.intp),
    )


def fitted(found: list[Asked]) -> dict[str, list[float]]:
    """Return the numbers that fit what came."""
    right = np.concatenate([one.best == one.own for one in found])
    weights = curve(np.concatenate([one.measures for one in found]), right.astype(float), DEFAULT.ridge)
    blend = blended(found)
    odds, best = [], []
    for one in found:
        scores = sum(weight * kind.astype(float) for weight, kind in zip(blend, one.kinds, strict=True))
        for row, own in zip(scores, one.own, strict=True):
            first = int(np.argmax(row))
            odds.append(log_odds(row, [first])[0])
            best.append(first == own)
    known = np.concatenate([one.share for one in found]) > 0
    rows = np.column_stack((np.ones(int(known.sum())), np.array(odds)[known]))
    line = newton(rows, np.array(best, float)[known], DEFAULT.ridge)
    return {"weights": [round(float(x), 4) for x in weights], "meaning": [round(float(x), 4) for x in (*blend, *line)]}


def blended(found: list[Asked]) -> NDArray[np.float64]:
    """Return what words, regression and the nearest line weigh, over the likeliest classes of each question."""
    rows: list[list[NDArray[np.float32]]] = [[], [], []]
    own = []
    for one in found:
        for question in np.flatnonzero(one.inside):
            kinds = [kind[question] for kind in one.kinds]
            near = list(np.argsort(-(kinds[0] + kinds[1] + 5 * kinds[2]), kind="stable")[:RIVALS])
            if one.own[question] not in near:
                near[-1] = one.own[question]
            for row, kind in zip(rows, kinds, strict=True):
                row.append(kind[near])
            own.append(near.index(one.own[question]))
    return joined([np.array(row) for row in rows], np.array(own, np.intp))


if __name__ == "__main__":
    main()
