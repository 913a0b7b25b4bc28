"""One message, read in each way that makes sense, and the reading that wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.decide import MOST_OPTIONS, Verdict, decide, group_of, is_intent, share
from dimchat.dialogue.explanation import Reading
from dimchat.dialogue.message import VAGUE_STEMS, read
from dimchat.dialogue.resolve import Resolver, is_full
from dimchat.match.normalise import FUNCTION_WORDS, words
from dimchat.match.stem import stem
from dimchat.model import CONVERSATION, GROUPS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.dialogue.decide import Bar
    from dimchat.dialogue.lexicon import Lexicon
    from dimchat.dialogue.message import Message
    from dimchat.dialogue.ranker import Ranker
    from dimchat.dialogue.resolve import Completion
    from dimchat.model import Candidate, Context, Pack

LIMIT = 12
NAMED = 0.9
"""The confidence where topic and aspect are both named, or one is named and the other kept."""
_OWN_SHARE = 0.18
"""How much of what speaks for a completed reading must come from the person's own words."""
_BACKED = 0.6
"""The part of the floor that is enough where the candidate is of the topic that the message points at."""
_WELL_AHEAD = 0.2
_CLOSE = 0.5
"""The part of the best confidence from which the context may choose between candidates."""
_HINT = 0.2
"""The part of the floor from which a candidate hints at the aspect of a message of small words."""
_CLEARLY = 0.1
"""How much more confident a completed reading must be than one that stands alone."""


class Finding(NamedTuple):
    """What came of one message."""

    verdict: Verdict
    message: Message
    candidates: tuple[Candidate, ...]
    """Of the winning reading."""
    readings: tuple[Reading, ...]
    completion: Completion | None = None
    """Where it won."""


