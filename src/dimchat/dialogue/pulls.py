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
        "words": 1.43,
        "words with the topic": 1.25,
        "words with the aspect": 1.04,
        "topic named": 0.83,
        "aspect named": 0.47,
        "completed": 1.14,
        "completed, in few words": 1.09,
        "completed by a guess": 0.30,
        "overview, not asked for": -0.40,
        "default topic, not named": -1.39,
        "topic kept": -0.99,
        "mentioned before": 0.93,
        "aspect kept": 0.47,
        "aspect kept, short": 1.09,
        "aspect kept, its topic named": 0.40,
        "follows the last answer": 1.40,
        "offered": 1.07,
        "same category": 1.11,
        "outside": 1.90,
        "outside, a strange word": 1.47,
        "outside, a word without use": 1.25,
    }
)
