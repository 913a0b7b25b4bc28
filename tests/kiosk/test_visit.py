"""What a visitor can do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from dimchat.apps.base.text_widget import Flow
from dimchat.apps.stand.attract import AttractScreen, inviting
from dimchat.apps.stand.stage import Said, Tiles
from dimchat.apps.stand.touch import Pad, keys_of
from dimchat.model import Variant, Words
from dimchat.pack import load_pack
from dimchat.visit.signals import Signal
from dimchat.wording import LANGUAGES, catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.model import Pack

WORDS = catalogue_of("en")


@pytest.mark.parametrize("key", ["enter", "space", "a", "p", "f9", "escape", "ctrl+c", "up"])
async def test_any_key_begins(visit: Any, key: str) -> None:
    async with visit(begun=False) as kiosk:
        assert isinstance(kiosk.app.screen, AttractScreen)
        assert WORDS("stand.recorded.off") in kiosk.shown
        await kiosk.press(key)
        assert kiosk.app.screen is kiosk.home
        assert kiosk.signs.sent.count(Signal.VISITOR) == 1


async def test_a_touch_begins_and_touches_nothing_else(visit: Any, size: tuple[int, int]) -> None:
    async with visit(size, begun=False) as kiosk:
        await kiosk.touch_at(10, 5)
        assert kiosk.app.screen is kiosk.home
        assert isinstance(kiosk.home.view, Tiles)


async def test_it_invites_to_what_the_pack_is_about(visit: Any, toy: Path) -> None:
    async with visit(begun=False) as kiosk:
        assert "Thinking about a career in medical imaging?" in kiosk.shown
    other = load_pack(toy)
    assert [line.plain for line in inviting(other, WORDS)] == [
        "Toy Shop: ask what you would like to know",
        "Ask about: The shop",
    ]
    asking = replace(other, title="How do I park?", words=Words(attract=("Lost your car?",)))
    assert [line.plain for line in inviting(asking, WORDS)] == ["Lost your car?", "Ask about: The shop"]
    both = replace(asking, words=Words(attract=("Lost your car?", "Ask where it is")))
    assert [line.plain for line in inviting(both, WORDS)] == ["Lost your car?", "Ask where it is"]
    assert inviting(replace(asking, words=Words()), WORDS)[0].plain == "How do I park? Ask what you would like to know"


async def test_it_stands_still_unless_motion_is_on(visit: Any) -> None:
    async with visit(begun=False) as kiosk:
        before = kiosk.shown
        kiosk.app.attract.change()
        await kiosk.settle()
        assert kiosk.shown == before
        assert WORDS("stand.attract.pause") not in before


async def test_motion_can_be_paused_by_key_and_touch_and_goes_on(visit: Any) -> None:
    async with visit(begun=False, motion=True) as kiosk:
        attract = kiosk.app.attract

        async def moved() -> bool:
            about = attract.query_one("#attract-about", Flow)
            before = about.plain
            attract.change()
            return bool(about.plain != before)

        assert await moved()
        await kiosk.press("p")
        assert not await moved()
        assert WORDS("stand.attract.resume") in kiosk.shown
        await kiosk.touch(kiosk.pads("pause")[0])
        assert await moved()
        assert isinstance(kiosk.app.screen, AttractScreen)


async def test_a_typed_question_is_answered_and_counted(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.press(*"degree", "enter")
        assert isinstance(kiosk.home.view, Said)
        assert kiosk.home.view.turn.said == "degree"
        assert kiosk.signs.sent[-1] in {Signal.ANSWERED, Signal.CLARIFIED, Signal.DECLINED}
        assert kiosk.home.prompt.value == ""


async def test_a_follow_up_leans_on_what_came_before(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.home.ask("what is the CRA")
        await kiosk.home.ask("how often do I renew it")
        await kiosk.settle()
        assert kiosk.home.view.turn.reply.intents == ("cra.renewal",)


async def test_the_keyboard_on_the_screen_writes_and_asks(visit: Any, size: tuple[int, int]) -> None:
    async with visit(size) as kiosk:
        await kiosk.touch(kiosk.pads("keyboard")[0])
        keyboard = kiosk.home.keyboard

        async def touch(label: str) -> None:
            for row, placed in enumerate(keyboard.places(keyboard.content_size.width)):
                for start, width, cap in placed:
                    if cap.label == label:
                        x, y = keyboard.content_region.offset
                        await kiosk.touch_at(x + start + width // 2, y + row * keyboard.key_rows)

        for label in "payx":
            await touch(label)
        await touch(WORDS("stand.key.delete"))
        await touch(WORDS("stand.key.space"))
        assert kiosk.home.prompt.value == "pay "
        await touch(WORDS("stand.key.ask"))
        assert kiosk.home.view.turn.said.strip() == "pay"
        await touch("z")
        await touch(WORDS("stand.key.clear"))
        assert kiosk.home.prompt.value == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_has_every_letter_and_digit(language: str) -> None:
    rows = keys_of(catalogue_of(language))
    means = {cap.means for row in rows for cap in row}
    assert set("abcdefghijklmnopqrstuvwxyz0123456789 ?.,") <= means
    assert all(sum(cap.share for cap in row) == 10 for row in rows)


async def test_a_tile_tells_all_its_words_where_it_has_rows(visit: Any, pack: Pack) -> None:
    async with visit((140, 45)) as kiosk:
        shown = " ".join(kiosk.shown.split())
        assert "…" not in shown
        assert pack.categories[0].about in shown


async def looked(kiosk: Any, typed: str) -> list[Pad]:
    """Type something, look for it without waiting for the pause, and return what is offered."""
    kiosk.home.prompt.value = typed
    kiosk.home.look()
    await kiosk.app.workers.wait_for_complete()
    await kiosk.settle()
    return list(kiosk.home.query_one("#home-found").children)


@pytest.mark.parametrize(("typed", "wanted"), [("cra ren", "cra.renewal"), ("what do bosses make", "manager.pay")])
async def test_what_is_typed_finds_the_nearest_questions_whatever_their_words(
    visit: Any, monkeypatch: pytest.MonkeyPatch, typed: str, wanted: str
) -> None:
    monkeypatch.setattr("dimchat.apps.stand.home.PAUSE", 60)
    async with visit() as kiosk:
        assert wanted in [pad.act[1] for pad in await looked(kiosk, typed)]


async def test_a_few_letters_find_questions_that_can_be_touched(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dimchat.apps.stand.home.PAUSE", 60)
    async with visit() as kiosk:
        found = await looked(kiosk, "cra ren")
        await kiosk.touch(found[0])
        assert kiosk.home.view.turn.reply.intents == ("cra.renewal",)
        assert kiosk.home.prompt.value == ""
        assert not kiosk.home.query_one("#home-found").children


async def test_a_paste_is_taken_and_nothing_runs(visit: Any) -> None:
    async with visit() as kiosk:
        kiosk.app.post_message(events.Paste("what degree\ndo I need\x1b[31m"))
        await kiosk.settle()
        assert kiosk.home.prompt.value.startswith("what degree\ndo I need")
        assert isinstance(kiosk.home.view, Tiles)


@pytest.mark.parametrize("text", ["/quit", "/export x.md", "/copy", "/why", "/theme light", "/save-test x.yaml"])
async def test_there_are_no_commands(visit: Any, text: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with visit() as kiosk:
        await kiosk.home.ask(text)
        await kiosk.settle()
        assert kiosk.home.view.turn.said == text
        assert not kiosk.ended
    assert list(tmp_path.iterdir()) == []


async def test_larger_and_smaller(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.touch(kiosk.pads("size")[0])
        assert kiosk.home.has_class("-large")
        assert WORDS("stand.smaller") in kiosk.shown
        await kiosk.touch(kiosk.pads("size")[0])
        assert kiosk.home.has_class("-comfortable")


async def test_start_over_is_always_to_be_seen_and_ends_the_visit(visit: Any, size: tuple[int, int]) -> None:
    async with visit(size) as kiosk:
        for text in ("manager", "what degree do I need", "zzz"):
            await kiosk.home.ask(text)
            await kiosk.settle()
            assert WORDS("stand.start_over") in kiosk.shown
            assert WORDS("stand.recorded.off") in kiosk.shown
        await kiosk.touch(kiosk.pads("over")[0])
        assert kiosk.app.return_code == 0


async def test_text_that_would_be_obeyed_is_shown_literally(visit: Any) -> None:
    async with visit() as kiosk:
        await kiosk.home.ask("[bold]x[/] [@click=app.exit]y[/]")
        await kiosk.settle()
        assert "[bold]x[/] [@click=app.exit]y[/]" in kiosk.shown


async def test_addresses_are_never_opened_and_nothing_is_copied_outside(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda *_: outside.append("browser"))
    monkeypatch.setattr("dimchat.apps.chat.app.copy_to_system", outside.append)
    async with visit() as kiosk:
        await kiosk.press(*"secret", "ctrl+a", "ctrl+c", "ctrl+x")
        kiosk.app.open_url("https://example.org")
        kiosk.app.copy_to_clipboard("secret")
        await kiosk.settle()
    assert outside == []


async def test_whom_answers_are_for_can_be_touched_where_it_matters(visit: Any, pack: Pack) -> None:
    async with visit() as kiosk:
        assert (kiosk.pads("for") == []) == (not pack.reader)
        first = pack.answers[0]._replace(variants=(Variant("employer", "s", "t"),))
        kiosk.home.session.pack = replace(pack, answers=(first,), readers=(("employer", "employers"),))
        await kiosk.home.go_to(Tiles())
        await kiosk.settle()
        (pad,) = kiosk.pads("for")
        await kiosk.touch(pad)
        assert kiosk.home.session.context.reader == "employer"
        assert [pad.act[1] for pad in kiosk.pads("for")] == ["employer", "everyone"]
        await kiosk.touch(kiosk.pads("for")[1])
        assert kiosk.home.session.context.reader is None
