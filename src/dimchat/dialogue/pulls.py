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
        "words": 1.58,
        "words with the topic": 0.35,
        "words with the aspect": 1.03,
        "words of the answer": 0.20,
        "asked like its aspect": 0.09,
        "asked like its aspect, in pairs": 0.11,
        "topic named": 1.41,
        "aspect named": 0.66,
        "completed": 0.09,
        "completed, in few words": 0.80,
        "completed by a guess": 0.01,
        "overview, not asked for": -0.01,
        "default topic, not named": -1.57,
        "topic kept": -0.71,
        "mentioned before": 1.29,
        "answered last, its topic named": -0.31,
        "aspect kept": 0.05,
        "aspect kept, short": 1.39,
        "aspect kept, its topic named": -0.32,
        "follows the last answer": -0.23,
        "follows an earlier answer": 1.39,
        "follows in two steps": 0.81,
        "offered": 1.47,
        "same category": 0.56,
        "asked like the last one": 2.20,
        "a person, as they are": -0.62,
        "a person, as it is": -0.26,
        "outside": 1.10,
        "outside, said to go on": -0.91,
        "outside, a strange word": 1.11,
        "outside, a word without use": 1.40,
    }
)
