"""The effect of a change, as a curator reads it before keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.wording import review as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.journal.trial import Effect, Said


def effect_text(effect: Effect) -> str:
    """Return what a change does: the verdict, the questions, what got worse and better, the change itself."""
    return "\n".join(_lines(effect))


def _lines(effect: Effect) -> Iterator[str]:
    if effect.harmless:
        yield words.EFFECT_OK.format(passed=effect.passed)
    else:
        yield words.EFFECT_BAD.format(failed=len(effect.failed), problems=len(effect.new_problems))
    yield from _part(words.EFFECT_ASKED, map(said_text, effect.asked))
    yield from _part(words.EFFECT_FAILED, effect.failed)
    yield from _part(words.EFFECT_PROBLEMS, effect.new_problems)
    yield from _part(words.EFFECT_MENDED, effect.mended)
    yield from _part(words.EFFECT_COMPARED, effect.compared.split("\n"))
    yield from _part(words.EFFECT_FILES, (line for file in effect.files for line in file.diff.splitlines()))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {row}" for line in found for row in line.split("\n")))


def said_text(said: Said) -> str:
    """Return what a question got before and after."""
    return (words.EFFECT_SAME if said.before == said.after else words.EFFECT_SAID).format(**said._asdict())
