"""Candidates and context to replies: follow-ups, safety, deciding, wording."""

from __future__ import annotations

from dimchat.dialogue.assistant import Assistant
from dimchat.dialogue.explanation import Explanation, Reading
from dimchat.dialogue.ranker import Ranker

__all__ = ["Assistant", "Explanation", "Ranker", "Reading"]
