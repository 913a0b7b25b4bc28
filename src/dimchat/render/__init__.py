"""A reply in its shapes: JSON for programs, plain text for pipes and screen readers, Markdown for notes."""

from __future__ import annotations

from dimchat.render.explanation import explanation_to_json, explanation_to_plain
from dimchat.render.json_reply import SCHEMA, to_dict, to_json
from dimchat.render.markdown import to_markdown
from dimchat.render.plain import source_line, to_plain
from dimchat.render.whole import whole_text

__all__ = [
    "SCHEMA",
    "explanation_to_json",
    "explanation_to_plain",
    "source_line",
    "to_dict",
    "to_json",
    "to_markdown",
    "to_plain",
    "whole_text",
]
