"""Candidates and context to replies: follow-ups, safety, deciding, wording."""

from __future__ import annotations

from dimchat.dialogue.assistant import Assistant
from dimchat.dialogue.explanation import Explanation
from dimchat.dialogue.interpret.interpretation import Reading
from dimchat.dialogue.interpret.ranker import Ranker

__all__ = ["Assistant", "Explanation", "Ranker", "Reading"]
