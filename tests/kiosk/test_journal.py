"""The kiosk with a journal: what a visitor is told and asked, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.apps.stand.stage import Said
from dimchat.journal import Loss, Switch
from dimchat.journal.address import url_of
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.rows import Entry, Feedback, Mode, Tally, new_key
from dimchat.journal.store import Store
from dimchat.kiosk.self_test import BAD, CARE, OK, journal
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit.signals import DayCounts, Signal
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.journal.rows import Row
    from dimchat.model import Pack

WORDS = catalogue_of("en")

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


class Sink:
    """Stands for the worker, and keeps what it is given."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def close(self, _: float) -> Loss:
        return Loss()

    def of(self, kind: type) -> list[Any]:
        return [row for row in self.rows if isinstance(row, kind)]

    def recorder(self, pack: Pack, mode: Mode = "full") -> JournalRecorder:
        return JournalRecorder(self, mode=mode, face="kiosk", pack=pack.digest, clock=lambda: NOW)  # type: ignore[arg-type]


def recorded(sink: Sink, mode: Mode = "full") -> dict[str, Any]:
    return {"journal": Switch(mode), "open_recorder": lambda pack: sink.recorder(pack, mode)}


@pytest.mark.parametrize("mode", ["off", "counts", "full"])
async def test_both_screens_say_what_is_recorded(visit: Any, size: tuple[int, int], mode: Mode) -> None:
    async with visit(size, begun=False, journal=Switch(mode)) as kiosk:
        assert WORDS(f"stand.recorded.{mode}") in kiosk.shown
        await kiosk.begin()
        assert WORDS(f"stand.recorded_short.{mode}") in kiosk.shown
        assert (WORDS("stand.recorded.off") in kiosk.shown) == (mode == "off")


async def test_every_reply_is_one_row_and_the_same_as_the_parent_counts(visit: Any) -> None:
    sink = Sink()
    async with visit(**recorded(sink)) as kiosk:
        for text in ("exam", "what degree do I need", "how much do nurses make"):
            await kiosk.home.ask(text)
        await kiosk.home.ask("my name is Zebulon, what is the CRA")
        await kiosk.home.ask("my chest hurts")
        await kiosk.home.ask("after that nothing is kept")
        await kiosk.settle()
        kinds = [row.kind for row in sink.of(Entry)]
        sent = kiosk.signs.sent
    for kind, sign in (("answer", Signal.ANSWERED), ("clarify", Signal.CLARIFIED), ("decline", Signal.DECLINED)):
        assert kinds.count(kind) == sent.count(sign)
    assert kinds.count("answer") >= 2
    assert {row.face for row in sink.of(Entry)} == {"kiosk"}
    assert not any("zebulon" in str(row).casefold() for row in sink.rows)
    assert [row.what for row in sink.of(Tally)] == ["safety"]
    assert sink.of(Entry)[-1].text is None


async def test_in_counts_no_row_holds_a_word(visit: Any) -> None:
    sink = Sink()
    async with visit(**recorded(sink, "counts")) as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.settle()
    assert [(row.kind, row.text) for row in sink.of(Entry)] == [("answer", None)]


@pytest.mark.parametrize(("meant", "signal"), [("yes", "yes"), ("no", "no")])
async def test_a_visitor_can_say_once_whether_an_answer_was_meant(visit: Any, meant: str, signal: str) -> None:
    sink = Sink()
    async with visit(**recorded(sink)) as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.settle()
        assert WORDS("stand.meant") in kiosk.shown
        await kiosk.touch(next(pad for pad in kiosk.pads("rate") if pad.act[1] == meant))
        assert WORDS("stand.meant_thanks") in kiosk.shown
        assert kiosk.pads("rate") == []
        assert kiosk.home.prompt.has_focus
        (entry,), (feedback,) = sink.of(Entry), sink.of(Feedback)
        assert (feedback.entry, feedback.signal) == (entry.key, signal)
        await kiosk.home.do(("whole",))
        await kiosk.settle()
        assert kiosk.pads("rate") == []


async def test_a_key_says_it_too_and_what_was_typed_stays(visit: Any) -> None:
    sink = Sink()
    async with visit(**recorded(sink)) as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.press("x", "f4")
        assert [row.signal for row in sink.of(Feedback)] == ["no"]
        assert kiosk.home.prompt.value == "x"
        await kiosk.press("f3")
        assert len(sink.of(Feedback)) == 1


async def test_it_is_asked_of_the_latest_answer_alone(visit: Any) -> None:
    sink = Sink()
    async with visit(**recorded(sink)) as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.home.ask("what is the CRA")
        await kiosk.settle()
        assert kiosk.pads("rate")
        await kiosk.press("escape")
        assert isinstance(kiosk.home.view, Said)
        assert kiosk.home.view.turn.said == "what degree do I need"
        assert kiosk.pads("rate") == []
        await kiosk.press("f3")
        assert sink.of(Feedback) == []
        await kiosk.home.ask("how much do nurses make")
        await kiosk.settle()
        assert kiosk.home.view.turn.reply.kind == "decline"
        assert kiosk.pads("rate") == []


async def test_without_a_journal_nothing_is_asked(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.press("f3")
        assert kiosk.pads("rate") == []
        assert WORDS("stand.meant") not in kiosk.shown


def test_settings_travel_to_another_process_with_the_switch() -> None:
    settings = Settings(journal=Switch("full", "sqlite:////srv/journal.db", 7))
    assert Settings.from_json(settings.to_json()) == settings


def test_counts_of_today_travel_with_what_was_lost() -> None:
    counts = DayCounts(visitors=2, lost=7)
    assert DayCounts.from_bytes(counts.to_bytes()) == counts


def test_the_self_test_says_what_is_recorded_and_whether_it_can_be(tmp_path: Path) -> None:
    settings = Settings()
    assert journal(settings).level == OK
    url = url_of(tmp_path / "journal.db")
    settings = replace(settings, journal=Switch("counts", url))
    with Store(url) as store:
        entry = Entry(new_key(NOW), NOW.date(), 14, "d", "kiosk", "answer", ("a.b",), 0.9, 0.5, typed=True)
        elsewhere = replace(entry, key=new_key(NOW), face="chat")
        store.write([entry, elsewhere])
        found = journal(settings, NOW.date())
        assert found.level == OK
        assert "1 answers, 0 choices, 0 declines; 0 lost" in found.text
        store.write([Tally(new_key(NOW), NOW.date(), "lost", 3)])
        assert journal(settings, NOW.date()).level == CARE
    (tmp_path / "file").touch()
    bad = replace(settings, journal=Switch("counts", url_of(tmp_path / "file" / "journal.db")))
    assert journal(bad, NOW.date()).level == BAD
