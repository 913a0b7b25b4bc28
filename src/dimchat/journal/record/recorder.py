"""The recorder of a conversation: makes rows of replies and passes them to the worker.

What it remembers of the question before, to see that it was asked again, stays in memory until
`forget`: the journal holds no thread that ties the questions of one visitor together.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dimchat.journal.record.worker import Worker
from dimchat.journal.rows import LONGEST, SAFETY, Entry, Feedback, Visit, new_key, tally
from dimchat.journal.similarity import again
from dimchat.language.english import FUNCTION_WORDS, NONE
from dimchat.language.grammar import picked
from dimchat.language.tokens import stem, words
from dimchat.model import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dimchat.journal.protocol import Loss
    from dimchat.journal.record.worker import Keeps
    from dimchat.journal.rows import Mode, Signal
    from dimchat.model import Reply

NOT_MEANT = "conversation.negation"
"""The small talk that says the last answer missed the point."""
_FRESH = Context()


class _Last(NamedTuple):
    """The question before, as far as the next one may say something about it."""

    key: str
    kind: str
    text: str
    """What was typed, in lower case; empty for a pick."""
    offered: Mapping[str, str]
    """What could be picked: titles by id."""
    intent: str | None = None
    """Whose answer it was."""
    kept: str | None = None
    """The question as it was kept."""
    judged: bool = False


class JournalRecorder:
    """Makes rows of one conversation and gives them to a worker."""

    def __init__(
        self,
        worker: Worker,
        *,
        mode: Mode,
        face: str,
        pack: str,
        clock: Callable[[], datetime],
        version: str | None = None,
        language: str | None = None,
    ) -> None:
        """Begin a conversation.

        Args:
            worker: What keeps the rows; it runs already.
            mode: `counts` keeps no text.
            face: `chat`, `plain`, `kiosk`, `web` or `api`.
            pack: The digest of the pack that replies.
            clock: Tells day and hour.
            version: Of that pack.
            language: In which it replies where a reply does not say so.
        """
        self.mode: Mode = mode
        self._worker = worker
        self._face = face
        self._pack = pack
        self._clock = clock
        self._version = version
        self._language = language
        self._asked = self._declined = 0
        self._last: _Last | None = None
        self._silent = False
        """Whether a safety message was said: from there on nothing is kept of what this conversation is about.

        In `full` mode such rows can be told from others, for they have no text; what they said could be read together.
        """

    @property
    def rateable(self) -> bool:
        """Return whether the last reply is an answer that nobody has judged yet."""
        return self._last is not None and self._last.kind == "answer" and not self._last.judged

    def record(self, reply: Reply, context: Context = _FRESH) -> None:
        """Take note of a reply.

        Args:
            reply: What was said.
            context: What the question was asked with.
        """
        if reply.kind == "safety":
            self._silent = True
            self._last = None
            self._worker.put(tally(self._clock(), SAFETY, 1))
            return
        self._language = reply.spoken or self._language
        number = _number(reply.question, context)
        typed = number is None
        now = self._clock()
        asked = reply.question[:LONGEST].casefold() if typed else ""
        self._look_back(reply, context, number, asked, now)
        entry = self._entry(reply, now, typed=typed)
        self._worker.put(entry)
        offered = {option.intent: option.title for option in reply.options}
        intent = entry.intents[0] if reply.kind == "answer" and entry.intents else None
        self._last = _Last(entry.key, reply.kind, asked, offered, intent, entry.text)
        if typed and reply.kind != "smalltalk":
            self._asked += 1
            self._declined += reply.kind == "decline"

    def _look_back(self, reply: Reply, context: Context, number: int | None, asked: str, now: datetime) -> None:
        """Say what this message tells about the reply before."""
        last = self._last
        if last is None:
            return
        if number == NONE:
            self._signal(last, "none", now)
        elif context.options and reply.kind == "answer" and _picks(reply, last.offered, number):
            self._signal(last, "picked", now, reply.intents[0])
        elif NOT_MEANT in reply.intents or (asked and last.text and last.kind == "answer" and again(asked, last.text)):
            self._signal(last, "again", now)

    def rate(self, *, meant: bool) -> bool:
        """Take note of whether the last answer was what the visitor meant; return whether that counted."""
        if self._last is None or not self.rateable:
            return False
        self._signal(self._last, "yes" if meant else "no", self._clock())
        self._last = self._last._replace(judged=True)
        return True

    def forget(self) -> None:
        """Begin a new conversation."""
        if self._asked:
            now = self._clock()
            key = new_key(now.replace(hour=0))
            numbers = self._asked, self._declined
            self._worker.put(Visit(key, now.date(), self._pack, *numbers, self._version, self._language))
        self._asked = self._declined = 0
        self._last = None
        self._silent = False

    def resume(self, *, silent: bool) -> None:
        """Go on with a conversation that was held elsewhere: it is no visit of its own.

        Args:
            silent: Whether a safety message was said in it.
        """
        self._last = None
        self._asked = self._declined = 0
        self._silent = silent

    def close(self, timeout: float = 2.0, stall: float = 0.0) -> Loss:
        """Keep what waits, and return what was lost; the seconds are those of `Worker.close`."""
        self.forget()
        return self._worker.close(timeout, stall)

    def _entry(self, reply: Reply, now: datetime, *, typed: bool) -> Entry:
        if self._hushed:
            intents: tuple[str, ...] = ()
        elif reply.kind == "clarify":
            intents = tuple(option.intent for option in reply.options)
        else:
            intents = reply.intents or ((reply.outside,) if reply.outside else ())
        return Entry(
            key=new_key(now),
            day=now.date(),
            hour=now.hour,
            pack=self._pack,
            face=self._face,
            kind=reply.kind,
            intents=intents,
            confidence=0.0 if self._hushed else reply.confidence,
            margin=None if self._hushed else reply.margin,
            typed=typed,
            text=self._text(reply.question) if typed else None,
            reason=None if self._hushed else reply.reason,
            pack_version=self._version,
            language=self._language,
        )

    def _text(self, question: str) -> str | None:
        """Return the question as it is kept: redacted in `full` mode, else not at all."""
        if self.mode != "full" or self._hushed:
            return None
        # Its patterns take a fifth of a second to compile, which a journal of counts has no use for.
        from dimchat.journal.record.redact import redact  # noqa: PLC0415

        return redact(question).text

    @property
    def _hushed(self) -> bool:
        return self._silent and self.mode == "full"

    def _signal(self, last: _Last, signal: Signal, now: datetime, intent: str | None = None) -> None:
        if self._hushed:
            return
        of = (last.kept if signal == "picked" else None, last.intent, self._version, self._language)
        self._worker.put(Feedback(new_key(now), last.key, now.date(), now.hour, signal, intent, *of))


def _number(text: str, context: Context) -> int | None:
    """Return the number by which a message picks something that was offered, `NONE` or `LAST`; None for no pick."""
    offered = len(context.options or context.suggestions)
    number = picked(text) if offered else None
    return number if number is None or number <= offered else None


def _picks(reply: Reply, offered: Mapping[str, str], number: int | None) -> bool:
    """Return whether an answer was picked: by its number, or by words that say nothing but what its title says.

    Another question that happens to have the same answer is none: the choices may not have helped to it.
    """
    first = next(iter(reply.intents), None)
    if first is None or first not in offered:
        return False
    said = {stem(word) for word in words(reply.question) if word not in FUNCTION_WORDS}
    known = {stem(word) for word in words(f"{offered[first]} {first.replace('.', ' ').replace('_', ' ')}")}
    return number is not None or (bool(said) and said <= known)


def local_time() -> datetime:
    """Return the time of this place."""
    return datetime.now().astimezone()


def start_recorder(
    open_store: Callable[[], Keeps],
    *,
    mode: Mode,
    face: str,
    pack: str,
    first_day: Callable[[date], date],
    clock: Callable[[], datetime] = local_time,
    lost: int = 0,
    version: str | None = None,
    language: str | None = None,
) -> JournalRecorder:
    """Return a recorder whose worker runs.

    Args:
        open_store: Opens the database, on the worker's thread.
        mode: `counts` or `full`.
        face: `chat`, `plain`, `kiosk`, `web` or `api`.
        pack: The digest of the pack that replies.
        first_day: From today to the first day that is kept.
        clock: Tells day and hour.
        lost: How many rows other processes could not keep, and could not tell the journal of.
        version: Of that pack.
        language: In which it replies.
    """
    worker = Worker(open_store, clock=clock, first_day=first_day, lost=lost)
    worker.start()
    named = {"version": version, "language": language}
    return JournalRecorder(worker, mode=mode, face=face, pack=pack, clock=clock, **named)
