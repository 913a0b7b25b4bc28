"""The safety starter: what every pack says in an emergency, unless it has words of its own for that.

It lies beside this module in the ordinary syntax of a pack and is merged where a pack is loaded. Its cues find it, and
nothing of it is learnt: a few phrases of danger beside a small pack would draw in whatever is told in the same tone,
and every version of them would ask for a new calibration.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.files.yaml import MapNode
from dimchat.model import STARTER
from dimchat.pack.from_files import draft_of
from dimchat.pack.rules import Report
from dimchat.wording import safety as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.model import Intent, Place
    from dimchat.pack.draft import Draft

FOLDER = Path(__file__).parent
_SET = re.compile("<([a-z_]+)>")
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


def starter_for(draft: Draft) -> Starter:
    """Return what of the starter a pack has no intent of its own for; nothing where pack.yaml switches it off.

    Args:
        draft: The pack.
    """
    if draft.head is None or draft.head.string("safety") == "off":
        return Starter()
    given, marks = _read(), _marks(draft.head)
    wanted = tuple(_lent(each.intent) for each in given.intents if each.intent.id not in draft.intent_ids.places)
    ids = {intent.id for intent in wanted}
    texts = (
        (one.id, tuple(_filled(node.text, marks) for node in one.texts)) for one in given.wordings if one.id in ids
    )
    return Starter(wanted, tuple(texts))


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


def _filled(text: str, marks: Mapping[str, str]) -> str:
    return text.format_map(marks).replace(" \n", "\n").strip("\n")


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
