"""Which proposals harm: replies to a pack's own phrases and cases that are right without them and wrong with them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue import Assistant
from dimchat.index.prebuilt import fit
from dimchat.language.tokens import words
from dimchat.language.usual import usual_in
from dimchat.quality.cases import Expectation, Item
from dimchat.quality.grading import grade, reply_to
from dimchat.quality.suggest.proposals import Proposal, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.match import Matcher
    from dimchat.model import Pack, Reply

_ROUNDS = 3
"""So often what is left is asked again after what harmed was taken out."""
_MOST = 400
"""So many lines are asked, and so many cases, spread evenly: more would take minutes in a pack of thousands."""
_WORSE = ("silent", "wrong")


class Harm(NamedTuple):
    """A reply that proposals turn from right to wrong."""

    ask: str
    after: tuple[str, ...]
    """The messages before it."""
    was: str
    """The id that answered it, or its kind."""
    now: str
    by: tuple[Proposal, ...]
    """Each of these alone does it; where none does, all that have a word of it."""


def harmed(pack: Pack, proposals: Sequence[Proposal], items: Iterable[Item]) -> list[Harm]:
    """Return what proposals turn from right to wrong, when all are taken that are not named for it.

    Asked are the cases, and of the pack's phrases and titles those that hold a word of a proposal: as they stand, and
    as somebody types who leaves the small words out. Of more than 400 lines or cases that many are asked.

    Args:
        pack: The pack as it is.
        proposals: What its vocabulary may get.
        items: Its cases.
    """
    matcher = fit(pack)
    before = Assistant(pack, matcher)
    asked = _asked(pack, proposals, items)
    right = [item for item in asked if grade(item, reply_to(item, before)) == "right"]
    found: list[Harm] = []
    left = list(proposals)
    for _ in range(_ROUNDS):
        trial = _Trial(pack, left, matcher)
        turned = [item for item in right if trial.harms(item)]
        right = [item for item in right if item not in turned]
        found += [
            Harm(item.ask, item.after, _told(reply_to(item, before)), _told(trial.reply(item)), trial.culprits(item))
            for item in turned
        ]
        out = {one for harm in found for one in harm.by}
        if not turned or out.isdisjoint(left):
            break
        left = [one for one in left if one not in out]
    return found


class _Trial:
    """Asks a pack that has proposals in its vocabulary."""

    def __init__(self, pack: Pack, proposals: Sequence[Proposal], matcher: Matcher) -> None:
        self._pack, self._proposals = pack, proposals
        self._stems = partial(stems_of, language=pack.language)
        self._idle = usual_in(pack.language).idle
        changed = with_proposals(pack, proposals)
        self._all = Assistant(changed, fit(changed))
        self._matcher = matcher
        self._single: dict[Proposal, Assistant] = {}

    def reply(self, item: Item) -> Reply:
        """Return what it replies with all of them."""
        return reply_to(item, self._all)

    def harms(self, item: Item) -> bool:
        """Return whether the reply to a message is wrong, and does not even offer what is right."""
        return grade(item, self.reply(item)) in _WORSE

    def culprits(self, item: Item) -> tuple[Proposal, ...]:
        """Return the proposals each of which alone makes the reply wrong; where none does, those with its words."""
        said = {s for text in (item.ask, *item.after) for s in self._content(text)}
        near = [one for one in self._proposals if not said.isdisjoint(self._content(one.text))]
        changed = [one for one in self._proposals if one.sort in ("kind", "title") and one not in near]
        for suspects in (near, changed):
            alone = tuple(one for one in suspects if grade(item, reply_to(item, self._with(one))) in _WORSE)
            if alone:
                return alone
        return tuple(near or changed)

    def _content(self, text: str) -> set[str]:
        return set(self._stems(" ".join(word for word in words(text) if word not in self._idle)))

    def _with(self, proposal: Proposal) -> Assistant:
        if proposal not in self._single:
            # What is learnt hangs little on one of them, and learning anew for each would take minutes.
            self._single[proposal] = Assistant(with_proposals(self._pack, [proposal]), self._matcher)
        return self._single[proposal]


def standing_harm(pack: Pack, items: Iterable[Item]) -> list[Harm]:
    """Return what single names and cues of a vocabulary turn from right to wrong: without one, the reply is right.

    Args:
        pack: The pack as it is.
        items: Its cases.
    """
    matcher = fit(pack)
    now = Assistant(pack, matcher)
    held = [
        *(Proposal("name", one.id, text, ()) for one in pack.vocabulary.topics for text in one.names[1:]),
        *(Proposal("cue", one.id, text, ()) for one in pack.vocabulary.aspects for text in one.cues[1:]),
    ]
    found = []
    single: dict[Proposal, Assistant] = {}
    for item in _asked(pack, held, items):
        if grade(item, reply := reply_to(item, now)) not in _WORSE:
            continue
        said = set(stems_of(item.ask, pack.language))
        for one in held:
            if said >= set(stems_of(one.text, pack.language)):
                other = single.get(one) or single.setdefault(one, Assistant(_without(pack, one), matcher))
                if grade(item, right := reply_to(item, other)) not in _WORSE:
                    found.append(Harm(item.ask, item.after, _told(right), _told(reply), (one,)))
    return found


def _without(pack: Pack, one: Proposal) -> Pack:
    """Return a pack without a name or cue of its vocabulary."""
    topics, aspects = pack.vocabulary.topics, pack.vocabulary.aspects
    if one.sort == "name":
        left = [t._replace(names=tuple(x for x in t.names if x != one.text)) if t.id == one.of else t for t in topics]
        return replace(pack, vocabulary=pack.vocabulary._replace(topics=tuple(left)))
    kept = [a._replace(cues=tuple(x for x in a.cues if x != one.text)) if a.id == one.of else a for a in aspects]
    return replace(pack, vocabulary=pack.vocabulary._replace(aspects=tuple(kept)))


def with_proposals(pack: Pack, proposals: Iterable[Proposal]) -> Pack:
    """Return a pack whose vocabulary has proposals in it."""
    topics = {topic.id: topic for topic in pack.vocabulary.topics}
    aspects = {aspect.id: aspect for aspect in pack.vocabulary.aspects}
    for one in proposals:
        if one.sort == "kind":
            topics[one.of] = topics[one.of]._replace(kind=one.text)
        elif one.sort == "name":
            topics[one.of] = topics[one.of]._replace(names=(*topics[one.of].names, one.text))
        elif one.sort == "title":
            aspects[one.of] = aspects[one.of]._replace(title=one.text)
        else:
            aspects[one.of] = aspects[one.of]._replace(cues=(*aspects[one.of].cues, one.text))
    held = pack.vocabulary._replace(topics=tuple(topics.values()), aspects=tuple(aspects.values()))
    return replace(pack, vocabulary=held)


def _asked(pack: Pack, proposals: Iterable[Proposal], items: Iterable[Item]) -> list[Item]:
    """Return the lines that hold a word of a proposal and the cases, of either at most `_MOST`, evenly spread."""
    both = list(_lines(pack, proposals)), [item for item in items if item.xfail is None]
    return [item for each in both for item in each[:: -(-len(each) // _MOST) or 1]]


def _lines(pack: Pack, proposals: Iterable[Proposal]) -> Iterator[Item]:
    """Yield the phrases and titles that hold a word of a proposal, and the same without small words."""
    said = {s for one in proposals for s in stems_of(one.text, pack.language)}
    idle = usual_in(pack.language).idle
    seen: set[str] = set()
    for intent in pack.browsable:
        for text in (intent.title, *(phrase.text for phrase in intent.phrases)):
            if said.isdisjoint(stems_of(text, pack.language)):
                continue
            short = " ".join(word for word in words(text) if word not in idle)
            for ask in (text, short):
                if ask and ask not in seen:
                    seen.add(ask)
                    yield Item(intent.place, ask, Expectation(intent=intent.id))


def _told(reply: Reply) -> str:
    return " ".join(reply.intents) or reply.kind
