from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words
from dimchat.model import (
    Answer,
    Aspect,
    Candidate,
    Category,
    Context,
    Intent,
    OutsideGroup,
    Pack,
    Phrase,
    Place,
    Source,
    Topic,
    Vocabulary,
    Word,
)
from dimchat.tables import Slot, SlotValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.model import Reply

    Talk = Callable[..., list[Reply]]

HERE = Place("pack", 1, 1)


def intent(
    identifier: str,
    title: str,
    *phrases: str,
    then: tuple[str, ...] = (),
    cues: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
) -> Intent:
    category = identifier.partition(".")[0]
    if category not in {"conversation", "safety"}:
        category = "job" if category in {"manager", "director", "sonographer", "technologist"} else "letters"
    return Intent(identifier, category, title, tuple(Phrase(p, HERE) for p in phrases), (), then, cues, unless)


INTENTS = (
    intent("manager.overview", "What is a manager?", "what is an imaging manager", "explain the job of manager"),
    intent(
        "manager.pay",
        "How much does a manager earn?",
        "how much does a manager make",
        "manager salary",
        then=("director.pay", "sonographer.pay"),
    ),
    intent("manager.education", "Which degree do I need?", "what degree do i need", "which diploma is needed"),
    intent("manager.time", "How long does it take?", "how long does it take to become a manager", "years needed"),
    intent("manager.hours", "What are the hours?", "do managers work at night", "are there weekend shifts"),
    intent("director.pay", "How much does a director earn?", "director salary", "what are directors paid"),
    intent("director.overview", "What is a director?", "what is a director of imaging", "who directs imaging"),
    intent("sonographer.pay", "How much do sonographers earn?", "how much do sonographers make", "ultrasound pay"),
    intent("sonographer.outlook", "Are sonographers in demand?", "are sonographers in demand", "jobs in ultrasound"),
    intent("technologist.pay", "How much do technologists earn?", "technologist salary", "what do x-ray techs earn"),
    intent("cra.overview", "What is the CRA?", "what is the cra", "tell me about the cra", then=("cra.exam",)),
    intent("cra.exam", "What is in the CRA exam?", "what is on the cra exam", "cra test topics"),
    intent("cra.renewal", "How do I renew the CRA?", "how often do i renew the cra", "keeping the cra current"),
    intent("arrt.overview", "What is ARRT?", "what is arrt", "who runs the arrt"),
    intent("arrt.exam", "How many ARRT attempts are there?", "how often can i sit the arrt exam", "arrt test tries"),
    intent("arrt.renewal", "When do I renew ARRT?", "when must arrt be renewed", "arrt yearly renewal"),
    intent("license.sonographer", "Which states license sonographers?", "which states license sonographers"),
    intent("license.technologist", "Which states license technologists?", "which states license technologists"),
    intent("conversation.greeting", "Hello", "hello", "hi there"),
    intent(
        "conversation.about", "Who are you?", "who are you", cues=("who .. made|built you",), unless=("built you up",)
    ),
    intent("conversation.thanks", "Thanks", "thanks", "thank you"),
    intent("conversation.more", "More", "tell me more", "more"),
    intent("conversation.repeat", "Repeat", "say that again", "shorter please"),
    intent("conversation.sources", "Sources", "where is that from", "sources"),
    intent("conversation.negation", "No", "that is not what i meant", "no"),
    intent(
        "safety.emergency",
        "Emergency",
        "someone collapsed",
        "has collapsed",
        cues=(
            "chest pain|pains",
            "can not .. breathe",
            "kill myself",
            "bleed* & <kin>|her",
            "can_not|hardly . hear",
        ),
        unless=("this job .. kill myself", "collapsed lung|lungs", "bleed* & money"),
    ),
    intent("safety.advice", "Advice", "what does my scan show", cues=("read my scan",)),
    intent("safety.visit", "Visits", "where do i park", cues=("cancel & my visit & monday",)),
)
ASPECTS = {
    "overview": ("overview", ("what is", "tell me about")),
    "pay": ("pay", ("pay", "salary", "earn", "how much money")),
    "education": ("degree", ("degree", "diploma")),
    "time": ("time it takes", ("how long",)),
    "hours": ("hours", ("hours", "weekend", "night")),
    "outlook": ("outlook", ("outlook", "demand")),
    "exam": ("exam", ("exam", "test")),
    "renewal": ("renewal", ("renew", "renewal", "keep it current")),
    "sonographer": ("license for sonographers", ("sonographer license",)),
    "technologist": ("license for technologists", ("technologist license",)),
}
TOPICS = (
    ("manager", "person", ("imaging manager", "manager")),
    ("director", "person", ("director",)),
    ("sonographer", "person", ("sonographer", "ultrasound tech")),
    ("technologist", "person", ("technologist", "x-ray tech")),
    ("cra", "credential", ("CRA",)),
    ("arrt", "body", ("ARRT",)),
    ("license", "law", ("state licenses",)),
)
OUTSIDE = (
    OutsideGroup(
        "outside.weather",
        "the weather",
        tuple(Phrase(p, HERE) for p in ("what is the weather", "is it raining", "weather tomorrow")),
    ),
    OutsideGroup("outside.pets", "pets", tuple(Phrase(p, HERE) for p in ("can i bring my dog", "feed a cat"))),
)


