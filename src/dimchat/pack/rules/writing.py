"""How an answer is written: words that all readers know, the answer first, and dates that its sources allow."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dimchat.language.citations import citations, without
from dimchat.language.english import DATED_SUBJECTS, HEDGES, SAYING
from dimchat.language.markup import worded
from dimchat.language.reading_grade import Counts, counts_of
from dimchat.model import Place
from dimchat.pack.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from dimchat.model import Answer, Source
    from dimchat.pack.draft import AnswerDraft, Draft
    from dimchat.pack.rules import Report

SYLLABLES = "syllapy"
"""Counts the syllables of English; what it needs comes with it. Without it no grade is given."""
READ = ("page", "copy")
"""What `read` says of a source that was read itself."""
_FIRST = 8
"""In so many words stands the answer."""
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")


def check_writing(draft: Draft, report: Report) -> None:
    """Report what a profile asks of writing."""
    values = Values(value for value, _ in draft.values)
    sources = {source.id: source for source in draft.sources}
    dates = {value.id: value.review_by for value, _ in draft.values}
    dates |= {source.id: source.review_by for source in draft.sources}
    for entry in draft.answers:
        cited = [one.source for node in entry.texts for one in citations(node.text)]
        named = [*cited, *values.named_in(*(node.text for node in entry.texts))]
        held = [*named, *(value.source for value, _ in draft.values if value.id in named)]
        _answer_first(entry, values, [sources[name] for name in held if name in sources], draft, report)
        _dates(entry, {name: day for name in held if (day := dates.get(name))}, report)
        _as_of(entry.answer, draft, report)
        for name in dict.fromkeys(held):
            source = sources.get(name)
            if source is not None and source.read is not None and source.read not in draft.trusted:
                message = f"{entry.answer.id} leans on {name}, which is {source.read!r}: read it, or find another"
                report.add("untrusted-source", entry.answer.place, message)
    for source in draft.sources:
        if source.read in READ and source.accessed is None:
            message = f"{source.id} was read as {source.read!r}, and nothing says when; give it an 'accessed'"
            report.add("undated-reading", source.place, message)
    _grades(draft, values, report)


def shown(text: str, values: Values) -> str:
    """Return the words of a text as a person reads them."""
    plain = _LINK.sub(r"\1", without(worded(values.filled(text), {}), keep_offsets=False))
    return " ".join(plain.replace("*", "").replace("`", "").split())


def _answer_first(entry: AnswerDraft, values: Values, sources: Iterable[Source], draft: Draft, report: Report) -> None:
    # What is asked about may speak: a law says what it says.
    asked = entry.answer.id.partition(".")[0]
    own = {word for one in draft.vocabulary.topics if one.id == asked for word in _WORD.findall(" ".join(one.names))}
    names = {name for one in sources for name in _WORD.findall(f"{one.publisher or ''} {one.title}")} - own
    for node in entry.texts[::2]:
        text = shown(node.text, values)
        first = _WORD.findall(text)[:_FIRST]
        hedge = re.match(HEDGES, text, re.IGNORECASE)
        if hedge:
            report.add("answer-first", node.place, f"the short answer begins with {hedge[0]!r}, not with the answer")
            continue
        saying = next((at for at, word in enumerate(first) if word.lower() in SAYING), 0)
        if saying and any(word in names and word[0].isupper() for word in first[:saying]):
            said = " ".join(first[: saying + 1])
            report.add("answer-first", node.place, f"the short answer names who says it before the answer: {said!r}")


def _dates(entry: AnswerDraft, dates: dict[str, date], report: Report) -> None:
    own = entry.answer.review_by
    name = min(dates, key=dates.__getitem__, default=None)
    if own is not None and name is not None and dates[name] < own:
        message = f"review_by {own} is after that of {name}, {dates[name]}: by then it has been replaced"
        report.add("review-after-source", entry.answer.place, message)


def _as_of(answer: Answer, draft: Draft, report: Report) -> None:
    topic, _, aspect = answer.id.partition(".")
    law = any(one.id == topic and one.kind == "law" for one in draft.vocabulary.topics)
    if not answer.as_of and answer.table is None and (law or {topic, aspect} & DATED_SUBJECTS):
        report.add("no-as-of", answer.place, f"{answer.id} tells of law, pay or a licence, and not as of when")


def _grades(draft: Draft, values: Values, report: Report) -> None:
    if not (report.rulings.on("grade") or report.rulings.on("grade-short")) or not draft.answers:
        return
    if find_spec(SYLLABLES) is None:
        return  # who runs the check is told
    syllables: Callable[[str], int] = import_module(SYLLABLES).count
    names = {word.lower() for topic in draft.vocabulary.topics for name in topic.names for word in _WORD.findall(name)}
    files: dict[str, Counts] = {}
    for entry in draft.answers:
        for node in entry.texts[::2]:
            counts = counts_of(shown(node.text, values), syllables, names)
            files[node.place.file] = files.get(node.place.file, Counts()).plus(counts)
            most = report.rulings.limits["grade-short"]
            if counts.grade > most:
                message = f"the short answer reads at grade {counts.grade:.1f}; {most:g} is the most"
                report.add("grade-short", node.place, message)
    for file, counts in files.items():
        most = report.rulings.limits["grade"]
        if counts.grade > most:
            message = f"the short answers of this file read at grade {counts.grade:.1f} together; {most:g} is the most"
            report.add("grade", Place(file), message)
