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
        "words": 1.61,
        "words with the topic": 0.38,
        "words with the aspect": 0.97,
        "words of the answer": 0.21,
        "asked like its aspect": 0.09,
        "asked like its aspect, in pairs": 0.11,
        "topic named": 1.34,
        "aspect named": 0.66,
        "completed": 0.08,
        "completed, in few words": 0.80,
        "overview, not asked for": -0.03,
        "default topic, not named": -1.54,
        "topic kept": -0.69,
        "mentioned before": 1.25,
        "aspect kept": 0.09,
        "aspect kept, short": 1.64,
        "follows the last answer": -0.26,
        "follows an earlier answer": 1.30,
        "follows in two steps": 0.89,
        "offered": 1.53,
        "same category": 0.55,
        "asked like the last one": 2.29,
        "a person, as they are": -0.63,
        "a person, as it is": -0.26,
        "outside": 1.11,
        "outside, said to go on": -0.88,
        "outside, a strange word": 1.10,
        "outside, a word without use": 1.41,
    }
)
