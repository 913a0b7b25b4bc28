"""The stand's screens as text, as they were looked at and found right.

After a change that is meant: DIMCHAT_GOLDENS=write python -m pytest tests/kiosk/test_goldens.py, and look at the diff.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.apps.stand import KioskApp
from dimchat.apps.stand.attract import WarningScreen
from dimchat.apps.stand.source import SourceScreen
from dimchat.kiosk.stand_settings import Settings
from dimchat.model import Answer, Category, Citation, Context, Intent, Option, Pack, Reply, Suggestion, Vocabulary

if TYPE_CHECKING:
    from textual.pilot import Pilot

FOLDER = Path(__file__).parent / "goldens"
REWRITE = os.environ.get("DIMCHAT_GOLDENS") == "write"
SIZES = [(80, 24), (140, 45)]
TITLES = {"ticket.price": "What does a ticket cost?", "ticket.lost": "What if I lost my ticket?"}
CITATION = Citation(
    1, "rules", "The rules of the car park", "The town", "https://example.org/rules", "§ 4", "2026-11-24"
)
PACK = Pack(
    name="park",
    title="How do I park?",
    version="1",
    language="en",
    digest="",
    default_topic=None,
    categories=(Category("ticket", "Tickets", "prices, loss"), Category("ways", "Ways in")),
    intents=(
        *(Intent(id_, "ticket", title, ()) for id_, title in TITLES.items()),
        Intent("gate.place", "ways", "Where is the gate?", ()),
    ),
    answers=tuple(Answer(id_, "s", "t") for id_ in (*TITLES, "gate.place")),
    texts=(),
    sources=(),
    outside=(),
    vocabulary=Vocabulary(),
)
SHORT = "A ticket costs three dollars an hour, and the first half hour is free. [1]"


class Assistant:
    """Answers one question, offers two for another, and has nothing for the rest."""

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        options = tuple(Option(number, id_, title) for number, (id_, title) in enumerate(TITLES.items(), 1))
        suggestions = (Suggestion("gate.place", "Where is the gate?"),)
        if text == "ticket":
            return Reply(text, "clarify", text="Which of these comes closest?", options=options), context
        if text == "price":
            whole = f"{SHORT}\n\n{'On Sundays nobody pays, whatever the sign at the gate still says of it. ' * 4}"
            answer = Reply(text, "answer", ("ticket.price",), short=SHORT, text=whole, citations=(CITATION,))
            answer = answer._replace(reviewed=date(2026, 11, 24), review_by=date(2027, 11, 24))
            return answer._replace(suggestions=suggestions), context
        return Reply(text, "decline", text="I have no answer to that.", suggestions=suggestions), context


async def _begun(app: KioskApp, pilot: Pilot[None], *steps: str) -> None:
    await pilot.press("enter")
    for step in steps:
        await app.home.do(("keyboard",)) if step == "keyboard" else await app.home.ask(step)
    await pilot.pause()


async def attract(_: KioskApp, pilot: Pilot[None]) -> None:
    await pilot.pause()


async def topics(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot)


async def keyboard(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot, "keyboard")


async def answer(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot, "price")


async def choices(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot, "ticket")


async def decline(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot, "cake")


async def source(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot)
    await app.push_screen(SourceScreen(CITATION))


async def warning(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot)
    app.visited = False  # else the clock takes it away again
    await app.push_screen(WarningScreen(1.0))


async def pin(app: KioskApp, pilot: Pilot[None]) -> None:
    await _begun(app, pilot)
    app.open_staff()


SCREENS = {each.__name__: each for each in (attract, topics, keyboard, answer, choices, decline, source, warning, pin)}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_the_stand_is_as_it_was_found_right(
    name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.apps.stand.attract.CHANGE", 3600.0)
    golden = FOLDER / f"{name}-{size[0]}x{size[1]}.txt"
    opened: Any = PACK, Assistant()
    settings = Settings(motion=True, pin_file=str(tmp_path / "pin.json"))
    app = KioskApp(lambda: opened, settings=settings, today=lambda: date(2026, 11, 30))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        for _ in range(100):
            await pilot.pause()
            if app.home.stage.body.children:
                break
        await SCREENS[name](app, pilot)
        for _ in range(4):
            await pilot.pause()
        rows = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]  # noqa: SLF001
    if REWRITE:
        FOLDER.mkdir(exist_ok=True)
        golden.write_text("\n".join([*rows, ""]), encoding="utf-8")
    assert [*rows, ""] == golden.read_text(encoding="utf-8").split("\n")


def test_there_is_a_golden_for_every_screen_of_the_stand() -> None:
    wanted = {f"{name}-{width}x{height}.txt" for name in SCREENS for width, height in SIZES}
    assert {file.name for file in FOLDER.iterdir()} == wanted
