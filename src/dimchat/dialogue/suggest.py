"""What may be asked next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dimchat.model import Intent, Pack

MOST = 4
FEWEST = 2
_FIRST_ASPECTS = ("overview", "how_to_become", "pay")
"""What most people ask first, of the default topic."""


def after(pack: Pack, ids: Sequence[str], answered: Collection[str]) -> tuple[str, ...]:
    """Return two to four questions after an answer: what the intent names, then its neighbours.

    Args:
        pack: The answer set.
        ids: What was just answered.
        answered: What was answered lately, and is not suggested again.
    """
    intents = [pack.intent[i] for i in ids]
    taken = {*ids, *answered}
    named = (other for intent in reversed(intents) for other in intent.next)
    result = _fresh(named, taken, pack, MOST)
    if len(result) < FEWEST + 1:
        result += _fresh(_neighbours(pack, intents), {*taken, *result}, pack, FEWEST + 1 - len(result))
    return tuple(result)


def starters(pack: Pack, answered: Collection[str] = ()) -> tuple[str, ...]:
    """Return first questions: about the default topic, then one of each category."""
    firsts: dict[str, str] = {}
    for intent in pack.browsable:
        if intent.id not in answered:
            firsts.setdefault(intent.category, intent.id)
    common = [f"{pack.default_topic}.{aspect}" for aspect in _FIRST_ASPECTS]
    return tuple(_fresh([*common, *firsts.values()], answered, pack, MOST))


def nearest(pack: Pack, ranked: Sequence[str], topics: Iterable[str]) -> tuple[str, ...]:
    """Return questions near to one that has no answer: of the topics it names, then by rank, then starters.

    Args:
        pack: The answer set.
        ranked: The intents for which there is evidence, best first.
        topics: What the question names.
    """
    named = set(topics)
    of_topic = [i for i in ranked if pack.intent[i].topic in named]
    of_topic += [intent.id for intent in pack.browsable if intent.topic in named]
    return tuple(dict.fromkeys([*of_topic, *ranked, *starters(pack)]))[: MOST - 1]


def _neighbours(pack: Pack, intents: Sequence[Intent]) -> Iterable[str]:
    for same in ("topic", "aspect", "category"):
        wanted = {getattr(intent, same) for intent in intents}
        yield from (other.id for other in pack.browsable if getattr(other, same) in wanted)


def _fresh(ids: Iterable[str], taken: Collection[str], pack: Pack, most: int) -> list[str]:
    found: list[str] = []
    for i in ids:
        if len(found) == most:
            break
        if i not in taken and i not in found and i in pack.answer:
            found.append(i)
    return found
