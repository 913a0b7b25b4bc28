from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow

TOOLS = """
import sys
from dimchat.cli import run
from dimchat.extras import EXTRAS
sys.modules.update(dict.fromkeys(EXTRAS))  # an installation without extras
import dimchat.apps.stand
commands = ["check", "test -k cra.renewal", "baseline status", "coverage --kind intents", "tune", "kiosk"]
print([run(command.split()) for command in commands])
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout to know what it tracks")
    pip = [sys.executable, "-m", "pip", "--version"]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        pytest.skip("needs pip")
    if subprocess.run([sys.executable, "-c", "import build"], capture_output=True, check=False).returncode:
        pytest.skip("needs the package `build` (the extra dev)")
    # What building needs is installed beside `build`; that it is all named is for CI's smoke test, which builds alone.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_wheel_carries_the_pack_and_its_index(built: Path) -> None:
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    assert "dimchat/_pack/pack.yaml" in names
    assert "dimchat/_pack/answers/sources.yaml" in names
    assert "dimchat/_pack/tests/cases/pay.yaml" in names
    assert "dimchat/_pack/tests/baseline.jsonl" in names
    assert any(name.startswith("dimchat/_index/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_sdist_holds_what_git_tracks_and_no_more(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    tracked = set(
        subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    )
    assert names - tracked - {"PKG-INFO"} == set(), "something that git does not track"
    assert tracked - names - {""} == set()


def test_the_wheel_answers_from_an_empty_folder(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    empty = tmp_path / "empty"
    for folder in (home, empty):
        folder.mkdir()
    target = tmp_path / "site"
    wheel = next(built.glob("*.whl"))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)],
        check=True,
        capture_output=True,
    )
    env = {**os.environ, "PYTHONPATH": str(target), "HOME": str(home), "DIMCHAT_CACHE": str(home / "cache")}
    code = "import dimchat; print(dimchat.__file__)"
    where = subprocess.run([sys.executable, "-c", code], cwd=empty, env=env, capture_output=True, text=True, check=True)
    assert where.stdout.startswith(str(target))
    asked = subprocess.run(
        [sys.executable, "-m", "dimchat", "ask", "--json", "what degree do I need"],
        cwd=empty,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    reply = json.loads(asked.stdout)
    assert reply["intents"] == ["manager.education"]
    assert reply["citations"]
    tools = subprocess.run(
        [sys.executable, "-c", TOOLS], cwd=empty, env=env, capture_output=True, text=True, check=True
    )
    assert tools.stdout.splitlines()[-1] == "[0, 0, 0, 0, 2, 2]", tools.stderr
    assert "part of the installation" in tools.stderr
    assert not list(home.rglob("*")), "the prebuilt index made a cache unnecessary"
