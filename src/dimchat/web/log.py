"""The server's log: kinds of faults and where they arose, never what a visitor said."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

from dimchat.wording import web as words

NAME = "dimchat.web"
logger = logging.getLogger(NAME)
FOREIGN = ("aiohttp", "textual-serve", "asyncio")
"""Loggers whose own lines quote messages, local variables or addresses."""


class FaultsOnly(logging.Formatter):
    """Shows a message of ours as it is; of others, the kind of fault alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record, without what an exception says or holds."""
        error = record.exc_info[1] if record.exc_info else None
        text = record.getMessage() if record.name == NAME else f"{record.name}: {record.levelname.lower()}"
        return words.LOG_FAULT.format(fault=f"{text}: {fault(error)}" if error else text)


def fault(error: BaseException) -> str:
    """Name an exception by its type and the line that it was raised in."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def start_logging() -> None:
    """Send the warnings of the server and of its libraries to stderr, without visitors' words."""
    logging.raiseExceptions = False  # a line that cannot be written would be printed with all that belongs to it
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FaultsOnly())
    for name in (NAME, *FOREIGN):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.WARNING)
        logger.propagate = False
