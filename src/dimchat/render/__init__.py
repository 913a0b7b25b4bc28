"""A reply in its shapes: JSON for programs, plain text for pipes and screen readers, Markdown for notes."""

from __future__ import annotations

from dimchat.render.json_reply import SCHEMA, explanation_to_json, to_dict, to_json
from dimchat.render.markdown import read_as, sections, to_markdown, whole_text
from dimchat.render.plain import explanation_to_plain, source_line, to_plain

__all__ = [
    "SCHEMA",
    "explanation_to_json",
    "explanation_to_plain",
    "read_as",
    "sections",
    "source_line",
    "to_dict",
    "to_json",
    "to_markdown",
    "to_plain",
    "whole_text",
]
