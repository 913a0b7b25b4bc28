"""The base class of the curator's two screens, and the functions that start them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from dimchat.apps.base.app import BaseApp
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from dimchat.journal.fleet.fleet_store import FleetJournal
    from dimchat.journal.learn.insights import Insights
    from dimchat.journal.learn.scope import Scope
    from dimchat.journal.store import Store


class CuratorApp(BaseApp):
    """A screen for people who look after an answer set."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["curator.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "theme", show=False, id="curator.theme", tooltip=words.TIP_THEME),
        Binding("ctrl+q,ctrl+c", "quit", words.KEY_QUIT, id="curator.quit", tooltip=words.TIP_QUIT, priority=True),
    ]

    def __init__(self) -> None:
        """Let nothing glide."""
        super().__init__()
        self.animation_level = "none"


def run_insights(insights: Insights) -> int:
    """Show insights until the curator leaves; return the exit status."""
    from dimchat.apps.curator.insights import InsightsApp  # noqa: PLC0415 - the plots load a library of their own

    return InsightsApp(insights).hold()


def run_review(store: Store | FleetJournal, scope: Scope, pack_dir: Path | None) -> int:
    """Work through the groups of a journal until the curator leaves; return the exit status."""
    from dimchat.apps.curator.review import ReviewApp  # noqa: PLC0415 - it opens the pack to try changes on

    return ReviewApp(store, scope, pack_dir).hold()
