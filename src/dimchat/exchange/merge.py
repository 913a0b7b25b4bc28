"""An import into a pack: what is new is added, what changed in the file is changed, what a curator edited stays.

Each value is compared three ways: as the import before wrote it, as it stands in the pack, as the file has it now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.exchange.as_markdown import from_pack
from dimchat.exchange.further import Further, translates
from dimchat.exchange.knowledge import Said
from dimchat.exchange.ledger import Kept, mark, three_ways
from dimchat.exchange.pack_parts import answer_of, intent_of, sources_of, synonyms_of, uncited, vocabulary_of
from dimchat.exchange.place import Taken, categories_of, place
from dimchat.files.yaml.edit import Edited
from dimchat.files.yaml.write import plain
from dimchat.model import GROUPS
from dimchat.pack.rules.phrases import fold
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.exchange.knowledge import Entry, KnowledgeBase
    from dimchat.exchange.ledger import Ledger
    from dimchat.exchange.place import Placed

_SOURCES, _VOCABULARY, _PACK = "answers/sources.yaml", "intents/vocabulary.yaml", "pack.yaml"
_OF_INTENT = ("title", "phrases", "next", "follows")
_OF_ANSWER = ("short", "text", "wordings", "texts", "metadata")


class Change(NamedTuple):
    """What an import does to one entry."""

    kind: str
    """`added`, `changed`, `gone`, `kept` (edited here, so that it stays), or `same`."""
    id: str
    where: str
    text: str = ""
    """What there is to say of it."""


@dataclass(slots=True)
class Merged:
    """A pack after an import."""

    files: dict[str, bytes]
    """Those that are new or differ."""
    changes: list[Change] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Change]:
        """Return the changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


def merge(base: KnowledgeBase, files: Mapping[str, bytes], ledger: Ledger, today: str) -> Merged:
    """Return what the files of a pack are after an import; the ledger is brought up to date.

    Args:
        base: What the file says; what cannot be carried is noted in it.
        files: The YAML files of the pack by name, without its cases.
        ledger: What earlier imports of the same file wrote.
        today: The day, for documents that are at hand.

    Raises:
        UsageError: A file of the pack has errors, or is written so that nothing can be changed in it.
    """
    return _Merging(base, files, ledger, today).result()


