"""Interpreting a message: a choice, one question, several questions, or an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.asked import Places, given_first
from dimchat.dialogue.interpret.hypotheses import Hypotheses
from dimchat.dialogue.interpret.interpretation import Interpretation
from dimchat.dialogue.interpret.nearest import OutsideReasons
from dimchat.dialogue.interpret.policy import EMERGENCY, MOST_OPTIONS, Idle, Verdict, is_intent, quiet
from dimchat.dialogue.interpret.reference import Choosing, is_full
from dimchat.dialogue.interpret.several import Several
from dimchat.dialogue.understand.slot_finder import elsewhere
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.english import LAST, NONE, PRONOUNS, VAGUE
from dimchat.language.questions import asked, unannounced, without_asides
from dimchat.language.tokens import normalise, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.dialogue.interpret.followup import Pull
    from dimchat.dialogue.interpret.interpretation import Hypothesis
    from dimchat.dialogue.interpret.pack_statistics import PackStatistics
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analyser, Analysis
    from dimchat.dialogue.understand.cues import Alarm
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Context, Intent, Pack

_CERTAIN = 1.0
_LATELY = 2
"""An answer among so many last ones was given just before."""
_ALIKE = 90
"""How much, of 100, a message is like a phrase that it says with a slip."""


class Interpreter:
    """Finds out what a message means, in the light of what was said before."""

    def __init__(
        self,
        pack: Pack,
        matcher: Ranker,
        vocabulary: VocabularyIndex,
        analyser: Analyser,
        thresholds: Thresholds,
        *,
        statistics: Callable[[], PackStatistics],
        after_answer: Callable[[Context, Interpretation], Context],
    ) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            matcher: What ranks a text.
            vocabulary: Of the pack.
            analyser: What reads the parts of a message.
            thresholds: How sure is sure enough.
            statistics: Tells those of the pack when they are first needed.
            after_answer: Tells the context after an answer: a question leans on those before it in one message.
        """
        self._pack, self._vocabulary, self._analyser, self._after_answer = pack, vocabulary, analyser, after_answer
        self._limits = thresholds
        self._hypotheses = Hypotheses(pack, matcher, vocabulary, analyser, thresholds, statistics=statistics)
        self._reasons = OutsideReasons(pack, thresholds, Idle(vocabulary.default_words, vocabulary.tongue))
        self._rank, self._choosing = matcher.rank, Choosing(pack, vocabulary)
        self._places = Places(pack, matcher.rank)
        self._several = Several(analyser, self, pack.default_topic, thresholds)

    def interpret(self, analysis: Analysis, context: Context) -> Interpretation:
        """Return what a message means.

        Args:
            analysis: Of the message.
            context: What it may lean on.
        """
        alarm, safety, now = analysis.alarm, self._analyser.safety, analysis.of_now
        if alarm is not None and not analysis.doubtful and alarm.intent == EMERGENCY:
            return _alarmed(alarm, "a safety cue fired before anything was ranked")
        analysis = self._unannounced(analysis) if alarm is None else analysis
        unranked = self._unranked(analysis, context) or self._following(analysis, context)
        placed = None if unranked or alarm or not self._places else self._placed_first(analysis, context)
        if placed is not None:
            return placed
        if unranked is not None and alarm is None:
            return self._settled(unranked, analysis, context)
        whole = self._hypotheses.best(analysis, context)
        alarm = safety.find_misspelt(analysis.tokens, whole.spelling, alarm)
        if alarm is not None and now != analysis.tokens:
            alarm = safety.find_misspelt(now, whole.spelling, safety.find(now))
        if alarm is not None and (alarm.intent == EMERGENCY or not self._outdone(alarm, analysis, whole)):
            alarmed = _alarmed(alarm, "a safety cue fired, and no answer is sure that has nothing to do with it", whole)
            return self._several.of(analysis, context, alarmed) or alarmed
        choice = unranked or self._paraphrase(context, whole)
        if choice is not None:
            return self._settled(choice, analysis, context)
        single = self._settled(self._single(context, whole), analysis, context)
        return self._several.of(analysis, context, single) or single

    def _unannounced(self, analysis: Analysis) -> Analysis:
        """Return a message without what only announces its question, unless a topic is named there alone.

        Nor does a story ask in its asides, if it names a topic besides.
        """
        if len(analysis.tokens) > self._limits.telling:
            told = without_asides(analysis.text)
            plain = self._analyser.analyse(told) if told != analysis.text else analysis
            analysis = plain if plain.message.topics or not analysis.message.topics else analysis
        text = unannounced(analysis.text)
        rest = self._analyser.analyse(text) if text != analysis.text else analysis
        return rest if set(analysis.message.topic_ids) <= set(rest.message.topic_ids) else analysis

    def question(self, analysis: Analysis, context: Context, *, goes_on: bool) -> Interpretation:
        """Return what one of several questions of a message means.

        Args:
            analysis: Of the question.
            context: What it may lean on.
            goes_on: Others came before it in the same message.
        """
        bare = self._places.elsewhere(analysis, context) if self._places else None
        if bare is not None:
            return bare
        best = self._hypotheses.best(analysis, context)
        if goes_on and best.verdict.kind in ("clarify", "decline"):
            best = self._hypotheses.by_name(analysis, context) or best
        return self._settled(self._single(context, best), analysis, context, goes_on=goes_on)

    def after(self, context: Context, found: Interpretation) -> Context:
        """Return the context after an answer, for the next question of the same message."""
        return self._after_answer(context, found)

    def _settled(
        self, found: Interpretation, analysis: Analysis, context: Context, *, goes_on: bool = False
    ) -> Interpretation:
        """Return what a message of one question means, with the rows that it is about."""
        if not self._places or found.asked is not None:
            return found
        analysis = self._of_asked(found, analysis)
        settled = self._places.settled(found, analysis, context, goes_on=goes_on)
        if settled.kind not in ("clarify", "decline") or not analysis.mentions:
            return settled
        # The place may be all that keeps a question from its answer: "what does a ct tech make", in Texas.
        rest = self._analyser.analyse(elsewhere(analysis.text, analysis.mentions))
        meant = self._single(context, self._hypotheses.best(rest, context))
        return self._places.of_row(meant, analysis, context) or settled

    def _of_asked(self, found: Interpretation, analysis: Analysis) -> Analysis:
        """Return a message with the places alone that the part of it names which asks: a story tells of others."""
        text = asked(analysis.text) if analysis.mentions else None
        part = self._analyser.analyse(text) if text else None
        if part is None or not part.mentions:
            return analysis
        if any(hypothesis.asked for hypothesis in found.hypotheses):
            return part
        own = {(mention.slot, mention.values) for mention in part.mentions}
        return analysis._replace(mentions=tuple(m for m in analysis.mentions if (m.slot, m.values) in own))

    def _outdone(self, alarm: Alarm, analysis: Analysis, whole: Hypothesis) -> bool:
        """Return whether something else is meant than what an alarm is about: an emergency, or a question of the pack.

        A long message may tell of an illness or a bill on the way to its question; of a short one the ranking has to
        be the surer. Either way what the alarm is about has to be far off, or to stand in what is only told.
        """
        limits, sure, n_words = self._limits, whole.verdict.confidence, len(analysis.tokens)
        if EMERGENCY in whole.verdict.ids:
            return sure >= limits.certain
        few, long = n_words <= limits.few, n_words > limits.pointing
        ranked = self._rank(whole.message.text, MOST_OPTIONS)
        near = max((c.confidence for c in ranked if c.intent == alarm.intent), default=0.0)
        first = ranked[0].confidence if ranked and is_intent(ranked[0]) else 0.0
        if long and first >= limits.floor and near < first * limits.runner_up:
            # No word of it but the cue is about that.
            return True
        if not whole.answers or sure < (limits.floor if long else limits.certain if few else limits.named):
            return False
        if whole.asked and self._analyser.safety.find(words(whole.asked)) is None:
            return True
        return near < limits.floor * (limits.well_ahead if sure >= limits.named and not few else limits.runner_up)

    def pulls(self, analysis: Analysis, context: Context) -> tuple[tuple[str, ...], list[Pull]] | None:
        """Return what `Assistant.pulls` does."""
        return self._hypotheses.pulls(analysis, context)

    def _unranked(self, analysis: Analysis, context: Context) -> Interpretation | None:
        """Return what needs no ranking: a choice from what was offered, and what is no question."""
        offered, number = context.options or context.suggestions, analysis.selection
        if offered and number is not None:
            if number == NONE:
                return Interpretation("none_of_these", "none of the choices was meant")
            number = len(offered) if number == LAST else number
            if 1 <= number <= len(offered):
                return self._numbered(number, context, "a choice was picked by its number")
            return Interpretation("no_such_choice", "there is no such choice", offered, number=number)
        if not analysis.tokens:
            return Interpretation("empty", "there are no words")
        if len(analysis.text) > self._limits.longest or len(analysis.tokens) > self._limits.longest_words:
            return Interpretation("too_long", "the message is too long")
        chosen = self._chosen_first(analysis, context)
        return chosen or (self._places.elsewhere(analysis, context) if self._places else None)

    def _chosen_first(self, analysis: Analysis, context: Context) -> Interpretation | None:
        """Return the choice that a message begins with, and what it asks besides."""
        chosen = self._choosing.of(analysis.text, context.options) if context.options else None
        if chosen is None:
            return None
        choice = self._numbered(chosen.number, context, "the message begins with one of the choices")
        return self._several.then(choice, chosen.rest, context, more=chosen.more) if chosen.rest else choice

    def _placed_first(self, analysis: Analysis, context: Context) -> Interpretation | None:
        """Return the last answer for the place that a message begins with, and what the rest of it means after that."""
        head, rest = given_first(analysis)
        place = self._places.elsewhere(self._analyser.analyse(head), context) if head else None
        if place is None or place.kind != "answer":
            return None
        other = self._analyser.analyse(rest)
        return self._several.joining(place, other, self.interpret(other, self.after(context, place)))

    def _numbered(self, number: int, context: Context, why: str) -> Interpretation:
        """Return one of the choices or suggestions, from 1."""
        choice = _choice(context, (context.options or context.suggestions)[number - 1], why)
        slots = context.option_slots[number - 1] if context.options and context.option_slots else None
        return choice if slots is None else self._places.picked(choice, slots, context)

    def _following(self, analysis: Analysis, context: Context) -> Interpretation | None:
        """Answer with what follows the last answer and has what was said, slips aside, for a phrase or its title.

        Or with the only one that has all its words of content in one of these, one of them unlike the last answer's:
        "and on holidays" after "when are you open".
        """
        after = [intent for name in context.last for intent in self._pack.following.get(name, ())]
        if not after:
            return None
        from rapidfuzz import fuzz  # noqa: PLC0415 - hardly a pack needs it here

        said = normalise(analysis.text)
        why = "it is meant after the last answer alone"
        lines = [(text, one.id) for one in after for text in _lines(one)]
        likeness, meant = max((fuzz.ratio(said, normalise(text)), name) for text, name in lines)
        if likeness >= _ALIKE:
            return _choice(context, meant, why)
        asked = self._content(analysis.text)
        before = (
            text for name in context.last if name in self._pack.intent for text in _lines(self._pack.intent[name])
        )
        if asked <= {stem for text in before for stem in self._content(text)}:
            return None
        holding = {name for text, name in lines if asked <= self._content(text)}
        return _choice(context, holding.pop(), why) if len(holding) == 1 else None

    def _content(self, text: str) -> set[str]:
        """Return the stems of the words of a text that ask for something."""
        tongue = self._vocabulary.tongue
        return {tongue.stem(word) for word in words(text) if word not in tongue.function_words | VAGUE | PRONOUNS}

    def _paraphrase(self, context: Context, whole: Hypothesis) -> Interpretation | None:
        """Return the choice whose difference to the others a message names."""
        message = whole.message
        if not context.options or context.option_slots or message.residue:
            return None
        if whole.verdict.kind in ("safety", "smalltalk"):
            return None
        if whole.answers and not (message.bare and not message.aspects):
            meant = whole.verdict.ids[0]
            if is_full(message, self._vocabulary, self._limits) or meant not in context.options:
                return None
        else:
            named = {*message.topic_ids, *message.aspect_ids}
            halves = {option: set(option.split(".")) for option in context.options}
            if not set(message.topic_ids) <= set().union(*halves.values()):
                return self._another(context, message.topic_ids, whole)
            scores = {option: len(named & both) for option, both in halves.items()}
            best = max(scores.values())
            fitting = [option for option, score in scores.items() if score == best]
            if best == 0 or len(fitting) > 1:
                return None
            meant = fitting[0]
        return _choice(context, meant, "the message names one of the choices", whole)

    def _another(self, context: Context, topics: Sequence[str], whole: Hypothesis) -> Interpretation | None:
        """Return what all the choices ask, asked of a topic that is none of theirs."""
        aspects = {option.partition(".")[2] for option in context.options}
        asked = {i for topic in topics for aspect in aspects if (i := self._vocabulary.intent(topic, aspect))}
        why = "another topic is named, and all the choices ask the same"
        return _choice(context, asked.pop(), why, whole) if len(aspects) == len(asked) == 1 else None

    def _single(self, context: Context, hypothesis: Hypothesis) -> Interpretation:
        """Return what a message of one question means."""
        verdict = self._not_again(hypothesis, context)
        won = next((f"the reading {r.name!r} won: {r.verdict}" for r in hypothesis.readings if r.won), verdict.why)
        won = won if verdict is hypothesis.verdict else verdict.why
        found = Interpretation(verdict.kind, won, verdict.ids, confidence=verdict.confidence, hypotheses=(hypothesis,))
        if verdict.kind == "answer":
            return found._replace(
                runners_up=hypothesis.runners_up(self._limits), keeps=self._keeps(hypothesis, context)
            )
        if verdict.kind in ("safety", "smalltalk"):
            return found
        if hypothesis.message.only_asks and context.options and not context.option_slots:
            why = "a bare question about the choices: they are offered again"
            return found._replace(kind="offered_again", why=why, ids=context.options)
        if hypothesis.message.only_asks and context.last:
            return found._replace(kind="more", why="a bare question word: the whole of the last answer")
        return found if verdict.kind == "clarify" else self._turned_down(found, context)

    def _not_again(self, hypothesis: Hypothesis, context: Context) -> Verdict:
        """Return choices where an answer that was just given would be given again, and another one is in reach."""
        verdict, limits = hypothesis.verdict, self._limits
        if (
            not hypothesis.answers
            or hypothesis.message.only_asks
            or context.age > 1
            or verdict.ids[0] not in context.answered[:_LATELY]
        ):
            return verdict
        least = max(verdict.confidence - limits.floor * limits.reach, limits.offered)
        others = (c for c in hypothesis.candidates if is_intent(c) and c.intent in self._pack.answer)
        near = [c.intent for c in others if c.intent not in context.answered[:_LATELY] and c.confidence >= least]
        why = "it was answered just before, and something else is in reach"
        offers = (*near[: MOST_OPTIONS - 1], *verdict.ids)
        return Verdict("clarify", why, offers, confidence=verdict.confidence) if near else verdict

    def _turned_down(self, found: Interpretation, context: Context) -> Interpretation:
        """Say why a question is declined, or ask what it leans on."""
        hypothesis, outside = found.hypotheses[0], found.hypotheses[0].verdict.outside
        near = hypothesis.nearest(self._limits)
        if self._leans_on_nothing(hypothesis, context):
            usual = self._vocabulary.of_topic(self._vocabulary.default or "")
            offers = (near or tuple(usual))[:MOST_OPTIONS]
            return found._replace(
                kind="nothing_before", why="it leans on what was said before, and nothing was", ids=offers
            )
        if outside is None or self._reasons.names(outside, hypothesis):
            return found._replace(outside=outside, runners_up=near)
        return found._replace(why=f"{found.why}, but in hardly a word of its own", runners_up=near)

    def _leans_on_nothing(self, hypothesis: Hypothesis, context: Context) -> bool:
        """Return whether a message points back where nothing was asked before, and is about nothing else."""
        message, usual = hypothesis.message, self._vocabulary.default
        before = context.last or context.topics or context.options
        leans = message.pronouns or message.framed or message.only_asks
        unheard = bool(message.residue) and quiet(hypothesis.candidates, message.residue, self._limits)
        elsewhere = hypothesis.strange or hypothesis.verdict.outside or unheard
        return bool(leans and usual) and not (before or elsewhere)

    def _keeps(self, hypothesis: Hypothesis, context: Context) -> bool:
        """Return whether an answer keeps the aspect so far: an overview nobody asked for, of one more of a kind."""
        topic, _, aspect = hypothesis.verdict.ids[0].partition(".")
        held, before = self._pack.topic.get(topic), self._pack.topic.get(context.topic or "")
        alike = held is not None and before is not None and held.kind == before.kind
        return alike and aspect == OVERVIEW and not hypothesis.message.asks_overview


def _alarmed(alarm: Alarm, why: str, *hypotheses: Hypothesis) -> Interpretation:
    return Interpretation(
        "safety", why, (alarm.intent,), confidence=_CERTAIN, cue=alarm.cue, hypotheses=tuple(hypotheses)
    )


def _lines(intent: Intent) -> list[str]:
    return [intent.title, *(line.text for line in intent.phrases)]


def _choice(context: Context, intent: str, why: str, *hypotheses: Hypothesis) -> Interpretation:
    rivals = tuple(other for other in context.options if other != intent)
    return Interpretation(
        "answer", why, (intent,), confidence=_CERTAIN, runners_up=rivals, hypotheses=tuple(hypotheses)
    )
