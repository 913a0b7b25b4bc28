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
        "words": 1.64,
        "words with the topic": 0.36,
        "words with the aspect": 0.97,
        "words of the answer": 0.21,
        "asked like its aspect": 0.09,
        "asked like its aspect, in pairs": 0.10,
        "topic named": 1.32,
        "aspect named": 0.68,
        "completed": 0.11,
        "completed, in few words": 0.83,
        "completed by a guess": -0.02,
        "overview, not asked for": -0.05,
        "default topic, not named": -1.44,
        "topic kept": -0.69,
        "mentioned before": 1.22,
        "aspect kept": 0.05,
        "aspect kept, short": 1.38,
        "aspect kept, its topic named": -0.30,
        "follows the last answer": -0.18,
        "follows an earlier answer": 1.41,
        "follows in two steps": 0.81,
        "offered": 1.40,
        "same category": 0.56,
        "asked like the last one": 2.38,
        "a person, as they are": -0.60,
        "a person, as it is": -0.26,
        "outside": 1.15,
        "outside, said to go on": -0.90,
        "outside, a strange word": 1.14,
        "outside, a word without use": 1.38,
    }
)
