"""Finding the edit that led to a change: each is scored by its relation to the two replies and the question.

A matcher that learns is moved a little by every edit, so this is evidence and no proof; an edit that
has nothing to do with a change is not named.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words
from dimchat.quality.compare.parts import DATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.quality.compare.comparison import Change
    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.compare.snapshot import Snapshot

MOST = 5
"""So many causes are named for a change."""
_LEAST = 0.05
"""What less than this part speaks for is not named."""
_EARLIER = 0.5
"""What the words of an earlier message count."""
_LEARNT = frozenset({"phrase", "not", "outside", "title", "intent", "outside group"})
_READ = frozenset({"synonym", "topic", "aspect", "filler", "slot"})
_LEARNING = _LEARNT | _READ
_WORDED = frozenset({"answer", "citation", "source", "value", "table", "cell", "reads", "wording"})
_CUES = frozenset({"safety cue", "unless"})


class Cause(NamedTuple):
    """An edit that may have led to a change."""

    edit: Edit
    weight: float
    """How much speaks for it; 1 for all of a change's causes together."""
    why: str
    """What speaks for it, in a few words."""


def with_causes(changes: Iterable[Change], edits: list[Edit], old: Snapshot, new: Snapshot) -> list[Change]:
    """Return changes with the edits that may have caused them, the likeliest first."""
    weigher = _Weigher(edits, old, new)
    return [change._replace(causes=weigher.causes(change)) for change in changes]


