"""The edits between two states of a pack: parts that were added, removed, moved or changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz import fuzz

from dimchat.model import OUTSIDE, Place
from dimchat.quality.compare.parts import SINGLE, Part, words_alone
from dimchat.wording.quality import WITH_LINES, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dimchat.quality.compare.snapshot import Snapshot

Act = Literal["added", "removed", "moved", "changed"]

_LINES = frozenset({"phrase", "not", "outside"})
"""Kinds of lines that a curator carries from one list to another."""
_WHOLE = {
    "phrase": "intent",
    "outside": "outside group",
    "topic": "topic",
    "aspect": "aspect",
    "source": "source",
    "value": "value",
}
"""What is gone, or new, where all the parts of this kind are that an id has."""
_FAMILIES = frozenset({"topic", "aspect", "source", "value", "table", "cell", "slot", "synonym", "pack"})
"""Kinds that belong to no intent."""
_SHOWN = frozenset({"value", "table", "cell"})
"""Kinds of what several answers may show."""
_ALIKE = 70
"""From this likeness on, of 100, a line that is gone and a new one of the same list are one that was reworded."""


class Edit(NamedTuple):
    """One edit."""

    act: Act
    kind: str
    """The kind of the part; `intent`, `outside group`, ... where a whole one came or went."""
    old: Part | None
    new: Part | None
    place: Place
    """Where to look: in the state after it, or in the one before where nothing is left of it."""
    gone: bool = False
    """Whether the place is of the state before."""
    parts: tuple[Part, ...] = ()
    """Where a whole one came or went: all that belongs to it."""
    answers: tuple[str, ...] = ()
    """Of an edit of a value or a table: all the answers that show, cite or read it."""

    @property
    def owners(self) -> tuple[str, ...]:
        """Return the ids that it concerns, the one after it last."""
        return tuple(dict.fromkeys(part.owner for part in (self.old, self.new) if part is not None and part.owner))

    @property
    def text(self) -> str:
        """Return what stands there now, or what stood there."""
        part = self.new or self.old
        return part.text if part else ""


def edits_between(old: Snapshot, new: Snapshot) -> list[Edit]:
    """Return what was done from one state to the other, by the file and line where it is seen."""
    lost = _without(old.parts, new.parts)
    won = _without(new.parts, old.parts)
    edits = [*_whole("removed", lost, new), *_whole("added", won, old)]
    taken = {id(part) for edit in edits for part in edit.parts}
    lost = [part for part in lost if id(part) not in taken]
    won = [part for part in won if id(part) not in taken]
    edits += _paired(lost, won)
    cited = {
        (edit.owners, part.key) for edit in edits if edit.kind == "citation" for part in (edit.new or edit.old,) if part
    }
    edits = [
        edit
        for edit in edits
        # The citation itself says it better than the text around it.
        if not (only_citations(edit) and edit.new and (edit.owners, edit.new.key) in cited)
    ]
    edits = [edit._replace(answers=_showing(edit, old, new)) if edit.kind in _SHOWN else edit for edit in edits]
    return sorted((_placed(edit, old, new) for edit in edits), key=lambda edit: (edit.place, edit.kind, edit.text))


def _showing(edit: Edit, old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    of_value = edit.kind == "value"
    sides = [side.shown_in if of_value else side.read_by for side in (old, new)]
    named = (name for owner in edit.owners for side in sides for name in side.get(owner, ()))
    return tuple(dict.fromkeys(named))


def _without(parts: Iterable[Part], others: Iterable[Part]) -> list[Part]:
    """Return the parts that are not among others, each as often as it is missing."""
    left = Counter(part.name for part in others)
    result = []
    for part in parts:
        if left[part.name]:
            left[part.name] -= 1
        else:
            result.append(part)
    return result


def _whole(act: Act, changed: Sequence[Part], other: Snapshot) -> list[Edit]:
    """Return an edit for each id that came or went with all that it has."""
    remaining = {(part.kind, part.owner) for part in other.parts}
    groups: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in changed:
        groups[_family(part), part.owner].append(part)
    edits = []
    for (family, owner), parts in groups.items():
        lead = next((part for part in parts if _WHOLE.get(part.kind) == family), None)
        if owner and lead is not None and (lead.kind, owner) not in remaining:
            first = min(part.place for part in parts if part.place.file == lead.place.file)
            edit = Edit(act, family, lead, None, first, gone=True, parts=tuple(parts))
            edits.append(edit if act == "removed" else edit._replace(old=None, new=lead, gone=False))
    return edits


def _family(part: Part) -> str:
    if part.owner.startswith(f"{OUTSIDE}."):
        return "outside group"
    return part.kind if part.kind in _FAMILIES else "intent"


def _paired(lost: Sequence[Part], won: Sequence[Part]) -> list[Edit]:
    """Return edits for what is left: one for a part that is there before and after in another form."""
    edits: list[Edit] = []
    for key in (_field_key, _line_key, _word_key):
        pairs, lost, won = _matched(lost, won, key)
        for before, after in pairs:
            same = (before.owner, before.kind) == (after.owner, after.kind)
            edits.append(Edit("changed" if same else "moved", after.kind, before, after, after.place))
    pairs, lost, won = _reworded(lost, won)
    edits += [Edit("changed", after.kind, before, after, after.place) for before, after in pairs]
    edits += [Edit("removed", part.kind, part, None, part.place, gone=True) for part in lost]
    edits += [Edit("added", part.kind, None, part, part.place) for part in won]
    return edits


Pairs = list[tuple[Part, Part]]


def _field_key(part: Part) -> tuple[str, ...] | None:
    """Return what an owner has once."""
    return (part.kind, part.owner, part.key) if part.kind in SINGLE else None


def _line_key(part: Part) -> tuple[str, ...] | None:
    """Return the text of a line that may be carried from one list to another."""
    return (part.text,) if part.kind in _LINES else None


def _word_key(part: Part) -> tuple[str, ...] | None:
    """Return the word that a vocabulary may have under another entry."""
    return (part.kind, part.text) if part.kind in ("synonym", "topic", "aspect") else None


def _matched(
    lost: Sequence[Part], won: Sequence[Part], key: Callable[[Part], tuple[str, ...] | None]
) -> tuple[Pairs, list[Part], list[Part]]:
    """Return the parts that share a key, and what is left of both."""
    waiting: dict[tuple[str, ...], list[Part]] = defaultdict(list)
    for part in lost:
        found = key(part)
        if found is not None:
            waiting[found].append(part)
    pairs: Pairs = []
    left = []
    for part in won:
        found = key(part)
        if found is not None and waiting[found]:
            pairs.append((waiting[found].pop(0), part))
        else:
            left.append(part)
    used = {id(before) for before, _ in pairs}
    return pairs, [part for part in lost if id(part) not in used], left


def _reworded(lost: Sequence[Part], won: Sequence[Part]) -> tuple[Pairs, list[Part], list[Part]]:
    """Return lines that were edited in their place, and what is left of both."""
    lists: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for part in lost:
        lists[part.name[:3]].append(part)
    pairs: Pairs = []
    left = []
    for part in won:
        like = lists[part.name[:3]]
        best = max(like, key=lambda one: fuzz.ratio(one.text, part.text), default=None)
        if best is not None and fuzz.ratio(best.text, part.text) >= _ALIKE:
            pairs.append((best, part))
            like.remove(best)
        else:
            left.append(part)
    used = {id(before) for before, _ in pairs}
    return pairs, [part for part in lost if id(part) not in used], left


def _placed(edit: Edit, old: Snapshot, new: Snapshot) -> Edit:
    """Give an edit the place where a person sees it."""
    if edit.act == "changed" and edit.old and edit.new and edit.new.node is not None:
        return edit._replace(place=_first_difference(edit.old.text, edit.new))
    if edit.kind == "citation" and edit.old is not None and edit.new is None:
        text = (edit.old.owner, edit.old.key)
        now = next((part for part in new.parts if part.kind == "answer" and (part.owner, part.key) == text), None)
        if now is not None:
            return edit._replace(place=_first_difference(old.written[text], now), gone=False)
    if edit.gone and not old.placed and edit.old is not None:
        return edit._replace(place=_where_it_stood(edit.old, old, new))
    return edit


def _first_difference(before: str, part: Part) -> Place:
    """Return where the first word stands that another text does not have there."""
    node, text = part.node, part.text
    if node is None:
        return part.place
    # The node's own text may begin with line breaks that the part's does not have.
    shift = node.text.find(text)
    at = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), min(len(before), len(text)))
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    words = text[start:].split(maxsplit=1)
    if not words:
        start = max(text.rstrip().rfind(" "), text.rstrip().rfind("\n")) + 1
        words = text[start:].split(maxsplit=1)
    if not words:
        return part.place
    start = text.index(words[0], start)
    return node.place_of(words[0], start + max(shift, 0))


def _where_it_stood(part: Part, old: Snapshot, new: Snapshot) -> Place:
    """Return the line of what stood before a part and still does, else that of its owner, else its file."""
    now = {other.name: other.place for other in new.parts}
    before: Place | None = None
    for other in old.parts:
        if other.name == part.name:
            break
        if (other.kind, other.owner, other.place.file) == (part.kind, part.owner, part.place.file):
            before = now.get(other.name, before)
    if before is not None:
        before = before._replace(line=before.line + 1)
    owners = (other.place for other in new.parts if other.owner == part.owner and other.place.file == part.place.file)
    return before or next(owners, None) or Place(part.place.file)


READ = ("unseen", "reported", "copy", "page")
"""How a source was read, the least first."""


def raised_unread(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits that call a source better read than before, though no later day of reading stands beside them."""
    records = [(edit, edit.old, edit.new) for edit in edits if edit.kind == "source" and not edit.parts]
    days = {new.owner: (old.text if old else "", new.text) for _, old, new in records if new and new.key == "accessed"}
    return tuple(
        edit
        for edit, old, new in records
        if old and new and new.key == "read" and {old.text, new.text} <= set(READ)
        if READ.index(new.text) > READ.index(old.text)
        if not (new.owner in days and days[new.owner][0] < days[new.owner][1])
    )


