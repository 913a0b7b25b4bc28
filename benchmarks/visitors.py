"""Two hundred visitors of the page at once: how long a turn takes on the server's side.

    python benchmarks/visitors.py [--visitors 200] [--seconds 90] [--every 15]

Each visit is open beforehand and held by its websocket, as a browser with a script does. Then each visitor asks at
random times, one question in EVERY seconds on average; half of the questions need the encoder (which ones is found
out first, without a server). A turn is measured from the moment the request is in the connection until the last byte of
the page is out of it; the generator reads nothing of it meanwhile but bytes. What of that was processor time, and what
was waiting for a processor, the system tells for the visitor's process (/proc/PID/schedstat, Linux), but not for
the copy of it that finds the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

import aiohttp
from page_load import READY
from serve_load import pss

from dimchat.files import python
from dimchat.index import open_assistant
from dimchat.match.encoder import Encoder
from dimchat.quality import CASES_FOLDER, load_items

MEDIAN, LATE = 60.0, 150.0
"""Milliseconds that a turn may take: half of all, and 95 of 100."""
SEED = 7
LONGEST = 200
"""Characters of a question."""
MOST = 1500
"""Questions that are looked at."""


class Turn(NamedTuple):
    """One question, in milliseconds."""

    whole: float
    processor: float
    waited: float
    encoder: bool


class Visitor:
    """One visit that is open."""

    def __init__(self, url: str, path: str, held: aiohttp.ClientWebSocketResponse, pid: int) -> None:
        """Take the address of the visit, its websocket and its process."""
        place = urlsplit(url)
        self.host, self.port = place.hostname or "", place.port or 80
        self.url, self.path, self.held, self.pid = url, path, held, pid
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        """Read what the page is told, or it would not answer whether it is still there."""
        async for _ in self.held:
            pass

    async def ask(self, text: str) -> tuple[float, float, float]:
        """Ask, and return the milliseconds of the turn, of the processor in it, and of waiting for one."""
        body = f"text={quote_plus(text)}".encode()
        head = (
            f"POST {self.path}ask HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nOrigin: {self.url}\r\nX-Part: 1\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(self.host, self.port)
        before, began = schedule(self.pid), time.perf_counter()
        writer.write(head.encode() + body)
        page = await reader.read()
        took = time.perf_counter() - began
        after = schedule(self.pid)
        writer.close()
        if b'class="reply' not in page:
            raise SystemExit(f"no reply came: {page[:200]!r}")
        return took * 1000, (after[0] - before[0]) / 1e6, (after[1] - before[1]) / 1e6


def schedule(pid: int) -> tuple[int, int]:
    """Return the nanoseconds that a process ran, and those that it waited for a processor."""
    ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    return int(ran), int(waited)


def questions() -> tuple[list[str], list[str]]:
    """Return questions of the bundled pack's cases that need no encoder, and such that need it."""
    assistant = open_assistant()
    root = Path(assistant.pack.root)
    files = sorted((root / CASES_FOLDER).glob("*.yaml"))
    items = [one for one in load_items(files, root, assistant.pack) if not one.after and len(one.ask) < LONGEST]
    asked = 0
    encode = Encoder.encode

    def counted(self: Encoder, *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return encode(self, *arguments)  # type: ignore[arg-type]

    Encoder.encode = counted  # type: ignore[assignment,method-assign]
    without: list[str] = []
    needed: list[str] = []
    for item in random.Random(SEED).sample(items, min(MOST, len(items))):  # noqa: S311 - the same ones each time
        before = asked
        assistant.ask(item.ask)
        (needed if asked > before else without).append(item.ask)
    return without, needed


async def opened(session: aiohttp.ClientSession, url: str, known: set[int], server: int) -> Visitor:
    """Open a visit, and return it with the process that is new."""
    async with session.get(f"{url}/") as answer:
        found = re.search(r'data-visit="([^"]+)"', await answer.text())
    if found is None:
        raise SystemExit("there was no place for a visit")
    held = await session.ws_connect(f"{url}/{found[1]}ws", headers={"Origin": url})
    (pid,) = visits(server) - known
    known.add(pid)
    visitor = Visitor(url, f"/{found[1]}", held, pid)
    await visitor.ask("what is the CRA")
    return visitor


def visits(server: int) -> set[int]:
    """Return the processes of visits."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has just ended
    return {pid for pid, parent in parents.items() if parents.get(parent) == server}


def private(pid: int) -> int:
    """Return the kilobytes that a process shares with nobody."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


async def measure(url: str, server: int, arguments: argparse.Namespace) -> list[Turn]:
    """Let visitors ask, and return their turns."""
    lists = questions()
    turns: list[Turn] = []
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        known: set[int] = visits(server)
        visitors = [await opened(session, url, known, server) for _ in range(arguments.visitors)]
        end = time.monotonic() + arguments.seconds

        async def visit(visitor: Visitor) -> None:
            while True:
                wait = chance.expovariate(1 / arguments.every)
                if time.monotonic() + wait > end:
                    return
                await asyncio.sleep(wait)
                encoder = chance.random() < 1 / 2
                turns.append(Turn(*await visitor.ask(chance.choice(lists[encoder])), encoder))

        await asyncio.gather(*map(visit, visitors))
        own, others = pss(server)
        each, alone = statistics.mean(others) / 1024, sorted(private(one.pid) / 1024 for one in visitors)
        print(f"{len(others)} visits of {each:.1f} MB, server and forker {own / 1024:.0f} MB (PSS)")
        late = alone[int(len(alone) * 0.95)]
        print(f"shared with nobody: {statistics.mean(alone):.1f} MB of each visit, 95th percentile {late:.1f}")
        for visitor in visitors:
            await visitor.held.close()
    return turns


def told(name: str, numbers: list[float]) -> tuple[float, float]:
    """Print the median and the 95th percentile of numbers, and return them."""
    ordered = sorted(numbers)
    found = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"  {name:<44} median {found[0]:6.1f} ms, 95th {found[1]:6.1f} ms")
    return found


def main() -> int:
    """Measure, and return 1 where a turn takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=90)
    parser.add_argument("--every", type=float, default=15.0, help="seconds between two questions of one visitor")
    arguments = parser.parse_args()
    places = str(arguments.visitors)
    bounds = ("--sessions", places, "--sessions-per-address", places)
    command = python.command("dimchat", "serve", "--port", "0", *bounds)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        try:
            url = re.search(r"http://[^ ]+(?=/ )", server.stdout.readline() if server.stdout else "")
            if url is None:
                raise SystemExit("the server did not start")
            time.sleep(READY)
            turns = asyncio.run(measure(url[0], server.pid, arguments))
        finally:
            server.terminate()
    load = Path("/proc/loadavg").read_text().split()[0]
    print(f"{len(turns)} turns of {arguments.visitors} visitors, load average {load}")
    for name, some in (
        ("words alone", [t for t in turns if not t.encoder]),
        ("encoder", [t for t in turns if t.encoder]),
    ):
        told(f"{name}: processor of the visitor's process", [t.processor for t in some])
    told("waiting for a processor", [t.waited for t in turns])
    told("whole, without that waiting", [t.whole - t.waited for t in turns])
    median, late = told("whole", [t.whole for t in turns])
    return 0 if median <= MEDIAN and late <= LATE else 1


if __name__ == "__main__":
    sys.exit(main())
