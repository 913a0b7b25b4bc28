"""Load on `dimchat serve --terminal`: how long answers take for one visitor, and for twenty at a time.

    python benchmarks/serve_load.py [--clients 20] [--questions 12] [--pause 5]

Each client types a question every few seconds through a websocket of its own, on loopback, and waits for its first
words, known from the same pack without a server. Also measured: the memory of all processes (PSS), and how long
the first screen takes. Bounded: every client asks a fixed number of questions; nothing waits for more than a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from dimchat.files import python
from dimchat.index import open_assistant
from dimchat.model import Context

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

QUESTIONS = (
    "what degree do I need",
    "how much does a manager earn",
    "is the job stressful",
    "what is the CRA",
    "how do I renew my ARRT registration",
    "what does MQSA ask for",
)
ANSI = re.compile(r"\x1b\[[0-9;?<>$]*[A-Za-z]")
LONGEST = 60.0
"""Seconds that anything may take."""
RATIO = 3.0
"""How many times one client's median the median of all may be."""
WORDS = 3


class Client:
    """One visitor."""

    def __init__(self, url: str, script: list[tuple[str, str]], wait: float) -> None:
        """Take the address, the questions with the words that their replies begin with, and how long to wait first."""
        self._url = url
        self._script = script
        self._before = wait
        self._drawn = ""
        self.times: list[float] = []
        self.first = 0.0

    async def visit(self, session: aiohttp.ClientSession, pause: float) -> None:
        """Open a conversation, ask, and leave."""
        began = time.perf_counter()
        headers = {"Origin": self._url}
        async with session.ws_connect(f"{self._url}/ws?width=100&height=40", headers=headers) as websocket:
            await self._wait(websocket, "Ask me about")
            self.first = time.perf_counter() - began
            await asyncio.sleep(self._before)
            for question, words in self._script:
                await asyncio.sleep(pause)
                await websocket.send_json(["stdin", question])
                self._drawn = ""
                asked = time.perf_counter()
                await websocket.send_json(["stdin", "\r"])
                await self._wait(websocket, words)
                self.times.append(time.perf_counter() - asked)

    async def _wait(self, websocket: aiohttp.ClientWebSocketResponse, words: str) -> None:
        async with asyncio.timeout(LONGEST):
            async for message in websocket:
                if message.type is aiohttp.WSMsgType.BINARY:
                    self._drawn += ANSI.sub("", message.data.decode())
                    if words in self._drawn:
                        return
        raise SystemExit(f"the conversation ended before {words!r} was seen")


def script(assistant: Assistant, start: int, count: int) -> list[tuple[str, str]]:
    """Return questions, each with the words that its reply begins with in this conversation."""
    context, lines = Context(), []
    for number in range(start, start + count):
        question = QUESTIONS[number % len(QUESTIONS)]
        reply, context = assistant.ask(question, context)
        plain = re.sub(r"[*_`]|\s?\[\d+\]", "", reply.short or reply.text or "")
        lines.append((question, " ".join(plain.split()[:WORDS])))
    return lines


def pss(server: int) -> tuple[int, list[int]]:
    """Return the proportional memory of the server with its forker, and of each visitor's process, in kilobytes."""

    def of(pid: int) -> int:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index] # the line is always there

    def children(pid: int) -> list[int]:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    (forker,) = children(server)
    return of(server) + of(forker), [of(pid) for pid in children(forker)]


async def measure(url: str, server: int, clients: int, questions: int, pause: float) -> list[float]:
    """Let clients visit at the same time, print what they met, and return the times of their answers."""
    assistant = open_assistant()
    visitors = [
        Client(url, script(assistant, number, questions), pause * number / clients)  # not all in the same moment
        for number in range(clients)
    ]
    async with aiohttp.ClientSession() as session:
        visits = [asyncio.create_task(visitor.visit(session, pause)) for visitor in visitors]
        await asyncio.sleep(pause * questions / 2)
        own, others = pss(server)
        await asyncio.gather(*visits)
    times = [each for visitor in visitors for each in visitor.times]
    firsts = [visitor.first for visitor in visitors]
    print(
        f"{clients:3} clients, {len(times):4} questions: median {statistics.median(times) * 1000:5.0f} ms, "
        f"95th {sorted(times)[int(len(times) * 0.95)] * 1000:5.0f} ms; first screen: median "
        f"{statistics.median(firsts) * 1000:.0f} ms, longest {max(firsts) * 1000:.0f} ms; memory (PSS): server and "
        f"forker {own / 1024:.0f} MB, {len(others)} processes of {statistics.mean(others) / 1024:.1f} MB"
    )
    return times


def main() -> int:
    """Measure one client, then all; return 1 where all are slower than the ratio allows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--questions", type=int, default=12, help="asked by each client")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds before each question")
    arguments = parser.parse_args()
    places = str(arguments.clients)
    command = python.command(
        "dimchat", "serve", "--terminal", "--port", "0", "--sessions", places, "--sessions-per-address", places
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        try:
            line = server.stdout.readline() if server.stdout else ""
            url = re.search(r"http://[^ ]+(?=/ )", line)
            if url is None:
                raise SystemExit("the server did not start")
            one = asyncio.run(measure(url[0], server.pid, 1, arguments.questions, arguments.pause))
            all_ = asyncio.run(measure(url[0], server.pid, arguments.clients, arguments.questions, arguments.pause))
        finally:
            server.terminate()
    ratio = statistics.median(all_) / statistics.median(one)
    print(f"median of {arguments.clients} clients / of one: {ratio:.2f} (at most {RATIO:g})")
    return 0 if ratio < RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
