"""Stands in for a visitor's process where starting a real one would take too long: it shows whatever is typed.

To the parent and the terminal it is as a real one, and more careless: it scrolls words out of the screen, and never
erases any.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.visit.signals import Signal
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clock import Clock

WORDS = catalogue_of("en")

LOOK = 0.02
"""Real seconds between looks at the clock."""
LONGEST = 80.0
"""Seconds of silence after which a visit ends."""
OVER = (3, 2)
"""Column and row, counted from 1, of the words that end it."""
KINDS = (Signal.ANSWERED, Signal.CLARIFIED, Signal.DECLINED)
RESET, FAULT, HUNG_UP = 0, 1, 129


def visit(clock: Clock, arguments: Sequence[str]) -> int:
    """Hold one visit and return the exit status; the last argument is the descriptor of the link."""
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, signal.SIG_DFL)  # the parent ignores them; here they are faults
    link = socket.socket(fileno=int(arguments[-1]))
    link.send(Signal.READY.value)
    if link.recv(1) != Signal.GO.value:
        return RESET
    clock.take(real=False)
    shown = f"\r{WORDS('stand.attract.touch')}"  # from the edge, so that the narrowest terminal breaks no line of it
    _draw(shown)
    signal.signal(signal.SIGWINCH, lambda *_: _draw(shown))
    link.send(Signal.SHOWN.value)
    visited, last = False, clock.now()
    while True:
        waits: list[int | socket.socket] = [0, link]
        readable, _, _ = select.select(waits, [], [], LOOK)
        now = clock.now()
        link.send(Signal.BEAT.value)
        if link in readable and _must_end(link.recv(4096), visited=visited):
            return RESET
        if 0 in readable:
            last = now
            data = _typed()
            if not data:
                return HUNG_UP
            if visited and _over(data):
                return RESET
            if visited:
                _show(data)
                link.send(KINDS[len(data) % len(KINDS)].value)
            else:
                shown = f"{WORDS('stand.start_over')}\r\n{WORDS('stand.tiles_head')}\r\n"
                _draw(shown)
                link.send(Signal.VISITOR.value)
            visited = True
        if visited and now - last > LONGEST:
            return RESET
        clock.saw(now)


def _must_end(data: bytes, *, visited: bool) -> bool:
    return not data or Signal.END.value in data or (Signal.RENEW.value in data and not visited)


def _typed() -> bytes:
    with suppress(OSError):
        return os.read(0, 4096)
    return b""


def _over(data: bytes) -> bool:
    return f"\x1b[<0;{OVER[0] + 1};{OVER[1]}M".encode() in data


def _draw(text: str) -> None:
    os.write(1, f"\x1b[?1000h\x1b[?1006h\x1b[2J\x1b[{OVER[1]};{OVER[0]}H{text}".encode())


def _show(data: bytes) -> None:
    """Show what was typed, a line at a time, but obey no code in it."""
    text = "".join(letter if letter.isprintable() else "." for letter in data.decode(errors="replace"))
    os.write(1, f"{text}\r\n".encode())
    place = f"\x1b7\x1b[{OVER[1]};{OVER[0]}H{WORDS('stand.start_over')}\x1b8"
    os.write(1, place.encode())
