"""Compares dimchat with its peers on sets that other projects carry: `python benchmarks/foreign.py --repos FOLDER`.

`foreign.tsv` beside this names each set: its repository, the commit, the files in it, and how it is split. They are
read out of git directories `FOLDER/OWNER+NAME/repo`, which are cloned where they are not there; nothing of them is in
this repository. Peers run as in `run.py`, in environments of their own; nlp.js needs `NODE_PATH` (see `peers.txt`).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import data
import pages
import run
import yaml
from data import Line
from peers import DIMCHAT, PEERS, RIVAL

from dimchat.exchange.readers import read
from dimchat.language.tokens import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Split = tuple[list[Line], list[Line]]
    """What is learnt, and what is asked."""

HERE = Path(__file__).resolve().parent
TABLE = HERE / "foreign.tsv"
SEED = 0
FEW, TEN = 5, 10
MOST_ASKED = 1000
_MARK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
TUNED = "tuned"
"""dimchat as a pack has it: calibrated, with the encoder where that reads the language."""
WHO = (RIVAL, "nlpjs", "padatious", DIMCHAT, TUNED)
AHEAD, BEHIND = 1.0, 1.5
"""Points that the mean has to be ahead of the best peer's, and that no set may be behind its best."""


class Foreign(NamedTuple):
    """A row of the table."""

    name: str
    language: str
    repository: str
    commit: str
    read_as: str
    files: str
    train: str
    test: str
    licence: str


def table() -> list[Foreign]:
    """Return the sets."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Foreign(*row) for row in list(csv.reader(file, delimiter="\t"))[1:]]


def of_nlpjs(file: bytes) -> Split:
    """Read a corpus of nlp.js: its utterances are learnt, its tests are asked."""
    entries = [one for one in json.loads(file)["data"] if one["intent"] != "None"]
    learnt = [Line(text, one["intent"]) for one in entries for text in one["utterances"]]
    return learnt, [Line(text, one["intent"]) for one in entries for text in one.get("tests", ())]


def of_covidqa(faq: bytes, pairs: bytes) -> Split:
    """Read a FAQ of one phrasing each, and the paraphrases of its questions that somebody found alike."""
    rows = [row for row in _rows(faq) if row["lang"] == "en"]
    learnt = {normalise(row["question"]): Line(row["question"], row["question"]) for row in rows}
    asked = []
    for row in _rows(pairs):
        meant = learnt.get(normalise(row["question_1"]))
        if row["similar"] == "1" and meant is not None:
            asked.append(Line(row["question_2"], meant.intent))
    return list(learnt.values()), asked


def of_corpora(file: bytes) -> Split:
    """Read a corpus in which each sentence says whether it is for training."""
    sentences = json.loads(file)["sentences"]
    learnt, asked = (
        [Line(s["text"], s["intent"]) for s in sentences if s["training"] is part] for part in (True, False)
    )
    known = {line.intent for line in learnt}
    return learnt, [line for line in asked if line.intent in known]


def of_fewshot(*parts: bytes) -> Split:
    """Read texts and labels, line by line: those that are learnt, those that are asked."""
    texts, labels, asked, wanted = (part.decode().splitlines() for part in parts)
    return (
        [Line(*pair) for pair in zip(texts, labels, strict=True)],
        _some([Line(*pair) for pair in zip(asked, wanted, strict=True)]),
    )


def of_banking(train: bytes, test: bytes) -> Split:
    """Read tables of texts and categories, of which ten each are learnt."""
    learnt, asked = ([Line(row["text"], row["category"]) for row in _rows(part)] for part in (train, test))
    return _parted(learnt, TEN)[0], _some(asked)


def of_qna(file: bytes) -> Split:
    """Read a `.qna` file with dimchat's own importer: five questions an entry are learnt, the others asked."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "x.qna"
        path.write_bytes(file)
        entries = read("qna", path).entries
    return _parted([Line(text, one.key) for one in entries for text in one.questions], FEW)


