"""Which formats are read, each by which module; a module is imported when a file of its format is read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase

FORMATS = {
    "csv": ("sheet", "read_table", "a table with the columns question and answer; commas, semicolons or tabs"),
    "xlsx": ("sheet", "read_workbook", "the same as a workbook of Excel"),
    "qnamaker": ("qna_maker", "read_tsv", "a table of QnA Maker or Language Studio (TSV, or a zip file of them)"),
    "azure": ("qna_maker", "read_json", "a project of Azure custom question answering (JSON)"),
    "qna": ("qna_file", "read_qna", "a .qna file of Bot Framework"),
}
"""The module and the function that read a format, and what it is, in a line."""


def read(format_: str, path: Path) -> KnowledgeBase:
    """Return what a file says.

    Args:
        format_: One of `FORMATS`.
        path: The file; for some formats a folder.

    Raises:
        UsageError: It cannot be read, or is none of that format.
    """
    module, function, _ = FORMATS[format_]
    base: KnowledgeBase = getattr(import_module(f"dimchat.exchange.readers.{module}"), function)(path)
    base.format = format_
    return base
