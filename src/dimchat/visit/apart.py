"""An assistant that answers in a copy of this process, which ends with the turn.

Python counts references in the objects themselves, so that a process that answers writes to all that it touches of
what it shares with the others: twelve megabytes after a few questions. In a copy they are gone with it, and what a
visit keeps is what was said.
"""

from __future__ import annotations

import gc
import os
import pickle
from typing import TYPE_CHECKING, Any

from dimchat.visit import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.visit.limits import Asks


class TurnEndedError(Exception):
    """A copy ended without an answer: by a fault, or by what one turn may use."""


class Apart:
    """The assistant of a visitor, each turn within what it may use of the processor.

    Nobody waits for the copies: a process that has one ignores SIGCHLD, so that the system buries them.
    """

    def __init__(self, assistant: Asks, processor: int = limits.PROCESSOR) -> None:
        """Take what answers, and the seconds of processor time that one turn may take."""
        self._assistant = assistant
        self._processor = processor

    def ask(self, text: str, context: Any) -> Any:  # noqa: ANN401 - this room knows no replies
        """Return the reply to a message.

        Raises:
            TurnEndedError: There was none.
            OSError: There can be no further process just now.
        """
        return self._copied(lambda: self._assistant.ask(text, context))

    def explain(self, text: str, context: Any) -> Any:  # noqa: ANN401 - as above
        """Return why a message gets its reply; raises what `ask` does."""
        return self._copied(lambda: self._assistant.explain(text, context))

    def near(self, text: str, *language: str) -> Any:  # noqa: ANN401 - as above
        """Return what is near to what is being typed, nothing where none can tell; raises what `ask` does."""
        find = getattr(self._assistant, "near", None)
        return self._copied(lambda: find(text, *language)) if find is not None else ()

    def _copied(self, act: Callable[[], object]) -> object:
        """Return what an act returns, which a copy of this process does."""
        out, into, parent = *os.pipe(), os.getpid()
        if not os.fork():
            self._answer(act, into, parent)
        os.close(into)
        with open(out, "rb") as answer:  # noqa: PTH123 - a Path opens no descriptor
            data = answer.read()
        try:
            return pickle.loads(data)  # noqa: S301 - this very program wrote it
        except (EOFError, pickle.UnpicklingError):
            raise TurnEndedError from None

    def _answer(self, act: Callable[[], object], into: int, parent: int) -> None:
        """Do an act, write what it returns, and end, whatever comes: nothing of the visit goes on in a copy."""
        try:
            gc.disable()
            limits.end_with(parent)
            limits.limit_processor(self._processor)
            data = pickle.dumps(act(), pickle.HIGHEST_PROTOCOL)
            with open(into, "wb") as answer:
                answer.write(data)
        finally:
            os._exit(0)