def of_rasa(file: bytes) -> Split:
    """Read training data of Rasa, entities unmarked: five examples an intent are learnt, the others asked."""
    lines = [
        Line(_MARK.sub(r"\1", example).strip(), one["intent"])
        for one in yaml.safe_load(file)["nlu"]
        if "intent" in one
        for example in re.findall(r"^\s*- (.*)$", one["examples"], re.MULTILINE)
    ]
    return _parted(lines, FEW)


READERS: dict[str, Callable[..., Split]] = {
    "nlpjs": of_nlpjs,
    "covidqa": of_covidqa,
    "corpora": of_corpora,
    "fewshot": of_fewshot,
    "banking": of_banking,
    "qna": of_qna,
    "rasa": of_rasa,
}


def _rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def _some(lines: list[Line]) -> list[Line]:
    """Return at most so many lines as are asked."""
    return lines if len(lines) <= MOST_ASKED else random.Random(SEED).sample(lines, MOST_ASKED)  # noqa: S311


def _parted(lines: Iterable[Line], count: int) -> Split:
    """Return so many lines of each intent, drawn, and the others; what is read alike counts once."""
    dice = random.Random(SEED)  # noqa: S311 - the same each time
    by_intent: dict[str, list[Line]] = defaultdict(list)
    for line in {normalise(line.text): line for line in lines}.values():
        by_intent[line.intent].append(line)
    learnt, asked = [], []
    for own in by_intent.values():
        dice.shuffle(own)
        learnt += own[:count]
        asked += own[count:]
    return learnt, _some(asked)


def prepare(one: Foreign, repos: Path, folder: Path) -> None:
    """Write what of a set is learnt and asked.

    Args:
        one: The set.
        repos: Where repositories are, or are cloned to.
        folder: Where `train.jsonl` and `test.jsonl` go.
    """
    git = repos / one.repository.replace("/", "+") / "repo"
    if not git.exists():
        _git("clone", "--bare", f"https://github.com/{one.repository}", str(git))
    parts = []
    for file in one.files.split(" "):
        names = [f"{file}/seq.in", f"{file}/label"] if one.read_as == "fewshot" else [file]
        parts += [_git("--git-dir", str(git), "show", f"{one.commit}:{name}") for name in names]
    learnt, asked = READERS[one.read_as](*parts)
    data.write(folder / f"{data.FULL}.jsonl", learnt)
    data.write(folder / f"{data.CLEAN}.jsonl", asked)
    (folder / data.LANGUAGE).write_text(one.language, encoding="utf-8")


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout  # noqa: S603, S607


def measure(options: argparse.Namespace, folder: Path) -> dict[str, float | str]:
    """Return the accuracy of each peer in per cent, or why there is none."""
    found: dict[str, float | str] = {}
    for name in options.peers:
        peer, cls = (DIMCHAT, "DimchatTuned") if name == TUNED else (name, None)
        result = run.job(options, peer, folder, folder / f"{data.FULL}.jsonl", cls)
        reason = result.get("reason")
        found[name] = reason or 100 * float(run.right(result, folder, data.CLEAN).mean())
    return found


