"""The process that answers for the API: one question after the other, each by itself."""

from __future__ import annotations

import asyncio
import gc
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dimchat.model import Context
from dimchat.render.json_reply import to_json
from dimchat.visit.limits import Limited, limit_processor
from dimchat.visit.sharing import give_back
from dimchat.visit.signals import Signal

if TYPE_CHECKING:
    import socket

    from dimchat.dialogue import Assistant
    from dimchat.journal import Opener
    from dimchat.model import Reply
    from dimchat.visit.signals import Link
    from dimchat.web.handover import Handover

SIZE: Final = 4
"""Bytes that hold the length of a message."""
LIFE = 5.0
"""Seconds between two signs of life."""
SELDOM = (50_000, 50, 100)
"""How seldom it looks for cycles: each look would copy memory that it shares with other processes."""


class Answerer:
    """Answers what the API's process asks, until that is gone or the server wants it to end."""

    def __init__(self, assistant: Assistant) -> None:
        """Take what answers."""
        self._assistant = assistant
        self.pack = assistant.pack

    async def hold(self, connection: socket.socket, _: Handover, link: Link, opener: Opener) -> int:
        """Answer on a connection, and return the exit status."""
        gc.set_threshold(*SELDOM)
        recorder, answers = opener(self.pack), Limited(self._assistant)
        ended = asyncio.Event()
        link.attend(asyncio.get_running_loop(), lambda _: ended.set())
        connection.setblocking(False)  # noqa: FBT003 - that is its signature
        reader, writer = await asyncio.open_connection(sock=connection)

        async def answer() -> None:
            while (asked := await received(reader)) is not None:
                question, context = asked["question"], context_of(asked["context"])
                reply, after = answers.ask(question, context)
                if asked["as"] is None:
                    recorder.resume(silent=asked["silent"])  # the question before was somebody else's
                    recorder.record(reply, context)
                shown = reply._replace(question=asked["as"] or question)
                send(writer, self._told(shown, after, silent=asked["silent"] or reply.kind == "safety"))
                give_back()

        async def beat() -> None:
            while True:
                link.send(Signal.BEAT)
                limit_processor()  # no turn is under way
                await asyncio.sleep(LIFE)

        link.send(Signal.SHOWN)
        tasks = [asyncio.create_task(each) for each in (answer(), beat(), ended.wait())]
        done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        writer.close()
        return 1 if any(task.exception() for task in done) else 0

    def _told(self, reply: Reply, after: Context, *, silent: bool) -> dict[str, Any]:
        # A review is due by the local calendar.
        told = to_json(reply, self.pack, date.today(), after.reader)  # noqa: DTZ011
        return {"reply": told, "context": after._asdict(), "silent": silent}


def context_of(data: dict[str, Any]) -> Context:
    """Return the context that a message holds."""
    return Context(**{name: _frozen(value) for name, value in data.items()})


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever a context holds
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def send(writer: asyncio.StreamWriter, message: dict[str, Any]) -> None:
    """Send a message: its length, and JSON."""
    data = json.dumps(message).encode()
    writer.write(len(data).to_bytes(SIZE) + data)


async def received(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """Return the next message; None where the other process is gone."""
    try:
        size = int.from_bytes(await reader.readexactly(SIZE))
        message: dict[str, Any] = json.loads(await reader.readexactly(size))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return message
