"""One side of a comparison: the parts of a pack, the questions to it, and its replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.dialogue.respond.row_texts import told
from dimchat.dialogue.respond.telling import as_told, cited
from dimchat.errors import CaseError
from dimchat.index import open_assistant
from dimchat.language.citations import citations
from dimchat.model import Value
from dimchat.pack import find_pack
from dimchat.pack.rules import Report
from dimchat.pack.values import Values
from dimchat.quality.cases import Expectation, Item, read_items
from dimchat.quality.compare.parts import Part, parts_of
from dimchat.quality.runner import Talk, decisive, differences, spread
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dimchat.dialogue import Assistant, Explanation
    from dimchat.model import Pack, Place, Problem, Reply
    from dimchat.tables import RowKey

Texts = dict[tuple[str, str], str]
_VAIN = frozenset({"unknown-intent", "unknown-outside", "unknown-source", "stray-expectation"})
Origin = Literal["case", "phrase", "title", "not", "outside"]
ORIGINS: tuple[Origin, ...] = ("case", "phrase", "title", "not", "outside")


class Evidence(NamedTuple):
    """The matcher's view of a message; a baseline does not keep it."""

    ranked: tuple[tuple[str, float], ...] = ()
    """The best candidates with their scores, before anything was made of them."""
    phrase: str = ""
    """The learnt phrase that brought the answer."""
    read: tuple[tuple[str, str], ...] = ()
    """The words with what they were read as."""


