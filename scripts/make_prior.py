"""Find where the calibration of a pack with few phrases begins: python scripts/make_prior.py --data FOLDER.

FOLDER holds the public sets as `benchmarks/prepare.py` makes them (docs/benchmarks.md). Of BANKING77, CLINC150 and
HWU64, 15, 30 or 50 intents are drawn, twice, each with 1, 2, 3, 5 or 10 phrases; beside them stand twelve lines from
outside and those that every pack gets. A matcher learns these and is asked validation questions, of its intents and
from outside. What came fits the numbers for each count of phrases; so does, for matchers that nobody calibrates, what
comes without any line from outside. Then all are calibrated from these, and the floors are found that 115 in 1,000
questions from outside pass. All goes to `src/dimchat/match/prior.json`. No test question
is used, and fifty intents of CLINC150 (`ASIDE`) not at all, so that `benchmarks/few.py` can judge a small pack by
them.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.language.tokens import normalise
from dimchat.match import Matcher, calibrate
from dimchat.match.encoder import digest, encoder
from dimchat.match.lessons import in_order
from dimchat.match.logistic import curve, newton
from dimchat.match.meaning import Regression, joined, leads, nearest, softened
from dimchat.match.options import DEFAULT
from dimchat.match.prior import FILE, tried
from dimchat.match.scores import Measures
from dimchat.pack.base import outside_of, yielding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

PHRASES = (1, 2, 3, 5, 10)
SETS = ("banking77", "clinc150", "hwu64")
INTENTS = (15, 30, 50)
TURNS = 2
"""How often each is drawn."""
ASIDE = 20261130
"""The seed of the fifty intents that are left out."""
QUESTIONS, OUTSIDE_QUESTIONS, OUTSIDE_LINES = 300, 120, 12
OUTSIDE = "outside"
OUTSIDE_ANSWERED = 0.115
"""Which share of what is asked from outside is answered at a floor. Most of it is near."""
LEAST_FLOOR = 0.52
"""What is as likely wrong as right is better offered."""
RIVALS = 12
"""Of so many classes what words and meaning weigh is found: sets of other sizes lie side by side."""
LEAST_WORDS = 0.5
"""With one phrase words hardly help on these sets, whose lines are short, nor do they harm up to this weight; what
people ask of a FAQ is longer, and names things that the encoder does not know."""
NO_CLASS = -2
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
    """The class of each, or `NO_CLASS`."""
    inside: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    """Which classes are outside groups."""
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
        sets = drawn(data, count)
        found = [ask(phrases, groups_of(phrases, outside), questions) for phrases, outside, questions in sets]
        rows[str(count)] = fitted(found) | {"floors": [0.0, 0.0]}
        bare = [ask(phrases, {}, questions) for phrases, _, questions in sets]
        rows[str(count)]["alone"] = curve_over(bare, rows[str(count)]["meaning"][:3], softened)
    write(rows)
    for count, own in zip(PHRASES, smoothed([floors(drawn(data, count)) for count in PHRASES]), strict=True):
        rows[str(count)]["floors"] = own
    write(rows)


def write(rows: dict[str, dict[str, list[float]]]) -> None:
    """Write the file, from which calibrations begin at once."""
    FILE.write_text(json.dumps({"made by": "scripts/make_prior.py", "lines": rows}, indent=1) + "\n", encoding="utf-8")
    tried.cache_clear()


def drawn(data: Path, count: int) -> list[tuple[Lines, list[str], Lines]]:
    """Return what is learnt and asked for a count of phrases, see `draw`."""
    sets = [(name, size, turn) for name in SETS for size in INTENTS for turn in range(TURNS)]
    return [draw(data, name, size, count, turn) for name, size, turn in sets]


def read(file: Path) -> Lines:
    """Return the lines of a split."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Lines([row["text"] for row in rows], [row["intent"] for row in rows])


def draw(data: Path, name: str, size: int, count: int, turn: int) -> tuple[Lines, list[str], Lines]:
    """Return what is learnt, the lines from outside, and what is asked."""
    dice = random.Random(f"{name} {size} {count} {turn}")  # noqa: S311 - the same each time
    learnt, asked = read(data / name / "train.jsonl"), read(data / name / "valid.jsonl")
    names = sorted(set(learnt.intents))
    if name == "clinc150":
        aside = set(random.Random(ASIDE).sample(names, 50))  # noqa: S311
        chosen = dice.sample([one for one in names if one not in aside], size)
        outside, other = (read(data / name / f"oos_{split}.jsonl").texts for split in ("train", "valid"))
    else:
        chosen = dice.sample(names, size)
        rest = [text for text, own in zip(*asked, strict=True) if own not in chosen]
        far = data / name / "oos_valid.jsonl"
        rest += read(far).texts if far.exists() else []
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


