"""A pack while somebody edits it: what an edit broke, and what it moved.

Files are read, what changed of them is learnt, and questions are asked again, the pack's cases and its titles: first
those that have to do with the edit, then the others a few at a time, so that whoever watches can look for the next edit
in between.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import PackError
from dimchat.index.prebuilt import learnt_now, opened_from
from dimchat.language.citations import citations
from dimchat.pack.digest import without_places
from dimchat.pack.folder import fingerprint_of, learnt_from, names_of, read_all
from dimchat.pack.load import Inspected, Kept
from dimchat.pack.rules import Report
from dimchat.quality.cases import Expectation, Item, advise_cases, case_files, case_name, read_items
from dimchat.quality.near_duplicates import inspect_phrases
from dimchat.quality.runner import Talk, judged, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dimchat.dialogue import Assistant
    from dimchat.index.prebuilt import Opened
    from dimchat.model import Answer, Intent, Pack, Problem, Reply, Source
    from dimchat.quality.runner import Outcome

Key = tuple[str, ...]
TITLE = "title"
"""What the key of a title begins with; that of a case begins with its file."""
_NEAR, _FAR = 1, 2


class Moved(NamedTuple):
    """A reply that is another one now, or a case that is judged otherwise."""

    before: Outcome | None
    """None for a case that is new."""
    after: Outcome

    @property
    def verdict(self) -> bool:
        """Return whether it is judged otherwise, or is new and fails."""
        return not self.after.ok if self.before is None else self.before.ok != self.after.ok

    @property
    def decision(self) -> bool:
        """Return whether something else is answered or offered."""
        return self.before is not None and _decision(self.before.reply) != _decision(self.after.reply)


class Side(NamedTuple):
    """A state of a pack with its questions, ready to be asked."""

    opened: Opened
    items: dict[Key, Item]
    assistant: Assistant
    talk: Talk

    def judged(self, key: Key) -> Outcome:
        """Ask one question."""
        return judged(self.items[key], self.talk)


class Watched:
    """A pack that is being edited; the last state that could be loaded is in force."""

    def __init__(self, root: Path, as_of: date) -> None:
        """Read nothing yet.

        Args:
            root: The folder of the pack.
            as_of: The day on which reviews may have expired.
        """
        self.root, self._as_of = root, as_of
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the pack in force, as far as it was worked out."""
        self.outcomes: dict[Key, Outcome] = {}
        """What each case and title came to when it was last asked."""
        self._kept = Kept()
        self._cases: tuple[str, dict[Key, Item], Report] = ("", {}, Report())
        self._read: tuple[Inspected, Pack] | None = None
        self._side: Side | None = None
        self._was: dict[Key, Side] = {}
        """For questions that were not asked before an edit: whom to ask what came then."""
        self._queue: list[Key] = []
        """What is still to be asked, the first last."""
        self._first = 0
        """How many of these have to do with the edit."""

    @property
    def pack(self) -> Pack | None:
        """Return the pack in force; None as long as none could be loaded."""
        return self._side.opened.pack if self._side else None

    @property
    def assistant(self) -> Assistant:
        """Return what answers from the pack in force.

        Raises:
            RuntimeError: There is none.
        """
        if self._side is None:
            raise RuntimeError("no pack is in force")
        return self._side.assistant

    @property
    def cases(self) -> list[Outcome]:
        """Return what the cases came to that were asked."""
        return [outcome for key, outcome in self.outcomes.items() if key[0] != TITLE]

    @property
    def waiting(self) -> int:
        """Return how many questions are still to be asked."""
        return len(self._queue)

    def files(self) -> Iterator[str]:
        """Yield the names of the files that count, whatever is wrong with them."""
        report = Report()
        yield from names_of(self.root, report)
        yield from (case_name(file, self.root) for file in case_files((), self.root, report))

    def read(self) -> tuple[Problem, ...]:
        """Read the files, and return the errors that keep them from being the pack in force; () for none."""
        self._read = None
        try:
            found = Inspected(self.root)
        except PackError as error:
            return error.problems
        if found.pack is None:
            return found.errors
        self._read = found, found.pack
        return self._case_items(*self._read)[1].errors

    @property
    def learns(self) -> bool:
        """Return whether what was read must be learnt anew, which takes longest."""
        return self._read is not None and (
            self.pack is None or self.pack.learning_digest != self._read[1].learning_digest
        )

    def take(self) -> int:
        """Let what was read be in force, and return how many questions have to do with what changed."""
        if self._read is None:
            return 0
        pack, before = self._read[1], self._side
        items = self._case_items(*self._read)[0]
        opened = (before.opened.edited(pack) or learnt_now(pack)) if before else opened_from(pack)
        assistant = opened.assistant()
        self._side = Side(opened, items, assistant, Talk(assistant))
        ids, every = touched(before.opened.pack, pack) if before else (frozenset(), True)
        waiting = set(self._queue)
        ranks: dict[Key, int] = {}
        for key, item in items.items():
            other = before is not None and not _same(item, before.items.get(key))
            asked = self.outcomes.get(key)
            near = asked is not None and not ids.isdisjoint(_named(asked.reply))
            rank = (
                0 if other or not ids.isdisjoint((item.expect.intent, *item.expect.also)) else _NEAR if near else _FAR
            )
            if rank < _FAR or every or key in waiting:
                ranks[key] = rank
                if before and key in before.items and key not in self.outcomes:
                    self._was.setdefault(key, before)
        self._queue = sorted(ranks, key=ranks.__getitem__)[::-1]
        self._first = sum(rank < _FAR for rank in ranks.values())
        self.outcomes = {key: outcome for key, outcome in self.outcomes.items() if key in items}
        self._was = {key: side for key, side in self._was.items() if key in items}
        return self._first

    def ask(self, seconds: float, *, first: bool = False) -> list[Moved]:
        """Ask what waits, as long as that takes no longer, and return what moved.

        Args:
            seconds: How long; one question at least is asked.
            first: Whether to ask only what has to do with the edit.
        """
        until = time.monotonic() + seconds
        moved: list[Moved] = []
        while self._side and self._queue and (self._first > 0 or not first):
            key = self._queue.pop()
            self._first -= 1
            was = self._was.pop(key, None)
            before = was.judged(key) if was else self.outcomes.get(key)
            after = self.outcomes[key] = self._side.judged(key)
            if before is not None and (before.ok != after.ok or _shown(before.reply) != _shown(after.reply)):
                moved.append(Moved(before, after))
            elif before is None and not after.ok and key[0] != TITLE:
                moved.append(Moved(None, after))
            if time.monotonic() >= until:
                break
        return moved

    def warn(self) -> tuple[list[Problem], list[Problem]]:
        """Work out all that is wrong with what was read, and return what is new of it and what is gone."""
        if self._read is None:
            return [], []
        found, pack = self._read
        fingerprint = learnt_from(found.contents)
        report = Report()
        report.extend(self._kept.of("phrases", fingerprint, lambda: inspect_phrases(pack)))
        items, faults = self._case_items(found, pack)
        report.extend(faults.problems)
        cases = [item for key, item in items.items() if key[0] != TITLE]
        advise_cases(cases, self.root, pack, report, found.rulings.limits["few-cases"])
        before = self.problems
        self.problems = (*found.problems(self._as_of, self._kept), *found.rulings.applied(report.problems))
        return _without(self.problems, before), _without(before, self.problems)

    def _case_items(self, found: Inspected, pack: Pack) -> tuple[dict[Key, Item], Report]:
        """Return the cases and titles to ask, and what is wrong with the cases; read anew where that can differ."""
        report = Report()
        names = [case_name(file, self.root) for file in case_files((), self.root, report)]
        others = {
            name: data for name, data in found.contents.items() if name in _NAMED or not name.startswith("answers/")
        }
        held = fingerprint_of({**read_all(self.root, names, report), **others})
        if held != self._cases[0]:
            report = Report()
            items: dict[Key, Item] = {}
            for item in read_items((), self.root, pack, report):
                items[_free(key_of(item), items)] = item
            for one in pack.own:
                items[TITLE, one.id] = _title(one)
            self._cases = held, items, report
        return self._cases[1:]


