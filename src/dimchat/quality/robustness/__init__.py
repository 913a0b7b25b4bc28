"""Robustness: variants of cases that must keep their answer, and variants that must not."""

from __future__ import annotations

from dimchat.quality.robustness.trials import Figure, Robustness, Trial, robustness
from dimchat.quality.robustness.variants import Kind, kinds

__all__ = ["Figure", "Kind", "Robustness", "Trial", "kinds", "robustness"]
