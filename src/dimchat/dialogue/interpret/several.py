"""Messages that hold several questions: each is read by itself, leaning on those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from dimchat.dialogue.interpret.interpretation import Interpretation, Unanswered
from dimchat.dialogue.interpret.policy import EMERGENCY
from dimchat.language.questions import OR, from_first_asking, split_names, split_questions
from dimchat.language.tokens import words
from dimchat.model import Context

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dimchat.dialogue.interpret.interpretation import Hypothesis
    from dimchat.dialogue.interpret.thresholds import Thresholds
    from dimchat.dialogue.understand.analysis import Analyser, Analysis, Message

_MOST_NEAR = 3
"""So many questions are named that lie near to one without an answer."""


class Reads(Protocol):
    """Reads one question of a message."""

    def question(self, analysis: Analysis, context: Context, *, goes_on: bool) -> Interpretation:
        """Return what it means; `goes_on` where others came before it."""
        ...

    def after(self, context: Context, found: Interpretation) -> Context:
        """Return the context after its answer."""
        ...


class _Part(NamedTuple):
    """One of the questions."""

    analysis: Analysis
    found: Interpretation

    @property
    def answered(self) -> bool:
        return self.found.kind == "answer"

    def left_open(self) -> _Part:
        """Return the same with its answers as what is near."""
        return self._replace(found=self.found._replace(kind="clarify"))

    @property
    def asks(self) -> bool:
        """Return whether there is anything in it that may have an answer."""
        message = self.message
        named = message.topics or message.aspects or message.residue
        return self.found.kind != "smalltalk" and bool(named)

    @property
    def message(self) -> Message:
        hypotheses = self.found.hypotheses
        return hypotheses[0].message if hypotheses else self.analysis.message


class Several:
    """Finds the questions of a message, and what is answered of them."""

    def __init__(self, analyser: Analyser, reads: Reads, default: str | None, thresholds: Thresholds) -> None:
        """Keep what reads words and what reads a question, the default topic, and what is sure enough."""
        self._analyser, self._reads, self._default = analyser, reads, default
        self._sure, self._named, self._alone = thresholds.sure_of_other, thresholds.named, thresholds.asked
        self._fragment, self._instead = thresholds.fragment, thresholds.asked_instead
        self._telling = thresholds.telling

    def of(self, analysis: Analysis, context: Context, single: Interpretation) -> Interpretation | None:
        """Return what a message of several questions means; None where it is better read as one.

        Args:
            analysis: Of the message.
            context: What it may lean on.
            single: What it means as one question.
        """
        whole = single.hypotheses[0] if single.hypotheses else None
        if whole is None or whole.final or EMERGENCY in single.ids or _is_phrase(analysis, whole):
            return None
        texts = split_questions(analysis.text)
        parts = self._read(texts, context) if len(texts) > 1 else self._both(_Part(analysis, single), context)
        notices = [part.found for part in parts if part.found.kind == "safety"]
        emergency = next((part for part in parts if EMERGENCY in part.found.ids), None)
        if emergency is not None:
            # What only tells something was looked at in the light of the whole.
            return emergency.found if emergency.message.questions else None
        if (notices or single.kind == "safety") and single.kind != "answer" and not self._surely(parts):
            return next(iter(notices), None)
        parts = _with_whole(self._kept(parts, single), single)
        answered = [part for part in parts if part.answered]
        left = [part for part in parts if not part.answered and part.asks]
        ids = {i for part in answered for i in part.found.ids}
        plain = single.kind == "decline" and any(self._plainly(part) for part in answered)
        if whole.verdict.outside and not plain and not any(part.message.topics for part in answered):
            return None
        if (
            len(ids) == 1
            and not plain
            and (single.kind == "answer" or not any(part.message.topics for part in answered))
        ):
            # One part alone is answered where the whole message leads there as well, or where it names its topic.
            left = left if ids.issubset(single.ids) else []
        named = [part for part in left if not _answered_below(part, ids)]
        return _joined(answered, named) if len(ids) > 1 or (ids and left) else None

    def then(self, choice: Interpretation, rest: str, context: Context, *, more: bool) -> Interpretation:
        """Return a choice with what is asked behind it, where that is sure.

        Args:
            choice: What was picked.
            rest: What follows.
            context: Before the choice.
            more: The rest is more than a word about the choice: what has no answer is named.
        """
        parts = self._read(split_questions(rest), self._reads.after(context, choice))
        emergency = next((part.found for part in parts if EMERGENCY in part.found.ids), None)
        if emergency is not None:
            return emergency
        asking = [part for part in parts if part.message.questions or part.analysis.text.endswith("?")]
        sure = [part for part in asking if part.answered and part.found.confidence >= self._named]
        others = [part for part in sure if part.found.ids != choice.ids]
        left = [part for part in asking if more and part not in sure and part.asks]
        picked = _Part(self._analyser.analyse(""), choice)
        return _joined([picked, *others], left) if others or left else choice

    def joining(self, first: Interpretation, analysis: Analysis, rest: Interpretation) -> Interpretation | None:
        """Return an answer and what the rest of the message means after it; None where that is the same answer.

        Args:
            first: The answer.
            analysis: Of the rest.
            rest: What it means.
        """
        if rest.kind in ("safety", "smalltalk") or set(first.ids) <= set(rest.ids):
            return rest if rest.kind == "safety" else first if rest.kind == "smalltalk" else None
        part = _Part(analysis, rest)
        if rest.kind != "answer":
            return _joined([_Part(analysis, first)], [part])
        found = _joined([_Part(analysis, one) for one in (first, *(rest.parts or (rest,)))], [])
        return found._replace(unanswered=rest.unanswered, nearest=rest.nearest)

    def _surely(self, parts: Sequence[_Part]) -> bool:
        """Return whether some part is so surely answered that no notice for another one takes its place."""
        return any(p.answered and p.found.confidence >= self._named and p.analysis.alarm is None for p in parts)

    def _plainly(self, part: _Part) -> bool:
        """Return whether a part is surely answered, the more so if it points back: it asks whatever the rest is."""
        message = part.message
        needs = self._instead if message.leans else self._named
        return part.answered and part.found.confidence >= needs and len(message.words) > self._fragment

    def _read(self, texts: Sequence[str], context: Context) -> list[_Part]:
        """Read questions in order, each in the light of those before it."""
        parts: list[_Part] = []
        for text in texts:
            for part in self._both(self._part(text, context, goes_on=bool(parts)), context):
                context = self._reads.after(context, part.found) if part.answered else context
                parts.append(part)
        return parts

    def _part(self, text: str, context: Context, *, goes_on: bool) -> _Part:
        """Read a question; where it is a whole one, and what came before leaves it in doubt, by itself."""
        analysis = self._analyser.analyse(text)
        part = _Part(analysis, self._reads.question(analysis, context, goes_on=goes_on))
        doubtful = not part.answered or part.found.confidence < self._sure
        leans = part.message.leans
        if not (goes_on and doubtful) or (leans and not part.message.topics) or part.found.kind == "safety":
            return part
        alone = part._replace(found=self._reads.question(analysis, Context(reader=context.reader), goes_on=False))
        return alone if alone.answered and alone.found.confidence >= (self._named if leans else self._alone) else part

    def _kept(self, parts: Sequence[_Part], single: Interpretation) -> list[_Part]:
        """Leave open what names no topic and leads from that of the message to the default one, or is not sure."""
        meant = single.ids if single.kind == "answer" else ()
        about = meant[0].partition(".")[0] if meant else None
        whole = next(iter(single.hypotheses), None)
        long = whole is not None and len(whole.message.words) > self._telling
        kept: list[_Part] = []
        for part in parts:
            told = long and part.found.confidence < self._alone and not set(single.ids) & set(part.found.ids)
            if part.answered and told:
                part = part.left_open()  # noqa: PLW2901 - the same part, open
            if kept and part.answered and not part.message.topics and not set(meant) & set(part.found.ids):
                topic = part.found.ids[0].partition(".")[0]
                plainly = part.message.residue and part.found.confidence >= self._named
                strays = topic == self._default and about not in (None, self._default) and not plainly
                unsure = part.found.confidence < self._sure
                part = part.left_open() if strays or unsure else part  # noqa: PLW2901 - the same part, open
            about = part.found.ids[0].partition(".")[0] if part.answered else about
            kept.append(part)
        return kept

    def _both(self, part: _Part, context: Context) -> list[_Part]:
        """Return the things that one question names together, where each is answered; else the question."""
        if part.found.kind in ("answer", "clarify"):
            for first, second in split_names(part.analysis.text):
                pair = self._of_names((first, second), context)
                ids = {i for one in pair for i in one.found.ids}
                if len(ids) > 1 and (part.found.kind == "clarify" or ids.intersection(part.found.ids)):
                    return [pair[0], *self._both(pair[1], self._reads.after(context, pair[0].found))]
        return [part]

    def _of_names(self, texts: Sequence[str], context: Context) -> list[_Part]:
        """Return two parts that name something each, and are answered alike; none where they are not."""
        messages = [self._analyser.analyse(text).message for text in texts]
        named = [{*message.topic_ids, *message.aspect_ids} for message in messages]
        if not (named[0] - named[1] and named[1] - named[0]):
            return []
        parts: list[_Part] = []
        for text, own in zip(texts, named, strict=True):
            part = self._part(text, context, goes_on=bool(parts))
            if not part.answered or own.isdisjoint(part.found.ids[0].split(".")):
                return []
            context = self._reads.after(context, part.found)
            parts.append(part)
        first, second = (part.found for part in parts)
        alike = not set(first.ids[0].split(".")).isdisjoint(second.ids[0].split("."))
        by_row = all(part.asked is not None and part.asked.values for part in (first, second))
        return parts if alike or by_row else []


def _with_whole(parts: list[_Part], single: Interpretation) -> list[_Part]:
    """Return the parts with the answer to the whole message at the part without one that it is nearest to.

    "What does it look for, and how do I get ready": the second part is about what the first one names.
    """
    known = {i for part in parts for i in part.found.ids if part.answered}
    if single.kind != "answer" or not known or known.intersection(single.ids):
        return parts
    for at, part in enumerate(parts):
        near = [c.intent for h in part.found.hypotheses for c in h.candidates[:_MOST_NEAR]]
        if not part.answered and part.asks and single.ids[0] in near:
            return [*parts[:at], part._replace(found=single), *parts[at + 1 :]]
    return parts


def _answered_below(part: _Part, ids: Collection[str]) -> bool:
    """Return whether a question without an answer is the other side of one ("or can I ..."), or leads to an answer."""
    best = next((c for h in part.found.hypotheses for c in h.candidates[:1]), None)
    return words(part.analysis.text)[:1] == [OR] or (best is not None and best.intent in ids)


def _joined(answered: Sequence[_Part], left: Sequence[_Part]) -> Interpretation:
    """Return the answers to several questions as one interpretation; what is asked twice is answered once."""
    parts = tuple({part.found.ids: part.found for part in answered}.values())
    return Interpretation(
        "answer",
        "one part of the message clears the bar" if len(parts) == 1 else "several parts of the message clear the bar",
        tuple(dict.fromkeys(i for part in parts for i in part.ids)),
        confidence=min(part.confidence for part in parts),
        runners_up=tuple(i for part in parts for i in part.runners_up),
        parts=parts,
        unanswered=tuple(
            Unanswered(
                from_first_asking(part.analysis.text),
                hypothesis=next(iter(part.found.hypotheses if part.found.kind != "safety" else ()), None),
            )
            for part in left
        ),
        hypotheses=tuple(h for part in (*answered, *left) for h in part.found.hypotheses),
    )


def _is_phrase(analysis: Analysis, whole: Hypothesis) -> bool:
    best = whole.candidates[0] if whole.candidates else None
    return best is not None and tuple(words(best.phrase)) == analysis.tokens
