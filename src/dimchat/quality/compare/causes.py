"""Which edit led to a change: every edit is weighed by what it has to do with the two replies and the question.

A matcher that learns is moved a little by every edit, so this is evidence and no proof; an edit that
has nothing to do with a change is not named.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words
from dimchat.quality.compare.changes import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.quality.compare.changes import Change
    from dimchat.quality.compare.moves import Move
    from dimchat.quality.compare.snapshot import Snapshot

MOST = 5
"""So many causes are named for a change."""
_LEAST = 0.05
"""What less than this part speaks for is not named."""
_EARLIER = 0.5
"""What the words of an earlier message count."""
_LEARNT = frozenset({"phrase", "not", "outside", "title", "intent", "outside group"})
_READ = frozenset({"synonym", "topic", "aspect", "filler"})
_LEARNING = _LEARNT | _READ
_WORDED = frozenset({"answer", "citation", "source", "wording"})
_CUES = frozenset({"safety cue", "unless"})


def with_causes(changes: Iterable[Change], moves: list[Move], old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the changes with what may have caused them.

    Args:
        changes: As `changes_between` returns them.
        moves: As `moves_between` returns them.
        old: The state before.
        new: The state after.
    """
    weigher = _Weigher(moves, old, new)
    return [change._replace(causes=weigher.causes(change)) for change in changes]


