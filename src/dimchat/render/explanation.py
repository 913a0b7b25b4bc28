"""An explanation for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from dimchat.files.text import harmless
from dimchat.wording import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from dimchat.model import Pack
    from dimchat.wording import Catalogue


class Explained(Protocol):
    """What can be shown; `dimchat.dialogue.Explanation` is one."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        ...


def explanation_to_json(explanation: Explained) -> str:
    """Return the explanation as one line of JSON."""
    from dimchat.files.json_text import dumps  # noqa: PLC0415 - the chat paints before it needs this

    return dumps(explanation.to_dict())


def explanation_to_plain(explanation: Explained, pack: Pack | None = None, *, words: Catalogue | None = None) -> str:
    """Return the explanation as lines to read.

    Args:
        explanation: What `Assistant.explain` gave.
        pack: With it, ids come with their titles.
        words: What dimchat says of its own; None for the language of the pack.
    """
    said = words or catalogue_of(pack.language if pack else ENGLISH)
    data = explanation.to_dict()
    labels = said.below("reply.why")
    lines = [_row(labels["asked"], data["question"]), _row(labels["read"], data["normalised"])]
    lines += [_row(labels["words"], ", ".join(_word(word, said) for word in data["words"]))]
    for name in ("frames", "pronouns", "topics", "aspects", "slots"):
        lines += [_row(labels[name], ", ".join(data[name]))] if data[name] else []
    lines += [_row(labels["safety"], data["safety"])] if data["safety"] else []
    leans = [f"{name} {data['context'][name]}" for name in ("topic", "aspect") if data["context"][name]]
    leans += [f"{name} {', '.join(values)}" for name, values in data["context"]["slots"]]
    leaning = ", ".join(leans)
    lines.append(_row(labels["context"], leaning or said("reply.why_nothing")))
    for reading in data["readings"]:
        name = said("reply.why_won", reading=reading["name"]) if reading["won"] else reading["name"]
        lines += ["", f"{name}: {reading['text']} ({reading['why']})", f"  {reading['verdict']}"]
        lines += [_candidate(candidate, pack) for candidate in reading["candidates"]]
    lines += ["", _row(labels["bar"], said("reply.why_needs", floor=data["floor"], margin=data["margin"]))]
    lines.append(_row(labels["decision"], data["decision"]))
    outcome = ", ".join(data["intents"] or data["options"])
    lines.append(_row(labels["reply"], f"{data['kind']} {outcome}".rstrip()))
    lines += [_row(labels["rows"], "; ".join(data["rows"]))] if data["rows"] else []
    return harmless("\n".join(lines))


def _row(label: str, value: str) -> str:
    return f"{label:<10}{' '.join(value.split())}"


def _word(word: dict[str, Any], words: Catalogue) -> str:
    read = word["text"]
    if word["read_as"] != read:
        read = words("reply.why_word", word=read, read_as=word["read_as"])
    return f"{read} ({word['how']} {word['weight']:.2f})"


def _candidate(candidate: dict[str, Any], pack: Pack | None) -> str:
    known = pack.intent.get(candidate["intent"]) if pack else None
    title = f"  {known.title}" if known else ""
    line = f"  {candidate['confidence']:.2f} {candidate['margin']:+.2f}  {candidate['intent']}{title}"
    return f'{line}\n               "{candidate["phrase"]}"' if candidate["phrase"] else line
