"""What a file says in further languages, on its way into `intents/LANGUAGE/` and `answers/LANGUAGE/` of a pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.exchange.as_markdown import one_line, to_pack
from dimchat.exchange.ledger import mark, three_ways
from dimchat.exchange.naming import short_of, title_of
from dimchat.exchange.pack_parts import cited, escaped
from dimchat.files.yaml.write import Prose, plain
from dimchat.language.tongue import code_of
from dimchat.model import CONVERSATION, OUTSIDE
from dimchat.pack.rules.phrases import fold
from dimchat.wording import LANGUAGES
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from dimchat.exchange.knowledge import Entry, KnowledgeBase, Said
    from dimchat.files.yaml.edit import Edited

_AT_END = re.compile(r"\[@[^\[\]]*\]\s*\Z")
_KEYS = {"intents": ("title", "phrases"), "answers": ("short", "text", "texts")}
"""What an import writes in each folder."""


def code_in(language: str) -> str:
    """Return the code of a language that a file names by a tag, such as es-MX."""
    return language.partition("-")[0].strip().lower()


def translates(base: KnowledgeBase, head: Mapping[str, Any]) -> bool:
    """Return whether a whole file is in a further language of the pack that it is brought into.

    Args:
        base: What the file says.
        head: What pack.yaml says.
    """
    own, theirs = code_of(str(head.get("language", ""))), code_in(base.language)
    return bool(base.language) and theirs != own and theirs in LANGUAGES


class Brought(NamedTuple):
    """What became of an entry in further languages."""

    made: dict[str, Any]
    """What was written, for the ledger: by language and key."""
    changed: list[str]
    edited: list[str]
    """What was edited in the pack and changed in the file: it stays as it is."""


class _Goal(NamedTuple):
    """The entry of a pack that something is said of."""

    name: str
    stem: str
    citation: str
    html: bool


class Further:
    """Brings it in."""

    def __init__(
        self, base: KnowledgeBase, file: Callable[[str], Edited], head: Mapping[str, Any], sources: Collection[str]
    ) -> None:
        """Take where things go.

        Args:
            base: What the file says; what cannot be carried is noted in it.
            file: Returns a file of the pack.
            head: What pack.yaml says.
            sources: The ids that a citation could name.
        """
        self._base, self._file, self._sources = base, file, sources
        self._own = code_of(str(head.get("language", "")))
        self._may = [code for code in LANGUAGES if code != self._own] if str(head.get("format", "1")) != "1" else []
        self._asked: dict[tuple[str, str], str] = {}

    def bring(self, name: str, stem: str, entry: Entry, short: str, was: Mapping[str, Any]) -> Brought:
        """Put what an entry says in further languages into the pack.

        Args:
            name: Its id.
            stem: The stem of the files that it is in.
            entry: What the file says.
            short: Its short form in the pack's own language, whose citation holds for the others as well.
            was: What earlier imports wrote.
        """
        found = Brought({}, [], [])
        match = _AT_END.search(short)
        goal = _Goal(name, stem, match[0].strip() if match else "", entry.markup == "html")
        for language, said in entry.said.items():
            code = code_in(language)
            if code not in self._may:
                text = wording.NOT_BESIDE.format(language=language, taken=self._own, others=" or ".join(self._may))
                self._base.lose(said.where, text if self._may else wording.NO_LANGUAGES.format(language=language))
                continue
            for folder, wanted in self._parts(goal, said, code).items():
                self._put(f"{folder}/{code}/{stem}.yaml", wanted, code, was, found)
        return found

    def _parts(self, goal: _Goal, said: Said, code: str) -> dict[str, Any]:
        """Return what goes into `intents/` and `answers/`."""
        name, stem, citation, html = goal
        asked: dict[str, str] = {}
        for question in map(one_line, said.questions):
            asked.setdefault(fold(question), question)
        phrases = []
        for key, question in asked.items():
            owner = self._asked.setdefault((code, key), name)
            if owner == name:
                phrases.append(question)
            else:
                text = wording.OTHER_ANSWER.format(question=question, where=said.where, id=owner)
                self._base.lose(said.where, text)
        texts = [text for text in (to_pack(one, html=html) for one in said.answers) if text.strip()]
        found: dict[str, Any] = {}
        if phrases:
            title = one_line(said.title) or title_of(phrases[0])
            found["intents"] = {"id": name, "title": title, "phrases": phrases}
        else:
            self._base.lose(said.where, wording.NO_QUESTION)
        if stem == CONVERSATION and texts:
            found["answers"] = {"id": name, "texts": texts}
        elif stem != OUTSIDE and texts:
            text = escaped(texts[0], self._sources)
            brief = f"{short_of(text)} {citation}".strip()
            found["answers"] = {"id": name, "short": brief, "text": Prose(cited(text, citation))}
            if texts[1:]:
                self._base.lose(said.where, wording.ONE_WAY.format(language=code, count=len(texts)))
        return found

    def _put(self, file: str, wanted: Mapping[str, Any], code: str, was: Mapping[str, Any], found: Brought) -> None:
        """Add what is new, change what changed in the file, leave what a curator edited or took out."""
        keys = _KEYS[file.partition("/")[0]]
        before = {key: was.get(f"{code}/{key}") for key in keys}
        node = next((one for one in self._file(file).entries() if one.string("id") == wanted["id"]), None)
        if node is not None:
            changed, edited = three_ways(before, plain(node), wanted, keys)
            if changed:
                self._file(file).set(wanted["id"], changed)
            found.changed.extend(f"{key} in {code}" for key in changed)
            found.edited.extend(f"{key} in {code}" for key in edited)
        elif not any(before.values()):
            self._file(file).append((), [dict(wanted)])
            found.changed.append(f"{file.partition('/')[0]} in {code}")
        found.made.update({f"{code}/{key}": mark(wanted.get(key)) for key in keys if wanted.get(key)})
