"""Reading what a pack says in further languages: `intents/LANGUAGE/` and `answers/LANGUAGE/`, a draft for each."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dimchat.files.yaml import ListNode, MapNode, take
from dimchat.model import OUTSIDE, Answer, Aspect, Category, Intent, Topic, Variant, Vocabulary
from dimchat.pack.calibration_file import read_calibration
from dimchat.pack.draft import WORDED, AnswerDraft, IntentDraft, Wordings, line
from dimchat.pack.entries import FileReader, as_text, both_forms, day, group_of, lines_of, phrases_of, variants_of
from dimchat.pack.formats import INTENTS, TEXTS
from dimchat.pack.formats import OUTSIDE as OUTSIDE_SHAPE
from dimchat.pack.language_formats import IN_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.pack.draft import Draft, Named
    from dimchat.pack.rules import Report


def in_languages(names: frozenset[str], contents: Mapping[str, bytes], report: Report, own: Draft) -> dict[str, Draft]:
    """Return what a pack says in each of its further languages.

    Args:
        names: The files in folders of languages.
        contents: The bytes of those that could be read.
        report: Where to say what is wrong.
        own: What the pack says in its own language.
    """
    codes = sorted({PurePosixPath(name).parent.name for name in names} | _described(own).keys())
    return {code: _LanguageReader(code, names, contents, report, own).draft for code in codes}


def _described(own: Draft) -> dict[str, MapNode]:
    """Return what pack.yaml says in further languages."""
    held = own.head.get("languages") if own.head is not None else None
    found = held.entries.items() if isinstance(held, MapNode) else ()
    return {code: node for code, (_, node) in found if isinstance(node, MapNode)}


class _LanguageReader(FileReader):
    """Reads the files of one language."""

    def __init__(
        self, code: str, names: frozenset[str], contents: Mapping[str, bytes], report: Report, own: Draft
    ) -> None:
        """Read them.

        Args:
            code: The language.
            names: The files in folders of languages.
            contents: As for `in_languages`.
            report: As there.
            own: As there.
        """
        super().__init__(frozenset(n for n in names if PurePosixPath(n).parent.name == code), contents, report)
        draft = self.draft
        draft.head, draft.format, draft.readers = _described(own).get(code), own.format, own.readers
        draft.values, draft.value_ids, draft.source_ids = own.values, own.value_ids, own.source_ids
        self._categories()
        for name in sorted(draft.names):
            path = PurePosixPath(name)
            if name.endswith(".json"):
                draft.calibration = read_calibration(contents[name], report, name) if name in contents else None
            elif path.parts[0] == "answers" and path.stem in WORDED:
                self._wordings(name)
            elif path.parts[0] == "answers":
                self._answers(name)
            elif path.stem == "vocabulary":
                self._vocabulary(name)
            elif path.stem == OUTSIDE:
                self._outside(name)
            else:
                self._intents(name, path.stem)

    def _categories(self) -> None:
        held = self.draft.head.get("categories") if self.draft.head is not None else None
        for name, (key, value) in held.entries.items() if isinstance(held, MapNode) else ():
            if isinstance(value, MapNode):
                category = Category(name, line(value.text("title")), line(value.text("about")))
            else:
                category = Category(name, line(held.text(name)) if isinstance(held, MapNode) else "")
            self.draft.categories.append((category, key.place))

    def _intents(self, name: str, stem: str) -> None:
        shape = INTENTS if stem in WORDED else IN_LANGUAGE["intents"]
        for entry in self.entries(name, shape, self.draft.intent_ids):
            intent = Intent(
                id=entry.string("id"),
                category=stem,
                title=line(entry.text("title")),
                phrases=phrases_of(entry, "phrases"),
                not_=phrases_of(entry, "not"),
                cues=lines_of(entry, "cues"),
                unless=lines_of(entry, "unless"),
                place=entry.place_of("id"),
            )
            self.draft.intents.append(IntentDraft(intent, entry))

    def _answers(self, name: str) -> None:
        for entry in self.entries(name, IN_LANGUAGE["answers"], self.draft.answer_ids):
            short = entry.text("short")
            if short is None:
                continue
            text = entry.text("text") or short
            overview, variants = both_forms(entry.get("overview")), variants_of(entry)
            answer = Answer(
                id=entry.string("id"),
                short=line(short),
                text=text.text.strip("\n"),
                reviewed=day(entry.text("reviewed")),
                place=entry.place_of("id"),
                text_place=text.content_place,
                overview=as_text(overview) if overview else None,
                variants=tuple(Variant(key.text, line(both[0]), both[1].text.strip("\n")) for key, both in variants),
            )
            texts = (short, text, *(node for _, both in variants for node in both), *overview)
            self.draft.answers.append(
                AnswerDraft(
                    answer, texts, hidden=entry.string("draft") == "true", names=tuple(key for key, _ in variants)
                )
            )

    def _wordings(self, name: str) -> None:
        for entry in self.entries(name, TEXTS, self.draft.wording_ids):
            self.draft.wordings.append(Wordings(entry.string("id"), entry.texts("texts"), entry.place_of("id")))

    def _outside(self, name: str) -> None:
        for entry in self.entries(name, OUTSIDE_SHAPE, self.draft.outside_ids):
            self.draft.outside.append(group_of(entry))

    def _vocabulary(self, name: str) -> None:
        tree = self.tree_of(name)
        found = None if tree is None else take(tree, IN_LANGUAGE["vocabulary"], self.report)
        if not isinstance(found, MapNode):
            return
        self.draft.vocabulary = Vocabulary(
            topics=tuple(
                Topic(entry.string("id"), "", lines_of(entry, "names"), entry.place_of("id"))
                for entry in self._first(found, "topics", self.draft.topic_ids)
            ),
            aspects=tuple(
                Aspect(entry.string("id"), line(entry.text("title")), lines_of(entry, "cues"), entry.place_of("id"))
                for entry in self._first(found, "aspects", self.draft.aspect_ids)
            ),
            synonyms=tuple((line(entry.text("word")), lines_of(entry, "also")) for entry in found.maps("synonyms")),
            filler=lines_of(found, "filler"),
        )

    def _first(self, found: MapNode, key: str, ids: Named) -> list[MapNode]:
        """Return the entries of a list, each id once."""
        listed = found.get(key)
        first = self.note(listed.items, ids) if isinstance(listed, ListNode) else set()
        return [entry for entry in found.maps(key) if entry.place_of("id") in first]