def page(found: dict[Foreign, tuple[int, int, int, dict[str, float | str]]]) -> str:
    """Return the table, the means over the sets that all who ran have, and the aims."""
    names = [name for name in WHO if any(isinstance(scores.get(name), float) for *_, scores in found.values())]
    titles = [TITLES[name] for name in names]
    ran = run.machine()
    lines = [
        f"dimchat {ran['dimchat']}, Python {ran['python']}, {date.today()}. Right at rank 1, in per cent.",  # noqa: DTZ011
        "",
        f"| set | language | intents | learnt | asked | {' | '.join(titles)} |",
        f"| --- | --- | --: | --: | --: |{' --: |' * len(names)}",
    ]
    for one, (intents, learnt, asked, scores) in found.items():
        cells = [f"{value:.1f}" if isinstance(value := scores.get(name), float) else "-" for name in names]
        lines.append(f"| {one.name} | {one.language} | {intents} | {learnt} | {asked} | {' | '.join(cells)} |")
    whole = {name: [s[name] for *_, s in found.values() if isinstance(s.get(name), float)] for name in names}
    means = {name: sum(values) / len(values) for name, values in whole.items() if len(values) == len(found)}  # type: ignore[arg-type]
    cells = [f"**{means[name]:.1f}**" if name in means else "-" for name in names]
    lines += [f"| mean | | | | | {' | '.join(cells)} |", "", *_aims(found, means)]
    reasons = {
        f"- {TITLES[name]}: {value}."
        for *_, scores in found.values()
        for name, value in scores.items()
        if isinstance(value, str)
    }
    return "\n".join([*lines, *(["", "Not measured:", "", *sorted(reasons)] if reasons else [])])


def _aims(found: dict[Foreign, tuple[int, int, int, dict[str, float | str]]], means: dict[str, float]) -> list[str]:
    peers = {name: mean for name, mean in means.items() if name not in (DIMCHAT, TUNED)}
    if TUNED not in means or not peers:
        return []
    best = max(peers, key=peers.__getitem__)
    ahead = means[TUNED] - peers[best]
    behind = {}
    for one, (*_, scores) in found.items():
        rivals = [v for name, v in scores.items() if name not in (DIMCHAT, TUNED) and isinstance(v, float)]
        own = scores[TUNED]
        if isinstance(own, float):
            behind[one.name] = max(rivals) - own
    worst = max(behind, key=behind.__getitem__)
    last = behind[worst]
    mean, sets = _verdict(met=ahead >= AHEAD), _verdict(met=last <= BEHIND)
    return [
        f"Ahead of {TITLES[best]}, the best peer, in the mean: {ahead:+.1f} points (aim: {AHEAD:+.1f}, {mean}).",
        f"Most behind the best peer of a set: {last:+.1f} on {worst} (aim: at most {BEHIND}, {sets}).",
    ]


def _verdict(*, met: bool) -> str:
    return "reached" if met else "**missed**"


TITLES = {
    **{name: PEERS[name].title for name in (RIVAL, "nlpjs", "padatious")},
    DIMCHAT: "dimchat, words alone",
    TUNED: "**dimchat**",
}


def main() -> None:
    """Run what was asked for and print the table, or put it into a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repos", type=Path, required=True, help="where the repositories are, or are cloned to")
    parser.add_argument("--sets", nargs="+", help="the sets to run; all by default")
    parser.add_argument("--peers", nargs="+", choices=WHO, default=list(WHO), help="whom to run; all by default")
    parser.add_argument("--peers-python", default=sys.executable, help="the Python of the peers' environment")
    parser.add_argument("--minutes", type=float, default=10, help="how long one peer may take on one set")
    parser.add_argument("--kept", type=Path, help="a file of results, which are not measured again")
    parser.add_argument("--out", type=Path, help="the page whose table is replaced; printed otherwise")
    options = parser.parse_args()
    options.slow = False
    kept: dict[str, dict[str, float | str]] = {}
    if options.kept is not None:
        with suppress(FileNotFoundError):
            kept = json.loads(options.kept.read_text(encoding="utf-8"))
    found = {}
    wanted = list(options.peers)
    for one in table():
        if options.sets and one.name not in options.sets:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / one.name
            prepare(one, options.repos, folder)
            learnt, asked = (data.read(folder / f"{split}.jsonl") for split in (data.FULL, data.CLEAN))
            scores = kept.setdefault(one.name, {})
            options.peers = [name for name in wanted if name not in scores]
            scores |= measure(options, folder)
        if options.kept is not None:
            options.kept.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        shown = {name: scores[name] for name in wanted}
        found[one] = (len({line.intent for line in learnt}), len(learnt), len(asked), shown)
    text = page(found)
    if options.out:
        pages.put(options.out, "foreign", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
