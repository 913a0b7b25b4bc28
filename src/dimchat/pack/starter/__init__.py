"""The safety starter: what every pack says in an emergency, unless it has words of its own for that.

What finds it lies beside this module in the ordinary syntax of a pack; what it says is in the catalogue of the pack's
language. Both are merged where a pack is loaded. Nothing of it is learnt: a few phrases of danger beside a small pack
would draw in whatever is told in the same tone, and every version of them would ask for a new calibration.
"""

from __future__ import annotations

import re
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.files.yaml import MapNode
from dimchat.model import STARTER
from dimchat.pack.from_files import draft_of
from dimchat.pack.rules import Report
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.model import Intent, Place
    from dimchat.pack.draft import Draft
    from dimchat.wording import Catalogue

FOLDER = Path(__file__).parent
_SET = re.compile("<([a-z_]+)>")
_FILES = ("intents/vocabulary.yaml", "intents/safety.yaml")

NUMBERS = {
    "AT": ("112", "142"),
    "AU": ("000", "13 11 14"),
    "CA": ("911", "988"),
    "CH": ("112", "143"),
    "DE": ("112", "0800 111 0 111"),
    "ES": ("112", "024"),
    "FR": ("112", "3114"),
    "GB": ("999", "116 123"),
    "IE": ("112", "116 123"),
    "NL": ("112", "113"),
    "NZ": ("111", "1737"),
    "US": ("911", "988"),
}
"""By country: the emergency number, and that of a line for people in a crisis."""


class Starter(NamedTuple):
    """The entries of the starter that a pack gets."""

    intents: tuple[Intent, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()


def starter_for(draft: Draft) -> Starter:
    """Return what of the starter a pack has no intent of its own for; nothing where pack.yaml switches it off.

    Args:
        draft: The pack.
    """
    if draft.head is None or draft.head.string("safety") == "off":
        return Starter()
    words = catalogue_of(draft.head.string("language"))
    marks = _marks(draft.head, words)
    wanted = tuple(_lent(each.intent) for each in _read().intents if each.intent.id not in draft.intent_ids.places)
    return Starter(wanted, tuple((intent.id, _texts(intent.id, words, marks)) for intent in wanted))


def _lent(intent: Intent) -> Intent:
    """Return an intent under the name of the starter's file, with cues that need no set of the vocabulary."""
    sets = dict(_read().vocabulary.sets)

    def written(match: re.Match[str]) -> str:
        return _SET.sub(written, "|".join(sets[match[1]]))

    return intent._replace(
        phrases=tuple(line._replace(place=_named(line.place)) for line in intent.phrases),
        cues=tuple(_SET.sub(written, cue) for cue in intent.cues),
        unless=tuple(_SET.sub(written, cue) for cue in intent.unless),
        place=_named(intent.place),
    )


def _named(place: Place) -> Place:
    return place._replace(file=f"{STARTER}{place.file}")


def _texts(id_: str, words: Catalogue, marks: Mapping[str, str]) -> tuple[str, ...]:
    """Return the wordings of an intent; a paragraph may end with a place that nothing fills."""
    texts = words.texts(f"reply.starter.{id_.partition('.')[2]}", **marks)
    return tuple(text.replace(" \n", "\n") for text in texts)


def _marks(head: MapNode, words: Catalogue) -> dict[str, str]:
    """Return what fills the places of the starter's texts."""
    emergency = head.get("emergency")
    if not isinstance(emergency, MapNode):
        numbers = ("reply.emergency.any", "reply.emergency.any_crisis")
        return {"emergency": words(numbers[0]), "crisis": words(numbers[1]), "elsewhere": ""}
    country = emergency.string("country")
    first, *others = [node.text for node in emergency.texts("numbers")] or NUMBERS[country]
    named = words(f"reply.country.{country}") if country in NUMBERS else ""
    return {
        "emergency": first,
        "crisis": _either(others, words) if others else words("reply.emergency.same"),
        "elsewhere": words("reply.emergency.of", country=named) if named else words("reply.emergency.here"),
    }


def _either(numbers: Sequence[str], words: Catalogue) -> str:
    return reduce(lambda one, other: words("reply.emergency.or", one=one, other=other), numbers)


@cache
def _read() -> Draft:
    report = Report()
    contents = {name: (FOLDER / name).read_bytes() for name in _FILES}
    return draft_of(contents, contents, report)
