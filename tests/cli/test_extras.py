"""What an installation without extras can do, and what it says of the rest before it does anything."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dimchat.cli import run
from dimchat.extras import EXTRAS

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize(
    "needed",
    [
        ("junitparser", "report", "test --junit x"),
        ("jinja2", "report", "test --html x"),
        ("matplotlib", "report", "test --html x"),
        ("matplotlib", "report", "diff --html x"),
        ("jinja2", "report", "coverage --html x"),
        ("matplotlib", "report", "robustness --html x"),
        ("matplotlib", "report", "evaluate --html x"),
        ("jinja2", "report", "insights --html x"),
        ("sqlalchemy", "journal", "review"),
        ("sqlalchemy", "journal", "journal export x"),
        ("sqlalchemy", "journal", "--plain --journal counts"),
        ("sqlalchemy", "journal", "kiosk --once --journal full"),
        ("aiohttp", "web", "serve"),
        ("textual_serve", "web", "serve --terminal"),
    ],
)
def test_it_is_said_before_any_work_is_done(
    needed: tuple[str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, extra, command = needed
    (tmp_path / "pack.yaml").write_text("name: [", encoding="utf-8")  # whoever opens the pack says something else
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    assert run(command.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.endswith(f"pip install 'dimchat[{extra}]'")
    assert not (tmp_path / "x").exists()


IMPORTED_AS = {
    "bs4": "beautifulsoup4",
    "markdown_it": "markdown-it-py",
    "prometheus_client": "prometheus-client",
    "yaml": "pyyaml",
}
BESIDE = {"pytest", "markupsafe"}
"""A plugin is imported by what it is for; jinja2 brings markupsafe."""


def test_what_the_code_imports_is_in_the_base_or_in_an_extra_that_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = {need.partition(">")[0] for need in project["dependencies"]}
    imported = {
        name.partition(".")[0]
        for file in (ROOT / "src" / "dimchat").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        for name in names_in(node)
    }
    others = imported - sys.stdlib_module_names - {"dimchat", *BESIDE}
    assert {IMPORTED_AS.get(name, name) for name in others - EXTRAS.keys()} <= base
    for module, extra in EXTRAS.items():
        brought = {need.partition(">")[0].partition("[")[0] for need in project["optional-dependencies"][extra]}
        assert IMPORTED_AS.get(module, module.replace("_", "-")) in brought
    assert project["optional-dependencies"]["kiosk"] == []


def names_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
