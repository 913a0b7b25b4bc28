from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from dimchat.files import python

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")

MEMORY = """
from dimchat.visit import limits
assert limits.limit_memory(64 * 1024 * 1024)
small = bytearray(16 * 1024 * 1024)
try:
    bytearray(128 * 1024 * 1024)
except MemoryError:
    print("refused")
"""

PROCESSOR = """
from dimchat.visit import limits
limits.limit_processor(0)
print("turn", flush=True)
while True:
    pass
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=python.environment(),
        cwd=python.FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )


@linux
def test_a_process_gets_no_more_private_memory_than_it_may() -> None:
    assert run(MEMORY).stdout == "refused\n"


@linux
def test_a_turn_that_does_not_end_is_ended() -> None:
    done = run(PROCESSOR)
    assert (done.stdout, done.returncode) == ("turn\n", -signal.SIGXCPU)
