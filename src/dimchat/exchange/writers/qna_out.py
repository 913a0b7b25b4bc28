"""A `.qna` file of Bot Framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.exchange.naming import title_of
from dimchat.exchange.readers.qna_file import LINES, parsed
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from dimchat.exchange.knowledge import Entry, KnowledgeBase

_CHITCHAT = "chitchat"


def to_qna(base: KnowledgeBase) -> dict[str, bytes]:
    """Return the file; what is in it for dimchat alone stands in comments.

    Where an answer would end before its end, because it holds what ends one, the number of its lines stands there too.
    """
    follows = {(parent, entry.key) for entry in base.entries for parent in entry.follows}
    parts = [f"> # {base.title}\n"]
    for entry in base.entries:
        if entry.role == "outside":
            base.lose(entry.key, wording.OUTSIDE_OUT)
            continue
        if entry.answers[1:]:
            base.lose(entry.key, wording.COUNTED.format(what=wording.OTHER_ANSWERS, count=len(entry.answers) - 1))
        part = _entry(entry, base, follows)
        if not _is_read_back(part, entry):
            part = f"> dimchat {LINES} = {len(entry.answers[0].split(chr(10)))}\n{part}"
        if "```" in entry.answers[0]:
            base.lose(entry.key, wording.FENCE_ELSEWHERE, dropped=False)
        parts.append(part)
    parts += [
        f"${first} : qna-alterations=\n" + "".join(f"- {word}\n" for word in rest) for first, *rest in base.synonyms
    ]
    return {f"{base.file}.qna": "\n".join(parts).encode()}


def _is_read_back(part: str, entry: Entry) -> bool:
    """Return whether an entry, as it is written, is read with its answer as it is."""
    try:
        return [one.answers for one in parsed(part, "", "").entries] == [entry.answers[:1]]
    except UsageError:
        return False


def _entry(entry: Entry, base: KnowledgeBase, follows: set[tuple[str, str]]) -> str:
    source = _CHITCHAT if entry.role == "talk" else entry.sources[0] if entry.sources else "Editorial"
    if entry.sources[1:]:
        base.lose(entry.key, wording.SOURCES_JOINED)
    questions = entry.questions or [entry.title]
    about = {"category": entry.category, "title": entry.title if entry.title != title_of(questions[0]) else ""}
    lines = [
        f"> !# @qna.pair.source = {source}",
        *(f"> dimchat {name} = {value}" for name, value in about.items() if value),
    ]
    lines += ["", f'<a id = "{entry.id}"></a>', "", f"# ? {questions[0]}", *(f"- {text}" for text in questions[1:]), ""]
    if entry.metadata:
        for name, value in entry.metadata.items():
            if "\n" in value:
                base.lose(entry.key, wording.LINES_JOINED.format(name=name), dropped=False)
        pairs = (f"- {name} = {' '.join(value.split())}" for name, value in entry.metadata.items())
        lines += ["**Filters:**", *pairs, ""]
    lines += ["```markdown", entry.answers[0], "```", ""]
    if entry.prompts:
        only = {key for parent, key in follows if parent == entry.key}
        shown = (f"- [{one.text}](#{one.key}){' `context-only`' if one.key in only else ''}" for one in entry.prompts)
        lines += ["**Prompts:**", *shown, ""]
    return "\n".join(lines)
