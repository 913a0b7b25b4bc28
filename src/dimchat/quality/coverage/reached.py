"""The parts of a pack that its cases reach when they run, and those that none touches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from dimchat.language.citations import without
from dimchat.language.tokens import normalise
from dimchat.model import Place
from dimchat.pack.folder import TABLES
from dimchat.quality.coverage.translated import translated
from dimchat.quality.runner import Talk, decisive, differences, folded, spread
from dimchat.tables import RowKey
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.dialogue import Assistant
    from dimchat.model import Answer, Pack
    from dimchat.quality.cases import Item
    from dimchat.quality.compare.parts import Part
    from dimchat.quality.coverage.confusions import Pair
    from dimchat.quality.coverage.translated import Translated

_NEAR = 3
"""So many of the best other candidates may be near."""
_SHARE = 0.1
"""The part of the best confidence that they must have."""


class Seen(NamedTuple):
    """The parts of a pack that one passing item reached."""

    item: Item
    intents: tuple[str, ...]
    phrase: tuple[str, str] | None
    """The intent and the learnt phrase that brought it."""
    sources: frozenset[str]
    options: tuple[str, ...]
    before: tuple[str, ...]
    """What had been answered last, before it."""
    near: tuple[str, ...]
    """What the matcher had near, besides what was answered."""
    rows: frozenset[RowKey] = frozenset()
    """The rows of tables that it shows."""
    spoken: str = ""
    """The language that it was heard in."""


def seen_by(items: Sequence[Item], assistant: Assistant, *, jobs: int = 1) -> list[Seen]:
    """Return what each item that passes reaches; one that fails, as expected or not, tests nothing."""
    return [seen for seen in spread(_seen, items, _Eyes(assistant), jobs=jobs) if seen is not None]


class _Eyes:
    """An assistant with the conversation so far."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.talk = Talk(assistant)


def _seen(item: Item, eyes: _Eyes) -> Seen | None:
    context = eyes.talk.after(item.after)
    reply, _, explanation = eyes.assistant.study(item.ask, context)
    if any(differences(item.expect, reply)):
        return None
    candidates = decisive(explanation)
    intents = (*reply.intents, reply.about) if reply.about else reply.intents
    least = max((one.confidence for one in candidates), default=0.0) * _SHARE
    own = next((one for one in candidates if one.intent in reply.intents[:1]), None)
    return Seen(
        item,
        intents,
        (own.intent, own.phrase) if own else None,
        frozenset(citation.source for citation in reply.citations),
        tuple(option.intent for option in reply.options),
        context.last,
        tuple(one.intent for one in candidates if one.intent not in intents and one.confidence >= least)[:_NEAR],
        frozenset(reply.rows),
        reply.spoken,
    )