class _Weigher:
    """Weighs edits for changes."""

    def __init__(self, moves: list[Move], old: Snapshot, new: Snapshot) -> None:
        self._moves, self._old, self._new = moves, old, new
        self._stems = [_stems_of(move) for move in moves]
        held: Counter[str] = Counter()
        for part in new.parts:
            if part.kind in ("phrase", "outside"):
                held.update(_stems(part.text))
        self._held, self._lines = held, sum(part.kind in ("phrase", "outside") for part in new.parts)

    def causes(self, change: Change) -> tuple[Cause, ...]:
        """Return the causes of a change, the likeliest first."""
        weighed = []
        for number, move in enumerate(self._moves):
            weight, why = self._weight(move, self._stems[number], change)
            if weight > 0:
                weighed.append(Cause(move, weight, why))
        if not weighed:
            # Nothing in the question or the replies points to an edit, yet what learns learnt something else.
            weighed = [Cause(move, 1.0, "learnt-anew") for move in self._moves if move.kind in _LEARNING]
        weighed.sort(key=lambda cause: -cause.weight)
        total = sum(cause.weight for cause in weighed)
        return tuple(
            cause._replace(weight=round(cause.weight / total, 2))
            for place, cause in enumerate(weighed[:MOST])
            if place == 0 or cause.weight / total >= _LEAST
        )

    def _weight(self, move: Move, stems: frozenset[str], change: Change) -> tuple[float, str]:
        decided = change.old.decision != change.new.decision
        if not (decided or "closer-call" in change.classes) or (move.kind in _WORDED and "reworded" in change.classes):
            weight, why = self._worded(move, change)
            if weight or change.detail != "suggestions" or move.kind not in _LEARNING:
                return weight, why
        if move.kind in _LEARNT:
            return self._learnt(move, stems, change)
        if move.kind in _READ:
            return self._read(move, change)
        if move.kind in _CUES and "safety" in (change.old.kind, change.new.kind):
            return 6.0 + self._share(stems, change), "safety-cue"
        if move.kind == "calibration":
            return self._calibration(change)
        return (0.5, "pack") if move.kind == "pack" else (0.0, "")

    def _worded(self, move: Move, change: Change) -> tuple[float, str]:
        """Weigh for a reply that says the same thing in other words."""
        new, owners = change.new, set(move.owners)
        said = {*new.ids, *change.old.ids}
        suggested = {*new.suggestions, *change.old.suggestions}
        weight, why = 0.0, move.kind
        if move.kind in ("next", "intent", "outside group"):
            near = owners & (said | suggested) or move.text in suggested
            weight = 4.0 if near and change.detail == "suggestions" else 0.0
        elif move.kind == "title":
            shown = {*new.options, *(new.suggestions if change.detail == "titles" else ())}
            weight = 8.0 if owners & shown else 0.0
        elif move.kind == "source":
            cited = {one[0] for name in said for one in self._new.cited.get(name, ()) if isinstance(one, tuple)}
            weight = 8.0 if owners & cited else 0.0
        elif move.kind in ("answer", "citation", "wording") and owners & said:
            dated = any(part.key in ("reviewed", "review_by") for part in (move.old, move.new) if part is not None)
            apt = move.kind != "citation" or "sources-changed" in change.classes
            weight = (10.0 if apt else 1.0) if dated == (change.detail == "dates") else 0.0
        elif move.kind == "pack":
            weight = 2.0
        return weight, why

    def _learnt(self, move: Move, stems: frozenset[str], change: Change) -> tuple[float, str]:
        """Weigh a line that the matcher learns."""
        ask = change.probe.item.ask
        weight, why = 0.0, ""
        old_ids, new_ids = set(change.old.ids), set(change.new.ids)
        lines = {part.text for part in (*move.parts, *(p for p in (move.old, move.new) if p is not None))}
        if ask in lines:
            weight, why = 10.0, "the-question-itself"
        gone = move.old.owner if move.old and not (move.new and move.new.owner == move.old.owner) else ""
        come = move.new.owner if move.new and not (move.old and move.old.owner == move.new.owner) else ""
        if move.parts and (gone in old_ids or come in new_ids):
            weight, why = weight + 8.0, why or "the-id-itself"
        for side in (change.old, change.new):
            if side.evidence and side.evidence.phrase in lines:
                weight, why = weight + 6.0, why or "the-phrase-that-won"
        share = self._share(stems, change)
        if share == 0 and weight == 0:
            return 0.0, ""
        beside = set(move.owners) & (old_ids | new_ids | self._near(change))
        weight += 4.0 * share * (1.0 if beside else 0.4) + 2.0 * (gone in old_ids) + 2.0 * (come in new_ids)
        weight += 1.0 * bool(beside)
        return weight, why or "its-words"

    def _near(self, change: Change) -> set[str]:
        """Return what the matcher had near."""
        sides = (change.old.evidence, change.new.evidence)
        return {name for side in sides if side for name, _ in side.ranked[:3]}

    def _read(self, move: Move, change: Change) -> tuple[float, str]:
        """Weigh a word that is read in another way."""
        asked = words(change.probe.item.ask)
        earlier = [word for message in change.probe.item.after for word in words(message)]
        texts = [part.text for part in (*move.parts, *(p for p in (move.old, move.new) if p is not None))]
        best = 0.0
        for text in texts:
            own = words(text)
            if own and _contains(asked, own):
                best = max(best, 6.0 + len(own))
            elif own and _contains(earlier, own):
                best = max(best, 3.0 + len(own))
        if best:
            return best, "a-word-of-the-question"
        heads = {stem(word) for owner in move.owners for word in words(owner)} - FUNCTION_WORDS
        if move.kind == "synonym" and heads & _stems(" ".join([change.probe.item.ask, *change.probe.item.after])):
            return 2.5, "read-as-a-word-of-the-question"
        winning = {
            stem(word) for side in (change.old, change.new) if side.evidence for word in words(side.evidence.phrase)
        }
        if any(_stems(text) and _stems(text) <= winning for text in texts):
            return 2.0, "a-word-of-the-phrase-that-won"
        return 0.0, ""

    def _calibration(self, change: Change) -> tuple[float, str]:
        old, new = change.old.evidence, change.new.evidence
        if old and new and old.ranked and old.ranked == new.ranked:
            # What was learnt is the same: only how sure is sure enough can differ.
            return 12.0, "same-scores"
        return 1.0, "how-sure-is-sure-enough"

    def _share(self, stems: frozenset[str], change: Change) -> float:
        """Return how much of a question's weight is in words that an edit holds, 0 to 1."""
        item = change.probe.item
        return max(self._part(item.ask, stems), *(_EARLIER * self._part(text, stems) for text in item.after), 0.0)

    def _part(self, text: str, stems: frozenset[str]) -> float:
        asked = _stems(text)
        total = sum(map(self._worth, asked))
        return sum(self._worth(word) for word in asked & stems) / total if total else 0.0

    def _worth(self, word: str) -> float:
        return math.log((self._lines + 1) / (self._held[word] + 0.5))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in FUNCTION_WORDS)


def _stems_of(move: Move) -> frozenset[str]:
    parts = (*move.parts, *(part for part in (move.old, move.new) if part is not None))
    return frozenset().union(*(_stems(part.text) for part in parts if part.kind in _LEARNT))


def _contains(asked: list[str], own: list[str]) -> bool:
    """Tell whether words stand in a row in others, whatever their endings."""
    stems, wanted = [stem(word) for word in asked], [stem(word) for word in own]
    return any(stems[at : at + len(wanted)] == wanted for at in range(len(stems) - len(wanted) + 1))
