"""Ends that nobody wanted: nothing of the conversation is printed, and the exit status tells."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from textual.worker import WorkerFailed

from dimchat.apps.base.app import ending_on_signals, fault
from dimchat.apps.chat import ChatApp
from dimchat.errors import PackError
from dimchat.model import Place, Problem

SECRET = "crash my secret illness"  # noqa: S105


async def test_a_fault_ends_with_1_and_prints_no_word_of_the_visitor(
    chat: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with chat() as talk:
            await talk.say(SECRET)
    assert talk.app.return_code == 1
    printed = "".join(capsys.readouterr())
    assert "ZeroDivisionError" in printed
    assert "secret" not in printed
    assert "base/session.py" in printed


async def test_a_fault_in_the_opener_is_treated_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Any:
        raise OSError(SECRET)

    app = ChatApp(broken)
    with pytest.raises(WorkerFailed):
        async with app.run_test() as pilot:
            await pilot.pause()
    assert app.return_code == 1
    printed = "".join(capsys.readouterr())
    assert "OSError" in printed
    assert "secret" not in printed


async def test_a_panic_prints_nothing_that_it_is_given(chat: Any, capsys: pytest.CaptureFixture[str]) -> None:
    async with chat() as talk:
        talk.app.panic(SECRET)
    assert talk.app.return_code == 1
    assert "secret" not in "".join(capsys.readouterr())


async def test_a_pack_that_cannot_be_opened_is_kept_for_the_caller() -> None:
    error = PackError([Problem("error", Place("pack.yaml"), "there is none")])

    def broken() -> Any:
        raise error

    app = ChatApp(broken)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.failure is error
    assert app.return_code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_with_its_number(chat: Any, number: int) -> None:
    async with chat() as talk:
        with ending_on_signals(talk.app):
            os.kill(os.getpid(), number)
            await talk.pilot.pause()
    assert talk.app.return_code == 128 + number


def test_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ending_on_signals(ChatApp(lambda: pytest.fail("never opened"))):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_fault_is_named_by_its_type() -> None:
    assert fault(ValueError(SECRET)) == "ValueError"
    assert fault(None) == ""
