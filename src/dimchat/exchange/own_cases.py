"""The cases of an import: what its file holds as tests, and each new answer asked by its own first question."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.exchange.knowledge import Case, Turn
from dimchat.files import disk
from dimchat.files.yaml.edit import Edited
from dimchat.index import open_assistant
from dimchat.model import OUTSIDE, Context
from dimchat.pack.rules.phrases import fold
from dimchat.quality.cases import CASES_FOLDER, load_items
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.dialogue import Assistant
    from dimchat.exchange.importing import Import
    from dimchat.exchange.place import Placed


_LONGEST = 6
"""Questions of a case that leads to an answer by others."""


class Tried(NamedTuple):
    """How many questions of new cases there are, and how many do not get their answer yet."""

    asked: int
    failing: int


def add_cases(planned: Import) -> Tried:
    """Add cases to a pack that was just written; those that fail are marked as known to fail, and counted.

    Raises:
        CaseError: The cases that are there cannot be read.
        UsageError: They are written so that none can be added.
    """
    root = planned.root
    assistant = open_assistant(root)
    there = {(*map(fold, item.after), fold(item.ask)) for item in load_items((), root, assistant.pack)}
    ids = {one.entry.key: one.id for one in planned.merged.placed}
    added = {change.id for change in planned.merged.of_kind("added")}
    placed = {one.id: one for one in planned.merged.placed}
    cases = [Case("", _own(one, placed)) for one in placed.values() if one.id in added and one.stem != OUTSIDE]
    made: dict[str, list[dict[str, Any]]] = defaultdict(list)
    asked = failing = 0
    for case in (*cases, *planned.base.cases):
        before = tuple(fold(turn.ask) for turn in case.turns)
        if before in there or not all(turn.key in ids or not turn.key for turn in case.turns):
            continue
        there.add(before)
        turns = list(_tried(case.turns, ids, assistant))
        asked, failing = asked + len(turns), failing + sum("xfail" in turn for turn in turns)
        stem = _stem(turns)
        if len(turns) > 1:
            made[stem].append({"turns": turns})
        else:
            _put(made[stem], turns[0])
    for stem, entries in made.items():
        path = root / CASES_FOLDER / f"{stem}.yaml"
        file = Edited(path.read_bytes() if path.exists() else b"", f"{CASES_FOLDER}/{stem}.yaml")
        file.append((), entries)
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write(path, file.data)
    return Tried(asked, failing)


def _own(one: Placed, placed: dict[str, Placed]) -> tuple[Turn, ...]:
    """Return its own first question, after those that lead to it where it follows others."""
    path = [one]
    while path[0].follows and len(path) < _LONGEST:
        before = next((placed[name] for name in path[0].follows if name in placed and placed[name] not in path), None)
        if before is None:
            break
        path.insert(0, before)
    return tuple(Turn(turn.phrases[0], turn.entry.key) for turn in path)


def _tried(turns: Iterable[Turn], ids: dict[str, str], assistant: Assistant) -> Iterable[dict[str, Any]]:
    """Yield the turns as cases hold them, each with `xfail` where it does not get its answer."""
    context = Context()
    for turn in turns:
        reply, context = assistant.ask(turn.ask, context)
        made: dict[str, Any] = {"ask": turn.ask}
        if ids.get(turn.key, OUTSIDE).startswith(OUTSIDE):
            made["kind"] = "decline"
            right = reply.kind == "decline"
        else:
            made["intent"] = ids[turn.key]
            right = reply.intents == (ids[turn.key],)
        if not right:
            made["xfail"] = wording.NOT_YET
        yield made


def _stem(turns: list[dict[str, Any]]) -> str:
    first = next((turn["intent"] for turn in turns if "intent" in turn), f"{OUTSIDE}.")
    return str(first).partition(".")[0]


def _put(entries: list[dict[str, Any]], turn: dict[str, Any]) -> None:
    """Add a question to the last case, where that expects the same."""
    expected = {key: value for key, value in turn.items() if key != "ask"}
    if entries and "ask" in entries[-1] and {k: v for k, v in entries[-1].items() if k != "ask"} == expected:
        entries[-1]["ask"].append(turn["ask"])
    else:
        entries.append({**expected, "ask": [turn["ask"]]})