_NAMED = ("answers/sources.yaml", "answers/values.yaml")
"""Files whose ids cases may name."""


def touched(old: Pack, new: Pack) -> tuple[frozenset[str], bool]:
    """Return the ids of what is said or found otherwise in another state, and whether any reply may differ."""
    if old.digest == new.digest:
        return frozenset(), False
    ids = _differing(_asked(old), _asked(new)) | _differing(_records(old.answers), _records(new.answers))
    ids |= _differing(dict(old.texts), dict(new.texts))
    sources = _differing(_records(old.sources), _records(new.sources))
    tables = _differing(old.table, new.table)
    sources |= {new.table[name].source for name in tables if name in new.table}
    for answer in new.answers if sources or tables else ():
        if not sources.isdisjoint(_cited(answer)) or (answer.table is not None and answer.table.name in tables):
            ids.add(answer.id)
    return frozenset(ids), _frame(old) != _frame(new)


def _frame(pack: Pack) -> tuple[object, ...]:
    """Return what any reply may hang on."""
    return (
        *(pack.learning_digest, pack.calibration, pack.title, pack.language, pack.default_topic, pack.elsewhere),
        *(pack.contact, pack.words, pack.readers, pack.sure, [without_places(one) for one in pack.categories]),
        [(one.id, one.title, one.cues, one.unless) for one in pack.intents if one.lent],
        [(one.id, one.title, [line.text for line in one.phrases]) for one in pack.general],
    )


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


