"""`dimchat test`, `check` and pytest see the same cases, or all of them refuse."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.pack import load_pack
from dimchat.quality import inspect_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

pytest_plugins = ["pytester"]

PASSES = "- intent: shop.hours\n  ask:\n    - until when are you open today\n    - what are the hours\n"
FAILS = "- intent: shop.returns\n  ask:\n    - opening hours\n"
KNOWN = "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - opening hours\n"
SURPRISE = "- intent: shop.hours\n  xfail: not yet\n  ask:\n    - opening hours\n"
TAGGED = "- intent: shop.returns\n  tags:\n    - skip\n    - xfail\n    - slow\n  ask:\n    - opening hours\n"
TALK = (
    "- turns:\n    - ask: return policy\n    - ask: and the hours\n      intent: shop.hours\n    - ask: thanks\n"
    "      intent: shop.returns\n"
)
TEXTS = [PASSES, FAILS, KNOWN, SURPRISE, TAGGED, TALK]
NAMES = [
    *("a.yaml", "b.yaml", "zoo/deep/f.yaml", "sp ace/é[1].yaml", "weird::name.yaml", "-x.yaml"),
    *(".hidden.yaml", ".git/e.yaml", ".x/y/z.yaml", "notes.md", "a.yaml~", "c.json"),
    *("build/d.yaml", "dist/d.yaml", "node_modules/pkg/g.yaml", "x.egg/h.yaml", "venv/i.yaml", "CVS/j.yaml"),
]
REFUSED = ["old.yml", "SHOUT.YAML", "sub/mixed.Yml"]

Verdicts = set[tuple[str, int, bool]]


class Seen(NamedTuple):
    """What each of the three says; None where it refuses to begin."""

    command: Verdicts | None
    pytest: Verdicts | None
    check: bool


class Listener:
    """Notes where items stand, and whether they were right."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: Verdicts = set()
        self.count = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            file, line, _ = report.location
            name = os.path.relpath(self.root.parent / file, self.root)
            self.seen.add((name, (line or 0) + 1, not report.failed))
            self.count += 1


@pytest.fixture
def look(pytester: pytest.Pytester, toy: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], Seen]:
    root = toy.rename(pytester.path / "toy")
    pytester.makeini(
        "[pytest]\naddopts = --strict-markers -p no:cacheprovider\nasyncio_default_fixture_loop_scope = function\n"
        "dimchat_cases = toy/tests/cases\n"
    )

    def look() -> Seen:
        capsys.readouterr()
        status = run(["test", "--pack", str(root), "--json"])
        out = capsys.readouterr().out
        command = None if status == 2 else {row(one) for one in json.loads(out)["items"]}
        listener = Listener(root)
        ended = pytester.inline_run(plugins=[listener])
        assert len(listener.seen) == listener.count, "an item ran twice"
        errors = [one for one in inspect_cases(root, load_pack(root)) if one.severity == "error"]
        return Seen(command, None if ended.ret == pytest.ExitCode.USAGE_ERROR else listener.seen, not errors)

    return look


def row(one: Mapping[str, Any]) -> tuple[str, int, bool]:
    return one["file"], one["line"], one["status"] in ("passed", "xfailed")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS), max_size=9))
def test_they_agree_on_any_tree(look: Callable[[], Seen], pytester: pytest.Pytester, tree: dict[str, str]) -> None:
    fill(pytester.path / "toy", {"a.yaml": PASSES} | tree)
    seen = look()
    assert seen.command == seen.pytest
    assert seen.check
    named = {name for name, _, _ in seen.command or ()}
    real = {f"tests/cases/{name}" for name in ({"a.yaml"} | tree.keys()) if name.endswith(".yaml")}
    assert named == {name for name in real if "/." not in name}


@pytest.mark.parametrize("name", REFUSED)
def test_they_all_refuse_what_would_be_left_out(look: Callable[[], Seen], pytester: pytest.Pytester, name: str) -> None:
    fill(pytester.path / "toy", {"a.yaml": PASSES, name: FAILS})
    assert look() == Seen(None, None, check=False)


def test_they_agree_on_links(look: Callable[[], Seen], pytester: pytest.Pytester) -> None:
    root = pytester.path / "toy"
    fill(root, {"a.yaml": PASSES, "real/b.yaml": FAILS})
    fill(root, {"c.yaml": KNOWN}, "tests/more")
    folder = root / "tests" / "cases"
    (folder / "file.yaml").symlink_to(root / "tests" / "more" / "c.yaml")
    (folder / "folder").symlink_to("real")
    seen = look()
    assert seen.command == seen.pytest
    assert {name for name, _, _ in seen.command or ()} == {
        f"tests/cases/{name}" for name in ("a.yaml", "file.yaml", "folder/b.yaml", "real/b.yaml")
    }
    (pytester.path / "x.yaml").write_text(PASSES, encoding="utf-8")
    targets = {
        "out.yaml": str(pytester.path / "x.yaml"),
        "round": "..",
        "self.yaml": "self.yaml",
        "gone.yaml": "nowhere",
    }
    for link, target in targets.items():
        (folder / link).symlink_to(target)
        assert look() == Seen(None, None, check=False), link
        (folder / link).unlink()
    folder.rename(pytester.path / "outside")
    folder.symlink_to(pytester.path / "outside")
    assert look() == Seen(None, None, check=False)


def fill(root: Path, tree: Mapping[str, str], place: str = "tests/cases") -> None:
    """Let these be the only files of cases."""
    folder = root / place
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() or path.is_symlink() else path.rmdir()
    for name, text in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
