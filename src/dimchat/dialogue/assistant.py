"""The one path from a message to a reply."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dimchat import wording
from dimchat.dialogue.explanation import Explanation
from dimchat.dialogue.interpret.hypotheses import Weigher
from dimchat.dialogue.interpret.pack_statistics import PackStatistics
from dimchat.dialogue.interpret.policy import MOST_OPTIONS, Bar, quiet
from dimchat.dialogue.interpret.reference import is_full
from dimchat.dialogue.interpret.standalone import NAMED, Grounds
from dimchat.dialogue.respond import context as contexts
from dimchat.dialogue.respond.compose import MORE, Composer, Turn, nearest, runners_up
from dimchat.dialogue.understand.analysis import read
from dimchat.dialogue.understand.cues import Cues
from dimchat.dialogue.understand.vocabulary import OVERVIEW, VocabularyIndex
from dimchat.language.english import LAST, NONE
from dimchat.language.grammar import picked, split_questions
from dimchat.language.tokens import words
from dimchat.model import SAFETY, Context, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.dialogue.interpret.followup import Pull
    from dimchat.dialogue.interpret.interpretation import Finding
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.understand.cues import Alarm
    from dimchat.model import Pack, Reply

LONGEST = 1000
"""Characters beyond which a message is no question."""
LONGEST_WORDS = 60
_FRESH = Context()
_MENTIONED = 5
_CERTAIN = 1.0


class _Step(NamedTuple):
    """A turn with what led to it."""

    turn: Turn
    decision: str
    findings: tuple[Finding, ...] = ()
    cue: str | None = None


class Assistant:
    """Answers messages from a pack; the same message and context give the same reply, always."""

    def __init__(self, pack: Pack, matcher: Ranker, statistics: Callable[[], PackStatistics] | None = None) -> None:
        """Make what answering needs.

        Args:
            pack: The answer set.
            matcher: What ranks its intents for a text.
            statistics: Reads those of the pack at the first follow-up; None to count them then.
        """
        self.pack = pack
        self._vocabulary = VocabularyIndex(pack)
        self._bar = Bar.of(pack.calibration)
        self._cues = Cues(pack, SAFETY)
        statistics = statistics or partial(PackStatistics.of, pack)
        self._weigher = Weigher(pack, matcher, self._vocabulary, self._bar, self._cues, statistics=statistics)
        self._composer = Composer(pack)
        self._grounds = Grounds(pack)

    def ask(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context]:
        """Return the reply to a message, and the context for the next one.

        Args:
            text: What the person typed, whatever it is.
            context: What the turn before handed back.

        >>> from dimchat import open_assistant
        >>> assistant = open_assistant()
        >>> reply, context = assistant.ask("what is the CRA")
        >>> reply.intents, context.topic
        (('cra.overview',), 'cra')
        >>> reply, context = assistant.ask("how often do I renew it", context)
        >>> reply.kind, reply.intents, reply.citations[0].publisher
        ('answer', ('cra.renewal',), 'AHRA / RACC (crainfo.org)')
        """
        step = self._step(text, context)
        reply, after = step.turn
        return reply._replace(margin=_margin(reply, step.findings)), after

    def explain(self, text: str, context: Context = _FRESH) -> Explanation:
        """Return why `ask` replies as it does.

        Args:
            text: What the person typed.
            context: What the turn before handed back.
        """
        return self.study(text, context)[2]

    def study(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context, Explanation]:
        """Return what `ask` returns, and why, for the price of one.

        Args:
            text: What the person typed.
            context: What the turn before handed back.
        """
        step = self._step(text, context)
        reply, after = step.turn
        tokens = words(text[:LONGEST])
        message = step.findings[0].message if step.findings else read(tokens, self._vocabulary, {})
        candidates = step.findings[0].candidates if step.findings else ()
        explanation = Explanation(
            question=text,
            normalised=" ".join(tokens),
            words=candidates[0].words if candidates else tuple(Word(t, t, "same", 0.0) for t in tokens),
            frames=tuple(message.frames),
            pronouns=tuple(message.words[at] for at in message.pronouns),
            topics=message.topic_ids,
            aspects=message.aspect_ids,
            safety=step.cue,
            context=contexts.aged(context),
            readings=tuple(reading for finding in step.findings for reading in finding.readings),
            floor=self._bar.floor,
            margin=self._bar.margin,
            decision=step.decision,
            kind=reply.kind,
            intents=reply.intents,
            options=tuple(option.intent for option in reply.options),
        )
        return reply, after, explanation

    def pulls(self, text: str, context: Context) -> tuple[tuple[str, ...], list[Pull]] | None:
        """Return the ids that a message is weighed between and what speaks for which; None where it leans on nothing.

        Args:
            text: What the person typed.
            context: What the turn before handed back.
        """
        return self._weigher.pulls(text, contexts.aged(context))

    def _step(self, text: str, context: Context) -> _Step:
        step = self._reply(text, contexts.aged(context))
        named = tuple(dict.fromkeys(topic for finding in step.findings for topic in finding.message.topic_ids))
        if named:
            reply, after = step.turn
            step = step._replace(turn=(reply, after._replace(mentioned=named[:_MENTIONED])))
        return step

    def _reply(self, text: str, context: Context) -> _Step:
        tokens = words(text)
        alarm = self._cues.find(tokens)
        if alarm is not None and not self._cues.doubts(tokens):
            return self._alarmed(text, context, alarm, "a safety cue fired before anything was ranked")
        unranked = self._unranked(text, tokens, context)
        if unranked is not None and alarm is None:
            return unranked
        whole = self._weigher.weigh(text, context)
        alarm = self._cues.find_misspelt(tokens, whole.spelling, alarm)
        if alarm is not None:
            why = "a safety cue fired on words as they were probably meant"
            return self._alarmed(text, context, alarm, why, (whole,))
        pick = unranked or self._paraphrase(text, context, whole)
        return pick or self._parts(text, context, whole) or self._single(text, context, whole)

    def _alarmed(
        self, text: str, context: Context, alarm: Alarm, decision: str, findings: tuple[Finding, ...] = ()
    ) -> _Step:
        return _Step(
            self._composer.fixed(text, context, "safety", alarm.intent, _CERTAIN), decision, findings, alarm.cue
        )

    def _unranked(self, text: str, tokens: Sequence[str], context: Context) -> _Step | None:
        """Reply to what needs no ranking: a pick, and what is no question."""
        compose = self._composer
        pick = self._pick(text, context)
        if pick is not None:
            return pick
        if not tokens:
            lead = wording.DECLINE_NOTHING[context.turn % len(wording.DECLINE_NOTHING)]
            return _Step(compose.decline(text, context, lead=lead), "there are no words")
        if len(text) > LONGEST or len(tokens) > LONGEST_WORDS:
            lead = wording.DECLINE_TOO_LONG[context.turn % len(wording.DECLINE_TOO_LONG)]
            return _Step(compose.decline(text, context, lead=lead), "the message is too long")
        return None

    def _single(self, text: str, context: Context, finding: Finding) -> _Step:
        verdict, compose = finding.verdict, self._composer
        decision = next((f"the reading {r.name!r} won: {r.verdict}" for r in finding.readings if r.won), verdict.why)
        match verdict.kind:
            case "answer":
                rivals = runners_up(finding)
                keeps = self._keeps(finding, context)
                turn = compose.answer(text, context, verdict.ids, verdict.confidence, runners_up=rivals, keeps=keeps)
            case "safety":
                turn = compose.fixed(text, context, "safety", verdict.ids[0], verdict.confidence)
            case "smalltalk":
                turn = compose.smalltalk(text, context, finding)
            case "decline" | "clarify" if finding.message.only_asks and context.options:
                lead = wording.CLARIFY[context.turn % len(wording.CLARIFY)]
                turn = compose.clarify(text, context, context.options, lead, pending=context.pending)
                decision = "a bare question about the choices: they are offered again"
            case "decline" | "clarify" if finding.message.only_asks and (more := self._weigher.after(finding, context)):
                turn = compose.answer(text, context, more.verdict.ids, more.verdict.confidence)
                decision = f"a bare question word, asked of the aspect so far: {more.verdict.why}"
            case "decline" | "clarify" if finding.message.only_asks and context.last:
                turn = compose.again(text, context, MORE, verdict.confidence)
                decision = "a bare question word: the whole of the last answer"
            case "clarify":
                turn = compose.clarification(text, context, finding)
            case "decline" if self._leans_on_nothing(finding, context):
                lead = wording.NOTHING_BEFORE[context.turn % len(wording.NOTHING_BEFORE)]
                usual = self._vocabulary.of_topic(self._vocabulary.default or "")
                offers = (nearest(finding) or tuple(usual))[:MOST_OPTIONS]
                turn = compose.clarify(text, context, offers, lead)
                decision = "it leans on what was said before, and nothing was"
            case "decline":
                outside = self._reason(finding)
                decision = decision if outside == verdict.outside else f"{decision}, but in hardly a word of its own"
                turn = compose.decline(
                    text,
                    context,
                    nearest(finding),
                    topics=finding.message.topic_ids,
                    outside=outside,
                    confidence=verdict.confidence,
                )
        return _Step(turn, decision, (finding,))

    def _reason(self, finding: Finding) -> str | None:
        """Return the outside group that may be named as the reason for declining."""
        group = finding.verdict.outside
        return group if group and self._grounds.name(group, finding, self._vocabulary.default_words) else None

    def _leans_on_nothing(self, finding: Finding, context: Context) -> bool:
        """Tell whether a message points back where nothing was asked before, and is about nothing else."""
        message, usual = finding.message, self._vocabulary.default
        before = context.last or context.topics or context.options
        leans = message.pronouns or message.framed or message.only_asks
        unheard = bool(message.residue) and quiet(finding.candidates, message.residue)
        elsewhere = finding.strange or finding.verdict.outside or unheard
        return bool(leans and usual) and not (before or elsewhere)

    def _keeps(self, finding: Finding, context: Context) -> bool:
        """Tell whether an answer leaves the aspect so far: an overview that nobody asked for, of one more of a kind."""
        topic, _, aspect = finding.verdict.ids[0].partition(".")
        held, before = self.pack.topic.get(topic), self.pack.topic.get(context.topic or "")
        alike = held is not None and before is not None and held.kind == before.kind
        return alike and aspect == OVERVIEW and not finding.message.asks_overview

    def _pick(self, text: str, context: Context) -> _Step | None:
        """Read a number, an ordinal or "none of these" against what was offered."""
        offered = context.options or context.suggestions
        number = picked(text) if offered else None
        if number is None:
            return None
        compose = self._composer
        if number == NONE:
            return _Step(compose.none_of_these(text, context), "none of the choices was meant")
        if number == LAST:
            number = len(offered)
        if 1 <= number <= len(offered):
            return self._picked(text, context, offered[number - 1], "a choice was picked by its number")
        lead = wording.NO_SUCH_NUMBER[context.turn % len(wording.NO_SUCH_NUMBER)]
        lead = lead.format(number=number, most=len(offered))
        turn = compose.clarify(text, context, offered, lead, pending=context.pending)
        return _Step(turn, "there is no such choice")

    def _picked(self, text: str, context: Context, intent: str, decision: str) -> _Step:
        rivals = [other for other in context.options if other != intent]
        return _Step(self._composer.answer(text, context, [intent], _CERTAIN, runners_up=rivals), decision)

    def _paraphrase(self, text: str, context: Context, whole: Finding) -> _Step | None:
        """Read a message that names what sets one choice apart from the others."""
        message = whole.message
        if not context.options or whole.verdict.kind in ("safety", "smalltalk") or message.residue:
            return None
        if whole.answers and (is_full(message, self._vocabulary) or whole.verdict.ids[0] not in context.options):
            return None
        if whole.answers:
            step = self._picked(text, context, whole.verdict.ids[0], "the message names one of the choices")
            return step._replace(findings=(whole,))
        named = {*message.topic_ids, *message.aspect_ids}
        halves = {option: set(option.split(".")) for option in context.options}
        if not set(message.topic_ids) <= set().union(*halves.values()):
            return None
        scores = {option: len(named & both) for option, both in halves.items()}
        best = max(scores.values())
        fitting = [option for option, score in scores.items() if score == best]
        if best == 0 or len(fitting) > 1:
            return None
        step = self._picked(text, context, fitting[0], "the message names one of the choices")
        return step._replace(findings=(whole,))

    def _parts(self, text: str, context: Context, whole: Finding) -> _Step | None:
        """Answer two questions of one message in order, or the one of them that can be answered."""
        parts = split_questions(text)
        if len(parts) == 1 or whole.verdict.kind == "safety" or _is_phrase(text, whole):
            return None
        first = self._weigher.weigh(parts[0], context)
        between = context
        if first.verdict.kind == "answer":
            _, between = self._composer.answer(parts[0], context, first.verdict.ids, NAMED)
        second = self._weigher.weigh(parts[1], between)
        if "safety" in (first.verdict.kind, second.verdict.kind):
            return self._single(text, context, first if first.verdict.kind == "safety" else second)
        sure = [(part, f) for part, f in zip(parts, (first, second), strict=True) if f.verdict.kind == "answer"]
        if whole.verdict.outside and not any(f.message.topics for _, f in sure):
            return None
        ids = list(dict.fromkeys(i for _, f in sure for i in f.verdict.ids))
        left_out = [f for f in (first, second) if f.verdict.kind != "answer"]
        if not ids or (
            len(ids) == 1 and whole.verdict.kind == "answer" and not any(f.verdict.outside for f in left_out)
        ):
            return None
        confidence = min(f.verdict.confidence for _, f in sure)
        lead = ""
        if any(f.verdict.kind != "smalltalk" for f in left_out):
            lead = wording.PART_TAKEN.format(part=_quotable(sure[0][0]))
        rivals = [i for _, f in sure for i in runners_up(f)]
        turn = self._composer.answer(text, context, ids, confidence, runners_up=rivals, lead=lead)
        decision = "both parts clear the bar" if len(sure) > 1 else "one part of the message clears the bar"
        return _Step(turn, decision, (first, second))


def _margin(reply: Reply, findings: Sequence[Finding]) -> float | None:
    """Return how far the first candidate is ahead; None where the ranking did not decide what was answered."""
    first = findings[0].candidates[:1] if findings else ()
    decided = bool(first) and (not reply.intents or first[0].intent in reply.intents)
    return first[0].margin if decided else None


def _is_phrase(text: str, finding: Finding) -> bool:
    best = finding.candidates[0] if finding.candidates else None
    return best is not None and words(best.phrase) == words(text)


def _quotable(part: str) -> str:
    return " ".join(words(part))
