"""What a visitor can be looking at: values, so that going back is easy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.apps.chat.session import Turn
    from dimchat.model import Category


@dataclass(frozen=True, slots=True)
class Tiles:
    """The topics."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one topic."""

    category: Category


@dataclass(frozen=True, slots=True)
class Said:
    """A reply."""

    turn: Turn
    whole: bool = False


View = Tiles | Questions | Said