class _Merging:
    def __init__(self, base: KnowledgeBase, files: Mapping[str, bytes], ledger: Ledger, today: str) -> None:
        self._base, self._files, self._ledger, self._today = base, files, ledger, today
        self._edited: dict[str, Edited] = {}
        self._there = self._entries_there()
        self._merged = Merged({})
        known = {node.string("id") for node in self._file(_SOURCES).entries()}
        self._further = Further(base, self._file, plain(self._file(_PACK).root) or {}, known)

    def _file(self, name: str) -> Edited:
        if name not in self._edited:
            self._edited[name] = Edited(self._files.get(name, b""), name)
        return self._edited[name]

    def _entries_there(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return what stands in `intents/` and `answers/`, by folder and id, each with its file under `""`."""
        found: dict[str, dict[str, dict[str, Any]]] = {"intents": {}, "answers": {}}
        for name in self._files:
            folder = name.partition("/")[0]
            if folder in found and name.count("/") == 1 and name not in {_VOCABULARY, _SOURCES, "answers/values.yaml"}:
                for node in self._file(name).entries():
                    found[folder][node.string("id")] = {**plain(node), "": name}
        return found

    def result(self) -> Merged:
        """Return the files and what was done."""
        merged, base = self._merged, self._base
        if translates(base, plain(self._file(_PACK).root) or {}):
            self._translated()
            return self._written()
        merged.placed = place(base, self._taken())
        sources = sources_of(merged.placed, [plain(node) for node in self._file(_SOURCES).entries()], self._today)
        new: list[Placed] = []
        for one in merged.placed:
            intent, answer = intent_of(one), answer_of(one, sources)
            kept = self._ledger.entries.get(one.entry.key)
            if kept is None:
                new.append(one)
                self._add(one, intent, answer)
                merged.changes.append(Change("added", one.id, one.entry.where))
                _, made = self._beside(one.entry, one.id, one.stem, {}, str((answer or {}).get("short", "")))
            else:
                made = {**_in_languages(kept.made), **self._update(one, kept, intent, answer)}
            self._remember(one, kept, intent, answer, made)
        self._gone({one.entry.key for one in merged.placed})
        self._tables_of_names(new, sources)
        return self._written()

    def _written(self) -> Merged:
        for name, file in self._edited.items():
            data = file.data
            if data != self._files.get(name, b""):
                self._merged.files[name] = data
        return self._merged

    def _translated(self) -> None:
        """Bring in a file that says in a further language what an earlier one said in the pack's own."""
        for entry in self._base.entries:
            kept = self._ledger.entries.get(entry.key)
            ours = self._there["intents"].get(kept.id) if kept is not None else None
            if kept is None or ours is None:
                self._base.lose(entry.where, wording.NOT_THERE.format(language=self._base.language))
                continue
            entry.said = {self._base.language: Said(entry.where, entry.questions, entry.answers, entry.title)}
            changed, made = self._beside(entry, kept.id, ours[""], kept.made)
            kept.made.update(made)
            kind = "changed" if changed else "same"
            self._merged.changes.append(Change(kind, kept.id, entry.where, ", ".join(changed)))

    def _beside(
        self, entry: Entry, name: str, file: str, was: Mapping[str, Any], short: str | None = None
    ) -> tuple[list[str], dict[str, Any]]:
        """Bring in what an entry says in further languages; return what changed, and what the ledger keeps of it."""
        if short is None:
            short = str(self._there["answers"].get(name, {}).get("short", ""))
        stem = file.rpartition("/")[2].removesuffix(".yaml")
        found = self._further.bring(name, stem, entry, short, was)
        if found.edited:
            text = wording.EDITED_BOTH.format(keys=", ".join(found.edited))
            self._merged.changes.append(Change("kept", name, entry.where, text))
        return found.changed, found.made

    def _taken(self) -> Taken:
        """Return what the pack holds, phrases of this file's own entries left out: they may be placed anew."""
        own = {kept.id for kept in self._ledger.entries.values()}
        taken = Taken({key: kept.id for key, kept in self._ledger.entries.items()})
        head = plain(self._file(_PACK).root) or {}
        for stem, title in (head.get("categories") or {}).items():
            taken.categories[stem] = title["title"] if isinstance(title, dict) else title
        for name, entry in self._there["intents"].items():
            if name not in own:
                taken.used.add(name)
                taken.phrases |= {fold(text): name for text in map(_phrase, entry.get("phrases") or ())}
        return taken

    def _add(self, one: Placed, intent: dict[str, Any], answer: dict[str, Any] | None) -> None:
        self._file(f"intents/{one.stem}.yaml").append((), [intent])
        if answer is not None:
            self._file(f"answers/{one.stem}.yaml").append((), [answer])

    def _update(self, one: Placed, kept: Kept, intent: dict[str, Any], answer: dict[str, Any] | None) -> dict[str, Any]:
        """Bring an entry that is there up to what the file says, but for what was edited.

        Returns:
            What the ledger keeps of further languages.
        """
        ours = self._there["intents"].get(one.id)
        if ours is None:
            self._merged.changes.append(Change("kept", one.id, one.entry.where, wording.DELETED_HERE))
            return {}
        told = self._there["answers"].get(one.id, {})
        changed, edited = three_ways(kept.made, ours, intent, _OF_INTENT)
        also, edited_too = three_ways(kept.made, told, answer or {}, _OF_ANSWER)
        if kept.gone and told.get("draft") == "true":
            also["draft"] = None
        if changed:
            self._file(ours[""]).set(one.id, changed)
        if also and told:
            self._file(told[""]).set(one.id, also)
        fields = ", ".join([*edited, *edited_too])
        if fields:
            self._merged.changes.append(
                Change("kept", one.id, one.entry.where, wording.EDITED_BOTH.format(keys=fields))
            )
        beside, made = self._beside(one.entry, one.id, ours[""], kept.made)
        kind = "changed" if changed or also or beside else "same"
        self._merged.changes.append(Change(kind, one.id, one.entry.where, ", ".join([*changed, *also, *beside])))
        return made

    def _remember(
        self,
        one: Placed,
        kept: Kept | None,
        intent: dict[str, Any],
        answer: dict[str, Any] | None,
        beside: dict[str, Any],
    ) -> None:
        made = {key: mark(value) for key, value in {**intent, **(answer or {})}.items() if key != "id"} | beside
        extra: dict[str, Any] = {}
        if one.stem in GROUPS and one.entry.metadata:
            extra["metadata"] = one.entry.metadata
        if one.stem in GROUPS and one.entry.sources:
            extra["sources"] = one.entry.sources
        raw = [] if one.entry.markup == "markdown" and one.entry.answers == _back(answer or {}) else one.entry.answers
        self._ledger.entries[one.entry.key] = Kept(
            one.id if kept is None else kept.id, made, raw, one.entry.markup, extra
        )

    def _gone(self, keys: set[str]) -> None:
        """Take out of use what is no longer in the file: an answer becomes a draft, unless it was edited here."""
        lost = {entry.key for entry in self._base.entries}
        for key, kept in self._ledger.entries.items():
            if key in keys or key in lost or kept.gone:
                continue
            kept.gone = True
            told = self._there["answers"].get(kept.id)
            where = f"{self._base.file}: {key}"
            if told is None:
                self._merged.changes.append(Change("gone", kept.id, where, wording.DELETED_HERE))
            elif kept.id.partition(".")[0] in GROUPS:
                self._merged.changes.append(Change("gone", kept.id, where, wording.GONE_TALK))
            elif any(mark(told.get(name)) != kept.made.get(name) for name in ("short", "text")):
                self._merged.changes.append(Change("gone", kept.id, where, wording.GONE_EDITED))
            else:
                self._file(told[""]).set(kept.id, {"draft": "true"})
                self._merged.changes.append(Change("gone", kept.id, where, wording.GONE))

    def _tables_of_names(self, new: list[Placed], sources: Mapping[str, Mapping[str, str]]) -> None:
        """Add categories, words of the vocabulary and sources that are not there yet."""
        head = plain(self._file(_PACK).root) or {}
        known = head.get("categories") or {}
        categories = {stem: title for stem, title in categories_of(new).items() if stem not in known}
        self._file(_PACK).append(("categories",), categories)
        words = plain(self._file(_VOCABULARY).root) or {}
        topics, aspects = (
            {one["id"] for one in words.get(key) or () if isinstance(one, dict)} for key in ("topics", "aspects")
        )
        more = dict(zip(("topics", "aspects"), vocabulary_of(new, topics, aspects), strict=True))
        taken = [word for one in words.get("synonyms") or () for word in one["also"]]
        more["synonyms"] = synonyms_of(self._base.synonyms, taken)
        if words:
            for key, entries in more.items():
                self._file(_VOCABULARY).append((key,), entries)
        else:
            self._file(_VOCABULARY).append((), {key: entries for key, entries in more.items() if entries})
        there = {node.string("id") for node in self._file(_SOURCES).entries()}
        records = {record["id"]: dict(record) for record in sources.values() if record["id"] not in there}
        self._file(_SOURCES).append((), list(records.values()))


def _in_languages(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a ledger keeps of further languages: its keys say which."""
    return {key: value for key, value in made.items() if "/" in key}


def _back(answer: Mapping[str, Any]) -> list[str]:
    """Return what an export without its ledger would make of an answer."""
    forms = [answer, *answer.get("wordings", ())] if "text" in answer else []
    texts = [form["text"] for form in forms] or answer.get("texts", ())
    return [from_pack(uncited(str(text)).strip("\n")) for text in texts]


def _phrase(one: Any) -> str:  # noqa: ANN401 - a text, or a mapping with one
    return str(one.get("text", "")) if isinstance(one, dict) else str(one)
