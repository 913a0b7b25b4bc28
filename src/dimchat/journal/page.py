"""Insights as one HTML file that loads nothing from anywhere, in the style of the regression report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.journal.report import facts, plots, tables
from dimchat.quality.report.page import page_environment
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from dimchat.journal.insights import Insights

_TEMPLATE = "insights.html"
_LABELS = 31
"""How many labels fit under a plot; of more, only some are written."""


def to_page(insights: Insights) -> str:
    """Return the insights as a page."""
    import jinja2  # noqa: PLC0415 - of the extra, and only a page needs it

    environment = page_environment(jinja2, Path(__file__).parent)
    drawn = [(plot, max((counts.total for counts in plot.counts), default=0) or 1) for plot in plots(insights)]
    text: str = environment.get_template(_TEMPLATE).render(
        words=words,
        facts=facts(insights),
        plots=[(plot, most, max(1, -(-len(plot.labels) // _LABELS))) for plot, most in drawn],
        tables=tables(insights),
        is_number=lambda value: not isinstance(value, str),
    )
    return text
