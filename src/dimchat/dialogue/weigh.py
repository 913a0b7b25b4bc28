"""One message, read in each way that makes sense, and the reading that wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.dialogue.choose import completed_wins, guesses, is_of
from dimchat.dialogue.decide import (
    MOST_OPTIONS,
    Verdict,
    alarming,
    backed,
    decide,
    group_of,
    heeded,
    is_intent,
    leaves_over,
    quiet,
    share,
    speaks_for_all,
    strangers,
)
from dimchat.dialogue.explanation import Reading
from dimchat.dialogue.finding import Finding
from dimchat.dialogue.follow import following
from dimchat.dialogue.lexicon import OVERVIEW
from dimchat.dialogue.message import VAGUE_STEMS, read
from dimchat.dialogue.picks import with_names
from dimchat.dialogue.resolve import Completion, Resolver
from dimchat.dialogue.smalltalk import SmallTalk
from dimchat.match.normalise import FUNCTION_WORDS, words
from dimchat.match.stem import stem
from dimchat.model import CONVERSATION, GROUPS, OUTSIDE, SAFETY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dimchat.dialogue.cues import Alarm, Cues
    from dimchat.dialogue.decide import Bar
    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.dialogue.ranker import Ranker
    from dimchat.model import Candidate, Context, Pack

LIMIT = 12
NAMED = 0.9
"""The confidence where topic and aspect are both named, or one is named and the other kept."""
_OWN_SHARE = 0.18
"""How much of what speaks for a completed reading must come from the person's own words."""
_VAGUE_SHARE = 0.05
"""The same where the person used only words like "make"."""
_CLOSE = 0.5
"""The part of the best confidence from which the context may choose between candidates."""
_NEARLY = 0.75
"""The part of the floor from which the best of a topic may pass others that are nearer."""
_HINT = 0.2
"""The part of the floor from which a candidate may be chosen by the context at all."""
_OPEN_ASKING = frozenset({"what", "which", "where", "who", "when"})
"""Question words that ask for something new; "why" and "how" ask for more of the same."""
_CUES = 2
"""How many cues of the last aspect a bare question is tried with."""
_ASKED = 0.3
"""What a word adds to a candidate that it asks for, where it may as well be small talk."""
_POINTING = 8
"""A message of up to so many words with a pronoun is about what came before, not a story with a question in it."""


