"""The words of dimchat's own that a person sees; a pack brings the rest.

They stand together so that another language can follow.
"""

from __future__ import annotations

from dimchat.wording.catalogue import ENGLISH, LANGUAGES, Catalogue, catalogue_of

__all__ = ["ENGLISH", "LANGUAGES", "Catalogue", "catalogue_of"]

YOU = "You"


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


# --- the command line and the plain chat ---

WELCOME = "This is “{title}”. Ask me what you would like to know."
"""Greets where the pack has no words of its own."""
PLAIN_HINT = "/help says how, /quit leaves."
PLAIN_HELP = (
    "Type a question, or the number of a choice or a suggestion. "
    "/topics lists what can be asked, /for says whom answers are for, /why says why the last reply came, "
    "/again asks it once more, /clear forgets what was said, /quit leaves. "
    "Every answer was written and sourced by people."
)
PLAIN_NO_COMMAND = "There is no command {command}. There are /help, /topics, /for, /why, /again, /clear and /quit."
PLAIN_FOR = "/for"
PLAIN_NOT_ASKED = "Nothing was asked yet."
PLAIN_CLEARED = "Forgotten. Ask anew."
PLAIN_GOODBYE = "Goodbye."
PLAIN_QUIT = frozenset({"/quit", "/exit", "/q"})
