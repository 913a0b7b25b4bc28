"""What a matcher knows, in arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dimchat.match.features import Features
    from dimchat.match.linear import Floats


class Parameters(NamedTuple):
    """What a matcher knows, apart from how it reads and what features there are."""

    classes: list[str]
    """Intents and outside groups, sorted."""
    plain: list[str]
    """Phrases without any word of content, such as "why not", normalised: only word for word are they a question."""
    is_outside: NDArray[np.uint8]
    """1 for each class that is an outside group."""
    weights: NDArray[np.int8]
    """The linear layer, features by classes, in steps of `scale`, -127 to 127; see `linear.quantised`."""
    scale: Floats
    """The size of a step, one for each feature."""
    holds: NDArray[np.uint8]
    """How many phrases of a class have a term, terms by classes; at most 255."""
    phrases: NDArray[np.uint8]
    """The text of all phrases in UTF-8, class by class."""
    ends: NDArray[np.int64]
    """The byte of `phrases` where each phrase begins, then the end of the last: one more than there are phrases."""
    first: NDArray[np.int64]
    """The first phrase of each class, then the number of phrases: one more than there are classes."""
    terms: NDArray[np.int32]
    """The terms of all phrases, one after another; one above all others where a phrase has none."""
    starts: NDArray[np.int64]
    """The first of `terms` of each phrase, then their number: one more than there are phrases."""


def check(features: Features, learnt: Parameters) -> None:
    """Make sure that the parts of a matcher fit together, by their shapes.

    Args:
        features: What goes into the linear layer.
        learnt: The rest.

    Raises:
        ValueError: They do not.
    """
    n_features, n_classes, n_terms = len(features), len(learnt.classes), len(features.terms)
    n_phrases = len(learnt.starts) - 1
    fits = (
        len(features.keys) == n_features - n_terms + 1
        and learnt.weights.shape == (n_features, n_classes)
        and learnt.scale.shape == (n_features,)
        and learnt.holds.shape == (n_terms, n_classes)
        and learnt.is_outside.shape == (n_classes,)
        and learnt.ends.shape == (n_phrases + 1,)
        and learnt.first.shape == (n_classes + 1,)
        and learnt.first[-1] == n_phrases
        and learnt.ends[-1] == len(learnt.phrases)
        and learnt.starts[-1] == len(learnt.terms)
    )
    if not fits:
        raise ValueError
