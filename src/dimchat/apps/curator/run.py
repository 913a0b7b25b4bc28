"""Starts the curator's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dimchat.apps.curator.app import CuratorApp
    from dimchat.journal.learn.insights import Insights
    from dimchat.journal.store import Store


def run_insights(insights: Insights) -> int:
    """Show insights until the curator leaves; return the exit status."""
    from dimchat.apps.curator.screen import InsightsApp  # noqa: PLC0415 - the plots load a library of their own

    return _status(InsightsApp(insights))


def run_review(store: Store, since: date | None, pack_dir: Path | None) -> int:
    """Work through the groups of a journal until the curator leaves; return the exit status."""
    from dimchat.apps.curator.review import ReviewApp  # noqa: PLC0415 - the same

    return _status(ReviewApp(store, since, pack_dir))


def _status(app: CuratorApp) -> int:
    app.run()
    return 1 if app.return_code is None else app.return_code