class Weigher:
    """Reads messages and decides between the readings."""

    def __init__(self, pack: Pack, matcher: Ranker, lexicon: Lexicon, bar: Bar, cues: Cues) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            matcher: What ranks a text.
            lexicon: The vocabulary of the pack.
            bar: How sure is sure enough.
            cues: Of safety; their idioms excuse words from the ranking too.
        """
        self._pack, self._matcher, self._lexicon, self._bar, self._cues = pack, matcher, lexicon, bar, cues
        self._resolver = Resolver(pack, lexicon)
        self._smalltalk = SmallTalk(pack, lexicon)
        self._titles = {tuple(words(intent.title)): intent.id for intent in pack.browsable}

    def weigh(self, text: str, context: Context) -> Finding:
        """Return the finding on a message that holds one question."""
        tokens = words(text)
        alarms = self._smalltalk.alarms(tokens)
        known = self._smalltalk.whole(tokens) or self._smalltalk.cued(tokens, alarms)
        if known is not None:
            return Finding(_chat(known), read(tokens, self._lexicon, {}), ())
        tokens = with_names(tokens, context, self._pack)
        own = self._smalltalk.without(tokens)
        plain = read(own, self._lexicon, {})
        if len(own) < len(tokens) and not plain.asks:
            own, plain = tokens, read(tokens, self._lexicon, {})
        changed = list(plain.words) != words(text)
        ranked = self._matcher.rank(plain.text if changed else text, LIMIT)
        spelling, doubted = _spelling(ranked, plain.words)
        meant = self._meant(tokens, ranked, spelling, alarms)
        if meant is not None:
            return Finding(_chat(meant), plain, (), spelling=doubted)
        message = read(own, self._lexicon, spelling) if spelling else plain
        excluded = self._excluded(message, context)
        candidates = self._usable(ranked, excluded, tokens)
        strange = strangers(message.residue, ranked)
        alone = self._alone(message, candidates, context, strange)._replace(spelling=doubted, strange=strange)
        title = self._titles.get(tuple(tokens))
        if title is not None:
            verdict = Verdict("answer", "the words are those of a title", (title,), confidence=NAMED)
            return alone._replace(
                verdict=verdict, readings=(_reading("alone", alone._replace(verdict=verdict), won=True),)
            )
        completed = None
        if alone.verdict.kind not in ("safety", "smalltalk") and not strange:
            completed = self._completed(alone, context, excluded)
        chosen = self._pointed(self._chosen(alone, completed), context)
        return self._linked(chosen, alone, completed, context) or chosen

    def _meant(
        self, tokens: Sequence[str], ranked: Sequence[Candidate], spelling: Mapping[str, str], alarms: Sequence[Alarm]
    ) -> str | None:
        """Return the small talk in a message, as it was probably spelt and where the rest of it asks for nothing."""
        if ranked and ranked[0].confidence >= self._bar.floor and group_of(ranked[0]) != CONVERSATION:
            return None
        near = [c for c in ranked if group_of(c) != CONVERSATION and c.confidence >= self._bar.floor * _HINT]
        loud = {word.text for c in near for word in c.words if word.weight >= _ASKED}
        idle = {spelling.get(token, token) for token in tokens if token not in loud}
        meant = [spelling.get(token, token) for token in tokens]
        return self._smalltalk.cued(meant, self._smalltalk.alarms(meant) if spelling else alarms, idle)

    def after(self, finding: Finding, context: Context) -> Finding | None:
        """Return the answer to a bare question word that is asked of the aspect so far ("in what?" of the degree)."""
        message = finding.message
        last = self._pack.intent.get(context.last[-1]) if context.last else None
        aspect = self._pack.aspect.get(last.aspect) if last else None
        if last is None or aspect is None or aspect.id == OVERVIEW or not _OPEN_ASKING & {*message.words}:
            return None
        linked = {*self._lexicon.of_topic(last.topic), *last.next} - {last.id}
        text = ""
        found: list[Candidate] = []
        for cue in (aspect.title, *aspect.cues[:_CUES]):
            ranked = self._usable(self._matcher.rank(f"{cue} {message.text}", LIMIT), {last.id}, words(cue))
            near = [c for c in ranked if c.intent in linked]
            if near and (not found or near[0].confidence > found[0].confidence):
                text, found = f"{cue} {message.text}", near
        ahead = len(found) == 1 or (found and found[0].confidence - found[1].confidence >= self._bar.floor * _HINT)
        if not ahead or not found or found[0].confidence < self._bar.floor * _CLOSE:
            return None
        why = "a bare question of what was asked last"
        completion = Completion(why, text=text, topic=last.topic, aspect=aspect.id)
        verdict = Verdict("answer", why, (found[0].intent,), confidence=found[0].confidence)
        return Finding(verdict, message, tuple(found), completion=completion)

    def _alone(
        self, message: Message, candidates: tuple[Candidate, ...], context: Context, strange: frozenset[str]
    ) -> Finding:
        idle = self._lexicon.default_words
        verdict = decide(candidates, self._bar, idle)
        if verdict.outside and not message.residue and self._knows_better(message, context):
            candidates = tuple(c for c in candidates if group_of(c) != OUTSIDE)
            verdict = decide(candidates, self._bar, idle)
        own = verdict.kind == "answer" and self._is_meant(verdict.ids[0], message, context) and len(strange) == 1
        if strange and not own and verdict.kind in ("answer", "clarify") and _about_something_else(message, strange):
            why = f"about something else: {', '.join(sorted(strange))}"
            verdict = Verdict("decline", why, confidence=verdict.confidence)
        elif verdict.kind in ("clarify", "decline") and not strange and self._chats(message, candidates):
            best = candidates[0]
            why = "small talk is near the floor and well ahead, and nothing of the pack is named"
            verdict = Verdict("smalltalk", why, (best.intent,), confidence=best.confidence)
        elif verdict.kind == "clarify" and not strange and self._agreed(message, candidates, context):
            best = candidates[0]
            why = "near the floor, well ahead, and of the topic that is meant"
            verdict = Verdict("answer", why, (best.intent,), confidence=best.confidence)
        return Finding(verdict, message, candidates)

    def _linked(self, chosen: Finding, alone: Finding, completed: Finding | None, context: Context) -> Finding | None:
        """Return what follows on from the last answer, where a message that leans on it finds nothing else."""
        lacking = chosen.completion is not None and chosen.completion.lacking
        if chosen.verdict.kind not in ("decline", "clarify") or chosen.verdict.outside or chosen.strange or lacking:
            return None
        topic = self._resolver.recall(alone.message, context)
        near = {i for last in context.last for i in self._pack.intent[last].next}
        near.update(self._lexicon.of_topic(topic or ""))
        candidates = (*alone.candidates, *(completed.candidates if completed else ()))
        best = following(alone.message, candidates, near.union(context.last), self._bar)
        if best is None:
            return None
        why = "it follows on from what was asked last"
        verdict = Verdict("answer", why, (best.intent,), confidence=best.confidence)
        completion = Completion(why, best.intent, topic=best.intent.partition(".")[0])
        found = Finding(verdict, alone.message, chosen.candidates, completion=completion, spelling=chosen.spelling)
        readings = (*(reading._replace(won=False) for reading in chosen.readings), _reading("linked", found, won=True))
        return found._replace(readings=readings)

    def _pointed(self, finding: Finding, context: Context) -> Finding:
        """Turn choices down that have nothing to do with what a pronoun points at."""
        message, verdict = finding.message, finding.verdict
        if verdict.kind != "clarify" or finding.completion or not message.pronouns or message.topics or message.aspects:
            return finding
        topic = self._resolver.recall(message, context)
        if topic is None or any(topic in i.split(".") for i in verdict.ids):
            return finding
        why = f"nothing near is about {topic}, which the pronoun points at"
        return finding._replace(verdict=Verdict("decline", why, confidence=verdict.confidence))

    def _is_meant(self, found: str, message: Message, context: Context) -> bool:
        """Tell whether an answer is of the topic that a pronoun points at, where something of it was named."""
        return bool(message.aspects) and found.partition(".")[0] == self._resolver.recall(message, context)

    def _knows_better(self, message: Message, context: Context) -> bool:
        """Tell whether the vocabulary names an intent, in words that an outside group merely has as well."""
        if message.points_at_two or (message.topics and message.bare and not message.aspects):
            return True
        topics = message.topic_ids
        if not topics and message.pronouns:
            recalled = self._resolver.recall(message, context)
            topics = (recalled,) if recalled else ()
            if recalled and not message.aspects:
                return True
        return any(self._lexicon.intent(t, a) for t in topics for a in (*message.aspect_ids, *message.topic_ids))

    def _chats(self, message: Message, candidates: Sequence[Candidate]) -> bool:
        about = message.topics or message.aspects or message.pronouns
        return not about and backed(candidates, self._bar) and group_of(candidates[0]) == CONVERSATION

    def _agreed(self, message: Message, candidates: Sequence[Candidate], context: Context) -> bool:
        """Tell whether the first candidate is of the topic that is named or pointed at, and well ahead."""
        if not backed(candidates, self._bar) or not is_intent(candidates[0]):
            return False
        found, _, aspect = candidates[0].intent.partition(".")
        by_name = message.leans or not heeded(candidates[0], message.residue)
        if aspect == OVERVIEW and by_name and not message.aspects:
            # The name alone leads there; what is asked of it is still to be found.
            return False
        topics = set(message.topic_ids)
        if not topics and message.leans and not (message.points_into_list and message.residue):
            topics = {self._resolver.recall(message, context) or ""}
        elif not topics and aspect in message.aspect_ids:
            # A question that names no topic is about the default one.
            topics = {self._lexicon.default or ""}
        return found in topics

    def _completed(self, alone: Finding, context: Context, excluded: Collection[str]) -> Finding | None:
        message = alone.message
        completion = self._completion(alone, context)
        if completion is None or completion.target in excluded:
            return None
        if guesses(completion, message) and not self._leads(alone, completion):
            return None
        if completion.leaning and message.pronouns:
            completion = completion._replace(tentative=False)
        if completion.target:
            known = max((c.confidence for c in alone.candidates if c.intent == completion.target), default=0.0)
            verdict = Verdict("answer", completion.why, (completion.target,), confidence=max(known, NAMED))
            return Finding(verdict, message, alone.candidates, completion=completion)
        if completion.offers:
            return self._offers(alone, completion, excluded)
        again = self._ranked_again(alone, completion, excluded)
        asked = None if again.answers or alone.answers else self._resolver.aspect_put_in(message, context)
        if asked is not None:
            other = self._ranked_again(alone, asked, {*excluded, *context.last})
            if other.answers:
                return other
        return again

    def _completion(self, alone: Finding, context: Context) -> Completion | None:
        """Return what the grammar makes of a message, helped by what the ranking of it shows."""
        resolver, message = self._resolver, alone.message
        completion = resolver.complete(message, context)
        if completion is not None and completion.text and message.points_at_two:
            return completion
        best = next(iter(alone.candidates), None)
        topic, _, aspect = best.intent.partition(".") if best else ("", "", "")
        # The default topic's name tells little: "business managers" are others.
        leads_to_name = aspect == OVERVIEW and topic != self._lexicon.default
        if leads_to_name or (not alone.answers and quiet(alone.candidates, message.residue)):
            completion = resolver.kept(message, context) or completion
        if completion is None or completion.lacking or not completion.target:
            completion = resolver.same_aspect(message, context, self._close(alone)) or completion
        if completion is None or not (completion.target or completion.offers):
            completion = self._by_aspect(alone, context) or completion
        return completion

    def _offers(self, alone: Finding, completion: Completion, excluded: Collection[str]) -> Finding:
        """Offer what the halves could mean, unless a ranking knows the matter under another name."""
        if completion.text:
            again = self._ranked_again(alone, completion._replace(offers=(), lacking=False), excluded)
            if again.answers and is_of(again.verdict.ids[0], completion):
                return again
        offers = [offer for offer in completion.offers if offer not in excluded]
        order = {candidate.intent: at for at, candidate in enumerate(alone.candidates)}
        if completion.topic is None:
            offers.sort(key=lambda offer: order.get(offer, len(order)))
        verdict = Verdict("clarify", completion.why, tuple(offers[:MOST_OPTIONS]))
        return Finding(verdict, alone.message, alone.candidates, completion=completion)

    def _by_aspect(self, alone: Finding, context: Context) -> Completion | None:
        """Use what the message alone would find as a hint at the aspect."""
        verdict, message = alone.verdict, alone.message
        if verdict.kind == "decline":
            best = next(iter(alone.candidates), None)
            pointed = best is not None and is_intent(best) and message.pronouns and message.residue
            if best is None or not pointed or not speaks_for_all(best, message.residue):
                return None
            return self._resolver.transferred(message, context, best.intent, sure=False)
        sure = verdict.kind == "answer"
        told = self._resolver.told_apart(message, context, verdict.ids)
        if sure or (told and told.target not in context.last and not backed(alone.candidates, self._bar)):
            told = None
        return told or self._resolver.transferred(message, context, verdict.ids[0], sure=sure)

    def _close(self, alone: Finding) -> list[str]:
        """The candidates that are near enough to be chosen among."""
        intents = [c for c in alone.candidates if is_intent(c)]
        if intents and intents[0] is not alone.candidates[0] and not alone.message.bare:
            return []
        least = max(self._bar.floor * _HINT, (intents[0].confidence if intents else 0.0) * _CLOSE)
        return [c.intent for c in intents if c.confidence >= least]

    def _leads(self, alone: Finding, completion: Completion) -> bool:
        """Tell whether the ranking by itself leads to what the vocabulary guesses."""
        best = next(iter(alone.candidates), None)
        if completion.leaning and alone.message.pronouns and completion.aspect:
            intents = [c for c in alone.candidates if is_intent(c)]
            return bool(intents) and intents[0].intent.partition(".")[2] == completion.aspect
        if best is None or best.intent != completion.target:
            return False
        # "What does it pay", with nothing before: no word is left that could mean something else.
        plain = not alone.message.residue and best.intent.partition(".")[0] == self._lexicon.default
        return plain or backed(alone.candidates, self._bar)

    def _ranked_again(self, alone: Finding, completion: Completion, excluded: Collection[str]) -> Finding:
        text = completion.text or alone.message.text
        tokens = words(text)
        candidates = self._usable(self._matcher.rank(text, LIMIT), excluded, tokens)
        # The name that was put in is no evidence: what the person said must speak for the answer.
        said = completion.asked or alone.message.words
        own = {stem(word) for word in said if word not in FUNCTION_WORDS}
        least = _OWN_SHARE if own - VAGUE_STEMS else _VAGUE_SHARE
        own = own - VAGUE_STEMS or own
        candidates = tuple(c for c in candidates if not is_intent(c) or share(c, own) >= least)
        idle = self._lexicon.default_words | ({stem(word) for word in tokens} - own)
        verdict = decide(candidates, self._bar, idle, put_in=True)
        best = self._own_best(candidates, completion)
        if verdict.kind == "answer" and leaves_over(candidates[0], alone.message.residue):
            return Finding(Verdict("decline", "words are left over"), alone.message, candidates, completion=completion)
        if verdict.kind == "clarify" and best is not None:
            verdict = Verdict("answer", "the topic so far speaks for it", (best.intent,), confidence=best.confidence)
        return Finding(verdict, alone.message, candidates, completion=completion)

    def _own_best(self, candidates: Sequence[Candidate], completion: Completion) -> Candidate | None:
        """Return the candidate that is well ahead of the others of the topic so far, and near the best of all."""
        own = [c for c in candidates if is_intent(c) and is_of(c.intent, completion)]
        if not own or any(group_of(c) == SAFETY and c.confidence >= own[0].confidence for c in candidates):
            return None
        first = own[0] is candidates[0] or own[0].confidence >= self._bar.floor * _NEARLY
        return own[0] if first and group_of(candidates[0]) != OUTSIDE and backed(own, self._bar) else None

    def _excluded(self, message: Message, context: Context) -> frozenset[str]:
        """What a correction turned down: the last answer, and the topics and aspects it names with "not"."""
        if "correct" not in message.frames:
            return frozenset()
        lexicon = self._lexicon
        rejected = (i for name in message.rejected for i in (*lexicon.of_topic(name), *lexicon.with_aspect(name)))
        return frozenset((*context.last, *rejected))

    def _usable(
        self, ranked: Sequence[Candidate], excluded: Collection[str], tokens: Sequence[str]
    ) -> tuple[Candidate, ...]:
        return tuple(
            candidate
            for candidate in ranked
            if candidate.intent not in excluded
            and (candidate.intent in self._pack.answer or candidate.intent.partition(".")[0] in GROUPS)
            and (group_of(candidate) != SAFETY or self._alarming(candidate, tokens))
        )

    def _alarming(self, candidate: Candidate, tokens: Sequence[str]) -> bool:
        return alarming(candidate, {tokens[at] for at in self._cues.excused(tokens, candidate.intent)})

    def _chosen(self, alone: Finding, completed: Finding | None) -> Finding:
        winner = alone
        if completed is not None and completed_wins(alone, completed, self._lexicon, self._bar):
            winner = completed._replace(spelling=alone.spelling, strange=alone.strange)
        readings = [_reading("alone", alone, won=winner is alone)]
        if completed is not None:
            readings.append(_reading("completed", completed, won=winner is not alone))
        return winner._replace(readings=tuple(readings))


def _about_something_else(message: Message, strange: Collection[str]) -> bool:
    """Tell whether strange words outweigh what a message has for the pack, or stand beside a pronoun."""
    if message.pronouns and not message.topics and len(message.words) <= _POINTING:
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


def _chat(intent: str) -> Verdict:
    return Verdict("smalltalk", "the words are small talk", (intent,), confidence=1.0)


def _reading(name: str, finding: Finding, *, won: bool) -> Reading:
    completion, verdict = finding.completion, finding.verdict
    ids = ", ".join(verdict.ids) or verdict.outside or ""
    return Reading(
        name=name,
        text=(completion.target or completion.text if completion else None) or finding.message.text,
        why=completion.why if completion else "the message as it stands",
        verdict=f"{verdict.kind} {ids}: {verdict.why}" if ids else f"{verdict.kind}: {verdict.why}",
        candidates=finding.candidates[:MOST_OPTIONS],
        won=won,
    )
