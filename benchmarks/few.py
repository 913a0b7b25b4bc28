"""How a matcher with few phrases does that begins from the prior: python benchmarks/few.py --data FOLDER.

Fifty intents of CLINC150 that `scripts/make_prior.py` left aside, with 1, 2, 3, 5 and 10 phrases each and twelve
lines from outside, calibrated as `dimchat tune` does, with the lines from outside that every pack gets; then 750 of
their test questions and 250 from outside are asked. The table says in percent how many were answered rightly,
wrongly, had the right one among the first three, and how many of those from outside were answered. `--seed` draws
phrases and questions anew, `--intents` the fifty intents as well, of which the prior has then seen some.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.language.tokens import normalise
from dimchat.match import Matcher, Options, calibrate
from dimchat.match.encoder import digest, encoder
from dimchat.match.lessons import in_order
from dimchat.pack.base import outside_of, yielding

if TYPE_CHECKING:
    from dimchat.model import Candidate

SEED = 20261130
"""Of the fifty intents, as `scripts/make_prior.py` has it, and of what is drawn here."""
INTENTS, OUTSIDE_LINES, QUESTIONS, OUTSIDE_QUESTIONS = 50, 12, 750, 250


def read(file: Path) -> list[tuple[str, str]]:
    """Return the texts of a split with their intents."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], row["intent"]) for row in rows]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--phrases", type=int, nargs="+", default=[1, 2, 3, 5, 10])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--intents", type=int, default=SEED, metavar="SEED")
    options = parser.parse_args()
    folder = options.data / "clinc150"
    learnt, asked = read(folder / "train.jsonl"), read(folder / "test.jsonl")
    chosen = set(random.Random(options.intents).sample(sorted({name for _, name in learnt}), INTENTS))  # noqa: S311
    dice = random.Random(options.seed)  # noqa: S311 - the same each time
    questions = dice.sample([pair for pair in asked if pair[1] in chosen], QUESTIONS)
    strange = dice.sample([text for text, _ in read(folder / "oos_test.jsonl")], OUTSIDE_QUESTIONS)
    outside = {"outside": dice.sample([text for text, _ in read(folder / "oos_train.jsonl")], OUTSIDE_LINES)}
    print("phrases  floor  right  wrong  in three  from outside")
    for count in options.phrases:
        pairs = [
            (text, name)
            for name in sorted(chosen)
            for text in dice.sample([text for text, own in learnt if own == name], count)
        ]
        phrases, intents = [text for text, _ in pairs], [name for _, name in pairs]
        general = {group.id: [line.text for line in group.phrases] for group in yielding(outside_of("en"), phrases)}
        groups = {**outside, **general}
        vectors = encoder().encode([normalise(text) for _, text in in_order(phrases, intents, groups)])
        found = calibrate(phrases, intents, outside=groups, apart=general, vectors=vectors)
        matcher = Matcher.fit(phrases, intents, outside=groups, options=Options(encoder=False)).with_meaning(
            vectors, digest()
        )
        matcher = matcher.with_calibration(found)
        right = wrong = three = 0
        for text, name in questions:
            ranked = matcher.rank(text, 4)
            best = ranked[0].intent if _is_answered(ranked, found.floor, found.margin) else ""
            right += best == name
            wrong += best not in ("", name)
            three += name in [one.intent for one in ranked if one.intent not in groups][:3]
        answered = sum(_is_answered(matcher.rank(text, 2), found.floor, found.margin) for text in strange)
        shares = [100 * n / len(questions) for n in (right, wrong, three)]
        row = (count, found.floor, *shares, 100 * answered / len(strange))
        print("{:7}  {:5.2f}  {:5.1f}  {:5.1f}  {:8.1f}  {:12.1f}".format(*row), flush=True)


def _is_answered(ranked: list[Candidate], floor: float, margin: float) -> bool:
    return (
        bool(ranked)
        and not ranked[0].intent.startswith("outside")
        and ranked[0].confidence >= floor
        and ranked[0].margin >= margin
    )


if __name__ == "__main__":
    main()