class _Weigher:
    """Weighs edits for changes."""

    def __init__(self, edits: list[Edit], old: Snapshot, new: Snapshot) -> None:
        self._edits, self._old, self._new = edits, old, new
        self._stems = [_stems_of(edit) for edit in edits]
        held: Counter[str] = Counter()
        for part in new.parts:
            if part.kind in ("phrase", "outside"):
                held.update(_stems(part.text))
        self._held, self._lines = held, sum(part.kind in ("phrase", "outside") for part in new.parts)

    def causes(self, change: Change) -> tuple[Cause, ...]:
        """Return the causes of a change, the likeliest first."""
        weighed = []
        for number, edit in enumerate(self._edits):
            weight, why = self._weight(edit, self._stems[number], change)
            if weight > 0:
                weighed.append(Cause(edit, weight, why))
        if not weighed:
            # Nothing in the question or the replies points to an edit, yet what learns learnt something else.
            weighed = [Cause(edit, 1.0, "learnt-anew") for edit in self._edits if edit.kind in _LEARNING]
        weighed.sort(key=lambda cause: -cause.weight)
        total = sum(cause.weight for cause in weighed)
        return tuple(
            cause._replace(weight=round(cause.weight / total, 2))
            for place, cause in enumerate(weighed[:MOST])
            if place == 0 or cause.weight / total >= _LEAST
        )

    def _weight(self, edit: Edit, stems: frozenset[str], change: Change) -> tuple[float, str]:
        decided = change.old.decision != change.new.decision
        if not (decided or "closer-call" in change.classes) or (edit.kind in _WORDED and "reworded" in change.classes):
            weight, why = self._worded(edit, change)
            if weight or change.detail != "suggestions" or edit.kind not in _LEARNING:
                return weight, why
        if edit.kind in _LEARNT:
            return self._learnt(edit, stems, change)
        if edit.kind in _READ:
            return self._read(edit, change)
        if edit.kind in _CUES and "safety" in (change.old.kind, change.new.kind):
            return 6.0 + self._share(stems, change), "safety-cue"
        if edit.kind == "calibration":
            return self._calibration(change)
        return (0.5, "pack") if edit.kind == "pack" else (0.0, "")

    def _worded(self, edit: Edit, change: Change) -> tuple[float, str]:
        """Weigh for a reply that says the same thing in other words."""
        new, owners = change.new, set(edit.owners)
        said = {*new.ids, *change.old.ids}
        suggested = {*new.suggestions, *change.old.suggestions}
        weight, why = 0.0, edit.kind
        if edit.kind in ("next", "intent", "outside group"):
            near = owners & (said | suggested) or edit.text in suggested
            weight = 4.0 if near and change.detail == "suggestions" else 0.0
        elif edit.kind == "title":
            shown = {*new.options, *(new.suggestions if change.detail == "titles" else ())}
            weight = 8.0 if owners & shown else 0.0
        elif edit.kind == "source":
            cited = {one[0] for name in said for one in self._new.cited.get(name, ()) if isinstance(one, tuple)}
            weight = 8.0 if owners & cited else 0.0
        elif edit.kind in ("value", "cell", "table"):
            weight = 10.0 if said & set(edit.answers) else 0.0
        elif edit.kind in ("answer", "citation", "wording") and owners & said:
            dated = any(part.key in DATES for part in (edit.old, edit.new) if part is not None)
            apt = edit.kind != "citation" or "sources-changed" in change.classes
            weight = (10.0 if apt else 1.0) if dated == (change.detail == "dates") else 0.0
        elif edit.kind == "pack":
            weight = 2.0
        return weight, why

    def _learnt(self, edit: Edit, stems: frozenset[str], change: Change) -> tuple[float, str]:
        """Weigh a line that the matcher learns."""
        ask = change.question.item.ask
        weight, why = 0.0, ""
        old_ids, new_ids = set(change.old.ids), set(change.new.ids)
        lines = {part.text for part in (*edit.parts, *(p for p in (edit.old, edit.new) if p is not None))}
        if ask in lines:
            weight, why = 10.0, "the-question-itself"
        gone = edit.old.owner if edit.old and not (edit.new and edit.new.owner == edit.old.owner) else ""
        come = edit.new.owner if edit.new and not (edit.old and edit.old.owner == edit.new.owner) else ""
        if edit.parts and (gone in old_ids or come in new_ids):
            weight, why = weight + 8.0, why or "the-id-itself"
        for side in (change.old, change.new):
            if side.evidence and side.evidence.phrase in lines:
                weight, why = weight + 6.0, why or "the-phrase-that-won"
        share = self._share(stems, change)
        if share == 0 and weight == 0:
            return 0.0, ""
        beside = set(edit.owners) & (old_ids | new_ids | self._near(change))
        weight += 4.0 * share * (1.0 if beside else 0.4) + 2.0 * (gone in old_ids) + 2.0 * (come in new_ids)
        weight += 1.0 * bool(beside)
        return weight, why or "its-words"

    def _near(self, change: Change) -> set[str]:
        """Return what the matcher had near."""
        sides = (change.old.evidence, change.new.evidence)
        return {name for side in sides if side for name, _ in side.ranked[:3]}

    def _read(self, edit: Edit, change: Change) -> tuple[float, str]:
        """Weigh a word that is read in another way."""
        asked = words(change.question.item.ask)
        earlier = [word for message in change.question.item.after for word in words(message)]
        texts = [part.text for part in (*edit.parts, *(p for p in (edit.old, edit.new) if p is not None))]
        best = 0.0
        for text in texts:
            own = words(text)
            if own and _contains(asked, own):
                best = max(best, 6.0 + len(own))
            elif own and _contains(earlier, own):
                best = max(best, 3.0 + len(own))
        if best:
            return best, "a-word-of-the-question"
        heads = {stem(word) for owner in edit.owners for word in words(owner)} - FUNCTION_WORDS
        if edit.kind == "synonym" and heads & _stems(" ".join([change.question.item.ask, *change.question.item.after])):
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
        item = change.question.item
        return max(self._part(item.ask, stems), *(_EARLIER * self._part(text, stems) for text in item.after), 0.0)

    def _part(self, text: str, stems: frozenset[str]) -> float:
        asked = _stems(text)
        total = sum(map(self._worth, asked))
        return sum(self._worth(word) for word in asked & stems) / total if total else 0.0

    def _worth(self, word: str) -> float:
        return math.log((self._lines + 1) / (self._held[word] + 0.5))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in FUNCTION_WORDS)


def _stems_of(edit: Edit) -> frozenset[str]:
    parts = (*edit.parts, *(part for part in (edit.old, edit.new) if part is not None))
    return frozenset().union(*(_stems(part.text) for part in parts if part.kind in _LEARNT))


def _contains(asked: list[str], own: list[str]) -> bool:
    """Return whether words stand in a row in others, whatever their endings."""
    stems, wanted = [stem(word) for word in asked], [stem(word) for word in own]
    return any(stems[at : at + len(wanted)] == wanted for at in range(len(stems) - len(wanted) + 1))
