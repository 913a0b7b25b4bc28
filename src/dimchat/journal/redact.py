"""Taking personal details out of a question, before it is written anywhere.

Patterns rather than a model of language: what they take out can be read in `details`, they need
no download, and a question costs microseconds. What they cannot know, such as a name that stands
alone, is why `counts` mode keeps no text at all.
"""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 300
"""The characters of a question that are kept at most."""
_READ = 2 * LONGEST
"""The characters that are looked at: a detail that the end of the kept part cuts through is still seen whole."""


class Redacted(NamedTuple):
    """A question without its personal details."""

    text: str
    found: tuple[str, ...]
    """What was taken out, by name, in the order of the rules."""


def redact(text: str) -> Redacted:
    """Return a question without personal details, on one line, at most `LONGEST` characters long.

    Args:
        text: What a person typed, whatever it is.
    """
    # Its patterns take a fifth of a second to compile, which a journal of counts has no use for.
    from dimchat.journal.details import reading, rules_for  # noqa: PLC0415

    kept = " ".join(text[:_READ].encode("utf-8", "replace").decode().replace("\x00", " ").split())
    found: list[str] = []
    read = reading(kept)
    for rule in rules_for(read):
        before, read = read, rule.pattern.sub(rule.replace, read)
        if read != before:
            found.append(rule.name)
    if found:  # else it stays as it was typed
        kept = read
    return Redacted(kept if len(kept) <= LONGEST else kept[: LONGEST - 1].rstrip() + "…", tuple(found))
