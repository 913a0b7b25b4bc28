"""What the files of a pack hold of entries: plain data, as `dumped` writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dimchat.commonmark import parser
from dimchat.exchange.naming import aspect_of, numbered, short_of, stem_of
from dimchat.files.text import suggest
from dimchat.files.yaml.write import Prose
from dimchat.language.citations import bare
from dimchat.model import CONVERSATION, GROUPS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dimchat.exchange.place import Placed

Data = dict[str, Any]

_CITED = re.compile(r"\s*\[@[^\[\]]*\]\s*\Z")
_ADDRESS = re.compile(r"https?://\S+")


def intent_of(one: Placed) -> Data:
    """Return what `intents/` holds of an entry."""
    made: Data = {"id": one.id, "title": one.title, "phrases": one.phrases}
    if one.next:
        made["next"] = one.next
    if one.follows:
        made["follows"] = one.follows
    return made


def answer_of(one: Placed, sources: Mapping[str, Mapping[str, str]]) -> Data | None:
    """Return what `answers/` holds of an entry; None where that is nothing.

    Args:
        one: The entry.
        sources: The records by what the file names them.
    """
    if one.stem == OUTSIDE:
        return None
    if one.stem == CONVERSATION:
        return {"id": one.id, "texts": [Prose(f"{text}\n") if "\n" in text else text for text in one.texts]}
    ids = [sources[name]["id"] for name in one.entry.sources]
    citation = f"[{'; '.join(f'@{name}' for name in ids)}]" if ids else ""
    known = {record["id"] for record in sources.values()}
    texts = [escaped(text, known) for text in one.texts]
    forms = [{"short": f"{short_of(text)} {citation}".strip(), "text": Prose(cited(text, citation))} for text in texts]
    made: Data = {"id": one.id, **forms[0]}
    if forms[1:]:
        made["wordings"] = forms[1:]
    if one.entry.metadata:
        made["metadata"] = dict(one.entry.metadata)
    return made


def escaped(text: str, sources: Collection[str]) -> str:
    r"""Return a text in which nothing is a citation of one of the sources: `\@` is what it was, and cites nothing."""
    names = [(at, name) for at, name in bare(text) if name in sources or suggest(name, sources)]
    for at, _ in reversed(names):
        text = f"{text[:at]}\\{text[at:]}"
    return text


def cited(text: str, citation: str) -> str:
    """Return a text with a citation at its end: behind its last paragraph, or below code, a table or a heading."""
    if not citation:
        return f"{text}\n"
    last = max((t.map[1] for t in parser().parse(text) if t.type == "paragraph_open" and t.map), default=0)
    behind = last == len(text.split("\n"))
    return f"{text} {citation}\n" if behind else f"{text}\n\n{citation}\n"


def uncited(text: str) -> str:
    """Return a text without the citation at its end."""
    return _CITED.sub("", text)


def sources_of(placed: Iterable[Placed], there: Sequence[Mapping[str, str]], today: str) -> dict[str, Data]:
    """Return a record for each source that entries name, by that name.

    Args:
        placed: The entries.
        there: The records that the pack has; they are taken where address or title is the same.
        today: The day on which a document was at hand.
    """
    known = {record.get(key, ""): dict(record) for record in there for key in ("title", "URL")}
    taken = {record["id"] for record in there}
    made: dict[str, Data] = {}
    for name in dict.fromkeys(name for one in placed if one.stem not in GROUPS for name in one.entry.sources):
        if name in known:
            made[name] = known[name]
            continue
        short = re.sub(r"^https?://(www\.)?", "", name).rstrip("/")
        stem = stem_of(short).replace("_", "-")
        own = numbered(stem if len(stem) > 1 else f"source-{stem}".strip("-"), taken, "-")
        taken.add(own)
        address = _ADDRESS.fullmatch(name) is not None
        made[name] = {"id": own, "type": "webpage" if address else "document", "title": short if address else name}
        made[name] |= {"URL": name} if address else {"accessed": today}
    return made


def vocabulary_of(
    placed: Iterable[Placed], topics: Collection[str] = (), aspects: Collection[str] = ()
) -> tuple[list[Data], list[Data]]:
    """Return the topics and aspects that ids need and the vocabulary has not yet."""
    new_topics: dict[str, Data] = {}
    new_aspects: dict[str, Data] = {}
    for one in placed:
        topic, _, aspect = one.id.partition(".")
        if topic in GROUPS:
            continue
        if topic not in topics:
            name = one.category if topic == one.stem else topic.replace("_", " ")
            new_topics.setdefault(topic, {"id": topic, "kind": "subject", "names": [name]})
        if aspect not in aspects:
            title = aspect.replace("_", " ")
            asked = aspect_of(one.phrases[0]) if one.phrases else title
            title = asked if stem_of(asked) == aspect else title
            new_aspects.setdefault(aspect, {"id": aspect, "title": title, "cues": [title]})
    return list(new_topics.values()), list(new_aspects.values())


def synonyms_of(groups: Iterable[tuple[str, ...]], there: Collection[str]) -> list[Data]:
    """Return groups of synonyms as the vocabulary holds them: the first word stands for the others."""
    taken = {word.casefold() for word in there}
    made = []
    for first, *others in groups:
        new = [word for word in dict.fromkeys(others) if word.casefold() not in taken | {first.casefold()}]
        if new:
            taken |= {word.casefold() for word in new}
            made.append({"word": first, "also": new})
    return made
