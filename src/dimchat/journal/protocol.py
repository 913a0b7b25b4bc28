"""The interface between faces and the journal, and the recorder for when it is off; loads nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from dimchat.model import Context

if TYPE_CHECKING:
    from dimchat.journal.rows import Mode
    from dimchat.model import Reply

_FRESH = Context()


class Loss(NamedTuple):
    """The number of rows that could not be kept."""

    lost: int = 0
    """How many, so far."""
    reason: str = ""
    """What the database said last."""
    untold: int = 0
    """How many of them the journal itself does not know of."""


class Recorder(Protocol):
    """The part of the journal that a face uses, whether it is on or off."""

    @property
    def mode(self) -> Mode:
        """Return what is kept, to be told to the visitor."""

    @property
    def rateable(self) -> bool:
        """Return whether the last reply is an answer that nobody has judged yet."""

    def record(self, reply: Reply, context: Context = ...) -> None:
        """Take note of a reply; at once, whatever the database does."""

    def rate(self, *, meant: bool) -> bool:
        """Take note of whether the last answer was what the visitor meant; return whether that counted."""

    def forget(self) -> None:
        """Begin a new conversation."""

    def resume(self, *, silent: bool) -> None:
        """Go on with a conversation that was held elsewhere: it is no visit of its own.

        Args:
            silent: Whether a safety message was said in it: nothing more of it is kept.
        """

    def close(self, timeout: float = ..., stall: float = ...) -> Loss:
        """Keep what waits, and return what was lost.

        Args:
            timeout: Seconds at most.
            stall: Seconds that a writer which is not refused may go on beyond them without getting anywhere.
        """


class NoRecorder:
    """Keeps nothing."""

    mode: Mode = "off"
    rateable = False

    def record(self, reply: Reply, context: Context = _FRESH) -> None:
        """Take note of nothing."""

    def rate(self, *, meant: bool) -> bool:  # noqa: ARG002 - the protocol's
        """Return that it did not count."""
        return False

    def forget(self) -> None:
        """Forget nothing, for there is nothing."""

    def resume(self, *, silent: bool) -> None:
        """Go on with nothing."""

    def close(self, timeout: float = 0.0, stall: float = 0.0) -> Loss:  # noqa: ARG002 - the protocol's
        """Return that nothing was lost."""
        return Loss()
