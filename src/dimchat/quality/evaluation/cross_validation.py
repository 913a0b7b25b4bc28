"""Cross-validation: each phrase is asked of a matcher that has not learnt it, and what comes is scored."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from dimchat.dialogue import Assistant
from dimchat.errors import UsageError
from dimchat.files import pool
from dimchat.index.prebuilt import lessons
from dimchat.language.tokens import normalise
from dimchat.match import Matcher, Options
from dimchat.match.lessons import Lessons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.dialogue import Ranker
    from dimchat.model import Kind, Pack, Place

Method = Literal["folds", "each", "exact", "author"]
"""`folds`: so many parts, all lines of one author in the same. `each`: one line of every intent at a time, and of a
large outside group two or three. `exact`: one line at a time. `author`: all lines of one author at a time;
lines without an author are not asked then."""
_TOGETHER = 8
"""So many parts are held out side by side, each from a matcher of its own."""
OWN = ""
"""The name of dimchat's own matcher."""


class Line(NamedTuple):
    """A phrase of an intent or of an outside group."""

    text: str
    owner: str
    place: Place
    inside: bool
    """Whether it belongs to an intent."""
    by: str = ""
    """Who worded it, where the pack says so."""


class Answered(NamedTuple):
    """The result for a line, by a matcher that had not learnt it."""

    line: Line
    best: str
    """The intent or group that was ranked first; empty where nothing was."""
    confidence: float
    margin: float
    outside: bool
    """Whether an outside group was ranked first."""
    kind: Kind
    """Of the reply."""
    replied: tuple[str, ...]
    """The ids of the reply."""
    offered: tuple[str, ...]

    @property
    def ranked_rightly(self) -> bool:
        """Return whether the first rank is the line's own; an outside line may be ranked under any outside group."""
        return self.best == self.line.owner or (not self.line.inside and (self.outside or not self.best))

    @property
    def verdict(self) -> str:
        """Return `right`, `offered`, `silent` or `wrong`, by the reply; outside, all but an answer is right."""
        if not self.line.inside:
            return "wrong" if self.kind == "answer" else "right"
        if self.replied:
            return "right" if self.line.owner in self.replied else "wrong"
        return "offered" if self.line.owner in self.offered else "silent"


def lines_of(pack: Pack) -> list[Line]:
    """Return the phrases of a pack and its outside lines, in file order; titles are no questions."""
    inside = [Line(line.text, one.id, line.place, True, line.by) for one in pack.own for line in one.phrases]  # noqa: FBT003
    return inside + [Line(line.text, one.id, line.place, False) for one in pack.outside for line in one.phrases]  # noqa: FBT003


def parts(lines: Sequence[Line], method: Method, folds: int, seed: int) -> list[list[int]]:
    """Return which lines, by number, are held out together; `folds` counts for the method of this name alone."""
    turn: dict[tuple[str, str], int] = {}
    used: dict[str, int] = {}
    shuffled = list(range(len(lines)))
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a reproducible division, no secret
    for at in shuffled:
        owner = lines[at].owner
        # The same words twice in an intent go together, or the one would give the other away.
        if (owner, normalise(lines[at].text)) not in turn:
            turn[owner, normalise(lines[at].text)] = used.get(owner, len(used))
            used[owner] = used.get(owner, len(used)) + 1
    authors = sorted({line.by for line in lines} - {""})
    if method == "author":
        return [[at for at, line in enumerate(lines) if line.by == name] for name in authors]
    if method == "exact":
        alone: dict[tuple[str, str], list[int]] = {}
        for at, line in enumerate(lines):
            alone.setdefault((line.owner, normalise(line.text)), []).append(at)
        return list(alone.values())
    first = {owner: place for place, owner in enumerate(used)}
    inside = {line.owner for line in lines if line.inside}
    most = max((count - first[owner] for owner, count in used.items() if owner in inside), default=1)
    number = folds if method == "folds" else most
    held: list[list[int]] = [[] for _ in range(number)]
    for at, line in enumerate(lines):
        if line.by and method == "folds":
            held[authors.index(line.by) % number].append(at)
            continue
        held[turn[line.owner, normalise(line.text)] % number].append(at)
    return [part for part in held if part]


def without(pack: Pack, held: Iterable[Line]) -> Pack:
    """Return a pack that lacks lines, and titles that say the same as one of them."""
    gone: dict[str, set[str]] = {}
    for line in held:
        gone.setdefault(line.owner, set()).add(normalise(line.text))
    intents = []
    for one in pack.intents:
        missing = gone.get(one.id, set())
        kept = tuple(line for line in one.phrases if normalise(line.text) not in missing)
        title = "" if normalise(one.title) in missing else one.title
        intents.append(one._replace(phrases=kept, title=title))
    groups = [
        one._replace(phrases=tuple(line for line in one.phrases if normalise(line.text) not in gone.get(one.id, set())))
        for one in pack.outside
    ]
    return replace(pack, intents=tuple(intents), outside=tuple(groups))


