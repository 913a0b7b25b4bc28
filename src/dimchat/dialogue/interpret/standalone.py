"""One message, read and decided as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.interpretation import Hypothesis
from dimchat.dialogue.interpret.policy import (
    EMERGENCY,
    Idle,
    Verdict,
    alarming,
    backed,
    decide,
    group_of,
    heeded,
    in_turn,
    is_intent,
    likelier,
    names_other,
    offered,
    share,
    strangers,
)
from dimchat.dialogue.interpret.ranker import Scorer
from dimchat.dialogue.interpret.reference import reader_of, with_names
from dimchat.dialogue.understand.vocabulary import OVERVIEW
from dimchat.language.questions import asked
from dimchat.language.senses import dictionary
from dimchat.language.tokens import words
from dimchat.model import CONVERSATION, GROUPS, OUTSIDE, SAFETY, Context

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analyser, Analysis, Message
    from dimchat.dialogue.understand.cues import Alarm
    from dimchat.dialogue.understand.vocabulary import VocabularyIndex
    from dimchat.model import Candidate, Pack

LIMIT = 12


class Standalone:
    """Reads messages, and decides on them as if nothing else had been said."""

    def __init__(
        self, pack: Pack, matcher: Ranker, vocabulary: VocabularyIndex, analyser: Analyser, thresholds: Thresholds
    ) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            matcher: What ranks a text.
            vocabulary: Of the pack.
            analyser: What reads words again once it is known what they stand for.
            thresholds: How sure is sure enough.
        """
        self._pack, self._matcher, self._vocabulary, self._limits = pack, matcher, vocabulary, thresholds
        self._analyser, self._cues, self._smalltalk = analyser, analyser.safety, analyser.smalltalk
        self._idle = Idle(vocabulary.default_words, vocabulary.tongue)

    def hypothesis(self, analysis: Analysis, context: Context) -> Hypothesis:
        """Return what a message means by itself; of the context only the names that it stands for are used.

        Args:
            analysis: Of one question.
            context: What "the first one" and "those two" may name.
        """
        whole = self._as_it_stands(analysis, context)
        sure = whole.answers and whole.verdict.confidence >= self._limits.named
        # A sure question of few words, or one that the pack has word for word, tells nothing besides.
        told = len(whole.message.words) > self._limits.pointing and not _is_known(whole)
        cries = EMERGENCY in whole.verdict.ids
        if (
            whole.final
            or (sure and not told)
            or not whole.candidates
            or whole.verdict.kind == "smalltalk"
            or (cries and len(whole.message.words) <= self._limits.telling)
        ):
            return whole._replace(heard=whole.candidates)
        text = asked(analysis.masked)
        if text is None:
            return whole._replace(heard=whole.candidates)
        part = self._as_it_stands(self._analyser.analyse(text), Context(reader=reader_of(context, self._pack)))
        # What is told "of a grandmother who was fretting" sounds like a cry for help, and the question is about years.
        if (sure and not self._named(part)) or (cries and part.verdict.confidence < self._limits.named):
            return whole._replace(heard=whole.candidates)
        return self._by_asked(whole, part)._replace(heard=in_turn(part.candidates, whole.candidates))

    def _by_asked(self, whole: Hypothesis, part: Hypothesis) -> Hypothesis:
        """Return what a message means whose story hides the question: what the part that asks means, if all agrees.

        What is told may be what the question is about, so that it is not left out lightly. Of a whole that leads
        elsewhere the part has to be the surer by far.
        """
        limits = self._limits
        if not part.answers:
            return whole
        meant, sure = part.verdict.ids[0], part.verdict.confidence
        of_whole = {c.intent: c.confidence for c in whole.candidates}
        of_part = {c.intent: c.confidence for c in part.candidates}
        best = whole.candidates[0]
        if part.message.pronouns and not part.message.topics and meant != best.intent:
            # "It" is what the rest tells of.
            return whole
        if whole.answers:
            rival = whole.verdict.ids[0]
            agrees = sure >= limits.asked_instead and of_part.get(rival, 0.0) < limits.told_at_least
            agrees = agrees and of_whole.get(meant, 0.0) >= limits.told_of_other
            agrees = agrees or (self._named(part) and of_part.get(rival, 0.0) < limits.told_at_least)
        else:
            agrees = meant == best.intent or not is_intent(best) or best.confidence < limits.floor
            # What is told of the post that one has speaks for how to get that post, whatever is asked.
            told = whole.message.held or of_whole.get(meant, 0.0) >= limits.told_at_least
            agrees = (agrees and told and sure >= limits.asked) or sure >= limits.asked_surely
        return part._replace(asked=part.message.text) if agrees else whole

    def _named(self, part: Hypothesis) -> bool:
        """Return whether the part of a story that asks is surely answered, and names both halves of what it asks.

        The name of a place stands for one half, as the answers of places have it. What points back may be about the
        story.
        """
        if not part.answers or part.verdict.confidence < self._limits.named or part.message.pronouns:
            return False
        halves = set(part.verdict.ids[0].split("."))
        named = halves.intersection((*part.message.topic_ids, *part.message.aspect_ids))
        return named == halves or (bool(named) and any(slot in part.message.words for slot in self._pack.slot))

    def _as_it_stands(self, analysis: Analysis, context: Context) -> Hypothesis:
        if analysis.smalltalk is not None and not self._stands(analysis.tokens):
            return Hypothesis(_chat(analysis.smalltalk), analysis.message, (), final=analysis.final)
        tokens = tuple(with_names(analysis.wanted, context, self._pack))
        own, plain = (analysis.own, analysis.message) if tokens == analysis.wanted else self._analyser.read(tokens)
        ranked = self._matcher.rank(analysis.masked if plain.words == analysis.tokens else plain.text, LIMIT)
        spelling, doubted = _spelling(ranked, plain.words)
        meant = self._meant(tokens, ranked, spelling, analysis.courtesies)
        if meant is not None:
            return Hypothesis(_chat(meant), plain, (), spelling=doubted)
        message = self._analyser.respelt(own, spelling) if spelling else plain
        excluded = self.excluded(message, context).union(self._held(message))
        reader = reader_of(context, self._pack)
        candidates = self._usable(ranked, excluded, self._alarming(analysis, message, doubted, context))
        candidates = likelier(candidates, lambda c: group_of(c) == reader, self._limits.of_reader)
        both = {self._vocabulary.intent(topic, aspect) for topic in message.topic_ids for aspect in message.aspect_ids}
        candidates = likelier(candidates, lambda c: c.intent in both, self._limits.of_both_names)
        if ranked and ranked[:1] == list(candidates[:1]) and self._falsely_alarmed(plain.text, candidates[0]):
            candidates = candidates[1:]
        strange = strangers(message.residue, ranked, self._limits)
        title = self._analyser.titles.get(" ".join(tokens))
        phrase = next((c for c in candidates if is_intent(c) and words(c.phrase) == list(tokens)), None)
        if title is not None:
            verdict = Verdict("answer", "the words are those of a title", (title,), confidence=self._limits.named)
        elif phrase is not None:
            sure = max(phrase.confidence, self._limits.named)
            verdict = Verdict("answer", "the words are those of a phrase", (phrase.intent,), confidence=sure)
        else:
            verdict = self._for_reader(self._verdict(message, candidates, strange), candidates, reader)
            verdict = self._by_itself(verdict, candidates, ranked, reader)
        return Hypothesis(verdict, message, candidates, spelling=doubted, strange=strange, final=title is not None)

    def _stands(self, tokens: Sequence[str]) -> bool:
        """Return whether words are a phrase of an intent that has an answer: then they are no small talk."""
        ranked = self._matcher.rank(" ".join(tokens), LIMIT)
        return any(is_intent(c) and words(c.phrase) == list(tokens) for c in ranked)

    def excluded(self, message: Message, context: Context) -> frozenset[str]:
        """Return what a correction turned down: the last answer, and the topics and aspects it names with "not".

        Args:
            message: What was said.
            context: What it corrects.
        """
        if "correct" not in message.frames:
            return frozenset()
        vocabulary = self._vocabulary
        rejected = (i for name in message.rejected for i in (*vocabulary.of_topic(name), *vocabulary.with_aspect(name)))
        return frozenset((*context.last, *rejected))

    def _held(self, message: Message) -> set[str]:
        """Return what tells how to get the posts that the person has."""
        people = (person for topic in message.held for person in (topic, *self._vocabulary.people(topic)))
        return {intent for person in people if (intent := self._vocabulary.becoming(person))}

    def _usable(
        self, ranked: Sequence[Candidate], excluded: Collection[str], alarming: Callable[[Candidate], bool]
    ) -> tuple[Candidate, ...]:
        """Return the candidates that may be replied with."""
        return tuple(
            candidate
            for candidate in ranked
            if candidate.intent not in excluded
            and (candidate.intent in self._pack.answer or candidate.intent.partition(".")[0] in GROUPS)
            and (group_of(candidate) != SAFETY or alarming(candidate))
        )

    def _alarming(
        self, analysis: Analysis, message: Message, doubted: Mapping[str, str], context: Context
    ) -> Callable[[Candidate], bool]:
        """Return what tells whether a safety group may be replied with to a message."""
        leaning = bool(context.topic and message.pronouns)
        # "Broken stuff?", "what about the heart ones": what goes on from a topic in few words is seldom a cry for help.
        goes_on = bool(context.topic) and (message.framed or len(message.words) < self._limits.fragment)
        named = [[message.words[at] for at in mention.span] for mention in message.topics]
        named = [name for name in named if doubted.keys().isdisjoint(name)]

        tokens, past = analysis.tokens, set(analysis.tokens).difference(analysis.of_now)

        def told(candidate: Candidate) -> bool:
            excused = past.union(tokens[at] for at in self._cues.excused(tokens, candidate.intent, doubted))
            if candidate.intent == EMERGENCY:
                nothing_else = not (excused or message.topics or message.aspects)
                # Who names both halves of a question asks it, about "seizure CE for ARRT" too.
                both = message.topics and message.aspects
                least = self._limits.sure_of_no_talk if both or goes_on else self._limits.emergency
                return candidate.confidence >= least and (
                    nothing_else or alarming(candidate, excused, self._limits, self._idle.tongue)
                )
            if candidate.confidence < self._limits.notice or names_other(candidate, named):
                return False
            return alarming(candidate, excused, self._limits, self._idle.tongue, leaning=leaning)

        return told

    def _falsely_alarmed(self, text: str, best: Candidate) -> bool:
        """Return whether only what a text means leads to a safety group, and its words lead elsewhere.

        "Are MRI machines dangerous" is near to what patients ask; that alone is no reason to send somebody to a doctor.
        An emergency is believed all the same where nothing else could be meant.
        """
        certain = best.intent == EMERGENCY and best.confidence >= self._limits.sure_of_no_talk
        if group_of(best) != SAFETY or certain or not isinstance(self._matcher, Scorer):
            return False
        scores = self._matcher.score_all(text)
        return scores is not None and not self._matcher.intents[int(scores.logs.argmax())].startswith(f"{SAFETY}.")

    def _meant(
        self, tokens: Sequence[str], ranked: Sequence[Candidate], spelling: Mapping[str, str], alarms: Sequence[Alarm]
    ) -> str | None:
        """Return the small talk in a message, as it was probably spelt and where the rest of it asks for nothing."""
        if ranked and ranked[0].confidence >= self._limits.floor and group_of(ranked[0]) != CONVERSATION:
            return None
        near = [
            c for c in ranked if group_of(c) != CONVERSATION and c.confidence >= self._limits.floor * self._limits.hint
        ]
        loud = {word.text for c in near for word in c.words if word.weight >= self._limits.asking_word}
        idle = {spelling.get(token, token) for token in tokens if token not in loud}
        meant = [spelling.get(token, token) for token in tokens]
        return self._smalltalk.cued(meant, self._smalltalk.alarms(meant) if spelling else alarms, idle)

    def _verdict(self, message: Message, candidates: tuple[Candidate, ...], strange: frozenset[str]) -> Verdict:
        idle = self._idle
        verdict = decide(candidates, self._limits, idle)
        if verdict.outside and not message.residue and self._knows_better(message):
            candidates = tuple(c for c in candidates if group_of(c) != OUTSIDE)
            verdict = decide(candidates, self._limits, idle)
        if strange and verdict.kind in ("answer", "clarify") and about_something_else(message, strange, self._limits):
            why = f"about something else: {', '.join(sorted(strange))}"
            return Verdict("decline", why, confidence=verdict.confidence)
        if strange and verdict.kind == "answer" and self._answers_the_name(message, candidates[0], strange):
            why = f"a topic is named, and what is asked of it is strange: {', '.join(sorted(strange))}"
            return Verdict("decline", why, confidence=verdict.confidence)
        if verdict.kind in ("clarify", "decline") and not strange and self._chats(message, candidates):
            best = candidates[0]
            why = "small talk is near the floor and well ahead, and nothing of the pack is named"
            return Verdict("smalltalk", why, (best.intent,), confidence=best.confidence)
        short = len(message.words) <= self._limits.telling
        if verdict.kind == "clarify" and not strange and short and self._agreed(message, candidates):
            best = candidates[0]
            why = "near the floor, well ahead, and of the topic that is meant"
            verdict = Verdict("answer", why, (best.intent,), confidence=best.confidence)
        if verdict.kind == "answer" and self._unheard(message, candidates[0]):
            return offered(candidates, self._limits, idle)._replace(
                why="a topic is named, and what is asked is unheard"
            )
        return verdict

    def _for_reader(self, verdict: Verdict, candidates: Sequence[Candidate], reader: str | None) -> Verdict:
        """Return what is near for the reader alone in place of choices: "what do we ask", of an employer."""
        own = [c for c in candidates if reader is not None and group_of(c) == reader]
        if verdict.kind != "clarify" or not own or own[0].intent not in verdict.ids:
            return verdict
        rival = own[1].confidence if len(own) > 1 else 0.0
        sure = own[0].confidence >= self._limits.floor and own[0].confidence - rival >= self._limits.margin
        why = "of what is near, one is for who asks"
        return Verdict("answer", why, (own[0].intent,), confidence=own[0].confidence) if sure else verdict

    def _by_itself(
        self, verdict: Verdict, candidates: Sequence[Candidate], ranked: Sequence[Candidate], reader: str | None
    ) -> Verdict:
        """Return choices in place of an answer that nothing but who asks speaks for."""
        first = next((c for c in ranked if verdict.kind == "answer" and c.intent in verdict.ids), None)
        if first is None or group_of(first) != reader or first.confidence >= self._limits.floor * self._limits.near:
            return verdict
        return offered(candidates, self._limits, self._idle)

    def _knows_better(self, message: Message) -> bool:
        """Return whether the vocabulary names an intent, in words that an outside group merely has as well."""
        if message.topics and message.bare and not message.aspects:
            return True
        asked = (*message.aspect_ids, *message.topic_ids)
        return any(self._vocabulary.intent(topic, aspect) for topic in message.topic_ids for aspect in asked)

    def _answers_the_name(self, message: Message, best: Candidate, strange: Collection[str]) -> bool:
        """Tell whether only the name of a topic leads to an answer, not what is asked: "what color is the CRA".

        A strange word that is no word at all asks nothing: somebody's name, an address, a slip.
        """
        asked = set(message.aspect_ids) - {OVERVIEW}
        by_name = bool(message.topics) and not asked and not heeded(best, message.residue, self._limits)
        return by_name and all(word in dictionary() for word in strange)

    def _unheard(self, message: Message, best: Candidate) -> bool:
        """Tell whether hardly anything but the name of a topic leads to an answer that is not quite sure.

        "What car does an imaging manager drive": what the words beside the name ask for is in no phrase.
        """
        if not message.residue or set(message.aspect_ids) - {OVERVIEW}:
            return False
        named = {message.stems[at] for mention in message.topics for at in mention.span}
        return best.confidence < self._limits.named and share(best, named, self._idle.tongue) >= self._limits.by_name

    def _chats(self, message: Message, candidates: Sequence[Candidate]) -> bool:
        about = message.topics or message.aspects or message.pronouns
        return not about and backed(candidates, self._limits) and group_of(candidates[0]) == CONVERSATION

    def _agreed(self, message: Message, candidates: Sequence[Candidate]) -> bool:
        """Return whether the first candidate is of the topic that is named, or of the default one, and well ahead."""
        if not backed(candidates, self._limits) or not is_intent(candidates[0]):
            return False
        found, _, aspect = candidates[0].intent.partition(".")
        by_name = message.leans or not heeded(candidates[0], message.residue, self._limits)
        if aspect == OVERVIEW and by_name and not message.aspects:
            # The name alone leads there; what is asked of it is still to be found.
            return False
        topics = set(message.topic_ids)
        if not topics and aspect in message.aspect_ids:
            # A question that names no topic is about the default one.
            topics = {self._vocabulary.default or ""}
        return found in topics


