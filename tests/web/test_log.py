from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from dimchat.web import log

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID = "what the visitor said"


@contextmanager
def server_logging() -> Iterator[None]:
    """Log as the server does."""
    loggers = [logging.getLogger(name) for name in (log.NAME, *log.FOREIGN)]
    before = [(logger, logger.handlers, logger.level, logger.propagate) for logger in loggers]
    raising = logging.raiseExceptions
    log.start_logging()
    yield
    logging.raiseExceptions = raising
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.level, logger.propagate = handlers, level, propagate


@pytest.mark.parametrize("name", [*log.FOREIGN, "aiohttp.server", "aiohttp.websocket"])
def test_the_libraries_say_that_something_was_wrong_but_not_what(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with server_logging():
        try:
            int(SAID)
        except ValueError:
            logging.getLogger(name).exception("while reading %s", SAID)
    said = capsys.readouterr().err
    assert "ValueError at test_log.py:" in said
    assert SAID not in said


def test_a_line_that_cannot_be_formed_is_not_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with server_logging():
        logging.getLogger(log.NAME).warning("%d words", SAID)
    assert SAID not in capsys.readouterr().err


def test_our_own_lines_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with server_logging():
        logging.getLogger(log.NAME).warning("a process was killed")
    assert capsys.readouterr().err == "dimchat serve: a process was killed\n"
