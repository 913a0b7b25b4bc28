"""Fitting what the facts weigh that speak for what a follow-up asks, to a pack's own conversations.

Each turn of a conversation that leans on what came before is a choice between all intents and outside groups
(`dimchat.dialogue.interpret.followup`). The weights are those that make the right ones most likely: a conditional logit
(D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974) with a ridge towards the weights that
ship, so that few conversations move them little.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.dialogue import Assistant
from dimchat.dialogue.interpret.followup import WEIGHTS
from dimchat.index import open_pack
from dimchat.model import OUTSIDE, Context
from dimchat.pack.rules import Report
from dimchat.quality.cases import read_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dimchat.model import Calibration
    from dimchat.quality.cases import Item

    Numbers = NDArray[np.float64]

FEWEST = 300
"""So many turns have to lean on what came before: about ten for each weight."""
_RIDGE = 1000.0
"""How strongly a pack's own weights are held near those that ship, which stand for two thousand turns of ten
voices' sets. With 5.0 the bundled pack's own conversations cost nine points of right answers in those of others."""
_ROUNDS = 40
_DECLINES = 0.35
"""What all turns that want a decline count together, in parts of those that want an answer."""
_FOLDS = 5
_SMALL_STEP, _LEAST_STEP = 1e-4, 1e-6
NAMES = tuple(WEIGHTS)
SHIPPED = np.array(list(WEIGHTS.values()))


class Turn(NamedTuple):
    """A turn of a conversation that leans on what came before."""

    conversation: str
    """Its first message."""
    facts: Numbers
    """What speaks for each intent: intents by names."""
    right: NDArray[np.bool_]
    declines: bool


def with_followups(root: Path, calibration: Calibration) -> Calibration:
    """Return a calibration with weights fitted to the conversations in a pack's cases.

    The weights that ship stay where the conversations are few, or where those fitted to four fifths of them do not make
    the rest likelier. The conversations are held with the weights that ship, so that tuning twice gives the same.

    Args:
        root: The folder of the pack.
        calibration: What was found from its phrases.

    Raises:
        PackError: The pack has errors.
    """
    pack, matcher = open_pack(root)
    items = [item for item in read_items((), root, pack, Report()) if item.after]
    if len(items) < FEWEST:
        return calibration
    held = calibration._replace(followups=())
    found = turns(items, Assistant(replace(pack, calibration=held), matcher.with_calibration(held)))
    if len(found) < FEWEST or not _is_better(found):
        return held
    weights = zip(NAMES, fitted(found).round(2).tolist(), strict=True)
    notes = (*calibration.found, ("follow-ups", str(len(found))))
    return calibration._replace(followups=tuple(weights), found=notes)


def turns(items: Iterable[Item], assistant: Assistant) -> list[Turn]:
    """Return the turns that want an answer or a decline and lean on what came before.

    Args:
        items: Cases with messages before them; others are passed over.
        assistant: Who holds the conversations.
    """
    learnt = {phrase.text.casefold().rstrip("?") for group in assistant.pack.outside for phrase in group.phrases}
    contexts: dict[tuple[str, ...], Context] = {(): Context()}

    def after(texts: tuple[str, ...]) -> Context:
        if texts not in contexts:
            contexts[texts] = assistant.ask(texts[-1], after(texts[:-1]))[1]
        return contexts[texts]

    found = []
    for item in items:
        wanted = {item.expect.intent, *item.expect.also} - {None}
        declines = item.expect.kind == "decline"
        # What is known word for word says nothing about how much its words should weigh.
        if not item.after or not (wanted or declines) or item.ask.casefold().rstrip("?") in learnt:
            continue
        measured = assistant.pulls(item.ask, after(item.after))
        if measured is None:
            continue
        ids, pulls = measured
        facts = np.zeros((len(ids), len(NAMES)))
        for name, where, much in pulls:
            facts[where, NAMES.index(name)] += much
        right = np.array([i in wanted or (declines and i.startswith(f"{OUTSIDE}.")) for i in ids])
        if right.any():
            found.append(Turn(item.after[0], facts, right, declines))
    return found


def fitted(found: Sequence[Turn], ridge: float = _RIDGE) -> Numbers:
    """Return the weights that make the right intents most likely, by Newton's method with halved steps.

    Args:
        found: Turns of conversations.
        ridge: How strongly the weights are held near those that ship.
    """
    weights = SHIPPED.copy()
    loss, slope, bend = _loss(found, weights, ridge)
    for _ in range(_ROUNDS):
        step = np.linalg.solve(bend, slope)
        while True:
            tried = _loss(found, weights - step, ridge)
            if tried[0] <= loss or np.abs(step).max() < _LEAST_STEP:
                break
            step /= 2
        weights, (loss, slope, bend) = weights - step, tried
        if np.abs(step).max() < _SMALL_STEP:
            break
    return weights


def _is_better(found: Sequence[Turn]) -> bool:
    """Return whether fitted weights make conversations likelier that they were not fitted to."""
    fold = [zlib.crc32(turn.conversation.encode("utf-8", "surrogatepass")) % _FOLDS for turn in found]
    own = shipped = 0.0
    for out in range(_FOLDS):
        held_out = [turn for turn, at in zip(found, fold, strict=True) if at == out]
        rest = [turn for turn, at in zip(found, fold, strict=True) if at != out]
        if held_out and rest:
            own += _surprise(held_out, fitted(rest))
            shipped += _surprise(held_out, SHIPPED)
    return own < shipped


def _surprise(found: Sequence[Turn], weights: Numbers) -> float:
    return _loss(found, weights, 0.0)[0]


def _loss(found: Sequence[Turn], weights: Numbers, ridge: float) -> tuple[float, Numbers, Numbers]:
    """Return how unlikely the right intents are, with the ridge, and its slope and curvature."""
    apart = weights - SHIPPED
    loss, slope, bend = ridge * float(apart @ apart), 2 * ridge * apart, 2 * ridge * np.eye(len(weights))
    n_declines = sum(turn.declines for turn in found)
    of_decline = _DECLINES * (len(found) - n_declines) / max(n_declines, 1)
    for _, facts, right, declines in found:
        counts = of_decline if declines else 1.0
        scores = facts @ weights
        parts = np.exp(scores - scores.max())
        parts /= parts.sum()
        own = parts * right / (parts @ right)
        loss -= counts * float(np.log(parts @ right))
        slope = slope + counts * facts.T @ (parts - own)
        centred = facts - parts @ facts
        # Without the curvature of the right side the loss stays convex, and the step a descent.
        bend = bend + counts * (centred.T * parts) @ centred
    return loss, slope, bend
