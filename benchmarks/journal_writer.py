"""A writer to be killed: records answers without an end and prints the key of each row once it is kept.

`benchmarks/journal.py kill` starts it: `python benchmarks/journal_writer.py URL`.
"""

from __future__ import annotations

import os
import random
import sys
import time
from typing import TYPE_CHECKING

from dimchat.journal.record.recorder import JournalRecorder, local_time
from dimchat.journal.record.worker import Worker
from dimchat.journal.store import Store
from dimchat.model import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.journal.rows import Row


def kept(rows: Sequence[Row]) -> None:
    """Print the keys at once: a kill must find nothing in a buffer."""
    os.write(1, "".join(f"{row.key}\n" for row in rows).encode())


def main(url: str) -> None:
    """Record until the end."""
    worker = Worker(lambda: Store(url), clock=local_time, kept=kept)
    worker.start()
    recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d" * 64, clock=local_time)
    rng = random.Random(os.getpid())  # noqa: S311 - a pace, no secret
    while True:
        recorder.record(Reply(f"question {rng.random()}", "answer", ("manager.pay",), confidence=0.9, margin=0.5))
        time.sleep(rng.random() * 0.01)


if __name__ == "__main__":
    main(sys.argv[1])
