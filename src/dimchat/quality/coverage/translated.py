"""What a pack says in its further languages, and what is missing there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.model import Intent, Pack
    from dimchat.quality.coverage.reached import Seen


class Lack(NamedTuple):
    """A question that is not said in a language in full."""

    intent: Intent
    """As it stands in the pack's own language."""
    phrases: bool
    """Whether it has none there."""
    answer: bool
    """Whether it has none there; that of the pack's own language is given."""


class Translated(NamedTuple):
    """How much is said in a further language; what is a draft there is not said."""

    language: str
    all: int
    """The questions of the pack."""
    asked: int
    """Those that have phrases in it."""
    answered: int
    """Those that have an answer in it."""
    reached: int
    """Those of them with phrases that a passing case reaches in it."""
    outside: int
    """Its groups of what must not be answered."""
    topics: tuple[str, ...]
    """The topics that have no name of its own."""
    aspects: tuple[str, ...]
    """The aspects that no cue of it asks for."""
    lacks: tuple[Lack, ...]
    """In the order of the pack."""


def translated(pack: Pack, seen: Sequence[Seen]) -> tuple[Translated, ...]:
    """Return what is said in each further language of a pack.

    Args:
        pack: In its own language.
        seen: What the items that pass reach.
    """
    return tuple(_in(pack, said, seen) for said in pack.spoken)


def _in(pack: Pack, said: Pack, seen: Sequence[Seen]) -> Translated:
    lacks = tuple(_lacks(pack, said))
    every = {intent.id for intent in pack.browsable}
    asked = every - {lack.intent.id for lack in lacks if lack.phrases}
    own = {topic.id: topic.names for topic in pack.vocabulary.topics}
    return Translated(
        said.language,
        len(every),
        len(asked),
        len(every) - sum(lack.answer for lack in lacks),
        len({name for one in seen if one.spoken == said.language for name in one.intents} & asked),
        len(said.outside),
        tuple(topic.id for topic in said.vocabulary.topics if topic.names == own[topic.id]),
        tuple(aspect.id for aspect in said.vocabulary.aspects if not aspect.cues),
        lacks,
    )


def _lacks(pack: Pack, said: Pack) -> Iterator[Lack]:
    for intent in pack.browsable:
        phrases, answer = not said.intent[intent.id].phrases, bool(said.answer[intent.id].language)
        if phrases or answer:
            yield Lack(intent, phrases, answer)
