from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import JournalError
from dimchat.journal import Loss, NoRecorder, Switch, open_recorder, ready
from dimchat.journal.address import url_of
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.rows import Entry, Feedback, Tally, Visit
from dimchat.model import Context, Option, Reply

from .conftest import NOW

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from dimchat.journal.rows import Mode, Row

PACK: Any = SimpleNamespace(digest="d", version="1.2", language="en")


class Sink:
    """A worker that only takes."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def close(self, timeout: float) -> Loss:
        return Loss(int(timeout))

    @property
    def entries(self) -> list[Entry]:
        return [row for row in self.rows if isinstance(row, Entry)]

    @property
    def signals(self) -> list[tuple[str, str | None]]:
        return [(row.signal, row.intent) for row in self.rows if isinstance(row, Feedback)]


def make_recorder(sink: Sink, mode: Mode = "full", clock: datetime = NOW) -> JournalRecorder:
    return JournalRecorder(sink, mode=mode, face="chat", pack="digest", clock=lambda: clock)  # type: ignore[arg-type]


def answer(question: str, intent: str = "manager.pay", **fields: object) -> Reply:
    return Reply(question, "answer", (intent,), confidence=0.91239, margin=0.31, **fields)  # type: ignore[arg-type]


def offer(question: str, *intents: str) -> tuple[Reply, Context]:
    options = tuple(Option(number, intent, intent) for number, intent in enumerate(intents, 1))
    return Reply(question, "clarify", options=options), Context(options=intents, pending=question)


@pytest.fixture
def sink() -> Sink:
    return Sink()


def test_a_question_is_kept_with_what_became_of_it(sink: Sink) -> None:
    make_recorder(sink).record(answer("how much do I earn"))
    (entry,) = sink.entries
    assert (entry.day, entry.hour, entry.pack, entry.face) == (NOW.date(), 14, "digest", "chat")
    assert (entry.kind, entry.intents, entry.confidence, entry.margin) == ("answer", ("manager.pay",), 0.91239, 0.31)
    assert entry.typed
    assert entry.text == "how much do I earn"


def test_counts_keep_no_text(sink: Sink) -> None:
    make_recorder(sink, "counts").record(answer("how much do I earn"))
    assert [entry.text for entry in sink.entries] == [None]


def test_personal_details_never_reach_the_worker(sink: Sink) -> None:
    make_recorder(sink).record(answer("my name is Jane Roe, mail jane@roe.org"))
    assert "Roe" not in repr(sink.rows)
    assert "roe.org" not in repr(sink.rows)


def test_a_safety_message_is_counted_and_never_kept(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(Reply("my chest hurts", "safety", ("safety.emergency",), text="Call 911."))
    assert [(row.what, row.count) for row in sink.rows if isinstance(row, Tally)] == [("safety", 1)]
    assert len(sink.rows) == 1
    assert "emergency" not in repr(sink.rows)
    assert not hasattr(sink.rows[0], "hour")


def test_after_a_safety_message_no_text_of_that_conversation_is_kept(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(Reply("my chest hurts", "safety", ("safety.emergency",)))
    recorder.record(answer("it still hurts"))
    recorder.record(Reply("what hurts there", "decline", reason="reply.topic_known"))
    recorder.forget()
    recorder.record(answer("what is the pay"))
    assert [entry.text for entry in sink.entries] == [None, None, "what is the pay"]
    assert [entry.reason for entry in sink.entries] == [None] * 3


def test_a_recognised_outside_group_is_kept_with_a_decline(sink: Sink) -> None:
    make_recorder(sink).record(Reply("nurses?", "decline", outside="outside.other_jobs", reason="reply.outside"))
    assert (sink.entries[0].intents, sink.entries[0].reason) == (("outside.other_jobs",), "reply.outside")


def test_what_was_offered_and_then_picked_is_tied_to_the_question(sink: Sink) -> None:
    recorder = make_recorder(sink)
    reply, context = offer("renewal", "arrt.renewal", "cra.renewal")
    recorder.record(reply)
    recorder.record(answer("2", "cra.renewal"), context)
    question, pick = sink.entries
    assert question.intents == ("arrt.renewal", "cra.renewal")
    assert (pick.typed, pick.text) == (False, None)
    assert [(row.entry, row.signal, row.intent) for row in sink.rows if isinstance(row, Feedback)] == [
        (question.key, "picked", "cra.renewal")
    ]


def test_a_choice_that_is_named_in_words_is_picked_too(sink: Sink) -> None:
    recorder = make_recorder(sink)
    reply, context = offer("renewal", "arrt.renewal", "cra.renewal")
    recorder.record(reply)
    recorder.record(answer("the cra", "cra.renewal"), context)
    assert sink.signals == [("picked", "cra.renewal")]
    assert sink.entries[1].typed


@pytest.mark.parametrize("said", ["what does it cost to keep the cra", "3", "the fourth one"])
def test_what_picks_none_of_the_choices_is_no_pick_though_one_of_them_is_answered(sink: Sink, said: str) -> None:
    recorder = make_recorder(sink)
    reply, context = offer("renewal", "arrt.renewal", "cra.renewal")
    recorder.record(reply)
    recorder.record(answer(said, "cra.renewal"), context)
    assert sink.signals == []
    assert sink.entries[1].typed


def test_none_of_the_choices(sink: Sink) -> None:
    recorder = make_recorder(sink)
    reply, context = offer("renewal", "arrt.renewal", "cra.renewal")
    recorder.record(reply)
    recorder.record(Reply("0", "decline"), context)
    assert sink.signals == [("none", None)]


def test_another_question_after_an_offer_is_no_pick(sink: Sink) -> None:
    recorder = make_recorder(sink)
    reply, context = offer("renewal", "arrt.renewal", "cra.renewal")
    recorder.record(reply)
    recorder.record(answer("how much do managers earn"), context)
    assert sink.signals == []


@pytest.mark.parametrize(
    ("second", "again"),
    [
        ("what is the salry of managers", True),
        ("managers salary what", True),
        ("what degree is needed", False),
        ("salary of an entirely different group of other people in other countries", False),
    ],
)
def test_an_answer_that_is_followed_by_the_same_question_was_asked_again(
    sink: Sink,
    second: str,
    again: bool,  # noqa: FBT001 - parametrised
) -> None:
    recorder = make_recorder(sink)
    recorder.record(answer("what salary do managers get"))
    recorder.record(answer(second))
    assert sink.signals == ([("again", None)] if again else [])


def test_that_it_was_not_meant_is_heard(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(answer("pay"))
    recorder.record(Reply("thats not what i asked", "smalltalk", ("conversation.negation",)))
    assert sink.signals == [("again", None)]


def test_an_answer_is_rated_once(sink: Sink) -> None:
    recorder = make_recorder(sink)
    assert not recorder.rateable
    assert not recorder.rate(meant=True)
    recorder.record(answer("pay"))
    assert recorder.rateable
    assert recorder.rate(meant=False)
    assert not recorder.rateable
    assert not recorder.rate(meant=True)
    assert sink.signals == [("no", None)]


def test_a_decline_is_not_rated(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(Reply("x", "decline"))
    assert not recorder.rate(meant=True)


def test_nothing_ties_one_conversation_to_the_next(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(answer("what salary do managers get"))
    recorder.forget()
    recorder.record(answer("what salary do managers get"))
    assert sink.signals == []


@given(st.text(), st.sampled_from(["answer", "clarify", "decline", "smalltalk"]))
def test_whatever_is_asked_can_be_recorded(text: str, kind: str) -> None:
    sink = Sink()
    recorder = make_recorder(sink)
    recorder.record(Reply(text, kind))  # type: ignore[arg-type]
    recorder.record(Reply(text, kind), Context(options=("a.b",)))  # type: ignore[arg-type]
    assert len(sink.entries) == 2


def test_switched_off_nothing_is_opened_or_kept(tmp_path: Path) -> None:
    recorder = open_recorder(Switch(url=url_of(tmp_path / "journal.db")), face="chat", pack=PACK)
    recorder.record(answer("x"))
    assert isinstance(recorder, NoRecorder)
    assert not recorder.rate(meant=True)
    assert recorder.close() == Loss()
    assert not list(tmp_path.iterdir())


def test_switched_on_it_keeps_and_an_address_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    url = url_of(tmp_path / "new" / "journal.db")
    switch = ready(Switch("counts", url))
    assert switch == Switch("counts", url)
    recorder = open_recorder(switch, face="chat", pack=PACK)
    recorder.record(answer("x"))
    assert recorder.close(30) == Loss()
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be written"):
        ready(Switch("counts", url_of(tmp_path / "file" / "journal.db")))


def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr("dimchat.extras.find_spec", lambda _: None)
    with pytest.raises(JournalError, match=r"pip install 'dimchat\[journal\]'"):
        ready(Switch("full", url))


def test_a_visit_that_ends_leaves_two_numbers_and_no_thread(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(answer("first"))
    recorder.record(Reply("second", "decline"))
    recorder.record(Reply("hello", "smalltalk", ("conversation.greeting",)))
    recorder.record(*offer("third", "a.b", "c.d"))
    recorder.record(Reply("1", "answer", ("a.b",)), Context(options=("a.b", "c.d")))
    recorder.forget()
    recorder.forget()
    (visit,) = [row for row in sink.rows if isinstance(row, Visit)]
    assert (visit.asked, visit.declined) == (3, 1)
    midnight = int(NOW.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
    assert int(visit.key[:12], 16) == midnight


def test_what_is_said_of_an_answer_names_it(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(answer("how much"))
    recorder.rate(meant=False)
    recorder.record(Reply("else", "decline"))
    assert [row.about for row in sink.rows if isinstance(row, Feedback)] == ["manager.pay"]


def test_a_row_names_the_language_of_its_visitor(sink: Sink) -> None:
    recorder = make_recorder(sink)
    recorder.record(Reply("cuanto gano", "decline", spoken="es"))
    recorder.forget()
    assert [row.language for row in sink.rows if isinstance(row, Entry | Visit)] == ["es", "es"]
