"""The files of a pack from the answers of a table, each with a short form and its citation."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dimchat.commonmark import parser
from dimchat.dialogue import Assistant
from dimchat.errors import UsageError
from dimchat.files.text import suggest, without_invisible
from dimchat.files.yaml.write import Prose, dumped
from dimchat.index import prebuilt, tuning
from dimchat.language.citations import bare
from dimchat.language.sentences import first_sentence
from dimchat.pack.rules.phrases import fold
from dimchat.quality.cases import CASES_FOLDER
from dimchat.quality.start.arrange import arrange, numbered, stem_of
from dimchat.quality.start.new_pack import common
from dimchat.quality.start.question_table import Note, read_table
from dimchat.wording import start as wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from dimchat.quality.start.arrange import Entry
    from dimchat.quality.start.new_pack import Head

_ENOUGH = 4
"""Of so many phrasings, the last one can be a case instead."""
_TITLE = 70
_TALK = ("intents/conversation.yaml", "intents/outside.yaml", "answers/conversation.yaml")
_QUESTION = re.compile(
    r"(?:are|can|could|do|does|how|is|may|must|should|what|when|where|which|who|why|will)\b", re.IGNORECASE
)


class NothingPlacedError(UsageError):
    """No row of a table could be placed; `notes` say why."""

    def __init__(self, path: Path, notes: list[Note]) -> None:
        """Say which table it is."""
        super().__init__(wording.NOTHING_PLACED.format(file=path))
        self.notes = notes


def from_table(path: Path, about: Head) -> tuple[dict[str, str], list[Note], int]:
    """Return the files of a pack by name, what is to be said about rows of the table, and how many rows there are.

    Where an answer has four phrasings or more, the last becomes a case, as long as the others lead to it.

    Raises:
        UsageError: It is no table.
        NothingPlacedError: No row of it can be placed.
    """
    rows, notes = read_table(path)
    entries, unplaced = arrange(rows)
    total = len(rows) + sum(note.placed is False for note in notes)
    if not entries:
        raise NothingPlacedError(path, sorted(notes + unplaced))
    held = {entry.id for entry in entries if len(entry.questions) >= _ENOUGH}
    lost: set[str] = set()
    # A question that becomes a phrase after all can draw another one away, so it is looked at again.
    while missed := _missed(files(entries, held, path.name, about), entries, held):
        held -= missed
        lost |= missed
    for entry in entries:
        if entry.id in lost:
            notes.append(Note(entry.questions[-1][1], wording.NOT_FOUND.format(id=entry.id), placed=True))
    return files(entries, held, path.name, about), sorted(notes + unplaced), total


def _missed(texts: Mapping[str, str], entries: Sequence[Entry], held: set[str]) -> set[str]:
    """Return the ids whose case does not pass."""
    if not held:
        return set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in texts.items():
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        tuning.write_calibration(folder, tuning.calibrate_pack(folder))
        assistant = Assistant(*prebuilt.learn(folder))
    questions = {entry.id: entry.questions[-1][0] for entry in entries if entry.id in held}
    return {intent for intent, question in questions.items() if assistant.ask(question)[0].intents != (intent,)}


def files(entries: Sequence[Entry], held: set[str], table: str, about: Head) -> dict[str, str]:
    """Return the files of a pack by name; `held` has the ids whose last question is a case and no phrase."""
    sources = _sources(entries, table, about)
    intents: dict[str, list[Any]] = {}
    answers: dict[str, list[Any]] = {}
    cases: dict[str, list[Any]] = {}
    for entry in entries:
        stem = entry.category
        questions = [question for question, _ in entry.questions]
        phrases = questions[:-1] if entry.id in held else questions
        intents.setdefault(stem, []).append({"id": entry.id, "title": _title(questions[0]), "phrases": phrases})
        answers.setdefault(stem, []).append(_answer(entry, sources, about))
        if entry.id in held:
            cases.setdefault(stem, []).append({"intent": entry.id, "ask": questions[-1:]})
    for group in intents.values():
        for this, following in zip(group, [*group[1:], group[0]], strict=True):
            if this is not following:
                this["next"] = [following["id"]]
    names = {entry.category: entry.category_title for entry in reversed(entries)}
    head = {
        "name": about.name,
        "title": about.title,
        "version": about.marks["@VERSION@"],
        "language": "en",
        "categories": dict(reversed(names.items())),
    }
    made = {name: text for name, text in common(about).items() if name not in _TALK}
    made |= _talk(about, {fold(question) for entry in entries for question, _ in entry.questions})
    made["pack.yaml"] = dumped(head)
    made["intents/vocabulary.yaml"] = dumped(_vocabulary(entries))
    made["answers/sources.yaml"] = dumped(list({one["id"]: one for one in sources.values()}.values()))
    for folder, groups in (("intents", intents), ("answers", answers), (CASES_FOLDER, cases)):
        made |= {f"{folder}/{stem}.yaml": dumped(group) for stem, group in groups.items()}
    return made


def _talk(about: Head, asked: set[str]) -> dict[str, str]:
    """Return the template's small talk and outside lines without the phrases that the table asks itself."""
    given: dict[str, list[dict[str, Any]]] = {name: yaml.safe_load(common(about)[name]) for name in _TALK}
    for name in _TALK[:2]:
        for one in given[name]:
            one["phrases"] = [phrase for phrase in one["phrases"] if fold(phrase) not in asked]
        given[name] = [one for one in given[name] if one["phrases"]]
    left = {one["id"] for one in given[_TALK[0]]}
    given[_TALK[2]] = [one for one in given[_TALK[2]] if one["id"] in left]
    return {name: dumped(entries) for name, entries in given.items() if entries}


