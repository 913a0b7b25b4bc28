"""Load on the page of `dimchat serve`, beside the terminal in the browser: memory of a visit, time of answers.

    python benchmarks/page_load.py [--clients 20] [--questions 4]

Each client opens a first page, holds its visit open, and asks a question every few seconds by a form, on loopback;
then as many open a terminal. Memory is that of the processes (PSS), all of them alive. Bounded: every client asks a
fixed number of questions.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import aiohttp
from serve_load import ANSI, LONGEST, QUESTIONS, pss

from dimchat.files import python

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Held = list[aiohttp.ClientWebSocketResponse]
    Visit = Callable[[aiohttp.ClientSession, str, int], Awaitable[aiohttp.ClientWebSocketResponse]]

READY = 12.0
"""Seconds in which the process that visits come from gets ready."""
HALF = 0.5
"""Of what a terminal takes, a visit of the page may take."""


class Times:
    """What clients met, in seconds."""

    def __init__(self, questions: int) -> None:
        """Take how many questions each client asks."""
        self.questions = questions
        self.firsts: list[float] = []
        self.turns: list[float] = []

    async def page(self, session: aiohttp.ClientSession, url: str, number: int) -> aiohttp.ClientWebSocketResponse:
        """Visit the page."""
        began = time.perf_counter()
        async with session.get(f"{url}/") as answer:
            text = await answer.text()
        self.firsts.append(time.perf_counter() - began)
        found = re.search(r'data-visit="([^"]+)"', text)
        if found is None:
            raise SystemExit("there was no place for a visit")
        visit = f"{url}/{found[1]}"
        held = await session.ws_connect(f"{visit}ws", headers={"Origin": url})
        headers = {"Origin": url, "X-Part": "1"}
        for place in range(self.questions):
            await asyncio.sleep(2 + number % 10 / 5)
            asked = time.perf_counter()
            form = {"text": QUESTIONS[(number + place) % len(QUESTIONS)]}
            async with session.post(f"{visit}ask", data=form, headers=headers) as answer:
                if 'class="reply' not in await answer.text():
                    raise SystemExit("no reply came")
            self.turns.append(time.perf_counter() - asked)
        return held

    async def terminal(self, session: aiohttp.ClientSession, url: str, number: int) -> aiohttp.ClientWebSocketResponse:
        """Visit the terminal."""
        began = time.perf_counter()
        held = await session.ws_connect(f"{url}/ws?width=100&height=40", headers={"Origin": url})
        await seen(held, "Ask me about")
        self.firsts.append(time.perf_counter() - began)
        for place in range(self.questions):
            await asyncio.sleep(2 + number % 10 / 5)
            await held.send_json(["stdin", f"{QUESTIONS[(number + place) % len(QUESTIONS)]}\r"])
            await seen(held, "reviewed")
        return held


async def seen(held: aiohttp.ClientWebSocketResponse, words: str) -> None:
    """Read what is drawn until words are in it."""
    drawn = ""
    async with asyncio.timeout(LONGEST):
        async for message in held:
            if message.type is aiohttp.WSMsgType.BINARY:
                drawn += ANSI.sub("", message.data.decode())
                if words in drawn:
                    return


async def measure(url: str, server: int, clients: int, times: Times, visit: Visit) -> float:
    """Let clients visit, print what they met, and return the megabytes of one visit."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        held = await asyncio.gather(*(visit(session, url, number) for number in range(clients)))
        own, others = pss(server)
        for each in held:
            await each.close()
    turns = sorted(times.turns)
    median, late = (turns[int(len(turns) * part)] * 1000 for part in (0.5, 0.95)) if turns else (0, 0)
    told = f"turn: median {median:.0f} ms, 95th {late:.0f} ms; " if turns else ""
    print(
        f"{visit.__name__}: {told}first: median {statistics.median(times.firsts) * 1000:.0f} ms; memory (PSS): server "
        f"and forker {own / 1024:.0f} MB, {len(others)} visits of {statistics.mean(others) / 1024:.1f} MB"
    )
    return statistics.mean(others) / 1024


def main() -> int:
    """Measure both; return 1 where a visit of the page takes more than half of a terminal's memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--questions", type=int, default=4, help="asked by each client")
    arguments = parser.parse_args()
    places = str(arguments.clients)
    taken = []
    for more in ((), ("--terminal",)):
        bounds = ("--sessions", places, "--sessions-per-address", places)
        command = python.command("dimchat", "serve", "--port", "0", *bounds, *more)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
            try:
                url = re.search(r"http://[^ ]+(?=/ )", server.stdout.readline() if server.stdout else "")
                if url is None:
                    raise SystemExit("the server did not start")
                time.sleep(READY)
                times = Times(arguments.questions)
                visit = times.terminal if more else times.page
                taken.append(asyncio.run(measure(url[0], server.pid, arguments.clients, times, visit)))
            finally:
                server.terminate()
    print(f"a visit of the page / of the terminal: {taken[0] / taken[1]:.2f} (at most {HALF:g})")
    return 0 if taken[0] <= HALF * taken[1] else 1


if __name__ == "__main__":
    sys.exit(main())