def described(edit: Edit) -> str:
    """Return an edit in words, without its place; of a value with all the answers that it moves."""
    shown = f"; in {', '.join(edit.answers)}" if edit.answers else ""
    return _described(edit) + shown


def _described(edit: Edit) -> str:
    part = edit.new or edit.old
    if part is None:
        return edit.act
    if edit.parts:
        return numbered(WITH_LINES, len(edit.parts), edit=f"{edit.kind} {part.owner} {edit.act}")
    what = f'{edit.kind} "{_short(part.text)}"'
    if edit.act == "moved" and edit.old and edit.new:
        source, target = _owner(edit.old), _owner(edit.new)
        return f"{what} moved from {source} to {target}"
    if edit.act == "changed" and edit.old and edit.new:
        was, now = _changed_words(edit.old, edit.new)
        return f'{_field(edit.new)} changed: "{was}" is now "{now}"'
    preposition = "to" if edit.act == "added" else "from"
    return f"{what} {edit.act}" + (f" {preposition} {_owner(part)}" if part.owner else "")


def _owner(part: Part) -> str:
    if part.kind == "not":
        return f"'not' of {part.owner}"
    return part.owner or part.kind


_FIELDS = {
    "answer": "{0.key} of {0.owner}",
    "source": "{0.key} of source {0.owner}",
    "cell": "{0.key} of table {0.owner}",
    "table": "{0.key} of table {0.owner}",
    "reads": "table's {0.key} of {0.owner}",
    "calibration": "calibration's {0.key}",
}


def _field(part: Part) -> str:
    if part.kind in _FIELDS:
        return _FIELDS[part.kind].format(part)
    if part.kind == "value":
        return " ".join((*((part.key, "of") if part.key != "value" else ()), "value", part.owner))
    return " ".join(word for word in (part.kind, "of" if part.owner else "", part.owner or part.key) if word)


def _changed_words(old: Part, new: Part) -> tuple[str, str]:
    """Return the words that differ, with a few around them where the text is long."""
    before, after = old.text.split(), new.text.split()
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    low, high = max(start - 2, 0), max(end - 2, 0)
    return (
        _short(" ".join(before[low : len(before) - high])),
        _short(" ".join(after[low : len(after) - high])),
    )


def _short(text: str, most: int = 70) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def is_outside(edit: Edit) -> bool:
    """Return whether a edit concerns what must not be answered."""
    return any(owner.startswith(f"{OUTSIDE}.") for owner in edit.owners)


def only_citations(edit: Edit) -> bool:
    """Return whether a text has the same words as before, and only its citations differ."""
    if edit.act != "changed" or edit.old is None or edit.new is None or edit.kind != "answer":
        return False
    return words_alone(edit.old.text) == words_alone(edit.new.text)
