"""The chat with a journal: what a visitor is told, and the one key of feedback."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, get_args

from dimchat.apps.base.session import Session
from dimchat.apps.chat import ChatApp
from dimchat.index import open_assistant
from dimchat.journal import Loss
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.rows import Entry, Feedback, Mode
from dimchat.model import Context, Option, Reply
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.journal.rows import Row
    from dimchat.render.json_reply import Explained

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)


class Sink:
    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def close(self, _: float) -> Loss:
        return Loss()


class Answers:
    """Offers two choices for "renewal" and answers the rest."""

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        if text == "renewal":
            ids = ("a.renewal", "b.renewal")
            options = tuple(Option(number, name, name) for number, name in enumerate(ids, 1))
            return Reply(text, "clarify", options=options), context._replace(options=ids)
        picked = context.options[int(text) - 1] if text.isdecimal() and context.options else "a.pay"
        return Reply(text, "answer", (picked,)), context._replace(options=())

    def explain(self, text: str, context: Context) -> Explained:
        raise NotImplementedError


def recorder_into(sink: Sink, mode: Mode = "full") -> JournalRecorder:
    return JournalRecorder(sink, mode=mode, face="kiosk", pack="d", clock=lambda: NOW)  # type: ignore[arg-type]


def make_session(sink: Sink, mode: Mode = "full") -> Session:
    pack = SimpleNamespace(language="en", also_in=(), intent={"a.renewal", "b.renewal", "a.pay"})
    pack.in_language = lambda _: pack
    return Session(pack, Answers(), lambda: 0.0, recorder_into(sink, mode))  # type: ignore[arg-type]


def test_a_session_records_what_is_said_and_what_is_picked() -> None:
    sink = Sink()
    session = make_session(sink)
    session.say("renewal")
    session.pick("b.renewal", "How do I renew B?")
    entries = [row for row in sink.rows if isinstance(row, Entry)]
    assert [(row.text, row.typed) for row in entries] == [("renewal", True), (None, False)]
    assert [row.intent for row in sink.rows if isinstance(row, Feedback)] == ["b.renewal"]


def test_browsing_to_a_question_is_a_pick_of_nothing_that_was_offered() -> None:
    sink = Sink()
    make_session(sink).pick("a.pay", "How much?")
    assert [(row.typed, row.text) for row in sink.rows if isinstance(row, Entry)] == [(False, None)]


def test_beginning_anew_cuts_the_thread() -> None:
    sink = Sink()
    session = make_session(sink)
    session.say("what is the pay")
    session.forget()
    assert not session.recorder.rateable


def test_every_mode_that_keeps_something_has_a_notice() -> None:
    assert catalogue_of("en").below("chat.notice").keys() == set(get_args(Mode)) - {"off"}


async def test_one_key_says_whether_an_answer_was_meant_while_the_prompt_has_the_focus() -> None:
    sink = Sink()
    assistant = open_assistant()
    app = ChatApp(lambda: (assistant.pack, assistant), open_recorder=lambda _: recorder_into(sink))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        while app.chat.session is None:
            await pilot.pause()
        await app.chat.submit("what degree do I need")
        await pilot.pause()
        assert app.chat.prompt.has_focus
        await pilot.press("f4")
        await pilot.press("f3")
        await pilot.pause()
    assert [row.signal for row in sink.rows if isinstance(row, Feedback)] == ["no"]
