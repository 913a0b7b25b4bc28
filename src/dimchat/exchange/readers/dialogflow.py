"""Agents of Dialogflow ES: the exported zip file, or the folder that it was unpacked to.

`agent.json` says the languages; each intent is `intents/NAME.json` with its training phrases in
`intents/NAME_usersays_LANGUAGE.json`; entities stand in `entities/` in the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import MOST_PARTS, Archive, bytes_of, decoded, json_of, listed
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt, Said
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SAYS = "_usersays_"
_ENTRIES = "_entries_"
_TALK = ("smalltalk", "small talk", "default welcome")
_PARAMETER = re.compile(r"(?<![\w$])\$[a-zA-Z_][\w-]*(?:\.\w+)?|(?<!\w)#[\w-]+\.[\w-]+")
"""What a text says in place of what the person has named."""
_TEXT, _CARD, _QUICK_REPLIES, _IMAGE = "0", "1", "2", "3"
"""The types of messages, which some exports write as numbers."""
_NAMED = {"simple_response": _TEXT, "basic_card": _CARD, "suggestion_chips": _QUICK_REPLIES}
"""The types of messages for Google Assistant that say the same."""


def read_agent(path: Path) -> KnowledgeBase:
    """Return what an agent says.

    Raises:
        UsageError: It is no agent.
    """
    base = KnowledgeBase("dialogflow", path.name)
    agent = _Agent(base, *_opened(path))
    if not base.entries and not base.losses:
        raise UsageError(wording.NO_AGENT.format(file=path))
    agent.link()
    return base


def _opened(path: Path) -> tuple[list[str], Callable[[str], bytes]]:
    """Return the names of the files of an agent, and what reads one."""
    if path.is_dir():
        names = [one.relative_to(path).as_posix() for one in sorted(path.rglob("*.json")) if not one.is_symlink()]
        if len(names) > MOST_PARTS:
            raise UsageError(wording.MANY_PARTS.format(file=path, most=MOST_PARTS))
        return names, lambda name: bytes_of(path / name)
    archive = Archive(path)
    return sorted(name for name in archive.names if name.endswith(".json")), archive.read


class _Agent:
    def __init__(self, base: KnowledgeBase, names: list[str], read: Callable[[str], bytes]) -> None:
        self._base, self._names, self._read = base, names, read
        self._entities: list[str] = []
        # An archive may hold the agent in a folder of its own, and folders may be called Intents.
        about = next((self._json(name) for name in names if name.rpartition("/")[2] == "agent.json"), {})
        base.language = str(about.get("language") or base.language)
        base.title = one_line(str(about.get("displayName") or ""))
        self._parents: dict[str, str] = {}
        self._outputs: dict[str, list[str]] = {}
        self._inputs: dict[str, list[str]] = {}
        for name in names:
            folder = name.rpartition("/")[0].rpartition("/")[2].casefold()
            if folder == "intents" and _SAYS not in name:
                self._intent(name)
            elif folder == "entities" and _ENTRIES in name:
                self._entities.append(name)
            elif folder == "knowledgebases":
                base.lose(name, wording.DIALOGFLOW_PART.format(name="knowledge base"))
        for name in self._entities:
            self._entity(name)

    def _json(self, name: str) -> dict[str, Any]:
        found = json_of(decoded(self._read(name), name), name)
        return found if isinstance(found, dict) else {}

    def _list(self, name: str) -> list[Any]:
        return listed(json_of(decoded(self._read(name), name), name)) if name in self._names else []

    def _others(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield the files of an intent in other languages than the agent's first, each with its tag."""
        for name in self._names:
            language = name.rpartition(_SAYS)[2].removesuffix(".json") if name.startswith(f"{stem}{_SAYS}") else ""
            if language and self._base.language and language.casefold() != self._base.language.casefold():
                yield name, language

    def _further(self, name: str, responses: list[dict[str, Any]], entry: Entry) -> None:
        """Take what an intent says in further languages: training phrases and plain messages."""
        for file, language in self._others(name.removesuffix(".json")):
            scratch = Entry(entry.key, file)
            for response in responses:
                self._messages(response, scratch, language)
            entry.said[language] = Said(file, self._phrases(self._list(file)), scratch.answers)

    def _intent(self, name: str) -> None:
        found, base = self._json(name), self._base
        title = str(found.get("name") or name.rpartition("/")[2].removesuffix(".json"))
        if not base.language:
            says = next((one for one in self._names if one.startswith(f"{name.removesuffix('.json')}{_SAYS}")), "")
            base.language = says.rpartition(_SAYS)[2].removesuffix(".json")
        entry = Entry(str(found.get("id") or title), name)
        # What is meant in a context says little by its phrases: "yes", "the second".
        entry.title = title if "?" in title or found.get("contexts") else ""
        phrases = self._list(f"{name.removesuffix('.json')}{_SAYS}{base.language}.json") or found.get("userSays")
        entry.questions = self._phrases(phrases)
        responses = _maps(found.get("responses"))
        self._further(name, responses, entry)
        for response in responses:
            self._messages(response, entry, base.language)
            if response.get("parameters"):
                base.lose(name, wording.DIALOGFLOW_PART.format(name="parameters"))
            outputs = [str(one.get("name", "")).casefold() for one in _maps(response.get("affectedContexts"))]
            self._outputs.setdefault(entry.key, []).extend(outputs)
        if found.get("webhookUsed"):
            base.lose(name, wording.DIALOGFLOW_PART.format(name="webhook"))
        for one in listed(found.get("conditionalResponses")):
            base.lose(name, wording.CONDITION.format(text=str(one)[:60]))
        self._inputs[entry.key] = [str(one).casefold() for one in listed(found.get("contexts"))]
        self._parents[entry.key] = str(found.get("parentId") or "")
        events = {str(one.get("name", "")).upper() for one in _maps(found.get("events"))}
        self._placed(entry, title, fallback=found.get("fallbackIntent") is True, welcome="WELCOME" in events)

    @staticmethod
    def _phrases(found: object) -> list[str]:
        """Return training phrases, each once."""
        texts = (
            one_line("".join(str(part.get("text", "")) for part in _maps(one.get("data")))) for one in _maps(found)
        )
        return [text for text in dict.fromkeys(texts) if text]

    def _placed(self, entry: Entry, title: str, *, fallback: bool, welcome: bool) -> None:
        """Put an intent where it belongs."""
        base = self._base
        if fallback:
            if self._inputs[entry.key]:
                base.lose(entry.where, wording.DIALOGFLOW_PART.format(name="fallback within a context"))
                return
            base.fallback += entry.answers
            entry.role = "outside"
            if entry.questions:
                base.entries.append(entry)
            return
        if title.casefold().startswith(_TALK) or welcome:
            entry.role = "talk"
        if welcome:
            base.welcome += entry.answers[:1]
        group, dot, _ = title.partition(".")
        entry.category = group.replace("_", " ").replace("-", " ") if dot and entry.role == "answer" else ""
        if not entry.questions and welcome:
            return
        if not entry.questions:
            base.lose(entry.where, wording.NO_EXAMPLE.format(name=title))
        elif not entry.answers:
            base.lose(entry.where, wording.NO_RESPONSE.format(name=title))
        else:
            base.entries.append(entry)

    def _messages(self, response: dict[str, Any], entry: Entry, spoken: str) -> None:
        """Take the messages of one response in a language: several text messages are one answer."""
        ways: list[list[str]] = []
        for message in _maps(response.get("messages")):
            language = str(message.get("lang") or "")
            if spoken != self._base.language and not language:
                continue  # in the agent's first language
            if language and spoken and language.casefold() != spoken.casefold():
                continue
            if message.get("condition"):
                self._base.lose(entry.where, wording.CONDITION.format(text=str(message["condition"])[:60]))
                continue
            texts = self._said(message, entry)
            ways += [texts] if texts else []
        most = max(map(len, ways), default=0)
        # The first message's second text goes with the second message's second text, and so on.
        answers = ["\n\n".join(texts[at % len(texts)] for texts in ways if texts[0]) for at in range(most)]
        entry.answers += [text for text in dict.fromkeys(answers) if text.strip()]
        parameter = next((found for text in entry.answers if (found := _PARAMETER.search(text))), None)
        if parameter:
            self._base.lose(entry.where, wording.SLOT_IN_TEXT.format(name=parameter[0]), dropped=False)

    def _said(self, message: dict[str, Any], entry: Entry) -> list[str]:
        """Return the texts that a message may say; what it offers becomes prompts."""
        kind = str(message.get("type", ""))
        kind = _NAMED.get(kind, kind)
        if kind == _TEXT:
            said = message.get("speech") or message.get("textToSpeech")
            return [str(one) for one in (said if isinstance(said, list) else [said]) if one and str(one).strip()]
        if kind in (_CARD, _IMAGE):
            return [self._card(message, entry)]
        if kind == "link_out_chip":
            return [f"[{message.get('destinationName') or message.get('url')}]({message.get('url')})"]
        if kind in ("list_card", "carousel_card"):
            return [self._items(message)]
        if kind == _QUICK_REPLIES:
            self._replies(message, entry)
        else:
            self._base.lose(entry.where, wording.DIALOGFLOW_PART.format(name=f"message of type {kind}"))
        return []

    def _card(self, message: dict[str, Any], entry: Entry) -> str:
        """Return a card or a picture as Markdown: title, text, links to the picture and to where buttons lead."""
        image = message.get("image")
        url = str(message.get("imageUrl") or (image.get("url") if isinstance(image, dict) else "") or "")
        parts = [f"**{message['title']}**" if message.get("title") else ""]
        parts += [str(message.get(key) or "") for key in ("subtitle", "formattedText")]
        if url:
            self._base.lose(entry.where, wording.IMAGES.format(count=1), dropped=False)
            parts.append(f"[{message.get('title') or url}]({url})")
        for button in _maps(message.get("buttons")):
            address = str(button.get("postback") or "")
            if address.startswith(("https://", "http://")):
                parts.append(f"[{button.get('text') or address}]({address})")
            elif button.get("text"):
                entry.prompts.append(Prompt(one_line(str(button["text"])), f"text:{address or button['text']}"))
        return "\n\n".join(part for part in parts if part.strip())

    @staticmethod
    def _items(message: dict[str, Any]) -> str:
        """Return a list of cards as a list."""
        title = [f"**{message['title']}**\n"] if message.get("title") else []
        items = (
            (str(one.get("title") or ""), str(one.get("description") or "")) for one in _maps(message.get("items"))
        )
        return "\n".join([*title, *(f"- {': '.join(part for part in parts if part)}" for parts in items)])

    def _replies(self, message: dict[str, Any], entry: Entry) -> None:
        found = message.get("replies") or [one.get("title") for one in _maps(message.get("suggestions"))]
        for one in listed(found):
            entry.prompts.append(Prompt(one_line(str(one)), f"text:{one}"))

    def _entity(self, name: str) -> None:
        language = name.rpartition(_ENTRIES)[2].removesuffix(".json")
        if self._base.language and language.casefold() != self._base.language.casefold():
            self._base.lose(name, wording.OTHER_ENTITY.format(language=language))
            return
        for one in self._list(name):
            words = [one.get("value"), *listed(one.get("synonyms"))] if isinstance(one, dict) else []
            plain = [one_line(str(word)) for word in words if word and not str(word).startswith("@")]
            group = tuple(dict.fromkeys(plain))
            if len(group) > 1:
                self._base.synonyms.append(group)

    def link(self) -> None:
        """Turn quick replies into prompts, and contexts into what follows what."""
        entries = self._base.entries
        keys = {entry.key for entry in entries}
        asked = {question.casefold(): one.key for one in entries for question in one.questions}
        for entry in entries:
            prompts = []
            for prompt in entry.prompts:
                key = asked.get(one_line(prompt.key.removeprefix("text:")).casefold()) or asked.get(
                    prompt.text.casefold()
                )
                if key is None:
                    self._base.lose(entry.where, wording.DEAD_PROMPT.format(text=prompt.text, key=prompt.text))
                else:
                    prompts.append(prompt._replace(key=key))
            entry.prompts = prompts
            inputs = self._inputs.get(entry.key, [])
            if inputs:
                setters = [key for key in keys if set(inputs) <= set(self._outputs.get(key, ())) and key != entry.key]
                parent = self._parents.get(entry.key, "")
                entry.follows = sorted(setters) or ([parent] if parent in keys else [])
        by_key = {entry.key: entry for entry in entries}
        for entry in entries:
            for key in entry.follows:
                if key == self._parents.get(entry.key) and all(
                    prompt.key != entry.key for prompt in by_key[key].prompts
                ):
                    by_key[key].prompts.append(Prompt(entry.questions[0], entry.key))


def _maps(found: object) -> list[dict[str, Any]]:
    return [one for one in listed(found) if isinstance(one, dict)]
