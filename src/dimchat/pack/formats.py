"""The shape of each kind of file, said once: the loader checks by it and the JSON Schemas print it."""

from __future__ import annotations

from typing import Any

from dimchat.files.yaml.shapes import Date, Field, Flag, Keys, Many, Names, Number, OneOrMany, Shape, Text, schema

NEWEST = 2
"""The format of files that is read, with all before it."""

_PLAIN = Text()
_PROSE = Text(lines=True)
_PART = "[a-z][a-z0-9_]*"
_STEM = Text(pattern=_PART, needs="lower-case letters, digits and _, starting with a letter", rule="bad-id")
_ID = Text(pattern=rf"{_PART}\.{_PART}", needs="topic.aspect, such as library.hours", rule="bad-id")
_OUTSIDE_ID = Text(pattern=rf"outside\.{_PART}", needs="outside.name, such as outside.weather", rule="bad-id")
_SOURCE_ID = Text(
    pattern=r"[A-Za-z0-9_][A-Za-z0-9_.:/+-]*[A-Za-z0-9]",
    needs="letters, digits and hyphens, such as town-rules",
    rule="bad-id",
)
_CITED = Text(
    pattern=rf"{_SOURCE_ID.pattern}(?:,\s*\S.*)?",
    needs="a source, perhaps with the place in it, such as town-rules or 'town-rules, Fees'",
    rule="bad-id",
)
_VALUE_ID = Text(
    pattern=rf"(?!(?:row|slot)\.){_PART}(?:\.[a-z0-9_]+)*(?<!\.as_of)",
    needs="lower-case letters, digits, dots and _, such as fee.late; it does not begin with row. or slot.",
    rule="bad-id",
)
_LOCATOR = Text(pattern=r"[^\[\];@]+", needs="a place in the source, without brackets, ';' and '@'")
_PHONE = Text(pattern=r"[0-9+][0-9 ()/-]*", needs="a telephone number such as 112")
_PHRASES = Many(_PLAIN)
_IDS = Many(_ID, flow=True)

KINDS = ("person", "credential", "body", "law", "device", "program", "place", "subject")
"""What a topic can be; pronouns agree with it."""

REPLY_KINDS = ("answer", "clarify", "decline", "smalltalk", "safety")

PACK = Keys(
    (
        Field("format", Number(1, NEWEST, whole=True), "which format its files have; without it 1"),
        Field(
            "name",
            Text(pattern=r"[A-Za-z0-9][A-Za-z0-9._-]*", needs="letters, digits, '.', '_' and '-'"),
            "a short name without spaces",
            required=True,
        ),
        Field("title", _PLAIN, "what the pack is about, as a person reads it", required=True),
        Field("version", _PLAIN, "which state of the pack this is, such as 2026.11.24", required=True),
        Field(
            "language",
            _PLAIN,
            "the language of the pack as a BCP 47 tag, such as en or pt-BR",
            required=True,
        ),
        Field("default_topic", _STEM, "the topic of a question that names none"),
        Field("wrong_cost", Number(0), "how many silent replies one wrong answer costs"),
        Field("elsewhere", _PLAIN, "where else to ask, shown when nothing helped"),
        Field(
            "words",
            Keys(
                (
                    Field("welcome", _PLAIN, "greets in the chat"),
                    Field("attract", OneOrMany(_PLAIN), "what an idle stand says: a headline, perhaps a line below it"),
                    Field("prompt", _PLAIN, "stands where one types, until somebody does"),
                    Field("help", _PLAIN, "begins the help"),
                )
            ),
            "what it says of itself in place of dimchat's own words",
        ),
        Field(
            "emergency",
            Keys(
                (
                    Field("country", _PLAIN, "whose numbers are named, as a code such as GB", required=True),
                    Field("numbers", Many(_PHONE, flow=True), "the emergency number, then those for a crisis"),
                )
            ),
            "which numbers the safety starter names",
        ),
        Field("safety", Text(choices=("on", "off")), "off leaves the safety starter out"),
        Field("misspelt", Many(_PLAIN), "slips that phrases hold on purpose"),
        Field("readers", Names(_STEM, _PLAIN), "for whom answers have variants, each with what a person picks"),
        Field(
            "categories",
            Names(
                _STEM,
                _PLAIN,
                Keys(
                    (
                        Field("title", _PLAIN, "what a person reads", required=True),
                        Field("about", _PLAIN, "a few words about what is in it"),
                    )
                ),
            ),
            "file stem to title, or to title and a few words about it",
            required=True,
        ),
    )
)