Kind = Literal["intents", "phrases", "follow-ups", "topics", "sources", "options", "rows", "limits", "pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_LIMIT = re.compile("|".join(wording.LIMIT_WORDS), re.IGNORECASE)


class Target(NamedTuple):
    """Something that a case can touch."""

    kind: Kind
    id: str
    place: Place
    text: str


class Share(NamedTuple):
    """The covered share of a kind."""

    touched: int
    all: int

    @property
    def percent(self) -> float:
        """Return the share in per cent; all of nothing is all."""
        return 100 * self.touched / self.all if self.all else 100.0


class Coverage(NamedTuple):
    """The coverage of a pack by its cases."""

    shares: dict[Kind, Share]
    untouched: tuple[Target, ...]
    """By kind, file and line."""
    pairs: tuple[Pair, ...] = ()
    languages: tuple[Translated, ...] = ()
    """What is said in further languages."""
    verbatim: Share = Share(0, 0)
    """How many of the cases that pass ask a phrase of what they expect word for word."""

    def least(self) -> float:
        """Return the smallest of the shares, in per cent."""
        return min((share.percent for share in self.shares.values()), default=100.0)


def coverage_of(
    pack: Pack, parts: Iterable[Part], seen: Sequence[Seen], pairs: Sequence[Pair], kinds: Iterable[Kind] = KINDS
) -> Coverage:
    """Return what the cases touch.

    Args:
        pack: The answer set.
        parts: The same in parts.
        seen: What the items that pass reach.
        pairs: Intents that are easily taken for each other, with the cases that tell them apart.
        kinds: Of what to tell.

    >>> from dimchat.pack import find_pack, load_pack
    >>> coverage_of(load_pack(find_pack(None)), (), (), (), ("intents",)).least()
    0.0
    """
    wanted = set(kinds)
    every = (*_reached(pack, parts, seen), *_said(pack, seen), *_told_apart(pack, pairs))
    rows = [row for row in every if row[0].kind in wanted]
    shares = {}
    for kind in KINDS:
        own = [touched for target, touched in rows if target.kind == kind]
        if kind in wanted:
            shares[kind] = Share(sum(own), len(own))
    order = {kind: place for place, kind in enumerate(KINDS)}
    untouched = sorted((target for target, touched in rows if not touched), key=lambda one: (order[one.kind], one[2:]))
    phrases = {(intent.id, normalise(phrase.text)) for intent in pack.own for phrase in intent.phrases}
    verbatim = sum((one.item.expect.intent, normalise(one.item.ask)) in phrases for one in seen)
    told_apart = tuple(pairs) if "pairs" in wanted else ()
    return Coverage(shares, tuple(untouched), told_apart, translated(pack, seen), Share(verbatim, len(seen)))


def _reached(pack: Pack, parts: Iterable[Part], seen: Sequence[Seen]) -> Iterator[tuple[Target, bool]]:
    reached = {name for one in seen for name in one.intents}
    led = {one.phrase for one in seen}
    followed = {name for one in seen if one.item.after for name in one.intents}
    steps = {(before, name) for one in seen for before in one.before for name in one.intents}
    offered = {name for one in seen for name in one.options}
    cited = {name for one in seen for name in one.sources}
    for intent in pack.own:
        yield Target("intents", intent.id, intent.place, intent.title), intent.id in reached
        for phrase in intent.phrases:
            yield Target("phrases", intent.id, phrase.place, phrase.text), (intent.id, phrase.text) in led
    for part in parts:
        if part.kind == "next":
            step = (part.owner, part.text)
            yield Target("follow-ups", part.owner, part.place, f"{part.owner} -> {part.text}"), step in steps
    for intent in pack.browsable:
        yield Target("topics", intent.id, intent.place, f"{intent.topic}, {intent.aspect}"), intent.id in followed
        yield Target("options", intent.id, intent.place, intent.title), intent.id in offered
    shown = {row for one in seen for row in one.rows}
    for table in pack.tables:
        for at, row in enumerate(table.rows):
            key = tuple((name, row[name]) for name in table.key)
            place = Place(f"{TABLES}/{table.name}.csv", at + 2)
            text = ", ".join(cell for _, cell in key)
            yield Target("rows", table.name, place, text), RowKey(table.name, key) in shown
    for source in pack.sources:
        yield Target("sources", source.id, source.place, source.title), source.id in cited


def _said(pack: Pack, seen: Sequence[Seen]) -> Iterator[tuple[Target, bool]]:
    for answer in pack.answers:
        for target, _ in limits(answer):
            yield target, any(_holds(one, answer.id, target.text) for one in seen)


def _told_apart(pack: Pack, pairs: Sequence[Pair]) -> Iterator[tuple[Target, bool]]:
    for pair in pairs:
        for one, other, case in ((pair.one, pair.other, pair.case_one), (pair.other, pair.one, pair.case_other)):
            text = wording.PAIR_WANTED.format(one=one, other=other)
            yield Target("pairs", one, pack.intent[one].place, text), case is not None


def limits(answer: Answer) -> Iterator[tuple[Target, str]]:
    """Yield the sentences of an answer that say what no source tells, each with its words from those that say so on."""
    plain = without(answer.text)
    for found in _SENTENCE.finditer(plain):
        if said := _LIMIT.search(found[0]):
            lead = len(found[0]) - len(found[0].lstrip())
            line = answer.text_place.line + plain.count("\n", 0, found.start() + lead)
            target = Target("limits", answer.id, answer.text_place._replace(line=line), " ".join(found[0].split()))
            yield target, found[0][said.start() :]


def _holds(seen: Seen, name: str, sentence: str) -> bool:
    """Return whether a case wants words of a sentence."""
    expect = seen.item.expect
    if name not in seen.intents:
        return False
    said = folded(sentence)
    return any(folded(part) in said for part in expect.contains) or any(
        re.search(pattern, sentence) for pattern in expect.matches
    )
