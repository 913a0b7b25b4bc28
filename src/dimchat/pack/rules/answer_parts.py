"""The parts that answers of a kind have, so that a reader finds the same thing in each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.files.text import suggest
from dimchat.files.yaml import MapNode
from dimchat.pack.formats import KINDS
from dimchat.pack.rules.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Place
    from dimchat.pack.draft import Draft
    from dimchat.pack.rules import Report

_LABEL = re.compile(r"^\s*(?:[-*+]\s+|\d+[.)]\s+)?\*\*([^*\n]+)\*\*", re.MULTILINE)
OR = "|"
"""Stands between labels of which one is enough."""


def check_named_parts(draft: Draft, report: Report) -> None:
    """Report keys of `parts` in pack.yaml that no answer can have: an error."""
    topics = [topic.id for topic in draft.vocabulary.topics]
    for key, place, _ in _asked(draft):
        first, _, aspect = key.partition(".")
        if first not in KINDS and draft.topic_ids.lacks(first):
            meant = suggest(first, [*KINDS, *topics])
            report.add("unknown-topic", place, f"{first!r} is neither a kind of topics nor a topic", meant)
        if draft.aspect_ids.lacks(aspect):
            meant = suggest(aspect, draft.aspect_ids.places)
            report.add("unknown-aspect", place, f"unknown aspect {aspect!r}", meant)


def check_parts(draft: Draft, report: Report) -> None:
    """Report answers that lack a part: a warning."""
    asked = {key: labels for key, _, labels in _asked(draft)}
    kinds = {topic.id: topic.kind for topic in draft.vocabulary.topics}
    for entry in draft.answers:
        topic, _, aspect = entry.answer.id.partition(".")
        wanted = asked.get(entry.answer.id) or asked.get(f"{kinds.get(topic)}.{aspect}", ())
        for node in (entry.text, *entry.texts[len(entry.of_rows) + 1 :]) if wanted else ():
            found = {fold(label) for label in _LABEL.findall(node.text)}
            lacking = [labels for labels in wanted if found.isdisjoint(map(fold, labels.split(OR)))]
            if lacking:
                message = f"{entry.answer.id} has no part {', '.join(repr(labels) for labels in lacking)}"
                report.add("missing-part", node.place, f"{message}, as a label in bold at the start of a line")


def _asked(draft: Draft) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    """Yield each key of `parts` with its place and the labels that it asks for."""
    node = draft.head.get("parts") if draft.head else None
    if isinstance(node, MapNode):
        for name, (key, _) in node.entries.items():
            yield name, key.place, tuple(label.text for label in node.texts(name))
