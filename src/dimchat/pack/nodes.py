r"""Reading YAML files so that every part knows its place, and every problem is collected.

This is the public face of the reader, for packs and for whatever else is written in the same
YAML, such as cases:

    report = Report()
    root = read_node(path, "tests/cases/pay.yaml", report)       # None: reported, nothing to go on with
    root = root and take(root, formats.CASES, report)            # checked against a shape; faulty parts left out
    if isinstance(root, ListNode):
        for case in root.items:                                  # each a MapNode here, as the shape says
            case.text("intent")      -> TextNode | None          # .text, .place (file, line, column)
            case.string("intent")    -> str                      # "" when it is not there
            case.texts("ask")        -> tuple[TextNode, ...]     # one text counts as a list of one
            case.maps("turns")       -> tuple[MapNode, ...]
            case.place_of("intent")  -> Place                    # of the value, else of the mapping
    report.add("unknown-intent", place, "unknown intent 'cra.renewl'", suggest("cra.renewl", known))
    report.add_other("error", "my-rule", place, "...")           # a rule of one's own
    if report.errors: raise CaseError(report.errors)

Every scalar is text: `yes`, `12:30`, `2026-11-24`. What `take` returns holds only parts that have
the right form: a key with a faulty value is not there (the problem is in the report). Shapes are
in `dimchat.pack.formats` (`CASES` for tests/cases/*.yaml), their language in `dimchat.pack.shapes`.
No YAML exception ever leaves this module, whatever the bytes are.
"""

from __future__ import annotations

from dimchat.language.spelling import suggest
from dimchat.pack.fit import take
from dimchat.pack.parse import parse, read_node
from dimchat.pack.report import Report
from dimchat.pack.tree import ListNode, MapNode, Node, RefusedNode, TextNode

__all__ = ["ListNode", "MapNode", "Node", "RefusedNode", "Report", "TextNode", "parse", "read_node", "suggest", "take"]
