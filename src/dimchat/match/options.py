"""The settings of a matcher as one value, saved with it.

All were chosen by trial on the validation splits of public data sets (docs/benchmarks.md), unless a field says
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.language.tongue import ENGLISH, code_of, tongue_of

if TYPE_CHECKING:
    from collections.abc import Mapping


MEANING = ("words", "regression", "nearest", "constant", "odds", "lead")
"""The numbers of a calibration's `meaning`: what the three scores of `match.meaning` weigh, and the curve. One that a
calibration does not have is 0."""


class Options(NamedTuple):
    """How a matcher reads, learns, ranks, and says how sure it is.

    >>> Options(letters=0.0).letters
    0.0
    """

    language: str = ENGLISH
    """Whose endings and small words count, see `language.tongue`."""
    spelling_shortest: int = 4
    """Words of fewer letters have too many neighbours to be put right."""
    spelling_long: int = 8
    """From so many letters on, two edits are forgiven, else one."""
    denied: int = 3
    """How many words with content a negation reaches. B. Pang et al. ("Thumbs up?", EMNLP 2002) mark all up to the next
    punctuation; what people ask has none, so that the reach is bounded."""

    terms: float = 1.0
    """What the view of words' stems, and of what they stand for, weighs; as a length, like the next three."""
    letters: float = 1.0
    """What runs of letters weigh."""
    pairs: float = 0.5
    """What pairs of neighbouring terms weigh."""
    meanings: float = 0.8
    """What meanings of words weigh."""
    many_phrases: int = 3000
    """From more phrases on, pairs and runs of letters that were seen once are left out."""
    most_weights: int = 40_000_000
    """How many numbers the linear layer may have, about; rarer features give way to it."""

    penalty: float = 1.0
    """What an error costs beside the size of the weights: the C of support vector machines."""
    intercept: float = -1.5
    """The score of every class for which nothing speaks."""
    epochs: tuple[int, int, int] = (10, 6, 3)
    """How often the rows are gone through: where there are up to 2,000, up to 6,000, or more."""
    bayes: float = 0.5
    """The spread of the naive Bayes weights in terms of the machine's."""
    smoothing: float = 0.1
    """Added to every count of naive Bayes, in terms of their mean (additive smoothing, G. J. Lidstone, 1920)."""
    names_joined: int = 3
    """How many names of a topic are joined with its aspects' cues, to lines that are learnt beside the phrases."""
    cues_joined: int = 20
    """How many cues of an aspect are joined with its topics' names."""
    joined_trust: float = 0.1
    """How much such a line counts beside a phrase that a person wrote."""

    half_covered: float = 0.3
    """So many phrases of a class would cover a term by half: one covers it by 0.77. As BM25 lets the counts of a term
    saturate (S. E. Robertson and S. Walker, "Some simple effective approximations to the 2-Poisson model", SIGIR
    1994)."""
    misspelt_covered: float = 0.25
    """What a word that was put right counts in the coverage."""
    sharpness: float = 6.0
    """What a score is multiplied by before it is an exponent of the odds."""
    rivals: int = 13
    """How many of the best classes share the odds, however many are asked for."""
    most_content: int = 6
    """More words of content than this count as this many in the confidence."""
    most_strange: int = 4
    """More unknown terms than this count as this many."""
    coefficients: tuple[float, ...] = (-2.0, 3.0, 4.0, 0.2, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)
    """What makes a confidence of `scores.Measures`, the constant first, where no encoder was asked for and no
    calibration says better: only those that `calibrate` fits, and those of the prior, say how often a match is
    right."""

    ridge: float = 0.05
    """What the square of a coefficient costs, by two, when a calibration is fitted."""
    rounds: int = 3
    """How often a calibration holds the lines out, spread differently each time: the cheapest cut lies in a flat
    valley, and one round alone leaves to chance where."""
    harder: float = 2.0
    """How many times better the odds are that a new question is matched rightly than that a held-out phrase of the same
    confidence is. The phrases of a pack are gathered to be unlike each other, and many are there because they were once
    matched wrongly. For the bundled pack, 486 questions by people who had not seen its phrases put this between 2 and
    3; the lower is the careful one. Confidences do not use it, so they are on the low side; only the cut does."""
    encoder: bool = True
    """Whether `Matcher.fit` has the encoder read the lines, some 3 ms each, where that reads the language; else
    words alone decide. An index brings the vectors of a pack's lines itself."""
    meaning_below: float = 0.9
    """Where words are less sure than this, the encoder is asked what the text means. On questions by other authors
    words that are surer are right in 99 of 100, and more than half of all questions are decided by them."""
    prior_lines: float = 100.0
    """As many lines that were asked the prior weighs as, when a calibration is fitted."""
    own_lines: int = 300
    """From so many lines that were asked on, floor and margin are a pack's own; with fewer they lie between the prior's
    and its own, in proportion."""
    least_floor: float = 0.3
    """No floor is set below this, however little a wrong answer costs."""
    meaning_harder: float = 3.0
    """What `harder` is where meaning is asked: the lines gain less from it than questions by other authors do."""
    meaning_floor: float = 0.5
    """No floor is set below this where meaning is asked: what is as likely wrong as right is better offered."""
    author_lines: int = 300
    """From so many lines of intents on whose authors are named, a calibration is fitted to these alone, each held out
    with all others of its author. New questions are then no easier; `harder`, or `meaning_harder`, is left to the
    lines from outside, which are gathered to be near the pack."""
    as_good: float = 0.02
    """Cuts whose cost is within this share of the least are as good: the lines are too few to tell them apart."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the options that `_asdict` and JSON made a mapping of.

        Raises:
            ValueError: A field is missing, unknown, or of another type than its default.
        """
        found = [tuple(value) if isinstance(value, list) else value for value in map(data.get, cls._fields)]
        if len(data) != len(found) or [_kind(value) for value in found] != [_kind(value) for value in DEFAULT]:
            raise ValueError("these are no options of a matcher")
        return cls._make(found)


def _kind(value: object) -> object:
    return [type(one) for one in value] if isinstance(value, tuple) else type(value)


DEFAULT = Options()
"""The options of a matcher that is given none."""


def options_for(language: str) -> Options:
    """Return the options of a matcher for texts in a language: where no meanings are known, they weigh nothing.

    Args:
        language: A BCP 47 tag.

    >>> options_for("es").meanings, options_for("en") == DEFAULT
    (0.0, True)
    """
    code = code_of(language)
    meanings = DEFAULT.meanings if tongue_of(code).has_meanings else 0.0
    return DEFAULT._replace(language=code, meanings=meanings)
