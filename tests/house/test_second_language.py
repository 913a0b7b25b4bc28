"""Another language needs a catalogue and nothing else: one is made here of letters that English has none of."""

from __future__ import annotations

import re
import string
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import pytest

from dimchat.apps.chat import ChatApp
from dimchat.apps.chat.commands import COMMANDS
from dimchat.apps.chat.frame import Title
from dimchat.apps.stand import KioskApp
from dimchat.apps.stand.attract import AttractScreen, WarningScreen
from dimchat.apps.stand.source import SourceScreen
from dimchat.dialogue import Assistant
from dimchat.index import open_assistant
from dimchat.journal import Mode, Switch
from dimchat.kiosk.stand_settings import Settings
from dimchat.model import (
    Answer,
    Category,
    Citation,
    Context,
    Intent,
    Option,
    Pack,
    Reply,
    Suggestion,
    Vocabulary,
    Words,
)
from dimchat.render import explanation_to_plain, to_markdown, to_plain
from dimchat.wording import Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.pilot import Pilot

    from dimchat.apps.base.app import ConversationApp
    from dimchat.wording.catalogue import Message

LETTERS = {ord(letter): chr(0x3B1 + at % 24) for at, letter in enumerate(string.ascii_letters)}
LATIN = re.compile(r"[A-Za-z]{2,}")
TODAY = date(2026, 11, 30)
KEPT = {"dimchat", "esc", "enter", "tab", "escape", "home", "end", "up", "down", "pageup", "pagedown", "right"}
KEPT |= {command.name for command in COMMANDS} | {"save", "test", "QR"}
"""Names of the program, of keys, of commands, of a code."""


def greek(text: str) -> str:
    """Return a text in other letters, with its places as they are."""
    said = ""
    for before, name, spec, conversion in string.Formatter().parse(text):
        said += before.translate(LETTERS)
        if name is not None:
            said += "{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}"
    return said


def in_greek(message: Message) -> Message:
    if isinstance(message, str):
        return greek(message)
    if isinstance(message, tuple):
        return tuple(map(greek, message))
    return {form: greek(text) for form, text in message.items()}


def domain(name: str) -> Mapping[str, Message]:
    english: Mapping[str, Message] = import_module(f"dimchat.wording.en.{name}").MESSAGES
    return {id_: in_greek(message) for id_, message in english.items()}


@pytest.fixture(scope="module")
def words() -> Catalogue:
    return Catalogue("x-other", domain, lambda count: "one" if count == 1 else "other")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_THEME", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


def own(pack: Pack, reply: Reply) -> list[str]:
    """Return what a reply may show that is the pack's, the longest first."""
    names = [name for topic in pack.vocabulary.topics for name in topic.names]
    names += [aspect.title for aspect in pack.vocabulary.aspects]
    found = [
        *(pack.title, pack.elsewhere, pack.contact),
        *(text for category in pack.categories for text in (category.title, category.about)),
        *(intent.title for intent in pack.intents),
        *(group.title for group in pack.outside),
        *names,
        *(name[:1].upper() + name[1:] for name in names),
        *(text or "" for each in reply.citations for text in (each.title, each.publisher, each.locator, each.url)),
    ]
    return sorted({" ".join(text.split()).rstrip(".") for text in found if text}, key=len, reverse=True)


CONVERSATIONS = {
    "an answer": ["what is the CRA", "how often do I renew it", "sources", "no, something else"],
    "choices": ["renew", "99", "none of these", "blorf wibble", "wibble blorf", "blorf blorf"],
    "a topic": ["sonographer", "and what about the pay of a CRA"],
    "nothing to read": ["?!", "word " * 400, "and for sonographers?", "why?"],
    "another field": ["how much do nurses make", "what is the weather"],
    "danger": ["i want to kill myself"],
}


@pytest.mark.parametrize("turns", CONVERSATIONS.values(), ids=list(CONVERSATIONS))
def test_nothing_of_english_is_left_in_a_reply(words: Catalogue, turns: list[str]) -> None:
    opened = open_assistant()
    pack = opened.pack
    assistant = Assistant(pack, opened._matcher, words=words)  # noqa: SLF001 - the bundled pack's, learnt once
    context = Context()
    for turn in turns:
        reply, context = assistant.ask(turn, context)
        for shape in (to_plain, to_markdown):
            left = " ".join(shape(_framed(reply), pack, TODAY, words=words).replace("\\", "").split())
            for known in own(pack, reply):
                left = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", "", left)
            assert (shape.__name__, LATIN.findall(left)) == (shape.__name__, [])
    said = explanation_to_plain(assistant.explain(turns[0]), pack, words=words)
    assert not re.search(r"^(asked|read as|words|leans on|bar|decided|reply) ", said, re.MULTILINE)


