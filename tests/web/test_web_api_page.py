"""Runs docs/web-api.md: the session as it stands there, and the client."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.in_chromium import Server, serving

from dimchat.web.api.api_settings import ApiSettings
from dimchat.web.api.keys import read_keys
from dimchat.web.api.problems import KINDS, PREFIX
from dimchat.web.api.seal import read_state_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("indexed")
PAGE = (Path(__file__).parents[2] / "docs" / "web-api.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("page"), "--api") as server:
        yield server


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_session_is_as_it_stands_there(server: Server) -> None:
    (session,) = blocks("console")
    pairs = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)+)", session, re.MULTILINE)
    assert len(pairs) == session.count("$ ")
    for command, expected in pairs:
        told = subprocess.run(
            ["sh", "-c", command.replace("localhost:8000", server.url.removeprefix("http://").rstrip("/"))],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        json.loads(told)
        assert doctest.OutputChecker().check_output(expected, f"{told}\n", doctest.ELLIPSIS), (command, told)


def test_the_client_holds_a_conversation(server: Server, tmp_path: Path) -> None:
    (client,) = blocks("python")
    file = tmp_path / "client.py"
    file.write_text(client)
    (questions,) = re.findall(r'^`python client.py \S+ "(.*?)" "(.*?)"`', PAGE, re.MULTILINE)
    command = [sys.executable, str(file), server.url.rstrip("/")]
    offered = subprocess.run([*command, "exam"], capture_output=True, text=True, check=True)
    assert re.search(r"^  \d  What is the CIIP exam like\?$", offered.stdout, re.MULTILINE)
    told = subprocess.run([*command, *questions, " "], capture_output=True, text=True, check=False)
    assert "The CRA is a credential" in told.stdout
    assert "every three years" in told.stdout.casefold()
    assert (told.returncode, told.stderr) == (1, "the field 'question' is empty\n")


def test_every_problem_and_number_is_told() -> None:
    assert [name for name in KINDS if f"{PREFIX}{name}`" not in PAGE and f"`{name}`" not in PAGE] == []
    for number in (ApiSettings().rate, ApiSettings().answerers):
        assert re.search(rf"\| {number} \|", PAGE)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_keys_are_made_as_it_says(tmp_path: Path) -> None:
    for command in blocks("sh")[1:]:
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    read_keys(tmp_path / "api.keys")
    read_state_keys(tmp_path / "state.key")