class Weigher:
    """Reads messages and decides between the readings."""

    def __init__(self, pack: Pack, matcher: Ranker, lexicon: Lexicon, bar: Bar) -> None:
        """Keep the parts.

        Args:
            pack: The answer set.
            matcher: What ranks a text.
            lexicon: The vocabulary of the pack.
            bar: How sure is sure enough.
        """
        self._pack, self._matcher, self._lexicon, self._bar = pack, matcher, lexicon, bar
        self._resolver = Resolver(pack, lexicon)
        # Most of these are nothing but small words, which a ranking cannot tell apart.
        self._smalltalk = {
            tuple(words(phrase.text)): intent.id
            for intent in pack.intents
            if intent.category == CONVERSATION
            for phrase in intent.phrases
        }

    def weigh(self, text: str, context: Context) -> Finding:
        """Return the finding on a message that holds one question."""
        tokens = words(text)
        known = self._smalltalk.get(tuple(tokens))
        if known is not None:
            verdict = Verdict("smalltalk", "the words are a phrase of small talk", (known,), confidence=1.0)
            return Finding(verdict, read(tokens, self._lexicon, {}), (), ())
        plain = read(tokens, self._lexicon, {})
        changed = plain.words != tuple(tokens)
        ranked = self._matcher.rank(plain.text if changed else text, LIMIT)
        spelling = _spelling(ranked)
        message = read(tokens, self._lexicon, spelling) if spelling else plain
        excluded = self._excluded(message, context)
        candidates = self._usable(ranked, excluded)
        verdict = decide(candidates, self._bar, self._lexicon.default_words)
        if verdict.outside and not message.residue and (message.topics or self._points_at_topic(message, context)):
            # An outside group has to bring a word of its own, such as the kind of manager it is about.
            candidates = tuple(c for c in candidates if group_of(c) != OUTSIDE)
            verdict = decide(candidates, self._bar, self._lexicon.default_words)
        alone = Finding(verdict, message, candidates, ())
        completed = None
        if verdict.kind not in ("safety", "smalltalk"):
            completed = self._completed(alone, context, excluded)
        return _chosen(alone, completed, is_full(message, self._lexicon), self._lexicon)

    def _completed(self, alone: Finding, context: Context, excluded: Collection[str]) -> Finding | None:
        completion = self._resolver.complete(alone.message, context)
        if completion is None or completion.lacking or not completion.target:
            completion = self._resolver.same_aspect(alone.message, context, self._close(alone)) or completion
        if completion is None or not (completion.target or completion.offers):
            completion = self._by_aspect(alone, context) or completion
        if completion is None or completion.target in excluded:
            return None
        if completion.target:
            known = max((c.confidence for c in alone.candidates if c.intent == completion.target), default=0.0)
            verdict = Verdict("answer", completion.why, (completion.target,), confidence=max(known, NAMED))
            return Finding(verdict, alone.message, alone.candidates, (), completion)
        if completion.offers:
            if completion.text:
                again = self._ranked_again(alone, completion._replace(offers=(), lacking=False), excluded)
                if again.verdict.kind == "answer" and completion.topic in again.verdict.ids[0].split("."):
                    return again
            offers = [offer for offer in completion.offers if offer not in excluded]
            order = {candidate.intent: at for at, candidate in enumerate(alone.candidates)}
            if completion.topic is None:
                offers.sort(key=lambda offer: order.get(offer, len(order)))
            verdict = Verdict("clarify", completion.why, tuple(offers[:MOST_OPTIONS]))
            return Finding(verdict, alone.message, alone.candidates, (), completion)
        return self._ranked_again(alone, completion, excluded)

    def _by_aspect(self, alone: Finding, context: Context) -> Completion | None:
        """Use what the message alone would find as a hint at the aspect."""
        verdict, message = alone.verdict, alone.message
        if verdict.kind == "decline":
            hint = next((c for c in alone.candidates if is_intent(c)), None)
            small = bool(message.pronouns) and not message.residue
            if hint is None or not small or hint.confidence < self._bar.floor * _HINT:
                return None
            return self._resolver.transferred(message, context, hint.intent, sure=False)
        sure = verdict.kind == "answer"
        told = None if sure else self._resolver.told_apart(message, context, verdict.ids)
        return told or self._resolver.transferred(message, context, verdict.ids[0], sure=sure)

    def _close(self, alone: Finding) -> list[str]:
        """The candidates that are near enough to be chosen among."""
        intents = [c for c in alone.candidates if is_intent(c)]
        if intents and intents[0] is not alone.candidates[0] and not alone.message.bare:
            return []
        least = max(self._bar.floor * _HINT, (intents[0].confidence if intents else 0.0) * _CLOSE)
        return [c.intent for c in intents if c.confidence >= least]

    def _ranked_again(self, alone: Finding, completion: Completion, excluded: Collection[str]) -> Finding:
        text = completion.text or alone.message.text
        candidates = self._usable(self._matcher.rank(text, LIMIT), excluded)
        # The name that was put in is no evidence: what the person said must speak for the answer.
        own = {stem(word) for word in alone.message.words if word not in FUNCTION_WORDS} - VAGUE_STEMS
        candidates = tuple(c for c in candidates if not is_intent(c) or share(c, own) >= _OWN_SHARE)
        idle = self._lexicon.default_words | VAGUE_STEMS | ({stem(word) for word in words(text)} - own)
        verdict = decide(candidates, self._bar, idle, put_in=True)
        if verdict.kind == "clarify" and self._backed(candidates, completion.topic):
            best = candidates[0]
            verdict = Verdict("answer", "the topic so far speaks for it", (best.intent,), confidence=best.confidence)
        return Finding(verdict, alone.message, candidates, (), completion)

    def _points_at_topic(self, message: Message, context: Context) -> bool:
        return bool(message.pronouns) and self._resolver.recall(message, context) is not None

    def _backed(self, candidates: Sequence[Candidate], topic: str | None) -> bool:
        """Tell whether the first candidate is of the topic so far, well ahead, and not far below the floor."""
        best, *others = candidates
        lead = best.confidence - (others[0].confidence if others else 0.0)
        near = best.confidence >= self._bar.floor * _BACKED and lead >= _WELL_AHEAD
        return near and is_intent(best) and topic in best.intent.split(".")

    def _excluded(self, message: Message, context: Context) -> frozenset[str]:
        """What a correction turned down: the last answer, and the topics it names with "not"."""
        if "correct" not in message.frames:
            return frozenset()
        rejected = (i for topic in message.rejected for i in self._lexicon.of_topic(topic))
        return frozenset((*context.last, *rejected))

    def _usable(self, ranked: Sequence[Candidate], excluded: Collection[str]) -> tuple[Candidate, ...]:
        return tuple(
            candidate
            for candidate in ranked
            if candidate.intent not in excluded
            and (candidate.intent in self._pack.answer or candidate.intent.partition(".")[0] in GROUPS)
        )


