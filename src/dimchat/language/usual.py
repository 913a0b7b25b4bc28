"""What people usually ask of anything: the price, the hours, how to cancel; with the words that a language has for it.

Who asks "how much" means the same as who asks "what does it cost", which no pack needs to say of its own. Words stand
as people write them; they are compared by their stems.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


_TABLES = {"en": "dimchat.language.usual_english", "es": "dimchat.language.usual_spanish"}
"""The module of each language, which only a curator's tool needs."""


class Usual(NamedTuple):
    """One thing that is usually asked."""

    title: str
    """A noun that fits "the ... of X"."""
    cues: tuple[str, ...]
    """Words and short phrases that ask for it."""
    signs: tuple[str, ...]
    """Those by which a question is known to ask it."""
    general: bool
    """Whether it can be asked of anything: then what else a question says may be what it is really about."""


class UsualWords(NamedTuple):
    """What a language has words for."""

    asked: tuple[Usual, ...] = ()
    kinds: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Words that say of which kind a topic is, by kind."""
    idle: frozenset[str] = frozenset()
    """Words that name no matter of their own."""
    denying: frozenset[str] = frozenset()
    """Words that deny what follows."""
    asking: frozenset[str] = frozenset()
    """Question words, which ask where they come first."""
    doing: tuple[str, str] | None = None
    """Two words of a question about doing something, and not about a thing: what it costs to miss a visit."""
    joins: str = ""
    """A regular expression for what joins the parts of a title: "Rooms and computers"."""


def entry(title: str, cues: str, *, signs: str = "", general: bool = False) -> Usual:
    """Read a line of a table: commas part the words; without signs, the cues are what a question is known by.

    >>> entry("cost", "how much, price").signs
    ('how much', 'price')
    """
    listed, known = (tuple(part.strip() for part in text.split(",") if part.strip()) for text in (cues, signs))
    return Usual(title, listed, known or listed, general)


@cache
def usual_in(language: str) -> UsualWords:
    """Return the words of a language; those of one without a table are none.

    Args:
        language: A BCP 47 tag; its first part counts.
    """
    code = language.partition("-")[0].lower()
    return importlib.import_module(_TABLES[code]).USUAL if code in _TABLES else UsualWords()
