"""Where the values of a pack are shown: what one edit of them moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.wording import ENGLISH, catalogue_of
from dimchat.wording.cells import period

if TYPE_CHECKING:
    from dimchat.model import Pack, Value


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
