"""Every answer can be reached by touching alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dimchat.apps.base.offered import category_choices
from dimchat.apps.stand.stage import Said, Tiles
from dimchat.index import open_assistant

if TYPE_CHECKING:
    from dimchat.model import Pack

CATEGORIES = [choice.target for choice in category_choices(open_assistant().pack)]


def test_the_tiles_stand_for_every_answer(pack: Pack) -> None:
    assert len(pack.browsable) == len(pack.answers)
    assert {intent.category for intent in pack.browsable} == set(CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES)
async def test_every_question_of_a_topic_is_answered_by_touching(visit: Any, pack: Pack, category: str) -> None:
    wanted = [intent.id for intent in pack.browsable if intent.category == category]
    async with visit() as kiosk:
        await kiosk.touch(next(pad for pad in kiosk.pads("open") if pad.act[1] == category))
        assert [pad.act[1] for pad in kiosk.pads("ask")] == wanted
        for number, intent in enumerate(wanted):
            await kiosk.touch(kiosk.pads("ask")[number])
            assert isinstance(kiosk.home.view, Said)
            assert kiosk.home.view.turn.reply.intents == (intent,)
            await kiosk.touch(kiosk.pads("back")[0])


@pytest.mark.parametrize("layout", ["comfortable", "large"])
async def test_both_layouts_reach_the_last_question_of_the_longest_topic(
    visit: Any, pack: Pack, size: tuple[int, int], layout: str
) -> None:
    sizes = {category: sum(i.category == category for i in pack.browsable) for category in CATEGORIES}
    longest = max(sizes, key=lambda category: sizes[category])
    async with visit(size, layout=layout) as kiosk:
        await kiosk.touch(next(pad for pad in kiosk.pads("open") if pad.act[1] == longest))
        last = kiosk.pads("ask")[-1]
        await kiosk.touch(last)
        assert kiosk.home.view.turn.reply.intents == (last.act[1],)


async def test_every_question_of_a_topic_is_answered_with_arrows_and_enter(visit: Any, pack: Pack) -> None:
    async with visit() as kiosk:
        await kiosk.press("tab")
        await kiosk.press("enter")
        first = kiosk.pads("ask")[0].act[1]
        assert pack.intent[first].category == CATEGORIES[0]
        await kiosk.press("tab", "down", "up", "enter")
        assert kiosk.home.view.turn.reply.intents == (first,)
        await kiosk.press("escape", "escape")
        assert isinstance(kiosk.home.view, Tiles)


async def test_suggestions_choices_and_none_of_these_can_be_touched(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.home.ask("exam")
        await kiosk.settle()
        assert kiosk.home.view.turn.reply.kind == "clarify"
        offered = [pad.act[1] for pad in kiosk.pads("ask")]
        assert offered == [option.intent for option in kiosk.home.view.turn.reply.options]
        await kiosk.touch(kiosk.pads("none")[0])
        assert kiosk.home.view.turn.reply.kind == "decline"
        await kiosk.touch(kiosk.pads("topics")[-1])
        assert isinstance(kiosk.home.view, Tiles)


async def test_the_whole_text_and_every_source_can_be_touched(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.settle()
        reply = kiosk.home.view.turn.reply
        await kiosk.touch(kiosk.pads("whole")[0])
        assert kiosk.home.view.whole
        assert [pad.act[1] for pad in kiosk.pads("source")] == [str(each.number) for each in reply.citations]
        await kiosk.touch(kiosk.pads("source")[-1])
        assert reply.citations[-1].url.removeprefix("https://")[:20] in kiosk.shown
        assert "▀▀▀▀▀█" in kiosk.shown
        await kiosk.press("escape")
        assert kiosk.app.screen is kiosk.home
