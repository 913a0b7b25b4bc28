"""Projects of Rasa 3: training data, responses, domain, rules, stories and test stories.

An intent becomes an entry where something answers it: the response of its name (`utter_faq/hours` for the retrieval
intent `faq/hours`, `utter_hours` for `hours`), or the first response that a rule or a story gives to it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import MOST_PARTS, Archive, decoded, text_of
from dimchat.exchange.knowledge import Case, Entry, KnowledgeBase, Prompt, Role, Turn
from dimchat.exchange.readers.plain_yaml import Mapping, yaml_of
from dimchat.model import OUTSIDE
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_YAML = (".yml", ".yaml")
_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})(?:\[[^\[\]]*\])?")
_ITEM = re.compile(r"^[-*+]\s+")
_TALK = frozenset({"greet", "goodbye", "bye", "thank", "thanks", "thankyou", "bot_challenge", "affirm", "deny", "mood"})
_TALK_GROUP = frozenset({"chitchat", "smalltalk", "small_talk", "conversation"})
_OUT_OF_SCOPE = frozenset({"out_of_scope", "outofscope", "nlu_fallback"})
_FALLBACK = frozenset(
    {"utter_default", "utter_please_rephrase", "utter_fallback", "utter_out_of_scope", "utter_ask_rephrase"}
)
_NOT_CARRIED = ("slots", "forms", "entities", "actions")


def read_rasa(path: Path) -> KnowledgeBase:
    """Return what a project says: a folder, a zip file, or one of its YAML files.

    Raises:
        UsageError: A file cannot be read, or there is no training data.
    """
    base = KnowledgeBase("rasa", path.name)
    project = _Project(base)
    for name, text in _files(path):
        found = yaml_of(text, name)
        if isinstance(found, dict):
            project.take(found, name)
        elif found is not None:
            base.lose(name, wording.STRAY.format(text=str(found)[:60]))
    project.finish()
    if not base.entries:
        raise UsageError(wording.NO_RASA.format(file=path))
    return base


def _files(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the YAML files, training data before what leans on it."""
    if path.is_dir():
        found = [one for one in sorted(path.rglob("*")) if one.suffix in _YAML and not one.is_symlink()]
        if len(found) > MOST_PARTS:
            raise UsageError(wording.MANY_PARTS.format(file=path, most=MOST_PARTS))
        for one in found:
            if not any(part.startswith(".") for part in one.relative_to(path).parts) and one.stat().st_size:
                yield one.relative_to(path).as_posix(), text_of(one)
    elif path.suffix.casefold() == ".zip":
        archive = Archive(path)
        for name in sorted(archive.names):
            if name.endswith(_YAML) and not any(part.startswith((".", "__")) for part in name.split("/")):
                data = archive.read(name)
                if data.strip():
                    yield name, decoded(data, f"{path}: {name}")
    else:
        yield path.name, text_of(path)


