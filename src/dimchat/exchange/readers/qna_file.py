"""The `.qna` files of Bot Framework: questions, variations, filters, prompts and answers in a dialect of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import text_of
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SOURCE = re.compile(r">\s*!#\s*@qna\.pair\.source\s*=\s*(.*)", re.IGNORECASE)
_OWN = re.compile(r">\s*dimchat\s+(\w+)\s*=\s*(.*)")
_MODEL = re.compile(r">\s*!#\s*(.*)")
_ID = re.compile(r"<a\s+id\s*=\s*[\"'](.*?)[\"']\s*>\s*</a>", re.IGNORECASE)
_QUESTION = re.compile(r"#+\s*\?(.*)")
_SECTION = re.compile(r"\*{2,3}(filters|prompts):?\*{2,3}:?", re.IGNORECASE)
_PROMPT = re.compile(r"\[(.*?)\]\(\s*#\s*(\??)\s*(.*?)\)\s*(`context-only`)?", re.IGNORECASE)
_REFERENCE = re.compile(r"\[(.*?)\]\((.*?)\)")
_ALTERATIONS = re.compile(r"\$\s*(.*?)\s*:\s*qna-alterations\s*=", re.IGNORECASE)
_EDITORIAL = frozenset({"editorial", "custom editorial", ""})
LINES = "lines"
"""What `dimchat export` says of an answer that holds what would end it."""
_CHITCHAT = re.compile(r"chit[-_ ]?chat", re.IGNORECASE)


def read_qna(path: Path) -> KnowledgeBase:
    """Return what a file says.

    Raises:
        UsageError: It cannot be read, or a question has no answer.
    """
    return parsed(text_of(path), path.name, str(path))


def parsed(text: str, name: str, file: str) -> KnowledgeBase:
    """Return what the text of a file says.

    Args:
        text: Of the file; line ends stay as they are within answers.
        name: What to call it where a row is named.
        file: What to call it in an error.
    """
    return _Parser(text, name, file).base


class _Parser:
    """Goes from line to line; a handler for each kind of line."""

    def __init__(self, text: str, name: str, file: str) -> None:
        self.base = KnowledgeBase("qna", name)
        self._lines, self._name, self._file = text.split("\n"), name, file
        self._at = 0
        self._source = self._id = ""
        self._given: dict[str, str] = {}
        self._entry: Entry | None = None
        self._section = "questions"
        self._alterations: list[str] | None = None
        self._context_only: set[str] = set()
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            self._at += 1
            if line:
                self._take(line)
        self._end_entry()
        self._link()

    @property
    def _where(self) -> str:
        return f"{self._name}:{self._at}"

    def _take(self, line: str) -> None:
        if line.startswith("```"):
            self._answer()
        elif line.startswith("-") or (line.startswith(("*", "+")) and line[1:2].isspace()):
            self._item(line[1:].strip())
        else:
            for pattern, handler in self._handlers():
                if match := pattern.match(line):
                    handler(match)
                    return
            if not line.startswith(">"):
                self.base.lose(self._where, wording.STRAY.format(text=line[:60]))

    def _handlers(self) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], None]], ...]:
        return (
            (_SOURCE, self._on_source),
            (_OWN, self._on_own),
            (_MODEL, self._on_model),
            (_ID, self._on_id),
            (_QUESTION, self._on_question),
            (_SECTION, self._on_section),
            (_ALTERATIONS, self._on_alterations),
            (_REFERENCE, self._on_reference),
        )

    def _on_source(self, match: re.Match[str]) -> None:
        self._end_entry()
        self._source = one_line(match[1])

    def _on_own(self, match: re.Match[str]) -> None:
        """Take what `dimchat export` writes beside what the format knows; to others it is a comment."""
        self._end_entry()
        self._given[match[1]] = one_line(match[2])

    def _on_model(self, match: re.Match[str]) -> None:
        self.base.lose(self._where, wording.MODEL_INFO.format(text=match[1][:60]))

    def _on_id(self, match: re.Match[str]) -> None:
        self._end_entry()
        self._id = match[1].strip()

    def _on_question(self, match: re.Match[str]) -> None:
        self._end_entry()
        question = one_line(match[1])
        self._entry = Entry(self._id or question, self._where, [question] if question else [])
        self._section = "questions"

    def _on_section(self, match: re.Match[str]) -> None:
        self._section = match[1].casefold()

    def _on_alterations(self, match: re.Match[str]) -> None:
        self._end_entry()
        self._alterations = [one_line(match[1])]

    def _on_reference(self, match: re.Match[str]) -> None:
        self.base.lose(self._where, wording.REFERENCE.format(address=match[2][:80]))

    def _item(self, text: str) -> None:
        entry = self._entry
        if self._alterations is not None:
            self._alterations.append(one_line(text))
        elif entry is None:
            self.base.lose(self._where, wording.STRAY.format(text=text[:60]))
        elif self._section == "questions":
            if one_line(text) not in entry.questions:
                entry.questions.append(one_line(text))
        elif self._section == "filters":
            name, equals, value = text.partition("=")
            if equals and name.strip():
                entry.metadata[one_line(name)] = value.strip()
            else:
                self.base.lose(self._where, wording.STRAY.format(text=text[:60]))
        else:
            self._prompt(entry, text)

    def _prompt(self, entry: Entry, text: str) -> None:
        match = _PROMPT.match(text)
        if match is None:
            self.base.lose(self._where, wording.BAD_PROMPTS.format(text=text[:60]))
            return
        shown, asked, to, only = match.groups()
        key = one_line(to.replace("-", " ") if asked and " " not in to.strip() else to)
        entry.prompts.append(Prompt(one_line(shown.replace("\\n", " ")), key))
        if only:
            self._context_only.add(key)

    def _answer(self) -> None:
        """Read to the end of the answer: after as many lines as are told, else the last fence before something begins.

        Bot Framework's own grammar ends it at the first fence, in the middle of an answer that shows code.
        """
        start = self._at
        lines = self._lines
        opened = lines[start - 1].strip()
        told = self._given.get(LINES, "")
        end = start + int(told) if told.isdecimal() else start
        if end >= len(lines) or lines[end].strip() != "```":
            end = start
        while end < len(lines) and not (lines[end].strip() == "```" and self._begins(end + 1)):
            end += 1
        if end == len(lines):
            raise UsageError(wording.OPEN_ANSWER.format(file=self._file, line=start))
        self._at = end + 1
        if self._entry is None:
            self.base.lose(f"{self._name}:{start}", wording.NO_QUESTION)
            return
        text = "\n".join(lines[start:end])
        self._entry.answers.append(text.removesuffix("\r") if lines[start - 1].endswith("\r") else text)
        if opened not in {"```", "```markdown"}:
            self.base.lose(f"{self._name}:{start}", wording.ANSWER_KIND.format(kind=opened[3:]), dropped=False)
        self._section = "answered"

    def _begins(self, at: int) -> bool:
        """Return whether what comes next is no part of an answer."""
        following = next((line.strip() for line in self._lines[at:] if line.strip()), "")
        known = (_ID, _QUESTION, _SECTION, _ALTERATIONS)
        return not following or following.startswith(">") or any(one.match(following) for one in known)

    def _end_entry(self) -> None:
        if self._alterations is not None:
            if len(self._alterations) > 1:
                self.base.synonyms.append(tuple(self._alterations))
            self._alterations = None
        entry, self._entry = self._entry, None
        if entry is None:
            return
        if not entry.questions or not any(answer.strip() for answer in entry.answers):
            self.base.lose(entry.where, wording.NO_ANSWER if entry.questions else wording.NO_QUESTION)
        else:
            entry.sources = [] if self._source.casefold() in _EDITORIAL else [self._source]
            chitchat = any(_CHITCHAT.search(value) for value in (self._source, *entry.metadata.values()))
            entry.role = "talk" if chitchat else "answer"
            entry.id = self._id
            entry.category, entry.title = self._given.get("category", ""), self._given.get("title", "")
            self.base.entries.append(entry)
        self._source = self._id = ""
        self._given = {}

    def _link(self) -> None:
        """Let prompts lead to keys: they name an id, or a question."""
        asked = {entry.questions[0].casefold(): entry.key for entry in reversed(self.base.entries)}
        keys = {entry.key for entry in self.base.entries}
        ids = {key: key for key in keys}
        found: dict[str, list[str]] = {}
        for entry in self.base.entries:
            prompts = []
            for prompt in entry.prompts:
                key = ids.get(prompt.key) or asked.get(prompt.key.casefold())
                if key is None:
                    self.base.lose(entry.where, wording.DEAD_PROMPT.format(text=prompt.text, key=prompt.key))
                    continue
                prompts.append(prompt._replace(key=key))
                if prompt.key in self._context_only:
                    found.setdefault(key, []).append(entry.key)
            entry.prompts = prompts
        for entry in self.base.entries:
            entry.follows = found.get(entry.key, [])
