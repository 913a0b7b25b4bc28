"""What a curator works through: groups of questions that had no answer, with what may be done about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dimchat.journal.grouping import Asked, grouped
from dimchat.journal.likeness import form, likeness
from dimchat.journal.rows import Decision, new_key
from dimchat.journal.schema import DECISION, ENTRY, FEEDBACK, UNANSWERED
from dimchat.model import Candidate

if TYPE_CHECKING:
    from datetime import date, datetime

    from dimchat.journal.store import Reader, Store
    from dimchat.match import Matcher
    from dimchat.model import Pack

MOST = 200
"""How many groups a curator is shown at a time."""
_RANKED = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same, and had no answer at once."""

    asked: Asked
    picked: tuple[tuple[str, int], ...] = ()
    """What was picked where choices were offered: ids with their counts, the most frequent first."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the wordings, the most frequent first."""
        return tuple(text for text, _ in self.asked.wordings)


@dataclass(frozen=True, slots=True)
class Groups:
    """What there is to review."""

    groups: tuple[Group, ...]
    """The largest first, at most `MOST`."""
    more: int
    """How many further groups there are."""
    left_out: int
    """How often questions were asked that are too rare to be grouped."""


def open_groups(store: Reader, since: date | None) -> Groups:
    """Return the groups that nobody decided on, the largest first.

    Those are questions that were declined without an outside group, and those for which choices were offered,
    whether one was picked or not.

    Args:
        store: The journal.
        since: The first day that counts; None for all.

    Raises:
        JournalError: The journal cannot be read.
    """
    unanswered = (UNANSWERED, ENTRY.c.typed, ENTRY.c.text.is_not(None))
    columns = (ENTRY.c.text, ENTRY.c.kind, ENTRY.c.intents)
    questions = sa.select(*columns, sa.func.count()).where(*unanswered).group_by(*columns)
    picks = (
        sa.select(ENTRY.c.text, FEEDBACK.c.intent, sa.func.count())
        .join(ENTRY, ENTRY.c.key == FEEDBACK.c.entry)
        .where(FEEDBACK.c.signal == "picked", ENTRY.c.text.is_not(None))
        .group_by(ENTRY.c.text, FEEDBACK.c.intent)
    )
    if since is not None:
        questions, picks = questions.where(ENTRY.c.day >= since), picks.where(FEEDBACK.c.day >= since)
    with store.reading() as connection:
        asked = [
            Asked(text, count, offered=count if kind == "clarify" else 0)
            for text, kind, ids, count in connection.execute(questions)
            if kind == "clarify" or not ids
        ]
        picked: dict[str, Counter[str]] = defaultdict(Counter)
        for text, intent, count in connection.execute(picks):
            picked[text][intent] += count
        decided = set(connection.execute(sa.select(DECISION.c.form)).scalars())
    found = grouped(asked)
    left = [Group(group, _picked(group, picked)) for group in found.groups if group.form not in decided]
    return Groups(tuple(left[:MOST]), max(len(left) - MOST, 0), found.left_out)


def _picked(group: Asked, picked: dict[str, Counter[str]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for text, _ in group.wordings:
        total.update(picked.get(text, {}))
    return tuple(total.most_common())


def suggested_lines(group: Group) -> tuple[str, str]:
    """Return a line to learn and a line to test it with: the commonest wording tests, and an unlike one is learnt.

    Slips of the finger are rarely made twice, so wordings that came more than once go before the others. The line to
    learn is empty where there is only one wording: a curator writes another. What had a detail in it teaches nothing.
    """
    plain = [text for text in group.wordings if "[" not in text]  # nothing was taken out of these
    case, *others = plain or [""]
    times = dict(group.asked.wordings)
    key = form(case)
    others.sort(key=lambda text: (-min(times[text], 2), likeness(form(text), key)))
    return (others[0] if others else ""), case


def decide(store: Store, group: Group, verdict: str, target: str | None, now: datetime) -> None:
    """Remember what became of a group, so that it is not shown again.

    Args:
        store: The journal.
        group: The group.
        verdict: `phrase`, `outside`, `draft` or `aside`.
        target: The intent, the outside group or the draft.
        now: The time.

    Raises:
        JournalError: It could not be kept.
    """
    store.write([Decision(new_key(now), now.date(), group.asked.form, verdict, target)])


def nearest(group: Group, pack: Pack, matcher: Matcher, limit: int = 3) -> list[Candidate]:
    """Return the intents that a group is most like, best first; those that visitors picked stand before the others.

    Args:
        group: The group.
        pack: The pack.
        matcher: What knows its phrases.
        limit: How many at most.
    """
    answerable = {intent.id for intent in pack.browsable}
    picks = dict(group.picked)
    found = [each for each in matcher.rank(group.asked.text, _RANKED) if each.intent in answerable]
    ranked = {each.intent: each for each in found}
    for intent in picks:
        if intent in answerable and intent not in ranked:
            ranked[intent] = Candidate(intent, 0.0, 0.0, 0.0, "")
    return sorted(ranked.values(), key=lambda each: (-picks.get(each.intent, 0), -each.confidence))[:limit]
