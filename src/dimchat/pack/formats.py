"""The shape of each kind of file, said once: the loader checks by it and the JSON Schemas print it."""

from __future__ import annotations

from typing import Any

from dimchat.files.yaml.shapes import Date, Field, Flag, Keys, Many, Names, Number, OneOrMany, Shape, Text, schema
from dimchat.pack.language_formats import IN_LANGUAGE
from dimchat.pack.table_formats import SLOTS, TABLE, TABLE_USE
from dimchat.pack.text_shapes import (
    CITED,
    COLOUR,
    ID,
    IDS,
    LANGUAGE,
    LINES,
    LOCATOR,
    OUTSIDE_ID,
    PHONE,
    PHRASES,
    PLAIN,
    PROSE,
    SOURCE_ID,
    STEM,
    SYNONYMS,
    VALUE_ID,
    VARIANT,
)

NEWEST = 2
"""The format of files that is read, with all before it."""

KINDS = (
    *("person", "credential", "body", "law", "device", "program", "place", "subject"),
    *("service", "event", "product", "document", "course"),
)
"""What topics usually are; a pack may have others. "He" and "she" point at a person, "it" at any other."""

REPLY_KINDS = ("answer", "clarify", "decline", "smalltalk", "safety")

_READ = Text(choices=("page", "copy", "reported", "unseen"))
_RULE = Text(pattern="[a-z][a-z-]*", needs="the name of a rule, such as short-length")
_PARTS_OF = Text(
    pattern=ID.pattern, needs="a kind of topics and an aspect, or an id, such as person.pay", rule="bad-id"
)
_RULING = Keys(
    (
        Field("severity", Text(choices=("error", "warning", "notice", "off")), "how grave a breach is"),
        Field("limit", Number(0), "the most, or the least, that it allows"),
        Field("reason", PLAIN, "why this pack does otherwise", required=True),
    )
)

_WORDS = Keys(
    (
        Field("welcome", PLAIN, "greets in the chat"),
        Field("attract", OneOrMany(PLAIN), "what an idle stand says: a headline, perhaps a line below it"),
        Field("prompt", PLAIN, "stands where one types, until somebody does"),
        Field("help", PLAIN, "begins the help"),
        Field("unknown", PLAIN, "says that nothing answers a question"),
    )
)
_CATEGORIES = Names(
    STEM,
    PLAIN,
    Keys(
        (
            Field("title", PLAIN, "what a person reads", required=True),
            Field("about", PLAIN, "a few words about what is in it"),
        )
    ),
)
_OTHERWISE = Keys(
    (
        Field("title", PLAIN, "what the pack is about"),
        Field("contact", PLAIN, "whom else to ask, shown whenever nothing helped"),
        Field("words", _WORDS, "what it says of itself"),
        Field("readers", Names(STEM, PLAIN), "what its readers are called"),
        Field("categories", _CATEGORIES, "the titles of its categories"),
    )
)
_THEME = Keys(
    (
        Field("ground", COLOUR, "what everything stands on"),
        Field("text", COLOUR, "what is written"),
        Field("accent", COLOUR, "what can be touched, and the bar beside a reply"),
        Field("warning", COLOUR, "what warns"),
    )
)

