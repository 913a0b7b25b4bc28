"""What keeps a pack true: where each value is shown, and what of it is due for review."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.wording import ENGLISH, catalogue_of
from dimchat.wording.cells import period

if TYPE_CHECKING:
    from datetime import date

    from dimchat.model import Pack, Place, Value


class Use(NamedTuple):
    """A value with the answers that show or cite it."""

    value: Value
    answers: tuple[str, ...]

    @property
    def line(self) -> str:
        """Return it as a person reads it."""
        value = self.value
        date = f" ({period(value.as_of, catalogue_of(ENGLISH))})" if value.as_of else ""
        place = f", {value.locator}" if value.locator else ""
        return f"{value.id}  {value.value}{date}  {value.source}{place}\n    {', '.join(self.answers) or '-'}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        value = self.value
        return {
            **{name: getattr(value, name) for name in ("id", "value", "source", "locator", "as_of", "owner")},
            "review_by": value.review_by.isoformat() if value.review_by else None,
            "place": str(value.place),
            "answers": list(self.answers),
        }


def uses(pack: Pack) -> list[Use]:
    """Return the values of a pack in the order of their file, each with the answers that show or cite it."""
    found: dict[str, list[str]] = {value.id: [] for value in pack.values}
    for answer in pack.answers:
        for name in answer.values:
            found[name].append(answer.id)
    return [Use(value, tuple(found[value.id])) for value in pack.values]


class Due(NamedTuple):
    """One thing that is due."""

    review_by: date
    kind: str
    """`answer`, `value` or `source`."""
    id: str
    owner: str | None
    place: Place

    def line(self, today: date) -> str:
        """Return it as a person reads it, with how long there is."""
        days = (self.review_by - today).days
        when = f"in {days} days" if days > 0 else "today" if days == 0 else f"{-days} days ago"
        owner = f"  {self.owner}" if self.owner else ""
        return f"{self.review_by}  {when:<13}  {self.kind:<6}  {self.id}{owner}  {self.place.file}:{self.place.line}"

    def to_dict(self, today: date) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "review_by": self.review_by.isoformat(),
            "days": (self.review_by - today).days,
            "kind": self.kind,
            "id": self.id,
            "owner": self.owner,
            "place": str(self.place),
        }


def due(pack: Pack, today: date, within: int, owner: str | None = None) -> list[Due]:
    """Return what is due within so many days or was before, the oldest first.

    Args:
        pack: The answer set; drafts are not due.
        today: The day that is counted from.
        within: How many days ahead to look.
        owner: Whose alone; None for everybody's.
    """
    last = today + timedelta(days=within)
    held = (("answer", pack.answers), ("value", pack.values), ("source", pack.sources))
    found = (
        Due(one.review_by, kind, one.id, one.owner, one.place)
        for kind, records in held
        for one in records
        if one.review_by is not None and one.review_by <= last
    )
    return sorted(one for one in found if owner is None or one.owner == owner)