def _spelling(ranked: Sequence[Candidate]) -> dict[str, str]:
    if not ranked:
        return {}
    return {word.text: word.read_as for word in ranked[0].words if word.how == "misspelt"}


def _chosen(alone: Finding, completed: Finding | None, full: bool, lexicon: Lexicon) -> Finding:  # noqa: FBT001
    winner = alone
    if completed is not None and _completed_wins(alone, completed, full=full, lexicon=lexicon):
        winner = completed
    readings = [_reading("alone", alone, winner)]
    if completed is not None:
        readings.append(_reading("completed", completed, winner))
    return winner._replace(readings=tuple(readings))


def _completed_wins(alone: Finding, completed: Finding, *, full: bool, lexicon: Lexicon) -> bool:
    completion, message = completed.completion, alone.message
    if completion is None or (alone.verdict.outside and message.residue):
        return False
    stands = alone.verdict.kind == "answer"
    if completion.tentative and not message.bare:
        return not stands and alone.verdict.ids[:1] == (completion.target,)
    named = bool(completion.target or completion.offers)
    if full:
        return _overrules(alone, completion, lexicon) or (
            named and not stands and (not alone.verdict.outside or bool(message.topics))
        )
    if named:
        return _named_wins(alone, completion, lexicon)
    if completed.verdict.kind == "answer":
        told = bool(message.pronouns) and completion.topic in completed.verdict.ids[0].split(".")
        return not stands or told or completed.verdict.confidence >= alone.verdict.confidence + _CLEARLY
    return not stands and completed.verdict.kind == "clarify"


def _named_wins(alone: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether what the vocabulary and the context name is better than the message alone."""
    verdict = alone.verdict
    if not completion.leaning:
        return verdict.kind != "answer"
    if alone.message.bare:
        return True
    if verdict.kind != "answer":
        told_otherwise = completion.target and verdict.ids and completion.target not in verdict.ids
        return completion.topic != lexicon.default or not told_otherwise
    # The ranking found its way into the topic by itself, and has read more of the message. A question that names no
    # topic is read as one about the default topic anyhow.
    found = verdict.ids[0].partition(".")[0]
    return completion.topic != lexicon.default and (found != completion.topic or not alone.message.aspects)


def _overrules(alone: Finding, completion: Completion, lexicon: Lexicon) -> bool:
    """Tell whether the vocabulary knows better than the ranking of a full question."""
    if completion.lacking:
        return alone.verdict.kind != "answer" or not _speaks_of_topics(alone)
    if completion.target is None or alone.message.bare:
        return completion.target is not None
    return completion.leaning and _guessed(alone, completion.target, lexicon)


def _guessed(alone: Finding, target: str, lexicon: Lexicon) -> bool:
    """Tell whether a ranking had to guess the topic: several have the aspect, and none was named."""
    found = alone.verdict.ids[0] if alone.verdict.kind == "answer" else ""
    topic, _, aspect = found.partition(".")
    asked_the_same = aspect == target.partition(".")[2]
    return asked_the_same and not alone.message.topics and topic != lexicon.default


def _speaks_of_topics(finding: Finding) -> bool:
    """Tell whether the words that name topics speak for the first candidate."""
    named = {finding.message.words[at] for mention in finding.message.topics for at in mention.span}
    best = next((c for c in finding.candidates if is_intent(c)), None)
    return best is not None and any(word.text in named and word.weight > 0 for word in best.words)


def _reading(name: str, finding: Finding, winner: Finding) -> Reading:
    completion, verdict = finding.completion, finding.verdict
    ids = ", ".join(verdict.ids) or verdict.outside or ""
    return Reading(
        name=name,
        text=(completion.target or completion.text if completion else None) or finding.message.text,
        why=completion.why if completion else "the message as it stands",
        verdict=f"{verdict.kind} {ids}: {verdict.why}" if ids else f"{verdict.kind}: {verdict.why}",
        candidates=finding.candidates[:MOST_OPTIONS],
        won=finding is winner,
    )
