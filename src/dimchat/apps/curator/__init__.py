"""The curator's screens: what people asked, and the review that makes phrases and cases of it."""

from __future__ import annotations

from dimchat.apps.curator.app import run_insights, run_review

__all__ = ["run_insights", "run_review"]
