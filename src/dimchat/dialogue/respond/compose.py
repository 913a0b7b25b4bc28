"""From what a message means to the reply and the context after it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.asked import Asked
from dimchat.dialogue.interpret.policy import EMERGENCY, MOST_OPTIONS
from dimchat.dialogue.respond import context as contexts
from dimchat.dialogue.respond import telling
from dimchat.dialogue.respond.row_texts import told
from dimchat.dialogue.respond.telling import as_told, capital, earliest, ended, in_parts, joined, only_title
from dimchat.model import CONVERSATION, Option, Reply, Suggestion
from dimchat.reply import Unanswered
from dimchat.wording.cells import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from dimchat.dialogue.interpret.interpretation import Act, Interpretation
    from dimchat.dialogue.interpret.interpretation import Unanswered as Left
    from dimchat.dialogue.respond.row_texts import Told
    from dimchat.model import Context, Kind, Pack
    from dimchat.tables import Slots
    from dimchat.wording import Catalogue

_FEWEST_OPTIONS, _RUNNERS_UP = 2, 4
MORE, REPEAT, SOURCES, NEGATION = (f"{CONVERSATION}.{name}" for name in ("more", "repeat", "sources", "negation"))
_HELP = f"{CONVERSATION}.help"
_WELCOMING = frozenset((_HELP, *(f"{CONVERSATION}.{name}" for name in ("greeting", "about"))))

Turn = tuple[Reply, "Context"]


class Responder:
    """Words replies to what messages mean, each with the context that it leaves."""

    def __init__(self, pack: Pack, words: Catalogue) -> None:
        """Keep the answer set, and what dimchat says of its own."""
        self._pack = pack
        self._words = words
        self._responders: dict[Act, Callable[[str, Context, Interpretation], Turn]] = {
            "answer": self._answer,
            "clarify": self._clarification,
            "decline": self._decline,
            "smalltalk": self._smalltalk,
            "safety": self._safety,
            "more": self._more,
            "nothing_before": partial(self._offer, lead="reply.nothing_before"),
            "offered_again": partial(self._offer, lead="reply.clarify"),
            "no_such_choice": partial(self._offer, lead="reply.no_such_choice"),
            "none_of_these": partial(self._refuse, lead="reply.none_of_these"),
            "empty": partial(self._refuse, lead="reply.empty"),
            "too_long": partial(self._refuse, lead="reply.too_long"),
            "which_value": self._which_value,
            "slot_alone": self._slot_alone,
        }

    def _safety(self, question: str, context: Context, meant: Interpretation) -> Turn:
        return self.fixed(question, context, "safety", meant.ids[0], meant.confidence)

    def _more(self, question: str, context: Context, meant: Interpretation) -> Turn:
        return self.again(question, context, MORE, meant.confidence)

    def respond(self, question: str, context: Context, meant: Interpretation) -> Turn:
        """Return the reply to a message, and the context after it.

        Args:
            question: The message as it was typed.
            context: As it was before.
            meant: What the message means.
        """
        for part in meant.parts or (meant,):
            if part.asked is not None and part.asked.values:
                context = contexts.naming(context, part.asked.values)
        return self._responders[meant.kind](question, context, meant)

    def after_answer(self, context: Context, meant: Interpretation) -> Context:
        """Return the context after an answer, as it is while the rest of a message is still to be answered."""
        return self.respond("", context, meant)[1]

    def _answer(self, question: str, context: Context, meant: Interpretation) -> Turn:
        reply, after = self.answer(
            question,
            context,
            [(i, part.asked) for part in meant.parts or (meant,) for i in part.ids],
            meant.confidence,
            runners_up=meant.runners_up,
            lead=joined(*map(self._left, meant.unanswered)),
            keeps=meant.keeps,
            nearest=meant.nearest,
            open_=tuple(i for part in meant.unanswered for i in part.nearest[:_FEWEST_OPTIONS]),
        )
        left = ((p.text, tuple(Suggestion(i, self._pack.intent[i].title) for i in p.nearest)) for p in meant.unanswered)
        return reply._replace(unanswered=tuple(Unanswered(*part) for part in left)), after

    def _left(self, part: Left) -> str:
        titles = listed([self._pack.intent[i].title for i in part.nearest], self._words)
        return self._words("reply.unanswered_near" if titles else "reply.unanswered", part=part.text, titles=titles)

    def _decline(self, question: str, context: Context, meant: Interpretation) -> Turn:
        return self.decline(
            question,
            context,
            meant.nearest,
            topics=meant.asked_of,
            outside=meant.outside,
            evident=meant.evident,
            confidence=meant.confidence,
        )

    def _refuse(self, question: str, context: Context, meant: Interpretation, *, lead: str) -> Turn:
        return self.decline(question, context, meant.nearest, reason=lead)

    def _offer(self, question: str, context: Context, meant: Interpretation, *, lead: str) -> Turn:
        """Offer what stands already, or what may come first."""
        said = self._words(lead, turn=context.turn, number=meant.number, most=len(meant.ids))
        pending = None if meant.kind == "nothing_before" else context.pending
        return self.clarify(question, context, meant.ids, said, pending=pending)

    def answer(
        self,
        question: str,
        context: Context,
        asked: Sequence[tuple[str, Asked | None]],
        confidence: float,
        *,
        runners_up: Sequence[str] = (),
        lead: str = "",
        keeps: bool = False,
        nearest: Sequence[str] = (),
        open_: Sequence[str] = (),
    ) -> Turn:
        """Answer with one intent, or with several in order.

        Args:
            question: As it was typed.
            context: Before it.
            asked: What is answered, each with the rows of tables that are wanted.
            confidence: How sure that is.
            runners_up: What else came close.
            lead: Stands before the answers.
            keeps: Whether the aspect so far stays in the context.
            nearest: What else may be meant, where the answer is unsure: offered before what comes next.
            open_: What lies near to the questions that stay open: offered then.
        """
        ids = [i for i, _ in asked]
        said = self._told(asked, context.reader, context.turn)
        answers = tuple(one.answer for one in said)
        lead = joined(telling.untranslated(answers, self._words), lead)
        parts, citations = in_parts(self._pack, answers, self._words)
        rivals = [i for i in dict.fromkeys(runners_up) if i not in ids][:_RUNNERS_UP]
        after = contexts.answered(context, self._pack, ids, rivals, keeps=keeps)
        follows = contexts.suggested(self._pack, ids, after.answered)
        after = after._replace(suggestions=tuple(dict.fromkeys((*nearest, *open_, *follows)))[: contexts.MOST])
        reply = Reply(
            question,
            "answer",
            intents=tuple(ids),
            confidence=confidence,
            short=joined(lead, *(part.short for part in parts)),
            text=joined(lead, *(part.text for part in parts)),
            lead=lead,
            under="" if lead else only_title(parts),
            parts=parts if lead or not only_title(parts) else (),
            unsure=bool(nearest),
            citations=citations,
            reviewed=earliest(a.reviewed for a in answers),
            review_by=earliest(a.review_by for a in answers),
            rows=tuple(row for one in said for row in one.rows),
        )
        if any(one.choices for one in said):
            # What was told is of no one row: the next question starts from there.
            choices = next(one.choices for one in said if one.choices)
            after = after._replace(slots=())
            reply = reply._replace(values=self._options([ids[0]] * len(choices), choices))
        return self._finished(reply, after)

    def _told(self, asked: Sequence[tuple[str, Asked | None]], reader: str | None, turn: int) -> list[Told]:
        pack, words = self._pack, self._words
        return [told(pack, as_told(pack, pack.answer[i], reader, words, turn), rows, words) for i, rows in asked]

    def _which_value(self, question: str, context: Context, meant: Interpretation) -> Turn:
        """Ask what a name stands for that can be several things."""
        asked = meant.asked or Asked()
        lead = self._words("reply.which_value", turn=context.turn, typed=asked.typed)
        ids = [meant.ids[0]] * len(asked.choices)
        after = contexts.offered(context, self._pack, ids, question, topics=(), aspect=None)
        after = after._replace(option_slots=asked.choices)
        return self._finished(Reply(question, "clarify", confidence=meant.confidence, text=lead), after)

    def _slot_alone(self, question: str, context: Context, meant: Interpretation) -> Turn:
        """Offer what can be told of a value that is named and nothing else."""
        values = (meant.asked or Asked()).values
        names = listed([self._pack.slot[slot].shown(value) for slot, own in values for value in own], self._words)
        lead = self._words("reply.slot_alone", turn=context.turn, values=names)
        return self.clarify(question, context, meant.ids, lead)

    def _options(self, ids: Sequence[str], slots: Sequence[Slots]) -> tuple[Option, ...]:
        """Return choices: values of a slot, or intents where there are none."""
        titles = [self._pack.intent[i].title for i in ids]
        if slots:
            # The first slot is what is chosen; the others are known.
            titles = [listed([self._pack.slot[own[0][0]].shown(v) for v in own[0][1]], self._words) for own in slots]
        rows = zip(ids, titles, slots or [()] * len(ids), strict=True)
        return tuple(Option(number, i, title, own) for number, (i, title, own) in enumerate(rows, start=1))

    def clarify(
        self,
        question: str,
        context: Context,
        ids: Sequence[str],
        lead: str,
        *,
        topics: Collection[str] = (),
        aspect: str | None = None,
        confidence: float = 0.0,
        pending: str | None = None,
        besides: Sequence[str] = (),
    ) -> Turn:
        """Offer two to five choices; `besides` are offered after them, and move the topic nowhere."""
        choices = [i for i in dict.fromkeys(ids) if i in self._pack.answer][:MOST_OPTIONS]
        if choices and len(choices) < _FEWEST_OPTIONS:
            choices = [*choices, *contexts.suggested(self._pack, choices, context.answered)][:_FEWEST_OPTIONS]
        if not choices:
            return self.decline(question, context)
        held = pending or question
        after = contexts.offered(context, self._pack, choices, held, topics=topics, aspect=aspect, besides=besides)
        return self._finished(Reply(question, "clarify", confidence=confidence, text=lead), after)

    def decline(
        self,
        question: str,
        context: Context,
        nearest: Sequence[str] = (),
        *,
        topics: Sequence[str] = (),
        outside: str | None = None,
        evident: bool = True,
        reason: str = "",
        confidence: float = 0.0,
    ) -> Turn:
        """Say that there is no answer, and offer what lies nearest; a second and a third time in a row say more.

        Args:
            question: The message as it was typed.
            context: As it was before.
            nearest: What lies nearest to it; where nothing does, first questions are offered.
            topics: What it names.
            outside: The outside group that it belongs to, told where that is `evident`.
            evident: It is plain that nothing else is meant.
            reason: The message that says why, in place of the one that fits.
            confidence: How sure that is.
        """
        words, turn, stage = self._words, context.turn, context.failures % 3
        group = self._pack.outside_group.get(outside or "")
        topic = next((self._pack.topic[name] for name in topics[:1] if name in self._pack.topic), None)
        if not reason:
            reason = "reply.topic_known" if topic else "reply.near" if nearest else "reply.unknown"
            reason = "reply.outside" if group and evident else reason
        own = self._pack.words.unknown if reason in ("reply.near", "reply.unknown") else ""
        named, title = capital(topic.names[0]) if topic else "", group.title if group else ""
        lead = own or words(reason, turn=turn, title=title, topic=named)
        lead = f"{lead} {self._elsewhere(turn, self._pack.contact)}" if self._pack.contact else lead
        going_on = contexts.going_on(self._pack, context)
        categories = contexts.filled(self._pack) if stage == 1 else ()
        if categories:
            rest = words("reply.menu", turn=turn)
        elif stage == 0:
            known = "reply.nearest" if nearest else "reply.going_on" if going_on else "reply.subject"
            rest = words(known, turn=turn, pack=self._pack.title)
        else:
            rest = words("reply.other_words", turn=turn)
            lead = lead if self._pack.contact else f"{lead} {self._elsewhere(turn, self._pack.elsewhere)}"
        near = tuple(nearest) or going_on or contexts.starters(self._pack)
        after = contexts.passed(context, failed=True)._replace(suggestions=near[: contexts.NEAREST])
        said = ended(f"{lead} {rest}")
        listed = (f"- {c.title} ({c.about})" if c.about else f"- {c.title}" for c in categories)
        reply = Reply(
            question,
            "decline",
            outside=outside,
            reason=reason,
            confidence=confidence,
            text=joined(said, "\n".join(listed)),
            lead=said,
            categories=categories,
        )
        return self._finished(reply, after)

    def _elsewhere(self, turn: int, named: str) -> str:
        name = named.rstrip(".")
        return self._words("reply.elsewhere" if name else "reply.elsewhere_unknown", turn=turn, elsewhere=name)

    def fixed(self, question: str, context: Context, kind: Kind, intent: str, confidence: float) -> Turn:
        """Reply with a wording of the pack, for small talk or safety."""
        given = self._pack.wordings.get(intent)
        fallback = "reply.safety" if kind == "safety" else "reply.smalltalk"
        text = given[context.turn % len(given)] if given else self._words(fallback)
        after = contexts.passed(context)._replace(notice=intent if kind == "safety" else None)
        categories = contexts.filled(self._pack) if intent == _HELP else ()
        if intent in _WELCOMING and len(categories) < _FEWEST_OPTIONS:
            after = after._replace(suggestions=contexts.starters(self._pack, context.answered))
        reply = Reply(
            question, kind, intents=(intent,), confidence=confidence, text=text, lead=text, categories=categories
        )
        return self._finished(reply, after)

    def _smalltalk(self, question: str, context: Context, meant: Interpretation) -> Turn:
        """Reply to small talk; some of it is about the last answer."""
        intent, confidence = meant.ids[0], meant.confidence
        if intent == NEGATION and context.options:
            return self._refuse(question, context, meant, lead="reply.none_of_these")
        if intent == NEGATION and context.runners_up:
            lead = self._words("reply.runners_up", turn=context.turn)
            return self.clarify(question, context, context.runners_up, lead, confidence=confidence)
        if intent in (MORE, REPEAT, SOURCES) and context.last:
            return self.again(question, context, intent, confidence)
        reply, after = self.fixed(question, context, "smalltalk", intent, confidence)
        if context.notice == EMERGENCY and intent not in _WELCOMING:
            return telling.after_alarm(reply, self._pack, self._words, context.turn), after._replace(notice=EMERGENCY)
        return reply, after

    def again(self, question: str, context: Context, intent: str, confidence: float) -> Turn:
        """Come back to the last answer: all of it, its short form, or its sources."""
        said = self._told([(i, Asked(context.slots)) for i in context.last], context.reader, context.turn - 1)
        answers = tuple(one.answer for one in said)
        parts, citations = in_parts(self._pack, answers, self._words)
        short, text = joined(*(part.short for part in parts)), joined(*(part.text for part in parts))
        if intent == REPEAT:
            text, citations = short, tuple(one for one in citations if f"[{one.number}]" in short)
            under, parts = only_title(parts), tuple(part._replace(text="") for part in parts)
        elif intent == SOURCES:
            text, under, parts = telling.entries(citations) or self._words("reply.no_sources"), "", ()
        else:
            under, parts = only_title(parts), tuple(part._replace(short="") for part in parts)
        after = contexts.passed(context)
        after = after._replace(suggestions=contexts.suggested(self._pack, context.last, context.answered))
        reply = Reply(
            question,
            "smalltalk",
            intents=(intent,),
            about=context.last[0],
            confidence=confidence,
            short=short,
            text=text,
            under=under,
            parts=() if under else parts,
            citations=citations,
            reviewed=earliest(a.reviewed for a in answers),
            review_by=earliest(a.review_by for a in answers),
            rows=tuple(row for one in said for row in one.rows),
        )
        return self._finished(reply, after)

    def _clarification(self, question: str, context: Context, meant: Interpretation) -> Turn:
        """Offer what may be meant, with the words that fit how it came about."""
        hypothesis = meant.hypotheses[0]
        completion, turn = hypothesis.completion, context.turn
        words = self._words
        topic = self._pack.topic.get((completion.topic if completion else None) or "")
        aspect = self._pack.aspect.get((completion.aspect if completion else None) or "")
        lead = words("reply.clarify", turn=turn)
        framed = context.aspect if hypothesis.message.framed else None
        asked = next(iter(hypothesis.message.aspect_ids), framed)
        kept = aspect.id if aspect and completion and completion.lacking else asked
        if completion is not None and completion.offers:
            if completion.lacking and topic and aspect:
                lead = words("reply.lacking", turn=turn, topic=capital(topic.names[0]), aspect=aspect.title)
            elif topic:
                lead = words("reply.clarify_topic", turn=turn, topic=capital(topic.names[0]))
            elif aspect:
                lead = words("reply.clarify_aspect", turn=turn, aspect=capital(aspect.title))
        return self.clarify(
            question,
            context,
            meant.ids,
            lead,
            topics=(*hypothesis.message.topic_ids, (completion and completion.topic) or ""),
            aspect=kept,
            confidence=meant.confidence,
            besides=meant.nearest,
        )

    def _finished(self, reply: Reply, after: Context) -> Turn:
        """Put what the context holds into the reply, so that the two never disagree."""
        titles = self._pack.intent
        return (
            reply._replace(
                titles=self._pack.titles_of(reply.intents),
                options=self._options(after.options, after.option_slots),
                suggestions=tuple(Suggestion(i, titles[i].title) for i in after.suggestions),
                topic=after.topic,
                aspect=after.aspect,
                slots=after.slots,
            ),
            after,
        )
