"""From `[@source, locator]` in an answer to numbers and the list that they point into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.language.citations import replaced
from dimchat.model import Citation

if TYPE_CHECKING:
    from dimchat.model import Answer, Pack

_BETWEEN = "\n\n"


class Numbering:
    """Hands out one number for each source and locator, by first appearance."""

    def __init__(self, pack: Pack) -> None:
        """Start with no citations.

        Args:
            pack: Where the sources are described.
        """
        self._pack = pack
        self._numbers: dict[tuple[str, str | None], int] = {}

    def numbered(self, markdown: str) -> str:
        """Return the text with its citations as [1], [2]."""
        return replaced(markdown, self._group)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return what was cited so far, by number."""
        return tuple(self._citation(number, *key) for key, number in self._numbers.items())

    def _group(self, cited: list[tuple[str, str | None]]) -> str:
        numbers = (self._numbers.setdefault(key, len(self._numbers) + 1) for key in cited)
        return "".join(f"[{number}]" for number in dict.fromkeys(numbers))

    def _citation(self, number: int, source_id: str, locator: str | None) -> Citation:
        source = self._pack.source.get(source_id)
        return Citation(
            number=number,
            source=source_id,
            title=source.title if source else source_id,
            publisher=source.publisher if source else None,
            url=source.url if source else None,
            locator=locator,
            accessed=source.accessed if source else None,
        )


def cited(pack: Pack, answers: tuple[Answer, ...]) -> tuple[str, str, tuple[Citation, ...]]:
    """Return the short form, the whole text and the citations of one answer or of several in a row."""
    numbering = Numbering(pack)
    short = numbering.numbered(_BETWEEN.join(answer.short.strip() for answer in answers))
    text = numbering.numbered(_BETWEEN.join(answer.text.strip() for answer in answers))
    return short, text, numbering.citations
