"""The words of dimchat's own that a person sees; a pack brings the rest.

They stand together so that another language can follow.
"""

from __future__ import annotations

from dimchat.wording.catalogue import ENGLISH, LANGUAGES, Catalogue, catalogue_of

__all__ = ["ENGLISH", "LANGUAGES", "Catalogue", "catalogue_of"]


def about(template: str, title: str) -> str:
    """Return a sentence that begins with a title: a colon follows it, unless it ends as a sentence does.

    >>> about("{title}: ask what you would like to know", "How do I park?")
    'How do I park? Ask what you would like to know'
    """
    if title.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")):
        rest = template.removeprefix("{title}: ")
        return f"{title} {rest[:1].upper()}{rest[1:]}"
    if title.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")):
        rest = template.removeprefix("{title}: ")
        return f"{title} {rest[:1].upper()}{rest[1:]}"
    return template.format(title=title)
