"""dimchat's own matcher, as anybody would use it from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.match import Matcher
from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUP = "outside."
"""How the intents begin that are groups of lines outside a pack."""


class Dimchat:
    """`Matcher.fit` and `Matcher.rank` without a vocabulary."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Learn the phrases."""
        pairs = list(zip(phrases, intents, strict=True))
        inside = [pair for pair in pairs if not pair[1].startswith(GROUP)]
        outside: dict[str, list[str]] = {}
        for phrase, intent in pairs:
            if intent.startswith(GROUP):
                outside.setdefault(intent, []).append(phrase)
        self._matcher = Matcher.fit(*map(list, zip(*inside, strict=True)), outside=outside)

    def ask(self, text: str) -> Guess:
        """Return the best candidate, with the evidence that comes with it."""
        found = self._matcher.rank(text)
        return Guess(found[0].intent, found[0].confidence) if found else Guess("", 0.0)


class DimchatPack(Dimchat):
    """The bundled pack as it is used: with vocabulary, near misses and outside groups."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:  # noqa: ARG002 - the pack is more than these
        """Learn the pack anew."""
        from dimchat.index.prebuilt import learn  # noqa: PLC0415
        from dimchat.pack import find_pack  # noqa: PLC0415 - only the pack needs these

        self._matcher = learn(find_pack(None))[1]
