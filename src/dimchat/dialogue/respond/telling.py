"""How an answer is told: for whom, as of when, who knows more, with numbers for its sources and words for its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat import wording
from dimchat.language.citations import replaced
from dimchat.language.markup import worded
from dimchat.model import Citation

if TYPE_CHECKING:
    from dimchat.model import Answer, Pack

_BETWEEN = "\n\n"


def as_told(pack: Pack, answer: Answer, reader: str | None) -> Answer:
    """Return an answer with the short form and the text that a reader gets, which say what they are.

    Args:
        pack: Where readers have names.
        answer: As it stands in the pack.
        reader: Who asks, where they said so; an answer without a variant for them is told as to everyone.
    """
    short, text = answer.short, answer.text
    variant = next((one for one in answer.variants if one.reader == reader), None)
    if variant is not None:
        short = wording.FOR_READER.format(reader=pack.reader[variant.reader], short=variant.short)
        text = variant.text
    notes = (
        wording.AS_OF.format(period=wording.period(answer.as_of)) if answer.as_of else "",
        wording.ended(wording.ANSWER_CONTACT.format(contact=answer.contact)) if answer.contact else "",
    )
    if variant is None and not any(notes):
        return answer
    return answer._replace(short=short, text=_BETWEEN.join(filter(None, (text.strip("\n"), *notes))))


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
        """Return the text with its citations as [1], [2], and its marks in words: the one place, for every face."""
        return replaced(worded(markdown, wording.MARKS), self._group)

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
