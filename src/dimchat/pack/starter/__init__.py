"""The safety starter: what every pack says in an emergency, unless it has words of its own for that.

It lies beside this module in the ordinary syntax of a pack and is merged where a pack is loaded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.model import STARTER, Intent, Phrase, Place
from dimchat.pack.build import draft_of
from dimchat.pack.phrases import fold
from dimchat.pack.report import Report
from dimchat.pack.tree import MapNode
from dimchat.wording import safety as wording

if TYPE_CHECKING:
    from collections.abc import Collection

    from dimchat.model import Vocabulary
    from dimchat.pack.draft import Draft

FOLDER = Path(__file__).parent
_FILES = ("intents/vocabulary.yaml", "intents/safety.yaml", "answers/safety.yaml")

NUMBERS = {
    "AT": ("Austria", "112", "142"),
    "AU": ("Australia", "000", "13 11 14"),
    "CA": ("Canada", "911", "988"),
    "CH": ("Switzerland", "112", "143"),
    "DE": ("Germany", "112", "0800 111 0 111"),
    "ES": ("Spain", "112", "024"),
    "FR": ("France", "112", "3114"),
    "GB": ("the United Kingdom", "999", "116 123"),
    "IE": ("Ireland", "112", "116 123"),
    "NL": ("the Netherlands", "112", "113"),
    "NZ": ("New Zealand", "111", "1737"),
    "US": ("the United States", "911", "988"),
}
"""By country: its name in a sentence, the emergency number, and that of a line for people in a crisis."""


class Starter(NamedTuple):
    """What a pack gets."""

    intents: tuple[Intent, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def known_to(self, vocabulary: Vocabulary) -> Vocabulary:
        """Return the vocabulary of the pack with the sets that the starter's cues name."""
        return vocabulary._replace(sets=(*vocabulary.sets, *self.sets))


def starter_for(draft: Draft) -> Starter:
    """Return what of the starter a pack has no intent of its own for; nothing where pack.yaml switches it off.

    Args:
        draft: The pack. A phrase that it has itself is its own.
    """
    if draft.head is None or draft.head.string("safety") == "off":
        return Starter()
    given = _read()
    wanted = [entry.intent for entry in given.intents if entry.intent.id not in draft.intent_ids.places]
    if not wanted:
        return Starter()
    taken = {fold(line.text) for entry in draft.intents for line in entry.intent.phrases}
    taken |= {fold(line.text) for group in draft.outside for line in group.phrases}
    marks = _marks(draft.head)
    ids = {intent.id for intent in wanted}
    return Starter(
        tuple(_lent(intent, taken) for intent in wanted),
        tuple(
            (one.id, tuple(node.text.format_map(marks).replace(" \n", "\n").strip("\n") for node in one.texts))
            for one in given.wordings
            if one.id in ids
        ),
        given.vocabulary.sets,
    )


def _lent(intent: Intent, taken: Collection[str]) -> Intent:
    phrases = tuple(Phrase(line.text, _named(line.place)) for line in intent.phrases if fold(line.text) not in taken)
    return intent._replace(phrases=phrases, place=_named(intent.place))


def _named(place: Place) -> Place:
    return place._replace(file=f"{STARTER}{place.file}")


def _marks(head: MapNode) -> dict[str, str]:
    """Return what stands in the starter's texts, and what takes its place."""
    emergency = head.get("emergency")
    if not isinstance(emergency, MapNode):
        return dict(zip(("emergency", "crisis", "elsewhere"), (*wording.ANY_NUMBERS, ""), strict=True))
    country, *known = NUMBERS.get(emergency.string("country"), ("",))
    first, *others = [node.text for node in emergency.texts("numbers")] or known
    return {
        "emergency": first,
        "crisis": wording.OR.join(others) or wording.SAME_NUMBER,
        "elsewhere": wording.NUMBERS_OF.format(country=country) if country else wording.NUMBERS_HERE,
    }


@cache
def _read() -> Draft:
    report = Report()
    contents = {name: (FOLDER / name).read_bytes() for name in _FILES}
    return draft_of(contents, contents, report)