class _Project:
    """Gathers what the files say, then puts it together."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._intents: dict[str, Entry] = {}
        self._responses: dict[str, list[Any]] = {}
        self._places: dict[str, str] = {}
        self._steps: list[tuple[str, str, list[Any]]] = []

    def take(self, found: dict[str, Any], name: str) -> None:
        """Take what one file says."""
        for part in _list(found.get("nlu")):
            self._nlu(part, name)
        responses = found.get("responses")
        for key, ways in responses.items() if isinstance(responses, dict) else ():
            self._responses.setdefault(str(key), []).extend(_list(ways))
            self._places.setdefault(str(key), f"{name}:{_line(ways)}")
        for kind in ("rules", "stories"):
            for story in _list(found.get(kind)):
                if isinstance(story, Mapping):
                    title = str(story.get("rule", story.get("story", "")))
                    self._steps.append((kind, f"{name}:{story.line}: {title}", _list(story.get("steps"))))
        language = found.get("language")
        if isinstance(language, str) and "pipeline" in found:
            self._base.language = str(language)
        for key in _NOT_CARRIED:
            held = found.get(key)
            if held:
                names = [str(one) for one in (held if isinstance(held, list | dict) else [held])]
                told = [one for one in names if not one.startswith("utter_")]
                for one in told:
                    self._base.lose(name, wording.RASA_PART.format(kind=key, name=one), dropped=key != "entities")

    def _nlu(self, part: Any, name: str) -> None:  # noqa: ANN401 - what stands in the file
        if not isinstance(part, Mapping):
            return
        where = f"{name}:{part.line}"
        examples = list(_examples(part.get("examples")))
        if "intent" in part:
            intent = str(part["intent"])
            entry = self._intents.setdefault(intent, Entry(intent, where))
            self._about(entry, part.get("metadata"), where)
            for example in examples:
                question = one_line(_ENTITY.sub(r"\1", example))
                if question and question not in entry.questions:
                    entry.questions.append(question)
        elif "synonym" in part:
            group = tuple(dict.fromkeys([one_line(str(part["synonym"])), *map(one_line, examples)]))
            if len(group) > 1:
                self._base.synonyms.append(group)
        else:
            kind = next((key for key in ("lookup", "regex") if key in part), "")
            if kind:
                self._base.lose(where, wording.RASA_PART.format(kind=kind, name=str(part[kind])))

    def _about(self, entry: Entry, found: Any, where: str) -> None:  # noqa: ANN401 - what stands in the file
        """Take what the training data says of an intent, by the names that `dimchat export` gives it too."""
        for name, value in found.items() if isinstance(found, dict) else ():
            if name == "sources" and isinstance(value, list):
                entry.sources = [one_line(str(one)) for one in value]
            elif not isinstance(value, str):
                self._base.lose(where, wording.RASA_PART.format(kind="metadata", name=name))
            elif name in {"title", "category"}:
                setattr(entry, name, one_line(value))
            else:
                entry.metadata[one_line(name)] = str(value)

    def finish(self) -> None:
        """Put intents and responses together, and add what stories say."""
        answered = self._answered_in_steps()
        used: set[str] = set()
        for intent, entry in self._intents.items():
            name = f"utter_{intent}"
            names = [name] if name in self._responses else answered.get(intent, [])
            entry.role = _role(intent)
            used.update(names)
            if entry.role == "outside":
                self._base.fallback += [text for one in names for text in self._texts(one, None)]
            else:
                for one in names:
                    self._fill(entry, one)
            self._add(intent, entry)
        for name in [name for name in self._responses if name not in used]:
            if name in _FALLBACK:
                self._base.fallback += self._texts(name, None)
            else:
                self._base.lose(self._places[name], wording.UNUSED_RESPONSE.format(name=name))
        self._prompts_and_cases()

    def _add(self, intent: str, entry: Entry) -> None:
        group, slash, name = intent.partition("/")
        if slash:
            entry.category = entry.category or group.replace("_", " ")
        place = OUTSIDE if entry.role == "outside" else group
        entry.id = f"{place}.{name}".lower() if slash else ""
        if not entry.questions:
            self._base.lose(entry.where, wording.NO_EXAMPLE.format(name=intent))
        elif not entry.answers and entry.role != "outside":
            self._base.lose(entry.where, wording.NO_RESPONSE.format(name=intent))
        else:
            self._base.entries.append(entry)

    def _fill(self, entry: Entry, name: str) -> None:
        entry.answers += [text for text in self._texts(name, entry) if text not in entry.answers]

    def _texts(self, name: str, entry: Entry | None) -> list[str]:
        """Return the texts of a response; its buttons become what is offered next."""
        texts, where = [], self._places[name]
        for way in self._responses[name]:
            if not isinstance(way, dict):
                self._base.lose(where, wording.STRAY.format(text=str(way)[:60]))
                continue
            kinds = [key for key in ("custom", "condition", "attachment") if key in way]
            if kinds:
                self._base.lose(where, wording.RASA_PART.format(kind=kinds[0], name=name))
            if "condition" in way:
                continue
            text = str(way.get("text") or "")
            if way.get("image"):
                self._base.lose(where, wording.IMAGES.format(count=1), dropped=False)
                text = f"{text}\n\n[{way['image']}]({way['image']})".strip()
            if re.search(r"\{\w+\}", text):
                self._base.lose(where, wording.SLOT_IN_TEXT.format(name=name), dropped=False)
            if text.strip():
                texts.append(text)
            if entry is not None:
                for button in _list(way.get("buttons")):
                    self._button(button, entry, where)
        return texts

    def _button(self, button: Any, entry: Entry, where: str) -> None:  # noqa: ANN401 - what stands in the file
        payload = str(button.get("payload", "")) if isinstance(button, dict) else ""
        if payload.startswith("/"):
            entry.prompts.append(Prompt(one_line(str(button.get("title", ""))), payload[1:].partition("{")[0]))
        else:
            self._base.lose(where, wording.BAD_PROMPTS.format(text=str(button)[:60]))

    def _answered_in_steps(self) -> dict[str, list[str]]:
        """Return the responses that rules, or else stories, give to each intent right after it."""
        found: dict[str, list[str]] = {}
        for _, _, steps in sorted(self._steps, key=lambda one: one[0] != "rules"):
            for step, following in pairwise(steps):
                intent, action = _value(step, "intent"), _value(following, "action")
                if intent and action in self._responses and intent not in found:
                    found[intent] = [action]
        return found

    def _prompts_and_cases(self) -> None:
        """Make cases of stories: what is typed where they say it, else an example of the intent."""
        entries = {entry.key: entry for entry in self._base.entries}
        outside = {key for key, entry in entries.items() if entry.role == "outside"}
        for kind, where, steps in self._steps:
            turns: list[Turn] = []
            lost = ""
            for step in steps:
                intent = _value(step, "intent")
                if not intent:
                    continue
                typed = one_line(_ENTITY.sub(r"\1", _value(step, "user")))
                entry = entries.get(intent)
                if entry is None or not (typed or entry.questions):
                    lost = lost or intent
                    continue
                turns.append(Turn(typed or entry.questions[0], "" if intent in outside else intent))
            if kind == "stories" and lost:
                self._base.lose(where, wording.STORY.format(name=lost))
            elif kind == "stories" and turns:
                self._base.cases.append(Case(where, tuple(turns)))


def _value(step: Any, key: str) -> str:  # noqa: ANN401 - as above
    found = step.get(key) if isinstance(step, dict) else None
    return str(found).strip() if isinstance(found, str) else ""


def _examples(found: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield examples: lines of a text that begin with a dash, or a list of texts or of mappings."""
    if isinstance(found, str):
        for line in found.splitlines():
            if _ITEM.match(line.strip()):
                yield _ITEM.sub("", line.strip())
    for one in _list(found):
        text = one.get("text") if isinstance(one, dict) else one
        if isinstance(text, str):
            yield _ITEM.sub("", text.strip())


def _role(intent: str) -> Role:
    group = intent.partition("/")[0]
    if group in _OUT_OF_SCOPE:
        return "outside"
    return "talk" if intent in _TALK or group in _TALK_GROUP else "answer"


def _list(found: Any) -> list[Any]:  # noqa: ANN401 - as above
    return found if isinstance(found, list) else []


def _line(found: Any) -> int:  # noqa: ANN401 - as above
    first = next(iter(_list(found)), found)
    return int(getattr(first, "line", 1))
