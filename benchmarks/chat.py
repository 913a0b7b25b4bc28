"""How quick and how light the chat is: python benchmarks/chat.py [paint] [answer] [memory].

paint   the first frame of `dimchat` against that of an empty Textual app with one Input, each started anew in a
        terminal of its own, in turns; the ratio of the medians. At most 1.25.
answer  from the enter key to the frame that shows the answer, after 200 messages against after 2. At most 1.5.
memory  what the process grows by over 1,000 messages, for each of them. At most 30 KB.

Ends with 1 if a bar is missed. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import gc
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
import tracemalloc
from typing import TYPE_CHECKING, TypeVar

from dimchat.apps.chat import ChatApp
from dimchat.files import python
from dimchat.index import open_assistant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot


EMPTY = """
from textual.app import App
from textual.widgets import Input

class Empty(App):
    def compose(self):
        yield Input(placeholder="nothing-here")

Empty().run()
"""
Measured = TypeVar("Measured")
STARTS = 15
PATIENCE = 20
FEW, MANY, ASKED = 2, 200, 15
MESSAGES = 1000
QUESTIONS = ("what degree do I need", "how much does a manager earn", "what is the CRA", "how do I renew it", "weather")
BARS = {"paint": 1.25, "answer": 1.5, "memory": 30.0}


def first_frame(command: list[str], mark: bytes) -> float:
    """Return the seconds from the start of a program to the frame that shows a mark, in a terminal of 80 by 24."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, as the libraries are
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)  # noqa: S603 - ours
    os.close(theirs)
    seen = b""
    try:
        while mark not in seen:
            if not select.select([ours], [], [], PATIENCE)[0]:
                raise TimeoutError(command)
            seen += os.read(ours, 65536)
        return time.perf_counter() - begun
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def paint() -> float:
    """Return the ratio of the first frames, and print both."""
    chat = python.command("dimchat")
    empty = [sys.executable, "-P", "-c", EMPTY]
    times: dict[str, list[float]] = {"dimchat": [], "empty": []}
    for _ in range(STARTS + 1):
        # the cursor stands on the first letter and parts it from the others
        times["empty"].append(first_frame(empty, b"othing-here"))
        times["dimchat"].append(first_frame(chat, b"dimchat"))
    medians = {name: statistics.median(each[1:]) for name, each in times.items()}  # the first of each warms the disk
    ratio = medians["dimchat"] / medians["empty"]
    print(f"paint: dimchat {medians['dimchat']:.3f} s, empty app {medians['empty']:.3f} s, ratio {ratio:.2f}")
    return ratio


async def talking(act: Callable[[ChatApp, Pilot[None]], Awaitable[Measured]]) -> Measured:
    """Open the chat with the bundled answers, and do something with it."""
    assistant = open_assistant()
    app = ChatApp(lambda: (assistant.pack, assistant))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        while app.chat.session is None:
            await pilot.pause()
        return await act(app, pilot)


async def say(app: ChatApp, pilot: Pilot[None], number: int) -> None:
    """Type a message, press enter, and wait for the frame with the answer."""
    app.chat.prompt.value = QUESTIONS[number % len(QUESTIONS)]
    app.chat.prompt.action_submit()
    await pilot.pause()


async def median_answer(app: ChatApp, pilot: Pilot[None]) -> float:
    """Return the median seconds of some answers from here on."""
    times = []
    for number in range(ASKED):
        begun = time.perf_counter()
        await say(app, pilot, number)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


async def both(app: ChatApp, pilot: Pilot[None]) -> tuple[float, float]:
    """Return how long an answer takes after few messages and after many."""
    for number in range(FEW):
        await say(app, pilot, number)
    few = await median_answer(app, pilot)
    for number in range(MANY - FEW - ASKED):
        await say(app, pilot, number)
    return few, await median_answer(app, pilot)


def answer() -> float:
    """Return how much longer an answer takes late in a conversation, and print both."""
    few, many = asyncio.run(talking(both))
    print(
        f"answer: {few * 1000:.1f} ms after {FEW} messages, {many * 1000:.1f} ms after {MANY}, ratio {many / few:.2f}"
    )
    return many / few


async def growth(app: ChatApp, pilot: Pilot[None]) -> float:
    """Return the bytes that each message leaves behind."""
    warm = 50
    for number in range(warm):
        await say(app, pilot, number)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(MESSAGES):
        await say(app, pilot, number)
    gc.collect()
    return (tracemalloc.get_traced_memory()[0] - before) / MESSAGES


def memory() -> float:
    """Return the KB that each message leaves behind, and print them."""
    kilobytes = asyncio.run(talking(growth)) / 1000
    print(f"memory: {kilobytes:.1f} KB for each of {MESSAGES} messages")
    return kilobytes


def main() -> int:
    """Measure what is named, or everything."""
    measures = {"paint": paint, "answer": answer, "memory": memory}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(measures)}; without one, all of them")
    names = parser.parse_args().names
    for name in set(names) - set(measures):
        parser.error(f"there is no measure {name!r}; there are {', '.join(measures)}")
    missed = [name for name in names or measures if measures[name]() > BARS[name]]
    for name in missed:
        print(f"{name}: above the bar of {BARS[name]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
