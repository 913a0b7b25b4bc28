"""Choosing rows of tables: slot values that the message names, keeps from before, or has to be asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.interpret.interpretation import Interpretation
from dimchat.dialogue.interpret.policy import MOST_OPTIONS, group_of, is_intent
from dimchat.dialogue.understand.slot_finder import besides
from dimchat.language.english import FUNCTION_WORDS, JOINS, LEAST, MOST, PLACES, QUESTION_WORDS, SAME_PLACE, VAGUE
from dimchat.language.grammar import tells_home, unframed
from dimchat.language.tokens import stem, words
from dimchat.model import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dimchat.dialogue.understand.analysis import Analysis
    from dimchat.dialogue.understand.slot_finder import Mention
    from dimchat.model import Candidate, Context, Pack
    from dimchat.tables import Slots

_SURE = 1.0
_DOUBTS = 0.5
"""The part of the best confidence from which on an outside group casts doubt on it."""
_EVERYWHERE = frozenset(("national", "nationally", "nationwide", "overall", "everywhere", "anywhere", "country"))
"""Words that ask of all places."""
_HERE = "here"
_STOP = re.compile(r"\s*[.;!\n]+\s*|\s*,\s+|\s+-+\s+|\s+(?=(?:and|also|plus)\s)", re.IGNORECASE)
"""What stands behind a place that a message begins with."""
_IN = frozenset(("in", "for", "from", "at"))
_SPEAKS = 0.3
"""The least weight of a word that speaks for an answer by itself."""


class Asked(NamedTuple):
    """The part of a message that asks for rows of tables."""

    values: Slots = ()
    """What it names or keeps, by slot."""
    group: str = ""
    """The name that several values were called by: "northwest"."""
    order: str = ""
    """`most` or `least`, where it asks for one end of a table."""
    choices: tuple[Slots, ...] = ()
    """What a name can stand for, of which one is to be picked."""
    typed: str = ""
    """That name."""


class Places:
    """Finds the rows that messages are about; a pack without tables has none."""

    def __init__(self, pack: Pack, rank: Callable[[str, int], Sequence[Candidate]]) -> None:
        """Find the answers that read rows, and those in whose place they are given.

        Args:
            pack: Its answers, tables and slots.
            rank: Ranks a text.
        """
        self._pack, self._rank = pack, rank
        self._open = {a.id: pack.table[a.table.name].open_keys(a.table) for a in pack.answers if a.table is not None}
        self._topics = {name.partition(".")[0] for name in self._open}
        self._instead: dict[str, list[str]] = {}
        for answer in pack.answers:
            for general in answer.table.instead_of if answer.table else ():
                self._instead.setdefault(general, []).append(answer.id)

    def __bool__(self) -> bool:
        """Return whether there is any answer that reads a table."""
        return bool(self._open)

    def elsewhere(self, analysis: Analysis, context: Context) -> Interpretation | None:
        """Return the last answer for another value, where a message is nothing but that: "and in Ohio?".

        Args:
            analysis: Of the message.
            context: What it may lean on.
        """
        corrects = analysis.corrected and bool(context.slots or context.last)
        if not analysis.mentions or not (corrects or _is_bare(analysis)):
            return None
        mentions = [mention for mention in analysis.mentions if mention.how != "unsure"]
        if not mentions:
            return None
        named = {mention.slot for mention in mentions}
        meant = self._goes_on(named, context)
        if len(meant) == 1:
            found = Interpretation("answer", "the last answer, of another row", tuple(meant), confidence=_SURE)
            return self._asking(found, mentions, context, leans=True, order="")
        offers = tuple(dict.fromkeys((*meant, *self._near(named, context))))
        if not offers or not QUESTION_WORDS.isdisjoint(analysis.tokens):
            # "How much in Ohio" asks for something, which the words may lead to.
            return None
        found = Interpretation("slot_alone", "nothing but a value is named", offers[:MOST_OPTIONS])
        return found._replace(asked=_without_choices(mentions))

    def settled(
        self, found: Interpretation, analysis: Analysis, context: Context, *, goes_on: bool = False
    ) -> Interpretation:
        """Return what a message means, with the rows that it is about.

        Args:
            found: What it means apart from these.
            analysis: Of the message.
            context: What it may lean on.
            goes_on: It is the next question of one message, and is about the same rows where it names none.
        """
        if found.kind not in ("answer", "clarify") or not found.ids:
            return found._replace(asked=_without_choices(analysis.mentions)) if analysis.mentions else found
        mentions = self._sure(analysis)
        named = {mention.slot for mention in mentions}
        found = self._ahead(found, named)
        message = analysis.message
        leans = goes_on or not PLACES.isdisjoint(analysis.tokens) or message.leans
        if leans:
            named.update(name for name, _ in context.slots)
        if not mentions and not _is_general(analysis):
            named.update(name for name, _ in context.home)
        ids = tuple(dict.fromkeys(self._reading(i, named) or i for i in found.ids)) if named else found.ids
        moved = ids != found.ids
        if moved and found.kind == "clarify" and len(ids) == 1:
            found = found._replace(kind="answer", why=f"{found.why}; all of them are one answer for a row")
        found = found._replace(ids=ids, why=f"{found.why}, of a row" if moved else found.why)
        if found.kind == "answer" and mentions and not leans:
            found = self._borne_out(found, analysis, mentions)
        if found.kind != "answer" or not any(self._open.get(i) for i in found.ids):
            return found._replace(asked=_without_choices(mentions)) if mentions else found
        return self._asking(found, mentions, context, leans=leans, order=_order(analysis), analysis=analysis)

    def of_row(self, found: Interpretation, analysis: Analysis, context: Context) -> Interpretation | None:
        """Return the answer for the row that a message names, where the rest of it is answered by what reads rows.

        Args:
            found: What the message means without the names of places.
            analysis: Of the message.
            context: What it may lean on.
        """
        mentions = self._sure(analysis)
        named = {mention.slot for mention in mentions}
        meant = self._reading(found.ids[0], named) if found.kind == "answer" and len(found.ids) == 1 else None
        if meant is None:
            return None
        found = found._replace(ids=(meant,), why=f"{found.why}, without the place; of its row", asked=None)
        return self._asking(found, mentions, context, leans=False, order=_order(analysis))

    def _ahead(self, found: Interpretation, named: set[str]) -> Interpretation:
        """Return an answer where the best of what was to be offered, and the next, are one answer for a row."""
        ranked = found.hypotheses[0].candidates[:2] if found.kind == "clarify" and named and found.hypotheses else ()
        meant = {self._reading(candidate.intent, named) for candidate in ranked}
        if len(ranked) < 2 or None in meant or len(meant) > 1:  # noqa: PLR2004 - the best and the next
            return found
        why = f"{found.why}; the best two are one answer for a row"
        return found._replace(kind="answer", ids=(ranked[0].intent,), confidence=ranked[0].confidence, why=why)

    def _borne_out(self, found: Interpretation, analysis: Analysis, mentions: Sequence[Mention]) -> Interpretation:
        """Offer choices where nothing but the name of a place speaks for a row: "how many managers work in Ohio"."""
        (name, *others) = found.ids
        ranked = found.hypotheses[0].candidates if found.hypotheses else ()
        best = max((one.confidence for one in ranked), default=0.0)
        doubted = any(group_of(one) == OUTSIDE and one.confidence >= best * _DOUBTS for one in ranked)
        if others or not self._open.get(name) or (_speaks(found, name, mentions) and not doubted):
            return found
        without = list(self._rank(" ".join(besides(analysis.text, mentions)), MOST_OPTIONS))
        if without and group_of(without[0]) == OUTSIDE:
            why = "without the place it is about something else"
            return found._replace(kind="decline", why=why, ids=(), outside=without[0].intent)
        use = self._pack.answer[name].table
        own = {name, *(use.instead_of if use else ())}
        near = [one.intent for one in without if is_intent(one)]
        if doubted or not near or near[0] in own or not own - {name}:
            return found
        offers = (*(one for one in near if one not in own), name)[-MOST_OPTIONS:]
        return found._replace(kind="clarify", why="without the place it is another question", ids=offers)

    def picked(self, found: Interpretation, slots: Slots, context: Context) -> Interpretation:
        """Return a choice that stands for a value; what is known of other slots stays."""
        named = {name for name, _ in slots}
        return found._replace(asked=Asked((*slots, *(pair for pair in context.slots if pair[0] not in named))))

    def _reading(self, name: str, named: set[str]) -> str | None:
        """Return the answer that reads a row of one of these slots: the same, or one in its place; None for none."""
        candidates: tuple[str, ...] = (name, *self._instead.get(name, ()))
        for candidate in candidates:
            if named.intersection(self._open.get(candidate, ())):
                return candidate
        return None

    def _goes_on(self, named: set[str], context: Context) -> list[str]:
        """Return what a bare value goes on to: the choices that stand or the last answer, of its row, else its like.

        An answer that was given without a row gives way to the one of its topic that stands for a row in general: who
        asked which states need no license, and names one, asks for the rule of that state.
        """
        before = context.options or context.last[:1]
        read = list(dict.fromkeys(meant for name in before if (meant := self._reading(name, named))))
        if not before or (read and (context.options or any(slot in named for slot, _ in context.slots))):
            return read
        intent = self._pack.intent[before[0]]
        alike = [
            name
            for name in self._near(named, context)
            if self._pack.intent[name].topic in (intent.topic, intent.aspect)
            and self._pack.intent[name].category == intent.category
            and any(name in instead for instead in self._instead.values())
        ]
        return alike if len(alike) == 1 else read

    def _near(self, named: set[str], context: Context) -> list[str]:
        """Return the answers that read rows of these slots, those of the topics of the conversation first."""
        own = [name for name, keys in self._open.items() if named.intersection(keys) and name in self._pack.intent]
        topics = [*context.topics, self._pack.default_topic]
        rank = {topic: at for at, topic in reversed(list(enumerate(topics)))}
        return sorted(own, key=lambda name: rank.get(self._pack.intent[name].topic, len(topics)))

    def _sure(self, analysis: Analysis) -> list[Mention]:
        """Return the mentions; what may be another word counts where that word is not needed to say what is asked."""
        message, said = analysis.message, analysis.tokens
        asked = (m for m in (*message.topics, *message.aspects) if not self._topics.isdisjoint(m.ids))
        names = [message.words[mention.start : mention.end] for mention in asked]

        def spare(word: str) -> bool:
            return said.count(word) > 1 or any(word not in name for name in names)

        return [m for m in analysis.mentions if m.how != "unsure" or all(map(spare, words(m.typed)))]

    def _asking(
        self,
        found: Interpretation,
        mentions: Sequence[Mention],
        context: Context,
        *,
        leans: bool,
        order: str,
        analysis: Analysis | None = None,
    ) -> Interpretation:
        open_ = {name for i in found.ids for name in self._open.get(i, ())}
        own = [mention for mention in mentions if mention.slot in open_]
        unclear = next((mention for mention in own if mention.asks), None)
        named = _values(mentions)
        if unclear is not None:
            others = dict(named).get(unclear.slot, ())
            choices = tuple(((unclear.slot, (value, *others)),) for value in unclear.values)
            return found._replace(kind="which_value", asked=Asked(named, choices=choices, typed=unclear.typed))
        every = analysis is not None and not leans and self._names_all(analysis, open_)
        general = order or every or _is_general(analysis)
        kept = () if general else tuple(_held(context, analysis, alone=not (leans or mentions)).items())
        have = {name for name, _ in named}
        values = (*named, *(pair for pair in kept if pair[0] not in have))
        group = next((mention.typed for mention in own if mention.how == "group"), "")
        return found._replace(asked=Asked(values, group=group, order=order))

    def _names_all(self, analysis: Analysis, open_: Iterable[str]) -> bool:
        """Return whether a message has the word that the values of a slot share: "by state", "which states"."""
        said = {stem(word) for word in besides(analysis.text, analysis.mentions)}
        return any(stem(self._pack.slot[name].title.casefold()) in said for name in open_)


def _speaks(found: Interpretation, name: str, mentions: Iterable[Mention]) -> bool:
    """Return whether a word speaks for an answer that is neither part of a topic's name nor the place."""
    hypothesis = found.hypotheses[0] if found.hypotheses else None
    best = next((c for c in hypothesis.candidates if c.intent == name), None) if hypothesis else None
    if hypothesis is None or best is None:
        return False
    message = hypothesis.message
    named = {word for topic in message.topics for word in message.words[topic.start : topic.end]}
    named.update(word for mention in mentions for word in words(mention.slot.replace("_", " ")))
    others = (word for word in best.words if word.text not in named and word.text not in FUNCTION_WORDS)
    return any(word.weight >= _SPEAKS for word in others)


