"""Corpora of nlp.js: intents with utterances, answers and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import json_of, text_of
from dimchat.exchange.knowledge import Case, Entry, KnowledgeBase, Turn
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from pathlib import Path

_TALK = frozenset({"greetings", "agent", "appraisal", "dialog", "smalltalk", "chitchat", "user", "emotions"})
"""The first halves of intents that are small talk in the corpora that come with nlp.js."""


def read_corpus(path: Path) -> KnowledgeBase:
    """Return what a corpus says; its tests become cases.

    Raises:
        UsageError: It is no corpus.
    """
    found = json_of(text_of(path), str(path))
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, list):
        raise UsageError(wording.NO_CORPUS.format(file=path))
    base = KnowledgeBase("nlpjs", path.name, language=str(found.get("locale") or ""), title=_title(found))
    for number, one in enumerate(data, start=1):
        if not isinstance(one, dict) or not str(one.get("intent") or "").strip():
            base.lose(f"{path.name}: {number}", wording.NO_NAME)
            continue
        _intent(base, one, f"{path.name}: {one['intent']}")
    for name, entity in _items(found.get("entities")):
        _entity(base, name, entity, f"{path.name}: {name}")
    if found.get("contextData"):
        base.lose(path.name, wording.NLPJS_PART.format(name="contextData"))
    return base


def _title(found: dict[str, Any]) -> str:
    name = one_line(str(found.get("name") or ""))
    return "" if name.casefold() in {"", "corpus"} else name


def _intent(base: KnowledgeBase, one: dict[str, Any], where: str) -> None:
    name = str(one["intent"]).strip()
    if name.casefold() == "none":
        entry = Entry(name, where, role="outside")
    else:
        group, dot, _ = name.partition(".")
        entry = Entry(name, where, role="talk" if dot and group in _TALK else "answer")
        entry.category = group.replace("_", " ") if dot else ""
        entry.id = name.lower()
    entry.questions = list(dict.fromkeys(one_line(str(text)) for text in _list(one.get("utterances"))))
    for answer in _list(one.get("answers")):
        text = answer.get("answer") if isinstance(answer, dict) else answer
        if isinstance(answer, dict) and answer.get("opts"):
            base.lose(where, wording.CONDITION.format(text=str(answer["opts"])[:60]))
        elif isinstance(text, str) and text.strip():
            entry.answers.append(text)
    for key in ("slotFilling", "actions"):
        if one.get(key):
            base.lose(where, wording.NLPJS_PART.format(name=key))
    expected = "" if entry.role == "outside" else name
    tests = [Case(where, (Turn(one_line(str(text)), expected),)) for text in _list(one.get("tests"))]
    if not entry.questions:
        # What must not be answered may have tests alone.
        base.cases += tests if not expected else ()
        if expected or not tests:
            base.lose(where, wording.NO_QUESTION)
        return
    if not entry.answers and entry.role != "outside":
        entry.answers = [wording.TO_WRITE.format(name=name)]
        base.lose(where, wording.NO_ANSWER_YET, dropped=False)
    base.entries.append(entry)
    base.cases += tests


def _entity(base: KnowledgeBase, name: str, entity: object, where: str) -> None:
    """Take the synonyms of an entity's options; what is found by a pattern or by code is lost."""
    options = entity.get("options") if isinstance(entity, dict) else None
    for option, words in _items(options):
        group = tuple(dict.fromkeys([one_line(option), *(one_line(str(word)) for word in _list(words))]))
        if len(group) > 1:
            base.synonyms.append(group)
    if not isinstance(options, dict):
        base.lose(where, wording.NLPJS_PART.format(name=name))


def _items(found: object) -> list[tuple[str, object]]:
    return [(str(key), value) for key, value in found.items()] if isinstance(found, dict) else []


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else [found] if isinstance(found, str) else []
