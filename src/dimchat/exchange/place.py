"""Where each entry of a knowledge base goes in a pack: its file, its id, its phrases, and what cannot stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dimchat.exchange.as_markdown import has_html, images, one_line, to_pack
from dimchat.exchange.naming import aspect_of, numbered, same_title, short_of, stem_of, title_of
from dimchat.language.tokens import normalise
from dimchat.model import CONVERSATION, GROUPS, OUTSIDE
from dimchat.pack.rules.phrases import fold
from dimchat.pack.text_shapes import is_id
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.exchange.knowledge import Entry, KnowledgeBase

_RESERVED = frozenset({*GROUPS, "vocabulary", "sources", "values"})
"""Stems of files that are no category."""
_TALK = {
    "greeting": ("hello", "hi", "greet", "greetings", "greetings hello", "default welcome intent"),
    "goodbye": ("bye", "goodbye", "good bye", "goodbyes", "greetings bye"),
    "thanks": ("thank you", "thanks", "thank", "thankyou"),
    "help": ("what can you do", "help"),
    "about": ("who are you", "what are you", "bot challenge", "are you a bot"),
}
"""What the engine knows small talk by, each with phrases and the names that other programs have for it."""


@dataclass(slots=True)
class Placed:
    """An entry as a pack will hold it."""

    entry: Entry
    id: str
    stem: str
    category: str
    """The title of its category."""
    title: str
    phrases: list[str]
    texts: list[str] = field(default_factory=list)
    """The answers as the pack holds them, without citations."""
    next: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)

    @property
    def shorts(self) -> list[str]:
        """Return the short forms of the answers."""
        return [short_of(text) for text in self.texts]


@dataclass(slots=True)
class Taken:
    """What a pack holds already."""

    ids: dict[str, str] = field(default_factory=dict)
    """The ids of earlier imports by the keys of the entries."""
    used: set[str] = field(default_factory=set)
    """All ids."""
    phrases: dict[str, str] = field(default_factory=dict)
    """The id by each phrase as rules compare phrases."""
    categories: dict[str, str] = field(default_factory=dict)
    """The titles by file stem."""


def refuse_malformed(base: KnowledgeBase) -> None:
    """Leave out the entries that were given an id which is none, `Desk.Where`, and say so: who writes an id means it.

    Ids of other programs, which have no dot, are made anew instead.
    """
    well_formed = []
    for entry in base.entries:
        if "." not in entry.id or is_id(entry.id):
            well_formed.append(entry)
        else:
            base.lose(entry.where, wording.MALFORMED_ID.format(id=entry.id))
    base.entries = well_formed


def place(base: KnowledgeBase, taken: Taken) -> list[Placed]:
    """Return the entries of a knowledge base with their places in a pack; what has none is lost, which the base notes.

    No two entries become one because their answers are alike: they may be changed apart later.

    Args:
        base: What a file says.
        taken: What the pack holds already, entries of earlier imports of the same file left out but for their ids.
    """
    return _Placing(base, taken).placed


class _Placing:
    def __init__(self, base: KnowledgeBase, taken: Taken) -> None:
        self._base, self._taken = base, taken
        self._stems = {same_title(title): stem for stem, title in taken.categories.items()}
        self._titles = dict(taken.categories)
        self._spelt: dict[str, str] = {}
        self._asked: dict[str, tuple[str, str]] = {key: ("", name) for key, name in taken.phrases.items()}
        self._read: dict[str, tuple[str, str, str]] = {}
        given = {_wanted(entry) for entry in base.entries}
        self._used = taken.used | set(taken.ids.values()) | {name for name in given if name}
        self._mine: set[str] = set()
        self._talked: set[str] = set()
        self._shown: set[str] = set()
        self.placed: list[Placed] = []
        for entry in base.entries:
            self._place(entry)
        self._link()

    def _place(self, entry: Entry) -> None:
        self._stay(entry)
        stem, title = self._category(entry)
        name = self._name(entry, stem)
        phrases, faults = self._phrases(entry, name)
        if not phrases:
            self._lose_whole(entry, faults)
            return
        for fault in faults:
            self._base.lose(entry.where, fault)
        shown = one_line(entry.title) or title_of(phrases[0], self._shown)
        self._shown.add(same_title(shown))
        made = Placed(entry, name, stem, title, shown, phrases)
        made.texts = [self._text(answer, entry) for answer in entry.answers]
        made.texts = list(dict.fromkeys(text for text in made.texts if text.strip()))
        if not made.texts and entry.role != "outside":
            self._base.lose(entry.where, wording.NO_ANSWER)
            return
        self._mine.add(name)
        self.placed.append(made)

    def _stay(self, entry: Entry) -> None:
        """Leave an entry of an earlier import where it was put."""
        group = self._taken.ids.get(entry.key, "").partition(".")[0]
        if group:
            entry.role = "talk" if group == CONVERSATION else "outside" if group == OUTSIDE else "answer"

    def _category(self, entry: Entry) -> tuple[str, str]:
        """Return the file stem and the title of an entry's category."""
        if entry.role != "answer":
            stem = CONVERSATION if entry.role == "talk" else OUTSIDE
            return stem, stem
        wanted = entry.category or wording.OTHER
        known = self._stems.get(same_title(wanted))
        stem = known or stem_of(wanted) or "category"
        if known is None:
            stem = numbered(f"{stem}_" if stem in _RESERVED else stem, self._titles)
            self._stems[same_title(wanted)] = stem
            self._titles[stem] = wanted
            self._spelt[stem] = entry.where
        elif self._titles[stem] != wanted and stem in self._spelt:
            text = wording.CATEGORY_SPELT.format(category=wanted, taken=self._titles[stem], where=self._spelt[stem])
            self._base.lose(entry.where, text, dropped=False)
        return stem, self._titles[stem]

    def _name(self, entry: Entry, stem: str) -> str:
        """Return the id of an entry: that of an earlier import, that of the file, or one made of its words."""
        known = self._taken.ids.get(entry.key)
        if known is not None and known not in self._mine:
            return known
        wanted = _wanted(entry)
        if wanted and wanted not in self._mine and wanted not in self._taken.used:
            return wanted
        if entry.role == "talk" and (talk := self._talk(entry)):
            return talk
        aspect = stem_of(entry.id) or stem_of(aspect_of(entry.questions[0] if entry.questions else "")) or "question"
        return numbered(f"{stem}.{aspect}", self._used | self._mine)

    def _talk(self, entry: Entry) -> str | None:
        """Return the id that the engine knows small talk by, where this is of that kind and the first of it."""
        asked = {fold(question) for question in entry.questions} | {fold(re.sub(r"[._/-]+", " ", entry.key))}
        for name, signs in _TALK.items():
            full = f"{CONVERSATION}.{name}"
            if name not in self._talked and full not in self._taken.used and asked & set(signs):
                self._talked.add(name)
                return full
        return None

    def _phrases(self, entry: Entry, name: str) -> tuple[list[str], list[str]]:
        """Return the questions that can be phrases, those that no other entry has; and why others cannot."""
        kept, faults = [], []
        for question in dict.fromkeys(one_line(question) for question in entry.questions):
            if not normalise(question):
                faults.append(wording.NO_WORDS.format(question=question))
                continue
            if entry.follows:
                kept.append(question)
                continue
            key = fold(question)
            where, owner = self._asked.setdefault(key, (entry.where, name))
            if owner != name:
                faults.append(wording.OTHER_ANSWER.format(question=question, where=where or owner, id=owner))
                continue
            place, other, asked = self._read.setdefault(normalise(question), (entry.where, name, question))
            if other != name:
                text = wording.READ_AS_SAME.format(question=question, where=place, other=asked)
                self._base.lose(entry.where, text, dropped=False)
            kept.append(question)
        return kept, faults

    def _lose_whole(self, entry: Entry, faults: list[str]) -> None:
        """Note an entry of which no question is left; one that only repeats another is no loss."""
        owners = {self._asked.get(fold(question), ("", ""))[1] for question in entry.questions}
        first = next((one for one in self.placed if owners == {one.id}), None)
        if first is not None and first.entry.answers == entry.answers:
            self._base.lose(entry.where, wording.REPEATS.format(where=first.entry.where), dropped=False)
        else:
            self._base.lose(entry.where, "; ".join(faults))

    def _text(self, answer: str, entry: Entry) -> str:
        html = entry.markup == "html"
        if images(answer):
            self._base.lose(entry.where, wording.IMAGES.format(count=images(answer)), dropped=False)
        if not html and has_html(answer):
            self._base.lose(entry.where, wording.HTML, dropped=False)
        return to_pack(answer, html=html)

    def _link(self) -> None:
        """Turn prompts and contexts into ids."""
        ids = {one.entry.key: one.id for one in self.placed}
        known = {**self._taken.ids, **ids}
        by_id = {one.id: one for one in self.placed}
        for one in self.placed:
            for prompt in one.entry.prompts:
                to = known.get(prompt.key) or (prompt.key if prompt.key in by_id else None)
                if to is None:
                    text = wording.DEAD_PROMPT.format(text=prompt.text or prompt.key, key=prompt.key)
                    self._base.lose(one.entry.where, text)
                elif to == one.id or to.partition(".")[0] in GROUPS:
                    self._base.lose(one.entry.where, wording.PROMPT_TO_TALK.format(text=prompt.text), dropped=False)
                elif to not in one.next:
                    one.next.append(to)
                    self._offered(prompt.text, one, by_id.get(to))
            one.follows = [known[key] for key in one.entry.follows if key in known]

    def _offered(self, text: str, one: Placed, target: Placed | None) -> None:
        """See to it that what a prompt says is understood, or tell that something else is shown in its place."""
        if not text or target is None or fold(text) in {fold(line) for line in (target.title, *target.phrases)}:
            return
        if target.entry.follows:
            target.phrases.append(text)
        else:
            self._base.lose(one.entry.where, wording.SHOWN_AS.format(text=text, title=target.title), dropped=False)


def _wanted(entry: Entry) -> str:
    """Return the id that the file gives, where an id of a pack can be that."""
    group = entry.id.partition(".")[0]
    allowed = {"answer": group not in GROUPS, "talk": group == CONVERSATION, "outside": group == OUTSIDE}[entry.role]
    return entry.id if allowed and is_id(entry.id) else ""


def categories_of(placed: list[Placed]) -> Mapping[str, str]:
    """Return the titles of the categories by their stems, in order."""
    return {one.stem: one.category for one in placed if one.stem not in GROUPS}
