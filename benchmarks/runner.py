"""What running cases costs beside asking the same questions in a bare loop: `python benchmarks/runner.py`."""

from __future__ import annotations

import time

from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.pack import find_pack
from dimchat.quality import CASES_FOLDER, load_items, run_items

AIM = 3.0
ROUNDS = 3


def main() -> None:
    """Print the ratio, the best of several rounds of each, in turns, by the time of the processor."""
    root = find_pack(None)
    assistant = open_assistant(root)
    pack = assistant.pack
    items = load_items((root / CASES_FOLDER,), root, pack)
    asked = [item.ask for item in items]
    bare, whole = [], []
    for _ in range(ROUNDS):
        before = time.process_time()
        for text in asked:
            assistant.ask(text, Context())
        bare.append(time.process_time() - before)
        before = time.process_time()
        run_items(items, assistant)
        whole.append(time.process_time() - before)
    ratio = min(whole) / min(bare)
    verdict = "reached" if ratio <= AIM else "missed"
    print(f"{len(items)} items: {ratio:.2f} times the bare loop over the same questions; aim {AIM:g}: {verdict}")


if __name__ == "__main__":
    main()