def _held(context: Context, analysis: Analysis | None, *, alone: bool) -> dict[str, tuple[str, ...]]:
    """Return the values that a message may keep: "here", and where nothing is pointed at, is where the person is."""
    at_home = analysis is not None and (alone or _HERE in analysis.tokens)
    return dict((*context.slots, *context.home) if at_home else (*context.home, *context.slots))


def _is_general(analysis: Analysis | None) -> bool:
    """Return whether a message asks of no place or of all, whoever asks."""
    return analysis is not None and not _EVERYWHERE.isdisjoint(analysis.tokens)


def _values(mentions: Iterable[Mention]) -> Slots:
    found: dict[str, list[str]] = {}
    for mention in mentions:
        if mention.asks:
            continue
        found.setdefault(mention.slot, []).extend(mention.values)
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in found.items())


def _without_choices(mentions: Iterable[Mention]) -> Asked:
    return Asked(_values(mention for mention in mentions if mention.how not in ("group", "unsure")))


def _is_bare(analysis: Analysis) -> bool:
    """Return whether nothing but values is named, in small words."""
    _, left = unframed(besides(analysis.text, analysis.mentions))
    return all(word in FUNCTION_WORDS or word in VAGUE or word in SAME_PLACE for word in left)


def given_first(analysis: Analysis) -> tuple[str, str]:
    """Return the place that a message begins with, and what stands behind it; two empty texts where it does not.

    "Illinois. And is a degree needed?" tells a place, and asks something. "In Illinois, is a degree needed?" asks only,
    and so does "I'm in Illinois. Is a degree needed?".

    Args:
        analysis: Of the message.
    """
    text, mentions = analysis.text, analysis.mentions
    for stop in _STOP.finditer(text):
        before = tuple(mention for mention in mentions if mention.start <= stop.start())
        rest, then = text[stop.end() :], next((m for m in mentions if m.start >= stop.end()), None)
        goes_on = then is not None and FUNCTION_WORDS.issuperset(words(text[stop.end() : then.start]))
        if not before or before[-1].end > stop.start() or goes_on:
            continue
        head = analysis._replace(text=text[: stop.start()], mentions=before)
        said = words(head.text)
        adverbial = "," in stop.group() and not _IN.isdisjoint(said[:1])
        told = tells_home(text[: before[0].start]) and JOINS.isdisjoint(words(rest)[:1])
        return (head.text, rest) if _is_bare(head) and words(rest) and not (adverbial or told) else ("", "")
    return "", ""


def _order(analysis: Analysis) -> str:
    said = set(analysis.tokens)
    return "most" if said & MOST else "least" if said & LEAST else ""
