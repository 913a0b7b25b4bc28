"""Reports: one document, drawn for the terminal, as Markdown, as a page, as annotations, JUnit XML and JSON."""

from __future__ import annotations

from dimchat.quality.report.document import Bars, Block, Curve, Document, Heat, Listing, Paragraph, Section, Table

__all__ = ["Bars", "Block", "Curve", "Document", "Heat", "Listing", "Paragraph", "Section", "Table"]
