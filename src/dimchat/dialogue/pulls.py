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
        "words": 1.55,
        "words with the topic": 0.54,
        "words with the aspect": 0.77,
        "words of the answer": 0.16,
        "asked like its aspect": 0.10,
        "asked like its aspect, in pairs": 0.09,
        "topic named": 1.13,
        "aspect named": 0.70,
        "completed": 0.12,
        "completed, in few words": 0.74,
        "completed by a guess": 0.03,
        "overview, not asked for": -0.32,
        "default topic, not named": -1.28,
        "topic kept": -1.01,
        "mentioned before": 1.34,
        "aspect kept": -0.10,
        "aspect kept, short": 1.69,
        "aspect kept, its topic named": -0.10,
        "follows the last answer": -0.25,
        "follows an earlier answer": 1.39,
        "follows in two steps": 0.83,
        "offered": 1.28,
        "same category": 0.54,
        "asked like the last one": 2.30,
        "a person, as they are": -0.77,
        "a person, as it is": -0.26,
        "outside": 1.94,
        "outside, said to go on": -1.53,
        "outside, a strange word": 1.33,
        "outside, a word without use": 1.46,
    }
)
