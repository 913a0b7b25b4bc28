"""Reading the files of a pack into a draft: each file on its own, faults and all, nothing compared yet."""

from __future__ import annotations

from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dimchat.errors import PackError
from dimchat.files.text import suggest
from dimchat.files.yaml import ListNode, MapNode, take
from dimchat.language.patterns import set_fault
from dimchat.model import (
    Answer,
    Aspect,
    Category,
    Intent,
    Place,
    Source,
    Topic,
    Value,
    Variant,
    Vocabulary,
)
from dimchat.pack import formats
from dimchat.pack.branding import look_of
from dimchat.pack.calibration_file import read_calibration
from dimchat.pack.draft import (
    OUTSIDE,
    SOURCES,
    VALUES,
    VOCABULARY,
    WORDED,
    AnswerDraft,
    Draft,
    IntentDraft,
    Named,
    Wordings,
    line,
)
from dimchat.pack.entries import (
    FileReader,
    as_text,
    both_forms,
    day,
    group_of,
    lines_of,
    optional,
    pairs_of,
    phrases_of,
    variants_of,
)
from dimchat.pack.folder import CALIBRATION, PACK_FILE, TABLES
from dimchat.pack.language_files import in_languages
from dimchat.pack.rules.rulings import rulings_of
from dimchat.pack.table_files import read_table, slots_of, table_use
from dimchat.pack.table_formats import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dimchat.model import Pack
    from dimchat.pack.rules import Report


def draft_of(names: Iterable[str], contents: Mapping[str, bytes], report: Report, before: Pack | None = None) -> Draft:
    """Return what the files of a pack say.

    Args:
        names: The files that are there.
        contents: The bytes of those that could be read.
        report: Where to say what is wrong.
        before: Says what is learnt, where that need not be read again.

    Raises:
        PackError: Its format is newer than those that can be read.
    """
    own = frozenset(name for name in names if name.count("/") <= 1)
    draft = _Reader(own, contents, report, before).draft
    draft.others = in_languages(frozenset(names) - own, contents, report, draft)
    return draft