def _title(question: str) -> str:
    """Return a question as a title: with a capital letter, with a question mark where it is one."""
    text = question.rstrip(" .!:?") or question
    if len(text) > _TITLE - 1:
        # A picture of several characters that was cut through leaves one that joins nothing.
        text = without_invisible(text[: _TITLE - 1].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}")
    elif _QUESTION.match(text):
        text += "?"
    return text[0].upper() + text[1:]


def _answer(entry: Entry, sources: Mapping[str, Mapping[str, str]], about: Head) -> dict[str, Any]:
    ids = [sources[name]["id"] + ("" if name else f", line {entry.line}") for name in entry.sources]
    citation = "[" + "; ".join(f"@{one}" for one in ids) + "]"
    plain = escaped(entry.answer, {source["id"] for source in sources.values()})
    return {
        "id": entry.id,
        "short": f"{short_of(plain)} {citation}",
        "text": Prose(cited_paragraphs(plain, citation) + "\n"),
        "reviewed": about.marks["@TODAY@"],
        "review_by": about.marks["@NEXT_YEAR@"],
    }


def _sources(entries: Sequence[Entry], table: str, about: Head) -> dict[str, dict[str, str]]:
    """Return a record for each source that rows name, by that name; for none, the table itself."""
    made: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys(name for entry in entries for name in entry.sources):
        stem = stem_of(re.sub(r"^https?://(www\.)?", "", name)).replace("_", "-") if name else "table"
        taken = {one["id"] for one in made.values()}
        own = numbered(stem if len(stem) > 1 else f"source-{stem}".strip("-"), taken, "-")
        if re.fullmatch(r"https?://\S+", name):
            made[name] = {"id": own, "type": "webpage", "title": name, "URL": name}
        else:
            made[name] = {
                "id": own,
                "type": "document",
                "title": name or wording.TABLE_SOURCE.format(file=table),
                "accessed": about.marks["@TODAY@"],
            }
    return made


def _vocabulary(entries: Sequence[Entry]) -> dict[str, Any]:
    topics: dict[str, str] = {}
    aspects: dict[str, str] = {}
    for entry in entries:
        topic, _, aspect = entry.id.partition(".")
        topics.setdefault(topic, entry.category_title if topic == entry.category else topic.replace("_", " "))
        aspects.setdefault(aspect, entry.aspect_title)
    return {
        "topics": [{"id": one, "kind": "subject", "names": [name]} for one, name in topics.items()],
        "aspects": [{"id": one, "title": title, "cues": [title]} for one, title in aspects.items()],
    }


def escaped(text: str, sources: Collection[str]) -> str:
    r"""Return a text in which nothing is a citation of one of the sources: `\@` is what it was, and cites nothing."""
    text = text.replace("[@", "[\\@")
    names = [(at, name) for at, name in bare(text) if name in sources or suggest(name, sources)]
    for at, _ in reversed(names):
        text = f"{text[:at]}\\{text[at:]}"
    return text


def short_of(text: str) -> str:
    """Return the first sentence of the first paragraph, list item or heading; else what comes first in one line."""
    table = False
    for token in parser().parse(text):
        table = token.type == "table_open" or (table and token.type != "table_close")
        plain = " ".join(token.content.split()) if token.type == "inline" and not table else ""
        if plain:
            return first_sentence(plain)
    lines = [line.strip() for line in text.split("\n")]
    return next((line for line in lines if any(c.isalnum() for c in line)), " ".join(text.split()))


def cited_paragraphs(text: str, citation: str) -> str:
    """Return a text with a citation behind each paragraph and list.

    Code, tables, headings and rules stay as they are; where there is nothing else, the citation stands below.
    """
    lines = text.split("\n")
    fitting = set(_in_paragraphs(parser().parse(text)))
    cited = False
    for at in fitting:
        following = at + 1
        if following == len(lines) or not lines[following].strip() or following not in fitting:
            lines[at] = f"{lines[at].rstrip()} {citation}"
            cited = True
    return "\n".join(lines if cited else [*lines, "", citation])


def _in_paragraphs(tokens: list[Token]) -> Iterator[int]:
    """Yield the numbers of the lines that end a paragraph, also one of a list or a quote, or stand within it."""
    for token in tokens:
        if token.map and token.type == "paragraph_open":
            yield from range(*token.map)
