"""The matcher: learns phrases, ranks intents for a text, and says why."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from dimchat.errors import IndexFileError
from dimchat.files import container, disk
from dimchat.language import senses
from dimchat.language.tokens import normalise
from dimchat.language.tongue import ENGLISH
from dimchat.match.evidence import Evidence, Phrases
from dimchat.match.features import Features, Parameters, check
from dimchat.match.options import DEFAULT, Options
from dimchat.match.prior import weights
from dimchat.match.ranking import Ranking, best_of
from dimchat.match.reader import ASPECT, TOPIC, Reader, content
from dimchat.match.scores import Found, Measures, Scores, confidence, log_odds, logs, rounded
from dimchat.model import Calibration, Candidate

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.match.features import Spelt
    from dimchat.match.lessons import Taught
    from dimchat.match.linear import Floats, Places
    from dimchat.match.meaning import Meaning, Ranked
    from dimchat.match.ranking import Sums
    from dimchat.match.reader import Reading
    from dimchat.model import Vocabulary

KIND = "matcher"
"""What the container of a saved matcher says that it holds."""
FORMAT = 5
"""Rises when what is saved changes."""


class Matcher:
    """Ranks intents for a text by what it learnt from phrases, whatever it was asked before.

    Formulas and their sources: `features` and `linear` for scores, `confidence` for what is made of them.
    """

    def __init__(
        self,
        options: Options,
        reader: Reader,
        features: Features,
        learnt: Parameters,
        calibration: Calibration | None = None,
        *,
        meaning: Meaning | None = None,
    ) -> None:
        """Take the parts; `fit` and `load` make them.

        Args:
            options: What it was learnt with.
            reader: How words are read.
            features: What goes into the linear layer.
            learnt: The layer and the phrases, fitting the features as `features.check` wants it.
            calibration: What scores are worth, see `prior.weights`.
            meaning: What the vectors of its lines taught; it is not asked where a calibration weighs words alone.
        """
        self.options = options
        """What it was learnt with."""
        self._reader = reader
        self._features = features
        self._learnt = learnt
        self._weights, self._blend = weights(calibration, learnt, options, meaning=meaning is not None)
        self._ranking = Ranking(features, learnt, options)
        self._phrases = Phrases(learnt, features.weights)
        self._plain = frozenset(learnt.plain)
        self._outside = learnt.is_outside.tolist()
        self._topics = Counter(name.partition(".")[0] for name in learnt.classes)
        self._aspects = Counter(name.partition(".")[2] for name in learnt.classes)
        self.calibration = calibration
        """What turns scores into confidences; None for the matcher's own way."""
        self.meaning = meaning
        """What the vectors of its lines taught; None where words alone decide."""
        self.fault: str | None = None
        """Why meaning could not be asked about the last text, though it should have been; words decided instead."""

    @classmethod
    def fit(
        cls,
        phrases: Sequence[str],
        intents: Sequence[str],
        *,
        outside: Mapping[str, Sequence[str]] | None = None,
        not_: Mapping[str, Sequence[str]] | None = None,
        vocabulary: Vocabulary | None = None,
        options: Options = DEFAULT,
    ) -> Self:
        """Return a matcher that has learnt phrases.

        Args:
            phrases: What people type.
            intents: The intent of each phrase.
            outside: Group to lines: groups compete with the intents, and no intent must win their lines.
            not_: Intent to near misses: negative for that intent alone. One without phrases is passed over.
            vocabulary: Topics, aspects, synonyms and filler.
            options: How it reads, learns and ranks; saved with it. By default the encoder reads English lines as well.

        Raises:
            ValueError: `phrases` and `intents` are not equally long.
            IndexFileError: The dictionary of meanings is damaged, or the encoder.

        >>> phrases = ["what do managers earn", "salary of a manager", "which exam must I pass", "how hard is the exam"]
        >>> matcher = Matcher.fit(phrases, ["pay", "pay", "exam", "exam"])
        >>> matcher.intents
        ('exam', 'pay')
        >>> [candidate.intent for candidate in matcher.rank("manger salery")]
        ['pay', 'exam']
        """
        from dimchat.match.lessons import Lessons, in_order  # noqa: PLC0415 - answering from an index does without

        lessons = Lessons(phrases, intents, outside=outside, not_=not_, vocabulary=vocabulary, options=options)
        self = cls.of(next(lessons.learn([np.ones(len(lessons.lines), bool)])))
        self._ranking.remember(lessons.pieces())
        if not (options.encoder and options.language == ENGLISH and phrases):
            return self
        from dimchat.match.encoder import digest, encoder  # noqa: PLC0415 - words alone do without

        lines = (normalise(text) for _, text in in_order(phrases, intents, outside))
        return self.with_meaning(encoder().encode(list(lines)), digest())

    @classmethod
    def of(cls, taught: Taught) -> Self:
        """Return a matcher that knows what was learnt."""
        return cls(taught.options, taught.reader, taught.features, taught.learnt)

    def with_calibration(self, calibration: Calibration | None) -> Self:
        """Return the same matcher with other confidences; None for the matcher's own, see `Options.coefficients`."""
        return type(self)(self.options, self._reader, self._features, self._learnt, calibration, meaning=self.meaning)

    def with_meaning(self, vectors: NDArray[np.int8] | None, encoder: str = "") -> Self:
        """Return the same matcher with what the vectors of its lines teach; None for words alone.

        Args:
            vectors: Of the lines that it learnt, class by class as `lessons.in_order` has them.
            encoder: The digest of the encoder that made them.

        Raises:
            ValueError: There are more or fewer vectors than lines.
        """
        if vectors is None:
            return type(self)(self.options, self._reader, self._features, self._learnt, self.calibration)
        from dimchat.match.meaning import Meaning  # noqa: PLC0415 - only what learns needs it

        if len(vectors) != int(self._learnt.first[-1]):
            raise ValueError("there must be a vector for each line that was learnt")
        own = Meaning.learn(vectors, np.asarray(self._learnt.first[:-1], np.intp), encoder)
        return type(self)(self.options, self._reader, self._features, self._learnt, self.calibration, meaning=own)

    def to_bytes(self) -> bytes:
        """Return the matcher as data, for `from_bytes`."""
        small = {
            "format": FORMAT,
            "options": self.options._asdict(),
            "reader": self._reader.data(),
            "classes": self._learnt.classes,
            "plain": self._learnt.plain,
            "terms": list(self._features.terms),
            "strange": self._features.strange,
            "senses": senses.digest(),
            "calibration": None if self.calibration is None else list(self.calibration),
            "encoder": self.meaning.encoder if self.meaning is not None else None,
        }
        arrays = {name: getattr(self._learnt, name) for name in Parameters._fields if name not in ("classes", "plain")}
        arrays |= {"keys": self._features.keys, "idf": self._features.weights}
        return container.write(KIND, small, arrays if self.meaning is None else {**arrays, **self.meaning.arrays()})

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """Return the matcher that `to_bytes` described.

        Args:
            data: Its bytes.

        Raises:
            IndexFileError: They are damaged, foreign, of another version, or learnt with another dictionary of
                meanings.
        """
        small, arrays = container.read(KIND, data)
        try:
            if small.get("format") != FORMAT:
                raise IndexFileError("The index is of another version.")
            if small["senses"] != senses.digest():
                raise IndexFileError("The index was learnt with another dictionary of meanings.")
            options = Options.from_data(small["options"])
            reader = Reader.from_data(small["reader"], options)
            features = Features(small["terms"], arrays.pop("keys"), arrays.pop("idf"), float(small["strange"]))
            meaning, encoder = None, small["encoder"]
            if encoder is not None:
                from dimchat.match.meaning import Meaning  # noqa: PLC0415 - words alone do without

                held = {name: arrays.pop(name) for name in list(arrays) if name.startswith("meaning_")}
                meaning = Meaning.from_arrays(held, str(encoder), len(small["classes"]))
            learnt = Parameters(small["classes"], small["plain"], **arrays)
            calibration = None
            if small["calibration"] is not None:
                floor, margin, weights, digest, found, *named = small["calibration"]
                pairs = tuple((str(name), str(value)) for name, value in found)
                numbers = (tuple((str(name), float(value)) for name, value in held) for held in named)
                calibration = Calibration(floor, margin, tuple(map(float, weights)), digest, pairs, *numbers)
            check(features, learnt)
            return cls(options, reader, features, learnt, calibration, meaning=meaning)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise IndexFileError("The index is damaged: its parts do not fit together.") from error

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the matcher to a file, whole or not at all.

        Args:
            path: The file; its folder must be there.

        Raises:
            OSError: It cannot be written; what was there before still is.

        >>> from tempfile import TemporaryDirectory
        >>> matcher = Matcher.fit(["what do managers earn"], ["pay"])
        >>> with TemporaryDirectory() as folder:
        ...     matcher.save(f"{folder}/pay.matcher")
        ...     Matcher.load(f"{folder}/pay.matcher").intents
        ('pay',)
        """
        disk.write(Path(path), self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Return the matcher that `save` wrote.

        Args:
            path: The file.

        Raises:
            IndexFileError: It cannot be read, or as for `from_bytes`.
        """
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise IndexFileError(f"The index cannot be read: {error.strerror}.") from error
        return cls.from_bytes(data)

    @property
    def intents(self) -> tuple[str, ...]:
        """Return the ids that can be ranked, sorted, outside groups included."""
        return tuple(self._learnt.classes)

    def rank(self, text: str, limit: int = 5) -> list[Candidate]:
        """Return the intents and outside groups that fit a text, best first.

        Numbers are told to four places. No candidate is surer than the one before it, whatever its measures say: own,
        so that scores and confidences have one order.

        Args:
            text: Anything a person may have typed.
            limit: How many at most.

        Returns:
            At most `limit` of them, 0 or more; an empty list where nothing of the text is known or `limit` is below 1.

        >>> matcher = Matcher.fit(["what do managers earn", "which exam must I pass"], ["pay", "exam"])
        >>> best = matcher.rank("is the examn hard")[0]
        >>> best.intent, best.phrase
        ('exam', 'which exam must I pass')
        >>> [(word.text, word.read_as) for word in best.words if word.how == "misspelt"]
        [('examn', 'exam')]
        """
        self.fault, found = None, self.find(text, limit)
        if found is None:
            return []
        sure = [found.share * confidence(one, self._weights) for one in found.measures]
        order, scores = found.order, [one.score for one in found.measures]
        meaning = self.meaning if self._blend else None
        likest = None
        if meaning is not None and round(sure[0], 3) < self.options.meaning_below:
            joined = self._by_meaning(meaning, found, max(limit, 2))
            if joined is not None:
                order, scores, sure, likest = joined
        least = list(itertools.accumulate(sure, min))
        evidence = Evidence(self._phrases, self._ranking, found.reading, found.sums, likest).of
        rival = least[1] if len(least) > 1 else 0.0
        result = []
        for column, own, score in zip(order[:limit], least, scores, strict=False):
            name = self._learnt.classes[column]
            result.append(Candidate.of(name, rounded(own), rounded(score), rounded(own - rival), evidence))
            rival = least[0]
        return result

    def _by_meaning(self, meaning: Meaning, found: Found, n: int) -> Ranked | None:
        """Return the best classes by words and meaning; None where `fault` says why there are none."""
        from dimchat.match.meaning import ranked  # noqa: PLC0415 - most questions are decided by words

        try:
            return ranked(meaning, found, self._blend, n)
        except IndexFileError as error:
            self.fault = str(error)
            return None

    def score_all(self, text: str, *, meaning: bool = False) -> Scores | None:
        """Return what a text adds up to for every class, or None where it has no words or nothing was learnt.

        Args:
            text: Anything a person may have typed.
            meaning: Whether the encoder is asked as well, if there is one.
        """
        reading = self._reader.read(text)
        if not reading.owners or not self._learnt.classes:
            return None
        sums = self._ranking.sums(reading)
        scores = Scores.of(sums, [token.text for token in reading.tokens])
        own = self.meaning if meaning and self._blend else None
        if own is None or not sums.known:
            return scores if own is None else scores._replace(meant=scores.logs)
        from dimchat.match.meaning import scored  # noqa: PLC0415 - most questions are decided by words

        try:
            return scores._replace(meant=logs(scored(own, reading, sums.scores, self._blend)[1]))
        except IndexFileError as error:
            self.fault = str(error)
            return scores

    def find(self, text: str, limit: int) -> Found | None:
        """Return a text against all classes, or None where nothing of it is known, or `limit` is below 1.

        Args:
            text: Anything a person may have typed.
            limit: How many classes to measure; below two, two are.
        """
        if limit < 1 or not self._learnt.classes:
            return None
        reading = self._reader.read(text)
        return self._measured(reading, self._ranking.sums(reading), limit) if reading.owners else None

    def find_features(self, reading: Reading, one: Spelt, features: Places, values: Floats) -> Found | None:
        """Return the result of `find` for one class, up to rounding, of a text that was already read.

        Args:
            reading: How its words are read.
            one: What the reading is made of.
            features: Those that were learnt.
            values: Parallel, each view brought to the length that it weighs.
        """
        if not self._learnt.classes or not reading.owners:
            return None
        return self._measured(reading, self._ranking.sums_of(one, features, values), 1)

    def _measured(self, reading: Reading, sums: Sums, limit: int) -> Found | None:
        if not sums.known:
            return None
        n_content = content(reading)
        wanted = max(limit, 2)
        order, best = best_of(sums.scores, max(wanted, self.options.rivals))
        odds = log_odds(best, wanted, self.options)
        order = order[:wanted]
        covered = self._ranking.coverage(reading, sums, order)
        outside = [self._outside[column] for column in order]
        aspects = {term[1:] for term, _, _ in reading.named if term[0] == ASPECT} if reading.named else ()
        most_content, most_strange = self.options.most_content, self.options.most_strange
        strange = min(sums.strange, most_strange) / most_strange
        known = min(n_content, most_content) / most_content
        length = math.log1p(len(reading.tokens))
        beside = outside[min(1, len(outside) - 1)]
        measures = []
        for place, column in enumerate(order):
            elsewhere = bool(aspects) and aspects != {self._learnt.classes[column].partition(".")[2]}
            first = float(outside[0] if place else beside)
            own = best[place], covered[place], odds[place], float(outside[place]), first
            measures.append(Measures(*own, known, strange, length, float(elsewhere)))
        return Found(reading, order, measures, self._share(reading, n_content), sums)

    def _share(self, reading: Reading, n_content: int) -> float:
        """Return how much of the confidence is left to a text that asks nothing, or names what many intents share.

        A name that `n` intents share leaves 1 / sqrt(n). Own: a name alone is better than a guess, which would be right
        once in `n` times, and worse than a question; this lies half-way between the two on a scale of factors.
        """
        if not n_content:
            return float(" ".join(token.text for token in reading.tokens) in self._plain)
        named = {term for term, _, _ in reading.named}
        if len(named) != 1:
            return 1.0
        inside = {place for _, start, end in reading.named for place in range(start, end)}
        if any(token.content for place, token in enumerate(reading.tokens) if place not in inside):
            return 1.0
        term = named.pop()
        many = (self._topics if term[0] == TOPIC else self._aspects)[term[1:]]
        return float(max(many, 1) ** -0.5)