def fitted(pack: Pack, matcher: str = OWN) -> Ranker:
    """Return a matcher that learnt a pack: `OWN`, or another one that `module:function` makes as `Matcher.fit` does.

    Raises:
        UsageError: There is no such function, or what it makes ranks nothing.
    """
    learnt = lessons(pack)
    kept = [at for at, text in enumerate(learnt["phrases"]) if text]
    learnt["phrases"] = [learnt["phrases"][at] for at in kept]
    learnt["intents"] = [learnt["intents"][at] for at in kept]
    if matcher == OWN:
        return Matcher.fit(**learnt).with_calibration(pack.calibration)
    made: Any = maker(matcher)(**learnt)
    if not callable(getattr(made, "rank", None)):
        raise UsageError(f"{matcher} returned {type(made).__name__}, which has no method 'rank'")
    ranker: Ranker = made
    return ranker


def maker(matcher: str) -> Any:  # noqa: ANN401 - a function of anybody's
    """Return the function that `module:function` names.

    Raises:
        UsageError: There is none.
    """
    module, colon, name = matcher.partition(":")
    if not (module and colon and name):
        raise UsageError(f"{matcher!r} is not of the form module:function")
    try:
        found = import_module(module)
    except ImportError as error:
        raise UsageError(f"the module {module!r} cannot be imported: {error}") from error
    made = getattr(found, name, None)
    if not callable(made):
        raise UsageError(f"the module {module!r} has no function {name!r}")
    return made


def held_out(
    pack: Pack,
    *,
    method: Method = "folds",
    folds: int = 5,
    seed: int = 0,
    matcher: str = OWN,
    jobs: int = 1,
    only: Sequence[Line] | None = None,
) -> Iterator[list[Answered]]:
    """Yield, part by part, what was made of the lines that were held out.

    Args:
        pack: The answer set.
        method: How lines are held out.
        folds: In how many parts, for the method of this name.
        seed: Which line goes into which part.
        matcher: As `fitted` takes it.
        jobs: How many processes share the parts.
        only: The lines to ask, all that are divided by default.
    """
    lines = lines_of(pack)
    wanted = None if only is None else set(only)
    work = [
        [lines[at] for at in part if wanted is None or lines[at] in wanted]
        for part in parts(lines, method, folds, seed)
    ]
    work = [part for part in work if part]
    # Always the same ones together: what is learnt beside a part moves its numbers by what rounding does.
    together = [work[start : start + _TOGETHER] for start in range(0, len(work), _TOGETHER)]
    yield from chain.from_iterable(pool.shared(partial(_asked, pack, matcher), together, jobs=jobs))


def _asked(pack: Pack, matcher: str, parts_: Sequence[Sequence[Line]]) -> list[list[Answered]]:
    """Return what is made of each part by those who learnt the others."""
    known = [without(pack, held) for held in parts_]
    rankers = _side_by_side(pack, parts_) if matcher == OWN else (fitted(one, matcher) for one in known)
    return [_answered(one, ranker, held) for one, ranker, held in zip(known, rankers, parts_, strict=True)]


def _side_by_side(pack: Pack, parts_: Iterable[Sequence[Line]]) -> Iterator[Ranker]:
    """Yield for each part the result of `fitted` for the pack without it, up to rounding."""
    taught = Lessons(**lessons(pack))
    said = [(name, normalise(text)) for name, text in taught.lines]
    gone = [{(line.owner, normalise(line.text)) for line in held} for held in parts_]
    vectors, encoder = None, ""
    if pack.calibration and pack.calibration.meaning:
        from dimchat.index.vectors import vectors_of  # noqa: PLC0415 - words alone do without

        vectors, encoder = vectors_of([text for _, text in taught.lines], Path(pack.root))
    kept = [np.array([line not in missing for line in said], bool) for missing in gone]
    for learnt, one in zip(kept, taught.learn(kept), strict=True):
        matcher = Matcher.of(one).with_meaning(None if vectors is None else vectors[learnt], encoder)
        yield matcher.with_calibration(pack.calibration)


def _answered(known: Pack, ranker: Ranker, held: Sequence[Line]) -> list[Answered]:
    assistant = Assistant(known, ranker)
    groups = known.outside_group
    result = []
    for line in held:
        best = next(iter(ranker.rank(line.text, 2)), None)
        reply = assistant.ask(line.text)[0]
        result.append(
            Answered(
                line,
                best.intent if best else "",
                best.confidence if best else 0.0,
                best.margin if best else 0.0,
                best is not None and best.intent in groups,
                reply.kind,
                reply.intents,
                tuple(option.intent for option in reply.options),
            )
        )
    return result


