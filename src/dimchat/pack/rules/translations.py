"""Rules for what a pack says in further languages: it goes with what the pack says in its own, id by id."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dimchat.files.text import suggest
from dimchat.files.yaml import MapNode
from dimchat.language.citations import citations
from dimchat.language.markup import references
from dimchat.language.tongue import code_of
from dimchat.model import Place
from dimchat.pack.draft import WORDED, Named
from dimchat.pack.folder import PACK_FILE
from dimchat.pack.rules.inserts import check_texts
from dimchat.pack.rules.phrases import check_repeats
from dimchat.pack.rules.references import check_citations, check_cues
from dimchat.pack.rules.texts import check_entities, check_shown
from dimchat.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dimchat.files.yaml import TextNode
    from dimchat.pack.draft import AnswerDraft, Draft
    from dimchat.pack.rules import Report

_LEAST = 5
"""An intent has at least so many phrases in a further language: people find it by their words alone."""


def check_languages(draft: Draft, report: Report) -> None:
    """Report all that keeps a pack with further languages from being loaded."""
    spoken = draft.head.string("language") if draft.head is not None else ""
    for code, said in draft.others.items():
        if code not in LANGUAGES or code == code_of(spoken):
            known = [one for one in LANGUAGES if one != code_of(spoken)]
            message = f"{code!r} is no further language that dimchat has words in: there is {' and '.join(known)}"
            report.add("unknown-language", _place_of(said), message, suggest(code, known))
        elif draft.format == 1:
            report.add("needs-format", _place_of(said), f"a further language needs 'format: 2' in {PACK_FILE}")
        else:
            _check(draft, said, report)


def _check(own: Draft, said: Draft, report: Report) -> None:
    _ids("intent", (e.intent.id for e in said.intents if e.intent.category not in WORDED), said, own, report)
    _ids("answer", (e.answer.id for e in said.answers), said, own, report)
    _known("topic", said.topic_ids.places, own.topic_ids, report)
    _known("aspect", said.aspect_ids.places, own.aspect_ids, report)
    categories = Named({category.id: place for category, place in own.categories}, complete=own.categories_known)
    _known("category", {category.id: place for category, place in said.categories}, categories, report)
    _known("reader", {node.text: node.place for node in _readers(said)}, Named(own.readers), report)
    for wording in said.wordings:
        if own.intent_ids.lacks(wording.id) and said.intent_ids.lacks(wording.id):
            report.add("orphan-wording", wording.place, f"no intent has the id {wording.id!r}")
    originals = {entry.answer.id: entry for entry in own.answers}
    for entry in said.answers:
        if entry.answer.id in originals:
            _cited(entry, originals[entry.answer.id], report)
    for asked in said.intents:
        check_cues(asked, [name for name, _ in own.vocabulary.sets], report)
    check_citations(said, report)
    check_texts(said, report)
    check_entities(said, report)
    check_repeats(said, report)


def _known(what: str, named: Mapping[str, Place], ids: Named, report: Report) -> None:
    for name, place in named.items():
        if ids.lacks(name):
            report.add(f"unknown-{what}", place, f"unknown {what} {name!r}", suggest(name, ids.places))


def _ids(what: str, names: Iterable[str], said: Draft, own: Draft, report: Report) -> None:
    """Report ids that the pack does not have, or has in another file."""
    theirs, ours = (said.intent_ids, own.intent_ids) if what == "intent" else (said.answer_ids, own.answer_ids)
    for name in names:
        place = theirs.places[name]
        home = ours.places.get(name)
        if home is None:
            if ours.complete:
                rule = "unknown-intent" if what == "intent" else "orphan-answer"
                report.add(rule, place, f"the pack has no {what} {name!r}", suggest(name, ours.places))
        elif PurePosixPath(home.file).name != PurePosixPath(place.file).name:
            message = f"{name!r} stands in {home.file}; in a further language it belongs in a file of that name"
            report.add("wrong-group", place, message)


def _readers(said: Draft) -> Iterator[TextNode]:
    held = said.head.get("readers") if said.head is not None else None
    yield from (key for key, _ in held.entries.values()) if isinstance(held, MapNode) else ()
    for entry in said.answers:
        named = {variant.reader for variant in entry.answer.variants}
        yield from (node for node in entry.names if node.text in named)


def _cited(entry: AnswerDraft, original: AnswerDraft, report: Report) -> None:
    """Report what an answer cites that the answer in the pack's own language does not."""
    known = {one.source for node in original.texts for one in citations(node.text)}
    for node in dict.fromkeys(entry.texts):
        for one in citations(node.text):
            if one.source not in known:
                message = f"{original.answer.id} does not cite {one.source!r} in {original.answer.place.file}"
                report.add(
                    "cited-otherwise", node.place_of(f"@{one.source}", one.start), message, suggest(one.source, known)
                )


