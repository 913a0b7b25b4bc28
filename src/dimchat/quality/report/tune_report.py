"""The report of tuning a pack: each value of its calibration, beside what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.match.options import DEFAULT
from dimchat.quality.report.document import Document, Section, Table
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Calibration


def document(before: Calibration | None, after: Calibration, name: str) -> Document:
    """Return the report.

    Args:
        before: The calibration that the pack had; None where it had none.
        after: The one that was computed.
        name: What to call the pack.
    """
    was, now = dict(_values(before)) if before else {}, dict(_values(after))
    width = max(map(len, now))
    lines = [
        f"{key:<{width}}  {value}{f'  (was {was[key]})' if was.get(key, value) != value else ''}"
        for key, value in now.items()
    ]
    lines += _too_little(after)
    rows = tuple((key, value, was.get(key, "")) for key, value in now.items())
    return Document(
        wording.CALIBRATION_OF.format(name=name),
        (),
        (Section(wording.OVERALL_CALIBRATION, (Table("", wording.CALIBRATION_HEAD, rows, frozenset({1, 2})),)),),
        lines=("\n".join(lines),),
        data={"schema": "dimchat.tune/1", "values": now, "before": was or None},
    )


def _too_little(calibration: Calibration) -> Iterator[str]:
    """Yield what the pack has too little of to be judged by."""
    found = dict(calibration.found)
    asked, outside, least = int(found.get("questions", 0)), int(found.get("outside questions", 0)), DEFAULT.own_lines
    if not asked:
        yield wording.NOTHING_ASKED
    elif asked < least:
        yield wording.FEW_ASKED.format(least=least, count=asked, own=asked / least)
    if asked and not outside:
        yield wording.NO_OUTSIDE


def _values(calibration: Calibration) -> Iterator[tuple[str, str]]:
    yield "floor", f"{calibration.floor:.3f}"
    yield "margin", f"{calibration.margin:.3f}"
    yield from calibration.found
