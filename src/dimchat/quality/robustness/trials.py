"""Asking the variants of a pack's cases, and counting the results."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dimchat.model import CONVERSATION, GROUPS
from dimchat.quality.grading import grade, reply_to
from dimchat.quality.robustness.variants import Names, kinds
from dimchat.quality.runner import differences, spread

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.model import Pack, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.grading import Grade
    from dimchat.quality.robustness.variants import Kind
    from dimchat.quality.runner import Asks


class Trial(NamedTuple):
    """One variant and its reply."""

    kind: str
    item: Item
    """The case that it was made from."""
    variant: str
    reply: Reply
    result: Grade
    """`right` where the relation holds; a variant that should have got another answer and did not is `wrong`."""


class Figure(NamedTuple):
    """The results of the variants of one kind."""

    kind: str
    keeps: bool
    size: int
    right: int
    offered: int
    silent: int
    wrong: int

    @property
    def share(self) -> float:
        """Return the share of variants for which the relation holds; 1 where there was none."""
        return self.right / self.size if self.size else 1.0


@dataclass(frozen=True, slots=True)
class Robustness:
    """The whole of a test of robustness."""

    seed: int
    cases: int
    """How many cases variants were made from."""
    left_out: int
    """How many cases were not used: they fail, or expect to, or lean on a conversation."""
    figures: tuple[Figure, ...]
    broken: tuple[Trial, ...]
    """The variants for which the relation does not hold, the worst first: wrong before silent, the surer ones first."""


class Trier:
    """Makes the variants of a case and asks them; can be passed to another process."""

    def __init__(self, pack: Pack, assistant: Asks, seed: int, only: tuple[str, ...] = ()) -> None:
        """Take what `robustness` is given."""
        self.pack, self.assistant, self.seed, self.only = pack, assistant, seed, only

    def __reduce__(self) -> tuple[object, ...]:
        """Leave out the kinds, which are functions within functions: another process makes its own."""
        return type(self), (self.pack, self.assistant, self.seed, self.only)

    @cached_property
    def among(self) -> list[Kind]:
        """Return the kinds of variants."""
        return [kind for kind in kinds(self.pack) if not self.only or kind.name in self.only]

    @cached_property
    def names(self) -> Names:
        """Return the names of topics."""
        return Names(self.pack)


def stands(item: Item, trier: Trier) -> bool:
    """Return whether variants are made from an item: it stands alone and passes."""
    if item.in_conversation or item.xfail is not None:
        return False
    return not any(differences(replace(item.expect, margin=None), reply_to(item, trier.assistant)))


def variants_of(item: Item, among: Sequence[Kind], names: Names, seed: int) -> list[tuple[Kind, str]]:
    """Return the variants of an item, at most one of each kind; the same item and seed give the same ones."""
    made = []
    for kind in among:
        if not _fits(kind, item, names):
            continue
        rng = random.Random(f"{seed}:{kind.name}:{item.ask}")  # noqa: S311 - a reproducible variant, no secret
        text = kind.change(item.ask, rng)
        if text is not None and text != item.ask:
            made.append((kind, text))
    return made


def try_item(item: Item, trier: Trier) -> list[Trial]:
    """Ask all variants of one item."""
    trials = []
    for kind, text in variants_of(item, trier.among, trier.names, trier.seed):
        reply = trier.assistant.ask(text)[0]
        # A margin is measured by the explanation of the question as it stands, not of its variants.
        expected = replace(item, ask=text, expect=replace(item.expect, margin=None))
        result = grade(expected, reply) if kind.keeps else _changed(item, reply)
        if kind.row:
            same = set(reply.rows) & set(trier.assistant.ask(item.ask)[0].rows)
            result = "wrong" if same or (item.expect.intent in reply.intents and not reply.rows) else "right"
        trials.append(Trial(kind.name, item, text, reply, result))
    return trials


def robustness(
    items: Sequence[Item],
    pack: Pack,
    assistant: Asks,
    *,
    seed: int = 0,
    only: Collection[str] = (),
    at_most: int | None = None,
    jobs: int = 1,
) -> Robustness:
    """Vary cases, ask the variants and count.

    Args:
        items: The cases of the pack.
        pack: Its topics are what can change places.
        assistant: What is asked.
        seed: Which variants are made.
        only: Names of kinds; empty for all.
        at_most: How many cases to take, a random part of them; None for all.
        jobs: How many processes share the work; 1 starts none.
    """
    trier = Trier(pack, assistant, seed, tuple(only))
    passed = spread(stands, items, trier, jobs=jobs)
    used = [item for item, ok in zip(items, passed, strict=True) if ok]
    left_out = len(items) - len(used)
    if at_most is not None and at_most < len(used):
        rng = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
        used = [used[at] for at in sorted(rng.sample(range(len(used)), at_most))]
    trials = [trial for of_item in spread(try_item, used, trier, jobs=jobs) for trial in of_item]
    figures = tuple(_figure(kind, [trial for trial in trials if trial.kind == kind.name]) for kind in trier.among)
    order = {"wrong": 0, "silent": 1, "offered": 2}
    broken = sorted(
        (trial for trial in trials if trial.result != "right"),
        key=lambda one: (order[one.result], -one.reply.confidence, one.kind, one.item.place, one.variant),
    )
    return Robustness(seed, len(used), left_out, figures, tuple(broken))


def _fits(kind: Kind, item: Item, names: Names) -> bool:
    """Return whether a kind says anything about an item.

    A polite frame says nothing about small talk, and what sounds like an emergency stays one however it is turned:
    a variant that must get another answer needs a question that one answer of the categories belongs to.
    """
    intent = item.expect.intent or ""
    topic = intent.partition(".")[0]
    if kind.keeps:
        return not (kind.name == "politeness" and (topic == CONVERSATION or item.expect.kind == "smalltalk"))
    if not intent or topic in GROUPS or item.expect.kind not in (None, "answer"):
        return False
    if kind.row:
        return bool(item.expect.row)
    return not kind.topic or [named for named, _, _ in names.found(item.ask)] == [topic]


def _changed(item: Item, reply: Reply) -> Grade:
    """Return `wrong` where the reply still is the answer to the question that was varied."""
    return "wrong" if {item.expect.intent, *item.expect.also} & set(reply.intents) else "right"


def _figure(kind: Kind, trials: Sequence[Trial]) -> Figure:
    counts = [sum(trial.result == result for trial in trials) for result in ("right", "offered", "silent", "wrong")]
    return Figure(kind.name, kind.keeps, len(trials), *counts)