def small_pack() -> Pack:
    return Pack(
        name="small",
        title="Imaging Manager",
        version="1",
        language="en",
        digest="0" * 8,
        default_topic="manager",
        categories=(Category("job", "The job", "pay and time"), Category("letters", "Credentials")),
        intents=INTENTS,
        answers=tuple(
            Answer(
                i.id,
                f"Short of {i.id}. [@guide, p. 1]",
                f"All about {i.id}. [@guide, p. 1; @bls]\n\n- one\n- two [@guide, p. 2]",
            )
            for i in INTENTS
            if i.category in {"job", "letters"}
        ),
        texts=tuple(
            (i.id, (f"{i.id} first", f"{i.id} second")) for i in INTENTS if i.category in {"conversation", "safety"}
        ),
        sources=(Source("guide", "webpage", "The Guide", "Jobs Inc", "https://example.org/g", accessed="2026-11-01"),),
        outside=OUTSIDE,
        vocabulary=Vocabulary(
            topics=tuple(Topic(*topic) for topic in TOPICS),
            aspects=tuple(Aspect(identifier, *rest) for identifier, rest in ASPECTS.items()),
            filler=("please",),
            sets=(("kin", ("mother", "aunt")),),
            slots=(Slot("branch", "branch", (SlotValue("mill", ("Mill Lane",)), SlotValue("quay", ("Quayside",)))),),
        ),
        elsewhere="a career adviser",
    )


class Overlap:
    """A ranker by shared stems, with the evidence that a real one gives."""

    def __init__(self, pack: Pack) -> None:
        lines = [(p.text, i.id) for i in pack.intents for p in i.phrases]
        lines += [(p.text, g.id) for g in pack.outside for p in g.phrases]
        self._lines = [(text, identifier, {stem(w) for w in words(text)}) for text, identifier in lines]
        self._known = {s for _, _, stems in self._lines for s in stems}
        self.asked: list[str] = []

    def rank(self, text: str, limit: int = 5) -> list[Candidate]:
        self.asked.append(text)
        tokens = words(text)
        stems = {stem(w) for w in tokens}
        best: dict[str, tuple[float, str, set[str]]] = {}
        for phrase, identifier, known in self._lines:
            shared = stems & known
            score = sum(map(self._weight, shared)) / max(sum(map(self._weight, stems | known)), 0.1)
            if score > best.get(identifier, (0.0, "", set()))[0]:
                best[identifier] = (score, phrase, shared)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
        return [
            Candidate(
                identifier,
                min(score * 1.2, 1.0),
                score,
                0.0,
                phrase,
                tuple(
                    Word(w, w, "same", 1.0)
                    if stem(w) in shared
                    else Word(w, w, "same" if stem(w) in self._known else "unknown", 0.0)
                    for w in tokens
                ),
            )
            for identifier, (score, phrase, shared) in ranked
        ]

    @staticmethod
    def _weight(stemmed: str) -> float:
        return 0.2 if stemmed in FUNCTION_WORDS or stemmed == "manag" else 1.0


@pytest.fixture(scope="session")
def pack() -> Pack:
    return small_pack()


@pytest.fixture(scope="session")
def assistant(pack: Pack) -> Assistant:
    return Assistant(pack, Overlap(pack))


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    def held(*turns: str) -> list[Reply]:
        context, replies = Context(), []
        for turn in turns:
            reply, context = assistant.ask(turn, context)
            replies.append(reply)
        return replies

    return held
