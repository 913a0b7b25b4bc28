"""The rules whose breach is a warning: the pack loads, but should not be published so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.files.yaml import MapNode
from dimchat.language.citations import citations, uncited_figures, words_in
from dimchat.language.markup import marks
from dimchat.language.tongue import ENGLISH, code_of
from dimchat.model import SAFETY, Place
from dimchat.pack.branding import THEMES, faint
from dimchat.pack.draft import WORDED
from dimchat.pack.folder import CALIBRATION
from dimchat.pack.rules.answer_parts import check_parts
from dimchat.pack.rules.inserts import check_use
from dimchat.pack.rules.phrases import check_likeness, check_names, check_slips, fold
from dimchat.pack.rules.references import cited_texts
from dimchat.pack.rules.table_rules import advise_tables
from dimchat.pack.rules.texts import check_shown
from dimchat.pack.rules.translations import advise_languages
from dimchat.pack.rules.writing import check_writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dimchat.files.yaml import Node
    from dimchat.model import Look
    from dimchat.pack.draft import AnswerDraft, Draft
    from dimchat.pack.rules import Report

TALK_LEAST = 8
LINES_MOST = 2
TEXT_LEAST = 60


def advise(
    draft: Draft, report: Report, as_of: date | None, learning_digest: str | None, others: Mapping[str, str]
) -> None:
    """Report the warnings but for those of `advise_lines`.

    Args:
        draft: The pack.
        report: Where to.
        as_of: The day on which reviews must not be overdue; None for no such check.
        learning_digest: Of the pack as it is; None where errors keep it from being known.
        others: The same of its further languages, by their codes.
    """
    if draft.head is not None:
        _head(draft.head, report)
        _look(draft.head.get("look"), draft.look, report)
    for entry in draft.answers:
        _answer(entry, report)
        _review(entry, report, as_of)
    _intents(draft, report)
    _titles(draft, report)
    _reached(draft, report)
    _sources(draft, report)
    check_shown(draft, report)
    check_writing(draft, report)
    check_parts(draft, report)
    advise_tables(draft, report)
    advise_languages(draft, report, others)
    _calibration(draft, report, learning_digest)


def advise_lines(draft: Draft, report: Report) -> None:
    """Report the warnings that hang on nothing but how phrases are learnt and which slips are meant."""
    check_names(draft, report)
    check_likeness(draft, report)
    check_slips(draft, report)


def _head(head: MapNode, report: Report) -> None:
    language = head.string("language")
    if language.partition("-")[0] != "en":
        endings = "word endings, " if code_of(language) == ENGLISH else ""
        message = (
            f"dimchat knows {endings}spelling, meanings and turns of speech of English alone; "
            f"with {language!r} only what the pack itself says counts"
        )
        report.add("other-language", head.place_of("language"), message)
    if head.string("safety") == "off":
        message = "the base's safety is switched off: who is in danger gets no help unless the pack has words for it"
        report.add("safety-off", head.place_of("safety"), message)
    words, most = head.get("words"), report.rulings.limits["words-length"]
    lines = words.texts("attract") if isinstance(words, MapNode) else ()
    for number, node in enumerate((*lines, *(words.texts("prompt") if isinstance(words, MapNode) else ()))):
        if len(node.text.strip()) > most:
            message = f"these words have {len(node.text.strip())} characters; {most:g} is the most"
            report.add("words-length", node.place, message)
        if number in range(LINES_MOST, len(lines)):
            report.add("words-length", node.place, f"an idle stand shows {LINES_MOST} lines, and this is one more")


def _look(node: Node | None, look: Look, report: Report) -> None:
    for theme in THEMES if isinstance(node, MapNode) else ():
        chosen = node.get(theme) if isinstance(node, MapNode) else None
        if not isinstance(chosen, MapNode):
            continue
        for name, ground, ratio, least in faint(look, theme):
            place = chosen.place_of(name if name in chosen.entries else ground)
            message = (
                f"in the {theme} theme {name} on {ground} has a contrast of {ratio:.1f} to 1; {least:g} is the least"
            )
            report.add("faint-colour", place, message)


def _answer(entry: AnswerDraft, report: Report) -> None:
    answer = entry.answer
    if next(citations(answer.short), None) is None and next(marks(answer.short), None) is None:
        report.add("uncited-short", entry.short.place, f"the short answer of {answer.id} cites nothing")
    for node in entry.texts:
        for offset, figure in uncited_figures(node.text):
            message = f"the figure {figure!r} has no citation in its sentence or paragraph"
            report.add("uncited-figure", node.place_of(figure, offset), message)
    words, most = words_in(answer.short), report.rulings.limits["short-length"]
    if words > most:
        report.add("short-length", entry.short.place, f"the short answer has {words} words; {most:g} is the most")
    words, most = words_in(answer.text), report.rulings.limits["text-length"]
    if not TEXT_LEAST <= words <= most:
        message = f"the text has {words} words; {TEXT_LEAST} to {most:g} are right"
        report.add("text-length", entry.text.place, message)


def _review(entry: AnswerDraft, report: Report, as_of: date | None) -> None:
    answer = entry.answer
    if answer.reviewed is None or answer.review_by is None:
        report.add("no-review-date", answer.place, f"{answer.id} has no 'reviewed' or no 'review_by'")
    if as_of is not None and answer.review_by is not None and answer.review_by < as_of:
        report.add("expired", answer.place, f"{answer.id} was to be reviewed by {answer.review_by}")


def _intents(draft: Draft, report: Report) -> None:
    for entry in draft.intents:
        intent = entry.intent
        count = len(intent.phrases)
        place = entry.node.place_of("phrases")
        limits = report.rulings.limits
        least, most = TALK_LEAST if intent.category in WORDED else limits["few-phrases"], limits["many-phrases"]
        # What is a matter of safety is found by its cues, and by as many phrases as one can think of.
        counted = intent.category != SAFETY
        if counted and count < least:
            report.add("few-phrases", place, f"{intent.id} has {count} phrases; {least:g} is the least")
        elif counted and count > most:
            report.add("many-phrases", place, f"{intent.id} has {count} phrases; {most:g} is the most")
        for node in entry.node.texts("next"):
            if node.text == intent.id:
                report.add("next-itself", node.place, f"{intent.id} suggests itself")


def _titles(draft: Draft, report: Report) -> None:
    seen: dict[str, str] = {}
    for entry in draft.intents:
        intent = entry.intent
        place = entry.node.place_of("title")
        length, most = len(intent.title), report.rulings.limits["title-length"]
        if length > most:
            report.add("title-length", place, f"the title has {length} characters; {most:g} is the most")
        if not (intent.title[0].isupper() or intent.title[0].isdigit()) or intent.title.endswith((".", "!", ":")):
            report.add("title-form", place, f"nobody would pick {intent.title!r}: write a question, or a label")
        earlier = seen.setdefault(fold(intent.title), intent.id)
        if earlier != intent.id:
            report.add("title-repeated", place, f"{earlier} has the title {intent.title!r} as well")


def _reached(draft: Draft, report: Report) -> None:
    if not draft.intent_ids.complete or len(draft.intents) < len(draft.intent_ids.places):
        return
    reached = {name for entry in draft.intents for name in entry.intent.next if name != entry.intent.id}
    for entry in draft.intents:
        intent = entry.intent
        if intent.category not in WORDED and intent.id not in reached:
            report.add("unreached", intent.place, f"no other intent suggests {intent.id}; name it in a 'next'")


def _sources(draft: Draft, report: Report) -> None:
    read = len(draft.answers) + len(draft.wordings)
    named = len(draft.answer_ids.places) + len(draft.wording_ids.places)
    if not (draft.answer_ids.complete and draft.wording_ids.complete) or read < named:
        return
    check_use(draft, report)
    used = {cited.source for node in cited_texts(draft) for cited in citations(node.text)}
    used |= {value.source for value, _ in draft.values} | {entry.table.source for entry in draft.tables}
    for source in draft.sources:
        if source.id not in used:
            report.add("unused-source", source.place, f"no answer cites {source.id}")


def _calibration(draft: Draft, report: Report, learning_digest: str | None) -> None:
    if CALIBRATION not in draft.names:
        report.add("calibration-missing", Place(CALIBRATION), "there is no calibration: the pack is to be tuned")
    elif draft.calibration is not None and learning_digest not in (None, draft.calibration.digest):
        report.add(
            "calibration-stale",
            Place(CALIBRATION),
            "what is learnt has changed since; it still counts until the pack is tuned again",
        )
