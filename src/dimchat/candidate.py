"""The results of a matcher, with their reasons; `dimchat.model` exports them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable

How = Literal["same", "stem", "misspelt", "synonym", "filler", "unknown"]
"""A word that was learnt; one with the stem of such a word; one that was put right; one that is read as another or has
a meaning that was learnt; one that carries no weight; one that nothing is known of."""


class Word(NamedTuple):
    """How one word of a question was read."""

    text: str
    """As it was asked, normalised."""
    read_as: str
    """The word that it was taken for; the same where it was taken as it is."""
    how: How
    """By what."""
    weight: float
    """What it added to the candidate's score, of either sign; 0 for filler and unknown words."""


class Candidate:
    """An intent, or an outside group, with its score, and with the evidence for it, which is worked out on demand.

    >>> Candidate("manager.pay", 0.8, 1.5, 0.6, "what do managers earn")._replace(confidence=0.5).confidence
    0.5
    """

    __slots__ = ("_evidence", "confidence", "intent", "margin", "score")

    def __init__(  # noqa: PLR0917 - in the order of what it holds
        self, intent: str, confidence: float, score: float, margin: float, phrase: str, words: tuple[Word, ...] = ()
    ) -> None:
        """Take what is known.

        Args:
            intent: The id.
            confidence: How often such a match is right, 0 to 1.
            score: What the matcher adds up; only differences within one question say something.
            margin: The confidence minus that of the best other candidate, -1 to 1 (never above 0 below the first).
            phrase: The learnt phrase that is most like the question.
            words: How each word of the question was read, and what it added to the score.
        """
        self.intent: Final = intent
        self.confidence: Final = confidence
        self.score: Final = score
        self.margin: Final = margin
        self._evidence: Callable[[str], tuple[str, tuple[Word, ...]]] = lambda _: (phrase, words)

    def _asdict(self) -> dict[str, Any]:
        """Return all that it holds by name, as named tuples do."""
        fields = ("intent", "confidence", "score", "margin", "phrase", "words")
        return {name: getattr(self, name) for name in fields}

    def _replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any of the fields
        """Return the candidate with some fields replaced, as named tuples do."""
        return type(self)(**self._asdict() | changes)

    @classmethod
    def of(
        cls,
        intent: str,
        confidence: float,
        score: float,
        margin: float,
        evidence: Callable[[str], tuple[str, tuple[Word, ...]]],
    ) -> Self:
        """Return a candidate whose phrase and words are worked out when they are first asked for.

        Args:
            intent: As for a candidate made by hand, like the next three.
            confidence: 0 to 1.
            score: Only differences within one question say something.
            margin: -1 to 1.
            evidence: Tells the phrase and the words by the intent, the same ones every time.
        """
        self = cls(intent, confidence, score, margin, "")
        self._evidence = evidence
        return self

    @property
    def phrase(self) -> str:
        """Return the learnt phrase that is most like the question."""
        return self._evidence(self.intent)[0]

    @property
    def words(self) -> tuple[Word, ...]:
        """Return how each word of the question was read, and what it added."""
        return self._evidence(self.intent)[1]

    def __reduce__(self) -> tuple[type[Candidate], tuple[object, ...]]:
        """Return what makes the same one again, all of it known."""
        return type(self), (self.intent, self.confidence, self.score, self.margin, *self._evidence(self.intent))

    def __eq__(self, other: object) -> bool:
        """Return whether another candidate says the same."""
        return isinstance(other, Candidate) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        """Return what equal candidates share."""
        return hash((self.intent, self.confidence, self.score, self.margin))

    def __repr__(self) -> str:
        """Return all that it says."""
        return f"Candidate{self.__reduce__()[1]!r}"
