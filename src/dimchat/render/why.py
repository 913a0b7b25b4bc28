"""Why a reply came, in two sentences that a person understands; the figures are `explanation_to_plain`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.files.text import harmless
from dimchat.model import OUTSIDE
from dimchat.wording import catalogue_of
from dimchat.wording.cells import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.model import Pack
    from dimchat.render.json_reply import Explained
    from dimchat.wording import Catalogue

_CLOSE = 0.2
"""The confidence from which another question came close."""
_NEAR = 0.03
"""The confidence below which nothing was near."""
_SHOWN = 3
"""How many choices are named."""
_LONGEST = 80
"""Characters of a phrase that are quoted."""


def why(explanation: Explained, pack: Pack, *, words: Catalogue | None = None) -> str:
    """Return two sentences: how the message was read, and what came of it.

    Args:
        explanation: What `Assistant.explain` gave.
        pack: Its answer set.
        words: What dimchat says of its own; None for the language of the pack.

    >>> from dimchat import open_assistant
    >>> assistant = open_assistant()
    >>> why(assistant.explain("what is the CRA"), assistant.pack).partition("because")[0]
    'I read this as “What is the CRA?” '
    """
    said = words or catalogue_of(pack.language)
    return harmless(_Why(explanation.to_dict(), pack, said).sentences())


class _Why:
    """One explanation, and the words to tell it in."""

    def __init__(self, data: dict[str, Any], pack: Pack, words: Catalogue) -> None:
        self._data, self._pack, self._words = data, pack, words
        won = next((reading for reading in data["readings"] if reading["won"]), None)
        self._completed = won is not None and won["name"] != "alone"
        self._ranked: list[dict[str, Any]] = won["candidates"] if won else []

    def sentences(self) -> str:
        kind, intents, options = (self._data[name] for name in ("kind", "intents", "options"))
        if kind in ("safety", "smalltalk"):
            return self._words(f"reply.why_said.{kind}")
        if kind == "answer" and not intents:
            return str(self._data["decision"])
        if kind == "answer":
            return " ".join((self._answer(intents), self._beside(intents)))
        if kind == "clarify" and options:
            return " ".join(
                (self._words("reply.why_said.clarify", titles=self._titles(options[:_SHOWN])), self._near())
            )
        return self._decline()

    def _answer(self, intents: Sequence[str]) -> str:
        titles, phrase = self._titles(intents), self._phrase(intents[0])
        if not self._data["readings"] or not (phrase or self._completed):
            return self._words("reply.why_said.picked", titles=titles)
        if self._completed and (self._data["context"]["topic"] or self._data["context"]["last"]):
            return self._words("reply.why_said.goes_on", titles=titles)
        if not phrase:
            return self._words("reply.why_said.names", titles=titles)
        return self._words("reply.why_said.answer", titles=titles, phrase=phrase)

    def _beside(self, intents: Sequence[str]) -> str:
        """Say what else came close."""
        rival = next((one for one in self._ranked if self._is_own(one) and one["intent"] not in intents), None)
        if rival is None or rival["confidence"] < _CLOSE:
            return self._words("reply.why_said.alone")
        return self._words("reply.why_said.rival", title=self._titles([rival["intent"]]))

    def _near(self) -> str:
        """Say what the words came nearest to."""
        phrase = next((self._phrase(one["intent"]) for one in self._ranked if self._is_own(one)), "")
        return self._words("reply.why_said.nearest", phrase=phrase) if phrase else self._words("reply.why_said.pick")

    def _decline(self) -> str:
        first = self._ranked[0] if self._ranked else None
        if first is None:
            return self._words("reply.why_said.unknown")
        group = self._pack.outside_group.get(first["intent"])
        if group is not None and self._data["reason"] == "reply.outside":
            return self._words("reply.why_said.outside", title=group.title, phrase=self._phrase(group.id))
        near = next((one for one in self._ranked if self._is_own(one)), None)
        if near is None or near["confidence"] < _NEAR:
            return self._words("reply.why_said.unknown")
        return self._words(
            "reply.why_said.decline", title=self._titles([near["intent"]]), phrase=self._phrase(near["intent"])
        )

    def _is_own(self, candidate: dict[str, Any]) -> bool:
        return not candidate["intent"].startswith(f"{OUTSIDE}.") and candidate["intent"] in self._pack.answer

    def _phrase(self, intent: str) -> str:
        phrase = next((one["phrase"] for one in self._ranked if one["intent"] == intent), "")
        return phrase if len(phrase) <= _LONGEST else phrase[: _LONGEST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"

    def _titles(self, intents: Sequence[str]) -> str:
        quoted = [self._words("reply.quoted", text=title) for title in self._pack.titles_of(intents)]
        return listed(quoted, self._words)
