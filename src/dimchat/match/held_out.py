"""Asking lines of matchers that have not seen them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from dimchat.language.tokens import normalise
from dimchat.match.lessons import Lessons
from dimchat.match.linear import line_key
from dimchat.match.matcher import Matcher
from dimchat.match.options import DEFAULT
from dimchat.match.scores import Measures

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.match.options import Options
    from dimchat.match.scores import Found
    from dimchat.model import Vocabulary

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    _Row = tuple[Measures, Measures, float, bool, bool, bool, bool]

CUT = "…"
"""What a title ends with that was cut short."""
_NOTHING = Measures(*[0.0] * len(Measures._fields))


class Asked(NamedTuple):
    """Held-out lines and what a matcher made of them; all parallel."""

    measures: Floats
    """A row of `Measures` for the best class: lines by measures."""
    second: Floats
    """The same for the one after it; zeros where there is none."""
    share: Floats
    """What the matcher multiplies confidences by, 0 to 1."""
    right: Flags
    """Whether the best class is the line's own, or both are outside groups."""
    silent: Flags
    """Whether an outside group, or nothing, is best."""
    inside: Flags
    """Whether the line belongs to an intent."""
    other: Flags
    """Whether it was worded by an author of whom nothing was learnt, by the encoder neither."""

    def only(self, wanted: Flags) -> Self:
        """Return some of the lines."""
        return type(self)(
            self.measures[wanted],
            self.second[wanted],
            self.share[wanted],
            self.right[wanted],
            self.silent[wanted],
            self.inside[wanted],
            self.other[wanted],
        )

    def telling(self, least: int) -> tuple[Flags, Floats]:
        """Return which lines tell how often a question in somebody else's words is matched rightly; all if in doubt.

        A pack's phrases are siblings: gathered to be unlike each other, by few hands. Where enough lines of intents
        have authors, those alone are telling, and all lines from outside, which count as much beside them as they did.

        Args:
            least: How many lines of intents by authors are enough.

        Returns:
            The flags, and what each of the lines that they choose counts, 0 to 1.
        """
        by_others = self.other & self.inside
        if int(by_others.sum()) < least:
            return np.ones(len(self.right), bool), np.ones(len(self.right))
        wanted = by_others | ~self.inside
        share = float(by_others.sum()) / float(self.inside.sum())
        return wanted, np.where(self.inside, 1.0, share)[wanted]


class Part(NamedTuple):
    """Lines that were held out together."""

    matcher: Matcher
    """Who learnt the others."""
    learnt: Flags
    """Which of all lines it learnt."""
    found: list[Found | None]
    """What it made of each of the lines that it did not; None where it knows nothing of it."""
    asked: Asked
    """The same of those that do not stand apart."""
    counts: Flags
    """Which of `found` these are."""


