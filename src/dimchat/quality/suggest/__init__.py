"""What a pack's vocabulary could hold, found in its own phrases and titles, and what of it would harm."""

from __future__ import annotations

from dimchat.quality.suggest.accept import VOCABULARY, accepted
from dimchat.quality.suggest.harm import harmed, standing_harm
from dimchat.quality.suggest.proposals import Proposal, proposed

__all__ = ["VOCABULARY", "Proposal", "accepted", "harmed", "proposed", "standing_harm"]
