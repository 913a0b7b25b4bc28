"""A small pack and an assistant without a matcher: the chat is tested for what it does with replies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.apps.base.text_widget import Question
from dimchat.apps.chat import ChatApp
from dimchat.apps.chat.turn import Answer as AnswerWidget
from dimchat.apps.chat.turn import ChoiceRow
from dimchat.dialogue import Explanation
from dimchat.model import (
    Answer,
    Category,
    Citation,
    Context,
    Intent,
    Option,
    Pack,
    Reply,
    Source,
    Suggestion,
    Vocabulary,
)

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from dimchat.apps.chat.screen import ChatScreen

SIZES = [(60, 20), (80, 24), (200, 60)]
TODAY = date(2026, 11, 24)

TITLES = {
    "manager.overview": "What does a manager do?",
    "manager.day": "What is a day like?",
    "manager.pay": "How much does a manager earn?",
    "manager.degree": "What degree do I need?",
    "manager.experience": "What experience do I need?",
    "cra.renewal": "How do I renew the CRA?",
    "arrt.renewal": "How do I renew my ARRT registration?",
}
CATEGORY = {"overview": "role", "day": "role", "pay": "pay", "degree": "in", "experience": "in", "renewal": "creds"}

SHORT = "A bachelor's degree in a related field is usual; some jobs ask for a **master's**. [1][2]"
LONG = f"""{SHORT}

Related fields are these:

- radiologic science, which many managers studied first and worked in for years before they led anybody
- healthcare administration
- *medical imaging* technology [2]

1. Start early.
2. Ask `people`.
"""


def make_pack() -> Pack:
    intents = tuple(Intent(i, CATEGORY[i.partition(".")[2]], title, ()) for i, title in TITLES.items())
    return Pack(
        name="small",
        title="Diagnostic Imaging Manager",
        version="1",
        language="en",
        digest="d",
        default_topic="manager",
        categories=(
            Category("role", "The job", "what they do, a day, where they work"),
            Category("in", "Getting in", "degrees, experience, how to start"),
            Category("creds", "Credentials", "ARRT, CRA"),
            Category("pay", "Pay and outlook"),
            Category("empty", "Nothing here"),
        ),
        intents=intents,
        answers=tuple(Answer(i.id, "s", "t") for i in intents),
        texts=(),
        sources=(
            Source("guide", "webpage", "A guide", url="https://example.org/guide", issued="2025", note="Undated."),
        ),
        outside=(),
        vocabulary=Vocabulary(),
    )


CITATIONS = (
    Citation(
        1,
        "guide",
        "Breaking into Diagnostic Imaging Management",
        "Jobya",
        "https://example.org/guide",
        "¶4",
        "2026-11-24",
    ),
    Citation(
        2,
        "bls",
        "Medical and Health Services Managers",
        "BLS",
        "https://example.org/bls",
        "How to Become One",
        "2026-11-24",
    ),
)


class FakeAssistant:
    """Answers by a few words; numbers pick from the context, as the real one does."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Context]] = []

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        self.asked.append((text, context))
        after = context._replace(turn=context.turn + 1, options=(), suggestions=(), pending=None)
        offered = context.options or context.suggestions
        word = text.strip().casefold()
        if word.isdecimal() and 0 < int(word) <= len(offered):
            return self.answer(text, offered[int(word) - 1], after)
        if "renew" in word:
            ids = ("arrt.renewal", "cra.renewal")
            options = tuple(Option(n, i, TITLES[i]) for n, i in enumerate(ids, 1))
            return Reply(text, "clarify", text="Renewal of which one?", options=options), after._replace(options=ids)
        if "degree" in word:
            return self.answer(text, "manager.degree", after)
        if "crash" in word:
            raise ZeroDivisionError(text)
        near = "manager.pay"
        suggestions = (Suggestion(near, TITLES[near]),)
        reply = Reply(text, "decline", text="I have no answer to that.", suggestions=suggestions)
        return reply, after._replace(suggestions=(near,))

    def answer(self, text: str, intent: str, after: Context) -> tuple[Reply, Context]:
        ids = ("manager.experience", "manager.pay")
        long = intent == "manager.degree"
        reply = Reply(
            text,
            "answer",
            (intent,),
            short=SHORT if long else f"About {intent}. [1]",
            text=LONG if long else f"About {intent}. [1]",
            citations=CITATIONS if long else CITATIONS[:1],
            reviewed=date(2026, 11, 24),
            review_by=date(2025, 1, 1) if intent == "cra.renewal" else date(2027, 11, 24),
            suggestions=tuple(Suggestion(i, TITLES[i]) for i in ids),
        )
        return reply, after._replace(suggestions=ids, last=(intent,))

    def explain(self, text: str, context: Context) -> Explanation:
        return Explanation(
            question=text,
            normalised=text,
            words=(),
            frames=(),
            pronouns=(),
            topics=(),
            aspects=(),
            safety=None,
            context=context,
            readings=(),
            floor=0.5,
            margin=0.1,
            decision="because it was asked",
            kind="answer",
            intents=(),
            options=(),
        )


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")  # nobody's settings and saved conversations are touched
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.casefold()))
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.setattr("dimchat.apps.chat.app.copy_to_system", lambda _: False)  # nobody's clipboard is touched


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def pack() -> Pack:
    return make_pack()


@dataclass
class Talk:
    """A chat under test, with what a visitor does and sees."""

    app: ChatApp
    pilot: Pilot[None]

    @property
    def screen(self) -> ChatScreen:
        return self.app.chat

    @property
    def shown(self) -> str:
        """Everything on the screen, row by row."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())  # noqa: SLF001

    @property
    def answers(self) -> list[str]:
        return [answer.plain for answer in self.screen.query(AnswerWidget)]

    @property
    def questions(self) -> list[str]:
        return [question.text for question in self.screen.query(Question)]

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(row.choice.key, row.choice.label) for row in self.screen.query(ChoiceRow)]

    async def settle(self) -> None:
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def say(self, text: str) -> None:
        """Send a message as the enter key does, without the time that pressing it takes."""
        self.screen.prompt.value = text
        self.screen.prompt.action_submit()
        await self.settle()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def click_row(self, index: int) -> None:
        row = list(self.screen.query(ChoiceRow))[index]
        await self.pilot.click(row, offset=(8, 0))
        await self.settle()


Opener = Callable[..., AbstractAsyncContextManager[Talk]]


@pytest.fixture
def chat(pack: Pack, assistant: FakeAssistant) -> Opener:
    """Open a chat of a size; further arguments go to the factory."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (80, 24), opener: Any = None, **options: Any) -> AsyncIterator[Talk]:
        options.setdefault("today", lambda: TODAY)
        app = ChatApp(opener or (lambda: (pack, assistant)), **options)
        async with app.run_test(size=size) as pilot:
            talk = Talk(app, pilot)
            await app.workers.wait_for_complete()
            for _ in range(50):
                await talk.settle()
                if talk.screen.session is not None:
                    break
            yield talk

    return opened


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    width, height = request.param
    return width, height