class _Reader(FileReader):
    """Reads the files in the order in which a person meets them."""

    def __init__(
        self, names: frozenset[str], contents: Mapping[str, bytes], report: Report, before: Pack | None = None
    ) -> None:
        super().__init__(names, contents, report)
        self._head()
        self._vocabulary()
        if before is not None:
            self._learnt(before)
        for name in self._in_order(names, "intents") if before is None else ():
            self._intents(name)
        if before is None:
            self._outside()
        for name in self._in_order(names, "answers"):
            stem = PurePosixPath(name).stem
            if stem in WORDED:
                self._wordings(name)
            else:
                self._answers(name)
        self._sources()
        self._values()
        self._tables()
        if CALIBRATION in contents:
            self.draft.calibration = read_calibration(contents[CALIBRATION], report, CALIBRATION)

    def _in_order(self, names: frozenset[str], folder: str) -> list[str]:
        order = {category.id: index for index, (category, _) in enumerate(self.draft.categories)}
        order |= {stem: len(order) + index + 1 for index, stem in enumerate(WORDED)}
        special = {VOCABULARY, OUTSIDE, SOURCES, CALIBRATION, PACK_FILE, *([VALUES] if self.draft.format > 1 else ())}
        chosen = [name for name in names if name.startswith(f"{folder}/") and name not in special]
        unknown = len(order) - len(WORDED)
        return sorted(chosen, key=lambda name: (order.get(PurePosixPath(name).stem, unknown), name))

    def _head(self) -> None:
        tree = self.tree_of(PACK_FILE)
        if tree is None:
            return
        if isinstance(tree, MapNode):
            self._not_newer(tree)
        listed = tree.get("categories") if isinstance(tree, MapNode) else None
        head = take(tree, formats.PACK, self.report)
        if isinstance(head, MapNode):
            self.draft.head = head
            self.draft.format = int(head.string("format", "1"))
            self._of_second(head, "pack.yaml")
            self.draft.look = look_of(head, self.contents, self.report)
            self.report.rulings = rulings_of(head, self.report)
            self.draft.trusted = tuple(node.text for node in head.texts("trusted")) or self.draft.trusted
            readers = head.get("readers")
            entries = readers.entries if isinstance(readers, MapNode) else {}
            self.draft.readers = {name: key.place for name, (key, _) in entries.items()}
        if not isinstance(listed, MapNode):
            return
        self.draft.categories_known = True
        for name, (key, value) in listed.entries.items():
            if isinstance(value, MapNode):
                category = Category(name, line(value.text("title")), line(value.text("about")))
            else:
                category = Category(name, line(listed.text(name)))
            self.draft.categories.append((category, key.place))

    def _not_newer(self, head: MapNode) -> None:
        """Stop at a pack of a later format, of which any other message would be noise."""
        node = head.text("format")
        if node is not None and node.text.isdecimal() and int(node.text) > formats.NEWEST:
            message = f"the pack has format {node.text}, and this dimchat reads up to {formats.NEWEST}: use a newer one"
            self.report.add("newer-format", node.place, message)
            raise PackError(self.report.problems)

    def _of_second(self, entry: MapNode, kind: str) -> None:
        """Report keys that came with format 2, in a pack of format 1."""
        for key in formats.SECOND[kind] if self.draft.format == 1 else ():
            if key in entry.entries:
                message = f"{key!r} needs 'format: 2' in {PACK_FILE}"
                self.report.add("needs-format", entry.entries[key][0].place, message)

    def _learnt(self, before: Pack) -> None:
        """Take over what was read before, when all of it was right."""
        self.draft.intents = [IntentDraft(intent, MapNode({}, intent.place)) for intent in before.own]
        self.draft.intent_ids.places = {intent.id: intent.place for intent in before.own}
        self.draft.outside = list(before.outside)
        self.draft.outside_ids.places = {group.id: group.place for group in before.outside}

    def _intents(self, name: str) -> None:
        stem = PurePosixPath(name).stem
        for entry in self.entries(name, formats.INTENTS, self.draft.intent_ids):
            self._of_second(entry, "intents")
            intent = Intent(
                id=entry.string("id"),
                category=stem,
                title=line(entry.text("title")),
                phrases=phrases_of(entry, "phrases"),
                not_=phrases_of(entry, "not"),
                next=tuple(node.text for node in entry.texts("next")),
                cues=tuple(line(node) for node in entry.texts("cues")),
                unless=tuple(line(node) for node in entry.texts("unless")),
                place=entry.place_of("id"),
                follows=tuple(node.text for node in entry.texts("follows")),
            )
            self.draft.intents.append(IntentDraft(intent, entry))

    def _answers(self, name: str) -> None:
        for entry in self.entries(name, formats.ANSWERS, self.draft.answer_ids):
            short, text = entry.text("short"), entry.text("text")
            if short is None or text is None:
                continue
            self._of_second(entry, "answers")
            variants = variants_of(entry)
            overview, table = both_forms(entry.get("overview")), entry.get("table")
            wordings = [both for one in entry.maps("wordings") if (both := both_forms(one))]
            answer = Answer(
                id=entry.string("id"),
                short=line(short),
                text=text.text.strip("\n"),
                reviewed=day(entry.text("reviewed")),
                review_by=day(entry.text("review_by")),
                place=entry.place_of("id"),
                text_place=text.content_place,
                as_of=optional(entry, "as_of"),
                owner=optional(entry, "owner"),
                contact=optional(entry, "contact"),
                variants=tuple(Variant(key.text, line(own[0]), own[1].text.strip("\n")) for key, own in variants),
                table=table_use(entry.get("table")),
                overview=as_text(overview) if overview else None,
                wordings=tuple(map(as_text, wordings)),
                metadata=pairs_of(entry.get("metadata")),
            )
            for key, _ in variants:
                if key.text not in self.draft.readers:
                    meant = suggest(key.text, self.draft.readers)
                    self.report.add("unknown-reader", key.place, f"unknown reader {key.text!r}", meant)
            texts = (short, text, *(node for _, own in variants for node in own), *overview, *chain(*wordings))
            hidden = entry.string("draft") == "true"
            reads = table if isinstance(table, MapNode) else None
            self.draft.answers.append(AnswerDraft(answer, texts, hidden, reads))

    def _wordings(self, name: str) -> None:
        for entry in self.entries(name, formats.TEXTS, self.draft.wording_ids):
            self.draft.wordings.append(Wordings(entry.string("id"), entry.texts("texts"), entry.place_of("id")))

    def _sources(self) -> None:
        for entry in self.entries(SOURCES, formats.SOURCES, self.draft.source_ids):
            self._of_second(entry, "sources")
            self.draft.sources.append(
                Source(
                    id=entry.string("id"),
                    type=entry.string("type"),
                    title=line(entry.text("title")),
                    publisher=optional(entry, "publisher"),
                    url=optional(entry, "URL"),
                    issued=optional(entry, "issued"),
                    accessed=optional(entry, "accessed"),
                    note=optional(entry, "note"),
                    read=optional(entry, "read"),
                    review_by=day(entry.text("review_by")),
                    owner=optional(entry, "owner"),
                    place=entry.place_of("id"),
                )
            )

    def _values(self) -> None:
        for entry in self.entries(VALUES, formats.VALUES, self.draft.value_ids) if self.draft.format > 1 else ():
            value = Value(
                id=entry.string("id"),
                value=line(entry.text("value")),
                source=entry.string("source"),
                locator=optional(entry, "locator"),
                as_of=optional(entry, "as_of"),
                review_by=day(entry.text("review_by")),
                owner=optional(entry, "owner"),
                place=entry.place_of("id"),
            )
            self.draft.values.append((value, entry))

    def _tables(self) -> None:
        names = [name for name in sorted(self.draft.names) if name.startswith(f"{TABLES}/") and name.endswith(".yaml")]
        for name in names if self.draft.format > 1 else ():
            path = PurePosixPath(name)
            self.draft.table_ids.places[path.stem] = Place(name)
            tree = self.tree_of(name)
            found = None if tree is None else take(tree, TABLE, self.report)
            rows = self.contents.get(str(path.with_suffix(".csv")))
            if isinstance(found, MapNode) and rows is not None:
                self.draft.tables.append(read_table(path.stem, found, rows, self.report))

    def _outside(self) -> None:
        for entry in self.entries(OUTSIDE, formats.OUTSIDE, self.draft.outside_ids):
            self.draft.outside.append(group_of(entry))

    def _vocabulary(self) -> None:
        tree = self.tree_of(VOCABULARY)
        found = None if tree is None else take(tree, formats.VOCABULARY, self.report)
        if not isinstance(tree, MapNode) or not isinstance(found, MapNode):
            self.draft.topic_ids.complete = self.draft.aspect_ids.complete = False
            return
        self.draft.vocabulary = Vocabulary(
            topics=tuple(
                Topic(entry.string("id"), entry.string("kind"), lines_of(entry, "names"), entry.place_of("id"))
                for entry in self._named(tree, found, "topics", self.draft.topic_ids)
            ),
            aspects=tuple(
                Aspect(entry.string("id"), line(entry.text("title")), lines_of(entry, "cues"), entry.place_of("id"))
                for entry in self._named(tree, found, "aspects", self.draft.aspect_ids)
            ),
            synonyms=tuple((line(entry.text("word")), lines_of(entry, "also")) for entry in found.maps("synonyms")),
            filler=lines_of(found, "filler"),
            sets=self._sets(found.maps("sets")),
            slots=slots_of(found.get("slots")),
        )
        slots = found.get("slots")
        self.draft.slots = slots if isinstance(slots, MapNode) else None
        self._of_second(found, "vocabulary")

    def _sets(self, entries: Sequence[MapNode]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        sets = {entry.string("name"): lines_of(entry, "words") for entry in entries}
        seen: set[str] = set()
        for entry in entries:
            name = entry.string("name")
            fault = f"the set {name!r} stands twice" if name in seen else set_fault(name, sets)
            seen.add(name)
            if fault:
                self.report.add("bad-cue", entry.place_of("name"), fault)
        return tuple(sets.items())

    def _named(self, tree: MapNode, found: MapNode, key: str, ids: Named) -> list[MapNode]:
        written = tree.get(key)
        if written is not None and not isinstance(written, ListNode):
            ids.complete = False
        first = self.note(written.items, ids) if isinstance(written, ListNode) else set()
        return [entry for entry in found.maps(key) if entry.place_of("id") in first]
