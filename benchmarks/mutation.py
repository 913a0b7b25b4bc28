"""How much of what can go wrong in an answer set the tests see: `python benchmarks/mutation.py`.

Copies of the bundled pack are edited, each in one of nine ways that damage it, by a seed. Those that change no reply
are left out. Of the others it is told for how many `dimchat test` fails, and for how many changed replies
`dimchat diff` names the right class and, first, the right file and line. Where an edit was made is noted by what makes
it; the right class comes from the replies themselves.

The calibration stays in force in all copies but the one whose floor is lowered, as if tuning had found the same.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pages
from damage import KINDS, Copy

from dimchat.dialogue import Assistant
from dimchat.errors import CaseError, PackError
from dimchat.index.prebuilt import fit
from dimchat.model import Context
from dimchat.pack import find_pack, load_pack
from dimchat.quality import CASES_FOLDER, differences, load_items, run_items
from dimchat.quality.compare import Opened, compared, described, snapshot
from dimchat.quality.compare.parts import parts_of
from dimchat.quality.compare.snapshot import questions_of
from dimchat.quality.runner import Talk

if TYPE_CHECKING:
    from damage import Spot

    from dimchat.dialogue import Explanation
    from dimchat.match import Matcher
    from dimchat.model import Pack, Reply
    from dimchat.quality.compare import Snapshot
    from dimchat.quality.compare.snapshot import Key, Question

SEED = 8
EACH = 4
AIM_FAILS, AIM_CLASSED = 0.70, 0.95
_FRESH = Context()


class Base(NamedTuple):
    """The pack as it is."""

    root: Path
    pack: Pack
    matcher: Matcher
    snapshot: Snapshot
    replies: dict[Key, Reply]
    met: dict[Key, bool]


class Once:
    """An assistant that answers the same message in the same context once, since every part of this asks the same."""

    def __init__(self, assistant: Assistant) -> None:
        """Wrap an assistant."""
        self.pack = assistant.pack
        self._assistant = assistant
        self._known: dict[tuple[str, Context], tuple[Reply, Context, Explanation]] = {}

    def study(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context, Explanation]:
        """Do what `Assistant.study` does."""
        key = (text, context)
        if key not in self._known:
            self._known[key] = self._assistant.study(text, context)
        return self._known[key]

    def ask(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context]:
        """Do what `Assistant.ask` does."""
        return self.study(text, context)[:2]

    def explain(self, text: str, context: Context = _FRESH) -> Explanation:
        """Do what `Assistant.explain` does."""
        return self.study(text, context)[2]


@dataclass
class Result:
    """What became of one copy."""

    kinds: list[str]
    failed: bool = False
    changed: int = 0
    told: int = 0
    """Changes and edits that `diff` tells."""
    classed: int = 0
    placed: int = 0
    right: int = 0
    """Replies with the right class and the right place."""
    by_class: dict[str, int] = field(default_factory=dict)
    spots: set[Spot] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    """What the comparison got wrong, for who reads along."""


_base: Base | None = None


def base() -> Base:
    """Return the pack as it is, asked once in each process."""
    global _base  # noqa: PLW0603 - each process learns the pack once
    if _base is None:
        root = find_pack(None)
        pack = load_pack(root)
        matcher = fit(pack)
        side = _opened(root, pack, matcher)
        replies, met = asked(side)
        _base = Base(root, pack, matcher, snapshot(side), replies, met)
    return _base


def _opened(root: Path, pack: Pack, matcher: Matcher) -> Opened:
    parts = parts_of(pack)
    questions, vain = questions_of(root, pack, parts)
    assistant: Any = Once(Assistant(pack, matcher))
    return Opened(str(root), pack, assistant, parts, questions, vain)


def asked(side: Opened, more: dict[Key, Question] | None = None) -> tuple[dict[Key, Reply], dict[Key, bool]]:
    """Return the replies to everything, and whether what was expected came; by no code of the comparison."""
    talk = Talk(side.assistant)
    replies, met = {}, {}
    for key, question in {**(more or {}), **side.questions}.items():
        reply, _ = side.assistant.ask(question.item.ask, talk.after(question.item.after))
        replies[key] = reply
        met[key] = not any(differences(question.item.expect, reply))
    return replies, met


def shown(reply: Reply) -> tuple[object, ...]:
    """Return what a person sees of a reply."""
    return reply._replace(confidence=0.0, topic=None, aspect=None)


def right_class(old: Reply, new: Reply, met: tuple[bool, bool]) -> set[str]:
    """Return the classes that fit two replies that differ."""
    if met[0] != met[1]:
        return {"regression" if met[0] else "improvement"}
    return {_decided(old, new) if _decision(old) != _decision(new) else _worded(old, new)}


def _decision(reply: Reply) -> tuple[object, ...]:
    return reply.kind, reply.intents, reply.about, reply.outside, reply.options


def _decided(old: Reply, new: Reply) -> str:
    answered = ("answer", "smalltalk", "safety")
    if new.kind == "decline" and old.kind != "decline":
        return "newly-declined"
    return "newly-answered" if new.kind in answered and old.kind not in answered else "other"


def _worded(old: Reply, new: Reply) -> str:
    def said(text: str | None) -> list[str]:
        return re.findall(r"[\w$%]+", re.sub(r"\[\d+\]", " ", text or ""))

    if any(said(a) != said(b) for a, b in ((old.text, new.text), (old.short, new.short))):
        return "reworded"
    same = (old.citations, old.text, old.short) == (new.citations, new.text, new.short)
    return "other" if same else "sources-changed"


def judged(number: int, kinds: list[str], seed: int) -> Result:
    """Edit a copy, run the tests on it, compare it with the pack as it is, and judge both.

    Args:
        number: Of the copy; with the seed it decides on the edits.
        kinds: What to do to it; nothing for an untouched copy.
        seed: Of all copies.
    """
    whole = base()
    for attempt in range(20):
        with tempfile.TemporaryDirectory() as folder:
            copy = Copy(whole.root, Path(folder))
            spots: set[Spot] = set()
            for kind in kinds:
                rng = random.Random(f"{seed} {number} {kind} {attempt}")  # noqa: S311 - a reproducible choice, no secret
                spots |= KINDS[kind](copy, whole.pack if len(kinds) == 1 else load_pack(copy.root), rng)
            copy.settle()
            try:
                pack = load_pack(copy.root)
            except PackError:
                continue
            return _measured(copy.root, pack, kinds, spots)
    raise RuntimeError(f"no copy can be loaded: {kinds}")


def _measured(root: Path, pack: Pack, kinds: list[str], spots: set[Spot]) -> Result:
    whole = base()
    same = pack.learning_digest == whole.pack.learning_digest
    matcher = (whole.matcher if same else fit(pack)).with_calibration(pack.calibration)
    side = _opened(root, pack, matcher)
    result = Result(kinds, spots=spots)
    try:
        items = load_items((root / CASES_FOLDER,), root, pack)
        result.failed = not all(outcome.ok for outcome in run_items(items, side.assistant))
    except CaseError:
        result.failed = True
    replies, met = asked(side, dict(whole.snapshot.questions))
    comparison = compared(whole.snapshot, side)
    result.told = len(comparison.changes) + len(comparison.edits)
    found = {change.question.key: change for change in comparison.changes}
    for key, old in whole.replies.items():
        new = replies[key]
        if shown(old) == shown(new):
            continue
        result.changed += 1
        change = found.get(key)
        right = right_class(old, new, (whole.met[key], met[key]))
        name = change.sort if change else "missed"
        result.by_class[name] = result.by_class.get(name, 0) + 1
        classed = change is not None and change.sort in right
        place = change.causes[0].edit.place if change and change.causes else None
        placed = place is not None and (place.file, place.line) in spots
        result.classed += classed
        result.placed += placed
        result.right += classed and placed
        if not (classed and placed):
            cause = change.causes[0].edit if change and change.causes else None
            where = f"{cause.place.file}:{cause.place.line} {described(cause)}" if cause else "no cause"
            result.wrong.append(
                f"{key.origin} {key.ask!r}: {old.kind} {old.intents} -> {new.kind} {new.intents}, "
                f"{name}, should be {right}; {where}"
            )
    return result


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--each", type=int, default=EACH, help="copies of each kind")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="show N that diff gets wrong, of each copy")
    options = parser.parse_args()
    singles = [list[str](), *([kind] for _ in range(options.each) for kind in KINDS)]
    os.environ["PYTHONSAFEPATH"] = "1"  # what starts next does not look for modules in the current folder
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as executor:
        tasks = [executor.submit(judged, number, kinds, options.seed) for number, kinds in enumerate(singles)]
        results = []
        for task in tasks:
            results.append(task.result())
            print(f"{len(results)} of {len(tasks)}: {_line(results[-1])}", file=sys.stderr, flush=True)
            for line in results[-1].wrong[: options.wrong]:
                print(f"  {line}", file=sys.stderr)
    print(section(results))


def _line(result: Result) -> str:
    return (
        f"{', '.join(result.kinds) or 'untouched'}: {'fails' if result.failed else 'passes'}, "
        f"{result.changed} changed, {result.classed} classed, {result.placed} placed, {result.by_class}"
    )


def section(results: list[Result]) -> str:
    """Return the tables over all copies."""
    rows = []
    for kind in KINDS:
        own = [result for result in results if result.kinds == [kind] and result.changed]
        left_out = sum(result.kinds == [kind] and not result.changed for result in results)
        changed = sum(result.changed for result in own)
        rows.append(
            (
                kind,
                str(len(own)),
                str(left_out),
                f"{sum(result.failed for result in own)}",
                str(changed),
                _percent(sum(result.classed for result in own), changed),
                _percent(sum(result.placed for result in own), changed),
                _percent(sum(result.right for result in own), changed),
            )
        )
    used = [result for result in results if result.changed and result.kinds]
    untouched = [result for result in results if not result.kinds]
    clean = not any(result.changed or result.told or result.failed for result in untouched)
    changed = sum(result.changed for result in used)
    fails = sum(result.failed for result in used) / max(len(used), 1)
    right = sum(result.right for result in used) / max(changed, 1)
    whole = sum(result.right == result.changed for result in used) / max(len(used), 1)
    seen = "no change, no edit" if clean else "changes"
    head = ("edit", "copies", "left out", "`test` fails", "replies changed", "class right", "line right", "both right")
    aims = [
        (
            f"`dimchat test` fails for {AIM_FAILS:.0%} of the copies",
            f"{fails:.1%}",
            pages.verdict(reached=fails >= AIM_FAILS),
        ),
        (
            f"`dimchat diff` is right about class, file and line of {AIM_CLASSED:.0%} of the changed replies",
            f"{right:.1%}",
            pages.verdict(reached=right >= AIM_CLASSED),
        ),
        (
            f"... and about every changed reply of {AIM_CLASSED:.0%} of the copies",
            f"{whole:.1%}",
            pages.verdict(reached=whole >= AIM_CLASSED),
        ),
        ("an untouched copy gives no change", seen, pages.verdict(reached=clean)),
    ]
    return f"{pages.table(head, rows)}\n\n{pages.table(('aim', 'measured', ''), aims)}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


if __name__ == "__main__":
    main()
