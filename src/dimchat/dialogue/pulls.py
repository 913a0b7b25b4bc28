"""How much each fact weighs that speaks for what a message goes on to.

`benchmarks/followups.py` finds the weights from conversations with known ends; what each name means stands where
`dimchat.dialogue.follow` yields it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "words": 1.53,
        "words with the topic": 0.36,
        "words with the aspect": 1.09,
        "words of the answer": 0.21,
        "asked like its aspect": 0.09,
        "asked like its aspect, in pairs": 0.11,
        "topic named": 1.34,
        "aspect named": 0.63,
        "completed": 0.05,
        "completed, in few words": 0.88,
        "completed by a guess": 0.13,
        "overview, not asked for": 0.02,
        "default topic, not named": -1.55,
        "topic kept": -0.72,
        "mentioned before": 1.28,
        "answered last, its topic named": -0.42,
        "aspect kept": 0.16,
        "aspect kept, short": 1.49,
        "aspect kept, its topic named": -0.15,
        "follows the last answer": -0.21,
        "follows an earlier answer": 1.30,
        "follows in two steps": 0.84,
        "offered": 1.50,
        "same category": 0.57,
        "asked like the last one": 2.18,
        "a person, as they are": -0.62,
        "a person, as it is": -0.26,
        "outside": 1.11,
        "outside, said to go on": -0.91,
        "outside, a strange word": 1.08,
        "outside, a word without use": 1.38,
    }
)
