"""How an answer is told: for whom, as of when, who knows more, with numbers for its sources and words for its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.commonmark import BREAK
from dimchat.language.citations import replaced
from dimchat.language.markup import worded
from dimchat.model import Citation, Part, Variant
from dimchat.wording import catalogue_of
from dimchat.wording.cells import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dimchat.model import Answer, Pack
    from dimchat.reply import Reply
    from dimchat.wording import Catalogue

_BETWEEN = "\n\n"


def as_told(pack: Pack, answer: Answer, reader: str | None, words: Catalogue, turn: int = 0) -> Answer:
    """Return an answer with the short form and the text that a reader gets, which say what they are.

    Args:
        pack: Where readers have names.
        answer: As it stands in the pack.
        reader: Who asks, where they said so; an answer without a variant for them is told as to everyone.
        words: What dimchat says of its own.
        turn: How many messages came before; of several wordings each has its turn.
    """
    if answer.language:
        answer = _in_its_own_words(answer)
    ways = ((answer.short, answer.text), *answer.wordings)
    short, text = ways[turn % len(ways)]
    variant = next((one for one in answer.variants if one.reader == reader), None)
    if variant is not None:
        short = words("reply.for_reader", reader=pack.reader[variant.reader], short=variant.short)
        text = variant.text
    notes = (
        words("reply.as_of", period=period(answer.as_of, words)) if answer.as_of else "",
        ended(words("reply.contact", contact=answer.contact)) if answer.contact else "",
    )
    if variant is None and not answer.wordings and not any(notes):
        return answer
    overview = (answer.overview[0], joined(answer.overview[1].strip("\n"), *notes)) if answer.overview else None
    return answer._replace(short=short, text=joined(text.strip("\n"), *notes), overview=overview)


def _in_its_own_words(answer: Answer) -> Answer:
    """Return an answer that nobody has translated with its marks in words of its language, not of the visitor's."""
    marks = catalogue_of(answer.language).below("reply.mark")

    def pair(both: tuple[str, str]) -> tuple[str, str]:
        return worded(both[0], marks), worded(both[1], marks)

    short, text = pair((answer.short, answer.text))
    return answer._replace(
        short=short,
        text=text,
        overview=pair(answer.overview) if answer.overview else None,
        wordings=tuple(map(pair, answer.wordings)),
        variants=tuple(Variant(one.reader, *pair(one[-2:])) for one in answer.variants),
    )


def untranslated(answers: Sequence[Answer], words: Catalogue) -> str:
    """Return what is said before answers that nobody has translated; nothing where there is none."""
    foreign = list(dict.fromkeys(answer.language for answer in answers if answer.language))
    if not foreign:
        return ""
    message = "reply.untranslated" if all(answer.language for answer in answers) else "reply.untranslated_part"
    return words(message, language=words(f"reply.language.{foreign[0].partition('-')[0].lower()}"))


def language_of(reply: Reply, pack: Pack) -> str:
    """Return the language of what a reply tells: that of its answers where all of them stand in another one."""
    told = [pack.answer[i].language for i in (*reply.intents, reply.about) if i in pack.answer]
    return told[0] or pack.language if len(set(told)) == 1 else pack.language


def ended(text: str) -> str:
    """Return a text whose last sentence ends with one full stop, though a title with its own stands at its end."""
    return text[:-1] if text.endswith(("?.", "!.", "..", "\N{HORIZONTAL ELLIPSIS}.")) else text


def after_alarm(reply: Reply, pack: Pack, words: Catalogue, turn: int) -> Reply:
    """Return small talk after a notice that somebody may be in danger: no courtesy, but the notice's numbers again.

    Args:
        reply: What would be said otherwise.
        pack: The answer set; of its notice, the last paragraph says what this program is, and is left out.
        words: What dimchat says of its own.
        turn: Of several wordings each has its turn.
    """
    notices = pack.wordings.get("safety.emergency") or (words("reply.safety"),)
    paragraphs = BREAK.split(notices[turn % len(notices)].strip())
    text = joined(words("reply.after_alarm", turn=turn), *(paragraphs[:-1] or paragraphs))
    return reply._replace(text=text, lead=text)


def entries(citations: Iterable[Citation]) -> str:
    """Return sources as the items of a list."""
    return "\n".join(
        f"{c.number}. " + ", ".join(part for part in (c.title, c.publisher, c.locator) if part) for c in citations
    )


class Numbering:
    """Hands out one number for each source and locator, by first appearance."""

    def __init__(self, pack: Pack, words: Catalogue) -> None:
        """Start with no citations.

        Args:
            pack: Where the sources are described.
            words: What is said of marks.
        """
        self._pack = pack
        self._marks = words.below("reply.mark")
        self._numbers: dict[tuple[str, str | None], int] = {}

    def numbered(self, markdown: str) -> str:
        """Return the text with its citations as [1], [2], and its marks in words: the one place, for every face."""
        return replaced(worded(markdown, self._marks), self._group)

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


def joined(*texts: str) -> str:
    """Return texts one below the other, those left out that are empty."""
    return _BETWEEN.join(filter(None, texts))


def cited(
    pack: Pack, answers: tuple[Answer, ...], words: Catalogue | None = None
) -> tuple[str, str, tuple[Citation, ...]]:
    """Return the short form, the whole text and the citations of one answer or of several in a row.

    Args:
        pack: The answer set.
        answers: Those that are given.
        words: What dimchat says of its own; None for the language of the pack.
    """
    parts, citations = in_parts(pack, answers, words)
    return joined(*(part.short for part in parts)), joined(*(part.text for part in parts)), citations


def in_parts(
    pack: Pack, answers: tuple[Answer, ...], words: Catalogue | None = None
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return one answer or several in a row, each with its title, and the citations of all.

    Args:
        pack: The answer set.
        answers: Those that are given.
        words: What dimchat says of its own; None for the language of the pack.
    """
    numbering = Numbering(pack, words or catalogue_of(pack.language))
    shorts = [numbering.numbered(answer.short.strip()) for answer in answers]
    texts = [numbering.numbered(answer.text.strip()) for answer in answers]
    titles = pack.titles_of(answer.id for answer in answers)
    return tuple(map(Part, titles, shorts, texts)), numbering.citations


def only_title(parts: Sequence[Part]) -> str:
    """Return the title of a single answer."""
    return parts[0].title if len(parts) == 1 else ""


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def earliest(days: Iterable[date | None]) -> date | None:
    """Return the date that several answers share: they are as old as the oldest."""
    return min((day for day in days if day), default=None)
