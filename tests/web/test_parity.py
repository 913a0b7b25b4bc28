"""What visitors and staff can do at the terminal's stand can be done on the page's."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing
from dataclasses import astuple
from datetime import date
from html import unescape
from socket import socketpair
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from dimchat.apps.stand import KioskApp, staff
from dimchat.apps.stand.home import HomeScreen
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.journal.protocol import Loss, NoRecorder
from dimchat.kiosk.check_pack import unpack
from dimchat.kiosk.pin import PinStore, pin_file, state_folder
from dimchat.kiosk.stand_settings import LEAST_WARNING, Settings
from dimchat.kiosk.start import make_supervisor
from dimchat.model import Context, Pack, Reply
from dimchat.visit.idle import Idle
from dimchat.visit.signals import DayCounts, Link, Signal, Today
from dimchat.web import run
from dimchat.web.page_server import PageServer
from dimchat.web.server_settings import Settings as ServerSettings
from dimchat.web.stand_pack import StandPack
from dimchat.web.visitor import page_visit
from dimchat.web.visitor.page_visit import ROOT, Chosen, PageFace
from dimchat.web.visitor.staff_desk import ROWS, StaffDesk
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.journal import Mode, Recorder
    from dimchat.web.visitor.talk import Talk

WORDS = catalogue_of("en")
PAGE = {
    "open": 'class="offer tiles"',
    "ask": 'action="pick"',
    "value": 'class="offer values"',
    "none": WORDS("reply.none"),
    "for": WORDS("stand.readers_head"),
    "whole": 'action="more"',
    "rate": 'action="rate"',
    "source": 'action="source"',
    "topics": 'action="topics"',
    "back": 'action="back"',
    "keyboard": 'id="keyboard"',
    "size": 'action="size"',
    "over": 'action="over"',
    "scroll": "",
}
"""What each act of the terminal's stand is done by on the page; the browser scrolls by itself."""


class Judged(NoRecorder):
    """A journal that is on, and takes one judgement of each answer."""

    mode: Mode = "full"
    rateable = False
    rated: bool | None = None

    def record(self, reply: Reply, context: Context = Context()) -> None:  # noqa: ARG002, B008 - the protocol's
        self.rateable = reply.kind == "answer"

    def rate(self, *, meant: bool) -> bool:
        self.rateable, self.rated = False, meant
        return True

    def close(self, timeout: float = 0.0, stall: float = 0.0) -> Loss:  # noqa: ARG002 - the protocol's
        return Loss()


class Opens:
    """Opens that journal."""

    def __init__(self) -> None:
        self.journal = Judged()

    def __call__(self, _: Pack) -> Recorder:
        return self.journal


@pytest.fixture(scope="module")
def drawn() -> str:
    """Draw what a visit of the page's stand shows, view after view."""
    face = PageFace(open_assistant(), Chosen(Switch("full"), 60.0))
    talk, pages = face.talk(Opens()), [face.first("x")]  # type: ignore[arg-type] # all that is asked of an opener
    for name, values in (
        ("topics", {}),
        ("ask", {"text": "what degree do I need"}),
        ("ask", {"text": "renewal"}),
        ("ask", {"text": "what do imaging managers earn in my state"}),
    ):
        talk.act(name, values)
        pages.append(face.drawing(talk).page(talk, root=ROOT, visit=""))
    return "".join(pages)


def test_every_act_of_the_terminal_s_stand_is_known_here() -> None:
    assert {name.removeprefix("_do_") for name in vars(HomeScreen) if name.startswith("_do_")} == set(PAGE)


@pytest.mark.parametrize("act", PAGE)
def test_the_page_has_what_does_it(drawn: str, act: str) -> None:
    assert PAGE[act] in drawn


@pytest.mark.parametrize("mode", ["off", "counts", "full"])
def test_both_say_what_is_recorded(mode: Mode) -> None:
    page = PageFace(open_assistant(), Chosen(Switch(mode), 60.0)).first("x")
    assert WORDS(f"stand.recorded.{mode}") in page
    assert WORDS(f"stand.recorded_short.{mode}") in page


def test_an_answer_is_judged_once_and_the_visitor_thanked() -> None:
    face, opens = PageFace(open_assistant(), Chosen(Switch("full"), 60.0)), Opens()
    talk = face.talk(opens)  # type: ignore[arg-type] # the same
    talk.act("ask", {"text": "what degree do I need"})
    step = {"step": str(talk.last.number)}
    talk.act("rate", {**step, "meant": "no"})
    assert opens.journal.rated is False
    talk.act("rate", {**step, "meant": "yes"})
    assert opens.journal.rated is False
    assert WORDS("stand.meant_thanks") in face.drawing(talk).page(talk, root=ROOT, visit="")


