from __future__ import annotations

import subprocess
import sys

import pytest

RUN = """
import sys
sys.modules[{module!r}] = None
from dimchat.cli import run
sys.exit(run({arguments!r}))
"""


@pytest.mark.parametrize(
    ("module", "extra", "arguments"),
    [("sqlalchemy", "journal", ["insights"]), ("sqlalchemy", "journal", ["journal", "show"])],
)
def test_a_command_names_the_extra_that_it_needs(module: str, extra: str, arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", RUN.format(module=module, arguments=arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr == f"dimchat: this needs {module}, which is not installed: pip install 'dimchat[{extra}]'\n"
