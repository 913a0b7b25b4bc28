"""Lines with their classes, read and taken apart once, to be learnt with or without some of them."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.language.tokens import words
from dimchat.match.course import Course, Rows
from dimchat.match.features import spell_out
from dimchat.match.linear import Examples, Machines, line_key
from dimchat.match.occurrences import bundle, take_apart
from dimchat.match.options import DEFAULT
from dimchat.match.reader import Lexicon, Reader, content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dimchat.match.features import Features, Parameters, Spelt
    from dimchat.match.linear import Flags, Floats, Places
    from dimchat.match.occurrences import Occurrences, Table
    from dimchat.match.options import Options
    from dimchat.match.reader import Piece, Reading
    from dimchat.model import Vocabulary

_ROOM = 1 << 28
"""How many bytes machines that are trained side by side may take, about; one may take more."""


class Held(NamedTuple):
    """A line that was not learnt, as those see it who learnt the others."""

    name: str
    """Its class."""
    reading: Reading
    """How its words are read."""
    spelt: Spelt
    """What the reading is made of."""
    features: Places
    """Those that were learnt."""
    values: Floats
    """Parallel, each view brought to the length that it weighs."""


class Taught(NamedTuple):
    """The parts of a matcher learnt from some of the lines, with the lines that were held out."""

    options: Options
    reader: Reader
    features: Features
    learnt: Parameters
    held: list[Held]
    """The other lines."""


class _Choice(NamedTuple):
    """Some of the lines, before they are taken apart."""

    kept: Flags
    """Which are learnt."""
    reader: Reader
    """Who knows their words."""
    first: int
    """The row of the first of `again`."""
    again: dict[int, tuple[Reading, Spelt]]
    """How the reader reads those of the other lines that have words it does not know."""


class Lessons:
    """The lines to learn from."""

    def __init__(
        self,
        phrases: Sequence[str],
        intents: Sequence[str],
        *,
        outside: Mapping[str, Sequence[str]] | None = None,
        not_: Mapping[str, Sequence[str]] | None = None,
        vocabulary: Vocabulary | None = None,
        options: Options = DEFAULT,
    ) -> None:
        """Read lines.

        Args:
            phrases: What people type.
            intents: The intent of each phrase.
            outside: Group to lines.
            not_: Intent to near misses. One without phrases is passed over.
            vocabulary: Topics, aspects, synonyms and filler.
            options: Of the matchers that learn.

        Raises:
            ValueError: `phrases` and `intents` are not equally long.
        """
        self._options = options
        lines = in_order(phrases, intents, outside)
        self.lines = lines
        """Class and text of each, class by class."""
        names = sorted({name for name, _ in lines})
        number = {name: place for place, name in enumerate(names)}
        near = [(name, line) for name, texts in sorted((not_ or {}).items()) if name in number for line in texts]
        spoken = _spoken(names, vocabulary, options)
        every = lines + spoken + near
        trust = np.ones(len(every), np.float32)
        trust[len(lines) : len(lines) + len(spoken)] = options.joined_trust
        self._rows = Rows(
            len(lines),
            names,
            np.array([number[name] for name, _ in every], np.intp),
            np.arange(len(every)) >= len(lines) + len(spoken),
            trust,
            np.array([line_key(name, text) for name, text in every], np.uint64),
        )
        self.outside = frozenset(outside or ())
        """Which classes are outside groups."""
        self._lexicon = Lexicon.of(vocabulary, options)
        self._words = [words(text) for _, text in every]
        # Who learns fewer lines reads those the same way: all their words are known.
        reader = self._reader(np.ones(len(every), bool))
        self._readings = [reader.read_words(own) for own in self._words]
        self._spelt = [spell_out(one, options) for one in self._readings]
        self._plain = [
            None if content(reading) else " ".join(own)
            for reading, own in zip(self._readings[: len(lines)], self._words, strict=False)
        ]

    def pieces(self) -> Iterator[Piece]:
        """Yield what words say in the lines, the commonest first."""
        found = Counter(piece for one in self._spelt[: len(self.lines)] for piece in one.pieces)
        return (piece for piece, _ in found.most_common())

    def learn(self, kept: Sequence[Flags]) -> Iterator[Taught]:
        """Yield what comes of learning some of the lines, once for each choice of them.

        That is what it would be without the other choices, but for rounding. A class without a line is not there, nor
        are its near misses.

        Args:
            kept: Of each choice, which of `lines` are learnt.

        Raises:
            IndexFileError: The dictionary of meanings is damaged.
        """
        if not kept:
            return
        choices: list[_Choice] = []
        spelt = self._spelt.copy()
        for own in kept:
            reader = self._reader(self._rows.chosen(own)[1])
            readings = {
                line: reader.read_words(self._words[line])
                for line in (~own).nonzero()[0].tolist()
                if not reader.knows(self._readings[line])
            }
            again = {line: (reading, spell_out(reading, self._options)) for line, reading in readings.items()}
            choices.append(_Choice(own, reader, len(spelt), again))
            spelt += [one for _, one in again.values()]
        found = take_apart(spelt, len(self.lines))
        courses = [Course(self._rows, found, one.kept, self._options) for one in choices]
        known = np.logical_or.reduce([one.known for one in courses])
        bundles = bundle(found.table, len(self._words), known)
        each = 4 * (len(bundles.table.rows) + len(self._rows.names) * (len(bundles.first) + len(self._words)))
        # As many at a time as there is room for, but no group much smaller than the others.
        n_groups = -(-len(choices) // max(_ROOM // max(each, 1), 1))
        groups = np.array_split(np.arange(len(choices)), n_groups)
        sizes = len(self._words), len(bundles.first), len(self._rows.names), len(groups[0])
        machines = Machines(*sizes, self._options)
        for group in groups:
            values = np.array([courses[place].values(bundles.table, bundles.first) for place in group])
            weights = machines.train(self._examples(bundles.table, values, [courses[place] for place in group]))
            for number, place in enumerate(group):
                choice, course = choices[place], courses[place]
                lines = choice.kept.nonzero()[0].tolist()
                learnt = course.learnt(
                    weights[:, number],
                    values[number],
                    bundles,
                    texts=[self.lines[line][1] for line in lines],
                    plain=[text for line in lines if (text := self._plain[line]) is not None],
                    outside=self.outside,
                )
                yield Taught(self._options, choice.reader, course.features(), learnt, self._held(choice, course, found))

    def _examples(self, table: Table, values: Floats, courses: Sequence[Course]) -> Examples:
        rows = self._rows
        learns = np.array([course.rows for course in courses])
        return Examples(table.features, values, table.starts, learns, rows.classes, rows.near, rows.trust, rows.keys)

    def _held(self, choice: _Choice, course: Course, found: Occurrences) -> list[Held]:
        lines = (~choice.kept).nonzero()[0].tolist()
        again = {line: choice.first + place for place, line in enumerate(choice.again)}
        table = found.table.pick(np.array([again.get(line, line) for line in lines], np.intp))
        return [
            Held(self.lines[line][0], *(choice.again.get(line) or (self._readings[line], self._spelt[line])), *own)
            for line, own in zip(lines, course.held(table), strict=True)
        ]

    def _reader(self, rows: Flags) -> Reader:
        """Return a reader that knows the words of the vocabulary and of those rows that a person wrote."""
        own = (self._words[row] for row in (rows & (self._rows.trust == 1)).nonzero()[0].tolist())
        known = Counter(chain(self._lexicon.words, chain.from_iterable(own)))
        return Reader(self._lexicon, known, options=self._options)


def in_order(
    phrases: Sequence[str], intents: Sequence[str], outside: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, str]]:
    """Return class and text of each line in the order in which a matcher keeps them: class by class.

    Raises:
        ValueError: `phrases` and `intents` are not equally long.
    """
    lines = list(zip(intents, phrases, strict=True))
    lines += [(group, line) for group, texts in (outside or {}).items() for line in texts]
    return sorted(lines, key=lambda line: line[0])


def _spoken(classes: Sequence[str], vocabulary: Vocabulary | None, options: Options) -> list[tuple[str, str]]:
    """Return what a vocabulary itself says about classes called `topic.aspect`: names put together with cues.

    They teach the linear layer what the words stand for where no phrase happens to join them.
    """
    if vocabulary is None:
        return []
    names = {topic.id: topic.names[: options.names_joined] for topic in vocabulary.topics}
    cues = {aspect.id: aspect.cues[: options.cues_joined] for aspect in vocabulary.aspects}
    return [
        (one, f"{name} {cue}")
        for one in classes
        for name in names.get(one.partition(".")[0], ())
        for cue in cues.get(one.partition(".")[2], ())
    ]
