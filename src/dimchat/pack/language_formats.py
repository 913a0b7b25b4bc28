"""The shapes of the files that say in a further language what a pack says in its own."""

from __future__ import annotations

from typing import Final

from dimchat.files.yaml.shapes import Date, Field, Flag, Keys, Many, Names, Shape
from dimchat.pack.text_shapes import ID, LINES, PHRASES, PLAIN, PROSE, STEM, SYNONYMS, VARIANT

IN_LANGUAGE: Final[dict[str, Shape]] = {
    "intents": Many(
        Keys(
            (
                Field("id", ID, "the id of an intent that stands in intents/", required=True),
                Field("title", PLAIN, "its title in this language", required=True),
                Field("phrases", PHRASES, "lines that people type in this language", required=True),
                Field("not", LINES, "near misses: negative for this intent only"),
            )
        )
    ),
    "answers": Many(
        Keys(
            (
                Field("id", ID, "the id of an answer that stands in answers/", required=True),
                Field("short", PLAIN, "its short form in this language, cited as there", required=True),
                Field("text", PROSE, "its full text in this language; without it the short form stands for it"),
                Field("overview", VARIANT, "what it says where the question names no row"),
                Field("variants", Names(STEM, long=VARIANT), "the answer as it is for a reader of pack.yaml"),
                Field("reviewed", Date(), "the day on which it was compared with the other language"),
                Field("draft", Flag(), "true keeps it from being shown, and its phrases here from being learnt"),
            )
        )
    ),
    "vocabulary": Keys(
        (
            Field(
                "topics",
                Many(
                    Keys(
                        (
                            Field("id", STEM, "the id of a topic of the vocabulary", required=True),
                            Field("names", Many(PLAIN), "what people call it; the first is shown", required=True),
                        )
                    )
                ),
                "what topics are called in this language, beside their other names",
            ),
            Field(
                "aspects",
                Many(
                    Keys(
                        (
                            Field("id", STEM, "the id of an aspect of the vocabulary", required=True),
                            Field("title", PLAIN, "a noun that names it", required=True),
                            Field("cues", Many(PLAIN), "words and short phrases that ask for it", required=True),
                        )
                    )
                ),
                "what asks for aspects in this language",
            ),
            Field("synonyms", SYNONYMS, "words that are read as another"),
            Field("filler", Many(PLAIN), "words that carry no weight"),
        )
    ),
}
"""The kinds of files that a pack may have in a further language, each with its shape."""
