"""The one path from a message to a reply: understand, interpret, respond."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dimchat.dialogue.explanation import Explanation
from dimchat.dialogue.interpret.interpretation import Interpretation
from dimchat.dialogue.interpret.interpreter import Interpreter
from dimchat.dialogue.interpret.nearest import Nearest
from dimchat.dialogue.interpret.pack_statistics import PackStatistics
from dimchat.dialogue.interpret.policy import EMERGENCY
from dimchat.dialogue.interpret.reference import introduced
from dimchat.dialogue.interpret.thresholds import Thresholds
from dimchat.dialogue.respond.compose import Responder
from dimchat.dialogue.respond.context import aged, at_home
from dimchat.dialogue.respond.respelling import carried, respelt
from dimchat.dialogue.respond.telling import language_of
from dimchat.dialogue.understand.analysis import Analyser
from dimchat.dialogue.understand.lookups import Lookups
from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.dialogue.understand.vocabulary import VocabularyIndex
from dimchat.model import Context, Suggestion
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dimchat.dialogue.interpret.followup import Pull
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.understand.analysis import Analysis
    from dimchat.language.which_language import Telling
    from dimchat.model import Pack, Reply
    from dimchat.wording import Catalogue

_FRESH = Context()
_MENTIONED = 5
"""How many topics of a message with names in it are remembered."""


class Assistant:
    """Answers messages from a pack; the same message and context give the same reply, always."""

    def __init__(
        self,
        pack: Pack,
        matcher: Ranker,
        statistics: Callable[[], PackStatistics] | None = None,
        *,
        lookups: Lookups | None = None,
        words: Catalogue | None = None,
        others: Mapping[str, Callable[[], Assistant]] | None = None,
        telling: Callable[[], Telling] | None = None,
    ) -> None:
        """Make what answering needs.

        Args:
            pack: The answer set.
            matcher: What ranks its intents for a text.
            statistics: Reads those of the pack at the first follow-up; None to count them then.
            lookups: Of the pack; None to work them out now.
            words: What dimchat says of its own; None for the language of the pack.
            others: Opens the assistant of each further language of the pack, when that is first spoken.
            telling: Returns what tells the languages of the pack apart; wanted where there are others.
        """
        self.pack = pack
        self._others = dict(others or {})
        self._telling = telling
        self.thresholds = Thresholds.of(pack.calibration)
        self._matcher = matcher
        lookups = lookups or Lookups.of(pack)
        vocabulary = VocabularyIndex(pack, lookups.names)
        self._analyser = Analyser(pack, vocabulary, lookups)
        self._responder = Responder(pack, words or catalogue_of(pack.language))
        self._interpreter = Interpreter(
            pack,
            matcher,
            vocabulary,
            self._analyser,
            self.thresholds,
            statistics=statistics or partial(_counted, pack),
            after_answer=self._responder.after_answer,
        )
        self._nearest = Nearest(pack, matcher, vocabulary, self.thresholds)

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
        return self._heard(text, context)[:2]

    def explain(self, text: str, context: Context = _FRESH) -> Explanation:
        """Return why `ask` replies as it does; the arguments are those of `ask`."""
        return self.study(text, context)[2]

    def study(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context, Explanation]:
        """Return what `ask` returns, and why, for the price of one; the arguments are those of `ask`."""
        reply, after, meant, analysis, who = self._heard(text, context)
        found = Explanation.of(analysis, aged(context), meant, who.thresholds, reply)
        fault = getattr(who._matcher, "fault", None)  # noqa: SLF001 - one of our own; a ranker of another kind has none
        notes = [f"by words alone: {fault}"] if fault else []
        if who.pack.stale:
            notes.append("what is learnt has changed since the calibration: run dimchat tune")
        return reply, after, found._replace(decision="; ".join((found.decision, *notes)))

    def speaking(self, language: str | None) -> Assistant:
        """Return who answers in a language of the pack; this one for its own, and for one that it has nothing in."""
        opened = self._others.get(language or "")
        return opened() if opened is not None else self

    def language_of(self, text: str, context: Context = _FRESH) -> str:
        """Return the language that a message is heard in: the one that is spoken, unless another is told by its words.

        Args:
            text: What the person typed.
            context: It says what is spoken.
        """
        spoken = context.language or self.pack.language
        return self._telling().told(text, spoken) if self._others and self._telling is not None else spoken

    def near(self, text: str, language: str | None = None) -> tuple[Suggestion, ...]:
        """Return the questions nearest to what is being typed, by its words alone, best first; for faces.

        Args:
            text: What stands there so far; its last word may be unfinished.
            language: What is spoken; None for the language of the pack.
        """
        who = self.speaking(self.language_of(text, Context(language=language)))
        return who.typed_near(text)

    def typed_near(self, text: str) -> tuple[Suggestion, ...]:
        """Return what `near` does, in the language of this pack."""
        return tuple(Suggestion(i, self.pack.intent[i].title) for i in self._nearest.while_typing(text))

    def understand(self, text: str) -> Analysis:
        """Return what a message says by itself: the first stage."""
        return self._analyser.analyse(text)

    def interpret(self, analysis: Analysis, context: Context = _FRESH) -> Interpretation:
        """Return what a message means in the light of what was said before: the second stage."""
        before = aged(context)
        found = self._interpreter.interpret(analysis, before)
        if not self._nearest.refuses(found, before):
            evident = found.outside is None or self._nearest.evident(found)
            left = tuple(self._nearest.beside_part(part, found.ids) for part in found.unanswered)
            return found._replace(nearest=self._nearest.beside(found), evident=evident, unanswered=left)
        offered_for = self._interpreter.interpret(self.understand(before.pending or ""), _FRESH)
        return found._replace(nearest=self._nearest.to(offered_for.hypotheses[:1], before.options))

    def respond(self, meant: Interpretation, text: str, context: Context = _FRESH) -> tuple[Reply, Context]:
        """Return the reply to what a message means, and the context after it: the third stage."""
        reply, after = self._responder.respond(text, aged(context), meant)
        if meant.topics:
            after = after._replace(mentioned=meant.topics[:_MENTIONED])
        pairs = carried(meant, self.thresholds)
        read_as = respelt(text, pairs) if pairs else None
        reply = reply._replace(margin=_margin(reply, meant), read_as=read_as, respelt=pairs)
        return reply._replace(language=language_of(reply, self.pack), spoken=self.pack.language), after

    def pulls(self, text: str, context: Context) -> tuple[tuple[str, ...], list[Pull]] | None:
        """Return the ids that a message is weighed between and what speaks for which; None where it leans on nothing.

        Args:
            text: What the person typed.
            context: What the turn before handed back.
        """
        return self._interpreter.pulls(self.understand(text), aged(context))

    def _heard(self, text: str, context: Context) -> tuple[Reply, Context, Interpretation, Analysis, Assistant]:
        """Return the reply, the context after it, what led to it, and who gave it: whoever speaks the language."""
        language = self.language_of(text, context)
        who = self.speaking(language)
        analysis = who.understand(text)
        context = introduced(at_home(context, analysis), analysis, who.pack)
        meant = who.interpret(analysis, context)
        if self._telling is not None and context.language is None and meant.kind not in ("answer", "safety"):
            who, meant = self._cried(text, who, meant, self._telling())
        reply, after = who.respond(meant, text, context)
        return reply, after._replace(language=None if who is self else who.pack.language), meant, analysis, who

    def _cried(
        self, text: str, heard: Assistant, meant: Interpretation, telling: Telling
    ) -> tuple[Assistant, Interpretation]:
        """Return who replies to what has no answer, and what it means: who needs help may cry for it in any language.

        Args:
            text: What the person typed.
            heard: Who heard it.
            meant: What it means there.
            telling: What tells the languages apart.
        """
        if heard is not self:
            analysis = self.understand(text)
            alarm = analysis.alarm
            # What trips a cue and is in the language that was heard has had its say there.
            tripped = " ".join(analysis.tokens[at] for at in sorted(alarm.span)) if alarm else ""
            cue = alarm.cue if alarm and alarm.intent == EMERGENCY else None
            own = cue is not None and telling.told(tripped, self.pack.language) == self.pack.language
            return heard, _alarming(cue, meant) if own else meant
        for who in map(self.speaking, telling.hinted(text, self.pack.language)):
            found = who.interpret(who.understand(text))
            if found.kind == "safety" and EMERGENCY in found.ids:
                return who, _alarming(found.cue, meant)
        return heard, meant


def _alarming(cue: str | None, meant: Interpretation) -> Interpretation:
    """Return what a message means of which a cue of another language than the one that heard it fired."""
    why, tried = "a safety cue in another language fired", meant.hypotheses
    return Interpretation("safety", why, (EMERGENCY,), confidence=1.0, cue=cue, hypotheses=tried)


def _counted(pack: Pack) -> PackStatistics:
    return PackStatistics.of(as_learnt(pack))


def _margin(reply: Reply, meant: Interpretation) -> float | None:
    """Return how far the first candidate is ahead; None where the ranking did not decide what was answered."""
    first = meant.hypotheses[0].candidates[:1] if meant.hypotheses else ()
    decided = bool(first) and (not reply.intents or first[0].intent in reply.intents)
    return first[0].margin if decided else None