def _framed(reply: Reply) -> Reply:
    """Return a reply without what was typed and without the text of answers: what is left is dimchat's own."""
    told = reply.kind == "answer" or bool(reply.about) or reply.kind in ("smalltalk", "safety")
    return reply._replace(question="?", short=None, text="[1]" if told else reply.text, citations=reply.citations[:2])


def _packed() -> Pack:
    """Return a pack without a Latin letter."""
    titles = {"a.b": greek("How?"), "a.c": greek("How much?")}
    return Pack(
        name="other",
        title=greek("The title"),
        version="1",
        language="en",
        digest="",
        default_topic=None,
        categories=(Category("a", greek("The first"), greek("what it is about")),),
        intents=tuple(Intent(id_, "a", title, ()) for id_, title in titles.items()),
        answers=tuple(Answer(id_, "1", "1") for id_ in titles),
        texts=(),
        sources=(),
        outside=(),
        vocabulary=Vocabulary(),
        words=Words(help=greek("Ask me")),
    )


class Answers:
    """Answers, or offers a choice, without a Latin letter."""

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        titles = [greek(text) for text in ("A house", "A town", "a page", "everybody")]
        citation = Citation(1, "a", titles[0], titles[1], "1://2", titles[2], "2026-11-24")
        if text == "?":
            return Reply(text, "clarify", text=titles[3], options=(Option(1, "a.b", titles[0]),)), context
        reply = Reply(text, "answer", ("a.b",), short=titles[0], text=titles[1] * 50, citations=(citation,))
        day = date(2026, 11, 24)
        return reply._replace(reviewed=day, review_by=day, suggestions=(Suggestion("a.c", titles[2]),)), context


def _left(app: App[None]) -> list[str]:
    """Return the Latin words on the screen and in what was told in passing, but for names of keys and the like."""
    shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001
    shown += "".join(note.message for note in app._notifications)  # noqa: SLF001
    shown = re.sub(r"(?<!\w)(/[a-z-]*|\.[a-z]+|([a-z]+\+)+[a-z]+|F\d+)", "", shown)
    return [word for word in LATIN.findall(shown) if word not in KEPT]


async def _settle(app: ConversationApp, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    for _ in range(4):
        await pilot.pause()


async def test_nothing_of_english_is_left_on_the_chats_screens(words: Catalogue) -> None:
    app = ChatApp(lambda: (_packed(), cast("Any", Answers())), words=words)
    async with app.run_test(size=(120, 70)) as pilot:
        await _settle(app, pilot)
        assert greek("help") in app.chat.query_one(Title).plain
        for opens, closes in (("tab", "escape"), ("f1", "escape"), ("ctrl+p", "escape"), ("ctrl+c", "n")):
            assert ("closed", _left(app)) == ("closed", [])
            await pilot.press(opens)
            await _settle(app, pilot)
            assert (opens, _left(app)) == (opens, [])
            await pilot.press(closes)
            await _settle(app, pilot)


async def test_nothing_of_english_is_left_around_replies_in_the_chat(words: Catalogue) -> None:
    app = ChatApp(lambda: (_packed(), cast("Any", Answers())), words=words, today=lambda: TODAY)
    async with app.run_test(size=(120, 70)) as pilot:
        await _settle(app, pilot)
        for asked in ("?", "1", "/sources", "/nothing", "/copy 1", "/export", "/open 7"):
            await app.chat.submit(asked)
            await _settle(app, pilot)
            assert (asked, _left(app)) == (asked, [])


@pytest.mark.parametrize("mode", ["off", "full"])
async def test_nothing_of_english_is_left_on_the_stands_first_screens(words: Catalogue, mode: Mode) -> None:
    settings = Settings(motion=True, journal=Switch(mode, "sqlite:////nowhere/journal.db"))
    app = KioskApp(lambda: (_packed(), cast("Any", Answers())), settings=settings, today=lambda: TODAY, words=words)
    async with app.run_test(size=(140, 45)) as pilot:
        await _settle(app, pilot)
        assert isinstance(app.screen, AttractScreen)
        assert _left(app) == []
        await pilot.press("enter")
        await _settle(app, pilot)
        assert app.home.stage.body.children
        assert _left(app) == []
        await app.home.do(("keyboard",))
        await _settle(app, pilot)
        assert app.home.keyboard.display
        assert _left(app) == []
        for asked in ("?", "1"):
            await app.home.ask(asked)
            await _settle(app, pilot)
            assert _left(app) == []
        assert app.home.session is not None
        citation = app.home.session.turns[-1].reply.citations[0]
        app.visited = False  # else the clock takes the warning away again
        for screen in (WarningScreen(5.0), SourceScreen(citation)):
            app.push_screen(screen)
            await _settle(app, pilot)
            assert _left(app) == []
