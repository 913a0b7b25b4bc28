"""Figures that stand once: what answers show in place of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.language.citations import citations, cited_as, split
from dimchat.language.markup import AS_OF, filled, references
from dimchat.model import Variant
from dimchat.wording import ENGLISH, catalogue_of
from dimchat.wording.cells import period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Answer, Value


class Values:
    """The values of a pack, as its texts name them.

    >>> from dimchat.model import Value
    >>> values = Values([Value("fee", "$3", "tariff", "row 2", "2025-05")])
    >>> values.filled("It costs {{fee}} ({{fee.as_of}}). [@fee; @other]")
    'It costs $3 (May 2025). [@tariff, row 2; @other]'
    """

    def __init__(self, values: Iterable[Value], language: str = ENGLISH, written: str | None = None) -> None:
        """Keep the values by id.

        Args:
            values: Of a pack.
            language: That of the texts, as a BCP 47 tag.
            written: That of the values, where it is another one: "24 percent" is shown as "24 por ciento".
        """
        self._words = catalogue_of(language)
        self._written = catalogue_of(written or language)
        self._values = {value.id: value for value in values}

    def filled(self, text: str) -> str:
        """Return a text that shows the values in place of their ids, and cites their sources."""
        if not self._values:
            return text
        parts = split(filled(text, self._shown))
        # The odd ones are citations.
        parts[1::2] = map(self._cited, parts[1::2])
        return "".join(parts)

    def in_answer(self, answer: Answer) -> Answer:
        """Return an answer that shows the values that it names."""
        overview = answer.overview or ()
        others = (text for one in (*answer.variants, *answer.wordings) for text in one[-2:])
        own = self.named_in(answer.short, answer.text, *others, *overview)
        if not own:
            return answer
        variants = (Variant(one.reader, self.filled(one.short), self.filled(one.text)) for one in answer.variants)
        return answer._replace(
            short=self.filled(answer.short),
            text=self.filled(answer.text),
            values=own,
            variants=tuple(variants),
            wordings=tuple((self.filled(short), self.filled(text)) for short, text in answer.wordings),
            overview=(self.filled(overview[0]), self.filled(overview[1])) if overview else None,
        )

    def named_in(self, *texts: str) -> tuple[str, ...]:
        """Return the ids of the values that texts show or cite, each once, in order."""
        named = (
            name
            for text in texts
            for name in (*(one.value for one in references(text)), *(one.source for one in citations(text)))
        )
        return tuple(dict.fromkeys(name for name in named if name in self._values))

    def _shown(self, name: str) -> str | None:
        value = self._values.get(name.removesuffix(AS_OF))
        if value is None:
            return None
        if name.endswith(AS_OF):
            return period(value.as_of or "", self._words)
        percent = self._written("reply.percent", number="")
        number = value.value.removesuffix(percent)
        return value.value if number == value.value else self._words("reply.percent", number=number)

    def _cited(self, group: str) -> str:
        found = list(citations(group))
        if not any(one.source in self._values for one in found):
            return group
        return "[" + "; ".join(f"@{self._source(one.source, one.locator)}" for one in found) + "]"

    def _source(self, name: str, locator: str | None) -> str:
        value = self._values.get(name)
        return cited_as(name, locator) if value is None else cited_as(value.source, locator or value.locator)