INTENTS = Many(
    Keys(
        (
            Field("id", _ID, "topic.aspect, both named in the vocabulary", required=True),
            Field("title", _PLAIN, "what a person picks from a list, up to 70 characters", required=True),
            Field("phrases", _PHRASES, "8 to 40 lines, unlike each other, that people type", required=True),
            Field("not", _PHRASES, "near misses: negative for this intent only"),
            Field("next", _IDS, "ids that are suggested after the answer, best first"),
            Field("cues", _PHRASES, "safety and conversation only: words that decide before anything else"),
            Field("unless", _PHRASES, "idioms whose words count for no cue"),
        )
    )
)

_REVIEW_BY = Field("review_by", Date(), "the day by which it must be reviewed again")
_OWNER = Field("owner", _PLAIN, "who keeps it true")
_VARIANT = Keys(
    (
        Field("short", _PLAIN, "one or two sentences", required=True),
        Field("text", _PROSE, "the full answer", required=True),
    )
)

ANSWERS = Many(
    Keys(
        (
            Field("id", _ID, "the id of the intent", required=True),
            Field("short", _PLAIN, "one or two sentences of Markdown, cited as [@source, locator]", required=True),
            Field("text", _PROSE, "the full answer: Markdown, cited as [@source, locator]", required=True),
            Field("reviewed", Date(), "the day of the last review"),
            _REVIEW_BY,
            Field("as_of", Date(partly=True), "the year, month or day whose state it tells"),
            Field("draft", Flag(), "true keeps it from being shown and its phrases from being learnt"),
            _OWNER,
            Field("contact", _PLAIN, "whom a person can ask further"),
            Field("variants", Names(_STEM, long=_VARIANT), "the answer as it is for a reader of pack.yaml"),
        )
    )
)

VALUES = Many(
    Keys(
        (
            Field("id", _VALUE_ID, "what answers call it: {{id}}, {{id.as_of}}, [@id]", required=True),
            Field("value", _PLAIN, "as it is shown", required=True),
            Field("source", _SOURCE_ID, "where it comes from", required=True),
            Field("locator", _LOCATOR, "the place in the source"),
            Field("as_of", Date(partly=True), "the year, month or day that it is of"),
            _REVIEW_BY,
            _OWNER,
        )
    )
)

TEXTS = Many(
    Keys(
        (
            Field("id", _ID, "conversation.name or safety.name", required=True),
            Field("texts", Many(_PROSE), "wordings, taken by the number of the turn", required=True),
        )
    )
)

SOURCES = Many(
    Keys(
        (
            Field("id", _SOURCE_ID, "what citations name", required=True),
            Field(
                "type", Text(pattern="[a-z][a-z_-]*", needs="a CSL type such as webpage"), "the CSL type", required=True
            ),
            Field("title", _PLAIN, "the title", required=True),
            Field("publisher", _PLAIN, "who publishes it"),
            Field("URL", Text(pattern=r"https?://\S+", needs="an address with https://"), "where it is"),
            Field("issued", _PLAIN, "when it was published, as far as known"),
            Field("accessed", Date(), "the day on which it was read"),
            Field("note", _PLAIN, "what else a curator should know"),
            Field("read", Text(choices=("page", "copy", "reported", "unseen")), "how it was read"),
            _REVIEW_BY,
            _OWNER,
        )
    )
)

