"""Asks the terminal itself how wide it draws."""

from __future__ import annotations

import os
import re
import select
import termios
import tty
from contextlib import suppress

from dimchat.kiosk.selfcheck import BAD, CARE, OK, Finding
from dimchat.wording import kiosk_check as words

SAMPLE = "┌─┐█▌é›●"  # noqa: RUF001 - what the screens draw
PATIENCE = 1.0
"""Seconds that a terminal has to answer."""
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


def boxes(input_fd: int = 0, output_fd: int = 1) -> Finding | None:
    """Draw a few characters, ask where the cursor is, and take them away; None where there is no terminal."""
    if not (os.isatty(input_fd) and os.isatty(output_fd)):
        return None
    before = termios.tcgetattr(input_fd)
    try:
        tty.setcbreak(input_fd)
        os.write(output_fd, f"\r{SAMPLE}\x1b[6n".encode())
        column = _column(input_fd)
    finally:
        with suppress(termios.error):
            termios.tcsetattr(input_fd, termios.TCSANOW, before)
        os.write(output_fd, b"\r\x1b[K")
    if column is None:
        return Finding("boxes", CARE, words.BOXES_SILENT, words.BOXES_SILENT_DO)
    if column - 1 != len(SAMPLE):
        wide = words.BOXES_WIDE.format(cells=column - 1, expected=len(SAMPLE))
        return Finding("boxes", BAD, wide, words.BOXES_WIDE_DO)
    return Finding("boxes", OK, words.BOXES)


def _column(fd: int) -> int | None:
    answer = b""
    while select.select([fd], [], [], PATIENCE)[0]:
        data = os.read(fd, 64)
        answer += data
        found = _ANSWER.search(answer)
        if found:
            return int(found[1])
        if not data:
            break
    return None
