"""The shapes of single texts and lists of them, which the files of a pack share."""

from __future__ import annotations

import re

from dimchat.files.yaml.shapes import Either, Field, Keys, Many, Text

PLAIN = Text()
PROSE = Text(lines=True)
PART = "[a-z][a-z0-9_]*"
STEM = Text(pattern=PART, needs="lower-case letters, digits and _, starting with a letter", rule="bad-id")
_TOPIC_ASPECT = rf"{PART}\.{PART}"
ID = Text(pattern=_TOPIC_ASPECT, needs="topic.aspect, such as library.hours", rule="bad-id")
OUTSIDE_ID = Text(pattern=rf"outside\.{PART}", needs="outside.name, such as outside.weather", rule="bad-id")
SOURCE_ID = Text(
    pattern=r"[A-Za-z0-9_][A-Za-z0-9_.:/+-]*[A-Za-z0-9]",
    needs="letters, digits and hyphens, such as town-rules",
    rule="bad-id",
)
CITED = Text(
    pattern=rf"{SOURCE_ID.pattern}(?:,\s*\S.*)?",
    needs="a source, perhaps with the place in it, such as town-rules or 'town-rules, Fees'",
    rule="bad-id",
)
VALUE_ID = Text(
    pattern=rf"(?!(?:rows?|slot)\.){PART}(?:\.[a-z0-9_]+)*(?<!\.as_of)",
    needs="lower-case letters, digits, dots and _, such as fee.late; it does not begin with row., rows. or slot.",
    rule="bad-id",
)
LOCATOR = Text(pattern=r"[^\[\];@]+", needs="a place in the source, without brackets, ';' and '@'")
PHONE = Text(pattern=r"[0-9+][0-9 ()/-]*", needs="a telephone number such as 112")
COLOUR = Text(pattern=r"#[0-9A-Fa-f]{6}", needs="a colour as '#0b6683', in quotes")
KEY = Text(pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]*", needs="letters, digits and hyphens, such as TX", rule="bad-id")
LANGUAGE = Text(pattern=r"[a-z]{2,3}", needs="a language code such as es", rule="bad-id")
LINES = Many(PLAIN)
PHRASES = Many(
    Either(
        PLAIN,
        Keys(
            (
                Field("text", PLAIN, "what a person types", required=True),
                Field(
                    "by",
                    Text(pattern=r"[A-Za-z0-9][A-Za-z0-9._-]*", needs="letters, digits, '.', '_' and '-'"),
                    "who worded it, by any short name: lines of one author are held out together",
                    required=True,
                ),
            )
        ),
    )
)
IDS = Many(ID, flow=True)
VARIANT = Keys(
    (
        Field("short", PLAIN, "one or two sentences", required=True),
        Field("text", PROSE, "the full answer", required=True),
    )
)

SYNONYMS = Many(
    Keys(
        (
            Field("word", PLAIN, "the word that the others are read as", required=True),
            Field("also", Many(PLAIN), "the others, of one or more words", required=True),
        )
    )
)


def is_id(text: str) -> bool:
    """Return whether a text is the id of an intent.

    >>> is_id("library.hours"), is_id("Library.hours"), is_id("library")
    (True, False, False)
    """
    return re.fullmatch(_TOPIC_ASPECT, text) is not None
