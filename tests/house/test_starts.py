"""Nothing but `dimchat.files` decides with what path, folder and environment another program is started."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCE = [*sorted((ROOT / "src").rglob("*.py")), ROOT / "hatch_build.py"]
OTHERS = [path for folder in ("benchmarks", "scripts") for path in sorted((ROOT / folder).rglob("*.py"))]

STARTS = {
    "subprocess": {"Popen", "run", "call", "check_call", "check_output"},
    "asyncio": {"create_subprocess_exec"},
}
FORBIDDEN = {
    "getoutput",
    "getstatusoutput",
    "system",
    "popen",
    "posix_spawn",
    "posix_spawnp",
    "startfile",
    "create_subprocess_shell",
}
FORBIDDEN |= {f"{verb}{how}" for verb in ("exec", "spawn") for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")}
POOLS = {"concurrent.futures.process", "concurrent.futures.ProcessPoolExecutor"}


def calls(tree: ast.AST) -> Iterator[tuple[str, str, ast.Call]]:
    """Yield the owner and the name of each function that is called on something with a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield owner.id if isinstance(owner, ast.Name) else "", node.func.attr, node


def faults(text: str) -> list[str]:
    """Return what starts another program in a way of its own."""
    tree = ast.parse(text)
    found = []
    for owner, name, call in calls(tree):
        if name in STARTS.get(owner, ()) and not {"env", "cwd"} <= {keyword.arg for keyword in call.keywords}:
            found.append(f"{call.lineno}: {owner}.{name} without env= and cwd=")
        if name in FORBIDDEN and owner in {*STARTS, "os"}:
            found.append(f"{call.lineno}: {owner}.{name}")
    return [*found, *(line for node in ast.walk(tree) for line in imported(node))]


def imported(node: ast.AST) -> Iterator[str]:
    """Yield what is wrong with an import: what starts Python by itself, or hides where a function comes from."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.partition(".")[0] == "multiprocessing" or alias.name in POOLS:
                yield f"{node.lineno}: {alias.name} starts Python in the current folder"
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        for name in (alias.name for alias in node.names):
            if module.partition(".")[0] == "multiprocessing" or {module, f"{module}.{name}"} & POOLS:
                yield f"{node.lineno}: {module}.{name} starts Python in the current folder"
            if module in {*STARTS, "os"} and name in {*STARTS.get(module, ()), *FORBIDDEN}:
                yield f"{node.lineno}: {name} under a name of its own"


def names_python(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "executable" for node in ast.walk(tree))


@pytest.mark.parametrize("file", SOURCE, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_program_gets_a_folder_and_an_environment(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert faults(text) == []
    if file != ROOT / "src/dimchat/files/python.py":
        assert not names_python(ast.parse(text)), "files/python.py says how Python is started"


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: str(file.relative_to(ROOT)))
def test_measurements_start_no_module_from_the_current_folder(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple) and node.elts and names_python(node.elts[0]):
            option = node.elts[1].value if isinstance(node.elts[1], ast.Constant) else ""
            assert option not in {"-m", "-c"}, "-P belongs before it"


@pytest.mark.parametrize(
    "text",
    [
        "import subprocess\nsubprocess.run(['git'], env={})",
        "import subprocess\nsubprocess.Popen(['git'], cwd='/')",
        "import asyncio\nasyncio.create_subprocess_exec('git')",
        "import os\nos.system('git')",
        "import os\nos.execv('git', [])",
        "from subprocess import run",
        "from os import popen",
        "from multiprocessing import get_context",
        "import multiprocessing.pool",
        "from concurrent.futures import ProcessPoolExecutor",
        "from concurrent.futures.process import ProcessPoolExecutor",
    ],
)
def test_this_test_finds_each_way(text: str) -> None:
    assert faults(text)