def staffed(
    face: PageFace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings | None = None
) -> tuple[Talk, StaffDesk, list[Signal]]:
    """Return a visit of a stand with a PIN, its staff's desk, and what the server is asked."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    PinStore(pin_file()).set("2580")
    asked: list[Signal] = []

    class Server(Link):
        def send(self, sign: Signal, times: int = 1) -> None:  # noqa: ARG002 - the link's
            asked.append(sign)
            if sign in ANSWERED:
                desk.hear(ANSWERED[sign])

    here, there = socketpair()
    there.close()
    desk = StaffDesk(Server(here), settings or Settings(), lambda: WORDS)
    here.close()
    talk = face.talk()
    talk.staff = desk
    return talk, desk, asked


ANSWERED: dict[Signal, Signal | DayCounts] = {
    Signal.STAFF: Signal.PACK_SAME,
    Signal.COUNTS: DayCounts(visitors=3),
    Signal.RELOAD: Signal.PACK_SAME,
}


async def test_the_staff_proves_its_pin_and_has_the_menu_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    face = PageFace(open_assistant(), Chosen(Switch(), 60.0))
    talk, desk, asked = staffed(face, monkeypatch, tmp_path)
    assert {f"stand.staff.{name}" for name in ROWS} | {"stand.staff.back"} == {label for label, _ in staff.ROWS}

    async def staff_does(**values: str) -> str:
        await desk.do(values)
        talk.act("staff", values)
        return unescape(face.drawing(talk).page(talk, root=ROOT, visit=""))

    assert WORDS("stand.pin.ask") in await staff_does()
    page = await staff_does(act="leave", pin="1111")
    assert WORDS("stand.pin.wrong") in page
    assert (desk.known, asked) == (False, []), "without the PIN nothing is done"
    page = await staff_does(pin="2580")
    assert all(WORDS(label) in page for label, _ in staff.ROWS)
    assert "3 visitors" in await staff_does(act="counts")
    assert WORDS("stand.staff.pack_same") in await staff_does(act="reload")
    assert await desk.do({"act": "leave"})
    assert asked == [Signal.STAFF, Signal.COUNTS, Signal.RELOAD, Signal.LEAVE]
    desk.forget()
    assert WORDS("stand.staff.leave") not in await staff_does()


@pytest.mark.parametrize("face", ["terminal", "page"])
def test_both_start_over_a_broken_pack_with_the_one_that_they_kept(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, face: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    before = StandPack(toy, state_folder())
    before.begin()
    before.close()
    (toy / "answers" / "shop.yaml").write_text("- id: shop.hours\n  short: x [@nowhere]\n")
    if face == "page":
        with closing(StandPack(toy, state_folder())) as pack:
            assert unpack(*astuple(pack.begin()))[1].ask("opening hours")[0].short == "From nine to six. [1]"
        return
    with closing(make_supervisor(Settings(pack=str(toy)))._packs) as packs:  # noqa: SLF001 - what visitors get
        while not packs.turn():
            time.sleep(0.01)
        assert packs.stored is not None
        assert unpack(*astuple(packs.stored))[1].ask("opening hours")[0].short == "From nine to six. [1]"


@pytest.mark.parametrize("face", ["terminal", "page"])
async def test_the_staff_of_both_reads_why_the_pack_is_no_good(
    toy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, face: str
) -> None:
    (toy / "answers" / "shop.yaml").write_text("- id: shop.hours\n  short: x [@nowhere]\n")
    why, settings = "shop.yaml:", Settings(pack=str(toy))
    if face == "page":
        chosen = Chosen(Switch(), 60.0, pack=toy)
        talk, desk, asked = staffed(PageFace(open_assistant(), chosen), monkeypatch, tmp_path, settings)
        monkeypatch.setitem(ANSWERED, Signal.STAFF, Signal.PACK_BAD)
        await desk.do({"pin": "2580"})
        assert asked == [Signal.STAFF]
        talk.act("staff", {})
        page = unescape(PageFace(open_assistant(), chosen).drawing(talk).page(talk, root=ROOT, visit=""))
        assert WORDS("stand.staff.pack_bad") in page
        assert why in page
        return
    kiosk = KioskApp(lambda: (open_assistant().pack, open_assistant()), settings=settings)
    async with kiosk.run_test(size=(120, 40)) as pilot:
        screen = staff.StaffScreen(settings, kiosk)
        await kiosk.push_screen(screen)
        screen.hear(Signal.PACK_BAD)
        await kiosk.workers.wait_for_complete()
        await pilot.pause()
        told = "\n".join(strip.text for strip in screen._compositor.render_strips())  # noqa: SLF001
        assert WORDS("stand.staff.pack_bad")[:40] in told
        assert why in told


def test_the_page_counts_visits_under_way_as_the_terminal_does() -> None:
    server = PageServer(ServerSettings(kiosk=True), "Toys", "en", "")
    for sign in (Signal.SHOWN, Signal.VISITOR, Signal.BEAT, Signal.ANSWERED, Signal.ANSWERED, Signal.DECLINED):
        server._hear(Mock(), sign)  # noqa: SLF001 - as it comes from a process
    counts = server.today.on(date.today())  # noqa: DTZ011 - the day of the people here
    assert counts == DayCounts(visitors=1, answered=2, declined=1)


async def test_the_staff_s_wishes_are_done_by_the_server() -> None:
    answered: list[Signal] = []

    async def answer(sign: Signal) -> Signal:
        answered.append(sign)
        return Signal.PACK_TAKEN

    server = Mock(today=Today(date.today()))  # noqa: DTZ011 - the day of the people here
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    obey = run.staff_of(server, Mock(answer=answer), ended)
    assert await obey(Signal.RELOAD) is Signal.PACK_TAKEN
    assert answered == [Signal.RELOAD]
    assert await obey(Signal.COUNTS) == DayCounts().to_bytes()
    assert await obey(Signal.LEAVE) is None
    assert ended.result() == 0


def test_both_warn_alike_and_can_be_extended_alike() -> None:
    assert page_visit.WARNING == LEAST_WARNING
    now = [0.0]
    idle = Idle(60.0, page_visit.WARNING, lambda: now[0])
    for _ in range(10):
        now[0] += 70
        assert idle.state().phase == "warned"
        assert idle.touch(), "a touch extends it, as often as one likes"
    now[0] += 60
    assert idle.state().phase == "warned"
    now[0] += 20
    assert idle.state().phase == "over"
