"""dimchat's own matcher, as anybody would use it from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.language.tokens import normalise
from dimchat.match import Matcher, calibrate
from dimchat.match.lessons import in_order
from dimchat.match.options import options_for
from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUP = "outside."
"""How the intents begin that are groups of lines outside a pack."""


class Dimchat:
    """`Matcher.fit` and `Matcher.rank` without a vocabulary and without the encoder."""

    language = "en"

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Learn the phrases."""
        pairs = list(zip(phrases, intents, strict=True))
        inside = [pair for pair in pairs if not pair[1].startswith(GROUP)]
        outside: dict[str, list[str]] = {}
        for phrase, intent in pairs:
            if intent.startswith(GROUP):
                outside.setdefault(intent, []).append(phrase)
        learnt, meant = map(list, zip(*inside, strict=True))
        self._matcher = self._made(learnt, meant, outside)

    def _made(self, phrases: list[str], intents: list[str], outside: dict[str, list[str]]) -> Matcher:
        return Matcher.fit(
            phrases, intents, outside=outside, options=options_for(self.language)._replace(encoder=False)
        )

    def ask(self, text: str) -> Guess:
        """Return the best candidate, with the evidence that comes with it."""
        found = self._matcher.rank(text)
        return Guess(found[0].intent, found[0].confidence) if found else Guess("", 0.0)


class DimchatMeaning(Dimchat):
    """The same with its defaults: with the encoder where that reads the language, and not calibrated."""

    def _made(self, phrases: list[str], intents: list[str], outside: dict[str, list[str]]) -> Matcher:
        return Matcher.fit(phrases, intents, outside=outside, options=options_for(self.language))


class DimchatTuned(Dimchat):
    """The same as a pack has it: calibrated, with the encoder where that reads the language."""

    def _made(self, phrases: list[str], intents: list[str], outside: dict[str, list[str]]) -> Matcher:
        matcher = super()._made(phrases, intents, outside)
        if self.language != "en":
            return matcher
        from dimchat.match.encoder import digest, encoder  # noqa: PLC0415 - words alone do without

        lines = [normalise(text) for _, text in in_order(phrases, intents, outside)]
        vectors = encoder().encode(lines)
        found = calibrate(phrases, intents, outside=outside, vectors=vectors)
        return matcher.with_meaning(vectors, digest()).with_calibration(found)


class DimchatPack(Dimchat):
    """The bundled pack as it is used: with vocabulary, near misses and outside groups."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:  # noqa: ARG002 - the pack is more than these
        """Learn the pack anew."""
        from dimchat.index.prebuilt import learn  # noqa: PLC0415
        from dimchat.pack import find_pack  # noqa: PLC0415 - only the pack needs these

        self._matcher = learn(find_pack(None))[1]
