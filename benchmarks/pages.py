"""Writing what was measured into a page: between marks, so that the words around it stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def put(page: Path, name: str, text: str) -> None:
    """Replace a section of a page, or add it at the end.

    Args:
        page: A Markdown file; made where it is missing.
        name: Of the section.
        text: What goes into it.
    """
    begin, end = f"<!-- {name}: begin, written by benchmarks/ -->", f"<!-- {name}: end -->"
    old = page.read_text(encoding="utf-8") if page.exists() else "# Benchmarks\n"
    section = f"{begin}\n\n{text.strip()}\n\n{end}"
    if begin in old:
        before, _, rest = old.partition(begin)
        new = before + section + rest.partition(end)[2]
    else:
        new = f"{old.rstrip()}\n\n{section}\n"
    page.write_text(new, encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, numbers to the right.

    Args:
        head: The titles of the columns.
        rows: The cells.
    """
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def verdict(*, reached: bool) -> str:
    """Return the last cell of a row of aims."""
    return "reached" if reached else "**missed**"
