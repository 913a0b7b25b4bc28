"""What a visitor can do at the terminal's stand can be done on the page's, but for what is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.apps.stand import app as stand_app
from dimchat.apps.stand.home import HomeScreen
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.journal.protocol import Loss, NoRecorder
from dimchat.model import Context, Pack, Reply
from dimchat.web.visitor.page_visit import ROOT, Chosen, PageFace
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.journal import Mode, Recorder

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
MISSING = {
    "Gesture": "the staff's screen: PIN, counts, self-test, a changed pack",
    "Link": "a parent that keeps the last good pack",
}
"""What the page has not: by the name of what the terminal's stand does it with."""


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


def test_what_the_page_has_not_is_named(drawn: str) -> None:
    assert all(hasattr(stand_app, name) for name in MISSING)
    assert WORDS("stand.pin.head") not in drawn
