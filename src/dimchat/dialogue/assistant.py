"""The one path from a message to a reply: understand, interpret, respond."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dimchat.dialogue.explanation import Explanation
from dimchat.dialogue.interpret.interpreter import Interpreter
from dimchat.dialogue.interpret.nearest import Nearest
from dimchat.dialogue.interpret.pack_statistics import PackStatistics
from dimchat.dialogue.interpret.policy import Thresholds
from dimchat.dialogue.respond.compose import Responder
from dimchat.dialogue.respond.context import aged
from dimchat.dialogue.respond.respelling import carried, respelt
from dimchat.dialogue.understand.analysis import Analyser
from dimchat.dialogue.understand.lookups import Lookups
from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.dialogue.understand.vocabulary import VocabularyIndex
from dimchat.model import Context, Suggestion
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.dialogue.interpret.followup import Pull
    from dimchat.dialogue.interpret.interpretation import Interpretation
    from dimchat.dialogue.interpret.ranker import Ranker
    from dimchat.dialogue.understand.analysis import Analysis
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
    ) -> None:
        """Make what answering needs.

        Args:
            pack: The answer set.
            matcher: What ranks its intents for a text.
            statistics: Reads those of the pack at the first follow-up; None to count them then.
            lookups: Of the pack; None to work them out now.
            words: What dimchat says of its own; None for the language of the pack.
        """
        self.pack = pack
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
        return self._turn(self.understand(text), context)[:2]

    def explain(self, text: str, context: Context = _FRESH) -> Explanation:
        """Return why `ask` replies as it does; the arguments are those of `ask`."""
        return self.study(text, context)[2]

    def study(self, text: str, context: Context = _FRESH) -> tuple[Reply, Context, Explanation]:
        """Return what `ask` returns, and why, for the price of one; the arguments are those of `ask`."""
        analysis = self.understand(text)
        reply, after, meant = self._turn(analysis, context)
        found = Explanation.of(analysis, aged(context), meant, self.thresholds, reply)
        fault = getattr(self._matcher, "fault", None)  # a ranker of another kind has none
        notes = [f"by words alone: {fault}"] if fault else []
        if self.pack.stale:
            notes.append("what is learnt has changed since the calibration: run dimchat tune")
        return reply, after, found._replace(decision="; ".join((found.decision, *notes)))

    def near(self, text: str) -> tuple[Suggestion, ...]:
        """Return the questions nearest to what is being typed, by its words alone, best first; for faces.

        Args:
            text: What stands there so far; its last word may be unfinished.
        """
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
            return found._replace(nearest=self._nearest.beside(found), evident=evident)
        offered_for = self._interpreter.interpret(self.understand(before.pending or ""), _FRESH)
        return found._replace(nearest=self._nearest.to(offered_for.hypotheses[:1], before.options))

    def respond(self, meant: Interpretation, text: str, context: Context = _FRESH) -> tuple[Reply, Context]:
        """Return the reply to what a message means, and the context after it: the third stage."""
        reply, after = self._responder.respond(text, aged(context), meant)
        if meant.topics:
            after = after._replace(mentioned=meant.topics[:_MENTIONED])
        pairs = carried(meant, self.thresholds)
        read_as = respelt(text, pairs) if pairs else None
        return reply._replace(margin=_margin(reply, meant), read_as=read_as, respelt=pairs), after

    def pulls(self, text: str, context: Context) -> tuple[tuple[str, ...], list[Pull]] | None:
        """Return the ids that a message is weighed between and what speaks for which; None where it leans on nothing.

        Args:
            text: What the person typed.
            context: What the turn before handed back.
        """
        return self._interpreter.pulls(self.understand(text), aged(context))

    def _turn(self, analysis: Analysis, context: Context) -> tuple[Reply, Context, Interpretation]:
        meant = self.interpret(analysis, context)
        return *self.respond(meant, analysis.text, context), meant


def _counted(pack: Pack) -> PackStatistics:
    return PackStatistics.of(as_learnt(pack))


def _margin(reply: Reply, meant: Interpretation) -> float | None:
    """Return how far the first candidate is ahead; None where the ranking did not decide what was answered."""
    first = meant.hypotheses[0].candidates[:1] if meant.hypotheses else ()
    decided = bool(first) and (not reply.intents or first[0].intent in reply.intents)
    return first[0].margin if decided else None
