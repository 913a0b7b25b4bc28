"""Reading a pack as it was in a revision, wherever and with whatever around it dimchat is started."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import UsageError
from dimchat.pack import load_pack
from dimchat.quality.compare import checked_out

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def commit(top: Path) -> None:
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-qm", "one")


def test_a_hook_of_another_repository_changes_nothing(
    toy: Path, tiny_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(toy)
    commit(tiny_pack)
    other = tiny_pack / ".git"
    for name, value in {
        "GIT_DIR": other,
        "GIT_WORK_TREE": tiny_pack,
        "GIT_INDEX_FILE": other / "index",
        "GIT_OBJECT_DIRECTORY": other / "objects",
        "GIT_COMMON_DIR": other,
        "GIT_PREFIX": "intents/",
        "GIT_CEILING_DIRECTORIES": toy.parent,
        "GIT_NAMESPACE": "x",
        "GIT_REPLACE_REF_BASE": "refs/x",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": tiny_pack,
        "GIT_CONFIG_GLOBAL": other / "nothing",
        "GIT_TRACE": "2",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tiny_pack)
    with checked_out(toy, "HEAD") as folder:
        assert load_pack(folder).name == "toy"
    with pytest.raises(UsageError, match="no git revision here"):
        checked_out(toy, "HEAD~1").__enter__()


@pytest.mark.parametrize("name", ["a b ", "städte", "new\nline", "-x", "a'b\"c", "x:y", "\udcff"])
def test_a_folder_may_have_any_name(name: str, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = toy.parent / "repository"
    top.mkdir()
    try:
        root = toy.rename(top / name)
    except OSError:
        pytest.skip("no such names here")
    commit(top)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(top)
    for known in (root, root.relative_to(top)):
        with checked_out(known, "HEAD") as folder:
            assert load_pack(folder).name == "toy"


def test_what_was_no_case_then_is_none_now(toy: Path) -> None:
    (toy / "tests" / "cases" / "old.yml").write_text("- x\n", encoding="utf-8")
    commit(toy)
    with checked_out(toy, "HEAD") as folder:
        assert [path.name for path in (folder / "tests" / "cases").iterdir()] == ["shop.yaml"]


def test_what_is_not_in_the_repository_is_named(toy: Path) -> None:
    commit(toy)
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD:answers/shop.yaml"], cwd=toy, capture_output=True, text=True, check=True
    ).stdout.strip()
    (toy / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(UsageError, match=r"answers/shop\.yaml of revision 'HEAD' is not in this repository"):
        checked_out(toy, "HEAD").__enter__()
