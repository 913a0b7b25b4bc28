"""The values that the rooms hand to each other: frozen, without behaviour beyond small views.

A pack is read into `Pack`; a question becomes a `Reply`; what the next question may lean on
is a `Context`. Nothing here reads a file, a clock or a setting.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.candidate import Candidate as Candidate  # noqa: PLC0414 - whoever imports the model finds it here
from dimchat.candidate import How as How  # noqa: PLC0414 - the same
from dimchat.candidate import Word as Word  # noqa: PLC0414 - the same
from dimchat.errors import meant
from dimchat.records import Answer as Answer  # noqa: PLC0414 - the same
from dimchat.records import Category as Category  # noqa: PLC0414 - the same
from dimchat.records import Citation as Citation  # noqa: PLC0414 - the same
from dimchat.records import Look as Look  # noqa: PLC0414 - the same
from dimchat.records import Place as Place  # noqa: PLC0414 - the same
from dimchat.records import Source as Source  # noqa: PLC0414 - the same
from dimchat.records import Value as Value  # noqa: PLC0414 - the same
from dimchat.records import Variant as Variant  # noqa: PLC0414 - the same
from dimchat.records import Words as Words  # noqa: PLC0414 - the same
from dimchat.reply import Kind as Kind  # noqa: PLC0414 - the same
from dimchat.reply import Option as Option  # noqa: PLC0414 - the same
from dimchat.reply import Part as Part  # noqa: PLC0414 - the same
from dimchat.reply import Reply as Reply  # noqa: PLC0414 - the same
from dimchat.reply import Suggestion as Suggestion  # noqa: PLC0414 - the same
from dimchat.reply import Unanswered as Unanswered  # noqa: PLC0414 - the same

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimchat.tables import Slot, Slots, Table

Severity = Literal["error", "warning", "notice"]

CONVERSATION = "conversation"
SAFETY = "safety"
OUTSIDE = "outside"
BASE = "base:"
"""Begins the name of a file that every pack is given part of: the place of what is not the pack's own."""
GROUPS = (CONVERSATION, SAFETY, OUTSIDE)
"""Ids that start with one of these and a dot are no intents of a category."""
FIRST = ("overview",)
"""What most people ask first of a topic, where the pack does not say otherwise."""
SURE = 0.6
"""From this confidence on an answer is sure, where the pack does not say otherwise."""


class Problem(NamedTuple):
    """One thing that is wrong with a pack or with a file of cases."""

    severity: Severity
    place: Place
    message: str
    hint: str | None = None
    """What was probably meant, without the words "did you mean"."""
    rule: str = ""
    """A short stable name, such as `unknown-source`."""

    @property
    def text(self) -> str:
        """Return `message, did you mean 'hint'?`."""
        return f"{self.message}{meant(self.hint)}"

    def __str__(self) -> str:
        """Return `file:line:column: message, did you mean 'hint'?`."""
        return f"{self.place}: {self.text}"


class Phrase(NamedTuple):
    """A line that people type, with where it stands."""

    text: str
    place: Place
    by: str = ""
    """Who worded it, where the pack says so: lines of one author are held out together."""


class Intent(NamedTuple):
    """One thing a person may want to know."""

    id: str
    """`topic.aspect`."""
    category: str
    """The file stem; `conversation` or `safety` for those groups."""
    title: str
    phrases: Sequence[Phrase]
    not_: Sequence[Phrase] = ()
    """Near misses: negative for this intent only."""
    next: tuple[str, ...] = ()
    """Ids that are suggested after the answer, best first."""
    cues: tuple[str, ...] = ()
    """Safety and conversation only: word patterns that decide before matching (see docs/packs.md)."""
    unless: tuple[str, ...] = ()
    """Of the same: patterns of idioms; the words that one covers trigger no cue."""
    follows: tuple[str, ...] = ()
    """Ids after whose answers alone it is meant; () for at any time."""
    place: Place = Place("")

    @property
    def lent(self) -> bool:
        """Return whether it comes with dimchat, and is not the pack's own."""
        return self.place.file.startswith(BASE)

    @property
    def topic(self) -> str:
        """Return the first half of the id."""
        return self.id.partition(".")[0]

    @property
    def aspect(self) -> str:
        """Return the second half of the id."""
        return self.id.partition(".")[2]


class OutsideGroup(NamedTuple):
    """Questions that the pack must not answer."""

    id: str
    """`outside.name`."""
    title: str
    phrases: Sequence[Phrase]
    place: Place = Place("")
    told: bool = True
    """Whether its title is told as the reason of a decline; a group of odds and ends has none worth telling."""


class Topic(NamedTuple):
    """A subject of questions."""

    id: str
    kind: str
    """What pronouns agree with: person, credential, body, law, device, ..."""
    names: tuple[str, ...]
    """What people call it, the first being the one that is shown."""
    place: Place = Place("")


