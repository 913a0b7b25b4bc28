"""Which formats are written, each by which module; a module is imported when its format is asked for."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING

from dimchat.wording import exchange as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase
    from dimchat.model import Pack

Files = dict[str, bytes]
"""Bytes by name; a format of one file has one, by the name that suits it."""

FORMATS = {
    "csv": ("sheet_out", "to_table", "a table with a row for each question"),
    "xlsx": ("sheet_out", "to_workbook", "the same as a workbook of Excel"),
    "qna": ("qna_out", "to_qna", "a .qna file of Bot Framework"),
    "rasa": ("rasa_out", "to_rasa", "a project of Rasa 3: a folder"),
    "faqpage": ("faq_page_out", "to_page", "schema.org's FAQPage as JSON-LD"),
    "markdown": ("markdown_out", "to_document", "one document in Markdown"),
    "site": ("site", "to_site", "pages for a web server, with search: a folder"),
}
"""The module and the function that write a format, and what it is, in a line."""
FOLDERS = ("rasa", "site")
"""Formats of several files."""
_OF_LANGUAGES = ("csv", "xlsx")
"""Formats that say an entry in several languages."""
_OF_PACKS = ("markdown", "site", "rasa")
"""Formats for which the pack itself is needed: they show numbered sources, or its cases."""


def written(format_: str, pack: Pack, root: Path) -> tuple[Files, KnowledgeBase]:
    """Return the files of a pack in a format, and the knowledge base that says what is lost.

    Args:
        format_: One of `FORMATS`.
        pack: The answer set.
        root: Its folder.

    Raises:
        UsageError: The library that writes it is not installed.
    """
    from dimchat.exchange.taken_out import taken_out  # noqa: PLC0415 - the command's help needs no pack

    base = taken_out(pack, root, html=format_ == "faqpage")
    module, function, _ = FORMATS[format_]
    write = getattr(import_module(f"dimchat.exchange.writers.{module}"), function)
    files: Files = write(base, pack) if format_ in _OF_PACKS else write(base)
    if format_ not in _OF_LANGUAGES:
        for language, count in Counter(language for entry in base.entries for language in entry.said).items():
            base.lose(pack.name, numbered(wording.SAID_TOO, count, language=language))
    return files, base
