"""Measures dimchat and its peers on the same data in one run: `python benchmarks/run.py --data FOLDER`.

Each peer learns and answers in a process of its own, one after the other, on one thread. The peers live in an
environment of their own (benchmarks/peers.txt says how to make it), named by --peers-python; without it, the Python
that runs this is asked for them. A peer that is not installed or fails is named with the reason.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import data
import numpy as np
import pages
import report
from measures import accuracy_ahead, auroc, auroc_ahead, rejected
from peers import DIMCHAT, PEERS, RIVAL, SLOWEST

import dimchat

HERE = Path(__file__).resolve().parent
PACK = "the bundled pack"
NAMED = "train_10_named"
HALF = 0.5
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
ALONE = ("reliability", "growth", "cold")
PARTS = ("peers", "pack", *ALONE)


def main() -> None:
    """Run what was asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="the folder of the data sets; without it, this says where to get them"
    )
    parser.add_argument("--sets", nargs="+", help="the sets to run; all of the folder by default")
    parser.add_argument("--peers", nargs="+", choices=[*PEERS], default=[*PEERS], help="whom to run; all by default")
    parser.add_argument("--peers-python", default=sys.executable, help="the Python of the peers' environment")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure; all by default")
    parser.add_argument("--minutes", type=float, default=20, help="how long one peer may take on one set")
    parser.add_argument("--slow", action="store_true", help="run slow peers on large sets as well")
    parser.add_argument("--out", type=Path, help="the page whose tables are replaced; printed otherwise")
    parser.add_argument("--json", type=Path, help="where the numbers go as well")
    options = parser.parse_args()
    if "peers" in options.parts and (options.data is None or not data.sets(options.data)):
        parser.error(f"--data must name a folder with NAME/SPLIT.jsonl.\n{data.WHERE}")
    texts = dict(sections(options))
    for name, text in texts.items():
        if options.out:
            pages.put(options.out, name, text)
        else:
            print(text, end="\n\n")


def sections(options: argparse.Namespace) -> list[tuple[str, str]]:
    """Measure, and return what goes into the page, by the name of the section."""
    found: dict[str, Any] = {"machine": machine()}
    done = []
    with tempfile.TemporaryDirectory() as folder:
        if "peers" in options.parts:
            found["sets"] = {
                name: on_set(options, options.data / name, Path(folder))
                for name in options.sets or data.sets(options.data)
            }
        if "pack" in options.parts:
            found["pack"] = on_pack(options, Path(folder))
    if "peers" in options.parts:
        done.append(("peers", report.peers(found)))
    if "pack" in options.parts:
        done.append(("pack", report.pack(found["pack"])))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    done += [(name, alone(name)) for name in ALONE if name in options.parts]
    return done


def alone(name: str) -> str:
    """Return what another script here prints; in its own process, as what it starts would count our memory as its.

    Args:
        name: Of the script.
    """
    command = [sys.executable, str(HERE / f"{name}.py")]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603 - our own file


