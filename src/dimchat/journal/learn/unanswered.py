"""The questions in a journal that had no answer: each text, what became of it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.journal.similarity import Asked
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import sqlalchemy as sa

    from dimchat.journal.learn.scope import Queries

NOT_RECORDED = ""
"""Stands for the reason of a decline in a journal that did not keep it yet."""


class Unanswered(NamedTuple):
    """A text that got no answer, with the same outcome each time."""

    text: str | None
    """As it is kept: without personal details; None where no text is kept."""
    kind: str
    """`decline`, or `clarify` where choices were offered."""
    reason: str
    """Of a decline: the outside group that was recognised, else the message that gave the reason."""
    times: int

    @property
    def asked(self) -> Asked:
        """Return the text as it is grouped with others."""
        declined = self.kind == "decline"
        reasons = ((self.reason, self.times),) if declined else ()
        return Asked(self.text or "", self.times, 0 if declined else self.times, reasons=reasons)


def unanswered(connection: sa.Connection, queries: Queries) -> list[Unanswered]:
    """Return what was typed and had no answer, the most frequent first.

    Args:
        connection: To the journal.
        queries: What is asked of it.
    """
    rows = (
        Unanswered(text, kind, reason_of(ids, reason) if kind == "decline" else NOT_RECORDED, times)
        for text, kind, ids, reason, times in connection.execute(queries.unanswered())
    )
    return sorted(rows, key=lambda row: (-row.times, row.text or "", row.kind, row.reason))


def reason_of(intents: str, reason: str | None) -> str:
    """Return why something was declined: the outside group, which stands for its intents, else the message."""
    return intents or reason or NOT_RECORDED


def reason_text(reason: str, titles: Mapping[str, str]) -> str:
    """Return why a text was declined, in words for curators.

    Args:
        reason: An outside group or the id of a message.
        titles: Of outside groups, as far as they are known.
    """
    return words.REASON_OUTSIDE.format(title=titles[reason]) if reason in titles else words.REASONS.get(reason, reason)


def reasons_text(reasons: Iterable[tuple[str, int]], titles: Mapping[str, str]) -> str:
    """Return why the texts of a group were declined, each reason with how often it was given."""
    return ", ".join(words.REASON_TIMES.format(reason=reason_text(one, titles), times=times) for one, times in reasons)