class Recorded(NamedTuple):
    """One reply, as far as a person would call it another one."""

    kind: str
    intents: tuple[str, ...] = ()
    about: str | None = None
    outside: str | None = None
    options: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    said: str = ""
    """The words that stand in no answer: the whole text of a decline, what leads up to an answer."""
    margin: float | None = None
    """How far the answer was ahead of the next, 0 to 1."""
    confidence: float = 0.0
    met: bool | None = None
    """Whether what was expected came; None where nothing was."""
    evidence: Evidence | None = None

    @property
    def decision(self) -> tuple[object, ...]:
        """Return what the reply is about, without its words."""
        return self.kind, self.intents, self.about, self.outside, self.options

    @property
    def told(self) -> tuple[str, ...]:
        """Return the answers whose words it says; of what it offers it says the titles alone."""
        return (*self.intents, *((self.about,) if self.about else ()))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return everything that the reply is about or offers."""
        ids = (*self.intents, *self.options)
        return tuple(one for one in (*ids, self.about, self.outside) if one)


@dataclass(frozen=True)
class Snapshot:
    """A pack and its replies."""

    label: str
    """What a person calls this side."""
    name: str
    version: str
    digest: str
    parts: tuple[Part, ...]
    questions: Mapping[Key, Question]
    """What this side itself would be asked."""
    replies: Mapping[Key, Recorded] = field(repr=False)
    """What it replied, to the other side's questions as well."""
    placed: bool = True
    """Whether the places are those of files at hand; those of a baseline have no lines."""
    vain: tuple[Problem, ...] = ()
    """Ids that its cases name and that it does not have."""

    @cached_property
    def written(self) -> Texts:
        """Return the texts of answers as they stand in their files, by id and key, citations and all."""
        return {(part.owner, part.key): part.text for part in self.parts if part.kind == "answer"}

    @cached_property
    def texts(self) -> Texts:
        """Return the same texts with the values that they show."""
        return {name: self._values.filled(text) for name, text in self.written.items()}

    @cached_property
    def shown_in(self) -> dict[str, tuple[str, ...]]:
        """Return for each value the answers that show or cite it."""
        found: dict[str, list[str]] = {}
        for (owner, _), text in self.written.items():
            for value in self._values.named_in(text):
                found.setdefault(value, []).append(owner)
        return {value: tuple(dict.fromkeys(owners)) for value, owners in found.items()}

    @cached_property
    def read_by(self) -> dict[str, tuple[str, ...]]:
        """Return for each table the answers that read it."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            if part.kind == "reads" and part.key == "name":
                found.setdefault(part.text, []).append(part.owner)
        return {table: tuple(owners) for table, owners in found.items()}

    @cached_property
    def _values(self) -> Values:
        found: dict[str, dict[str, str]] = {}
        for part in self.parts:
            if part.kind == "value":
                found.setdefault(part.owner, {})[part.key] = part.text
        return Values(
            Value(name, keys["value"], keys["source"], keys.get("locator"), keys.get("as_of"))
            for name, keys in found.items()
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the titles by id."""
        return {part.owner: part.text for part in self.parts if part.kind == "title"}

    @cached_property
    def sources(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Return the records of sources by id, each a set of keys and values."""
        found: dict[str, set[tuple[str, str]]] = {}
        for part in self.parts:
            if part.kind == "source":
                found.setdefault(part.owner, set()).add((part.key, part.text))
        return {name: frozenset(values) for name, values in found.items()}

    @cached_property
    def cited(self) -> dict[str, tuple[object, ...]]:
        """Return what each answer cites, in order, and the records of those sources."""
        found: dict[str, tuple[object, ...]] = {}
        for (owner, key), text in self.texts.items():
            if key in ("short", "text"):
                own = [(one.source, one.locator, self.sources.get(one.source)) for one in citations(text)]
                found[owner] = (*found.get(owner, ()), key, *own)
        return found


class Opened(NamedTuple):
    """A pack at hand, ready to be asked."""

    label: str
    pack: Pack
    assistant: Assistant
    parts: tuple[Part, ...]
    questions: dict[Key, Question]
    vain: tuple[Problem, ...]


def opened(root: Path | None, label: str = "") -> Opened:
    """Open a pack with its cases; None is the bundled one, and without a label it is called by its folder.

    Raises:
        PackError: It cannot be loaded.
        CaseError: Its cases cannot be read.
    """
    folder = find_pack(root)
    assistant = open_assistant(folder)
    pack = assistant.pack
    parts = parts_of(pack)
    questions, vain = questions_of(folder, pack, parts)
    return Opened(label or str(folder), pack, assistant, parts, questions, vain)


def snapshot(side: Opened, more: Iterable[Question] = (), *, jobs: int = 1) -> Snapshot:
    """Ask a pack all its own questions and others, on `jobs` processes, and record its replies."""
    asked = dict(side.questions)
    for question in more:
        asked.setdefault(question.key, question)
    recorder = Recorder(side.pack, side.assistant)
    replies = spread(recorded, list(asked.values()), recorder, jobs=jobs)
    return Snapshot(
        label=side.label,
        name=side.pack.name,
        version=side.pack.version,
        digest=side.pack.digest,
        parts=side.parts,
        questions=side.questions,
        replies=dict(zip(asked, replies, strict=True)),
        vain=side.vain,
    )


class Recorder:
    """Asks an assistant and keeps of a reply what a comparison needs."""

    def __init__(self, pack: Pack, assistant: Assistant) -> None:
        """Take the pack and what answers from it."""
        self.pack = pack
        self.assistant = assistant
        self.talk = Talk(assistant)
        self._texts: dict[tuple[str, ...], str] = {}

    def lead(self, reply: Reply) -> str:
        """Return the words of a reply that stand in no answer."""
        text = reply.text or ""
        if reply.about is not None:
            return ""
        if reply.kind != "answer":
            return text
        if reply.rows:
            return "\n".join(map(self._row, reply.rows))
        if reply.intents not in self._texts:
            words = catalogue_of(self.pack.language)
            answers = (as_told(self.pack, self.pack.answer[one], None, words) for one in reply.intents)
            overviews = tuple(told(self.pack, answer, None, words).answer for answer in answers)
            self._texts[reply.intents] = cited(self.pack, overviews, words)[1]
        return text.removesuffix(self._texts[reply.intents]).strip()

    def _row(self, key: RowKey) -> str:
        """Return the cells of a row: what a reply says of it stands in the answer, and changes with them."""
        table = self.pack.table[key.table]
        row = table.row(dict(key.key)) or {}
        own = ", ".join(cell for _, cell in key.key)
        return f"{table.name} {own}: {'; '.join(cell for name, cell in row.items() if name not in table.key)}"


def recorded(question: Question, recorder: Recorder) -> Recorded:
    """Ask one thing, and keep what a comparison needs."""
    context = recorder.talk.before(question.item)
    reply, _, explanation = recorder.assistant.study(question.item.ask, context)
    candidates = decisive(explanation)
    own = next((one for one in candidates if reply.intents and one.intent == reply.intents[0]), None)
    reader = own or next(iter(candidates), None)
    return Recorded(
        kind=reply.kind,
        intents=reply.intents,
        about=reply.about,
        outside=reply.outside,
        options=tuple(option.intent for option in reply.options),
        suggestions=tuple(suggestion.intent for suggestion in reply.suggestions),
        said=recorder.lead(reply),
        margin=own.margin if own else None,
        confidence=reply.confidence,
        met=met(question.item.expect, reply, explanation),
        evidence=Evidence(
            tuple((one.intent, one.score) for one in candidates),
            own.phrase if own else "",
            tuple((word.text, word.read_as) for word in reader.words) if reader else (),
        ),
    )


def met(expect: Expectation, reply: Reply, explanation: Explanation) -> bool:
    """Return whether a reply is what was expected, its margin included."""
    candidates = decisive(explanation)
    margin = candidates[0].margin if candidates else 0.0
    return not any(differences(expect, reply)) and margin >= (expect.margin or margin)


class Key(NamedTuple):
    """The identity of a question, whatever its line and its expectations."""

    origin: Origin
    owner: str
    """The file of a case; the id for titles and near misses; "" for phrases, which may edit to another id."""
    after: tuple[str, ...]
    ask: str
    turn: int = 0
    """Its number among questions that are otherwise the same."""


class Question(NamedTuple):
    """One message that is asked of a pack, with what should come."""

    key: Key
    item: Item
    owner: str
    """The id that the line belongs to; for a case the id that it expects, "" where it expects none."""

    @property
    def after(self) -> tuple[str, ...]:
        """Return the messages before it; questions are worked on like items."""
        return self.item.after


def questions_of(root: Path, pack: Pack, parts: Iterable[Part]) -> tuple[dict[Key, Question], tuple[Problem, ...]]:
    """Return the questions to a pack, cases first, and the expectations that nothing can meet, such as unknown ids.

    Such a case is asked all the same: that an intent is gone is what a comparison must show. The parts of the pack tell
    the places of titles.

    Raises:
        CaseError: The cases cannot be read, for other reasons than unknown ids.
    """
    report = Report()
    items = read_items((), root, pack, report)
    vain = tuple(problem for problem in report.errors if problem.rule in _VAIN)
    if len(vain) < len(report.errors):
        raise CaseError(report.errors)
    found: dict[Key, Question] = {}
    for origin, owner, item in _lines(pack, items, {part.owner: part.place for part in parts if part.kind == "title"}):
        key = Key(origin, _held(origin, owner, item), item.after, item.ask)
        while key in found:
            key = key._replace(turn=key.turn + 1)
        found[key] = Question(key, item, owner)
    return found, vain


def _held(origin: Origin, owner: str, item: Item) -> str:
    if origin == "case":
        return item.place.file
    return owner if origin in ("title", "not") else ""


def _lines(pack: Pack, items: list[Item], titles: dict[str, Place]) -> Iterator[tuple[Origin, str, Item]]:
    for item in items:
        yield "case", item.expect.intent or "", item
    for intent in pack.own:
        yield "title", intent.id, line_item("title", intent.id, intent.title, titles.get(intent.id, intent.place))
        for phrase in intent.phrases:
            yield "phrase", intent.id, line_item("phrase", intent.id, phrase.text, phrase.place)
        for phrase in intent.not_:
            yield "not", intent.id, line_item("not", intent.id, phrase.text, phrase.place)
    for group in pack.outside:
        for phrase in group.phrases:
            yield "outside", group.id, line_item("outside", group.id, phrase.text, phrase.place)


def line_item(origin: Origin, owner: str, text: str, place: Place) -> Item:
    """Return the item of a learnt line: its intent answers, a near miss does not, an outside line declines."""
    if origin == "not":
        return Item(place, text, Expectation(not_intent=(owner,)))
    return Item(place, text, Expectation(kind="decline") if origin == "outside" else Expectation(intent=owner))
