"""A tenth of the day that `benchmarks/soak` puts a stand through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "benchmarks" / "soak"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_a_tenth_of_a_day_leaves_nothing_and_never_a_dark_screen() -> None:
    command = [sys.executable, str(SOAK), "--visitors", "200", "--hours", "2.4", "--every", "20", "--lenient"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
