"""The base under every pack: what each of them needs whatever it is about, unless it has words of its own for that.

A base lies beside this module for each language, in the ordinary syntax of a pack; what it says is in the catalogue of
that language. It is merged where a pack is loaded. Its safety is found by cues alone, and small talk by phrases and
cues; neither is learnt: a few phrases of danger beside a small pack would draw in whatever is told in the same tone.
Its lines from outside are learnt with the pack's own, but for those that have a word in common with what it answers.
"""

from __future__ import annotations

import re
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.files.yaml import MapNode
from dimchat.language.english import PRONOUNS, VAGUE
from dimchat.language.tokens import words
from dimchat.language.tongue import tongue_of
from dimchat.model import BASE, CONVERSATION, SAFETY
from dimchat.pack.from_files import draft_of
from dimchat.pack.rules import Report
from dimchat.wording import BASE_LANGUAGES, base_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dimchat.language.tongue import Tongue
    from dimchat.model import Intent, OutsideGroup, Pack, Place
    from dimchat.pack.draft import Draft
    from dimchat.wording import Catalogue

FOLDER = Path(__file__).parent
_SAID = {CONVERSATION: "base.conversation.", SAFETY: "base.safety."}
"""Where the texts of a group are in the catalogue."""
_SET = re.compile("<([a-z_]+)>")
_FILES = tuple(f"intents/{name}.yaml" for name in ("vocabulary", "conversation", "safety", "outside"))

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


class Base(NamedTuple):
    """The entries of the base that a pack gets."""

    intents: tuple[Intent, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outside: tuple[OutsideGroup, ...] = ()
    every: tuple[Intent, ...] = ()
    """Those of `intents`, and those that the pack has itself."""

    def cued(self, intent: Intent) -> Intent:
        """Return an intent of the pack, with the cues of the base where it has none."""
        given = next((one for one in self.every if one.id == intent.id), None)
        if given is None or intent.cues or intent.unless:
            return intent
        return intent._replace(cues=given.cues, unless=given.unless)


def base_under(draft: Draft, before: Pack | None = None) -> Base:
    """Return what of the base a pack has nothing of its own for.

    Args:
        draft: The pack. Where its pack.yaml switches safety off, that is left out, and so is what it does `without`. In
            a language that has no base, the safety of English stands.
        before: The pack as it was before an edit that changed nothing of what the base hangs on, if it is known.
    """
    return Base() if draft.head is None else _base(draft.head, draft.head.string("language"), draft, before)


def base_in(draft: Draft, code: str) -> Base:
    """Return what of the base a pack has nothing of its own for in a further language.

    Args:
        draft: The pack, as for `base_under`.
        code: The language.
    """
    return Base() if draft.head is None else _base(draft.head, code, draft.others[code], None)


def _base(head: MapNode, language: str, said: Draft, before: Pack | None) -> Base:
    """Return what of the base of a language is missing in what a pack says in it."""
    says = base_catalogue(language)
    lent: tuple[Intent, ...] = ()
    if before is not None:
        wanted, outside = tuple(intent for intent in before.intents if intent.lent), before.general
    else:
        given = _read(says.language)
        spoken = language.partition("-")[0].lower() == says.language
        unwanted = {node.text for node in head.texts("without")}
        groups = {SAFETY: head.string("safety") != "off", CONVERSATION: spoken}
        every = [one.intent for one in given.intents if groups[one.intent.category] and one.intent.id not in unwanted]
        lent = tuple(_lent(one, given) for one in every)
        wanted = tuple(one for one in lent if one.id not in said.intent_ids.places)
        taken = {*unwanted, *said.outside_ids.places}
        left = [group for group in given.outside if spoken and group.id not in taken]
        outside = yielding(left, _told(said), language)
    marks = _marks(head, says)
    texts = tuple((one.id, _texts(one.id, says, marks)) for one in wanted if one.id not in said.wording_ids.places)
    return Base(wanted, texts, outside, lent)


def yielding(groups: Iterable[OutsideGroup], lines: Iterable[str], language: str = "en") -> tuple[OutsideGroup, ...]:
    """Return groups without the lines that have a word of content in common with what a pack answers.

    Args:
        groups: Of the base.
        lines: What people ask the pack.
        language: Of both, as a BCP 47 tag.
    """
    tongue = tongue_of(language)
    asked = {word for line in lines for word in words(line)}  # each word is looked at once, however many lines have it
    held = _roots(asked, tongue)
    left = (
        group._replace(
            phrases=tuple(
                line._replace(place=_named(line.place))
                for line in group.phrases
                if held.isdisjoint(_roots(words(line.text), tongue))
            ),
            place=_named(group.place),
        )
        for group in groups
    )
    return tuple(group for group in left if group.phrases)


def outside_of(language: str) -> tuple[OutsideGroup, ...]:
    """Return the lines from outside that are general in a language; none where it has no base."""
    return tuple(_read(language).outside) if language in BASE_LANGUAGES else ()


def ids_of(language: str) -> frozenset[str]:
    """Return the ids of all that the base has in a language."""
    given = _read(base_catalogue(language).language)
    return frozenset((*(one.intent.id for one in given.intents), *(group.id for group in given.outside)))


def _told(draft: Draft) -> Iterable[str]:
    for entry in draft.intents:
        yield entry.intent.title
        yield from (line.text for line in entry.intent.phrases)
    for topic in draft.vocabulary.topics:
        yield from topic.names
    for aspect in draft.vocabulary.aspects:
        yield from aspect.cues


def _roots(said: Iterable[str], tongue: Tongue) -> set[str]:
    return {tongue.stem(word) for word in set(said) - tongue.function_words - VAGUE - PRONOUNS}


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
    group, _, name = id_.partition(".")
    texts = says.texts(f"{_SAID[group]}{name}", **marks)
    return tuple(text.replace(" \n", "\n") for text in texts)


def _marks(head: MapNode, says: Catalogue) -> dict[str, str]:
    """Return what fills the places of the base's texts."""
    emergency = head.get("emergency")
    if not isinstance(emergency, MapNode):
        numbers = ("base.emergency.any", "base.emergency.any_crisis")
        return {"emergency": says(numbers[0]), "crisis": says(numbers[1]), "elsewhere": ""}
    country = emergency.string("country")
    first, *others = [node.text for node in emergency.texts("numbers")] or NUMBERS[country]
    named = says(f"base.country.{country}") if country in NUMBERS else ""
    return {
        "emergency": first,
        "crisis": _either(others, says) if others else says("base.emergency.same"),
        "elsewhere": says("base.emergency.of", country=named) if named else says("base.emergency.here"),
    }


def _either(numbers: Sequence[str], says: Catalogue) -> str:
    return reduce(lambda one, other: says("base.emergency.or", one=one, other=other), numbers)


@cache
def _read(language: str) -> Draft:
    """Return the base of a language."""
    report = Report()
    contents = {name: (FOLDER / language / name).read_bytes() for name in _FILES}
    return draft_of(contents, contents, report)
