from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("textual", "yaml", "click", "numpy", "pytest", "rapidfuzz", "sqlalchemy")

NOTHING = frozenset[str]()
ALLOWED = {
    "import dimchat": NOTHING,
    "import dimchat.model, dimchat.errors, dimchat.wording": NOTHING,
    "import dimchat.render": NOTHING,
    "from dimchat.pack import find_pack, fingerprint": NOTHING,
    "import dimchat.match": frozenset({"numpy", "rapidfuzz"}),
    "import dimchat.dialogue": frozenset({"numpy", "rapidfuzz"}),
    "import dimchat.journal": NOTHING,
    "import dimchat.index": frozenset({"numpy", "rapidfuzz"}),
    "import dimchat.cli, dimchat.cli.chat": NOTHING,
    "import dimchat.quality": NOTHING,
    "from dimchat.quality import run_item, load_items": frozenset({"numpy", "rapidfuzz", "yaml"}),
    "import dimchat.quality.pytest_plugin": frozenset({"pytest"}),
}


@pytest.mark.parametrize(("statement", "allowed"), ALLOWED.items(), ids=list(ALLOWED))
def test_a_room_imports_no_more_than_it_needs(statement: str, allowed: frozenset[str]) -> None:
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) <= allowed


def test_the_first_frame_waits_for_nothing_but_the_screen() -> None:
    later = ("click", "numpy", "yaml", "markdown_it", "dimchat.journal", "dimchat.model", "dimchat.render")
    code = "import sys, dimchat.cli.chat, dimchat.apps.chat\n"
    code += f"print(*[name for name in {later!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == []


def test_asking_loads_neither_textual_nor_yaml() -> None:
    code = """
import sys
from dimchat.cli import run
run(["ask", "what degree do I need"])
status = run(["ask", "what degree do I need"])
print(status, "textual" in sys.modules, "pytest" in sys.modules)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "0 False False"


def test_a_warm_ask_reads_no_yaml() -> None:
    warm = [sys.executable, "-m", "dimchat", "ask", "what degree do I need"]
    subprocess.run(warm, capture_output=True, check=True)
    code = (
        'import sys; from dimchat.cli import run; run(["ask", "what degree do I need"]); print("yaml" in sys.modules)'
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "False"


def test_the_names_for_programmers_are_imported_when_they_are_asked_for() -> None:
    code = "import sys, dimchat; print(*sorted(name for name in sys.modules if name.startswith('dimchat')))"
    code += "; print(all(getattr(dimchat, name) is not None and name in dir(dimchat) for name in dimchat.__all__))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == ["dimchat", "True"]