def ask(phrases: Lines, groups: dict[str, list[str]], questions: Lines) -> Asked:
    """Return what a matcher that learnt the phrases and lines of outside groups makes of the questions."""
    matcher = Matcher.fit(phrases.texts, phrases.intents, outside=groups, options=DEFAULT._replace(encoder=False))
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
        np.array([classes.get(name, NO_CLASS) for name in questions.intents], np.intp),
        np.array([name != OUTSIDE for name in questions.intents], bool),
        np.array([name in groups for name in matcher.intents], bool),
        np.array([0.0 if one is None else one.share for one in found]),
        np.array([_NOTHING if one is None else one.measures[0] for one in found], float),
        np.array([-1 if one is None else one.order[0] for one in found], np.intp),
    )


def fitted(found: list[Asked]) -> dict[str, list[float]]:
    """Return the numbers that fit what came."""
    right = np.concatenate([told_rightly(one, one.best) for one in found])
    weights = curve(np.concatenate([one.measures for one in found]), right.astype(float), DEFAULT.ridge)
    blend = blended(found).tolist()
    # The odds against all others fall with the number of intents, and no set here has as many as a large pack.
    constant, lead = curve_over(found, blend, leads)
    meaning = (*blend, constant, 0.0, lead)
    return {"weights": [round(float(x), 4) for x in weights], "meaning": [round(x, 4) for x in meaning]}


def curve_over(
    found: list[Asked],
    blend: Sequence[float],
    measure: Callable[[NDArray[np.float64], Sequence[int]], list[float]],
) -> list[float]:
    """Return constant and weight of how sure a match is, by one measure of what words and meaning add up to."""
    told: list[float] = []
    best: list[bool] = []
    for one in found:
        scores = np.sum([weight * kind.astype(float) for weight, kind in zip(blend, one.kinds, strict=True)], axis=0)
        first = scores.argmax(axis=1)
        told += [measure(row, [place])[0] for row, place in zip(scores, first.tolist(), strict=True)]
        best += told_rightly(one, first).tolist()
    known = np.concatenate([one.share for one in found]) > 0
    rows = np.column_stack((np.ones(int(known.sum())), np.array(told)[known]))
    return [round(float(x), 4) for x in newton(rows, np.array(best, float)[known], DEFAULT.ridge)]


def told_rightly(asked: Asked, best: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of the questions the best class is right for: their own, or any from outside for one from there."""
    right: NDArray[np.bool_] = (best == asked.own) | (asked.silent[best] & (best >= 0) & ~asked.inside)
    return right


def groups_of(phrases: Lines, outside: list[str]) -> dict[str, list[str]]:
    """Return the lines from outside of a pack with these phrases: its own, and those that it gets from the base."""
    general = {group.id: [line.text for line in group.phrases] for group in yielding(outside_of("en"), phrases.texts)}
    return {OUTSIDE: outside, **general}


def floors(sets: list[tuple[Lines, list[str], Lines]]) -> list[float]:
    """Return the least floors that keep out what is asked from outside: by words alone, and with meaning."""
    sure: list[list[float]] = [[], []]
    for phrases, outside, questions in sets:
        groups = groups_of(phrases, outside)
        vectors = encoder().encode([normalise(text) for _, text in in_order(phrases.texts, phrases.intents, groups)])
        matcher = Matcher.fit(phrases.texts, phrases.intents, outside=groups, options=DEFAULT._replace(encoder=False))
        strange = [text for text, own in zip(*questions, strict=True) if own == OUTSIDE]
        for place, own in enumerate((None, vectors)):
            found = calibrate(phrases.texts, phrases.intents, outside=groups, apart=groups, vectors=own)
            one = matcher.with_meaning(own, "" if own is None else digest()).with_calibration(found)
            ranked = [one.rank(text, 1) for text in strange]
            sure[place] += [r[0].confidence if r and r[0].intent not in groups else 0.0 for r in ranked]
    return [round(float(np.quantile(one, 1 - OUTSIDE_ANSWERED)), 2) for one in sure]


def smoothed(found: list[list[float]]) -> list[list[float]]:
    """Return floors on a line through those that were found, over the logarithm of the count: few sets tell of each."""
    logs = np.log(PHRASES)
    lines = [np.polyval(np.polyfit(logs, own, 1), logs) for own in np.array(found).T]
    return [[round(max(float(one), LEAST_FLOOR), 2) for one in row] for row in np.array(lines).T]


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
    weights = joined([np.array(row) for row in rows], np.array(own, np.intp))
    weights[0] = max(weights[0], LEAST_WORDS)
    return weights


if __name__ == "__main__":
    main()
