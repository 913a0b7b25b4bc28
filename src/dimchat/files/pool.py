"""Sharing work between processes of our own: `python -m dimchat.files.pool` is one that helps.

The pools of `multiprocessing` start Python in the current folder, where a file `multiprocessing.py` would run, and
with the whole environment; neither can be chosen there.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import local
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from dimchat.files import python

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

MODULE = "dimchat.files.pool"


def shared(work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int) -> Generator[Result, None, None]:
    """Yield `work(item)` for each item, in order, whichever process did it; what it raises is raised here.

    Args:
        work: A function of a module that another process can import, alone or in a `functools.partial`; it is pickled
            with what it holds, once for each process.
        items: What to work on.
        jobs: How many processes share it; 1 starts none.

    Raises:
        ChildProcessError: A process that helps came to an end.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1:
        yield from map(work, items)
        return
    path = [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - "" is the current folder
    task = pickle.dumps((path, pickle.dumps(work)))
    helpers: list[_Helper] = []
    mine = local()

    def do(item: Item) -> Result:
        if not hasattr(mine, "helper"):
            mine.helper = _Helper(task)
            helpers.append(mine.helper)
        return cast("Result", mine.helper.do(item))

    executor = ThreadPoolExecutor(jobs, "share")
    try:
        yield from executor.map(do, items)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for helper in helpers:
            helper.end()  # wakes the thread that waits for it
        executor.shutdown()
        for helper in helpers:
            helper.end()  # started meanwhile


class _Helper:
    """A process that works on one item at a time."""

    def __init__(self, task: bytes) -> None:
        """Start it, and tell it what to do."""
        self._task = task
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            python.command(MODULE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=python.environment(),
            cwd=python.FOLDER,
        )

    def do(self, item: object) -> Any:  # noqa: ANN401 - whatever the work returns
        """Return what the work makes of an item.

        Raises:
            ChildProcessError: The process has ended.
        """
        into, out = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            into.write(self._task + pickle.dumps(pickle.dumps(item)))
            into.flush()
            self._task = b""
            well, result = pickle.load(out)  # noqa: S301 - our own process wrote it
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            status = self._process.wait()
            raise ChildProcessError(f"a process that shares the work ended with status {status}") from None
        if not well:
            raise result
        return result

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not sent yet
                    stream.close()


def help_along(given: IO[bytes], answers: IO[bytes]) -> None:
    """Do what comes through a stream until that ends.

    Args:
        given: Where the other process looks for modules and the pickled work, pickled; then items, each pickled twice,
            so that one which cannot be read leaves the next ones whole.
        answers: Gets, for each item, whether it went well, and the result or what was raised; pickled.
    """
    path, frozen = pickle.load(given)  # noqa: S301 - the process that started this one wrote all of it
    # After our own, so that none of them takes the place of a module of Python's.
    sys.path += [entry for entry in path if entry not in sys.path]
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            item = pickle.load(given)  # noqa: S301 - as above
        except EOFError:
            return
        try:
            work = work or pickle.loads(frozen)  # noqa: S301 - as above
            answer = (True, work(pickle.loads(item)))  # noqa: S301 - as above
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where somebody waits for the item
            answer = (False, error)
        answers.write(_pickled(answer))
        answers.flush()


def _pickled(answer: tuple[bool, Any]) -> bytes:
    try:
        return pickle.dumps(answer)
    except Exception as error:  # noqa: BLE001 - what cannot be pickled says so in ways of its own
        return pickle.dumps((False, RuntimeError(f"{type(answer[1]).__name__} cannot be handed back: {error}")))


def main() -> None:
    """Help until the process that started this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt at the terminal is for that process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    help_along(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