PACK = Keys(
    (
        Field("format", Number(1, NEWEST, whole=True), "which format its files have; without it 1"),
        Field(
            "name",
            Text(pattern=r"[A-Za-z0-9][A-Za-z0-9._-]*", needs="letters, digits, '.', '_' and '-'"),
            "a short name without spaces",
            required=True,
        ),
        Field("title", PLAIN, "what the pack is about, as a person reads it", required=True),
        Field("version", PLAIN, "which state of the pack this is, such as 2026.11.24", required=True),
        Field(
            "language",
            PLAIN,
            "the language of the pack as a BCP 47 tag, such as en or pt-BR",
            required=True,
        ),
        Field("default_topic", STEM, "the topic of a question that names none"),
        Field("wrong_cost", Number(0), "how many silent replies one wrong answer costs"),
        Field("elsewhere", PLAIN, "what format 1 has in place of contact, shown the third time that nothing helped"),
        Field("contact", PLAIN, "whom else to ask, shown whenever nothing helped"),
        Field(
            "sure", Number(0, 1), "the confidence below which an answer offers what else may be meant; without it 0.6"
        ),
        Field("words", _WORDS, "what it says of itself in place of dimchat's own words"),
        Field(
            "look",
            Keys(
                (
                    Field("logo", PLAIN, "what logo.png, beside pack.yaml, shows, for who does not see it"),
                    Field("light", _THEME, "colours of light pages; the others follow from them"),
                    Field("dark", _THEME, "the same of dark ones"),
                )
            ),
            "its logo and its colours on a page",
        ),
        Field(
            "emergency",
            Keys(
                (
                    Field("country", PLAIN, "whose numbers are named, as a code such as GB", required=True),
                    Field("numbers", Many(PHONE, flow=True), "the emergency number, then those for a crisis"),
                )
            ),
            "which numbers are named in an emergency",
        ),
        Field("safety", Text(choices=("on", "off")), "off leaves the safety of the base out"),
        Field("first", Many(STEM, flow=True), "aspects of the default topic that are suggested first"),
        Field("without", Many(ID, flow=True), "ids of the base under every pack that this one does without"),
        Field("profile", Text(choices=("career-guide", "faq")), "what sort of pack it is: which rules count"),
        Field("rules", Names(_RULE, long=_RULING), "what the pack makes of single rules of `dimchat check`"),
        Field("trusted", Many(_READ, flow=True), "the ways of reading a source that are trusted"),
        Field("parts", Names(_PARTS_OF, OneOrMany(PLAIN)), "what answers of a kind have, by kind of topic and aspect"),
        Field("misspelt", Many(PLAIN), "slips that phrases hold on purpose"),
        Field(
            "readers",
            Names(STEM, PLAIN),
            "for whom answers have variants, each with what they are called, such as employers",
        ),
        Field("categories", _CATEGORIES, "file stem to title, or to title and a few words about it", required=True),
        Field("languages", Names(LANGUAGE, long=_OTHERWISE), "what pack.yaml says, in each further language"),
    )
)

INTENTS = Many(
    Keys(
        (
            Field("id", ID, "topic.aspect, both named in the vocabulary", required=True),
            Field("title", PLAIN, "what a person picks from a list, up to 70 characters", required=True),
            Field("phrases", PHRASES, "8 to 40 lines, unlike each other, that people type", required=True),
            Field("not", LINES, "near misses: negative for this intent only"),
            Field("next", IDS, "ids that are suggested after the answer, best first"),
            Field("follows", IDS, "ids after whose answers alone it is meant"),
            Field("cues", LINES, "safety and conversation only: words that decide before anything else"),
            Field("unless", LINES, "idioms whose words count for no cue"),
        )
    )
)

_REVIEW_BY = Field("review_by", Date(), "the day by which it must be reviewed again")
_OWNER = Field("owner", PLAIN, "who keeps it true")
ANSWERS = Many(
    Keys(
        (
            Field("id", ID, "the id of the intent", required=True),
            Field("short", PLAIN, "one or two sentences of Markdown, cited as [@source, locator]", required=True),
            Field("text", PROSE, "the full answer: Markdown, cited as [@source, locator]", required=True),
            Field("reviewed", Date(), "the day of the last review"),
            _REVIEW_BY,
            Field("as_of", Date(partly=True), "the year, month or day whose state it tells"),
            Field("draft", Flag(), "true keeps it from being shown and its phrases from being learnt"),
            _OWNER,
            Field("contact", PLAIN, "whom a person can ask further"),
            Field("variants", Names(STEM, long=VARIANT), "the answer as it is for a reader of pack.yaml"),
            Field("table", TABLE_USE, "the table whose rows it shows as {{row.COLUMN}}"),
            Field("overview", VARIANT, "what it says where the question names no row"),
            Field("wordings", Many(VARIANT), "the same in other words; they are taken by the number of the turn"),
            Field("metadata", Names(PLAIN, PROSE), "what else is known of it, as pairs, of which nothing is made"),
        )
    )
)

VALUES = Many(
    Keys(
        (
            Field("id", VALUE_ID, "what answers call it: {{id}}, {{id.as_of}}, [@id]", required=True),
            Field("value", PLAIN, "as it is shown", required=True),
            Field("source", SOURCE_ID, "where it comes from", required=True),
            Field("locator", LOCATOR, "the place in the source"),
            Field("as_of", Date(partly=True), "the year, month or day that it is of"),
            _REVIEW_BY,
            _OWNER,
        )
    )
)

TEXTS = Many(
    Keys(
        (
            Field("id", ID, "conversation.name or safety.name", required=True),
            Field("texts", Many(PROSE), "wordings, taken by the number of the turn", required=True),
        )
    )
)

