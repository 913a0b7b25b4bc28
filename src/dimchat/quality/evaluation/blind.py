"""Scoring questions that were written without a look at the phrases; single ones stay unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.tokens import normalise
from dimchat.quality.evaluation.held_out import lines_of
from dimchat.quality.grading import GRADES, grade, reply_to
from dimchat.quality.robustness.typing_errors import misspelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.model import Pack, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.grading import Grade
    from dimchat.quality.runner import Asks


class Group(NamedTuple):
    """The results of one group of questions."""

    name: str
    counts: tuple[int, ...]
    """For each of `GRADES`."""


class Blind(NamedTuple):
    """The results of a blind set."""

    name: str
    left_out: int
    """Questions that are learnt lines by coincidence, word for word."""
    written: tuple[Group, ...]
    misspelt: tuple[Group, ...]
    """The same questions with slips of the finger."""
    judged: tuple[tuple[Item, Reply, Grade], ...]
    """Each question as written; looking at them retires the set."""


def score(name: str, items: Sequence[Item], pack: Pack, assistant: Asks, *, seed: int = 0) -> Blind:
    """Score a blind set.

    Args:
        name: What to call it.
        items: Its questions.
        pack: Its learnt lines, as questions, judge nothing.
        assistant: What is asked.
        seed: Of the slips.
    """
    learnt = {normalise(line.text) for line in lines_of(pack)}
    used = [item for item in items if item.in_conversation or normalise(item.ask) not in learnt]
    judged = tuple(_judged(item, assistant) for item in used)
    slips = [_judged(replace(item, ask=misspelt(item.ask, seed)), assistant) for item in used]
    return Blind(name, len(items) - len(used), _groups(judged), _groups(slips), judged)


def _judged(item: Item, assistant: Asks) -> tuple[Item, Reply, Grade]:
    reply = reply_to(item, assistant)
    return item, reply, grade(item, reply)


def _groups(judged: Sequence[tuple[Item, Reply, Grade]]) -> tuple[Group, ...]:
    counts: dict[str, list[int]] = {}
    for item, _, result in judged:
        counts.setdefault(item.group or "none", [0] * len(GRADES))[GRADES.index(result)] += 1
    return tuple(Group(name, tuple(numbers)) for name, numbers in sorted(counts.items()))