def advise_languages(draft: Draft, report: Report, tuned: Mapping[str, str]) -> None:
    """Report what else is not as it should be in further languages, and how much is not said in them.

    Args:
        draft: The pack.
        report: Where to.
        tuned: The learning digests of the languages as they are, by their codes; none where errors keep them unknown.
    """
    originals = {entry.answer.id: entry for entry in draft.answers}
    wanted = [e.intent.id for e in draft.intents if e.intent.category not in WORDED]
    for code, said in draft.others.items():
        for entry in said.answers:
            if entry.answer.id in originals:
                _advise(entry, originals[entry.answer.id], report)
        drafts = {entry.answer.id for entry in said.answers if entry.hidden}
        for asked in said.intents:
            count = len(asked.intent.phrases)
            if count < _LEAST and asked.intent.id not in drafts and asked.intent.category not in WORDED:
                message = f"{asked.intent.id} has {count} phrases; {_LEAST} is the least in a further language"
                report.add("few-phrases", asked.node.place_of("phrases"), message)
            most = report.rulings.limits["title-length"]
            if len(asked.intent.title) > most:
                message = f"the title has {len(asked.intent.title)} characters; {most:g} is the most"
                report.add("title-length", asked.node.place_of("title"), message)
        check_shown(said, report)
        _calibration(said, code, tuned.get(code), report)
        asked_in, answered_in = _named(said.intent_ids) - drafts, _named(said.answer_ids) - drafts
        missing = [name for name in wanted if name not in asked_in or name not in answered_in]
        if missing:
            message = (
                f"{code}: {sum(name in asked_in for name in wanted)} of {len(wanted)} questions can be asked and "
                f"{sum(name in answered_in for name in wanted)} are answered in it; {missing[0]} is the first of "
                f"{len(missing)} that fall back"
            )
            report.add("untranslated", _place_of(said), message)


def _calibration(said: Draft, code: str, digest: str | None, report: Report) -> None:
    file = Place(f"intents/{code}/calibration.json")
    if said.intents and said.calibration is None:
        report.add("calibration-missing", file, f"there is no calibration: `dimchat tune --language {code}` makes it")
    elif said.calibration is not None and digest not in (None, said.calibration.digest):
        message = f"what is learnt in this language has changed since; `dimchat tune --language {code}` does it again"
        report.add("calibration-stale", file, message)


def _named(ids: Named) -> set[str]:
    return set(ids.places)


def _advise(entry: AnswerDraft, original: AnswerDraft, report: Report) -> None:
    ours, theirs = ({one.source for one in citations(one.short.text)} for one in (original, entry))
    if ours - theirs:
        message = f"the short answer of {entry.answer.id} does not cite {min(ours - theirs)!r}, as the pack's does"
        report.add("cited-less", entry.short.place, message)
    shown = {one.value for node in original.texts for one in references(node.text)}
    for node in dict.fromkeys(entry.texts):
        for one in references(node.text):
            if one.value not in shown:
                message = f"{entry.answer.id} shows no {one.value!r} in {original.answer.place.file}"
                report.add("shown-otherwise", node.place_of(one.written, one.start), message)
    compared, reviewed = entry.answer.reviewed, original.answer.reviewed
    if compared is not None and reviewed is not None and compared < reviewed:
        message = f"{entry.answer.id} was reviewed on {reviewed}, and this was compared with it on {compared}"
        report.add("stale-translation", entry.answer.place, message)


def _place_of(said: Draft) -> Place:
    """Return where a language is named: its first file, or its place in pack.yaml."""
    if said.names:
        return Place(min(said.names))
    return said.head.place if said.head is not None else Place(PACK_FILE)