SOURCES = Many(
    Keys(
        (
            Field("id", SOURCE_ID, "what citations name", required=True),
            Field(
                "type", Text(pattern="[a-z][a-z_-]*", needs="a CSL type such as webpage"), "the CSL type", required=True
            ),
            Field("title", PLAIN, "the title", required=True),
            Field("publisher", PLAIN, "who publishes it"),
            Field("URL", Text(pattern=r"https?://\S+", needs="an address with https://"), "where it is"),
            Field("issued", PLAIN, "when it was published, as far as known"),
            Field("accessed", Date(), "the day on which it was read"),
            Field("note", PLAIN, "what else a curator should know"),
            Field("read", _READ, "how it was read"),
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
                        Field("id", STEM, "the first half of intent ids", required=True),
                        Field(
                            "kind",
                            STEM,
                            f"what it is, such as {', '.join(KINDS)}: he and she are persons",
                            required=True,
                        ),
                        Field("names", Many(PLAIN), "what people call it; the first is shown", required=True),
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
                        Field("id", STEM, "the second half of intent ids", required=True),
                        Field("title", PLAIN, 'a noun that fits "the ... of X"', required=True),
                        Field("cues", Many(PLAIN), "words and short phrases that ask for it", required=True),
                    )
                )
            ),
            "what can be asked of a topic",
        ),
        Field("synonyms", SYNONYMS, "words that are read as another"),
        Field("filler", Many(PLAIN), "words that carry no weight"),
        Field(
            "sets",
            Many(
                Keys(
                    (
                        Field("name", STEM, "what cues call it, as <name>", required=True),
                        Field("words", Many(PLAIN), "what it stands for, written as one word of a cue", required=True),
                    )
                )
            ),
            "words that cues use together",
        ),
        Field("slots", SLOTS, "closed lists of which a question may name something; tables have rows for them"),
    )
)

OUTSIDE = Many(
    Keys(
        (
            Field("id", OUTSIDE_ID, "outside.name", required=True),
            Field("title", PLAIN, 'fits "That is about ..., which I don\'t cover."', required=True),
            Field("phrases", PHRASES, "lines that people type and that must not be answered", required=True),
            Field("told", Flag(), "false keeps the title from being told as the reason of a decline (default true)"),
        )
    )
)

_EXPECTED = (
    Field("intent", ID, "the id that is answered"),
    Field("also", IDS, "ids that count as right too"),
    Field("not_intent", OneOrMany(ID), "ids that must not be answered"),
    Field("kind", Text(choices=REPLY_KINDS), "the kind of the reply"),
    Field("contains", OneOrMany(PLAIN), "words that the reply holds, in any case and spacing"),
    Field("matches", OneOrMany(PLAIN), "a regular expression that is found in the reply"),
    Field("cites", Many(CITED, flow=True), "sources that the reply cites, or source, place in it"),
    Field("offers", IDS, "ids among the choices"),
    Field("suggests", IDS, "ids among the suggestions"),
    Field("about", ID, "the answer that more, repeat or sources is about"),
    Field("outside", OUTSIDE_ID, "the outside group that is recognised"),
    Field("row", Names(STEM, PLAIN), "column and cell of each row that it shows, and it shows one"),
    Field("margin", Number(0, 1), "the distance to the runner-up, at least"),
)
EXPECTATIONS = tuple(field.name for field in _EXPECTED)
"""The keys of a case or a turn that expect something."""

_MARKS = (
    Field("tags", Many(PLAIN, flow=True), "names by which cases are picked"),
    Field("group", PLAIN, "the group under which it is counted"),
    Field("xfail", PLAIN, "why it is known to fail"),
)

CASES = Many(
    Keys(
        (
            Field("ask", Many(PLAIN), "phrasings, each a test of its own"),
            Field("for", STEM, "the reader of pack.yaml who asks"),
            Field(
                "turns",
                Many(Keys((Field("ask", PLAIN, "what is asked", required=True), *_EXPECTED, *_MARKS))),
                "a conversation, in order",
            ),
            *_EXPECTED,
            *_MARKS,
        ),
        one_of=("ask", "turns"),
    )
)

SECOND = {
    "intents": ("follows",),
    "pack.yaml": (
        *("first", "without", "readers", "contact", "profile", "rules", "sure", "trusted", "parts"),
        *("languages", "look"),
    ),
    "answers": ("as_of", "draft", "owner", "contact", "variants", "table", "overview", "wordings", "metadata"),
    "vocabulary": ("slots",),
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
    "table": ("tables/NAME.yaml", TABLE),
    "outside": ("intents/outside.yaml", OUTSIDE),
    "cases": ("tests/cases/STEM.yaml", CASES),
    "intents-in-language": ("intents/LANGUAGE/STEM.yaml", IN_LANGUAGE["intents"]),
    "answers-in-language": ("answers/LANGUAGE/STEM.yaml", IN_LANGUAGE["answers"]),
    "vocabulary-in-language": ("intents/LANGUAGE/vocabulary.yaml", IN_LANGUAGE["vocabulary"]),
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
