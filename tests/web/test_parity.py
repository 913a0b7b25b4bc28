"""What visitors and staff can do at the terminal's stand can be done on the page's."""

from __future__ import annotations

import asyncio
from html import unescape
from socket import socketpair
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from dimchat.apps.stand import staff
from dimchat.apps.stand.home import HomeScreen
from dimchat.errors import DimchatError
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.journal.protocol import Loss, NoRecorder
from dimchat.kiosk.pin import PinStore, pin_file
from dimchat.kiosk.stand_settings import LEAST_WARNING, Settings
from dimchat.model import Context, Pack, Reply
from dimchat.visit.idle import Idle
from dimchat.visit.signals import DayCounts, Link, Signal
from dimchat.web import run
from dimchat.web.server import Described
from dimchat.web.server_settings import Settings as ServerSettings
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


def staffed(face: PageFace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Talk, StaffDesk, list[Signal]]:
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
    desk = StaffDesk(Server(here), Settings(), lambda: WORDS)
    here.close()
    talk = face.talk()
    talk.staff = desk
    return talk, desk, asked


ANSWERED: dict[Signal, Signal | DayCounts] = {Signal.COUNTS: DayCounts(visitors=3), Signal.RELOAD: Signal.PACK_BAD}


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
    assert WORDS("stand.staff.pack_bad") in await staff_does(act="reload"), "visitors keep the pack from before"
    assert await desk.do({"act": "leave"})
    assert asked == [Signal.COUNTS, Signal.RELOAD, Signal.LEAVE]
    desk.forget()
    assert WORDS("stand.staff.leave") not in await staff_does()


async def test_a_bad_edit_changes_nothing_for_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"now": Described("Toys", "en", fingerprint="1")}

    def describe(_: object) -> Described:
        if "now" not in files:
            raise DimchatError("broken")
        return files["now"]

    renewed: list[Described] = []
    server = Mock(settings=ServerSettings(kiosk=True), renew=lambda _, pack: renewed.append(pack))
    monkeypatch.setattr(run, "describe", describe)
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    obey = run.staff_of(server, files["now"], ended)
    assert await obey(Signal.RELOAD) is Signal.PACK_SAME
    before = files.pop("now")
    assert await obey(Signal.RELOAD) is Signal.PACK_BAD
    assert renewed == []
    files["now"] = before._replace(fingerprint="2")
    assert await obey(Signal.RELOAD) is Signal.PACK_TAKEN
    assert renewed == [files["now"]]
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