VOCABULARY = Keys(
    (
        Field(
            "topics",
            Many(
                Keys(
                    (
                        Field("id", _STEM, "the first half of intent ids", required=True),
                        Field("kind", Text(choices=KINDS), "what pronouns agree with", required=True),
                        Field("names", Many(_PLAIN), "what people call it; the first is shown", required=True),
                    )
                )
            ),
            "what can be asked about",
        ),
        Field(
            "aspects",
            Many(
                Keys(
                    (
                        Field("id", _STEM, "the second half of intent ids", required=True),
                        Field("title", _PLAIN, 'a noun that fits "the ... of X"', required=True),
                        Field("cues", Many(_PLAIN), "words and short phrases that ask for it", required=True),
                    )
                )
            ),
            "what can be asked of a topic",
        ),
        Field(
            "synonyms",
            Many(
                Keys(
                    (
                        Field("word", _PLAIN, "the word that the others are read as", required=True),
                        Field("also", Many(_PLAIN), "the others, of one or more words", required=True),
                    )
                )
            ),
            "words that are read as another",
        ),
        Field("filler", Many(_PLAIN), "words that carry no weight"),
        Field(
            "sets",
            Many(
                Keys(
                    (
                        Field("name", _STEM, "what cues call it, as <name>", required=True),
                        Field("words", Many(_PLAIN), "what it stands for, written as one word of a cue", required=True),
                    )
                )
            ),
            "words that cues use together",
        ),
    )
)

OUTSIDE = Many(
    Keys(
        (
            Field("id", _OUTSIDE_ID, "outside.name", required=True),
            Field("title", _PLAIN, 'fits "That is about ..., which I don\'t cover."', required=True),
            Field("phrases", _PHRASES, "lines that people type and that must not be answered", required=True),
        )
    )
)

_EXPECTED = (
    Field("intent", _ID, "the id that is answered"),
    Field("also", _IDS, "ids that count as right too"),
    Field("not_intent", OneOrMany(_ID), "ids that must not be answered"),
    Field("kind", Text(choices=REPLY_KINDS), "the kind of the reply"),
    Field("contains", OneOrMany(_PLAIN), "words that the reply holds, in any case and spacing"),
    Field("matches", OneOrMany(_PLAIN), "a regular expression that is found in the reply"),
    Field("cites", Many(_CITED, flow=True), "sources that the reply cites, or source, place in it"),
    Field("offers", _IDS, "ids among the choices"),
    Field("suggests", _IDS, "ids among the suggestions"),
    Field("about", _ID, "the answer that more, repeat or sources is about"),
    Field("outside", _OUTSIDE_ID, "the outside group that is recognised"),
    Field("margin", Number(0, 1), "the distance to the runner-up, at least"),
)
EXPECTATIONS = tuple(field.name for field in _EXPECTED)
"""The keys of a case or a turn that expect something."""

_MARKS = (
    Field("tags", Many(_PLAIN, flow=True), "names by which cases are picked"),
    Field("group", _PLAIN, "the group under which it is counted"),
    Field("xfail", _PLAIN, "why it is known to fail"),
)

CASES = Many(
    Keys(
        (
            Field("ask", Many(_PLAIN), "phrasings, each a test of its own"),
            Field(
                "turns",
                Many(Keys((Field("ask", _PLAIN, "what is asked", required=True), *_EXPECTED, *_MARKS))),
                "a conversation, in order",
            ),
            *_EXPECTED,
            *_MARKS,
        ),
        one_of=("ask", "turns"),
    )
)

SECOND = {
    "pack.yaml": ("readers",),
    "answers": ("as_of", "draft", "owner", "contact", "variants"),
    "sources": ("read", "review_by", "owner"),
}
"""The keys that format 2 brings to each kind of file."""

FORMATS: dict[str, tuple[str, Shape]] = {
    "pack": ("pack.yaml", PACK),
    "intents": ("intents/STEM.yaml, conversation.yaml and safety.yaml", INTENTS),
    "answers": ("answers/STEM.yaml", ANSWERS),
    "texts": ("answers/conversation.yaml and answers/safety.yaml", TEXTS),
    "values": ("answers/values.yaml", VALUES),
    "sources": ("answers/sources.yaml", SOURCES),
    "vocabulary": ("intents/vocabulary.yaml", VOCABULARY),
    "outside": ("intents/outside.yaml", OUTSIDE),
    "cases": ("tests/cases/STEM.yaml", CASES),
}
"""Each kind of file: where it stands, and its shape."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that YAML editors know best."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file in `FORMATS`, by its name."""
    return {
        name: {"$schema": _DIALECT, "title": f"dimchat: {name}", "description": where, **schema(shape)}
        for name, (where, shape) in FORMATS.items()
    }
