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
        "words": 1.56,
        "words with the topic": 1.28,
        "words with the aspect": 0.88,
        "topic named": 0.86,
        "aspect named": 0.50,
        "completed": 1.19,
        "completed, in few words": 1.26,
        "completed by a guess": 0.30,
        "overview, not asked for": -0.46,
        "default topic, not named": -1.38,
        "topic kept": -0.90,
        "mentioned before": 0.73,
        "aspect kept": 0.74,
        "aspect kept, short": 0.97,
        "aspect kept, its topic named": 0.80,
        "follows the last answer": 1.30,
        "offered": 1.25,
        "same category": 1.15,
        "outside": 1.95,
        "outside, a strange word": 1.47,
        "outside, a word without use": 1.23,
    }
)