def _records(some: Iterable[Answer | Source]) -> dict[str, object]:
    return {one.id: without_places(one) for one in some}


def _asked(pack: Pack) -> dict[str, object]:
    """Return by id what leads to intents and outside groups, and on from them."""
    found: dict[str, object] = {one.id: [one.title, [line.text for line in one.phrases]] for one in pack.outside}
    for one in pack.own:
        lines = [[line.text for line in some] for some in (one.phrases, one.not_)]
        found[one.id] = [one.title, *lines, one.cues, one.unless, one.next, one.follows, one.category]
    return found


def _cited(answer: Answer) -> set[str]:
    pairs = (answer.overview or (), *answer.wordings, *(one[-2:] for one in answer.variants))
    texts = (answer.short, answer.text, *chain.from_iterable(pairs))
    return {one.source for text in texts for one in citations(text)}


def _title(one: Intent) -> Item:
    return Item(one.place, one.title, Expectation(intent=one.id))


def _free(key: Key, taken: dict[Key, Item]) -> Key:
    while key in taken:
        key = (*key, "")
    return key


def _same(item: Item, other: Item | None) -> bool:
    """Return whether two items ask and expect the same, wherever they stand."""
    return other is not None and replace(item, place=other.place) == other


def _named(reply: Reply) -> set[str]:
    """Return all ids that a reply names."""
    offered = [one.intent for one in reply.options] + [one.intent for one in reply.suggestions]
    return {*reply.intents, *offered, *(one for one in (reply.about, reply.outside) if one)}


def _decision(reply: Reply) -> tuple[object, ...]:
    return reply.kind, reply.intents, reply.about, reply.outside, tuple(one.intent for one in reply.options)


def _shown(reply: Reply) -> tuple[object, ...]:
    """Return all of a reply that a person sees."""
    return _decision(reply), reply.short, reply.text, reply.citations, reply.options, reply.suggestions


def _without(problems: Iterable[Problem], others: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are not among others, wherever these stand in their file."""
    known = Counter((one.rule, one.place.file, one.message) for one in others)
    left = []
    for one in problems:
        key = (one.rule, one.place.file, one.message)
        if known[key]:
            known[key] -= 1
        else:
            left.append(one)
    return left
