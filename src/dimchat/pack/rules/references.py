"""Comparing the files of a pack with each other: whatever is named must exist, and both ways."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dimchat.files.text import suggest
from dimchat.files.yaml import MapNode
from dimchat.language.citations import bare, citations, malformed
from dimchat.language.patterns import cue_fault
from dimchat.model import CONVERSATION, GROUPS, SAFETY, Place
from dimchat.pack.base import NUMBERS, ids_of
from dimchat.pack.draft import SOURCES, VOCABULARY, WORDED, line
from dimchat.pack.formats import KINDS
from dimchat.pack.rules.tags import COUNTRIES, country_meant, language_fault
from dimchat.tables import ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dimchat.files.yaml import TextNode
    from dimchat.pack.draft import Draft, IntentDraft, Named
    from dimchat.pack.rules import Report


def check_references(draft: Draft, report: Report) -> None:
    """Report everything that does not go together."""
    _files(draft, report)
    _head(draft, report)
    sets = [name for name, _ in draft.vocabulary.sets]
    for entry in draft.intents:
        _group(entry.intent.id, entry.intent.category, entry.intent.place, report)
        _halves(entry, draft, report)
        check_cues(entry, sets, report)
        _next(entry, draft, report)
    _kinds(draft, report)
    _answers(draft, report)
    _wordings(draft, report)
    check_citations(draft, report)


def _files(draft: Draft, report: Report) -> None:
    if VOCABULARY not in draft.names and "intents/" not in _reported(report):
        report.add("missing-file", Place(VOCABULARY), "the pack has no vocabulary")
    if not draft.categories_known:
        return
    known = [category.id for category, _ in draft.categories]
    for category, place in draft.categories:
        if category.id in _not_categories(draft):
            report.add("unknown-category", place, f"{category.id!r} is a name of its own and cannot be a category")
        elif f"intents/{category.id}.yaml" not in draft.names and "intents/" not in _reported(report):
            meant = suggest(category.id, _stems(draft, "intents") - set(known))
            report.add("missing-file", place, f"the category {category.id!r} has no intents/{category.id}.yaml", meant)
    for folder in ("intents", "answers"):
        for stem in sorted(_stems(draft, folder) - set(known)):
            meant = suggest(stem, known)
            report.add(
                "unknown-category", Place(f"{folder}/{stem}.yaml"), f"{stem!r} is no category of pack.yaml", meant
            )


def _reported(report: Report) -> set[str]:
    """Return the files of which something has been reported."""
    return {problem.place.file for problem in report.problems}


def _stems(draft: Draft, folder: str) -> set[str]:
    named = (PurePosixPath(name) for name in draft.names if name.startswith(f"{folder}/") and name.endswith(".yaml"))
    return {path.stem for path in named if path.stem not in _not_categories(draft)}


def _not_categories(draft: Draft) -> tuple[str, ...]:
    return (*GROUPS, "vocabulary", "sources", *(("values",) if draft.format > 1 else ()))


def _head(draft: Draft, report: Report) -> None:
    if draft.head is not None:
        _language(draft.head, report)
        _country(draft.head, report)
        _without(draft.head, report)
    topic = draft.head.text("default_topic") if draft.head else None
    if topic is not None:
        _known("topic", topic.text, topic.place, draft.topic_ids, report)


def _language(head: MapNode, report: Report) -> None:
    node = head.text("language")
    if node is not None:
        wrong, meant = language_fault(line(node))
        if wrong:
            report.add("bad-value", node.place, f"{line(node)!r} must be a language code such as en", meant)


def _without(head: MapNode, report: Report) -> None:
    known = ids_of(head.string("language"))
    for node in head.texts("without"):
        if node.text not in known:
            message = f"the base under every pack has no {node.text!r}"
            report.add("unknown-intent", node.place, message, suggest(node.text, known))


def _country(head: MapNode, report: Report) -> None:
    emergency = head.get("emergency")
    node = emergency.text("country") if isinstance(emergency, MapNode) else None
    if not isinstance(emergency, MapNode) or node is None:
        return
    country = line(node)
    if country not in COUNTRIES:
        report.add("unknown-country", node.place, f"{country!r} is no country code such as GB", country_meant(country))
    elif country not in NUMBERS and not emergency.texts("numbers"):
        known = ", ".join(sorted(NUMBERS))
        message = f"the numbers of {country} are not known, only those of {known}; name them in `numbers`"
        report.add("unknown-country", node.place, message)


def _known(what: str, name: str, place: Place, ids: Named, report: Report) -> None:
    if ids.lacks(name):
        report.add(f"unknown-{what}", place, f"unknown {what} {name!r}", suggest(name, ids.places))


def _group(name: str, stem: str, place: Place, report: Report) -> None:
    first = name.partition(".")[0]
    if stem in WORDED and first != stem:
        report.add("wrong-group", place, f"ids in {stem}.yaml start with '{stem}.', unlike {name!r}")
    elif stem not in WORDED and first in GROUPS:
        report.add("wrong-group", place, f"{name!r} belongs in {first}.yaml")


def _kinds(draft: Draft, report: Report) -> None:
    """Report kinds of topics that are misspelt; others than the usual ones are a matter of the pack."""
    for topic in draft.vocabulary.topics:
        meant = None if topic.kind in KINDS else suggest(topic.kind, KINDS)
        if meant is not None:
            report.add("bad-value", topic.place, f"{topic.kind!r} is no usual kind of topics", meant)


def _halves(entry: IntentDraft, draft: Draft, report: Report) -> None:
    intent = entry.intent
    if intent.category in WORDED or intent.topic in GROUPS:
        return
    _known("topic", intent.topic, intent.place, draft.topic_ids, report)
    if draft.aspect_ids.lacks(intent.aspect):
        place = Place(intent.place.file, intent.place.line, intent.place.column + len(intent.topic) + 1)
        _known("aspect", intent.aspect, place, draft.aspect_ids, report)


def check_cues(entry: IntentDraft, sets: Collection[str], report: Report) -> None:
    """Report cues that are written otherwise than docs/packs.md says."""
    for key in ("cues", "unless"):
        nodes = entry.node.texts(key)
        if nodes and entry.intent.category not in WORDED:
            place = entry.node.entries[key][0].place
            report.add("cues-outside-safety", place, f"{key!r} is for safety and conversation intents only")
            continue
        for node in nodes:
            fault = cue_fault(node.text.strip("\n"), sets)
            if fault:
                report.add("bad-cue", node.place, fault)


def _next(entry: IntentDraft, draft: Draft, report: Report) -> None:
    for node in (*entry.node.texts("next"), *entry.node.texts("follows")):
        if draft.intent_ids.lacks(node.text):
            meant = suggest(node.text, draft.intent_ids.places)
            report.add("unknown-intent", node.place, f"unknown id {node.text!r}", meant)


def _answers(draft: Draft, report: Report) -> None:
    missing: set[str] = set()
    for entry in draft.intents:
        intent = entry.intent
        if intent.category in WORDED:
            continue
        file = f"answers/{intent.category}.yaml"
        if file not in draft.names:
            missing.add(intent.category)
        elif draft.answer_ids.lacks(intent.id):
            report.add("missing-answer", intent.place, f"{intent.id!r} has no answer in {file}")
    for stem in sorted(missing) if "answers/" not in _reported(report) else ():
        report.add("missing-file", Place(f"answers/{stem}.yaml"), f"intents/{stem}.yaml has no answers")
    for name, place in draft.answer_ids.places.items():
        stem = PurePosixPath(place.file).stem
        home = draft.intent_ids.places.get(name)
        if home is None:
            if draft.intent_ids.complete:
                free = draft.intent_ids.places.keys() - draft.answer_ids.places.keys()
                report.add("orphan-answer", place, f"no intent has the id {name!r}", suggest(name, sorted(free)))
        elif PurePosixPath(home.file).stem != stem:
            report.add(
                "orphan-answer", place, f"the intent {name!r} stands in {home.file}; its answer belongs beside it"
            )


def _wordings(draft: Draft, report: Report) -> None:
    for entry in draft.intents:
        intent = entry.intent
        if intent.category in WORDED and draft.wording_ids.lacks(intent.id):
            file = f"answers/{intent.category}.yaml"
            report.add("missing-wording", intent.place, f"{intent.id!r} has no wordings in {file}")
    lent = ids_of(draft.head.string("language")) if draft.head else frozenset()
    for name, place in draft.wording_ids.places.items():
        _group(name, PurePosixPath(place.file).stem, place, report)
        if draft.intent_ids.lacks(name) and name not in lent:
            free = sorted(
                known
                for known in draft.intent_ids.places.keys() - draft.wording_ids.places.keys()
                if known.partition(".")[0] in (CONVERSATION, SAFETY)
            )
            report.add("orphan-wording", place, f"no intent has the id {name!r}", suggest(name, free))


def cited_texts(draft: Draft) -> Iterator[TextNode]:
    """Yield every text that may cite a source."""
    for entry in draft.answers:
        yield from entry.texts
    for wording in draft.wordings:
        yield from wording.texts


def check_citations(draft: Draft, report: Report) -> None:
    """Report citations that are none, and sources that do not exist."""
    for node in cited_texts(draft):
        for cited in citations(node.text):
            if cited.source != ROW and draft.source_ids.lacks(cited.source) and draft.value_ids.lacks(cited.source):
                place = node.place_of(f"@{cited.source}", cited.start)
                meant = suggest(cited.source, (*draft.source_ids.places, *draft.value_ids.places))
                where = "" if SOURCES in draft.names else f", for there is no {SOURCES}"
                report.add("unknown-source", place, f"unknown source {cited.source!r}{where}", meant)
        for start, wording in malformed(node.text):
            shown = wording[:40] or "nothing"
            place = node.place_of(wording, start)
            report.add("bad-citation", place, f"{shown!r} is no citation; write [@source] or [@source, place in it]")
        for start, name in bare(node.text):
            known = (*draft.source_ids.places, *draft.value_ids.places)
            if name in known or suggest(name, known):
                report.add("bad-citation", node.place_of(f"@{name}", start), f"put the citation in brackets: [@{name}]")
