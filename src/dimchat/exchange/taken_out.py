"""A pack as a knowledge base: what `dimchat export` writes, answers as they came in where nobody has edited them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.exchange.as_markdown import from_pack
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt, Said
from dimchat.exchange.ledger import ledgers_in, mark
from dimchat.exchange.pack_parts import uncited
from dimchat.language.citations import citations, without
from dimchat.language.markup import worded
from dimchat.model import CONVERSATION, SAFETY
from dimchat.wording import catalogue_of
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.exchange.ledger import Kept
    from dimchat.model import Answer, Intent, Pack


def taken_out(pack: Pack, root: Path, *, html: bool = False) -> KnowledgeBase:
    """Return what a pack says; what no other program has a place for is lost, which it tells.

    Args:
        pack: The answer set.
        root: Its folder, where imports are kept.
        html: Whether answers that came as HTML go as HTML.

    Raises:
        UsageError: What is kept of an import cannot be read.
    """
    return _Taking(pack, root, html=html).base


class _Taking:
    def __init__(self, pack: Pack, root: Path, *, html: bool) -> None:
        self._pack, self._html = pack, html
        self._marks = catalogue_of(pack.language).below("reply.mark")
        self._kept = {kept.id: kept for ledger in ledgers_in(root) for kept in ledger.entries.values()}
        self._titles = {category.id: category.title for category in pack.categories}
        self.base = KnowledgeBase("pack", pack.name, pack.language, pack.title)
        self.base.welcome = [pack.words.welcome] if pack.words.welcome else []
        self.base.fallback = [pack.words.unknown] if pack.words.unknown else []
        self.base.synonyms = [(word, *others) for word, others in pack.vocabulary.synonyms]
        for intent in pack.own:
            if intent.category == SAFETY:
                self.base.lose(intent.id, wording.SAFETY)
            elif intent.category == CONVERSATION:
                self._talk(intent)
            else:
                self._answer(intent, pack.answer[intent.id])
        for group in pack.outside:
            phrases = [phrase.text for phrase in group.phrases]
            entry = Entry(group.id, group.id, phrases, id=group.id, title=group.title, role="outside")
            self.base.entries.append(entry)
        for said in pack.spoken:
            self._said(said)
        for what, held in ((wording.TABLES, pack.tables), (wording.DRAFTS, pack.drafts)):
            if held:
                self.base.lose(pack.name, wording.COUNTED.format(what=what, count=len(held)))

    def _said(self, said: Pack) -> None:
        """Take what is said in a further language beside what it says in the pack's own."""
        marks = catalogue_of(said.language).below("reply.mark")
        entries = {entry.id: entry for entry in self.base.entries}
        for intent in (one for one in said.own if one.phrases and one.id in entries):
            answer = said.answer.get(intent.id)
            if answer is None or answer.language:
                continue
            text = (answer.overview or ("", answer.text))[1] if answer.table else answer.text
            plain = from_pack(worded(_tidy(without(uncited(text), keep_offsets=False)), marks))
            phrases = [phrase.text for phrase in intent.phrases]
            entries[intent.id].said[said.language] = Said(intent.id, phrases, [plain], intent.title)
        for group in said.outside:
            phrases = [phrase.text for phrase in group.phrases]
            if group.id in entries:
                entries[group.id].said[said.language] = Said(group.id, phrases, [], group.title)
            else:
                self.base.lose(group.id, wording.GROUP_ALONE.format(language=said.language))

    def _entry(self, intent: Intent) -> Entry:
        entry = Entry(intent.id, intent.id, [phrase.text for phrase in intent.phrases], id=intent.id)
        entry.title = intent.title
        entry.prompts = [Prompt(self._pack.intent[to].title, to) for to in intent.next if to in self._pack.intent]
        entry.follows = [name for name in intent.follows if name in self._pack.intent]
        for what, held in ((wording.NEAR_MISSES, intent.not_), (wording.CUES, intent.cues + intent.unless)):
            if held:
                self.base.lose(intent.id, wording.COUNTED.format(what=what, count=len(held)))
        return entry

    def _talk(self, intent: Intent) -> None:
        entry = self._entry(intent)
        entry.role = "talk"
        texts = list(self._pack.wordings.get(intent.id, ()))
        kept = self._kept.get(intent.id)
        entry.answers = self._raw(kept, entry) if kept and mark(texts) == kept.made.get("texts") else []
        entry.answers = entry.answers or [from_pack(text) for text in texts]
        if kept:
            entry.metadata = dict(kept.extra.get("metadata", {}))
            entry.sources = list(kept.extra.get("sources", ()))
        self.base.entries.append(entry)

    def _answer(self, intent: Intent, answer: Answer) -> None:
        entry = self._entry(intent)
        entry.category = self._titles[intent.category]
        entry.metadata = dict(answer.metadata)
        ways = (answer.text, *(text for _, text in answer.wordings))
        cited = list(dict.fromkeys(one.source for text in ways for one in citations(text)))
        sources = [self._pack.source[name] for name in cited if name in self._pack.source]
        entry.sources = [source.url or source.title for source in sources]
        kept = self._kept.get(intent.id)
        if kept and self._unedited(answer, kept):
            entry.answers = self._raw(kept, entry)
        entry.answers = entry.answers or [self._plain(text, intent.id) for text in ways]
        if answer.variants:
            self.base.lose(intent.id, wording.COUNTED.format(what=wording.VARIANTS, count=len(answer.variants)))
        if answer.table:
            self.base.lose(intent.id, wording.ROWS)
            entry.answers = [self._plain((answer.overview or (answer.short, answer.text))[1], intent.id)]
        self.base.entries.append(entry)

    def _unedited(self, answer: Answer, kept: Kept) -> bool:
        others = [{"short": short, "text": text} for short, text in answer.wordings]
        return bool(mark(answer.text) == kept.made.get("text") and mark(others) == kept.made.get("wordings"))

    def _raw(self, kept: Kept, entry: Entry) -> list[str]:
        """Return the answers as they stood in the file of their import, where they can go as they are."""
        if kept.markup == "html" and not self._html:
            return []
        if kept.raw and kept.markup == "html":
            entry.markup = "html"
        return list(kept.raw)

    def _plain(self, text: str, name: str) -> str:
        """Return a text without citations, and with words for its marks."""
        plain = uncited(text)
        if without(plain, keep_offsets=False) != plain:
            self.base.lose(name, wording.CITED_WITHIN, dropped=False)
            plain = _tidy(without(plain, keep_offsets=False))
        return from_pack(worded(plain, self._marks))


def _tidy(text: str) -> str:
    """Return a text without the blanks that citations leave behind."""
    return "\n".join(line.rstrip().replace(" .", ".").replace(" ,", ",") for line in text.split("\n"))
