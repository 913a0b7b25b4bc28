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
        "words": 1.51,
        "words with the topic": 0.63,
        "words with the aspect": 0.78,
        "words of the answer": 0.21,
        "asked like its aspect": 0.08,
        "asked like its aspect, in pairs": 0.10,
        "topic named": 1.19,
        "aspect named": 0.46,
        "completed": 0.50,
        "completed, in few words": 0.98,
        "completed by a guess": -0.13,
        "overview, not asked for": -0.33,
        "default topic, not named": -1.24,
        "topic kept": -1.43,
        "mentioned before": 1.08,
        "aspect kept": -0.14,
        "aspect kept, short": 1.58,
        "aspect kept, its topic named": -0.44,
        "follows the last answer": -0.47,
        "follows an earlier answer": 1.82,
        "follows in two steps": 0.83,
        "offered": 1.44,
        "same category": 0.61,
        "outside": 1.74,
        "outside, a strange word": 1.40,
        "outside, a word without use": 1.66,
    }
)