class Aspect(NamedTuple):
    """One side of a topic, such as its pay."""

    id: str
    title: str
    """A noun that fits "the ... of X", such as `pay`."""
    cues: tuple[str, ...]
    """Words and short phrases that ask for it."""
    place: Place = Place("")


class Vocabulary(NamedTuple):
    """The words that a matcher and a dialogue may lean on; every part may be empty."""

    topics: tuple[Topic, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a word and the others (of one or more words) that are read as it."""
    filler: tuple[str, ...] = ()
    """Words that carry no weight."""
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a name and the words that it stands for in cues: `<name>`."""
    slots: tuple[Slot, ...] = ()
    """What tables have rows for."""


class Calibration(NamedTuple):
    """The numbers that turn a score into a confidence, and the thresholds for an answer."""

    floor: float
    """The least confidence of an answer, 0 to 1."""
    margin: float
    """The least distance in confidence to the runner-up, 0 to 1."""
    weights: tuple[float, ...] = ()
    """The coefficients of the confidence, as `dimchat.match` defines them; () for its own."""
    digest: str = ""
    """The learning digest of the pack that it was computed from."""
    found: tuple[tuple[str, str], ...] = ()
    """How it was found: pairs of a name and a value, for people."""
    followups: tuple[tuple[str, float], ...] = ()
    """What each fact weighs that speaks for what a follow-up asks, by name; those that ship for the ones not named."""
    thresholds: tuple[tuple[str, float], ...] = ()
    """Thresholds of the dialogue, by name; those that ship for the ones not named."""
    meaning: tuple[tuple[str, float], ...] = ()
    """What words and meaning weigh together, by name, see `dimchat.match.meaning`; () where words alone decide."""


@dataclass(frozen=True)
class Pack:
    """One answer set, whole and checked as far as answering needs."""

    name: str
    title: str
    version: str
    language: str
    digest: str
    """Of all that a reply can show, as parsed; see `dimchat.pack.digest`."""
    default_topic: str | None
    categories: tuple[Category, ...]
    intents: tuple[Intent, ...]
    """Those of the categories, in file order, then conversation, then safety."""
    answers: tuple[Answer, ...]
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    """Pairs of a conversation or safety id and its wordings."""
    sources: tuple[Source, ...]
    outside: tuple[OutsideGroup, ...]
    """Those that stand in its files."""
    vocabulary: Vocabulary
    calibration: Calibration | None = None
    wrong_cost: float = 5.0
    """How many silent replies one wrong answer costs; calibration aims at it."""
    elsewhere: str = ""
    """Where else a person can ask, shown where the pack could not help three times; in format 1 alone."""
    contact: str = ""
    """Whom else a person can ask, shown whenever the pack cannot help."""
    sure: float = SURE
    """The confidence below which an answer offers what else may be meant, 0 to 1."""
    learning_digest: str = ""
    """Of all that is learnt from, as parsed: index and calibration are keyed to it."""
    format: int = 1
    """Of its files: 1, or 2 with values, marks and readers."""
    values: tuple[Value, ...] = ()
    """Figures that stand once; the answers already show them."""
    readers: tuple[tuple[str, str], ...] = ()
    """Pairs of a reader, for whom answers may have variants, and what they are called."""
    drafts: tuple[str, ...] = ()
    """Ids whose answers are drafts: they stand in its files, and nowhere else here."""
    fingerprint: str = field(default="", compare=False)
    """Of the bytes of its files: tells whether one was touched."""
    learnt_bytes: str = field(default="", compare=False)
    """Of the bytes of those files that say what is learnt, see `dimchat.pack.folder.learnt_from`."""
    words: Words = field(default_factory=Words)
    """What it says of itself."""
    look: Look = field(default_factory=Look)
    """Its logo and its colours, where a page shows it."""
    tables: tuple[Table, ...] = ()
    """What answers read rows of, in the order of their names."""
    first: tuple[str, ...] = FIRST
    """The aspects of the default topic that are suggested before anything was asked."""
    general: tuple[OutsideGroup, ...] = ()
    """Outside groups of the base under every pack, which are learnt beside its own."""
    also_in: tuple[str, ...] = ()
    """The other languages in which it says something, as BCP 47 tags, in their order."""
    spoken: Sequence[Pack] = ()
    """The pack in each of these, whole: what nobody has translated stands in it as it is. It is read when looked at."""
    root: str = field(default="", compare=False)
    """The folder it was read from."""

    @cached_property
    def intent(self) -> dict[str, Intent]:
        """Return the intents by id, those of conversation and safety included."""
        return {intent.id: intent for intent in self.intents}

    def titles_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the titles of intents, empty for one that it has not."""
        return tuple(self.intent[i].title if i in self.intent else "" for i in ids)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return all languages in which it says something, its own first."""
        return (self.language, *self.also_in)

    def in_language(self, language: str) -> Pack:
        """Return the pack in one of its languages, and as it is in any other."""
        return self.spoken[self.also_in.index(language)] if language in self.also_in else self

    @cached_property
    def own(self) -> tuple[Intent, ...]:
        """Return the intents that stand in its files; the base's do not."""
        return tuple(intent for intent in self.intents if not intent.lent)

    @property
    def stale(self) -> bool:
        """Return whether something that is learnt has changed since its calibration was computed."""
        return self.calibration is not None and self.calibration.digest != self.learning_digest

    @cached_property
    def answer(self) -> dict[str, Answer]:
        """Return the answers by id."""
        return {answer.id: answer for answer in self.answers}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Return the sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def reader(self) -> dict[str, str]:
        """Return the readers that some answer has a variant for, each with what they are called."""
        addressed = {variant.reader for answer in self.answers for variant in answer.variants}
        return {name: title for name, title in self.readers if name in addressed}

    @cached_property
    def value(self) -> dict[str, Value]:
        """Return the values by id."""
        return {value.id: value for value in self.values}

    @cached_property
    def table(self) -> dict[str, Table]:
        """Return the tables by name."""
        return {table.name: table for table in self.tables}

    @cached_property
    def slot(self) -> dict[str, Slot]:
        """Return the slots by id."""
        return {slot.id: slot for slot in self.vocabulary.slots}

    @cached_property
    def wordings(self) -> dict[str, tuple[str, ...]]:
        """Return the wordings of conversation and safety by id."""
        return dict(self.texts)

    @cached_property
    def topic(self) -> dict[str, Topic]:
        """Return the topics by id."""
        return {topic.id: topic for topic in self.vocabulary.topics}

    @cached_property
    def aspect(self) -> dict[str, Aspect]:
        """Return the aspects by id."""
        return {aspect.id: aspect for aspect in self.vocabulary.aspects}

    @cached_property
    def outside_group(self) -> dict[str, OutsideGroup]:
        """Return the outside groups by id, those of the base included."""
        return {group.id: group for group in (*self.outside, *self.general)}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Return how many intents a person can pick in each category, of those that have some."""
        return dict(Counter(intent.category for intent in self.browsable))

    @cached_property
    def browsable(self) -> tuple[Intent, ...]:
        """Return the intents of the categories only, in file order, but for those that follow others."""
        return tuple(i for i in self.intents if i.category not in GROUPS and not i.follows)

    @cached_property
    def following(self) -> dict[str, tuple[Intent, ...]]:
        """Return the intents that are meant after an answer alone, by the id of that."""
        found: dict[str, tuple[Intent, ...]] = {}
        for intent in self.intents:
            for name in intent.follows:
                found[name] = (*found.get(name, ()), intent)
        return found


class Context(NamedTuple):
    """The part of a conversation that the next message may lean on: handed back by `ask`, passed to the next one.

    >>> Context(topic="cra") == Context()._replace(topic="cra")
    True
    """

    turn: int = 0
    """How many messages came before."""
    topic: str | None = None
    aspect: str | None = None
    age: int = 0
    """Turns since topic and aspect were set."""
    last: tuple[str, ...] = ()
    """The ids of the last answer, for more, repeat and sources."""
    options: tuple[str, ...] = ()
    """What the last reply offered as choices, in order."""
    suggestions: tuple[str, ...] = ()
    """What the last reply suggested, in order; numbers pick from here when no choices stand."""
    pending: str | None = None
    """The question that the offered choices belong to."""
    runners_up: tuple[str, ...] = ()
    """What came next after the last answer, for "that is not what I meant"."""
    topics: tuple[str, ...] = ()
    """Topics that were answered, latest first."""
    mentioned: tuple[str, ...] = ()
    """Topics that the last message which named any named, in its order, for "the first one"."""
    answered: tuple[str, ...] = ()
    """Ids that were answered lately, latest first."""
    failures: int = 0
    """Declines and unresolved clarifications in a row."""
    slots: Slots = ()
    """What of each slot was named or used last."""
    slots_turn: int = 0
    """How many messages there were by then."""
    home: Slots = ()
    """The places that the person said to be at; unlike the others these are not forgotten."""
    option_slots: tuple[Slots, ...] = ()
    """What each of the choices stands for, where they are values of a slot; () for choices of another kind."""
    reader: str | None = None
    """Whom answers are for, where the person said so."""
    language: str | None = None
    """The language that is spoken, one of the pack's; None for the pack's own."""
    notice: str | None = None
    """The safety notice that was given last, as long as nothing but small talk came after it."""
