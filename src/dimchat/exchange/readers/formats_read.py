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
    "rasa": ("rasa", "read_rasa", "a project of Rasa 3: a folder, a zip file or one YAML file"),
    "dialogflow": ("dialogflow", "read_agent", "an agent of Dialogflow ES (the exported zip file, or its folder)"),
    "nlpjs": ("nlpjs", "read_corpus", "a corpus of nlp.js (JSON)"),
    "faqpage": ("faq_page", "read_page", "schema.org's FAQPage: a saved web page, or its JSON-LD"),
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
