"""Two states of a pack compared: which replies differ, what sort of difference it is, and which edits were made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from dimchat.quality.compare.causes import Cause, with_causes
from dimchat.quality.compare.edits import Edit, edits_between, raised_unread
from dimchat.quality.compare.parts import DATES, words_alone
from dimchat.quality.compare.snapshot import Opened, snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dimchat.quality.compare.edits import Edit
    from dimchat.quality.compare.snapshot import Question, Recorded, Snapshot

Class = Literal[
    "regression",
    "newly-declined",
    "newly-answered",
    "improvement",
    "other",
    "reworded",
    "sources-changed",
    "closer-call",
]
CLASSES: tuple[Class, ...] = get_args(Class)
"""In the order in which they are reported, the gravest first."""

CLOSER = 0.1
"""By so much the margin must shrink to be worth a word; what stays is then still enough for an answer."""
ANSWERS = frozenset({"answer", "smalltalk", "safety"})


class Change(NamedTuple):
    """A reply that differs."""

    question: Question
    sort: Class
    also: tuple[Class, ...]
    """What else it is."""
    detail: str
    """What differs, where the class alone does not say it."""
    old: Recorded
    new: Recorded
    causes: tuple[Cause, ...] = ()
    """The likeliest first."""

    @property
    def classes(self) -> frozenset[str]:
        """Return everything that it is."""
        return frozenset((self.sort, *self.also))


def changes_between(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the replies that differ between two states that were asked the same, by class, file and line."""
    found = [
        change for question, before, after in _both(old, new) if (change := _change(question, before, after, old, new))
    ]
    order = {name: place for place, name in enumerate(CLASSES)}
    return sorted(found, key=lambda change: (order[change.sort], change.question.item.place, change.question.key))


def _both(old: Snapshot, new: Snapshot) -> Iterator[tuple[Question, Recorded, Recorded]]:
    questions = {**old.questions, **new.questions}
    for key, question in questions.items():
        before, after = old.replies.get(key), new.replies.get(key)
        if before is not None and after is not None:
            yield question, before, after


def _change(question: Question, before: Recorded, after: Recorded, old: Snapshot, new: Snapshot) -> Change | None:
    sorts: list[Class] = []
    if before.met is not None and after.met is not None and before.met != after.met:
        sorts.append("regression" if before.met else "improvement")
    detail = ""
    if before.decision != after.decision:
        if before.kind not in ANSWERS and after.kind in ANSWERS:
            sorts.append("newly-answered")
        if before.kind != "decline" and after.kind == "decline":
            sorts.append("newly-declined")
        if not sorts:
            sorts.append("other")
            detail = _why_neither(question, before, after, old, new)
    else:
        differ, detail = _texts(after, before, old, new)
        sorts += differ
        if before.margin is not None and after.margin is not None and before.margin - after.margin >= CLOSER:
            sorts.append("closer-call")
    if not sorts or (sorts in (["regression"], ["improvement"]) and not _differ(before, after)):
        # What is expected was edited, and the reply is as it was.
        return None
    return _made(question, sorts, detail, before, after)


def _differ(before: Recorded, after: Recorded) -> bool:
    return before._replace(met=None) != after._replace(met=None)


def _made(question: Question, sorts: Iterable[Class], detail: str, before: Recorded, after: Recorded) -> Change:
    # What is expected of a reply says more about it than its kind.
    first, *rest = sorted(sorts, key=lambda name: (name != "improvement", CLASSES.index(name)))
    return Change(question, first, tuple(rest), detail, before, after)


def _why_neither(question: Question, before: Recorded, after: Recorded, old: Snapshot, new: Snapshot) -> str:
    was, now = old.questions.get(question.key), new.questions.get(question.key)
    if was is not None and now is not None and was.owner != now.owner:
        return "belongs-elsewhere"
    if was is not None and now is not None and was.item.expect != now.item.expect:
        return "expected-otherwise"
    if before.met:
        return "right-both-times"
    return "wrong-both-times" if after.met is False else "nothing-expected"


def _texts(after: Recorded, before: Recorded, old: Snapshot, new: Snapshot) -> tuple[list[Class], str]:
    """Return the classes of a difference in words and sources alone, and what differs beside them."""
    texts = [(one, key) for one in after.told for key in ("short", "text")]
    words = before.said != after.said or any(
        words_alone(old.texts.get(name, "")) != words_alone(new.texts.get(name, "")) for name in texts
    )
    words = words or any(old.titles.get(name) != new.titles.get(name) for name in after.options)
    # A citation that only stands elsewhere is another proof for another claim.
    moved = not words and any(_spaced(old.texts.get(name)) != _spaced(new.texts.get(name)) for name in texts)
    sources = moved or any(old.cited.get(name) != new.cited.get(name) for name in after.told)
    sorts: list[Class] = ["reworded"] * words
    sorts += ["sources-changed"] * sources
    beside = "" if sorts else _beside(after, before, old, new)
    return (["other"], beside) if beside else (sorts, "")


def _beside(after: Recorded, before: Recorded, old: Snapshot, new: Snapshot) -> str:
    if before.suggestions != after.suggestions:
        return "suggestions"
    if any(old.titles.get(name) != new.titles.get(name) for name in after.suggestions):
        return "titles"
    dates = [(name, key) for name in after.told for key in DATES]
    return "dates" if any(old.texts.get(name) != new.texts.get(name) for name in dates) else ""


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())


class Comparison(NamedTuple):
    """The differences between two states of a pack."""

    old: Snapshot
    new: Snapshot
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]

    @property
    def asked(self) -> int:
        """Return how many questions both were asked."""
        return len(self.old.replies.keys() & self.new.replies.keys())

    @property
    def counts(self) -> dict[Class, int]:
        """Return how many changes there are of each class, also those that are it beside another."""
        found = Counter(name for change in self.changes for name in change.classes)
        return {name: found[name] for name in CLASSES if found[name]}

    @property
    def raised(self) -> tuple[Edit, ...]:
        """Return edits that call a source better read than before, and name no later day on which it was."""
        return raised_unread(self.edits)

    def fails(self, classes: Collection[str]) -> bool:
        """Return whether one of these classes is there; where any counts, a source that is raised unread does too."""
        return any(change.classes & set(classes) for change in self.changes) or bool(classes and self.raised)


def compared(old: Opened | Snapshot, new: Opened, *, jobs: int = 1) -> Comparison:
    """Ask two states the same, and return what differs.

    Args:
        old: A pack at hand, or what a baseline recorded.
        new: The pack that it became.
        jobs: How many processes share the work.

    >>> from datetime import date
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from dimchat.quality.compare import opened
    >>> from dimchat.quality.start import example, head, write_pack
    >>> with TemporaryDirectory() as folder:
    ...     pack = Path(folder, "library")
    ...     write_pack(pack, example(head(pack, None, date(2026, 11, 24))))
    ...     before = opened(pack)
    ...     answers = pack / "answers/library.yaml"
    ...     _ = answers.write_text(answers.read_text().replace("three weeks", "four weeks"))
    ...     comparison = compared(before, opened(pack))
    >>> list(comparison.counts), [edit.place.file for edit in comparison.edits]
    (['reworded'], ['answers/library.yaml'])
    """
    before = old if not isinstance(old, Opened) else snapshot(old, new.questions.values(), jobs=jobs)
    after = snapshot(new, before.questions.values(), jobs=jobs)
    edits = edits_between(before, after)
    changes = with_causes(changes_between(before, after), edits, before, after)
    return Comparison(before, after, tuple(changes), tuple(edits))
