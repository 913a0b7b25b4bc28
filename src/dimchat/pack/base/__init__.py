"""The base under every pack: what each of them needs whatever it is about, unless it has words of its own for that.

A base lies beside this module for each language, in the ordinary syntax of a pack; what it says is in the catalogue of
that language. It is merged where a pack is loaded. Its safety is found by cues alone and not learnt: a few phrases of
danger beside a small pack would draw in whatever is told in the same tone. Its lines from outside are learnt with the
pack's own, but for those that have a word in common with what the pack answers.
"""

from __future__ import annotations

import re
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.files.yaml import MapNode
from dimchat.language.english import FUNCTION_WORDS, PRONOUNS, VAGUE
from dimchat.language.tokens import stem, words
from dimchat.model import BASE
from dimchat.pack.from_files import draft_of
from dimchat.pack.rules import Report
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dimchat.model import Intent, OutsideGroup, Pack, Place
    from dimchat.pack.draft import Draft
    from dimchat.wording import Catalogue

FOLDER = Path(__file__).parent
LANGUAGES = ("en",)
"""Those that have a base, by ISO 639."""
_SET = re.compile("<([a-z_]+)>")
_FILES = ("intents/vocabulary.yaml", "intents/safety.yaml", "intents/outside.yaml")

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


_IDLE = FUNCTION_WORDS | VAGUE | PRONOUNS


class Base(NamedTuple):
    """The entries of the base that a pack gets."""

    intents: tuple[Intent, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outside: tuple[OutsideGroup, ...] = ()


def base_under(draft: Draft, before: Pack | None = None) -> Base:
    """Return what of the base a pack has nothing of its own for.

    Args:
        draft: The pack. Where its pack.yaml switches safety off, that is left out.
        before: The pack as it was before an edit that changed nothing of what the base hangs on, if it is known.
    """
    if before is not None:
        lent = {one.id: one for one in before.intents if one.lent}
        return Base((*lent.values(),), tuple(text for text in before.texts if text[0] in lent), before.general)
    if draft.head is None:
        return Base()
    spoken = draft.head.string("language").partition("-")[0].lower()
    given = _read(spoken if spoken in LANGUAGES else "en")
    outside = given.outside if spoken in LANGUAGES else []
    own = draft.intent_ids.places
    wanted: tuple[Intent, ...] = ()
    if draft.head.string("safety") != "off":
        wanted = tuple(_lent(one.intent, given) for one in given.intents if one.intent.id not in own)
    says = catalogue_of(draft.head.string("language"))
    marks = _marks(draft.head, says)
    return Base(
        wanted,
        tuple((intent.id, _texts(intent.id, says, marks)) for intent in wanted),
        yielding([group for group in outside if group.id not in draft.outside_ids.places], _told(draft)),
    )


def yielding(groups: Iterable[OutsideGroup], lines: Iterable[str]) -> tuple[OutsideGroup, ...]:
    """Return groups without the lines that have a word of content in common with what a pack answers.

    Args:
        groups: Of the base.
        lines: What people ask the pack.
    """
    held = _roots("\n".join(lines))  # each word once, however many lines have it
    left = (
        group._replace(
            phrases=tuple(
                line._replace(place=_named(line.place)) for line in group.phrases if held.isdisjoint(_roots(line.text))
            ),
            place=_named(group.place),
        )
        for group in groups
    )
    return tuple(group for group in left if group.phrases)


def outside_of(language: str) -> tuple[OutsideGroup, ...]:
    """Return the lines from outside that are general in a language; none where it has no base."""
    return tuple(_read(language).outside) if language in LANGUAGES else ()


def _told(draft: Draft) -> Iterable[str]:
    for entry in draft.intents:
        yield entry.intent.title
        yield from (line.text for line in entry.intent.phrases)
    for topic in draft.vocabulary.topics:
        yield from topic.names
    for aspect in draft.vocabulary.aspects:
        yield from aspect.cues


def _roots(text: str) -> set[str]:
    return {stem(word) for word in {*words(text)} - _IDLE}


def _lent(intent: Intent, given: Draft) -> Intent:
    """Return an intent under the name of the base's file, with cues that need no set of the vocabulary."""
    sets = dict(given.vocabulary.sets)

    def written(match: re.Match[str]) -> str:
        return _SET.sub(written, "|".join(sets[match[1]]))

    return intent._replace(
        phrases=tuple(line._replace(place=_named(line.place)) for line in intent.phrases),
        cues=tuple(_SET.sub(written, cue) for cue in intent.cues),
        unless=tuple(_SET.sub(written, cue) for cue in intent.unless),
        place=_named(intent.place),
    )


def _named(place: Place) -> Place:
    return place._replace(file=f"{BASE}{place.file}")


def _texts(id_: str, says: Catalogue, marks: Mapping[str, str]) -> tuple[str, ...]:
    """Return the wordings of an intent; a paragraph may end with a place that nothing fills."""
    texts = says.texts(f"reply.base.{id_}", **marks)
    return tuple(text.replace(" \n", "\n") for text in texts)


def _marks(head: MapNode, says: Catalogue) -> dict[str, str]:
    """Return what fills the places of the base's texts."""
    emergency = head.get("emergency")
    if not isinstance(emergency, MapNode):
        numbers = ("reply.emergency.any", "reply.emergency.any_crisis")
        return {"emergency": says(numbers[0]), "crisis": says(numbers[1]), "elsewhere": ""}
    country = emergency.string("country")
    first, *others = [node.text for node in emergency.texts("numbers")] or NUMBERS[country]
    named = says(f"reply.country.{country}") if country in NUMBERS else ""
    return {
        "emergency": first,
        "crisis": _either(others, says) if others else says("reply.emergency.same"),
        "elsewhere": says("reply.emergency.of", country=named) if named else says("reply.emergency.here"),
    }


def _either(numbers: Sequence[str], says: Catalogue) -> str:
    return reduce(lambda one, other: says("reply.emergency.or", one=one, other=other), numbers)


@cache
def _read(language: str) -> Draft:
    """Return the base of a language."""
    report = Report()
    contents = {name: (FOLDER / language / name).read_bytes() for name in _FILES}
    return draft_of(contents, contents, report)
