"""One message, read in each way that makes sense, and the reading that wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.ellipsis import Completion, Resolver, completed_wins, guesses
from dimchat.dialogue.interpret.followup import Follower, Leads
from dimchat.dialogue.interpret.interpretation import Hypothesis, chosen
from dimchat.dialogue.interpret.policy import MOST_OPTIONS, Verdict, backed
from dimchat.dialogue.interpret.reference import is_full
from dimchat.dialogue.interpret.standalone import Standalone, about_something_else
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import PEOPLE, PRONOUNS
from dimchat.language.questions import told_first
from dimchat.language.tokens import words
from dimchat.model import Candidate, Context

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from dimchat.dialogue.interpret.followup import Pull, Standing, Standings
    from dimchat.dialogue.interpret.pack_statistics import PackStatistics
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analyser, Analysis, Message
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Pack

_NEVER = 2.0
"""More than any share."""


class Hypotheses:
    """Reads messages and decides between the readings."""

    def __init__(
        self,
        pack: Pack,
        matcher: Ranker,
        vocabulary: VocabularyIndex,
        analyser: Analyser,
        thresholds: Thresholds,
        *,
        statistics: Callable[[], PackStatistics],
    ) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            matcher: What ranks a text.
            vocabulary: The vocabulary of the pack.
            analyser: What reads words again.
            thresholds: How sure is sure enough.
            statistics: Tells those of the pack when they are first needed.
        """
        self._pack, self._matcher, self._vocabulary, self._limits = pack, matcher, vocabulary, thresholds
        self._analyser = analyser
        self._alone = Standalone(pack, matcher, vocabulary, analyser, thresholds)
        self._resolver = Resolver(pack, vocabulary, thresholds)
        self._follower = Follower(pack, matcher, thresholds, statistics)

    def best(self, analysis: Analysis, context: Context) -> Hypothesis:
        """Return what a message that holds one question most likely means.

        Args:
            analysis: Of the message.
            context: What it may lean on.
        """
        alone = self._alone.hypothesis(analysis, context)
        goes_on = bool(context.topic or context.topics)
        if alone.final or alone.verdict.kind == "safety":
            return chosen([alone], alone)
        if alone.verdict.kind == "smalltalk" or alone.message.only_asks:
            return self._small(alone, context) if goes_on else chosen([alone], alone)
        full = is_full(alone.message, self._vocabulary, self._limits)
        by_itself = self._by_vocabulary(alone, full=full)
        # What is about something else is so whatever came before, but few words are hardly whole: "how do I study".
        short = len(alone.message.words) <= self._limits.fragment and by_itself.verdict.confidence < self._limits.named
        outside = by_itself.verdict.outside and full and not short
        if not goes_on or outside or alone.message.empty or self._stands(by_itself, context):
            return by_itself
        followed = self._followed(alone, by_itself, context)
        sure = by_itself.answers and by_itself.verdict.confidence >= self._limits.named
        better = sure or (by_itself.verdict.kind, followed.verdict.kind) == ("clarify", "decline")
        better = better or (by_itself.answers and len(alone.message.words) > self._limits.telling)
        told = better and self._tells(alone.message) and not followed.answers
        if told or (sure and self._within(analysis, alone.message)):
            return by_itself
        if full and not alone.message.leans and by_itself.verdict.ids != followed.verdict.ids:
            # What stands alone is not bent: a completed reading has to be the surer one.
            surer = followed.answers and followed.verdict.confidence >= by_itself.verdict.confidence
            if by_itself.answers and not surer:
                return self._doubted(by_itself, followed)
        return chosen([alone, followed], followed)

    def _doubted(self, by_itself: Hypothesis, followed: Hypothesis) -> Hypothesis:
        """Return a reading by itself, as choices where hardly anything in the conversation leads to its answer.

        "What do people in my chair earn", of somebody who has just asked about another chair.
        """
        meant = by_itself.verdict.ids[0]
        shares = {c.intent: c.confidence for c in followed.candidates}
        if shares.get(meant, 0.0) >= self._limits.unexpected:
            return by_itself
        likely = (i for i, share in shares.items() if share >= self._limits.offered)
        ids = tuple(dict.fromkeys([meant, *likely]))[:MOST_OPTIONS]
        why = "an answer by itself, and unexpected after what was said"
        asked = by_itself._replace(verdict=Verdict("clarify", why, ids, confidence=by_itself.verdict.confidence))
        return chosen([asked, followed], asked)

    def _tells(self, message: Message) -> bool:
        """Return whether a message is a story of its own, whose "he" and "she", or "it" as well, are told of in it."""
        size, said = len(message.words), {message.words[at] for at in message.pronouns}
        return size > self._limits.telling or (size > self._limits.pointing and not message.framed and said <= PEOPLE)

    def _within(self, analysis: Analysis, message: Message) -> bool:
        """Return whether a message names what its pronouns mean: "I only have a bachelor's, will that do"."""
        first = words(told_first(analysis.text))
        points = bool(message.pronouns) and not message.framed and PRONOUNS.isdisjoint(first)
        told = self._analyser.read(first)[1] if points and len(first) >= self._limits.fragment else None
        return told is not None and bool(told.topics or told.aspects)

    def by_name(self, analysis: Analysis, context: Context) -> Hypothesis | None:
        """Return what a question means with the name of the topic so far in it, where that is answered of this topic.

        Only for the questions of one message: they are about one thing more often than those of two turns.

        Args:
            analysis: Of the question.
            context: What it may lean on.
        """
        alone = self._alone.hypothesis(analysis, context)
        topic = self._resolver.pointer.recall(alone.message, context)
        if topic is None or alone.message.topics or alone.strange:
            return None
        text = self._resolver.pointer.with_name(alone.message, topic)
        named = self._alone.hypothesis(self._analyser.analyse(text), Context())
        # The name alone leads to the overview; it is no answer to what is asked besides.
        fits = (
            named.answers and topic in named.verdict.ids[0].split(".") and not named.verdict.ids[0].endswith(OVERVIEW)
        )
        sure = named.verdict.confidence >= self._limits.sure_of_no_talk
        return named._replace(message=alone.message) if fits and sure else None

    def _small(self, alone: Hypothesis, context: Context) -> Hypothesis:
        """Decide on what may be small talk, and may be a question about what "it" is: "how do you keep it"."""
        completion = self._resolver.complete(alone.message, context)
        followed = self._weighed(alone, context, completion, self._alone.excluded(alone.message, context))
        message = alone.message
        points = message.leans or (message.only_asks and len(message.words) > 1)
        ranked = alone.verdict.kind == "smalltalk" and alone.verdict.confidence < self._limits.named
        needs = self._limits.sure_of_other if points or ranked else self._limits.sure_of_no_talk
        if followed.answers and followed.verdict.confidence >= needs:
            # "Tell me more about that" is about what was just answered, but asks for the rest of it.
            overview = alone.verdict.kind == "smalltalk" and followed.verdict.ids[0] == f"{context.topic}.{OVERVIEW}"
            return chosen([alone, followed], alone if overview else followed)
        # "And that takes?" says to go on, and is only near to words of small talk.
        return chosen([alone, followed], followed) if ranked and message.framed else chosen([alone], alone)

    def _stands(self, hypothesis: Hypothesis, context: Context) -> bool:
        """Return whether a message is a question of its own: it names its topic, and its answer is of that topic."""
        message = hypothesis.message
        overview = hypothesis.answers and hypothesis.verdict.ids[0].endswith(f".{OVERVIEW}")
        if overview and context.aspect not in (None, OVERVIEW) and not (message.asks_overview or message.questions):
            # "A lead or supervisor?", after a question about pay.
            return False
        named = set(message.topic_ids)
        of_named = hypothesis.answers and not named.isdisjoint(hypothesis.verdict.ids[0].split("."))
        return of_named and is_full(message, self._vocabulary, self._limits)

    def pulls(self, analysis: Analysis, context: Context) -> tuple[tuple[str, ...], list[Pull]] | None:
        """Return what is measured and what speaks for which of it; None where the context has no say.

        Args:
            analysis: Of the message.
            context: What it may lean on.
        """
        alone = self._alone.hypothesis(analysis, context)
        if alone.final or alone.verdict.kind == "safety" or not (context.topic or context.topics):
            return None
        completion = self._resolver.complete(alone.message, context)
        leads = self._leads(alone, completion, context)
        return self._follower.ids, list(self._follower.pulls(alone.message, context, leads))

    def _by_vocabulary(self, alone: Hypothesis, *, full: bool) -> Hypothesis:
        """Decide without a context: as the message stands, or as names and cues of the vocabulary complete it."""
        completed = None if alone.strange or alone.asked else self._completed(alone)
        if completed is not None and completed_wins(alone, completed, full=full):
            completed = completed._replace(spelling=alone.spelling, strange=alone.strange)
            return chosen([alone, completed], completed)
        return chosen([alone, completed] if completed else [alone], alone)

    def _completed(self, alone: Hypothesis) -> Hypothesis | None:
        message = alone.message
        completion = self._resolver.complete(message, Context())
        if completion is None or (guesses(completion, message) and not self._agrees(alone, completion)):
            return None
        if completion.target:
            known = max((c.confidence for c in alone.candidates if c.intent == completion.target), default=0.0)
            verdict = Verdict("answer", completion.why, (completion.target,), confidence=max(known, self._limits.named))
            return Hypothesis(verdict, message, alone.candidates, completion=completion, heard=alone.heard)
        return _offers(alone, completion, ())

    def _agrees(self, alone: Hypothesis, completion: Completion) -> bool:
        """Return whether the ranking by itself leads to what the vocabulary guesses."""
        best = next(iter(alone.candidates), None)
        if best is None or best.intent != completion.target:
            return False
        # "What does it pay", with nothing before: no word is left that could mean something else.
        plain = not alone.message.residue and best.intent.partition(".")[0] == self._vocabulary.default
        return plain or backed(alone.candidates, self._limits)

    def _leads(self, alone: Hypothesis, completion: Completion | None, context: Context) -> Leads:
        message, pointer = alone.message, self._resolver.pointer
        topic = pointer.recall(message, context)
        kept = context.aspect not in (None, OVERVIEW) and not message.aspects and message.topics
        early = message.points_first
        return Leads(
            topic=topic,
            with_topic=pointer.with_name(message, topic) if topic and (early or not message.topics) else "",
            with_aspect=pointer.with_aspect(message, context.aspect or "") if kept and not early else "",
            target=completion.target if completion and not completion.tentative else None,
            n_strange=len(alone.strange),
        )

    def _followed(self, alone: Hypothesis, by_itself: Hypothesis, context: Context) -> Hypothesis:
        """Decide by the grammar of ids where it leaves no doubt, else by how well each intent goes on from here."""
        message = alone.message
        completion = self._resolver.complete(message, context)
        excluded = self._alone.excluded(message, context)
        followed = self._weighed(alone, context, completion, excluded)
        plainly = message.plain or not (message.topics or message.aspects)
        if completion is not None and plainly and not completion.tentative:
            known_better = followed.answers and self._knows_better(followed, completion)
            if completion.target and completion.target not in excluded and not known_better:
                verdict = Verdict("answer", completion.why, (completion.target,), confidence=self._limits.named)
                return alone._replace(verdict=verdict, completion=completion)
        if followed.answers:
            return followed
        if completion is not None and completion.offers and (completion.lacking or not message.residue):
            return _offers(alone, self._likeliest_first(completion, followed), excluded)
        if alone.strange and about_something_else(message, alone.strange, self._limits):
            return alone
        declines = followed.verdict.kind == "decline" and by_itself.verdict.outside
        return followed._replace(verdict=by_itself.verdict) if declines else followed

    def _likeliest_first(self, completion: Completion, followed: Hypothesis) -> Completion:
        """Put what the words lead to before the rest, where a topic lacks what was asked."""
        if not completion.lacking:
            return completion
        topic = completion.topic or ""
        own = self._vocabulary.of_topic(topic)
        nearest = (c.intent for c in followed.candidates if c.confidence >= self._limits.offered)
        first = [i for i in nearest if self._reaches(topic, i)]
        elsewhere = [i for i in completion.offers if i not in own]
        likely = [c.intent for c in followed.candidates if c.intent in own]
        return completion._replace(offers=tuple(dict.fromkeys([*first, *elsewhere, *likely, *completion.offers])))

    def _knows_better(self, followed: Hypothesis, completion: Completion) -> bool:
        """Return whether all that speaks for another aspect of the same topic outdoes the grammar.

        "Years to get there" is a question about time, though "get there" names how to become one.
        """
        topic, _, aspect = followed.verdict.ids[0].partition(".")
        surely = followed.verdict.confidence >= self._limits.sure_of_no_talk
        return surely and topic == completion.topic and aspect != OVERVIEW

    def _weighed(
        self, alone: Hypothesis, context: Context, completion: Completion | None, excluded: frozenset[str]
    ) -> Hypothesis:
        """Decide by how well each intent goes on from the context."""
        message = alone.message
        leads = self._leads(alone, completion, context)
        if "other" in message.words and message.pronouns and context.topic:
            excluded = excluded.union(self._vocabulary.of_topic(context.topic))
        standings = self._follower.standings(message, context, leads, excluded, self._limits.standings)
        verdict = self._verdict(standings, message, completion, context)
        return alone._replace(verdict=verdict, candidates=_as_candidates(standings.best, alone.candidates))

    def _verdict(
        self, standings: Standings, message: Message, completion: Completion | None, context: Context
    ) -> Verdict:
        """Answer what is sure and ahead, offer what is near, and say no to the rest."""
        limits = self._limits
        best, second = standings.best[0], next((s.share for s in standings.best[1:]), 0.0)
        why = ", ".join(name for name, _ in best.pulls[:3])
        needs = max(
            self._needed(best.intent, message, completion, context),
            standings.outside * limits.over_outside,
            second * limits.ahead,
        )
        if best.share >= needs:
            return Verdict("answer", why, (best.intent,), confidence=best.share)
        target = completion.target if completion is not None and not message.residue else None
        tied = next((s for s in standings.best[:2] if s.intent == target and s.share >= limits.backed_by_grammar), None)
        if completion is not None and tied is not None and tied.share >= standings.outside * limits.ahead:
            # Of two that stand alike, the grammar of ids knows which one "it" is.
            return Verdict("answer", completion.why, (tied.intent,), confidence=tied.share)
        near = [standing for standing in standings.best if standing.share >= limits.offered][:MOST_OPTIONS]
        lacking = completion is not None and completion.lacking
        if sum(standing.share for standing in near) >= max(limits.offered_together, standings.outside) and not lacking:
            return Verdict("clarify", why, tuple(s.intent for s in near), confidence=best.share)
        return Verdict("decline", "nothing is sure enough to go on to", confidence=best.share)

    def _needed(self, intent: str, message: Message, completion: Completion | None, context: Context) -> float:
        """Return the share that an answer needs: more of it where the topic that is meant lacks what is asked."""
        if completion is None or not completion.lacking:
            return self._limits.sure
        topic, halves = completion.topic or "", set(intent.split("."))
        points = bool(message.pronouns) and (not message.topics or message.points_first)
        if topic in halves and halves == {topic, OVERVIEW}:
            # What it is in general may hold what was asked, in words of its own, but is no other aspect in its place.
            return self._limits.sure_of_no_talk if message.aspects else _NEVER
        if topic in halves or (points and not halves.isdisjoint((*context.topics, *context.mentioned))):
            # Of a topic that is only pointed at, another one that was talked about may as well be meant.
            return self._limits.sure
        if not self._reaches(topic, intent):
            # "Why does it matter", of a thing, is not asked of something else, however much it sounds so.
            never = message.pronouns or self._resolver.alike(topic, [intent])
            return _NEVER if never else self._limits.sure_of_no_talk
        linked = any(intent in self._pack.intent[last].next for last in context.last)
        return self._limits.sure if linked else self._limits.sure_of_other

    def _reaches(self, topic: str, intent: str) -> bool:
        """Return whether some `next` of a topic leads to the topic of an intent, and that is of another kind."""
        other = intent.partition(".")[0]
        after = {n.partition(".")[0] for i in self._vocabulary.of_topic(topic) for n in self._pack.intent[i].next}
        return other in after - {self._vocabulary.default} and not self._resolver.alike(topic, [intent])


def _offers(alone: Hypothesis, completion: Completion, excluded: Collection[str]) -> Hypothesis:
    offers = [offer for offer in completion.offers if offer not in excluded]
    order = {candidate.intent: at for at, candidate in enumerate(alone.candidates)}
    if completion.topic is None:
        offers.sort(key=lambda offer: order.get(offer, len(order)))
    verdict = Verdict("clarify", completion.why, tuple(offers[:MOST_OPTIONS]))
    return alone._replace(verdict=verdict, completion=completion)


def _as_candidates(standings: Sequence[Standing], ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return standings as candidates, with the evidence that the ranking of the words alone has for them."""
    known = {candidate.intent: candidate for candidate in ranked}
    words_ = ranked[0].words if ranked else ()
    found = []
    for at, standing in enumerate(standings):
        rival = standings[0 if at else 1].share if len(standings) > 1 else 0.0
        alone = known.get(standing.intent)
        found.append(
            Candidate(
                standing.intent,
                round(standing.share, 4),
                round(standing.score, 4),
                round(standing.share - rival, 4),
                alone.phrase if alone else "",
                alone.words if alone else tuple(word._replace(weight=0.0) for word in words_),
            )
        )
    return tuple(found)
