"""Reading a whole pack: its files, each on its own, then together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dimchat.errors import PackError
from dimchat.files.disk import printable, reason
from dimchat.files.yaml import MapNode
from dimchat.model import FIRST, SURE, Pack, Place
from dimchat.pack.base import base_under
from dimchat.pack.digest import digest, learning_digest
from dimchat.pack.draft import line
from dimchat.pack.folder import PACK_FILE, fingerprint_of, learnt_from, names_of, read_all, read_node
from dimchat.pack.from_files import draft_of
from dimchat.pack.in_language import in_language, own_words, readers_of
from dimchat.pack.rules import Report
from dimchat.pack.rules.answer_parts import check_named_parts
from dimchat.pack.rules.inserts import check_inserts
from dimchat.pack.rules.phrases import check_repeats
from dimchat.pack.rules.references import check_references
from dimchat.pack.rules.rulings import rulings_of
from dimchat.pack.rules.table_rules import check_tables
from dimchat.pack.rules.texts import check_entities
from dimchat.pack.rules.translations import check_languages
from dimchat.pack.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from pathlib import Path

    from dimchat.model import Intent, Problem
    from dimchat.pack.draft import Draft
    from dimchat.pack.rules.rulings import Rulings


def load_pack(root: Path, before: Pack | None = None) -> Pack:
    """Return the pack in a folder.

    Args:
        root: The folder.
        before: The pack as it was read earlier. Where the files of what is learnt are the same byte for byte, those of
            intents and outside lines are not read again: they had no errors.

    Raises:
        PackError: It has errors; the exception holds all of them.

    >>> from dimchat.pack import find_pack
    >>> pack = load_pack(find_pack(None))
    >>> pack.intent["cra.renewal"].title
    'How do I renew the CRA?'
    """
    report = Report()
    draft, contents, before = _read(root, report, before)
    pack = _finished(draft, contents, root, report, before)
    if pack is None:
        raise PackError(report.errors)
    return pack


def inspect_pack(root: Path, as_of: date | None) -> tuple[Pack | None, tuple[Problem, ...]]:
    """Return the pack in a folder, None if it has errors, and all its errors and warnings.

    Args:
        root: The folder.
        as_of: The day on which no review may be overdue; None leaves that out.
    """
    try:
        found = Inspected(root)
    except PackError as error:
        return None, error.problems
    return found.pack, found.problems(as_of)


class Inspected:
    """A pack as its files were read, errors first; what else is wrong with it is worked out when it is asked for."""

    def __init__(self, root: Path) -> None:
        """Read the files.

        Args:
            root: The folder of the pack.

        Raises:
            PackError: There is nothing to go on with.
        """
        self._report = Report()
        self._draft, self.contents, _ = _read(root, self._report)
        self.pack = _finished(self._draft, self.contents, root, self._report)
        """The pack; None if it has errors."""
        self.errors = self._report.errors
        self.rulings = self._report.rulings

    def problems(self, as_of: date | None, kept: Kept | None = None) -> tuple[Problem, ...]:
        """Return all errors and warnings.

        Args:
            as_of: As for `inspect_pack`.
            kept: What was found before in files that have not changed since; what is found now is kept there.
        """
        from dimchat.pack.rules.advice import advise, advise_lines  # noqa: PLC0415 - who wants the pack needs no advice

        report, lines = self._report.copy(), self._report.without_problems()
        digest_of = self.pack.learning_digest if self.pack is not None else None
        others = {one.language: one.learning_digest for one in (self.pack.spoken if self.pack is not None else ())}
        advise(self._draft, report, as_of, digest_of, others)

        def of_lines() -> tuple[Problem, ...]:
            advise_lines(self._draft, lines)
            return lines.problems

        report.extend((kept or Kept()).of("lines", learnt_from(self.contents), of_lines))
        return self.rulings.applied(report.problems)


class Kept:
    """Problems that were found in files, as long as these do not change."""

    def __init__(self) -> None:
        """Start with none."""
        self._held: dict[str, tuple[str, tuple[Problem, ...]]] = {}

    def of(self, name: str, fingerprint: str, find: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
        """Return what was found in files with this fingerprint, found now where that was not done."""
        held = self._held.get(name)
        if held is None or held[0] != fingerprint:
            held = self._held[name] = fingerprint, find()
        return held[1]


def rulings_in(root: Path) -> Rulings:
    """Return what the pack in a folder makes of the rules, as far as its first file can be read."""
    report = Report()
    node = read_node(root / PACK_FILE, PACK_FILE, report)
    return rulings_of(node if isinstance(node, MapNode) else None, report)


def _read(root: Path, report: Report, before: Pack | None = None) -> tuple[Draft, dict[str, bytes], Pack | None]:
    """Return what the files say, their bytes, and the pack as it was before where it says what is learnt still."""
    try:
        there = root.is_dir()
    except (OSError, ValueError) as error:
        report.add("unreadable", Place(printable(root)), f"cannot be read: {reason(error)}")
        raise PackError(report.problems) from None
    if not there:
        report.add("missing-file", Place(printable(root)), "no such folder")
        raise PackError(report.problems)
    names = names_of(root, report)
    contents = read_all(root, names, report)
    if before is not None and (before.drafts or before.learnt_bytes != learnt_from(contents)):
        before = None  # drafts are left out of a pack, and would be missing
    return checked(names, contents, report, before), contents, before


def checked(names: list[str], contents: dict[str, bytes], report: Report, before: Pack | None = None) -> Draft:
    """Return what the files of a pack say, and report all that keeps it from being loaded.

    Args:
        names: The files that are there.
        contents: The bytes of those that could be read.
        report: Where to say what is wrong.
        before: Says what is learnt, where that need not be read again.

    Raises:
        PackError: Its format is newer than those that can be read.
    """
    draft = draft_of(names, contents, report, before)
    check_references(draft, report)
    check_inserts(draft, report)
    check_entities(draft, report)
    if before is None:
        check_repeats(draft, report)
    check_tables(draft, report)
    check_named_parts(draft, report)
    check_languages(draft, report)
    for entry in draft.answers:
        answer = entry.answer
        if answer.reviewed and answer.review_by and answer.review_by < answer.reviewed:
            report.add("review-order", answer.place, f"review_by {answer.review_by} is before {answer.reviewed}")
    return draft


def _finished(
    draft: Draft, contents: dict[str, bytes], root: Path, report: Report, before: Pack | None = None
) -> Pack | None:
    head = draft.head
    if report.errors or head is None:
        return None
    base = base_under(draft, before)
    values = Values((value for value, _ in draft.values), head.string("language"))
    hidden = tuple(entry.answer.id for entry in draft.answers if entry.hidden)
    intents = [entry.intent for entry in draft.intents if entry.intent.id not in hidden]
    pack = Pack(
        name=head.string("name"),
        title=line(head.text("title")),
        version=line(head.text("version")),
        language=head.string("language"),
        digest="",
        default_topic=head.string("default_topic") or None,
        categories=tuple(category for category, _ in draft.categories),
        intents=(*(_without(intent, hidden) for intent in intents), *base.intents),
        answers=tuple(values.in_answer(entry.answer) for entry in draft.answers if not entry.hidden),
        texts=(
            *((wording.id, tuple(node.text.strip("\n") for node in wording.texts)) for wording in draft.wordings),
            *base.texts,
        ),
        sources=tuple(draft.sources),
        outside=tuple(draft.outside),
        general=base.outside,
        vocabulary=draft.vocabulary,
        calibration=draft.calibration,
        wrong_cost=float(head.string("wrong_cost", "5")),
        elsewhere=line(head.text("elsewhere")),
        contact=line(head.text("contact")),
        sure=float(head.string("sure", str(SURE))),
        first=tuple(node.text for node in head.texts("first")) or FIRST,
        words=own_words(head),
        look=draft.look,
        tables=tuple(entry.table for entry in draft.tables),
        format=draft.format,
        values=tuple(value for value, _ in draft.values),
        readers=readers_of(head),
        drafts=hidden,
        fingerprint=fingerprint_of(contents),
        learnt_bytes=learnt_from(contents),
        root=str(root),
    )
    # What is learnt is the pack's own; the cues that the base lends it are a matter of dimchat's version.
    learnt = before.learning_digest if before is not None else learning_digest(pack)
    whole = replace(pack, intents=tuple(map(base.cued, pack.intents)), learning_digest=learnt)
    spoken = [in_language(whole, draft, code) for code in draft.others]
    whole = replace(whole, also_in=tuple(draft.others), spoken=tuple(spoken))
    found = digest(whole)
    return replace(whole, digest=found, spoken=tuple(replace(one, digest=found) for one in spoken))


def _without(intent: Intent, hidden: Collection[str]) -> Intent:
    return intent._replace(next=tuple(i for i in intent.next if i not in hidden)) if hidden else intent
