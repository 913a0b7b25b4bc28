"""Reports: one document, drawn for the terminal, as Markdown or as a page."""

from __future__ import annotations

from dimchat.quality.report.document import (
    Bars,
    Block,
    Curve,
    Document,
    Heat,
    Listing,
    Paragraph,
    Section,
    Table,
    percent,
)

__all__ = ["Bars", "Block", "Curve", "Document", "Heat", "Listing", "Paragraph", "Section", "Table", "percent"]