def cross_fit(
    phrases: Sequence[str],
    intents: Sequence[str],
    *,
    outside: Mapping[str, Sequence[str]] | None = None,
    not_: Mapping[str, Sequence[str]] | None = None,
    vocabulary: Vocabulary | None = None,
    apart: Collection[str] = (),
    authors: Mapping[tuple[str, str], str] | None = None,
    met: Collection[tuple[str, str]] = (),
    folds: int = 5,
    seeds: Sequence[int] = (0,),
    options: Options = DEFAULT,
    watch: Callable[[Part], None] | None = None,
) -> Asked:
    """Return what matchers that have not seen a line make of it, for all lines that do not stand apart.

    M. Stone, "Cross-validatory choice and assessment of statistical predictions", Journal of the Royal Statistical
    Society B 36 (1974). Lines of a class that say the same are held out together: none is asked of who saw its twin.

    Args:
        phrases: As for `calibrate`, like all that follow.
        intents: The intent of each phrase.
        outside: Group to lines.
        not_: Intent to near misses, which are learnt every time and never asked.
        vocabulary: Topics, aspects, synonyms and filler.
        apart: Intents that are learnt but not asked.
        authors: Class and text of a line to who worded it: all lines of one author are held out together.
        met: Class and text of lines that the encoder was tuned on: they are held out too, but are not in others' words.
        folds: How many parts, at least two.
        seeds: Which lines go into which part, once for each: each line is asked as often as there are seeds.
        options: Of the matchers.
        watch: Is handed each part in turn, and what was made of it.

    Raises:
        ValueError: `phrases` and `intents` are not equally long, or there are fewer than two folds.
        IndexFileError: The dictionary of meanings is damaged.
    """
    if folds < 2:  # noqa: PLR2004 - one part would hold out everything
        raise ValueError(f"cannot hold out in {folds} parts: at least two are needed")
    lessons = Lessons(phrases, intents, outside=outside, not_=not_, vocabulary=vocabulary, options=options)
    texts = said(lessons.lines)
    by = [(authors or {}).get(line, "") for line in lessons.lines]
    # A class with one line alone would not be there to be found once that is held out; of outside groups that matters
    # where they are not asked.
    many = Counter(name for name, _ in set(texts))
    asked_of = set(lessons.outside).difference(apart)
    alone = np.array([many[name] == 1 and name not in asked_of for name, _ in texts], bool)
    kept = [
        (part != fold) | alone for part in (_parts(texts, by, folds, seed) for seed in seeds) for fold in range(folds)
    ]
    worded = np.array([bool(name) and line not in met for name, line in zip(by, lessons.lines, strict=True)], bool)
    rows: list[_Row] = []
    for learnt, taught in zip(kept, lessons.learn(kept), strict=True):
        matcher = Matcher.of(taught)
        asked = [line.name not in apart for line in taught.held]
        found = [
            matcher.find_features(line.reading, line.spelt, line.features, line.values) if wanted or watch else None
            for line, wanted in zip(taught.held, asked, strict=True)
        ]
        judged = [
            (*_judged(matcher, one, line.name, lessons.outside), other)
            for line, one, wanted, other in zip(taught.held, found, asked, worded[~learnt].tolist(), strict=True)
            if wanted
        ]
        rows += judged
        if watch is not None:
            watch(Part(matcher, learnt, found, _as_asked(judged), np.array(asked, bool)))
    return _as_asked(rows)


def said(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what each line says, with its class; a title that was cut short says what the line says that begins so."""
    whole: dict[str, list[str]] = {}
    for name, text in lines:
        whole.setdefault(name, []).append(normalise(text))
    result = []
    for name, text in lines:
        own = normalise(text)
        longer = (line for line in whole[name] if line != own and line.startswith(own))
        result.append((name, next(longer, own) if text.endswith(CUT) else own))
    return result


def _as_asked(rows: Sequence[_Row]) -> Asked:
    first, second, share, right, silent, inside, other = zip(*rows, strict=True) if rows else ((),) * 7
    n = len(Measures._fields)
    return Asked(
        np.array(first, float).reshape(-1, n),
        np.array(second, float).reshape(-1, n),
        np.array(share, float),
        np.array(right, bool),
        np.array(silent, bool),
        np.array(inside, bool),
        np.array(other, bool),
    )


def _parts(lines: Sequence[tuple[str, str]], authors: Sequence[str], folds: int, seed: int) -> NDArray[np.intp]:
    """Spread the lines of each class over the folds; the same text, and one author's lines, go into one of them."""
    # By what a line says: one line more or less leaves nearly all the others in their folds.
    named = sorted(set(authors) - {""}, key=lambda name: (line_key(str(seed), name), name))
    fold = {name: turn % folds for turn, name in enumerate(named)}
    shuffled = sorted(lines, key=lambda line: (line_key(f"{seed} {line[0]}", line[1]), line))
    part = {line: fold[by] for line, by in zip(lines, authors, strict=True) if by}
    used: dict[str, int] = {}
    for line in shuffled:
        if line not in part:
            turn = used.get(line[0], line_key(str(seed), line[0]))
            part[line] = turn % folds
            used[line[0]] = turn + 1
    return np.array([part[line] for line in lines], np.intp)


def _judged(
    matcher: Matcher, found: Found | None, name: str, groups: Collection[str]
) -> tuple[Measures, Measures, float, bool, bool, bool]:
    inside = name not in groups
    if found is None:
        return _NOTHING, _NOTHING, 0.0, not inside, True, inside
    best = matcher.intents[found.order[0]]
    silent = best in groups
    right = best == name or (silent and not inside)
    second = found.measures[1] if len(found.measures) > 1 else _NOTHING
    return found.measures[0], second, found.share, right, silent, inside
