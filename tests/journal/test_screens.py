from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import DataTable, Input, OptionList, Static, TabbedContent

from dimchat.apps.base.themes import DARK, LIGHT
from dimchat.apps.curator.insights import DayPlot, InsightsApp
from dimchat.apps.curator.review import EffectScreen, ReviewApp
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.review import open_groups
from dimchat.journal.learn.scope import Scope
from dimchat.journal.store import Store

from .conftest import make_entry, make_feedback
from .test_try_changes import held, root  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.app import App
    from textual.pilot import Pilot

SIZE = (110, 40)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIMCHAT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def asked(url: str) -> Iterator[Store]:
    """A journal with a group of three questions, one of another, and an answer that missed the point."""
    missed = make_entry("salary", intents=("boss.pay",), margin=0.02)
    with Store(url) as store:
        store.write(
            [
                *(make_entry("what dough does one take home", kind="decline") for _ in range(2)),
                make_entry("take home dough", kind="decline", intents=("outside.weather",)),
                make_entry("zebra crossing", kind="decline", reason="reply.unknown"),
                missed,
                make_feedback(missed, "again"),
            ]
        )
        yield store


def shown(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001


async def appears(app: App[None], pilot: Pilot[None], text: str) -> bool:
    """Whether the text is on the screen once what was begun is drawn."""
    for _ in range(20):
        await pilot.pause()
        if text in shown(app):
            return True
    return False


async def done(app: App[None], pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_insights_show_the_days_and_each_list_under_its_key(asked: Store) -> None:
    app = InsightsApp(insights(asked, Scope(), {"boss.pay": "What does a boss earn?"}))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "questions 5" in shown(app)
        assert len(app.query(DayPlot)) == 2
        shown_by = {
            "2": "What does a boss earn?",
            "3": "zebra crossing",
            "4": "nothing near",
            "5": "salary",
            "6": "boss.pay",
        }
        for key, text in shown_by.items():
            await pilot.press(key)
            assert await appears(app, pilot, text)
            assert app.query_one(TabbedContent).active == f"tab-{key}"


async def test_an_empty_journal_can_be_looked_at(url: str) -> None:
    with Store(url) as store:
        app = InsightsApp(insights(store, Scope(), {}))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert all(table.row_count == 0 for table in app.query(DataTable))


async def test_the_theme_changes_and_q_leaves(asked: Store) -> None:
    app = InsightsApp(insights(asked, Scope(), {}))
    async with app.run_test(size=SIZE) as pilot:
        assert app.theme == DARK.name
        await pilot.press("f2")
        await pilot.pause()
        assert app.theme == LIGHT.name
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_what_visitors_typed_is_never_read_as_markup(url: str) -> None:
    with Store(url) as store:
        store.write([make_entry("[bold]loud[/] [@click=app.quit]x[/]", kind="decline")])
        app = InsightsApp(insights(store, Scope(), {}))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("3")
        assert await appears(app, pilot, "[bold]loud[/] [@click=app.quit]x[/]")


async def test_a_group_becomes_a_phrase_and_a_case_and_is_not_shown_again(asked: Store, root: Path) -> None:  # noqa: F811
    app = ReviewApp(asked, Scope(), root)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        rows = app.query_one("#groups", OptionList)
        assert rows.option_count == 2
        assert await appears(app, pilot, "what dough does one take home")
        assert await appears(app, pilot, "reason given: not recorded (2)")
        app.query_one("#targets", OptionList).highlighted = next(
            at for at, target in enumerate(app.targets) if target.verdict == "outside"
        )
        await pilot.pause()
        assert app.query_one("#target", Input).value == "outside.weather"
        assert app.query_one("#phrase", Input).value == "take home dough"
        assert app.query_one("#case", Input).value == "what dough does one take home"
        await pilot.press("ctrl+s", "ctrl+t")
        await done(app, pilot)
        assert isinstance(app.screen, EffectScreen)
        assert await appears(app, pilot, "decline outside.weather")
        await pilot.press("k")
        await done(app, pilot)
        assert "    - take home dough\n" in (root / "intents/outside.yaml").read_text()
        assert (root / "tests/cases/outside.yaml").exists()
        assert [group.asked.text for group in app.groups] == ["zebra crossing"]


async def test_a_change_that_is_not_kept_leaves_every_byte_and_the_group(asked: Store, root: Path) -> None:  # noqa: F811
    before = held(root)
    app = ReviewApp(asked, Scope(), root)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.query_one("#targets", OptionList).highlighted = next(
            at for at, target in enumerate(app.targets) if target.verdict == "outside"
        )
        await pilot.pause()
        await pilot.press("ctrl+s", "ctrl+t")
        await done(app, pilot)
        await pilot.press("escape")
        await done(app, pilot)
        assert held(root) == before
        assert len(app.groups) == 2


async def test_a_group_that_is_set_aside_is_gone_for_good(asked: Store, root: Path) -> None:  # noqa: F811
    app = ReviewApp(asked, Scope(), root)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.query_one("#targets", OptionList).highlighted = len(app.targets) - 1
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert [group.asked.text for group in app.groups] == ["zebra crossing"]
    assert [group.asked.text for group in open_groups(asked, Scope()).groups] == ["zebra crossing"]


async def test_a_decision_that_cannot_be_tried_says_why(asked: Store, root: Path) -> None:  # noqa: F811
    app = ReviewApp(asked, Scope(), root)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.query_one("#phrase", Input).value = ""
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Write both" in str(app.query_one("#problem", Static).render())
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "Nothing is ready" in str(app.query_one("#problem", Static).render())
