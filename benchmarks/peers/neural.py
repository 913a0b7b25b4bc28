"""Padatious as OpenVoiceOS keeps it: a small neural network for each intent."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from ovos_padatious import IntentContainer

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence


class Padatious:
    """With its defaults."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Train the networks, one intent after the other."""
        lines: dict[str, list[str]] = {}
        for phrase, intent in zip(phrases, intents, strict=True):
            lines.setdefault(intent, []).append(phrase)
        self._folder = tempfile.TemporaryDirectory()
        self._container = IntentContainer(self._folder.name)
        for intent, own in lines.items():
            self._container.add_intent(intent, own)
        self._container.train(debug=False, single_thread=True)

    def ask(self, text: str) -> Guess:
        """Return the intent whose network is surest."""
        match = self._container.calc_intent(text)
        return Guess(match.name or "", match.conf or 0.0)
