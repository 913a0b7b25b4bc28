"""`dimchat serve` as an operator meets it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.web import run as running
from dimchat.web.server import Described
from dimchat.web.server_settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for a pack that it does not look at."""
    monkeypatch.setattr(running, "describe", lambda _: Described("Toys", "en"))


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 2
    assert f"port {port} on 127.0.0.1 is taken; choose another with --port" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.name.invalid", "a..b", "x" * 70])
def test_a_host_that_is_not_this_machine_is_named(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", host, "--port", "0"]) == 2
    assert "is no address of this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--public-url", "example.org"], ["--port", "70000"], ["--sessions", "0"], ["--font-size", "2"], ["--idle", "-1"]],
    ids=" ".join,
)
def test_wrong_options_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", *arguments]) == 2
    assert arguments[0] in capsys.readouterr().err


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    for name in [name for name in sys.modules if name.startswith(("dimchat.web.", "textual_serve."))]:
        monkeypatch.delitem(sys.modules, name)
    assert run(["serve", "--terminal"]) == 2
    said = capsys.readouterr().err
    assert "pip install 'dimchat[web]'" in said
    assert "textual_serve" in said


def test_a_system_without_handing_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "send_fds")
    with pytest.raises(UsageError, match="Unix"):
        running.serve(Settings(), print, print)


@pytest.mark.parametrize(
    ("options", "warned"),
    [({}, 0), ({"host": "203.0.113.7"}, 2), ({"host": "203.0.113.7", "public_url": "http://a"}, 1)],
)
def test_listening_to_the_world_is_warned_of(options: dict[str, str], warned: int) -> None:
    warnings: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = Settings(**{"host": "127.0.0.1", **options}, port=other.getsockname()[1])  # type: ignore[arg-type]
        with pytest.raises(UsageError):
            running.serve(settings, print, warnings.append)
    assert len(warnings) == warned
    assert all("warning" in each for each in warnings)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_in_good_order(number: int, status: int) -> None:
    command = [sys.executable, "-m", "dimchat", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert re.search(r"at http://127\.0\.0\.1:\d+/ ", line)
        os.kill(process.pid, number)
        assert process.stdout.read() == "dimchat serve has ended\n"
        assert process.stderr.read() == ""
        assert process.wait() == status


def test_a_pack_that_cannot_be_opened_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dimchat", "serve", "--port", "0", "--pack", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "pack.yaml" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("dimchat.web.run", ["textual", "numpy", "yaml", "dimchat.apps.chat"]),
        ("dimchat.web.visitor.conversation", ["textual_serve", "jinja2", "dimchat.web.server"]),
    ],
)
def test_server_and_visitor_load_nothing_of_each_other(module: str, forbidden: list[str]) -> None:
    code = f"import sys, {module}; print(*[name for name in {forbidden!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