def machine() -> dict[str, str]:
    """Return what it all ran on."""
    return {
        "dimchat": dimchat.__version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def on_set(options: argparse.Namespace, folder: Path, scratch: Path) -> dict[str, Any]:
    """Return what all peers make of one set, after ten phrases an intent and after all of them."""
    found: dict[str, Any] = {"intents": 0, "phrases": {}, "questions": {}, "jobs": {}, "ahead": {}}
    for split in data.questions(folder):
        found["questions"][split] = len(data.read(folder / f"{split}.jsonl"))
    few = data.read(folder / f"{data.FEW}.jsonl")
    names = sorted({line.intent for line in few})
    found["intents"] = len(names)
    named = scratch / f"{folder.name}_{NAMED}.jsonl"
    data.write(named, few + [data.Line(name.replace("_", " "), name) for name in names])
    trains = {data.FEW: folder / f"{data.FEW}.jsonl", data.FULL: folder / f"{data.FULL}.jsonl", NAMED: named}
    for train, path in trains.items():
        if not path.exists():
            continue
        found["phrases"][train] = len(data.read(path))
        asked = [peer for peer in options.peers if train != NAMED or peer in (DIMCHAT, RIVAL)]
        raw = {peer: job(options, peer, folder, path) for peer in asked}
        found["jobs"][train] = {peer: summary(result, folder) for peer, result in raw.items()}
        if all("guesses" in raw.get(peer, {}) for peer in (DIMCHAT, RIVAL)):
            found["ahead"][train] = ahead(raw[DIMCHAT], raw[RIVAL], folder)
    return found


def on_pack(options: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Return how fast the peers are on the phrases of the bundled pack, asked its own cases."""
    from dimchat.index.prebuilt import lessons  # noqa: PLC0415
    from dimchat.pack import find_pack, load_pack  # noqa: PLC0415 - reads the pack
    from dimchat.quality import CASES_FOLDER, load_items  # noqa: PLC0415

    root = find_pack(None)
    pack = load_pack(root)
    learnt = lessons(pack)
    lines = [data.Line(text, intent) for text, intent in zip(learnt["phrases"], learnt["intents"], strict=True)]
    lines += [data.Line(text, group) for group, texts in learnt["outside"].items() for text in texts]
    items = load_items((root / CASES_FOLDER,), root, pack)
    asked = [data.Line(item.ask, item.expect.intent) for item in items if item.expect.intent and not item.after]
    folder = scratch / "pack"
    data.write(folder / f"{data.FULL}.jsonl", lines)
    data.write(folder / f"{data.CLEAN}.jsonl", asked)
    jobs = {}
    for peer in options.peers:
        cls = "DimchatPack" if peer == DIMCHAT else None
        result = job(options, peer, folder, folder / f"{data.FULL}.jsonl", cls, always=peer == SLOWEST)
        jobs[peer] = summary(result, folder)
    return {
        "phrases": len(lines),
        "intents": len({line.intent for line in lines}),
        "questions": len(asked),
        "jobs": jobs,
    }


def job(
    options: argparse.Namespace, name: str, folder: Path, train: Path, cls: str | None = None, *, always: bool = False
) -> dict[str, Any]:
    """Return what a worker measured, or `{"reason": ..}`."""
    peer = PEERS[name]
    n_phrases = len(data.read(train))
    if n_phrases > peer.most and not options.slow and not always:
        return {"reason": f"left out above {peer.most} phrases, being slow"}
    own = peer.module == PEERS[DIMCHAT].module
    python = sys.executable if own else options.peers_python
    print(f"{folder.name}, {train.stem} ({n_phrases} phrases): {peer.title}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "result.json")
        command = [python, str(HERE / "worker.py"), name, cls or peer.cls, str(folder), str(train), str(out)]
        environment = {**os.environ, **ONE_THREAD, "PYTHONHASHSEED": "0", "TOKENIZERS_PARALLELISM": "false"}
        if not own:
            environment.pop("PYTHONPATH", None)
        try:
            done = subprocess.run(  # noqa: S603 - the interpreter that was named, and our own file
                command, env=environment, capture_output=True, text=True, timeout=options.minutes * 60, check=False
            )
        except subprocess.TimeoutExpired:
            return {"reason": f"not done after {options.minutes:g} minutes"}
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
            missing = last.startswith("ModuleNotFoundError")
            print(done.stderr, file=sys.stderr)
            return {"reason": f"not installed here ({last})" if missing else f"failed: {last}"}
        result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return result


def right(result: dict[str, Any], folder: Path, split: str) -> np.ndarray:
    """Return whether each guess is right."""
    wanted = [line.intent for line in data.read(folder / f"{split}.jsonl")]
    return np.array([guess[0] == intent for guess, intent in zip(result["guesses"][split], wanted, strict=True)])


def sure(result: dict[str, Any], split: str) -> np.ndarray:
    """Return how sure each guess is."""
    return np.array([guess[1] for guess in result["guesses"][split]], float)


def summary(result: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the numbers of one job."""
    if "guesses" not in result:
        return result
    kept = {key: result[key] for key in ("import", "fit", "peak", "python", "versions")}
    times = np.array(result["times"]) * 1000
    kept |= {"median": float(np.median(times)), "p99": float(np.quantile(times, 0.99)), "timed": len(times)}
    kept["accuracy"], kept["auroc"], kept["rejected"] = {}, {}, {}
    for split in data.questions(folder):
        if split in (data.CLEAN, data.MISSPELT):
            kept["accuracy"][split] = float(right(result, folder, split).mean())
        else:
            inside, outside = sure(result, data.CLEAN), sure(result, split)
            kept["auroc"][split] = auroc(inside, outside)
            answers = right(result, folder, data.CLEAN)
            # Three points are nothing to give up for who is hardly ever right.
            kept["rejected"][split] = rejected(inside, answers, outside) if answers.mean() > HALF else None
    return kept


def ahead(ours: dict[str, Any], theirs: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return how far dimchat is ahead of its strongest lexical peer, with intervals."""
    found = {}
    for split in data.questions(folder):
        if split in (data.CLEAN, data.MISSPELT):
            found[split] = accuracy_ahead(right(ours, folder, split), right(theirs, folder, split))
        else:
            pair = [(sure(result, data.CLEAN), sure(result, split)) for result in (ours, theirs)]
            found[split] = auroc_ahead(pair[0], pair[1])
    return found


if __name__ == "__main__":
    main()
