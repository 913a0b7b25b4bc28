"""What messages are looked up in, worked out once for a pack.

An index holds it, so that opening a pack reads none of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dimchat.dialogue.understand.cues import CueHeads, Cues
from dimchat.dialogue.understand.slot_finder import SlotFinder, masked
from dimchat.dialogue.understand.slot_names import SlotNames
from dimchat.dialogue.understand.smalltalk import SmallTalk, Talk
from dimchat.dialogue.understand.vocabulary import PackNames, VocabularyIndex
from dimchat.language.patterns import Heads
from dimchat.language.tokens import normalise
from dimchat.model import SAFETY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.model import Pack


class Lookups(NamedTuple):
    """All that is looked up in a message before it is ranked; it hangs on nothing but what is learnt of a pack."""

    names: PackNames
    slots: SlotNames
    talk: Talk
    safety: CueHeads
    titles: Mapping[str, str]
    """Ids by titles: the words of these with blanks between, and with the word of a slot for each of its values."""

    @classmethod
    def of(cls, pack: Pack) -> Self:
        """Return what a pack says."""
        names = PackNames.of(pack)
        slots = SlotFinder(pack.vocabulary)
        talk = SmallTalk(pack, VocabularyIndex(pack, names)).held
        titles = {normalise(masked(one.title, slots.find(one.title))): one.id for one in pack.browsable}
        return cls(names, SlotNames.of(pack.vocabulary), talk, Cues(pack, SAFETY).heads, titles)

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """Return lookups of which JSON made a list of lists.

        Raises:
            TypeError: They are no such list; or ValueError.
        """
        names, slots, (phrases, cues), safety, titles = data
        return cls(PackNames(*names), SlotNames(*slots), Talk(phrases, _heads(cues)), _heads(safety), titles)


def _heads(data: Sequence[Any]) -> CueHeads:
    cues, idioms = data
    return CueHeads(Heads(*cues), Heads(*idioms))