class Score(NamedTuple):
    """How well one intent is answered, by the replies."""

    intent: str
    lines: int
    """How many lines of it were asked."""
    right: int
    """How many of them it answered."""
    taken: int
    """How many lines of others it answered: false positives."""

    @property
    def precision(self) -> float:
        """Return which share of what it answered was its own; 1 where it answered nothing."""
        return self.right / (self.right + self.taken) if self.right + self.taken else 1.0

    @property
    def recall(self) -> float:
        """Return which share of its own lines it answered; 1 where it has none."""
        return self.right / self.lines if self.lines else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Confusion(NamedTuple):
    """Lines of one intent or group for which another was ranked first."""

    owner: str
    taken_for: str
    size: int
    answered: int
    """How many of them were even answered so."""
    example: Line


class Cut(NamedTuple):
    """The outcome of all lines under a floor and a margin."""

    floor: float
    margin: float
    right: float
    """The share of the lines of intents that is answered rightly."""
    wrong: float
    """The share of them that is answered wrongly."""
    outside: float
    """The share of the outside lines that is answered."""
    cost: float
    """As `dimchat tune` counts it, for each line."""


def scores(answered: Sequence[Answered]) -> list[Score]:
    """Return the scores of all intents that have lines, by id; a reply with two answers counts for both."""
    lines: Counter[str] = Counter()
    right: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for one in answered:
        if one.line.inside:
            lines[one.line.owner] += 1
        for intent in one.replied:
            (right if intent == one.line.owner else taken)[intent] += 1
    return [Score(intent, lines[intent], right[intent], taken[intent]) for intent in sorted({*lines, *taken})]


def averages(found: Sequence[Score]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1: `macro`, every intent counting the same, and `micro`, every line."""
    if not found:
        return {"macro": (1.0, 1.0, 1.0), "micro": (1.0, 1.0, 1.0)}
    n = len(found)
    whole = Score("", sum(s.lines for s in found), sum(s.right for s in found), sum(s.taken for s in found))
    return {
        "macro": (sum(s.precision for s in found) / n, sum(s.recall for s in found) / n, sum(s.f1 for s in found) / n),
        "micro": (whole.precision, whole.recall, whole.f1),
    }


def confusions(answered: Sequence[Answered]) -> list[Confusion]:
    """Return who is taken for whom, the most frequent first."""
    found: dict[tuple[str, str], list[Answered]] = {}
    for one in answered:
        if not one.ranked_rightly and one.best:
            found.setdefault((one.line.owner, one.best), []).append(one)
    made = []
    for (owner, best), group in found.items():
        surest = max(group, key=lambda one: (one.confidence, one.line.text))
        made.append(Confusion(owner, best, len(group), sum(best in one.replied for one in group), surest.line))
    return sorted(made, key=lambda one: (-one.size, -one.answered, one.owner, one.taken_for))


def histogram(answered: Sequence[Answered], bins: int = 10) -> dict[str, list[int]]:
    """Return how many lines have which confidence, where an intent was ranked first.

    Returns:
        `right`, `wrong` and `outside`: a count for each of so many equal parts of 0 to 1.
    """
    counts = {"right": [0] * bins, "wrong": [0] * bins, "outside": [0] * bins}
    for one in answered:
        if one.outside or not one.best:
            continue
        name = "outside" if not one.line.inside else "right" if one.ranked_rightly else "wrong"
        counts[name][min(int(one.confidence * bins), bins - 1)] += 1
    return counts


def sweep(answered: Sequence[Answered], wrong_cost: float, steps: Sequence[float]) -> list[Cut]:
    """Return what every pair of a floor and a margin would do, by the ranking alone.

    The cost is that of `dimchat tune`: a silent reply to a line of an intent costs 1, a wrong one `wrong_cost`, but
    only half as much more than a silent one, since held-out lines are harder than new questions (`Options.harder`);
    an answer to an outside line costs `wrong_cost`.
    """
    sure = np.array([one.confidence for one in answered])
    margin = np.array([one.margin for one in answered])
    open_ = np.array([bool(one.best) and not one.outside for one in answered], bool)
    inside = np.array([one.line.inside for one in answered], bool)
    right = np.array([one.best == one.line.owner for one in answered], bool)
    n_in, n_out = max(int(inside.sum()), 1), max(int((~inside).sum()), 1)
    gain = np.where(right & inside, 1.0, np.where(inside, (1.0 - wrong_cost) / Options().harder, -wrong_cost))
    made = []
    for floor in steps:
        for least in steps:
            taken = open_ & (sure >= floor) & (margin >= least)
            cost = (float(inside.sum()) - float(gain[taken].sum())) / max(len(answered), 1)
            made.append(
                Cut(
                    floor,
                    least,
                    float((taken & right & inside).sum()) / n_in,
                    float((taken & ~right & inside).sum()) / n_in,
                    float((taken & ~inside).sum()) / n_out,
                    cost,
                )
            )
    return made
