"""A pack in one of its further languages: what is said in it, and as it is what nobody has translated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dimchat.files.yaml import MapNode
from dimchat.language.tongue import tongue_of
from dimchat.model import GROUPS, Vocabulary, Words
from dimchat.pack.base import base_in
from dimchat.pack.digest import learning_digest
from dimchat.pack.draft import line
from dimchat.pack.values import Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.files.yaml import Node
    from dimchat.language.tongue import Tongue
    from dimchat.model import Answer, Aspect, Intent, Pack, Topic
    from dimchat.pack.draft import Draft
    from dimchat.tables import Slot


def in_language(pack: Pack, draft: Draft, code: str) -> Pack:
    """Return a pack as it is in a further language.

    An intent that is not said in it keeps its title, and has no phrases: it can be browsed to and named by topic and
    aspect, and is not learnt. An answer that is not keeps its text, and says in which language that stands. So it is
    with both where the answer is a draft.

    Args:
        pack: In its own language.
        draft: What it was read from.
        code: The language.
    """
    said, base = draft.others[code], base_in(draft, code)
    values = Values(pack.values, code, pack.language)
    drafts = {entry.answer.id for entry in said.answers if entry.hidden}
    intents = {entry.intent.id: entry.intent for entry in said.intents if entry.intent.id not in drafts}
    answers = {e.answer.id: values.in_answer(e.answer) for e in said.answers if not e.hidden}
    ours = (one for one in pack.intents if one.category not in GROUPS)
    spoken = (one for one in intents.values() if one.category in GROUPS)
    categories = {category.id: category for category, _ in said.categories}
    texts = ((one.id, tuple(node.text.strip("\n") for node in one.texts)) for one in said.wordings)
    head = said.head or MapNode({}, draft.head.place if draft.head is not None else pack.intents[0].place)
    names = dict(readers_of(head))
    result = replace(
        pack,
        title=line(head.text("title")) or pack.title,
        contact=line(head.text("contact")) or pack.contact,
        language=code,
        categories=tuple(categories.get(one.id, one) for one in pack.categories),
        # The emergency of the base stands first among the safety: what comes first has the first say.
        intents=(*(_intent(one, intents.get(one.id)) for one in ours), *base.intents, *map(base.cued, spoken)),
        answers=tuple(_answer(one, answers.get(one.id), pack.language) for one in pack.answers),
        texts=(*texts, *base.texts),
        outside=tuple(said.outside),
        general=base.outside,
        vocabulary=_vocabulary(pack.vocabulary, said.vocabulary, tongue_of(code)),
        calibration=said.calibration,
        words=own_words(head),
        readers=tuple((name, names.get(name, title)) for name, title in pack.readers),
    )
    return replace(result, learning_digest=learning_digest(result))


def own_words(head: MapNode) -> Words:
    """Return what a pack says of itself, in the words of pack.yaml or of a language in it."""
    node = head.get("words")
    if not isinstance(node, MapNode):
        return Words()
    attract = tuple(line(text) for text in node.texts("attract"))
    return Words(
        line(node.text("welcome")),
        attract,
        line(node.text("prompt")),
        line(node.text("help")),
        line(node.text("unknown")),
    )


def readers_of(head: MapNode) -> tuple[tuple[str, str], ...]:
    """Return readers with what they are called, in pack.yaml or in a language in it."""
    node: Node | None = head.get("readers")
    return tuple((name, line(node.text(name))) for name in node.entries) if isinstance(node, MapNode) else ()


def _intent(own: Intent, said: Intent | None) -> Intent:
    if said is None:
        return own._replace(phrases=(), not_=())
    return own._replace(title=said.title, phrases=said.phrases, not_=said.not_, place=said.place)


def _answer(own: Answer, said: Answer | None, language: str) -> Answer:
    if said is None:
        return own._replace(language=language)
    return own._replace(
        short=said.short,
        text=said.text,
        place=said.place,
        text_place=said.text_place,
        values=said.values,
        variants=said.variants,
        overview=said.overview or own.overview,
        wordings=(),
    )


def _vocabulary(own: Vocabulary, said: Vocabulary, tongue: Tongue) -> Vocabulary:
    """Return the words of a language; names of topics hold in each, since people mix them."""
    topics, aspects = {one.id: one for one in said.topics}, {one.id: one for one in said.aspects}
    return Vocabulary(
        topics=tuple(_topic(one, topics.get(one.id)) for one in own.topics),
        aspects=tuple(_aspect(one, aspects.get(one.id)) for one in own.aspects),
        synonyms=said.synonyms,
        filler=said.filler,
        sets=own.sets,
        slots=tuple(_slot(one, tongue) for one in own.slots),
    )


def _slot(own: Slot, tongue: Tongue) -> Slot:
    """Return a slot without the names that are small words in a language: "la" is no Louisiana in Spanish."""
    small = tongue.function_words | tongue.telling

    def kept(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name.casefold() not in small)

    values = (one._replace(names=(*one.names[:1], *kept(one.names[1:])), cues=kept(one.cues)) for one in own.values)
    return own._replace(values=tuple(values))


def _topic(own: Topic, said: Topic | None) -> Topic:
    return own if said is None else own._replace(names=tuple(dict.fromkeys((*said.names, *own.names))))


def _aspect(own: Aspect, said: Aspect | None) -> Aspect:
    return own._replace(cues=()) if said is None else own._replace(title=said.title, cues=said.cues)