def about_something_else(message: Message, strange: Collection[str], thresholds: Thresholds) -> bool:
    """Return whether strange words outweigh what a message has for the pack, or stand beside a pronoun.

    Args:
        message: What was said.
        strange: Words of it that belong to something else.
        thresholds: How long a message that points back may be.
    """
    if message.pronouns and not message.topics and len(message.words) <= thresholds.pointing:
        return True
    own = [word for word in message.residue if word not in strange]
    return len(strange) > len(message.topics) + len(own)


def _spelling(ranked: Sequence[Candidate], tokens: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the misspelt words with what they are read as, and all that are not known as well."""
    if not ranked:
        return {}, {token: token for token in tokens}
    misspelt = {word.text: word.read_as for word in ranked[0].words if word.how == "misspelt"}
    unknown = {word.text: word.text for word in ranked[0].words if word.how in ("unknown", "stem")}
    return misspelt, misspelt | unknown


def _is_known(hypothesis: Hypothesis) -> bool:
    """Return whether a message is a phrase of what it is answered with."""
    best = next(iter(hypothesis.candidates), None)
    return best is not None and tuple(words(best.phrase)) == hypothesis.message.words


def _chat(intent: str) -> Verdict:
    return Verdict("smalltalk", "the words are small talk", (intent,), confidence=1.0)
