"""Work that is shared between processes: in order, with the same faults, and blind to the current folder."""

from __future__ import annotations

import operator
import os
import time
from functools import partial
from math import factorial
from typing import TYPE_CHECKING

import pytest

from dimchat.files import pool, python

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_what_is_raised_is_raised_here(jobs: int) -> None:
    assert list(pool.shared(factorial, range(7), jobs=jobs)) == [1, 1, 2, 6, 24, 120, 720]
    with pytest.raises(ZeroDivisionError):
        list(pool.shared(partial(operator.truediv, 1), [1, 0, 2], jobs=jobs))


def test_no_process_starts_for_one_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_Helper", None)
    assert list(pool.shared(abs, [-1], jobs=8)) == [1]
    assert list(pool.shared(abs, [], jobs=8)) == []


def test_a_module_in_the_current_folder_does_not_run_in_a_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "operator", "multiprocessing", "signal", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)  # as `python -m dimchat` does
    assert list(pool.shared(abs, [-1, 2], jobs=2)) == [1, 2]


def test_a_helper_finds_the_modules_that_this_process_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "of_the_user.py").write_text("def twice(number):\n    print('chatter')\n    return 2 * number\n")
    monkeypatch.syspath_prepend(tmp_path)
    import of_the_user  # type: ignore[import-not-found]  # noqa: PLC0415 - written above

    assert list(pool.shared(of_the_user.twice, [1, 2], jobs=2)) == [2, 4]


def test_a_helper_that_ends_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChildProcessError, match="ended with status 3"):
        list(pool.shared(os._exit, [3, 3], jobs=2))
    monkeypatch.setattr(python, "command", lambda *_: ["/nowhere/python"])
    with pytest.raises(FileNotFoundError):
        list(pool.shared(abs, [-1, 2], jobs=2))


def test_what_cannot_be_handed_back_is_said() -> None:
    with pytest.raises(RuntimeError, match="generator cannot be handed back"):
        list(pool.shared(_lazily, [1, 2], jobs=2))


def _lazily(number: int) -> object:
    return (each for each in range(number))


def test_who_wants_no_more_waits_for_nothing() -> None:
    begun = time.monotonic()
    results = pool.shared(time.sleep, [0, 60, 60], jobs=2)
    next(results)
    results.close()
    assert time.monotonic() - begun < 30
