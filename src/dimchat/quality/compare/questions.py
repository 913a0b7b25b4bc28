"""Everything that a pack is asked when its replies are recorded: its cases, and every line that it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.errors import CaseError
from dimchat.pack.rules import Report
from dimchat.quality.cases import Expectation, Item, read_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dimchat.model import Pack, Place, Problem
    from dimchat.quality.compare.parts import Part

_VAIN = frozenset({"unknown-intent", "unknown-outside", "unknown-source", "stray-expectation"})

Origin = Literal["case", "phrase", "title", "not", "outside"]
ORIGINS: tuple[Origin, ...] = ("case", "phrase", "title", "not", "outside")


class Key(NamedTuple):
    """What tells a question from others, on whatever line it stands and whatever is expected of it."""

    origin: Origin
    owner: str
    """The file of a case; the id for titles and near misses; "" for phrases, which may edit to another id."""
    after: tuple[str, ...]
    ask: str
    turn: int = 0
    """The how many-eth of its like it is."""


class Question(NamedTuple):
    """One message that is asked of a pack, with what should come."""

    key: Key
    item: Item
    owner: str
    """The id that the line belongs to; for a case the id that it expects, "" where it expects none."""

    @property
    def after(self) -> tuple[str, ...]:
        """Return the messages before it; questions are worked on like items."""
        return self.item.after


def questions_of(root: Path, pack: Pack, parts: Iterable[Part]) -> tuple[dict[Key, Question], tuple[Problem, ...]]:
    """Return what a pack is asked, cases first, and what its cases expect in vain, such as ids that it does not have.

    Such a case is asked all the same: that an intent is gone is what a comparison must show. The parts of the pack tell
    the places of titles.

    Raises:
        CaseError: The cases cannot be read, for other reasons than unknown ids.
    """
    report = Report()
    items = read_items((), root, pack, report)
    vain = tuple(problem for problem in report.errors if problem.rule in _VAIN)
    if len(vain) < len(report.errors):
        raise CaseError(report.errors)
    found: dict[Key, Question] = {}
    for origin, owner, item in _lines(pack, items, {part.owner: part.place for part in parts if part.kind == "title"}):
        key = Key(origin, _held(origin, owner, item), item.after, item.ask)
        while key in found:
            key = key._replace(turn=key.turn + 1)
        found[key] = Question(key, item, owner)
    return found, vain


def _held(origin: Origin, owner: str, item: Item) -> str:
    if origin == "case":
        return item.place.file
    return owner if origin in ("title", "not") else ""


def _lines(pack: Pack, items: list[Item], titles: dict[str, Place]) -> Iterator[tuple[Origin, str, Item]]:
    for item in items:
        yield "case", item.expect.intent or "", item
    for intent in pack.own:
        yield "title", intent.id, line_item("title", intent.id, intent.title, titles.get(intent.id, intent.place))
        for phrase in intent.phrases:
            yield "phrase", intent.id, line_item("phrase", intent.id, phrase.text, phrase.place)
        for phrase in intent.not_:
            yield "not", intent.id, line_item("not", intent.id, phrase.text, phrase.place)
    for group in pack.outside:
        for phrase in group.phrases:
            yield "outside", group.id, line_item("outside", group.id, phrase.text, phrase.place)


def line_item(origin: Origin, owner: str, text: str, place: Place) -> Item:
    """Return the item of a learnt line: its intent answers, a near miss does not, an outside line declines."""
    if origin == "not":
        return Item(place, text, Expectation(not_intent=(owner,)))
    return Item(place, text, Expectation(kind="decline") if origin == "outside" else Expectation(intent=owner))
